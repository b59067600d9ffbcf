"""Summaries without a language model: the sentences that say most of what a text says often.

Probability of a sentence's stems, squared once a sentence has used them, so that the next one says something else
(SumBasic, Nenkova and Vanderwende 2005; a word said twice counts once, and short sentences count for less). It quotes
whole sentences and joins nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...language.tongues import main_language
from ...language.words import stems
from ...language.words import words as spoken
from .cut import LEFT_OUT, finished
from .text import spells

FOCUS = 4.0
"""How much more a stem of the focus counts than it would by its frequency."""
SHORT = 5
"""Stems without weight that every sentence has beside its own: a short sentence says little, however common."""
FEWEST, MOST = 8, 60
"""Words of a sentence that can stand for a text: shorter ones say too little, longer ones take all the room."""


def chosen(sentences: Sequence[str], focus: str, words: int) -> list[int]:
    """Indexes, in order, of sentences that sum the others up in at most `words` words.

    With a `focus`, of those alone that hold a word of it: where none does, nothing is to be said. Halves of sentences,
    which a page's end has cut in two, only where there is nothing else.
    """
    language = main_language("\n".join(sentences))
    held = [set(stems(sentence, language)) for sentence in sentences]
    lengths = [len(spoken(sentence)) for sentence in sentences]
    counts = Counter(stem for distinct in held for stem in distinct)
    total = sum(counts.values()) or 1
    asked = counts.keys() & stems(focus, language)
    weights = {stem: n / total * (FOCUS if stem in asked else 1.0) for stem, n in counts.items()}
    left = {at for at, length in enumerate(lengths) if FEWEST <= length <= MOST and spells(sentences[at])}
    left = {at for at in left if held[at] and (not focus or asked & held[at])}
    left = {at for at in left if LEFT_OUT not in finished(sentences[at])} or left
    taken: list[int] = []
    while left:
        best = max(left, key=lambda at: (sum(sorted(weights[s] for s in held[at])) / (len(held[at]) + SHORT), -at))
        left.discard(best)
        if lengths[best] <= words:
            words -= lengths[best]
            taken.append(best)
            for stem in held[best]:
                weights[stem] **= 2
        if words < FEWEST:
            break
    return sorted(taken)
