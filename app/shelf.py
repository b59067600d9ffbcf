"""Documents opened together, and what can be asked of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from ..agents.strategies import made
from ..agents.strategies.find import Find
from ..agents.strategies.summarize import Summarize
from ..agents.strategy import Strategy
from ..core.book import Book
from ..core.errors import SettingsError
from ..core.options import Options
from ..core.results import Answer, Found
from ..core.wording import some
from ..models.meter import Budget
from ..prompts import WHOLE
from .opened import Unread
from .session import ALONE, carry_out
from .together import Together, together

if TYPE_CHECKING:
    from .clew import Clew
    from .plan import Plan


Method = Literal["ask", "find", "summarize"]
"""What a shelf can be asked for."""


def meant(asked: str, options: Options, of: Method) -> tuple[str, Callable[[], Strategy]]:
    """What readers are asked, and what makes the strategy that asks it. Raises SettingsError for an unknown one."""
    if of == "find":
        return asked, partial(Find, asked)
    if of == "summarize":
        return asked.strip() or WHOLE, partial(Summarize, options.length)
    made(options.strategy, options)
    return asked, partial(made, options.strategy, options)


class Shelf:
    """The scope of a question: these documents, and nothing beside them."""

    def __init__(self, clew: Clew, books: Mapping[str, Book], unread: tuple[Unread, ...]) -> None:
        self._clew = clew
        self.books = books
        """By document id, in reading order."""
        self.unread = unread

    def __repr__(self) -> str:
        return f"Shelf({some([book.name for book in self.books.values()])})"

    def ask(self, question: str, options: Options | None = None, **named: Any) -> Answer:
        """`aask`, waited for. Works in notebooks too."""
        return self._clew.run(self.aask(question, options, **named))

    async def aask(
        self,
        question: str,
        options: Options | None = None,
        *,
        budget: Budget | None = None,
        blocks: Mapping[str, Together] = ALONE,
        **named: Any,
    ) -> Answer:
        """The answer to `question` from these documents.

        Args:
            options: or single fields of `Options` by name, as in `aask(question, strategy="chain")`.
            budget: shared with other questions, beside the limits of `options`.
            blocks: by question, those it is first read for together with.

        Raises:
            SettingsError: empty or over-long question, unknown strategy, a text that `full` has no room for.
            ModelError: the model or its server failed. StoreError: the library cannot be used.
            DocumentError: a document was removed from the library meanwhile.
        """
        options = replace(options or Options(), **named)
        strategy = made(options.strategy, options)
        return await self._clew.bring(self._answered(question, strategy, options, budget, blocks))

    def ask_each(self, questions: Sequence[str], options: Options | None = None, **named: Any) -> list[Answer]:
        """`aask_each`, waited for."""
        return self._clew.run(self.aask_each(questions, options, **named))

    async def aask_each(self, questions: Sequence[str], options: Options | None = None, **named: Any) -> list[Answer]:
        """The answers to several questions, asked side by side, in their order.

        What is read for one is not told to another. Calls about the same chunk follow one another, so a server with a
        prefix cache reads it once for all; `sweep` first reads for `block` of them in one prompt. The limits of
        `options` hold for all of them together. Raises what `aask` raises, for the first question that does.
        """
        return await self._clew.bring(self._asked_each(questions, replace(options or Options(), **named)))

    async def _asked_each(self, questions: Sequence[str], options: Options) -> list[Answer]:
        if isinstance(questions, str):
            raise SettingsError("the questions are one text", "give a list of them, or ask one with `ask`")
        budget = await self._clew.engine.budget(options, answers=len(questions))
        own = options.unlimited()
        blocks = await together(self._clew, questions, own)
        tasks = [asyncio.create_task(self.aask(question, own, budget=budget, blocks=blocks)) for question in questions]
        try:
            answers = await asyncio.gather(*tasks)
            if all(answer.limit_reached is None for answer in answers):
                for block in blocks.values():
                    block.over()
            return answers
        finally:
            for task in tasks:
                task.cancel()
            for block in blocks.values():
                block.cancel()

    def plan(
        self, asked: str | Sequence[str], options: Options | None = None, *, of: Method = "ask", **named: Any
    ) -> Plan:
        """What `ask` would take, or another method, with a server asked for its window and nothing else.

        Args:
            asked: a question; several for what `ask_each` would take; else what to find, or the summary's focus.
            of: the method that is planned.

        Raises what that method raises before its first call.
        """
        return self._clew.run(self._plan(asked, replace(options or Options(), **named), of))

    async def _plan(self, asked: str | Sequence[str], options: Options, of: Method) -> Plan:
        from .planner import Planner

        questions = [asked] if isinstance(asked, str) else list(asked)
        each = [meant(question, options, of) for question in questions]
        planner = await Planner.ready(self._clew, options)
        blocks = await together(self._clew, questions, options.unlimited()) if of == "ask" else ALONE
        for at, (question, make) in enumerate(each):
            self._clew.trace.progress("planning", at, len(each))
            planner.count(await planner.imagine(self.books, question, make, blocks))
        return planner.plan(options.strategy if of == "ask" else of, len(questions))

    def summarize(self, focus: str = "", options: Options | None = None, **named: Any) -> Answer:
        """`asummarize`, waited for."""
        return self._clew.run(self.asummarize(focus, options, **named))

    async def asummarize(self, focus: str = "", options: Options | None = None, **named: Any) -> Answer:
        """A summary of these documents, every sentence cited. Reads everything; raises what `aask` raises.

        Args:
            focus: what it is to be about; nothing is the whole.
            options: `length` is its words.
        """
        options = replace(options or Options(), **{**named, "strategy": Summarize.name})
        return await self._clew.bring(self._answered(focus.strip() or WHOLE, Summarize(options.length), options))

    def find(self, what: str, options: Options | None = None, **named: Any) -> Found:
        """`afind`, waited for."""
        return self._clew.run(self.afind(what, options, **named))

    async def afind(self, what: str, options: Options | None = None, **named: Any) -> Found:
        """Every place that concerns `what`, in the order of the text. Reads everything; raises what `aask` raises."""
        return await self._clew.bring(self._found(what, replace(options or Options(), **named)))

    async def _found(self, what: str, options: Options) -> Found:
        from ..agents.places import places

        session = await carry_out(self._clew, self.books, what, Find(what), options)
        found = places(
            session.state,
            session.strategy,
            session.desk,
            session.run,
            session.model,
            session.usage,
            self._unreadable(),
            cutoff=options.cutoff,
        )
        status = "found" if found.items else "not_found" if found.coverage.complete else "open"
        self._clew.runs.finish(found.run, status, found.limit_reached, found.to_dict())
        return found

    async def _answered(
        self,
        question: str,
        strategy: Strategy,
        options: Options,
        budget: Budget | None = None,
        blocks: Mapping[str, Together] = ALONE,
    ) -> Answer:
        """What comes of a run."""
        from ..agents.settle import settle
        from ..models.tokens import cl100k

        session = await carry_out(self._clew, self.books, question, strategy, options, budget, blocks)
        answer = settle(
            session.state,
            session.strategy,
            session.desk,
            run=session.run,
            asked=options.strategy,
            model=session.model,
            usage=session.usage,
            unreadable=self._unreadable(),
            evidence_tokens=options.evidence_tokens,
            count=cl100k(),
        )
        answer = replace(answer, date=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", version=version("clew"))
        self._clew.runs.finish(answer.run, answer.status, answer.limit_reached, answer.to_dict())
        return answer

    def _unreadable(self) -> list[tuple[str, Any]]:
        return [(unread.name, unread.error) for unread in self.unread]
