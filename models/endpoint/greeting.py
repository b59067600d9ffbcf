"""What is found out about a server before it is asked anything: its window, its kind, how it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.errors import ModelUnavailable
from ...core.seams import Memo
from ..limiter import Patience
from ..tokens import by_digit, cl100k
from .bodies import parsed
from .calibrate import measured_factor
from .completion import told
from .faults import unreadable
from .handshake import find_window
from .learnt import Traits, adopt, begin
from .servers import Ask, Kind, Server, recognise
from .wire import Wire

_SECONDS = 20.0
"""After which a page is given up."""
_GATES = frozenset({429, 502, 503, 504})
"""What is said by who stands before a server, or by one that is not ready: nothing about its pages."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a model at a server."""

    window: int
    kind: Kind = "openai"
    traits: Traits = Traits()


async def greet(
    wire: Wire,
    model: str,
    window: int | None,
    memo: Memo | None,
    notice: Callable[[str], None],
    patience: Patience,
    settled: bool,
) -> Known:
    """Asks the server what it serves; the arguments are those of `Endpoint.connect`, and so is what is raised."""
    ask = _pages(wire, patience)

    async def listing() -> str | None:
        return await patience.retry(lambda number: _listing(wire, model))

    async def pages() -> Server:
        return Server() if wire.is_openai else await recognise(ask, model)

    name = f"{wire.url}#{model}"
    traits = adopt(memo, name, settled)
    if window is None:
        learnt = traits.window if traits else None
        window, server = await find_window(name, model, listing, pages, learnt, memo, notice)
    else:
        server = await pages()
    if traits is None:
        traits = await _first_traits(wire, model, server, ask)
        begin(memo, name, traits)
    return Known(window, server.kind, traits)


def estimate(wire: Wire) -> Callable[[str], int]:
    """Tokens of a text where the serving tokenizer is not known: many open models give every digit a token."""
    return cl100k() if wire.is_openai else by_digit(cl100k())


async def _first_traits(wire: Wire, model: str, server: Server, ask: Ask) -> Traits:
    """What the server's own tokenizer tells, where it has one that can be asked."""
    if wire.is_openai:
        return Traits(factor=1.0)
    if server.kind in ("ollama", "lm-studio"):
        return Traits()
    factor = await measured_factor(ask, model, estimate(wire))
    return Traits() if factor is None else Traits(factor)


def _pages(wire: Wire, patience: Patience) -> Ask:
    """Asks pages that a server may or may not have; what is no JSON counts as none.

    A page that did not come is asked for again: a server that was taken for another would be asked in the wrong way.
    """

    async def page(path: str, body: Mapping[str, Any] | None) -> str | None:
        answered = await wire.page(path, body, _SECONDS)
        if answered.status in _GATES:
            raise wire.refusal("", 0, *told(answered.status, answered.text), answered.headers)
        return answered.text if answered.status == 200 else None

    async def ask(path: str, body: Mapping[str, Any] | None) -> Any:
        try:
            said = await patience.retry(lambda number: page(path, body))
            return None if said is None else parsed(said)
        except (ModelUnavailable, ValueError):
            return None

    return ask


async def _listing(wire: Wire, model: str) -> str | None:
    """The body of `GET /models`; None where the server has no such page, or does not show it."""
    answered = await wire.models(_SECONDS)
    if answered.status == 200:
        if answered.text.lstrip().startswith("<"):
            raise unreadable(wire.url, answered.text, spoke=False)
        wire.spoke = True
        return answered.text
    status, said = told(answered.status, answered.text)
    error = wire.refusal(model, 0, status, said, answered.headers)
    if error.passing or status == 401 or 300 <= status < 400:
        raise error
    return None
