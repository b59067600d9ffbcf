"""Status, citations and offered evidence follow from facts alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import beginning
from clew.agents.settle import makeshift, settle
from clew.agents.state import Failure, Ruling, State
from clew.agents.strategies.full import Full
from clew.core.book import Book
from clew.core.errors import DocumentError
from clew.core.results import Answer
from clew.core.types import Note, Span, Usage
from clew.core.wording import share
from island import small_book


@pytest.fixture
def ending(book: Book, desk_for: Callable[..., Desk]) -> Callable[..., Answer]:
    """`ending(read=…, ruling=…, …)`: the answer to a state that ended so."""

    def made(unreadable: list[Any] | None = None, evidence_tokens: int = 4000, **fields: Any) -> Answer:
        state: State = beginning("Who was the first keeper?", None)
        state.update(fields)  # type: ignore[typeddict-item]
        return settle(
            state,
            Full(),
            desk_for([], window=8192),
            run="r",
            asked="full",
            model="m",
            usage=Usage(),
            unreadable=unreadable or [],
            evidence_tokens=evidence_tokens,
            count=lambda text: len(text.split()),
        )

    return made


def sentence(book: Book, words: str, confidence: float = 0.9) -> Note:
    start = book.document.text.index(words)
    return Note(book.trim(Span(book.id, start, start + len(words))), "", 1, confidence)


def everything(book: Book) -> list[Span]:
    return [Span(book.id, 0, len(book.document.text))]


def ruled(book: Book, answer: str = "Martha Venn [1]", verdict: Any = "answered", missing: tuple[str, ...] = ()) -> Any:
    return Ruling(verdict, answer, (sentence(book, "Its first keeper was Martha Venn."),), missing)


def test_answered(book: Book, ending: Callable[..., Answer]) -> None:
    answer = ending(read=everything(book), ruling=ruled(book))
    assert answer.status == "answered"
    (citation,) = answer.citations
    assert citation.quote == book.document.text[citation.start : citation.end] == "Its first keeper was Martha Venn."
    assert answer.coverage.complete


def test_a_hard_fact_that_is_nowhere_cited_makes_it_partial(book: Book, ending: Callable[..., Answer]) -> None:
    answer = ending(read=everything(book), ruling=ruled(book, "Martha Venn, since 1999 [1]"))
    assert answer.status == "partial"
    assert answer.unsupported == ("1999",)


@pytest.mark.parametrize(
    "doubt",
    [
        {"limit": "calls"},
        {"unreadable": [("x.pdf", DocumentError("x.pdf is encrypted"))]},
        {"failed": [Failure(Span("", 0, 1), "timed out")]},
        {"missing": ("Since when?",)},
        {"citations": ()},
        {"ruling": None},
    ],
    ids=lambda doubt: next(iter(doubt)),
)
def test_any_doubt_makes_it_partial(book: Book, ending: Callable[..., Answer], doubt: dict[str, Any]) -> None:
    fields = {"read": everything(book), "ruling": ruled(book), "notes": [sentence(book, "Its first keeper")], **doubt}
    if "missing" in doubt:
        fields["ruling"] = ruled(book, missing=fields.pop("missing"))
    if "citations" in doubt:
        fields.pop("citations")
        fields["ruling"] = Ruling("answered", "The keeper", (), ())
    if "failed" in doubt:
        fields["failed"] = [Failure(book.passage(4).span, "timed out")]
        fields["read"] = [Span(book.id, 0, book.passage(4).start)]
    answer = ending(**fields)
    assert answer.status == "partial"
    assert answer.text


def test_not_found_needs_everything_read(book: Book, ending: Callable[..., Answer]) -> None:
    abstained = Ruling("not_found", "", (), ())
    assert ending(read=everything(book), ruling=abstained).status == "not_found"
    assert ending(read=[book.passage(0).span], ruling=abstained).status == "open"
    assert ending(read=everything(book), ruling=abstained, limit="calls").status == "open"
    unread = [("x.pdf", DocumentError("no"))]
    assert ending(read=everything(book), ruling=abstained, unreadable=unread).status == "open"


def test_a_conflict_needs_two_sides(book: Book, ending: Callable[..., Answer]) -> None:
    both = (sentence(book, "The lamp burned whale oil until 1890."), sentence(book, "A storm broke the glass in 1884."))
    assert ending(read=everything(book), ruling=Ruling("conflicting", "1890 [1] or 1884 [2]", both, ())).status == (
        "conflicting"
    )
    assert ending(read=everything(book), ruling=ruled(book, verdict="conflicting")).status == "answered"


def test_without_a_manager_the_best_quotes_stand_in(book: Book, ending: Callable[..., Answer]) -> None:
    notes = [sentence(book, "The island has two wells.", 0.3), sentence(book, "Its first keeper was Martha Venn.")]
    answer = ending(read=everything(book), notes=notes, limit="calls")
    assert answer.text == "“Its first keeper was Martha Venn.” [1] “The island has two wells.” [2]"
    assert answer.status == "partial"
    assert answer.limit_reached == "calls"
    assert not answer.unsupported


def test_evidence_is_best_first_and_keeps_to_its_budget(book: Book, ending: Callable[..., Answer]) -> None:
    notes = [sentence(book, "The island has two wells.", 0.3), sentence(book, "Its first keeper was Martha Venn.")]
    answer = ending(read=everything(book), notes=notes, ruling=ruled(book))
    assert [(item.kind, item.text) for item in answer.evidence] == [
        ("noted", "Its first keeper was Martha Venn."),
        ("noted", "The island has two wells."),
    ]
    assert len(ending(notes=notes, evidence_tokens=8).evidence) == 1


def test_coverage_counts_chunks_characters_and_failures(book: Book, ending: Callable[..., Answer]) -> None:
    read, bad = book.passage(0).span, book.passage(1).span
    answer = ending(read=[read], failed=[Failure(bad, "timed out")], ruling=ruled(book))
    coverage = answer.coverage
    assert (coverage.chunks, coverage.read, coverage.failed) == (5, 1, 1)
    assert coverage.characters_read == read.end - read.start
    assert [(r.document, r.chunk, r.reason) for r in coverage.reasons] == [("island.txt", 1, "timed out")]
    (listed,) = answer.documents
    assert not listed.read
    assert listed.reason == f"{share(coverage.characters_read, coverage.characters)} of it was read, 1 passage failed"


def test_the_json_has_the_documented_fields(book: Book, ending: Callable[..., Answer]) -> None:
    data = ending(read=everything(book), ruling=ruled(book)).to_dict()
    documented = """schema run question strategy route model status answer citations evidence documents coverage
        unsupported usage rejected_quotes limit_reached"""
    assert set(documented.split()) <= set(data)
    assert data["schema"] == "clew.answer/1"
    assert set(data["citations"][0]) == set(
        "number document document_id page page_label heading headings context start end quote".split()
    )
    coverage = "chunks read failed characters characters_read documents_failed pages reasons unit"
    assert set(data["coverage"]) == set(coverage.split())
    usage = """calls replayed prompt_tokens cached_tokens completion_tokens embedding_calls embedding_tokens seconds
            cost repaired degraded replayed_tokens replayed_cost"""
    assert set(data["usage"]) == set(usage.split())


def test_a_table_row_is_printed_under_its_columns(desk_for: Callable[..., Desk]) -> None:
    table = [
        "Cash flows (in millions)\n",
        "Year 2018 2017 2016",
        "Purchases of plant 1,577 1,373 1,420",
        "Other 12 13 14",
    ]
    book = small_book(table, "report.txt", 4)
    desk = desk_for([], books=[book])
    start = book.document.text.index("Purchases")
    assert "2018 2017 2016" in desk.source(Span(book.id, start, start + 36))
    prose = small_book(["It was calm.", "Nobody spoke of 2018."], "story.txt")
    assert desk_for([], books=[prose]).source(Span(prose.id, 13, 30)) == "story.txt"


@pytest.mark.parametrize("quote", ["The lamp burned.", "“The lamp burned,” she said.", '"It burned."', "«Il brûlait»"])
def test_in_place_of_an_answer_a_sentence_stands_in_marks_unless_it_has_its_own(
    quote: str, desk_for: Callable[..., Desk]
) -> None:
    book = small_book([quote])
    state: State = beginning("Did the lamp burn?", None)
    state.update(notes=[sentence(book, quote)])
    shown = quote if quote[0] in '“"«' else f"“{quote}”"
    assert makeshift(state, desk_for([], books=[book])).answer == f"{shown} [1]"


def test_a_footnote_in_a_quote_is_no_mark_of_the_answer(desk_for: Callable[..., Desk]) -> None:
    book = small_book(["The lamp burned [3, 4] whale oil.[7]"])
    state: State = beginning("Did the lamp burn?", None)
    state.update(notes=[sentence(book, "The lamp burned [3, 4] whale oil.[7]")])
    assert makeshift(state, desk_for([], books=[book])).answer == "“The lamp burned whale oil.” [1]"
