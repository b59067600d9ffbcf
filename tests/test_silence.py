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
import shlex
from clew.cli.main import run
for line in sys.argv[1:]:
    print("\\nEXIT", run(shlex.split(line)), flush=True)
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


WORK = {
    "retrieve": ["ask 'Who kept the lamp?' book.txt --strategy retrieve --report page.html"],
    "chain": ["ask 'Who kept the lamp?' book.txt --strategy chain,sweep --also 'Which day?'"],
    "graph": ["ask 'Who kept the lamp?' book.txt --strategy graph", "ask 'Who?' book.txt --dry-run"],
    "find": ["find 'the lamp' book.txt", "ask --all 'the lamp' book.txt"],
    "summarize": ["summarize book.txt", "runs", "strategies --all", "doctor"],
    "library": [
        "index book.txt",
        "ask 'Who kept the lamp?' --in '*.txt'",
        "batch rows.jsonl --out answers.jsonl",
        "text book.txt",
        *(f"library {verb}" for verb in ("list", "show book.txt", "verify", "export out", "remove book.txt")),
    ],
}


@pytest.mark.parametrize("name", WORK)
def test_no_command_opens_a_connection(name: str, tmp_path: Path) -> None:
    lines = [f"On day {n} Martha Venn kept the lamp and wrote {n} lines about it." for n in range(60)]
    (tmp_path / "book.txt").write_text("\n\n".join(lines))
    (tmp_path / "rows.jsonl").write_text('{"question": "Who kept the lamp?", "documents": ["book.txt"]}\n')
    done = watched(tmp_path, *WORK[name])
    assert done.returncode == 0, done.stderr
    codes = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("EXIT")]
    assert len(codes) == len(WORK[name])
    assert set(codes) <= {"0", "1"}, done.stderr
    assert "SOCKET" not in done.stderr


def test_a_named_server_is_the_only_one_spoken_to(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text("Martha Venn kept the lamp.")
    done = watched(tmp_path, "ask Who? book.txt --base-url http://127.0.0.1:9/v1 --model m")
    spoken = [line for line in done.stderr.splitlines() if "SOCKET" in line]
    assert done.stdout.splitlines()[-1] == "EXIT 4"
    assert spoken
    assert all("127.0.0.1" in line for line in spoken)
