"""A stand-in for a model that is not to be asked yet: counts what would be sent, and replies what might come back.

The words come from the built-in extractive model, which reads the same prompts; the figures from what calls to the real
one took so far. An easily satisfied stand-in and one that is never satisfied give the ends of a range.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace

from ..core.seams import ChatModel
from ..core.types import Call, Reply, Role, Usage
from .extractive import Extractive
from .rates import Rate, Rates
from .wrapper import Wrapper

UNMEASURED = 0.9
"""Tokens sent for one that is counted, where nothing was measured: counts leave a margin."""
NEVER = {"verdict": "not_found", "answer": "", "evidence": []}


@dataclass
class Tally:
    """What was imagined: usage by role, and how long it would take."""

    places: int
    """Calls under way at once."""
    by_role: dict[Role, Usage] = field(default_factory=dict)
    seconds: float = 0.0
    measured: bool = True
    """Whether every model's speed is known."""
    _turn: list[float] = field(default_factory=list)

    def add(self, role: Role, usage: Usage) -> None:
        self.by_role[role] = self.by_role.get(role, Usage()) + usage
        self._turn.append(usage.seconds)

    def turn(self) -> None:
        """All calls so far have come back: what comes now waited for them."""
        if self._turn:
            self.seconds += max(max(self._turn), sum(self._turn) / self.places)
        self._turn = []


class Imagined(Wrapper):
    """`model`, imagined.

    Args:
        rates: what calls to it took so far.
        tally: gets what is imagined.
        satisfied: whether managers find what they ask for.
    """

    def __init__(self, model: ChatModel, rates: Rates, tally: Tally, *, satisfied: bool) -> None:
        super().__init__(model)
        self._rates = rates
        self._tally = tally
        self._satisfied = satisfied
        self._words = Extractive()

    async def complete(self, call: Call) -> Reply:
        """A reply that might come back, with what it might take."""
        reply = await self._words.complete(call)
        text = reply.text if self._satisfied else unsatisfied(reply.text, call)
        usage = self._usage(call, text)
        self._tally.add(call.role, usage)
        return replace(reply, text=text, usage=usage)

    def _usage(self, call: Call, text: str) -> Usage:
        counted = sum(self.count(message.content) for message in call.messages)
        rate = self._rates.of(call.role)
        if rate is None or not rate.counted:
            self._tally.measured = False
            return Usage(1, prompt_tokens=round(counted * UNMEASURED), completion_tokens=self.count(text))
        return Usage(
            1,
            prompt_tokens=round(counted * rate.prompt / rate.counted),
            completion_tokens=round(rate.completion / rate.calls),
            seconds=_seconds(rate, counted),
        )


def _seconds(rate: Rate, counted: int) -> float:
    """Half of a call's time is taken to go with its length."""
    return rate.seconds / rate.calls * (0.5 + 0.5 * counted * rate.calls / rate.counted)


def unsatisfied(text: str, call: Call) -> str:
    """A manager's reply that finds nothing and asks for more; other replies as they are."""
    question = getattr(call.prompt, "question", "")
    if "verdict" not in call.schema.get("properties", {}):
        return text
    return json.dumps(NEVER | {"missing": [f"More about: {question}"]})
