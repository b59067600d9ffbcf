"""Paid once: keeps every validated reply and gives it again when the same call comes up.

What is kept is the reply and what it took, under a hash of the call; not the prompt, which holds the document's text.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..core.errors import LimitReached
from ..core.seams import ChatModel, ReplyStore
from ..core.types import Call, Reply, Usage
from .wrapper import Wrapper


@dataclass
class Asked:
    """A call under way, for whom it was sent, and how many wait for it."""

    by: Journal
    task: asyncio.Task[Reply]
    waiting: int = 0


class Journal(Wrapper):
    """Answers from the store where it can; else asks `model` and stores its reply before handing it on.

    Args:
        model: gives replies with a `value`; others are handed on and not kept.
        store: the shelf.
        run: id of the run that is noted beside a reply.
        salt: keeps replies of other runs from being used, where that is wanted.
        asked: calls under way, where several journals send no call that another has sent.
    """

    def __init__(
        self, model: ChatModel, store: ReplyStore, run: str, salt: str = "", asked: dict[str, Asked] | None = None
    ) -> None:
        super().__init__(model)
        self._store = store
        self._run = run
        self._salt = salt
        self._asked = {} if asked is None else asked

    async def complete(self, call: Call) -> Reply:
        """The kept reply, marked as `replayed` in its usage, or a new one. A call made twice at once is sent once."""
        key = reply_key(call, self.name, self._salt)
        kept = self._kept(key, call)
        if kept is not None:
            return kept
        asked = self._asked.get(key)
        if asked is None:
            asked = Asked(self, asyncio.create_task(self._ask(key, call)))
            self._asked[key] = asked
            asked.task.add_done_callback(lambda task: self._done(key, task))
            return await self._wait(key, asked)
        try:
            reply = await self._wait(key, asked)
        except LimitReached:
            if asked.by is self:
                raise
            self._forget(key, asked.task)  # Who comes before its callbacks ran would meet the same task for ever.
            return await self.complete(call)  # The limit was that of another run.
        return Reply(reply.text, _replay(asdict(reply.usage)), reply.value, reply.finish)

    async def _wait(self, key: str, asked: Asked) -> Reply:
        """The task's reply. A waiter that is cancelled leaves the task to the others; the last one takes it along."""
        asked.waiting += 1
        try:
            return await asyncio.shield(asked.task)
        finally:
            asked.waiting -= 1
            if not asked.waiting and asked.task.cancel():
                self._forget(key, asked.task)  # At once: who comes now must not wait for a task that ends cancelled.

    async def _ask(self, key: str, call: Call) -> Reply:
        reply = await self._model.complete(call)
        if reply.value is not None and not reply.usage.degraded:
            record = {"text": reply.text, "finish": reply.finish, "usage": asdict(reply.usage)}
            self._store.save_reply(key, json.dumps(record), self._run)
        return reply

    def _done(self, key: str, task: asyncio.Task[Reply]) -> None:
        self._forget(key, task)
        if not task.cancelled():
            task.exception()  # Marks it as seen, where nobody waits any more.

    def _forget(self, key: str, task: asyncio.Task[Reply]) -> None:
        asked = self._asked.get(key)
        if asked is not None and asked.task is task:
            del self._asked[key]

    def _kept(self, key: str, call: Call) -> Reply | None:
        """The stored reply, read anew. A record that cannot be read counts as none."""
        record = self._store.load_reply(key)
        if record is None:
            return None
        try:
            kept: dict[str, Any] = json.loads(record)
            text, finish = str(kept["text"]), str(kept["finish"])
            return Reply(text, _replay(kept.get("usage", {})), call.prompt.parse(text), finish)
        except (ValueError, KeyError, TypeError):
            return None


def _replay(paid: Mapping[str, Any]) -> Usage:
    """What a reply takes that was `paid` for before: nothing, and what it took then beside it."""
    return Usage(replayed=1, replayed_tokens=paid.get("prompt_tokens", 0), replayed_cost=paid.get("cost"))


def reply_key(call: Call, name: str, salt: str = "") -> str:
    """SHA-256 of all that decides a reply: messages, schema, limits, sampling, model and server, salt."""
    parts = {
        "messages": [[message.role, message.content] for message in call.messages],
        "schema": call.schema,
        "max_tokens": call.max_tokens,
        "temperature": call.temperature,
        "sample": call.sample,
        "model": name,
        "salt": salt,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
