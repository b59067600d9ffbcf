"""The published numbers that the simulated reader is fitted to, each with its source and how it is measured here."""

from __future__ import annotations

from dataclasses import dataclass

ORDERS = tuple(f"chain:message=prose@{seed}" for seed in range(1, 6))
"""Chain-of-Agents in five random orders."""
ONE_ROUND, THREE_ROUNDS = "rounds@1", "rounds@3"
STEPS = 103
"""Segments of 5,000 tokens in 512k."""
SEGMENT = 600
"""Tokens of a segment here, at most, and"""
LENGTH = 48_500
"""of the text: passages of about 200 tokens then make the same number of steps."""
OVERWRITTEN = f"memory:message=prose@{SEGMENT}"
PRINTED = 5000 + 1024 + 800
"""Tokens of the published prompt: segment, memory, and what is around them."""


@dataclass(frozen=True, slots=True)
class Target:
    """A published number, as a share."""

    name: str
    value: float
    source: str
    here: str
    """How it is measured."""


ROUNDS = Target(
    "rounds",
    0.828 - 0.734,
    "PI-Mem (arXiv 2608.03048): HotpotQA at 7k tokens, 73.4 with one round, 82.8 with three",
    "right answers of three rounds less those of one; HotpotQA in texts of 7,000 tokens, window 8,192",
)
ORDER = Target(
    "orders",
    0.6016 - 0.4237,
    "Chain-of-Agents (arXiv 2406.02818): MuSiQue, five random orders, 42.37 by a judge, 60.16 for the best of them",
    "questions that any of five orders answers rightly less those that their vote does; MuSiQue at 16,000 tokens",
)
MEMORY = Target(
    "memory",
    0.401,
    "MemAgent (arXiv 2507.02259): needles at 512k, an overwritten memory without training",
    f"right answers; needles in a novel, {STEPS} steps as in 512k with segments of {SEGMENT} tokens, p0 as at 5,000",
)
TARGETS = (ROUNDS, ORDER, MEMORY)
