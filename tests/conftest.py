"""Shared by all tests: the network is closed but for this machine, and a simulated model server can be had."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from simserver import SimServer

_HERE = ("127.", "::1", "localhost", "0.0.0.0", "::")


def _close_network(event: str, args: tuple[Any, ...]) -> None:
    """Audit hook: a test that reaches out fails where it does so."""
    if event == "socket.connect" and isinstance(args[1], tuple) and not str(args[1][0]).startswith(_HERE):
        raise ConnectionRefusedError(f"tests have no network: {args[1]}")
    if event == "socket.getaddrinfo" and not str(args[0] or "localhost").startswith(_HERE):
        raise ConnectionRefusedError(f"tests have no network: {args[0]}")


sys.addaudithook(_close_network)


@pytest.fixture
def serve() -> Iterator[Callable[..., SimServer]]:
    """Starts simulated servers: `server = serve(window=4096, script=["503"])`, fields of `simserver.Behaviour`."""
    with ExitStack() as running:
        yield lambda **behaviour: running.enter_context(SimServer(**behaviour))
