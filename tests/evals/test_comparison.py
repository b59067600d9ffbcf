"""Keys, marks and files beside each other: what counts as what, and when a difference is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from clew.core.errors import SettingsError
from clew.core.results import Answer, Coverage, Item, Listed
from clew.core.types import Document, Usage
from clew.documents.passages import prepare
from clew.evals.comparison import FEWEST, compared
from clew.evals.keys import Key, key, places
from clew.evals.marking import Mark, cost, mark, score
from clew.evals.sets import Gold

READ = Coverage(1, 1, 0, 100, 100, 0, None, ())


def answer(text: str | None = "Martha Venn [1].", **values: Any) -> Answer:
    """An answer to a question of the document `d`."""
    plain = Answer(
        "run", "Who?", "auto", None, "extractive", "answered" if text else "not_found", text, (), (),
        (Listed("d.txt", "d", True, None),), READ, (), Usage(calls=2, prompt_tokens=100, seconds=1.0), 0, None,
    )  # fmt: skip
    return replace(plain, **values)


def shown(start: int, end: int, document: str = "d") -> Item:
    return Item("noted", "d.txt", document, None, start, end, "", 1.0)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, Key()),
        ({"answer": None}, Key(())),
        ({"answer": "Ada"}, Key(("Ada",))),
        ({"answer": ["Ada", "Countess of Lovelace"]}, Key(("Ada", "Countess of Lovelace"))),
        ({"answer": 1871}, Key(("1871",))),
        ({"evidence": ["Ada was born."]}, Key(None, ("Ada was born.",))),
        ({"answer": None, "evidence": []}, Key(())),
        ({"answer": "Ada", "evidence": "Ada was born."}, Key(("Ada",), ("Ada was born.",))),
    ],
)
def test_a_key_is_what_a_row_tells(fields: dict[str, Any], found: Key) -> None:
    assert key({"meta": 3, **fields}) == found


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"answer": []}, "empty list"),
        ({"answer": {"text": "Ada"}}, "answer cannot be"),
        ({"answer": True}, "answer cannot be True"),
        ({"answer": ["Ada", None]}, "answer cannot be"),
        ({"answer": " "}, "answer cannot be"),
        ({"evidence": [3, ""]}, "evidence cannot be"),
        ({"answer": None, "evidence": ["Ada was born."]}, "the answer is null"),
    ],
)
def test_a_key_that_cannot_be_meant_is_told(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        key(fields)


def test_a_quote_is_found_wherever_it_stands_however_its_lines_are_broken() -> None:
    book = prepare("a.txt", Document("Ada’s\nmill burned. Bodo’s did not. Ada's  mill burned.", (), (), "plain"))
    assert [gold[1:] for gold in places("Ada's mill burned.", [book])] == [(0, 18), (35, 54)]
    assert places("Ada's mill burned down.", [book]) == []


@pytest.mark.parametrize(
    ("known", "said", "verdict", "good"),
    [
        (("Venn", "Martha Venn"), answer(), "right", 1),
        (("Anna Venn",), answer(), "wrong", 0),
        (("Venn",), answer(None), "declined", 0),
        (("Venn",), answer(None, status="open"), "declined", 0),
        (("Venn",), None, "failed", 0),
        ((), answer(None), "declined", 1),
        ((), answer(), "wrong", 0),
        ((), None, "failed", 0),
        (None, answer(), "answered", None),
    ],
)
def test_a_verdict_is_that_of_the_key(known: Any, said: Answer | None, verdict: str, good: float | None) -> None:
    made = mark(said, Key(known), ())
    assert (made.verdict, made.good) == (verdict, good)


def test_evidence_holds_a_quote_where_it_covers_half_of_any_of_its_places() -> None:
    quoted = [[Gold("d", 0, 100), Gold("d", 500, 600)], [Gold("d", 200, 300)]]
    assert mark(answer(evidence=(shown(0, 49),)), Key(), quoted).recall == 0
    assert mark(answer(evidence=(shown(0, 30), shown(30, 50))), Key(), quoted).recall == 0.5
    assert mark(answer(evidence=(shown(550, 600), shown(190, 260))), Key(), quoted).recall == 1
    assert mark(None, Key(), quoted).recall == 0
    assert mark(answer(), Key(), ()).recall is None
    changed = (Listed("d.txt", "another", True, None),)
    assert mark(answer(documents=changed, evidence=(shown(0, 90, "another"),)), Key(), quoted).recall is None


def test_what_was_replayed_counts_as_when_it_was_sent_and_tells_no_time() -> None:
    again = Usage(replayed=3, replayed_tokens=300, replayed_cost=0.25, seconds=0.1)
    both = Usage(calls=1, prompt_tokens=100, cost=0.5, replayed=1, replayed_tokens=50, replayed_cost=0.25)
    unknown = (replace(both, cost=None), replace(both, replayed_cost=None))
    assert [cost(one) for one in (again, both, *unknown, Usage())] == [0.25, 0.75, None, None, 0.0]
    made = score("a", [mark(answer(usage=one), Key(), ()) for one in (again, both)])
    assert (made.calls, made.prompt_tokens, made.cost, made.seconds) == (2.5, 225, 0.5, None)
    sent = Usage(calls=2, seconds=4.0)
    assert score("a", [mark(answer(usage=one), Key(), ()) for one in (again, sent)]).seconds == 4


def test_a_score_counts_what_can_be_answered_apart_from_what_cannot() -> None:
    cut = answer(limit_reached="calls", rejected_quotes=2)
    sure = [(answer(), ("Venn",)), (cut, ("Holt",)), (None, ("Venn",))]
    said = [*sure, (answer(None), ()), (answer(), ()), (answer(), None)]
    made = score("a", [mark(one, Key(known), ()) for one, known in said])
    assert (made.questions, made.failed, made.cut) == (6, 1, 1)
    assert (made.answerable, made.right, made.wrong, made.declined) == (3, 1, 1, 0)
    assert (made.unanswerable, made.rightly_declined) == (2, 1)
    assert (made.located, made.rejected, made.recall, made.models) == (0, 2, None, ("extractive",))
    assert made.words == 2, "of those that say something, without marks"
    assert made.statuses == {"answered": 4, "not_found": 1}


def marks(right: Callable[[int], bool], count: int = 40) -> dict[str, Mark]:
    return {str(n): mark(answer("Venn" if right(n) else "Holt"), Key(("Venn",)), ()) for n in range(count)}


def test_leads_over_the_first_are_paired_and_corrected_for_their_number() -> None:
    files = {"first": marks(lambda n: n < 10), "better": marks(lambda n: n < 30), "same": marks(lambda n: n < 10)}
    found = compared(40, files)
    better, same = (lead.difference for lead in found.leads)
    assert (better.first, better.second, better.units) == ("better", "first", 40)
    assert better.mean == pytest.approx(0.5)
    assert 0 < better.low < better.mean < better.high
    alone = compared(40, {name: files[name] for name in ("first", "better")}).leads[0].difference
    assert better.p == pytest.approx(2 * alone.p)
    assert better.p < 0.05 < same.p == 1
    assert [(one.second, len(one.only_first), one.only_second[:2]) for one in found.apart] == [
        ("better", 0, ("10", "11")),
        ("same", 0, ()),
    ]


def test_few_questions_have_no_interval() -> None:
    files = {"first": marks(lambda n: True), "second": marks(lambda n: False)}
    least = {name: dict(list(held.items())[:FEWEST]) for name, held in files.items()}
    assert len(compared(FEWEST, least).leads) == 1
    least["second"].pop("0")
    assert compared(FEWEST, least).leads == ()


def test_the_object_holds_every_mark() -> None:
    told = compared(2, {"a": marks(lambda n: n > 0, 2)}, ["a note"]).to_dict()
    assert (told["schema"], told["judged"], told["notes"]) == ("clew.compare/1", "lexical", ["a note"])
    (file,) = told["files"]
    assert file["statuses"] == {"answered": 2}
    assert file["marks"] == [
        {"id": "0", "verdict": "wrong", "good": False, "recall": None},
        {"id": "1", "verdict": "right", "good": True, "recall": None},
    ]
