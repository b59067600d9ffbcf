"""One file per way of reading; this one lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ...core.errors import SettingsError, nearest
from ..strategy import Strategy
from .auto import Auto
from .chain import Chain
from .full import Full
from .retrieve import Retrieve
from .sweep import Sweep

Order = Literal["left", "right"]
MessageForm = Literal["lines", "prose"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What `clew strategies` says of a strategy."""

    name: str
    system: str
    """The published system it follows."""
    good_at: str
    calls: str
    """Model calls, in N chunks of the document."""
    make: Callable[[Order, MessageForm], Strategy]


STRATEGIES: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "auto",
            "ours: full, else retrieve, then sweep",
            "most questions; reads everything only while something is open",
            "those of full, or of retrieve, or of retrieve and one round of sweep",
            lambda order, message: Auto(),
        ),
        Entry(
            "full",
            "long-context baseline",
            "documents that fit the window; everything is read",
            "1",
            lambda order, message: Full(),
        ),
        Entry(
            "retrieve",
            "RAG; ALR² (arXiv 2410.03227)",
            "facts that stand in a few places of a long document",
            "2 + one per prompt of passages, at most two rounds",
            lambda order, message: Retrieve(),
        ),
        Entry(
            "chain",
            "Chain-of-Agents (arXiv 2406.02818)",
            "questions that need everything read, in order",
            "N + 1",
            lambda order, message: Chain(order, message),
        ),
        Entry(
            "sweep",
            "PI-Mem (arXiv 2608.03048), ExtAgents (arXiv 2505.21471)",
            "questions that need everything read, in parallel",
            "N + 1 to 1 + log2(notes) attempts; later rounds about N / 3",
            lambda order, message: Sweep(),
        ),
    )
}


def entry(name: str) -> Entry:
    """The strategy called `name`. Raises SettingsError that names the nearest one."""
    if name not in STRATEGIES:
        raise SettingsError(f"there is no strategy {name!r}", nearest(name, list(STRATEGIES)))
    return STRATEGIES[name]
