"""Laws of the ledger: ranking loses only overlap, digests keep to their room, each character is covered once."""

from __future__ import annotations

from clew.core.types import Note, Span
from clew.memory.ledger import Covered, digest, has_news, ranked, supported
from hypothesis import given
from hypothesis import strategies as st

spans = st.builds(lambda a, n: Span("d", a, a + n), st.integers(0, 60), st.integers(1, 20))


@given(st.lists(spans, max_size=12), spans)
def test_covered_is_a_set_of_characters(taken: list[Span], probe: Span) -> None:
    truth = {at for span in taken for at in range(span.start, span.end)}
    wanted = set(range(probe.start, probe.end))
    covered = Covered(taken)
    assert covered.characters("d") == len(truth)
    assert covered.characters("other") == 0
    assert covered.overlaps(probe) == bool(truth & wanted)
    assert {at for part in covered.rest(probe) for at in range(part.start, part.end)} == wanted - truth


@given(st.lists(st.tuples(spans, st.floats(0, 1)), max_size=12))
def test_ranked_notes_are_best_first_and_share_no_character(items: list[tuple[Span, float]]) -> None:
    notes = [Note(span, "", 1, confidence) for span, confidence in items]
    kept = ranked(notes)
    assert [n.confidence for n in kept] == sorted((n.confidence for n in kept), reverse=True)
    covered = Covered()
    for note in kept:
        assert not covered.overlaps(note.span)
        covered.add(note.span)
    assert all(covered.overlaps(note.span) for note in notes)
    assert kept == ranked(reversed(notes))


def note(start: int, confidence: float, document: str = "a") -> Note:
    return Note(Span(document, start, start + 5), "", 1, confidence)


def test_a_digest_keeps_the_best_in_reading_order() -> None:
    notes = [note(30, 0.9), note(10, 0.2), note(20, 0.8), note(0, 0.7, "b")]
    kept = digest(notes, 30, lambda n: 10, ["b", "a"])
    assert [(n.span.document, n.span.start) for n in kept] == [("b", 0), ("a", 20), ("a", 30)]


def test_a_need_is_supported_by_enough_confidence() -> None:
    assert supported([note(0, 0.5), note(10, 0.9)]) == {1}
    assert not supported([note(0, 0.49)])


def test_a_sentence_noted_again_is_news_only_for_another_need_or_where_it_was_doubtful() -> None:
    first = [note(0, 0.9), note(10, 0.2)]
    assert not has_news(first, 2)
    assert not has_news([*first, note(0, 0.7), note(10, 0.3)], 2)
    assert has_news([*first, note(20, 0.1)], 2)
    assert has_news([*first, note(10, 0.8)], 2)
    assert has_news([*first, Note(Span("a", 0, 5), "", 2, 0.9)], 2)
