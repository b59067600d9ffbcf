"""Nothing is sent to a host that was not named: names are checked where every library of this process looks them up.

A Python audit hook sees each lookup and each connection, whoever makes it; what is not named is refused there, with its
name. Code that is not Python's (a library in Rust with a network of its own) is not seen, nor is a connection to a bare
address once a host was named by name. This machine may always be
spoken to, and a proxy that the environment names.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any
from urllib.parse import urlsplit

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_named: set[str] = set()
_guarding = False


class NotNamed(ConnectionRefusedError):
    """A connection to a host that nobody named."""


def name_host(url: str) -> None:
    """From now on the host of `url` may be spoken to: the person named it."""
    host = urlsplit(url).hostname
    if host:
        _named.add(host.lower())


def guard() -> None:
    """Refuses every other host for the rest of this process. For commands; a library leaves its process alone."""
    global _guarding
    if not _guarding:
        _guarding = True
        sys.addaudithook(_check)


def refused_host(event: str, arguments: tuple[Any, ...]) -> str | None:
    """The host that an audited event would reach without having been named."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
        # A name that was looked up was checked then; which addresses it has is not seen, so all of them may pass.
        if _is_address(host) and not all(map(_is_address, _named | _proxies())):
            return None
    else:
        return None
    host = (host.decode() if isinstance(host, bytes) else str(host or "localhost")).lower()
    allowed = _is_here(host) or host in _named or host in _proxies()
    return None if allowed else host


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        host = refused_host(event, arguments)
        if host is not None:
            raise NotNamed(f"Clew speaks to no host that was not named, and {host} was not")


def _proxies() -> set[str]:
    values = [value for key, value in os.environ.items() if key.lower() in _PROXIES]
    hosts = [urlsplit(value if "://" in value else f"//{value}").hostname for value in values]
    return {host.lower() for host in hosts if host}


def _is_address(host: object) -> bool:
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return True


def _is_here(host: str) -> bool:
    if host in ("localhost", "", "0.0.0.0", "::"):
        return True
    return _is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback
