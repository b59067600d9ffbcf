"""One run, from its beginning to the last state of its graph."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from ..agents.desk import Desk
from ..agents.state import Outcome, State
from ..agents.strategy import Strategy
from ..core.book import Book
from ..core.errors import ModelError, SettingsError
from ..core.options import Choices, Options
from ..core.seams import ChatModel, Search
from ..core.trace import Trace
from ..core.types import Role, Usage
from ..memory.runs import Runs
from ..models.bill import Bill, billed
from ..models.choose import quotes_only
from ..models.meter import Budget
from ..prompts import PROMPTS
from .foreign import foreign
from .question import checked

if TYPE_CHECKING:
    from .clew import Clew
    from .together import Together


ALONE: Mapping[str, Together] = {}
"""Nothing is read for together with other questions."""
KEPT = "what was read is kept, and the same command goes on from there"


@dataclass(frozen=True)
class Session:
    """A run whose graph has come to its end."""

    run: str
    model: str
    """The models, for people."""
    strategy: Strategy
    desk: Desk
    state: State
    usage: Usage


async def carry_out(
    clew: Clew,
    books: Mapping[str, Book],
    question: str,
    strategy: Strategy,
    options: Options,
    budget: Budget | None = None,
    blocks: Mapping[str, Together] = ALONE,
) -> Session:
    """Asks `question` of `books` in the way of `strategy`.

    Args:
        books: by document id, in reading order.
        budget: shared with other questions, beside the limits of `options`.
        blocks: by question, those it is first read for together with.

    Raises:
        SettingsError: empty or over-long question, or one that the strategy cannot be used for.
        ModelError: the model or its server failed. StoreError: the library cannot be used.
        DocumentError: a document was removed from the library meanwhile.
    """
    started = time.monotonic()
    models = await clew.engine.connect()
    question = checked(question, models["reader"])
    block = blocks.get(question)
    own = await clew.engine.budget(options, answers=int(strategy.answers))
    run_id = begin(clew, books, question, strategy, options, models, block.questions if block else ())
    budgets = [own] if budget is None else [own, budget]
    salt = (block.salt(clew.facts, books, run_id) if block else run_id) if options.fresh else ""
    wrapped = clew.engine.wrapped(models, run_id, budgets, salt)
    desk = seated(clew, books, question, wrapped, clew.trace, clew.search)
    unread = foreign(question, list(books.values())) if quotes_only(models["reader"].name) else None
    if unread:
        desk.notice(unread)
    with billed() as bill, kept(clew.runs, run_id, desk, own):
        state = await walked(strategy, desk, await block.read(desk, run_id) if block else None)
        if desk.trouble and not state["read"]:
            raise desk.trouble
    if block:
        # Left to the answer: who watches was told once, of all blocks.
        desk.notices.append(block.told(run_id))
    return Session(run_id, label(models), strategy, desk, state, taken(own, desk, bill, started))


@contextmanager
def kept(runs: Runs, run: str, desk: Desk, own: Budget) -> Iterator[None]:
    """What a run leaves behind when it ends, and what the person is told of that when it fails."""
    try:
        yield
    except SettingsError:
        # It was never asked in a way that can be: nothing is left that could be gone on with.
        runs.withdraw(run)
        raise
    except ModelError as error:
        if desk.replayed.replayed or own.spent.completion_tokens:
            error.hint = "; ".join(filter(None, (error.hint, KEPT)))
        raise
    finally:
        runs.end(run)


def taken(own: Budget, desk: Desk, bill: Bill, started: float) -> Usage:
    """What a run took that began at `started`, by the monotonic clock."""
    return replace(
        own.spent,
        replayed=desk.replayed.replayed,
        replayed_tokens=desk.replayed.replayed_tokens,
        replayed_cost=desk.replayed.replayed_cost,
        repaired=desk.repaired,
        degraded=desk.degraded,
        embedding_calls=bill.usage.embedding_calls,
        embedding_tokens=bill.usage.embedding_tokens,
        seconds=round(time.monotonic() - started, 3),
    )


def seated(
    clew: Clew,
    books: Mapping[str, Book],
    question: str,
    models: Mapping[Role, ChatModel],
    trace: Trace,
    search: Callable[[Sequence[Book]], Search],
) -> Desk:
    """The desk of a question, whoever plays its `models` and makes its `search`."""
    return Desk(question, books, models, lambda: search(list(books.values())), trace, connect=clew.concepts)


async def walked(strategy: Strategy, desk: Desk, first: Sequence[Outcome] | None = None) -> State:
    """The last state of `strategy` at `desk`.

    Args:
        first: what its first turn came to, where others have had it done.
    """
    from ..agents.graph import run
    from ..agents.strategies.block import begun

    if strategy.searches:
        # Built aside: indexing a long book takes seconds in which other questions go on.
        await asyncio.to_thread(lambda: desk.rank)
    return await run(strategy, desk, None if first is None else begun(strategy, first, desk))


def begin(
    clew: Clew,
    books: Mapping[str, Book],
    question: str,
    strategy: Strategy,
    options: Options,
    models: Mapping[Role, ChatModel],
    beside: Sequence[str],
) -> str:
    """The run that this question is, or continues: its identity is everything that could change the answer."""
    identity = [
        question,
        list(books),
        [strategy.name, options.length, options.cutoff, clew.embedder.name],
        {choice.name: getattr(options, choice.name) for choice in fields(Choices)},
        {role: [model.name, model.window] for role, model in models.items()},
        [kind.fingerprint() for kind in PROMPTS],
        list(beside),
    ]
    fingerprint = hashlib.sha256(json.dumps(identity).encode()).hexdigest()
    return clew.runs.begin(fingerprint, question, strategy.name, label(models), list(books), fresh=options.fresh)


def label(models: Mapping[Role, ChatModel]) -> str:
    """The models of a run, for people: which rules the built-in one follows is nothing they chose."""
    names = [models["reader"].name, models["manager"].name]
    shown = ["extractive" if quotes_only(name) else name for name in names]
    return " + ".join(dict.fromkeys(shown))
