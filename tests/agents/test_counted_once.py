"""A prompt is printed and counted once on its way from an agent to a server, however many layers ask how long it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from clew.agents.consult import consult, fit, printed
from clew.agents.desk import Desk
from clew.agents.graph import AT_ONCE, dealt, run
from clew.agents.state import Outcome, State, Task
from clew.agents.strategy import Strategy
from clew.core.book import Book
from clew.core.types import Call, Need, Reply, Span
from clew.models.endpoint.model import Endpoint
from clew.models.journal import Journal
from clew.models.limiter import Limiter
from clew.models.meter import Budget, Meter
from clew.models.scripted import Scripted
from clew.models.validated import Validated
from clew.prompts import Excerpt, Excerpts, Line, Memory, Needs, Read, Remembered
from island import InOrder, small_book, wait
from replies import Replies
from simserver import SimServer

ROLES = ("planner", "reader", "explorer", "memory_writer", "manager")


class Watched(str):
    """A question that counts how often it is printed."""

    printed = 0

    def __str__(self) -> str:
        self.printed += 1
        return "".join(self)


class Counting(Endpoint):
    """Remembers what it counted."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.counted: list[str] = []

    def count(self, text: str) -> int:
        self.counted.append(text)
        return super().count(text)


@asynccontextmanager
async def asking(server: SimServer) -> AsyncIterator[tuple[Desk, list[str]]]:
    """A desk whose models are one endpoint, and what that has counted since its window was divided."""
    endpoint = await Counting.connect(server.url, "sim")
    try:
        desk = desk_of(endpoint)
        assert desk.rooms
        endpoint.counted.clear()
        yield desk, endpoint.counted
    finally:
        await endpoint.close()


def desk_of(model: Any, book: Book | None = None) -> Desk:
    """A desk behind everything that a run wraps models in."""
    budget = Budget(max_calls=5000, max_tokens=10**9, max_seconds=600)
    stack = Journal(Validated(Limiter(Meter(model, budget), places=AT_ONCE * 2)), Replies(), "run")
    books = [book or small_book()]
    return Desk("Who?", {one.id: one for one in books}, dict.fromkeys(ROLES, stack), lambda: InOrder(books))


def reading(question: str, notes: int = 0) -> Read:
    lines = tuple(Line(n, f"The keeper burned {n} barrels of oil.") for n in range(1, 200))
    memory = Memory(tuple(Remembered(n, f"a claim {n}", f"the text {n} " * 40, 1, 0.9) for n in range(notes)))
    return Read(Excerpts((Excerpt("log", lines),)), memory, question, Needs((Need(1, "Who?"),)))


def test_a_prompt_is_printed_and_counted_once(serve: Callable[..., SimServer]) -> None:
    async def go() -> None:
        async with asking(serve(window=16_000)) as (desk, counted):
            for question in (Watched("Who burned it?"), Watched("Who burned the oil?")):
                counted.clear()
                prompt = fit(desk, "reader", lambda k, asked=question: reading(asked), 0)  # type: ignore[misc]
                await consult(desk, "reader", prompt)
                assert question.printed == 1
                assert counted == [prompt.messages()[1].content]

    wait(go())


def test_of_prompts_that_are_tried_each_is_printed_and_counted_once(serve: Callable[..., SimServer]) -> None:
    asked: list[Watched] = []

    def build(k: int) -> Read:
        asked.append(Watched("Who burned it?"))
        return reading(asked[-1], notes=k)

    async def go() -> None:
        async with asking(serve(window=16_000)) as (desk, counted):
            prompt = fit(desk, "reader", build, 400)
            await consult(desk, "reader", prompt)
            assert 0 < len(prompt.memory.items) < 400
            assert [question.printed for question in asked] == [1] * len(asked)
            assert len(counted) == len(set(counted)) == len(asked)

    wait(go())


def test_of_a_call_that_is_made_again_only_what_is_added_is_counted() -> None:
    counted: list[str] = []

    class Model(Scripted):
        def count(self, text: str) -> int:
            counted.append(text)
            return super().count(text)

    model = Model(["nonsense", {"findings": [], "drop": []}], window=8192)
    desk = desk_of(model)
    prompt = fit(desk, "reader", lambda k: reading("Who burned it?"), 0)
    counted.clear()
    wait(consult(desk, "reader", prompt))
    first, again = model.calls
    assert not {message.content for message in first.messages} & set(counted)
    assert again.tokens == sum(map(super(Model, model).count, (message.content for message in again.messages)))


@pytest.mark.parametrize("sentences", [4, 40])
def test_a_text_is_fetched_as_often_for_many_sentences_as_for_few(sentences: int) -> None:
    whole, fetched = small_book([f"Sentence {n} of the log." for n in range(60)]), list[int]()
    kept = Book.kept(whole.name, whole.extent, lambda: fetched.append(1) or whole.content)  # type: ignore[func-returns-value]
    page = printed(desk_of(Scripted([]), kept), [Span(whole.id, 0, whole.sentence_starts[sentences])])
    assert len(page.places) == sentences
    assert len(fetched) < 12


def test_of_a_turn_with_very_many_tasks_not_all_are_begun_at_once() -> None:
    class Slow(Scripted):
        """Lets others go on before it replies."""

        begun = most = 0

        async def complete(self, call: Call) -> Reply:
            self.begun += 1
            self.most = max(self.most, self.begun)
            await asyncio.sleep(0.01)
            self.begun -= 1
            return await super().complete(call)

    class Wide(Strategy):
        """Reads one sentence a task, all of them in one turn."""

        name = "wide"

        def units(self, desk: Desk) -> list[Span]:
            (book,) = desk.books.values()
            return book.sentences_in(Span(book.id, 0, len(book.document.text)))

        def start(self, desk: Desk) -> bool:
            return False

        def choose(self, state: State, desk: Desk) -> list[Task]:
            return [] if state["slot"] else [Task("main", "reader", "read", (span,)) for span in self.units(desk)]

        def remember(self, state: State, outcomes: list[Outcome], desk: Desk) -> bool:
            return True

    model = Slow(lambda call: {"findings": [], "drop": []}, window=8192)
    tasks = AT_ONCE + 200
    state = wait(run(Wide(), desk_of(model, small_book([f"Sentence {n} of the log." for n in range(tasks)]))))
    assert len(model.calls) == tasks
    assert model.most == AT_ONCE
    assert len(state["read"]) == len({span.start for span in state["read"]}) == tasks
    assert [span.start for span in state["read"]] == sorted(span.start for span in state["read"])


def test_a_step_of_the_graph_has_a_bounded_number_of_sends() -> None:
    readers = [(n, Task("main", "reader", "read")) for n in range(3 * AT_ONCE + 7)]
    others = [(len(readers) + n, Task("facts", "explorer", "atoms")) for n in range(5)]
    sends = dealt([*readers, *others], last=True)
    assert [send.node for send in sends] == ["reader"] * AT_ONCE + ["explorer"] * 5
    assert sorted(number for send in sends for number, _ in send.arg["tasks"]) == list(range(len(readers) + 5))
    assert {len(send.arg["tasks"]) for send in sends} == {1, 3, 4}
    assert all(send.arg["last"] for send in sends)
