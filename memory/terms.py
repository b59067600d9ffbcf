"""What the lexical index holds for a text: stems, and pairs of stems that stand side by side in a name.

`new york` in capitals is one term more than `new` and `york`; a question's names then find the places where they stand
as a name. Which terms are written as names is counted, for they are what leads from one place of a text to another.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from ..language.words import WORDS_VERSION, marked, stems

TERMS_VERSION = 100 * WORDS_VERSION + 1
"""Changes when the same text gives other terms: indexes made with another version are rebuilt."""

_UPPER = "A-Z" + "".join(chr(code) for code in range(0x80, 0x530) if chr(code).isupper())
_CAPITAL = rf"(?:(?:[{_UPPER}]\.)+|(?:Mr|Mrs|Ms|Dr|St|Jr)\.|[{_UPPER}][\w'’&-]*)"
_LINK = r"(?:(?:of|the|and|de|la|le|von|van|di|du|del|al|der)\s)?"
_runs = re.compile(rf"(?<![\w'’]){_CAPITAL}(?:\s{_LINK}(?:{_CAPITAL}|\d[\w.,]*))*").finditer
_ENDS_SENTENCE = (".", "!", "?", ":", "…", "\n", "”", '"')


class Terms(NamedTuple):
    """The terms of a text."""

    all: list[str]
    """Stems in order, then the pairs within names."""
    named: list[str]
    """Stems that stand with a capital which no beginning sentence explains; as often as they do."""


def terms(text: str, language: str = "en") -> Terms:
    """The terms of `text`, which is in `language`; other than English ones carry their language (`words.marked`)."""
    found = marked(stems(text, language), language)
    named: list[str] = []
    for run in _runs(text):
        parts = _run_stems(run[0], language)
        named.extend(parts[1:] if _begins_sentence(text, run, language) else parts)
        found.extend(f"{left} {right}" for left, right in zip(parts, parts[1:], strict=False))
    return Terms(found, named)


def _begins_sentence(text: str, run: re.Match[str], language: str) -> bool:
    """Whether the first word of `run` would have its capital anyway, and is not a stop word that is dropped."""
    before = text[max(0, run.start() - 2) : run.start()].rstrip(" ")
    return (not before or before.endswith(_ENDS_SENTENCE)) and bool(_run_stems(run[0].split(maxsplit=1)[0], language))


def is_pair(term: str) -> bool:
    return " " in term


def name_shares(counts: Counter[str], named: Counter[str]) -> dict[str, float]:
    """How far each term is a name, from 0 to 1: pairs are, figures by half, words by their share of capitals."""
    return {
        term: 1.0 if is_pair(term) else 0.5 if term[0].isdigit() else min(1.0, named[term] / count)
        for term, count in counts.items()
    }


@lru_cache(maxsize=100_000)
def _run_stems(run: str, language: str) -> tuple[str, ...]:
    return tuple(marked(stems(run, language), language))
