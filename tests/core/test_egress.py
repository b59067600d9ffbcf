"""A host that was not named is refused and named, whoever asks for it; those that were named are not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from clew.core import egress

GUARDED = """
import asyncio, socket, sys
from clew.core.egress import guard, name_host
guard()
guard()
name_host("http://named.example:8000/v1")
for reach in (
    lambda: socket.getaddrinfo("elsewhere.example", 443),
    lambda: socket.create_connection(("tracing.example", 443), timeout=1),
    lambda: socket.getaddrinfo(b"bytes.example", 443),
    lambda: socket.gethostbyname("old.example"),
    lambda: socket.gethostbyaddr("93.184.216.34"),
    lambda: socket.socket().connect(("93.184.216.35", 443)),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("93.184.216.36", 53)),
    lambda: socket.socket(type=socket.SOCK_DGRAM).sendmsg([b"x"], [], 0, ("93.184.216.37", 53)),
    lambda: socket.socket().connect(("0x5db8d822", 443)),
    lambda: asyncio.run(asyncio.open_connection("93.184.216.38", 443)),
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
        "elsewhere.example was not", "tracing.example was not", "bytes.example was not", "old.example was not",
        *(f"93.184.216.{last} was not" for last in (34, 35, 36, 37)), "0x5db8d822 was not", "93.184.216.38 was not",
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


FOUND = """
import socket
real = socket.getaddrinfo
def answered(host, *rest, **named):
    if host == "named.example":
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 80))]
    return real(host, *rest, **named)
socket.getaddrinfo = answered
from clew.core.egress import guard, name_host, refused_host
name_host("http://named.example/v1")
guard()
ask = lambda address: refused_host("socket.connect", (None, (address, 80)))
print(ask("10.1.2.3"))
socket.getaddrinfo("named.example", 80)
print(ask("10.1.2.3"), ask("10.1.2.4"))
"""


def test_only_addresses_that_a_lookup_told_may_be_spoken_to() -> None:
    done = subprocess.run([sys.executable, "-c", FOUND], capture_output=True, text=True, check=True, env={})
    assert done.stdout.split() == ["10.1.2.3", "None", "10.1.2.4"]


@pytest.mark.parametrize(
    ("named", "spoken"),
    [
        ("http://Forms-A.Example./v1", "forms-a.example"),
        ("http://forms-b.example/v1", "FORMS-B.example."),
        ("https://user:forms-c.example@forms-d.example/v1", "forms-d.example"),
        ("http://b\u00fccher.example", "xn--bcher-kva.example"),
        ("http://xn--mnchen-3ya.example", "m\u00fcnchen.example"),
        ("http://[2001:db8:0:0::7]:8000/v1", "2001:db8::7"),
        ("http://[fe80::7%25eth0]/v1", "fe80::7%eth0"),
    ],
)
def test_a_name_is_one_name_in_all_its_forms(named: str, spoken: str) -> None:
    assert egress.refused_host("socket.getaddrinfo", (spoken, 80)) is not None
    egress.name_host(named)
    assert egress.refused_host("socket.getaddrinfo", (spoken, 80)) is None
    assert egress.refused_host("socket.getaddrinfo", ("forms-c.example", 80)) == "forms-c.example"


def test_workers_are_guarded_as_their_parent_is(tmp_path: Path) -> None:
    script = (
        "import socket\n"
        "from clew.app.workers import Task, Worker\n"
        "from clew.core.egress import guard\n"
        "guard()\n"
        "worker = Worker()\n"
        "try:\n    worker.call(socket.getaddrinfo, Task(('home.example', 443), 30, 10**9))\n"
        "except OSError as error:\n    print(error)\n"
        "worker.close()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "home.example was not" in done.stdout


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
