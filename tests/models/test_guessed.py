"""Dry runs take about as long as reading the text once: what readers might say is made once for every text."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from calls import BOOK, EVERY_CALL, reading
from clew.core.types import Call
from clew.models.extractive.model import Extractive
from clew.models.guessed import Guessed, beside
from clew.models.scripted import Scripted


class Counting(Scripted):
    """The built-in model, with its calls kept."""

    async def complete(self, call: Call) -> Any:
        self.calls.append(call)
        return await Extractive().complete(call)


def counted() -> tuple[Guessed, Counting]:
    model = Counting([])
    return Guessed(model), model


def said(guessed: Guessed, call: Call, *, anew: bool) -> Any:
    return json.loads(asyncio.run(guessed.complete(call, anew=anew)).text)


def test_the_same_call_is_answered_once_and_alike_in_both_cases() -> None:
    guessed, model = counted()
    first = said(guessed, reading(), anew=False)
    assert said(guessed, reading(), anew=True) == first
    assert len(model.calls) == 1


def test_a_text_read_again_holds_something_else_and_is_not_read_again() -> None:
    guessed, model = counted()
    first = said(guessed, reading(), anew=True)
    again = [said(guessed, reading(f"Who was keeper number {n}?"), anew=True) for n in range(3)]
    assert len(model.calls) == 1
    sentences = [[finding["sentences"] for finding in one["findings"]] for one in (first, *again)]
    assert len(sentences[0]) > 0
    assert len({str(one) for one in sentences}) == 4
    assert {len(one) for one in sentences} == {len(sentences[0])}


def test_where_it_may_find_the_same_again_it_is_asked() -> None:
    guessed, model = counted()
    first = said(guessed, reading(), anew=False)
    again = said(guessed, reading("Who was the first keeper?"), anew=False)
    assert again["findings"][0] == first["findings"][0]
    assert len(model.calls) == 2


@pytest.mark.parametrize("call", EVERY_CALL, ids=lambda call: call.prompt.name)
def test_every_prompt_gets_a_reply_that_fits(call: Call) -> None:
    guessed = Guessed()
    for anew in (False, True):
        call.prompt.parse(asyncio.run(guessed.complete(call, anew=anew)).text)


def test_the_sentences_that_follow() -> None:
    reply = '{"findings": [{"sentences": [1, 4], "claim": "c", "need": 2, "confidence": 0.25}]}'
    (found,) = json.loads(beside(reply, list(range(1, len(BOOK) + 1))))["findings"]
    assert found == {"sentences": [2, 1], "claim": "c", "need": 2, "confidence": 0.25}
