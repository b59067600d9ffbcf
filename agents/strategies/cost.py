"""What a strategy costs, as formulas: shown by `clew strategies`, and checked against counted calls by a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Model calls and prompt tokens of one question. Each is `FORMULA`, or `LEAST to MOST`, in the SYMBOLS."""

    calls: str
    tokens: str


SYMBOLS = {
    "N": "parts the text is read in",
    "A": "pieces of about 1,000 tokens; where they are looked up at most 8 of them count",
    "Q": "paths: 1 unless --paths says otherwise",
    "n": "tokens of the text, its sentences numbered",
    "i": "tokens around the text in one prompt: instructions, question, needs",
    "m": "tokens of memory at most: an eighth of the window, up to 1,024",
    "w": "tokens of the window",
    "P": "prompts filled by a look-up of 4,000 tokens: two at a window of 8,192; with --prune fewer, or none",
    "K": "steps of the plan, and what a manager misses",
    "E": "pieces of evidence noted",
    "L": "1 with --lookback or --stops, else 0",
    "F": "with --facts eager, pieces of at most 1,000 tokens that facts are made of, once for all questions; else 0",
}
"""What stands in formulas, and its meaning."""
