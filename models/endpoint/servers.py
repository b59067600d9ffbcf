"""Which server it is beyond the common protocol, and what its own pages say of a model's context.

vLLM and SGLang tell the context in their list of models; what is asked for here is what others keep elsewhere:

    llama-server  GET  /props           default_generation_settings.n_ctx, the context of one slot
    Ollama        POST /api/show        num_ctx in `parameters`, the model's own limit in `model_info`
                  GET  /api/ps          context_length of a model that is loaded
    LM Studio     GET  /api/v0/models   loaded_context_length of a model that is loaded

llama-server also has Ollama's /api/show, so its own page is asked for first.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .bodies import tokens

Kind = Literal["openai", "llama-server", "ollama", "lm-studio"]
Ask = Callable[[str, Mapping[str, Any] | None], Awaitable[Any]]
"""Gives the JSON of a page, asked for with GET, or POST where there is a body; None where there is no such page."""

_NUM_CTX = re.compile(r"^num_ctx\s+(\d{1,12})\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Server:
    """What a server is, and what it says of one model."""

    kind: Kind = "openai"
    window: int | None = None
    """Tokens of prompt and completion together, as the model is served; None where it does not say."""
    most: int | None = None
    """The longest context that may be asked for; None where it cannot be asked for, or is not told."""


async def recognise(ask: Ask, model: str) -> Server:
    """The server behind `ask`, as its own pages tell; `Server()` where it has none that are known."""
    props = _mapping(await ask("/props", None))
    n_ctx = _positive(_mapping(props.get("default_generation_settings")).get("n_ctx"))
    if n_ctx:
        return Server("llama-server", n_ctx)
    shown = _mapping(await ask("/api/show", {"model": model}))
    if _mapping(shown.get("model_info")):
        return await _ollama(ask, model, shown)
    row = _row(await ask("/api/v0/models", None), "data", model)
    if "max_context_length" in row:
        return Server("lm-studio", _positive(row.get("loaded_context_length")))
    return Server()


async def _ollama(ask: Ask, model: str, shown: Mapping[str, Any]) -> Server:
    info = _mapping(shown.get("model_info"))
    most = next((_positive(value) for name, value in info.items() if name.endswith(".context_length")), None)
    set_to = _NUM_CTX.search(str(shown.get("parameters", "")))
    loaded = _positive(_row(await ask("/api/ps", None), "models", model).get("context_length"))
    return Server("ollama", _positive(int(set_to[1])) if set_to else loaded, most)


def _row(page: Any, field: str, model: str) -> Mapping[str, Any]:
    """The entry of `model` in a page's list."""
    rows = _mapping(page).get(field)
    rows = rows if isinstance(rows, list) else []
    names = (model, f"{model}:latest")
    found = (row for row in rows if _mapping(row).get("id", _mapping(row).get("name")) in names)
    return next(iter(found), {})


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _positive(value: Any) -> int | None:
    return tokens(value) or None
