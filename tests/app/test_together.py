"""Questions that are read for together: answered as if alone, paid once, told apart, and never where nobody said so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from clew import Clew, ModelError, Options, SettingsError
from clew.app.together import PROBE, allowed, blocks, together
from clew.core.errors import BadReply, ModelUnavailable
from clew.core.results import Answer
from clew.core.types import Call, Reply
from clew.models.extractive.model import Extractive
from clew.prompts import Finding, Findings, Read, Several
from simserver import SimServer

ISLANDS = ["Gull", "Tern", "Skua", "Auk", "Petrel"]
QUESTIONS = [f"In which year was the lighthouse on {name} Island built?" for name in ISLANDS]


class Watched(Extractive):
    """The built-in model; what is sent to it is counted, and replies to several questions can be spoilt."""

    window = 3000

    def __init__(self, spoil: Callable[[Call, Findings], Findings] | None = None) -> None:
        self.name = "watched"
        self.sent: Counter[str] = Counter()
        self._spoil = spoil

    async def complete(self, call: Call) -> Reply:
        several = isinstance(call.prompt, Several)
        self.sent["several" if several else call.prompt.name] += 1
        reply = await super().complete(call)
        if several and self._spoil:
            spoilt = self._spoil(call, Findings.model_validate_json(reply.text))
            return replace(reply, text=spoilt.model_dump_json())
        return reply


@pytest.fixture
def book(tmp_path: Path) -> Path:
    days = [f"On day {day} of the log the keeper wrote {day * 3} lines about the weather." for day in range(180)]
    for at, name in enumerate(ISLANDS):
        days.insert(30 * at + 20, f"The lighthouse on {name} Island was built in {1850 + at}.")
    path = tmp_path / "log.txt"
    path.write_text("\n\n".join(days))
    return path


def ask(book: Path, library: Path, model: Any = None, **named: Any) -> list[Answer]:
    with Clew(model or Watched(), library=library) as clew:
        return clew.open(book).ask_each(QUESTIONS, strategy="sweep", **named)


def same(one: Answer) -> tuple[Any, ...]:
    """What must not depend on who else was asked."""
    return one.question, one.text, one.status, one.citations, one.evidence, one.coverage, one.missing, one.path


@pytest.mark.parametrize("block", [2, 5])
def test_questions_that_look_alike_are_answered_as_if_alone(book: Path, tmp_path: Path, block: int) -> None:
    model = Watched()
    together, alone = ask(book, tmp_path / "together", model, block=block), ask(book, tmp_path / "alone", block=1)
    assert list(map(same, together)) == list(map(same, alone))
    assert [str(1850 + at) in str(answer.text) for at, answer in enumerate(together)] == [True] * len(ISLANDS)
    chunks = together[0].coverage.chunks
    assert model.sent["several"] == (len(QUESTIONS) // block) * chunks
    assert model.sent["read"] == (len(QUESTIONS) % block) * chunks


def test_what_the_reading_took_is_counted_once_and_each_answer_tells_where(book: Path, tmp_path: Path) -> None:
    model = Watched()
    answers = ask(book, tmp_path / "library", model, block=5)
    assert sum(answer.usage.calls for answer in answers) == sum(model.sent.values())
    assert [answer.usage.calls > 1 for answer in answers] == [True, False, False, False, False]
    told = [answer.notices[-1] for answer in answers]
    assert (
        told
        == ["first read together with 4 of the other questions; what that took is counted here"]
        + [f"first read together with 4 of the other questions; what that took is counted with run {answers[0].run}"]
        * 4
    )
    assert not any("together" in notice for answer in ask(book, tmp_path / "other") for notice in answer.notices)


def test_asked_again_nothing_is_paid_unless_it_is_to_be_fresh(book: Path, tmp_path: Path) -> None:
    ask(book, tmp_path, block=5)
    again, fresh = Watched(), Watched()
    assert sum(answer.usage.replayed for answer in ask(book, tmp_path, again, block=5)) > 5
    assert not again.sent
    ask(book, tmp_path, fresh, block=5, fresh=True)
    assert fresh.sent["several"] > 0


def test_a_run_that_broke_off_pays_only_for_the_rest(book: Path, tmp_path: Path) -> None:
    class Dies(Watched):
        async def complete(self, call: Call) -> Reply:
            if self.sent["several"] == 2:
                raise ModelUnavailable("the server is gone", passing=False)
            return await super().complete(call)

    whole, rest = Watched(), Watched()
    ask(book, tmp_path / "whole", whole, block=5)
    with Clew(Dies(), library=tmp_path / "library", concurrency=1) as clew:
        with pytest.raises(ModelError, match="gone"):
            clew.open(book).ask_each(QUESTIONS, strategy="sweep", block=5)
        assert {run.finished for run in clew.runs.all(9)} == {None}
    answers = ask(book, tmp_path / "library", rest, block=5)
    assert rest.sent["several"] == whole.sent["several"] - 2
    assert {answer.status for answer in answers} == {"answered"}


def test_a_chunk_that_failed_failed_for_all(book: Path, tmp_path: Path) -> None:
    class Stutters(Watched):
        async def complete(self, call: Call) -> Reply:
            if isinstance(call.prompt, Read) and "Skua" in str(call.prompt.text):
                raise BadReply("no words", "")
            return await super().complete(call)

    answers = ask(book, tmp_path, Stutters(), block=5)
    assert [answer.coverage.failed for answer in answers] == [1] * 5
    assert all("no words" in answer.coverage.reasons[0].reason for answer in answers)
    assert {answer.status for answer in answers} <= {"partial", "open"}


def test_limits_hold_for_all_and_end_it_with_what_there_is(book: Path, tmp_path: Path) -> None:
    model = Watched()
    answers = ask(book, tmp_path, model, block=5, max_calls=4)
    assert sum(model.sent.values()) <= 4
    assert {answer.limit_reached for answer in answers} == {"calls"}
    assert {answer.coverage.read for answer in answers} == {model.sent["several"]}
    assert any(answer.text for answer in answers)


def test_a_claim_for_one_question_never_stands_with_another(book: Path, tmp_path: Path) -> None:
    def nameless(call: Call, reply: Findings) -> Findings:
        return Findings(findings=[one.model_copy(update={"need": 1, "claim": "SECRET"}) for one in reply.findings])

    printed: list[str] = []

    class Reads(Watched):
        async def complete(self, call: Call) -> Reply:
            printed.extend(message.content for message in call.messages)
            return await super().complete(call)

    model = Reads(nameless)
    answers = ask(book, tmp_path, model, block=5)
    assert not any("SECRET" in text for text in printed)
    assert model.sent["read"] > 0, "each reads by itself where it is not known for whom something was found"
    assert [str(1850 + at) in str(answer.text) for at, answer in enumerate(answers)] == [True] * len(ISLANDS)


def test_a_sentence_number_that_was_never_printed_counts_once_and_where_it_belongs(book: Path, tmp_path: Path) -> None:
    def inventive(call: Call, reply: Findings) -> Findings:
        invented = [Finding(sentences=[77_777, 88_888], claim="x", need=need) for need in (4, 1, 99)]
        return Findings(findings=[*reply.findings, *invented], drop=[12])

    model = Watched(inventive)
    answers = ask(book, tmp_path, model, block=5)
    chunks = model.sent["several"]
    assert chunks > 1
    assert [answer.rejected_quotes for answer in answers] == [5 * chunks, 0, 2 * chunks, 0, 0]


def test_a_server_is_sent_a_fraction_of_the_calls(book: Path, serve: Callable[..., SimServer], tmp_path: Path) -> None:
    def took(block: int) -> int:
        server = serve(window=4096)
        answers = ask(book, tmp_path / str(block), f"{server.url}#sim", block=block)
        assert all(answer.coverage.complete and answer.status == "answered" for answer in answers)
        return server.counts["prompt_tokens"]

    assert took(5) < 0.4 * took(1)


@pytest.mark.parametrize(("high", "size"), [(None, 1), (0.021, 1), (0.02, 2), (0.0101, 2), (0.01, 4), (0.005, 8)])
def test_a_probe_allows_as_many_as_miss_little_more(book: Path, tmp_path: Path, high: float | None, size: int) -> None:
    model = Watched()
    with Clew(model, library=tmp_path) as clew:
        assert allowed(clew.facts, model) == 1
        clew.facts.keep(PROBE + model.name, json.dumps({"parameters": {"pq": {"value": 0.0, "high": high}}}))
        assert allowed(clew.facts, model) == size
        answers = clew.open(book).ask_each(QUESTIONS[:2], strategy="sweep")
    assert any("as the probe of the model allows" in told for told in answers[0].notices) == (size > 1)


def test_blocks_take_questions_in_their_order_as_many_as_there_is_room_for() -> None:
    model = Watched()
    assert blocks(list("abcde"), 2, model) == [["a", "b"], ["c", "d"], ["e"]]
    long = [f"{name} {'word ' * 100}" for name in "abcdef"]
    assert [question for block in blocks(long, 6, model) for question in block] == long
    assert 1 < len(blocks(long, 6, model)) < 6


def test_other_strategies_and_single_questions_take_no_notice(book: Path, tmp_path: Path) -> None:
    model = Watched()
    with Clew(model, library=tmp_path) as clew:
        clew.open(book).ask_each(QUESTIONS, strategy="retrieve", block=5)
        clew.open(book).ask_each([QUESTIONS[0], f" {QUESTIONS[0]} "], strategy="sweep", block=5)
    assert not model.sent["several"]


def test_with_demonstrations_each_is_read_for_by_itself_and_that_is_told(book: Path, tmp_path: Path) -> None:
    model = Watched()
    with Clew(model, library=tmp_path) as clew:
        answers = clew.open(book).ask_each(QUESTIONS[:2], strategy="sweep", block=2, demonstrations=True)
    assert not model.sent["several"]
    assert all(any("--block is for sweep alone" in told for told in answer.notices) for answer in answers)


def test_one_that_cannot_be_asked_is_told(book: Path, tmp_path: Path) -> None:
    with Clew(Watched(), library=tmp_path) as clew, pytest.raises(SettingsError, match="empty"):
        clew.open(book).ask_each([*QUESTIONS, " "], strategy="sweep", block=3)
    with pytest.raises(SettingsError, match="block takes 16 or less"):
        Options(block=17)


def test_fresh_questions_that_a_kill_left_find_the_reading_that_another_paid_for(book: Path, tmp_path: Path) -> None:
    """As after a kill: nobody says that the block is over."""
    options = Options(strategy="sweep", block=5, fresh=True)

    def sent(*which: int) -> int:
        model = Watched()

        async def asked() -> None:
            found = await together(clew, QUESTIONS, options)
            for at in which:
                await shelf.aask(QUESTIONS[at], options, blocks=found)
            if len(which) == len(QUESTIONS):
                found[QUESTIONS[0]].over()

        with Clew(model, library=tmp_path / "library") as clew:
            shelf = clew.open(book)
            clew.run(asked())
        return model.sent["several"]

    reading = sent(0)
    assert reading > 0
    assert sent(1, 2) == 0
    assert sent(0, 1, 2, 3, 4) == 0, "they were not over"
    assert sent(0) == reading
