"""BM25 as in Lucene (Robertson and Zaragoza 2009; Kamphuis et al. 2020): its two constants, and what rarity counts."""

from __future__ import annotations

from math import log

K1 = 1.2
"""How fast further occurrences of a term say less."""
B = 0.75
"""Share of an occurrence's weight that goes by the length of the text."""


def rarity(held: int, texts: int) -> float:
    """Inverse document frequency of a term that `held` of so many `texts` hold."""
    return log(1 + (texts - held + 0.5) / (held + 0.5))


def strength(count: int, length: float) -> float:
    """What `count` occurrences count, from 0 to 1, in a text of that `length`, of which the mean is 1."""
    return count / (count + K1 * (1 - B + B * length))
