"""Documents that are asked about as they are: CUAD's contracts, LoCoMo's chats. Every gold place stands by itself.

The place's sentences are the facts, so that a border between two of them costs one, not all. The twin of a document
lacks, for each question, the line that holds the first of its gold places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..language.sentences import sentence_starts
from .cases import Case
from .haystack import PER_TOKEN, Haystack, Kind
from .sets import Gold, GoldQuestion, QuestionSet
from .simulated import Fact, Puzzle

FEWEST = 4
"""Characters of a fact at least: what is less is a mark or a number, which stands everywhere."""


def documents(questions: QuestionSet, kinds: Sequence[Kind] = ("plain", "twin")) -> Iterator[Haystack]:
    """Each document of a set with the questions that have their gold in it alone, in every kind but `planted`.

    A question is not asked of a twin that still states all its facts, elsewhere.
    """
    length = sum(len(str(text)) for text in questions.files.values()) // len(questions.files) // PER_TOKEN
    for name, text in questions.files.items():
        own = [one for one in questions.questions if one.gold and {gold.document for gold in one.gold} == {name}]
        cases = [_case(questions.name, one, str(text)) for one in own]
        for kind in kinds:
            shown = str(text) if kind == "plain" else without(str(text), [one.gold[0] for one in own])
            kept = tuple(case for case in cases if stated(case, shown) is (kind == "plain"))
            yield Haystack(f"{kind}-{name}", shown, kept, kind, "its own", length)


def _case(dataset: str, question: GoldQuestion, text: str) -> Case:
    facts = [
        Fact(sentence, sentence, question.question)
        for gold in question.gold
        for sentence in sentences(text[gold.start : gold.end])
    ]
    answers = question.answers or tuple(fact.text for fact in facts[:1])
    asked = Puzzle(" ".join(question.question.split()), answers, tuple(dict.fromkeys(facts)))
    # Few documents, many questions of each: it is documents that differ.
    return Case(question.id, dataset, question.type, asked, (), (), question.documents[0])


def stated(case: Case, text: str) -> bool:
    """Whether a text states all facts of a case, of which there is one at least."""
    return bool(case.puzzle.facts) and all(fact.text in text for fact in case.puzzle.facts)


def sentences(text: str) -> list[str]:
    """The sentences of a stretch of text, trimmed."""
    found = (text[start:end].strip() for start, end in pairwise([*sentence_starts(text), len(text)]))
    return [sentence for sentence in found if len(sentence) >= FEWEST]


def without(text: str, places: Sequence[Gold]) -> str:
    """`text` without the lines that hold these places."""
    parts, done = [], 0
    for start, end in sorted((place.start, place.end) for place in places):
        begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        if begin >= done:
            parts.append(text[done:begin])
        done = max(done, len(text) if stop < 0 else stop + 1)
    return "".join([*parts, text[done:]])
