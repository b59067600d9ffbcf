"""Sends the prompts of a probe through the models as a run uses them, and reads what comes back.

A probe measures now: replies of other runs are never used. One that was killed or met a limit goes on under its own
salt, and pays for no finished call again.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ...agents.fit import Room, call, divide
from ...core.errors import BadReply, LimitReached
from ...core.seams import ChatModel, Memo
from ...core.types import Limit, Usage
from ...models.meter import Budget
from .marks import Marks, marks
from .pages import Page, facts, page
from .plan import LENGTHS, asks

if TYPE_CHECKING:
    from ...app.clew import Clew


@dataclass(frozen=True)
class Heard:
    """What the calls of a probe showed."""

    model: ChatModel
    planned: int
    """Calls of the whole plan."""
    marks: tuple[Marks, ...]
    """Of the calls that were answered, in the plan's order."""
    limit: Limit | None
    usage: Usage


def pages(model: ChatModel) -> list[Page]:
    """The prompts for a model, in the order of the plan. Raises SettingsError where its window is too small."""
    room = divide(model)
    longest = min(LENGTHS[-1], room.window - room.reply)
    return [page(ask, model, room) for ask in asks(longest, len(facts()))]


async def send(clew: Clew, model: ChatModel, planned: Sequence[Page], budget: Budget) -> Heard:
    """Sends what is planned, as many calls at once as `clew` allows, until a limit is reached.

    Raises ModelError where the model or its server fails; the next probe goes on there.
    """
    state = _State.recalled(clew.facts, f"probing {model.name} {model.window}")
    stack = clew.engine.wrapped({"reader": model}, state.run, [budget], salt=state.run)["reader"]
    sender = _Sender(clew, stack, divide(model), state, len(planned))
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(sender.ask(one)) for one in planned]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    heard = tuple(marked for task in tasks if (marked := task.result()) is not None)
    if sender.limit is None:
        state.forget()
    usage = replace(budget.spent, replayed=sender.replayed)
    return Heard(model, len(planned), heard, sender.limit, usage)


@dataclass
class _State:
    """A probe under way, as it is kept."""

    memo: Memo
    key: str
    run: str
    malformed: set[int] = field(default_factory=set)
    """Numbers of the calls whose first reply did not fit: the journal keeps only what fitted in the end."""

    @classmethod
    def recalled(cls, memo: Memo, key: str) -> _State:
        """The probe that was cut short, or a new one."""
        kept = json.loads(memo.recall(key) or "{}")
        state = cls(memo, key, kept.get("run") or f"probe-{secrets.token_hex(6)}", set(kept.get("malformed", ())))
        state.keep()
        return state

    def keep(self) -> None:
        self.memo.keep(self.key, json.dumps({"run": self.run, "malformed": sorted(self.malformed)}))

    def forget(self) -> None:
        self.memo.keep(self.key, "{}")


@dataclass
class _Sender:
    """Sends one prompt at a time, side by side with others."""

    clew: Clew
    model: ChatModel
    room: Room
    state: _State
    planned: int
    limit: Limit | None = None
    answered: int = 0
    replayed: int = 0

    async def ask(self, one: Page) -> Marks | None:
        """What the reply to a page shows; None where a limit forbade to send it."""
        number, value, repaired = one.ask.number, None, True
        try:
            reply = await self.model.complete(call(self.model, self.room, "reader", one.prompt))
        except LimitReached as reached:
            self.limit = self.limit or reached.limit
            return None
        except BadReply:
            pass
        else:
            value, repaired = reply.value, bool(reply.usage.repaired or reply.usage.degraded)
            self.replayed += reply.usage.replayed
        if repaired and number not in self.state.malformed:
            self.state.malformed.add(number)
            self.state.keep()
        self.answered += 1
        self.clew.trace.progress("probing", self.answered, self.planned)
        return marks(one, value, number in self.state.malformed)
