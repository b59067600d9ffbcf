"""Asks a server what it serves: whether the model is there, and how long its context is."""

from __future__ import annotations

import fnmatch
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from ...core.errors import ModelUnavailable, SettingsError, nearest
from ...core.seams import Memo
from .bodies import parsed, tokens
from .servers import Server

SMALLEST_WINDOW = 4096
"""What is assumed of a server that does not say: the default of the most careful one."""

_WINDOW_FIELDS = (
    "max_model_len",
    "loaded_context_length",
    "context_length",
    "context_window",
    "max_context_length",
    "n_ctx",
)


@dataclass(frozen=True)
class Listing:
    """What `GET /models` told."""

    names: tuple[str, ...]
    windows: dict[str, int]
    """Tokens by name, where told."""


async def find_window(
    name: str,
    model: str,
    ask: Callable[[], Awaitable[str | None]],
    pages: Callable[[], Awaitable[Server]],
    learnt: int | None,
    memo: Memo | None,
    notice: Callable[[str], None],
) -> tuple[int, Server]:
    """The context length of `model`, in tokens, and what else its server says of itself.

    What the list of models says, else the server's own pages; a refusal that told less counts more, while the server
    says what it said then. While it is down what is remembered, so that a finished run can be read again; else 4,096.

    Args:
        name: identity of the endpoint.
        model: name of the model.
        ask: gives the body of `GET /models`, or None where the server has no such page; raises ModelUnavailable.
        pages: asks the server's own pages.
        learnt: context that a refusal told.
        memo: where the window is remembered.
        notice: told what the user should know.

    Raises ModelUnavailable when the server cannot be asked and nothing is remembered, SettingsError when it has no such
    model.
    """
    key = f"window {name}"
    remembered = _remembered(memo, key)
    try:
        listing = read_listing(await ask())
    except ModelUnavailable as error:
        if remembered is None or not error.passing:
            raise
        notice(f"{error}; its context of {remembered:,} tokens is remembered from an earlier run")
        return min(remembered, learnt or remembered), Server()
    check_name(name, model, listing)
    told = told_window(model, listing)
    server = Server("openai", told) if told else await pages()
    if server.window is None:
        if learnt is None:
            notice(_unknown(name, server))
        return learnt or SMALLEST_WINDOW, server
    if learnt and server.window == remembered:
        return min(server.window, learnt), server
    if memo is not None and server.window != remembered:
        memo.keep(key, str(server.window))
    return server.window, server


def _remembered(memo: Memo | None, key: str) -> int | None:
    kept = memo.recall(key) if memo is not None else None
    return int(kept) if kept is not None and kept.isdecimal() and int(kept) > 0 else None


def _unknown(name: str, server: Server) -> str:
    if server.kind == "ollama":
        most = f", at most {server.most:,}" if server.most else ""
        return f"{name}: a context of {SMALLEST_WINDOW:,} tokens is asked of Ollama; --window N asks for another{most}"
    if server.kind == "lm-studio":
        return f"{name} is not loaded; a context of {SMALLEST_WINDOW:,} tokens is assumed (load it, or --window N)"
    return f"{name} does not say how long its context is; {SMALLEST_WINDOW:,} tokens are assumed (--window N)"


def read_listing(body: str | None) -> Listing:
    """The models in a listing's body; none where it is no such listing."""
    try:
        data = parsed(body or "")
    except ValueError:
        data = None
    rows = data.get("data") if isinstance(data, dict) else data
    rows = rows if isinstance(rows, list) else []
    entries = [row for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)]
    windows = {row["id"]: window for row in entries if (window := _window(row)) is not None}
    return Listing(tuple(row["id"] for row in entries), windows)


def check_name(name: str, model: str, listing: Listing) -> None:
    """Raises SettingsError where the server names its models and `model` is none of them."""
    if not listing.names or _match(model, listing) is not None:
        return
    shown = listing.names[:12]
    host = name.rpartition("#")[0]
    raise SettingsError(f"{host} has no model {model!r}", nearest(model, shown))


def told_window(model: str, listing: Listing) -> int | None:
    """Tokens that the listing gives for `model`."""
    match = _match(model, listing)
    return listing.windows.get(match) if match is not None else None


def _match(model: str, listing: Listing) -> str | None:
    """The listed name that means `model`: itself, its `:latest` (Ollama), or a pattern (gateways list `provider/*`)."""
    for listed in listing.names:
        if listed in (model, f"{model}:latest") or ("*" in listed and fnmatch.fnmatchcase(model, listed)):
            return listed
    return None


def _window(row: dict[str, Any]) -> int | None:
    """The context length in one entry; servers differ in where they put it."""
    for place in (row, row.get("meta"), row.get("top_provider")):
        if not isinstance(place, dict):
            continue
        for field in _WINDOW_FIELDS:
            if value := tokens(place.get(field)):
                return value
    return None
