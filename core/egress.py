"""Nothing is sent to a host that was not named: names are checked where every library of this process looks them up.

A Python audit hook sees each lookup and each connection, whoever makes it; what is not named is refused there, with its
name. A bare address may be spoken to when it was named itself, or when a lookup of a named host told it. This machine
may always be spoken to, and a proxy that the environment names. Code that is not Python's (a library in Rust with a
network of its own, another process) is not seen.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_ASKED = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_SPOKEN_TO = ("socket.connect", "socket.sendto", "socket.sendmsg")
_named: set[str] = set()
_told: set[str] = set()
"""Addresses that named hosts were found to have."""
_guarding = False


class NotNamed(ConnectionRefusedError):
    """A connection to a host that nobody named."""


def name_host(url: str) -> None:
    """From now on the host of `url` may be spoken to: the person named it."""
    host = urlsplit(url).hostname
    if host:
        _named.add(_plain(host))


def guard() -> None:
    """Refuses every other host for the rest of this process. For commands; a library leaves its process alone."""
    global _guarding
    if not _guarding:
        _guarding = True
        sys.addaudithook(_check)
        socket.getaddrinfo = _remembering(socket.getaddrinfo)


def guarding() -> bool:
    """Whether this process is held to hosts that were named; what it starts should be too."""
    return _guarding


def refused_host(event: str, arguments: tuple[Any, ...]) -> str | None:
    """The host that an audited event would reach without having been named."""
    if event in _ASKED:
        host = arguments[0]
    elif event in _SPOKEN_TO and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return None
    host = _plain(host.decode(errors="replace") if isinstance(host, bytes) else str(host or "localhost"))
    allowed = _is_here(host) or host in _named or host in _told or host in _proxies()
    return None if allowed else host


def _remembering(look_up: Any) -> Any:
    """`look_up`, that of the socket module, which from now on also keeps the addresses it told.

    An audit hook sees what is asked and not what is told. Whoever looks names up in another way has their addresses
    refused: nothing passes for not being seen.
    """

    @wraps(look_up)
    def looked_up(host: Any, *args: Any, **named: Any) -> Any:
        found = look_up(host, *args, **named)
        _told.update(_plain(str(entry[4][0])) for entry in found)
        return found

    return looked_up


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        host = refused_host(event, arguments)
        if host is not None:
            raise NotNamed(f"Clew speaks to no host that was not named, and {host} was not")


def _proxies() -> set[str]:
    values = [value for key, value in os.environ.items() if key.lower() in _PROXIES]
    hosts = [urlsplit(value if "://" in value else f"//{value}").hostname for value in values]
    return {_plain(host) for host in hosts if host}


def _plain(host: str) -> str:
    """`host` as it is compared: a name may be written in capitals, with a last dot or in another script, an address in
    several forms."""
    address = _address(host)
    if address is not None:
        return str(address)
    name = host.lower().removesuffix(".")
    try:
        return name if name.isascii() else _in_ascii(name)
    except UnicodeError:
        return name


def _in_ascii(name: str) -> str:
    import idna

    return idna.encode(name).decode("ascii")


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """`host` as an address, without the interface that may stand behind it; None for a name."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _is_here(host: str) -> bool:
    address = _address(host)
    named_here = host in ("localhost", "", "0.0.0.0", "::", socket.gethostname().lower())
    return named_here or (address is not None and address.is_loopback)
