"""A host that was not named is refused and named, whoever asks for it; those that were named are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from clew.core import egress

GUARDED = """
import socket, sys
from clew.core.egress import guard, name_host
guard()
guard()
name_host("http://named.example:8000/v1")
for reach in (
    lambda: socket.getaddrinfo("elsewhere.example", 443),
    lambda: socket.create_connection(("tracing.example", 443), timeout=1),
    lambda: socket.getaddrinfo(b"bytes.example", 443),
):
    try:
        reach()
        print("reached")
    except ConnectionRefusedError as error:
        print(error)
try:
    socket.getaddrinfo("named.example", 8000)
except ConnectionRefusedError as error:
    print("wrongly refused", error)
except OSError:
    pass
with socket.socket() as here:
    here.bind(("127.0.0.1", 0))
    here.listen()
    socket.create_connection(here.getsockname(), timeout=5).close()
"""


def test_a_host_that_was_not_named_is_refused_and_named() -> None:
    done = subprocess.run([sys.executable, "-c", GUARDED], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert [line.split(", and ")[1] for line in lines] == [
        "elsewhere.example was not", "tracing.example was not", "bytes.example was not",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "arguments", "host"),
    [
        ("socket.connect", (None, ("127.0.0.1", 80)), None),
        ("socket.connect", (None, ("::1", 80, 0, 0)), None),
        ("socket.connect", (None, "/run/socket"), None),
        ("socket.getaddrinfo", ("localhost", 80), None),
        ("socket.getaddrinfo", (None, 80), None),
        ("socket.getaddrinfo", ("Elsewhere.example", 80), "elsewhere.example"),
        ("open", ("file",), None),
    ],
)
def test_what_is_looked_at(event: str, arguments: tuple[object, ...], host: str | None) -> None:
    assert egress.refused_host(event, arguments) == host


BARE = """
from clew.core.egress import name_host, refused_host
name_host("http://10.0.0.5:8000/v1")
for address in ("10.0.0.5", "93.184.216.34"):
    print(refused_host("socket.connect", (None, (address, 443))))
"""


def test_a_named_address_names_no_other() -> None:
    done = subprocess.run([sys.executable, "-c", BARE], capture_output=True, text=True, check=True, env={})
    assert done.stdout.split() == ["None", "93.184.216.34"]


def test_a_proxy_of_the_environment_counts_as_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user@proxy.example:3128")
    assert egress.refused_host("socket.getaddrinfo", ("proxy.example", 3128)) is None


def test_commands_are_guarded(tmp_path: Path) -> None:
    (tmp_path / "phones_home.py").write_text(
        "import socket\ndef reply(call):\n    socket.getaddrinfo('home.example', 443)\n    return '{}'\n"
    )
    (tmp_path / "book.txt").write_text("Martha Venn kept the lamp.")
    done = subprocess.run(
        [sys.executable, "-m", "clew.cli.main", "ask", "Who?", "book.txt", "--model", "scripted:phones_home:reply"]
        + ["--library", str(tmp_path / "library")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4
    assert "home.example was not" in done.stderr
