"""A stand-in for a model that is not to be asked yet: counts what would be sent, and replies what might come back.

The words come from the built-in extractive model, which reads the same text; the figures from what calls to the real
one took so far. An easily satisfied stand-in and one that is never satisfied give the ends of a range.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from ..core.seams import ChatModel, ReplyStore
from ..core.types import Call, Reply, Role, Usage
from .guessed import Guessed
from .prefixes import Prefixes
from .rates import Rate, Rates
from .wrapper import Wrapper

UNMEASURED = 0.9
"""Tokens sent for one that is counted, where nothing was measured: counts leave a margin."""
READING = 130
"""Tokens of a prompt that servers read in the time in which they write one of a reply, about."""
STEERING = {"start", "facts", "explore", "neighbours", "pick", "approach", "piece"}
"""Prompts whose reply decides what is read next."""
NEVER = {"verdict": "not_found", "answer": "", "evidence": []}


@dataclass
class Tally:
    """What one question is imagined to take: usage by role, and how long."""

    places: int
    """Calls under way at once."""
    by_role: dict[Role, Usage] = field(default_factory=dict)
    alone: float = 0.0
    """Seconds, where nothing else is under way."""
    work: float = 0.0
    """Seconds of all calls, one after the other."""
    waits: float = 0.0
    """Seconds of the longest call of every turn: no number of places makes them fewer."""
    measured: bool = True
    """Whether every model's speed is known."""
    steered: bool = False
    """Whether models would choose what is read, which no stand-in knows."""
    _turn: list[float] = field(default_factory=list)

    def add(self, role: Role, usage: Usage) -> None:
        self.by_role[role] = self.by_role.get(role, Usage()) + usage
        self._turn.append(usage.seconds)

    def turn(self) -> None:
        """All calls so far have come back: what comes now waited for them."""
        if self._turn:
            self.alone += max(max(self._turn), sum(self._turn) / self.places)
            self.work += sum(self._turn)
            self.waits += max(self._turn)
        self._turn = []

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        return sum(usage.prompt_tokens + usage.completion_tokens for usage in self.by_role.values())


class Imagined(Wrapper):
    """`model`, imagined.

    Args:
        rates: what calls to it took so far.
        prefixes: what was sent to it already; counts where the real one was seen to keep what prompts begin with.
        tally: gets what is imagined.
        guessed: what would be said.
        satisfied: whether managers find what they ask for.
    """

    def __init__(
        self, model: ChatModel, rates: Rates, prefixes: Prefixes, tally: Tally, guessed: Guessed, *, satisfied: bool
    ) -> None:
        super().__init__(model)
        self._rates = rates
        self._prefixes = prefixes
        self._tally = tally
        self._satisfied = satisfied
        self._guessed = guessed

    async def complete(self, call: Call) -> Reply:
        """A reply that might come back, with what it might take."""
        reply = await self._guessed.complete(call, anew=not self._satisfied)
        text = reply.text if self._satisfied else unsatisfied(reply.text, call)
        usage = self._usage(call, text)
        self._tally.steered |= call.prompt.name in STEERING
        self._tally.add(call.role, usage)
        return replace(reply, text=text, usage=usage)

    def _usage(self, call: Call, text: str) -> Usage:
        counted = call.tokens
        rate = self._rates.of(call.role, call.prompt.name)
        if rate is None or not rate.counted:
            self._tally.measured = False
            return Usage(1, prompt_tokens=round(counted * UNMEASURED), completion_tokens=self.count(text))
        prompt = counted * rate.prompt / rate.counted
        cached = prompt * self._prefixes.share(call.messages) if self._rates.caches else 0.0
        return Usage(
            1,
            prompt_tokens=round(prompt),
            cached_tokens=round(cached),
            completion_tokens=round(rate.completion / rate.calls),
            seconds=_seconds(rate, prompt - cached),
        )


def _seconds(rate: Rate, fresh: float) -> float:
    """What a call with so many `fresh` prompt tokens takes: those that are not in the server's cache."""
    usual = rate.completion + max(0.0, rate.prompt - rate.cached) / READING
    here = rate.completion / rate.calls + fresh / READING
    return rate.seconds * here / max(1.0, usual)


def unsatisfied(text: str, call: Call) -> str:
    """A manager's reply that finds nothing and asks for more; other replies as they are."""
    question = getattr(call.prompt, "question", "")
    if "verdict" not in call.schema.get("properties", {}):
        return text
    return json.dumps(NEVER | {"missing": [f"More about: {question}"]})


class Aside:
    """The replies of a store, and beside them those that are only imagined: the store stays as it is.

    Implements `core.seams.ReplyStore`.
    """

    def __init__(self, store: ReplyStore) -> None:
        self._store = store
        self._imagined: dict[str, str] = {}

    def load_reply(self, key: str) -> str | None:
        """The record under `key`, or None."""
        return self._imagined.get(key) or self._store.load_reply(key)

    def save_reply(self, key: str, record: str, run: str) -> None:
        """Keeps the record as long as this object."""
        self._imagined[key] = record
