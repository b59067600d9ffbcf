"""What went wrong at a server, in words for the person: every failure of HTTP becomes a ModelUnavailable.

`passing` says whether the same request may well succeed later. Keys that a server quotes are cut out of its words.
"""

from __future__ import annotations

import email.utils
import re
import time
from collections.abc import Mapping

from ..core.errors import ModelUnavailable

_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 507, 520, 521, 522, 523, 524, 529})
_OVERFLOW = re.compile(
    r"context[_ -]?(length|window|size)|maximum context|max_model_len|prompt is too long|too many (input )?tokens"
    r"|exceeds? the (available|model'?s?) (context|max)|n_ctx",
    re.IGNORECASE,
)


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
        return ModelUnavailable(
            f"the prompt does not fit the context of {model} at {host}, taken to be {window:,} tokens ({words})",
            "name the context length the server runs with, --window N",
            passing=False,
        )
    if status in (401, 403):
        return ModelUnavailable(told, "put a key that is valid there into CLEW_API_KEY", passing=False)
    if status == 404:
        hint = f"is {model} a model of this server, and is the path right? Most servers want a URL that ends in /v1"
        return ModelUnavailable(told, hint, passing=False)
    if 300 <= status < 400:
        where = _clean(headers.get("location", "")) or "another address"
        hint = "redirects are not followed; if you trust that address, name it with --base-url"
        return ModelUnavailable(f"{host} redirects to {where}", hint, passing=False)
    if status == 429 and "insufficient_quota" in words:
        return ModelUnavailable(told, "the account of this key has no credit left", passing=False)
    if status == 429:
        hint = "the server limits how much it is sent: fewer calls at once, or try later"
        return ModelUnavailable(told, hint, retry_after=retry_after(headers))
    if status in _PASSING:
        return ModelUnavailable(told, "the server is in trouble; try later", retry_after=retry_after(headers))
    return ModelUnavailable(told, "the server does not take this request; its log may say more", passing=False)


def unreachable(host: str, error: BaseException, seconds: float) -> ModelUnavailable:
    """The error for a request that got no reply, or half of one. `error` is the SDK's; its cause says why."""
    cause = error.__cause__ or error
    words = " ".join(f"{type(cause).__name__} {cause} {cause.__cause__ or ''}".split())
    if "Timeout" in type(cause).__name__ or "Timeout" in type(error).__name__:
        hint = "the server may be overloaded, or the model very slow: fewer calls at once, or a longer deadline"
        return ModelUnavailable(f"{host} did not answer within {seconds:g} s", hint)
    if "CERTIFICATE" in words.upper() or "SSL" in words:
        hint = "its certificate is not trusted here; SSL_CERT_FILE names further authorities"
        return ModelUnavailable(f"no secure connection to {host}", hint, passing=False)
    if "Connect" in type(cause).__name__:
        return ModelUnavailable(f"cannot reach {host}", "is the server running, and are host and port right?")
    return ModelUnavailable(
        f"{host} broke off before its reply was complete", "the server may have crashed; see its log"
    )


def unreadable(host: str, body: str, spoke: bool) -> ModelUnavailable:
    """The error for a success that is no chat completion. `spoke`: this server has answered properly before."""
    if body.lstrip()[:1] == "<":
        hint = "this looks like a web page: most servers want a URL that ends in /v1"
        return ModelUnavailable(f"{host} sent HTML instead of a reply", hint, passing=spoke)
    return ModelUnavailable(
        f"{host} sent something that is not a chat completion", "see the server's log", passing=True
    )


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
    except ValueError:
        return None


def _clean(said: str) -> str:
    """At most 200 characters on one line, without what looks like a key: servers quote those they refuse."""
    words = re.sub(r"\b(sk|key|Bearer)[-_ ][\w*-]{6,}", "***", said)
    words = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(words.split())[:200]
