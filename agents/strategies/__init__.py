"""One file per way of reading; this one lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from inspect import getdoc
from sys import modules

from ...core.errors import SettingsError, nearest
from ...core.options import Choices, Order, told
from ..strategy import Strategy
from .access import Access
from .auto import Auto
from .chain import Chain
from .cost import Cost
from .demonstrated import Demonstrated
from .full import Full
from .graph import Graph
from .memory import MemAgent
from .paths import Paths
from .retrieve import Retrieve
from .sweep import Sweep
from .tree import Tree


@dataclass(frozen=True, slots=True)
class Entry:
    """What `clew strategies` says of a strategy."""

    name: str
    system: str
    """The published system it follows."""
    good_at: str
    cost: Cost
    make: Callable[[Choices], Strategy]
    replica: bool = False
    """Whether it is a small reconstruction of its system, to compare with rather than to rely on."""

    @property
    def algorithm(self) -> str:
        """What the file of the strategy begins with: its algorithm in the paper's notation, and what differs."""
        return getdoc(modules[type(self.make(Choices())).__module__]) or ""

    @property
    def takes(self) -> list[str]:
        """The choices that are its own."""
        return [choice.name for choice in fields(Choices) if self.name in told(choice.name).of]


def chains(chosen: Choices) -> Strategy:
    """A chain, or several that read the text in different orders: the chosen one, the other end first, random ones."""
    orders: list[Order] = [chosen.order, "right" if chosen.order == "left" else "left"]
    ways: dict[str, Strategy] = {f"chain {order}": Chain(order, chosen.message) for order in orders[: chosen.paths]}
    ways |= {f"chain shuffled {n}": Chain(message=chosen.message, shuffled=n) for n in range(1, chosen.paths - 1)}
    return Paths(ways) if len(ways) > 1 else Chain(chosen.order, chosen.message)


STRATEGIES: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "auto",
            "ours: full, else retrieve and hop, look closer, then sweep",
            "most questions; reads everything only while something is open",
            Cost(
                "1 to 3 * P + 4 * K + N + 9 + log2(E + 1)",
                "i to 14000 + n + 4 * K * 1400 + (3 * P + 4 * K + N) * (i + m) + (9 + log2(E + 1)) * w",
            ),
            lambda chosen: Auto(),
        ),
        Entry(
            "full",
            "long-context baseline",
            "documents that fit the window; everything is read",
            Cost("1", "n + i"),
            lambda chosen: Full(),
        ),
        Entry(
            "retrieve",
            "RAG; ALR² (arXiv 2410.03227); rerankers; pruning after Provence (2501.16214)",
            "facts that stand in a few places of a long document",
            Cost("P + 1 to 3 * P + 5", "(P + 1) * i to 14000 + 3 * P * (i + m) + 5 * w"),
            lambda chosen: Retrieve(chosen.prune, chosen.rerank),
        ),
        Entry(
            "chain",
            "Chain-of-Agents (arXiv 2406.02818)",
            "questions that need everything read, in order",
            Cost("N to Q * (N + 1) + 2", "n + N * i to Q * (n + N * (i + m) + w) + 2 * w"),
            chains,
        ),
        Entry(
            "memory",
            "MemAgent (arXiv 2507.02259); look-back of InfMem (arXiv 2602.02704)",
            "very long texts on a short window; what is told in the order it happens",
            Cost("N to N + 1 + L * N", "n + N * i to n + N * (i + m) + w + L * N * (i + 2 * m + 1500)"),
            lambda chosen: MemAgent(chosen.message, chosen.lookback, chosen.stops),
        ),
        Entry(
            "sweep",
            "PI-Mem (arXiv 2608.03048), ExtAgents (arXiv 2505.21471)",
            "questions that need everything read, in parallel",
            Cost("N to 3 * (N + 2 + log2(E + 1))", "n + N * i to 3 * (n + N * (i + m) + (2 + log2(E + 1)) * w)"),
            lambda chosen: Sweep(),
        ),
        Entry(
            "graph",
            "GraphReader (arXiv 2406.14550); personalised PageRank as in HippoRAG 2",
            "questions that lead from one place of a long text to another",
            Cost("2 + F to 53 + F", "2 * i + F * i to 60000 + F * (1000 + i)"),
            lambda chosen: Graph(chosen.facts, examples=chosen.demonstrations),
        ),
        Entry(
            "access",
            "LC-Boost (arXiv 2405.15318)",
            "showing how a model decides step by step what to read",
            Cost("2 to A + 2", "3 * i to A * (1500 + i + m) + 2 * w"),
            lambda chosen: Access(),
            replica=True,
        ),
        Entry(
            "tree",
            "ReadAgent (arXiv 2402.09727), MemWalker (2310.05029), RAPTOR (2401.18059)",
            "many questions on one text, whose summaries are made once",
            Cost(
                "A + 1 to A + A / 7 + 2 * (log2(A + 1) + 7)",
                "n + A * i to n + 2 * A * (i + m) + 2 * (log2(A + 1) + 7) * w",
            ),
            lambda chosen: Tree(),
            replica=True,
        ),
    )
}


def made(names: str, chosen: Choices) -> Strategy:
    """The strategy of that name; of several names, with commas between them, one that goes all their ways.

    Raises SettingsError where there is no such strategy, or where one cannot be made as chosen.
    """
    ways = {name.strip(): entry(name.strip()).make(chosen) for name in names.split(",")}
    way = Paths(ways) if len(ways) > 1 else next(iter(ways.values()))
    return Demonstrated(way) if chosen.demonstrations else way


def entry(name: str) -> Entry:
    """The strategy called `name`. Raises SettingsError that names the nearest one."""
    if name not in STRATEGIES:
        raise SettingsError(f"there is no strategy {name!r}", nearest(name, list(STRATEGIES)))
    return STRATEGIES[name]
