"""The cost formulas of `clew strategies`, worked out for a book that everybody can picture."""

from __future__ import annotations

from math import ceil, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..agents.strategies.cost import Cost

PAGES = 300
TOKENS = 150_000
"""Of the book's text, its sentences numbered: 500 a page."""

Range = tuple[int, int]


def worked(cost: Cost, values: dict[str, float]) -> tuple[Range, Range] | None:
    """Calls and prompt tokens, each from the least to the most; None where one prompt cannot hold the book."""
    calls, tokens = _worked(cost.calls, values), _worked(cost.tokens, values)
    return None if calls == (1, 1) and tokens[0] > values["w"] else (calls, tokens)


def _worked(formula: str, values: dict[str, float]) -> Range:
    least, _, most = formula.partition(" to ")
    # The formulas are constants of this package, and see nothing but their symbols.
    low, high = (ceil(eval(end, {"__builtins__": {}, "log2": log2}, values)) for end in (least, most or least))
    return low, high


def book() -> dict[str, float]:
    """What the symbols are for the book, with the built-in model's window and a short question.

    A piece of evidence is noted in every part: how many there are is for the text to say.
    """
    from ..agents.desk import PIECE
    from ..agents.fit import divide
    from ..models.extractive.model import Extractive

    room = divide(Extractive())
    parts = ceil(TOKENS / room.text)
    return {
        "N": parts,
        "A": ceil(TOKENS / PIECE),
        "Q": 1,
        "n": TOKENS,
        "i": room.window - room.reply - room.memory - room.text - 2 * room.question,
        "m": room.memory,
        "w": room.window,
        "P": 2,
        "K": 2,
        "E": parts,
        "L": 0,
        "F": 0,
    }


def line(example: tuple[Range, Range] | None) -> str:
    """`43 to 46 calls, 190,000 to 240,000 tokens`."""
    if example is None:
        return "does not fit this window"
    calls, tokens = example
    return f"{_range(*calls)} calls, {_range(*(round(end, -3) for end in tokens))} tokens"


def _range(least: int, most: int) -> str:
    return f"{least:,}" if least == most else f"{least:,} to {most:,}"
