"""The built-in model: it quotes and does not reason. No weights, no network, no randomness.

It reads the typed fields of a call and picks sentences by rules, so that everything runs, and retrieval can be
measured, where no language model is configured.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from ...core.errors import ModelError
from ...core.types import Call, Reply, Usage
from ...prompts import (
    Answer,
    Approach,
    Atoms,
    Condense,
    Demonstrate,
    Explore,
    Facts,
    Findings,
    Gist,
    Merge,
    Neighbours,
    Pick,
    Piece,
    Places,
    Plan,
    Questions,
    Read,
    Recall,
    Several,
    Start,
    Whole,
    Write,
)
from .answer import answered, answered_whole
from .explore import explored, looked_at, started, taken_apart, turned
from .findings import read_apart, read_for
from .kept import kept, summed_up, written
from .places import places_in
from .plan import needs_of
from .steer import approached, demonstrated, handled, picked, recalled

RULES = 10
"""Changes when the same prompt gives another reply: replies that were kept under older rules are not used then."""
_REPLIES: Mapping[type, Callable[[Any], BaseModel]] = {
    Plan: lambda prompt: Questions(needs=needs_of(prompt.question)),
    Several: lambda prompt: Findings(findings=read_apart(prompt)),
    Read: lambda prompt: Findings(findings=read_for(prompt)),
    Places: lambda prompt: Findings(findings=places_in(prompt.text, prompt.question)),
    Piece: lambda prompt: handled(read_for(prompt)),
    Explore: lambda prompt: explored(prompt, read_for(prompt)),
    Write: written,
    Merge: kept,
    Gist: summed_up,
    Condense: summed_up,
    Answer: answered,
    Whole: answered_whole,
    Recall: recalled,
    Pick: picked,
    Approach: approached,
    Demonstrate: demonstrated,
    Atoms: taken_apart,
    Start: started,
    Facts: looked_at,
    Neighbours: turned,
}


class Extractive:
    """A chat model without a language model."""

    name = f"extractive@{RULES}"
    window = 8192

    def count(self, text: str) -> int:
        """A quarter of the characters, rounded up."""
        return math.ceil(len(text) / 4)

    async def complete(self, call: Call) -> Reply:
        """The reply to `call.prompt` as JSON. Raises ModelError for a prompt it does not know."""
        begun = time.perf_counter()
        text = reply_to(call.prompt).model_dump_json()
        usage = Usage(
            calls=1,
            prompt_tokens=call.tokens,
            completion_tokens=self.count(text),
            seconds=time.perf_counter() - begun,
        )
        return Reply(text, usage)


def reply_to(prompt: object) -> BaseModel:
    """The reply object to a typed prompt. Raises ModelError for one of an unknown type."""
    reply = _REPLIES.get(type(prompt))
    if reply is None:
        raise ModelError(
            f"the extractive model cannot answer a prompt of type {type(prompt).__name__}",
            "name another model with --model",
        )
    return reply(prompt)
