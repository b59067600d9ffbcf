"""Nothing is sent anywhere: whole commands in processes that write down every connection and every name looked up.

In processes, because some packages behave otherwise when they see that they are tested.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("SOCKET", event, arguments[1:] if event == "socket.connect" else arguments, file=sys.stderr, flush=True)
sys.addaudithook(watch)
from clew.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


def watched(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "CLEW_LIBRARY": str(folder / "library"),
        # What would make LangChain's packages report to a third party.
        "LANGSMITH_TRACING": "true",
        "LANGCHAIN_TRACING_V2": "true",
        "LANGSMITH_API_KEY": "x",
        "OPENAI_API_KEY": "x",
    }
    return subprocess.run(
        [sys.executable, "-c", WATCHED, *arguments], env=environment, cwd=folder, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "Who kept the lamp?", "book.txt", "--strategy", "retrieve"],
        ["ask", "Who kept the lamp?", "book.txt", "--strategy", "chain"],
        ["find", "the lamp", "book.txt"],
        ["summarize", "book.txt"],
        ["index", "book.txt"],
        ["library", "verify"],
    ],
    ids=lambda arguments: " ".join(arguments[:1] + arguments[-1:]),
)
def test_no_command_opens_a_connection(arguments: list[str], tmp_path: Path) -> None:
    lines = [f"On day {n} Martha Venn kept the lamp and wrote {n} lines about it." for n in range(60)]
    (tmp_path / "book.txt").write_text("\n\n".join(lines))
    done = watched(tmp_path, *arguments)
    assert done.returncode in (0, 1), done.stderr
    assert "SOCKET" not in done.stderr


def test_a_named_server_is_the_only_one_spoken_to(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("Martha Venn kept the lamp.")
    done = watched(tmp_path, "ask", "Who?", "book.txt", "--base-url", "http://127.0.0.1:9/v1", "--model", "m")
    spoken = [line for line in done.stderr.splitlines() if "SOCKET" in line]
    assert done.returncode == 4
    assert spoken
    assert all("127.0.0.1" in line for line in spoken)
