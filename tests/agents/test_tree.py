"""What summary trees say their agents see: summaries to choose by, then the source itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.agents.strategies.tree import FAN, MOST, Tree
from clew.core.types import Call
from clew.models.scripted import Scripted
from clew.models.validated import Validated
from clew.prompts import Answer, Condense, Gist, Pick, Read
from island import small_book, wait
from keeper import LONG, TRUTH, honest, watched


def climbed(
    desk_for: Callable[..., Desk], replies: Callable[[Call], Any] = honest, **named: Any
) -> tuple[list[Any], State, Desk]:
    """`watched`, over a text of many lines."""
    text = [f"{n}: {line}" for n, line in enumerate(LONG * 10)]
    book = small_book([*text[:700], TRUTH, *text[700:]], "far.txt", 8)
    return watched(Tree(), desk_for, replies, books=[book], **named)


def of(kind: type[Any], prompts: list[Any]) -> list[Any]:
    return [prompt for prompt in prompts if isinstance(prompt, kind)]


def test_every_piece_is_summed_up_whatever_the_question(desk_for: Callable[..., Desk]) -> None:
    one, _, desk = climbed(desk_for)
    other, _, _ = climbed(desk_for, question="Was Martha Venn paid?")
    assert len(of(Gist, one)) == len(Tree().units(desk))
    assert of(Gist, one) == of(Gist, other)
    assert of(Condense, one) == of(Condense, other)
    assert not any("keeper?" in message.content for p in of(Gist, one) for message in p.messages())


def test_summaries_are_summed_up_until_they_fit_and_are_chosen_from_the_top(desk_for: Callable[..., Desk]) -> None:
    prompts, state, desk = climbed(desk_for)
    levels = state["slot"].levels
    assert len(levels) > 1
    assert all(len(above) == -(-len(below) // FAN) for below, above in zip(levels, levels[1:], strict=False))
    picks = of(Pick, prompts)
    assert len(picks) == len(levels)
    assert len(picks[0].text.lines) == len(levels[-1])
    assert all(len(pick.text.lines) <= MOST * FAN for pick in picks[1:])


def test_the_source_is_opened_again_and_a_summary_is_never_evidence(desk_for: Callable[..., Desk]) -> None:
    def inventive(call: Call) -> Any:
        reply = honest(call)
        if call.prompt.name in ("gist", "condense"):
            texts = [line.text for line in call.prompt.text.lines]
            known = any("Martha" in text for text in texts)
            reply["points"] = [{"text": "Martha the pirate." if known else "Nothing.", "numbers": [1]}]
        return reply

    prompts, state, desk = climbed(desk_for, inventive)
    (read,) = of(Read, prompts)
    assert TRUTH in [line.text for line in read.text.lines]
    assert [desk.text(note.span) for note in state["notes"]] == [TRUTH]
    assert "pirate" not in str(of(Answer, prompts)[0].evidence)
    assert len(state["read"]) == 1


def test_it_chooses_again_among_what_is_unread_at_most_once(desk_for: Callable[..., Desk]) -> None:
    def first(call: Call) -> Any:
        if call.prompt.name == "pick":
            return {"numbers": [1, 2, 99999]}
        return honest(call)

    prompts, state, desk = climbed(desk_for, first)
    reads = of(Read, prompts)
    assert len(reads) == 4
    assert len({read.text.lines[0].text for read in reads}) == 4
    assert state["ruling"] is None
    assert state["rejected"] == len(of(Pick, prompts))


@pytest.mark.parametrize("role", ["reader", "memory_writer"])
def test_without_summaries_the_first_words_of_a_piece_stand_for_it(role: str, desk_for: Callable[..., Desk]) -> None:
    def mute(call: Call) -> Any:
        return "no" if call.prompt.name in ("gist", "condense") and call.role == role else honest(call)

    prompts, _, desk = climbed(desk_for, mute)
    shown = of(Pick, prompts)[0].text.lines[0].text
    assert shown
    assert desk.text(Tree().units(desk)[0].span).replace("\n", " ").startswith(shown[:20])


def test_summaries_without_spaces_have_room_too(desk_for: Callable[..., Desk]) -> None:
    """A character is a token here, as it is in Chinese."""

    class Chinese(Scripted):
        def count(self, text: str) -> int:
            return len(text)

    def wordy(call: Call) -> Any:
        if call.prompt.name in ("gist", "condense"):
            return {"points": [{"text": "灯塔" * 200, "numbers": [1]}]}
        return {"numbers": [1, 2, 3, 4, 5]} if call.prompt.name == "pick" else honest(call)

    model = Validated(Chinese(wordy, window=8000))
    desk = desk_for(honest, books=[small_book(["灯塔看守人写信。" * 40] * 400, "far.txt", 1)])
    desk.models = dict.fromkeys(desk.models, model)
    state = wait(run(Tree(), desk))
    assert len(state["slot"].levels) > 1
    assert not desk.notices
