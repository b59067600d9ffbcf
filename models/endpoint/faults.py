"""What went wrong at a server, in words for the person: every failure of HTTP becomes a ModelUnavailable.

`passing` says whether the same request may well succeed later. Keys that a server quotes are cut out of its words.
"""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from ...core.errors import ModelUnavailable, WindowExceeded
from .bodies import LARGEST, OddlyPacked, TooLarge

OPENAI_HOST = "api.openai.com"

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 529})
_BUSY = frozenset({429, 529})
_AWAY = frozenset({502, 503, 504, 521, 522, 523})
"""What proxies say when nobody is behind them, and servers that are not ready yet."""
_WORKED_ON = frozenset({504, 524})
"""What proxies say that waited for a server in vain: it was sent the prompt."""
_TROUBLE = "the server is in trouble; try later"
_OVERFLOW = re.compile(
    r"context[_ -]?(length|window|size)|maximum context|max_model_len|prompt is too long|too many (input )?tokens"
    r"|exceeds? the (available|model'?s?) (context|max)|n_ctx",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"(?:maximum context length (?:is|of)|context (?:length|window|size)[^\d\n]{0,24}|max_model_len\D{0,5}|n_ctx\D{0,5}"
    r"|tokens >)\s*(\d[\d,]{2,14})(?![\d,])",
    re.IGNORECASE,
)
"""How servers name their context when they refuse a prompt."""
_KEY = re.compile(r"\b((?:sk|key)[-_](?=[\w*-]{6})|(?:key|Bearer)[ :=]+(?=[\w*-]*[\d*]))[\w*.-]{6,}")
"""A key by its beginning, or by a word before it; a word that holds no digit is none."""


def told_context(said: str) -> int | None:
    """The context length that a refusal names, in tokens."""
    found = _CONTEXT.search(said)
    return int(found[1].replace(",", "")) if found else None


def is_overflow(status: int, said: str) -> bool:
    """Whether a refusal says that the prompt is longer than the context."""
    return status in (400, 413, 422, 500) and _OVERFLOW.search(said) is not None


def refused(host: str, model: str, window: int, status: int, said: str, headers: Mapping[str, str]) -> ModelUnavailable:
    """The error for a reply with an HTTP status other than success.

    Args:
        host: who said it.
        model: which model was asked for.
        window: the window that was assumed.
        status: the HTTP status.
        said: the server's words; shortened here.
        headers: of the reply, for Retry-After.
    """
    words = _clean(said)
    told = f"{host} refused the call ({status}: {words})" if words else f"{host} refused the call ({status})"
    if is_overflow(status, said):
        return WindowExceeded(
            f"the prompt does not fit the context of {model} at {host}, taken to be {window:,} tokens ({words})",
            "name the context length the server runs with, --window N",
            told_context(said),
        )
    if status in (401, 403):
        return ModelUnavailable(told, _about_keys(host), passing=False)
    if status == 404:
        hint = f"is {model} a model of this server, and is the path right? Most servers want a URL that ends in /v1"
        return ModelUnavailable(told, hint, passing=False)
    if 300 <= status < 400:
        where = _clean(headers.get("location", "")) or "another address"
        hint = "redirects are not followed; if you trust that address, name it with --base-url"
        return ModelUnavailable(f"{host} redirects to {where}", hint, passing=False)
    if status == 429 and "insufficient_quota" in words:
        return ModelUnavailable(told, "the account of this key has no credit left", passing=False)
    if status in _PASSING:
        busy = status in _BUSY
        hint = "the server limits how much it is sent: fewer calls at once, or try later" if busy else _TROUBLE
        away, reached = status in _AWAY, status in _WORKED_ON
        return ModelUnavailable(told, hint, retry_after=retry_after(headers), busy=busy, away=away, reached=reached)
    return ModelUnavailable(told, "the server does not take this request; its log may say more", passing=False)


def unreachable(host: str, error: BaseException, seconds: float) -> ModelUnavailable:
    """The error for a request that got no reply, or half of one. `error` is the SDK's; its cause says why."""
    cause = error.__cause__ or error
    words = " ".join(f"{type(cause).__name__} {cause} {cause.__cause__ or ''}".split())
    if isinstance(cause, TooLarge):
        told = f"{host} sent more than {LARGEST // 10**6} MB, which is no reply"
        return ModelUnavailable(told, "is that the address of a model server?", passing=False, reached=True)
    if isinstance(cause, OddlyPacked):
        told = f"{host} sent a reply packed in a way that was not asked for"
        hint = "see the server's log, or that of the proxy before it"
        return ModelUnavailable(told, hint, passing=False, reached=True)
    if type(cause).__name__ == "ConnectTimeout":
        hint = "are host and port right, and is it up?"
        return ModelUnavailable(f"cannot reach {host}: nobody answered the door", hint, away=True)
    if "Timeout" in type(cause).__name__ or "Timeout" in type(error).__name__:
        hint = "the server may be overloaded, or the model very slow: fewer calls at once, or a longer deadline"
        return ModelUnavailable(f"{host} did not answer within {seconds:g} s", hint, reached=True)
    if "CERTIFICATE" in words.upper():
        hint = "its certificate is not trusted here; SSL_CERT_FILE names further authorities"
        return ModelUnavailable(f"no secure connection to {host}", hint, passing=False)
    if "WRONG_VERSION_NUMBER" in words:
        return ModelUnavailable(f"{host} does not speak https", "write its address with http://", passing=False)
    if "getaddrinfo" in words or "Name or service" in words or "name resolution" in words or "nodename" in words:
        hint = "check its spelling, and whether this machine has a network"
        return ModelUnavailable(f"no address is known for {host} (DNS)", hint, away=True)
    if "Connect" in type(cause).__name__:
        hint = "is the server running, and are host and port right?"
        return ModelUnavailable(f"cannot reach {host}", hint, away=True)
    hint = "the server may have crashed; see its log"
    return ModelUnavailable(f"{host} broke off before its reply was complete", hint, reached=True)


def unreadable(host: str, body: str, spoke: bool) -> ModelUnavailable:
    """The error for a success that is no chat completion. `spoke`: this server has answered properly before."""
    if body.lstrip()[:1] == "<":
        hint = "this looks like a web page: most servers want a URL that ends in /v1"
        return ModelUnavailable(f"{host} sent HTML instead of a reply", hint, passing=spoke, reached=True)
    told = f"{host} sent something that is not a chat completion"
    return ModelUnavailable(told, "see the server's log", reached=True)


def _about_keys(host: str) -> str:
    """Which variable the key for a server is looked for in."""
    parts = urlsplit(host)
    if parts.hostname == OPENAI_HOST and parts.scheme == "https":
        return f"set CLEW_API_KEY or OPENAI_API_KEY to a key that is valid at {parts.netloc}"
    return f"set CLEW_API_KEY to a key that is valid at {parts.netloc or host}; no other variable is sent there"


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to be left alone: `retry-after-ms`, or `retry-after` in seconds or as a date."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        asked = headers.get("retry-after", "")
        if not asked:
            return None
        if re.fullmatch(r"\d+(\.\d+)?", asked.strip()):
            return float(asked)
        return max(0.0, email.utils.parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def _clean(said: str) -> str:
    """At most 200 characters on one line, without what looks like a key: servers quote those they refuse."""
    words = _KEY.sub(r"\1***", said)
    words = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(words.split())[:200]
