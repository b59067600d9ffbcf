"""What published systems found beside the numbers fitted to: claims that a fitted reader may or may not predict."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from ..haystack import GoldOrder

Expected = Literal["above", "equal", "same calls"]
Value = Literal["right", "recall"]
MARGIN = 0.1
"""Shares that lie no further apart count as equal: a tenth, which most of the published samples could not tell."""


@dataclass(frozen=True, slots=True)
class Arm:
    """A way of reading texts of one kind."""

    dataset: str
    tokens: int
    way: str
    order: GoldOrder = "random"
    window: int = 8192
    types: str = ""
    """Of the questions; empty for all."""

    def by(self, way: str) -> Arm:
        """Another way of reading the same."""
        return replace(self, way=way)


@dataclass(frozen=True, slots=True)
class Claim:
    """The first arm stands to the second as expected."""

    words: str
    first: Arm
    second: Arm
    expected: Expected
    source: str
    published: float | None = None
    """The difference, or the share of equal calls; None where only its sign was published or it follows from others."""
    value: Value = "right"


CHAIN = Arm("musique", 16_000, "chain:message=prose")
COMPARE = Arm("2wiki", 16_000, "chain:message=prose", types="comparison")
FORWARD = replace(CHAIN, order="forward")
SHORT = Arm("hotpotqa", 7_000, "rounds@3")
LONG = Arm("hotpotqa", 64_000, "rounds@3")
HOTPOT, MUSIQUE = Arm("hotpotqa", 16_000, "graph"), Arm("musique", 16_000, "graph")
WHOLE = Arm("hotpotqa", 16_000, "full", window=300_000)
COA, PIMEM = "Chain-of-Agents (arXiv 2406.02818)", "PI-Mem (arXiv 2608.03048)"
READER = "GraphReader (arXiv 2406.14550)"
MECHANISM = "follows from the mechanism; no number is published"
CLAIMS = (
    Claim("a chain above chunks asked alone, MuSiQue", CHAIN, CHAIN.by("blind"), "above", COA, 0.3709 - 0.2666),
    Claim("a chain above one parallel round, MuSiQue", CHAIN, CHAIN.by("rounds@1"), "above", COA, 0.3709 - 0.2940),
    Claim("… and not on comparisons, 2Wiki", COMPARE, COMPARE.by("rounds@1"), "equal", MECHANISM),
    Claim(
        "left to right above right to left, gold forward",
        FORWARD,
        FORWARD.by("chain:order=right,message=prose"),
        "above",
        COA,
        0.3709 - 0.2977,
    ),
    Claim(
        "… and not where gold is shuffled",
        CHAIN,
        CHAIN.by("chain:order=right,message=prose"),
        "equal",
        MECHANISM,
    ),
    Claim("five rounds no better than three, 7k", SHORT.by("rounds@5"), SHORT, "equal", PIMEM, 0.0),
    Claim("five rounds no better than three, 64k", LONG.by("rounds@5"), LONG, "equal", PIMEM, 0.0),
    Claim(
        "three quarters stop by round two, 7k", SHORT.by("rounds@5"), SHORT.by("rounds@2"), "same calls", PIMEM, 0.75
    ),
    Claim("three quarters stop by round two, 64k", LONG.by("rounds@5"), LONG.by("rounds@2"), "same calls", PIMEM, 0.75),
    Claim("chosen above random start nodes, HotpotQA", HOTPOT, HOTPOT.by("graph@1"), "above", READER, 0.700 - 0.541),
    Claim("chosen above random start nodes, MuSiQue", MUSIQUE, MUSIQUE.by("graph@1"), "above", READER, 0.474 - 0.252),
    Claim(
        "chunks above facts alone, HotpotQA, recall",
        HOTPOT,
        HOTPOT.by("facts"),
        "above",
        READER,
        0.905 - 0.764,
        "recall",
    ),
    Claim("`full` at 16k above itself at 64k", WHOLE, replace(WHOLE, tokens=64_000), "above", READER, 0.38 - 0.22),
    Claim("`full` at 16k above itself at 256k", WHOLE, replace(WHOLE, tokens=256_000), "above", READER, 0.38 - 0.14),
    Claim(
        "sweep with chunks of 25k as with 5k",
        LONG.by("sweep"),
        replace(LONG, way="sweep", window=30_000),
        "equal",
        PIMEM,
        0.0,
    ),
)
