"""What MemAgent and InfMem say their agents see; what an overwritten memory forgets and the ledger holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clew.agents.desk import Desk
from clew.agents.state import State
from clew.agents.strategies.memory import SEGMENT, MemAgent
from clew.core.types import Call
from clew.prompts import Recall, Write
from island import small_book
from keeper import LONG, TRUTH, honest, long_book, watched


def forgetful(call: Call) -> dict[str, Any]:
    """Its memory is always what the last segment said; a manager that believes the memory, then the evidence."""
    reply = honest(call)
    if isinstance(call.prompt, Write):
        reply["message"] = call.prompt.text.lines[-1].text
    if call.role == "manager" and "Martha" in call.prompt.message:
        return {"verdict": "answered", "answer": "Martha Venn"}
    return reply


def test_one_memory_is_rewritten_segment_by_segment_in_order(desk_for: Callable[..., Desk]) -> None:
    (*writes, answer), _, _ = watched(MemAgent(), desk_for)
    assert len(writes) > 3
    assert {p.name for p in writes} == {"write"}
    assert [line.text for p in writes for line in p.text.lines] == [*LONG[:3], TRUTH, *LONG[3:]]
    assert [p.message for p in writes] == ["(nothing yet)", *["Martha"] * (len(writes) - 1)]
    assert answer.message == "Martha"


def test_a_writer_is_told_how_long_its_memory_may_be(desk_for: Callable[..., Desk]) -> None:
    prompts, _, desk = watched(MemAgent(), desk_for)
    room = desk.room("memory_writer")
    assert f"at most {room.memory // 2} words" in prompts[0].messages()[1].content
    assert prompts[0].words < room.reply


def test_a_memory_of_dots_does_not_overwrite_what_is_remembered(desk_for: Callable[..., Desk]) -> None:
    def copying(call: Call) -> Any:
        reply = honest(call)
        return {**reply, "message": "..."} if isinstance(call.prompt, Write) and not reply["findings"] else reply

    prompts, _, _ = watched(MemAgent(), desk_for, copying)
    assert prompts[-1].message == "Martha"


def test_segments_do_not_outgrow_the_papers(desk_for: Callable[..., Desk]) -> None:
    book = small_book(LONG * 20, "far.txt", 8)
    desk = desk_for(honest, books=[book], window=64_000)
    segments = MemAgent().units(desk)
    assert len(desk.chunks) < len(segments)
    assert max(segment.tokens for segment in segments) <= SEGMENT


def test_what_the_memory_forgets_the_ledger_holds(desk_for: Callable[..., Desk]) -> None:
    _, alone, desk = watched(MemAgent("prose"), desk_for, forgetful)
    _, beside, _ = watched(MemAgent("lines"), desk_for, forgetful)
    for state in (alone, beside):
        assert [desk.text(note.span) for note in state["notes"]] == [TRUTH]
    assert alone["ruling"] is not None
    assert alone["ruling"].verdict == "not_found"
    assert beside["ruling"] is not None
    assert beside["ruling"].answer == "Martha Venn [1]"


def test_the_papers_manager_sees_the_memory_alone(desk_for: Callable[..., Desk]) -> None:
    prompts, _, _ = watched(MemAgent("prose"), desk_for)
    assert prompts[-1].message == "Martha"
    assert not prompts[-1].evidence.items


def test_looking_back_shows_the_writer_passages_from_elsewhere(desk_for: Callable[..., Desk]) -> None:
    def hopeful(call: Call) -> dict[str, Any]:
        return {"enough": False, "query": "Martha Venn"} if call.prompt.name == "recall" else honest(call)

    named = {"books": [long_book(149)], "window": 4096}
    prompts, _, desk = watched(MemAgent(lookback=True), desk_for, hopeful, **named)
    recalls = [p for p in prompts if isinstance(p, Recall)]
    writes = [p for p in prompts if isinstance(p, Write)]
    assert len(recalls) == len(writes) - 1
    assert [p.tried.items for p in recalls[:2]] == [(), ("Martha Venn",)]
    assert TRUTH not in [line.text for line in writes[0].text.lines]
    assert all(TRUTH in [line.text for line in p.text.lines] for p in writes[1:])
    assert all(len({line.text for line in p.text.lines}) == len(p.text.lines) for p in writes)


def test_reading_ends_when_nothing_is_missing_so_many_times_running(desk_for: Callable[..., Desk]) -> None:
    said = iter([True, False, True, True])

    def wavering(call: Call) -> dict[str, Any]:
        return {"enough": next(said), "query": "more"} if call.prompt.name == "recall" else honest(call)

    prompts, state, desk = watched(MemAgent(stops=2), desk_for, wavering, books=[small_book(LONG * 2 + [TRUTH])])
    assert [p.name for p in prompts] == ["write", *["recall", "write"] * 3, "recall", "answer"]
    assert len(MemAgent(stops=2).units(desk)) > len(state["read"]) == 4


def test_a_planner_that_fails_does_not_end_the_reading(desk_for: Callable[..., Desk]) -> None:
    def mute(call: Call) -> Any:
        return "no" if call.prompt.name == "recall" else honest(call)

    _, state, desk = watched(MemAgent(lookback=True, stops=1), desk_for, mute)
    assert not any(
        book.document.text[s.start : s.end].strip() for book in desk.books.values() for s in rest(state, desk)
    )


def rest(state: State, desk: Desk) -> list[Any]:
    from clew.memory.ledger import Covered

    read = Covered(state["read"])
    return [part for chunk in desk.chunks for part in read.rest(chunk.span)]


def test_a_memory_without_spaces_that_outgrows_its_room_keeps_its_beginning(desk_for: Callable[..., Desk]) -> None:
    def wordy(call: Call) -> dict[str, Any]:
        return {**honest(call), "message": "灯塔看守人" * 2000} if call.prompt.name == "write" else honest(call)

    prompts, _, desk = watched(MemAgent(), desk_for, wordy, window=4096)
    *_, last = (p for p in prompts if isinstance(p, Write))
    count, room = desk.models["memory_writer"].count, desk.room("memory_writer").memory
    assert 0.9 * room < count(last.message) <= room
    assert len(desk.notices) == 1
