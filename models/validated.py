"""Replies that fit their shape: reads each with the prompt's own parser, and asks once more where that fails.

It knows nothing about servers: not JSON, cut off, of another shape, all is the same to it, a reply that does not fit.
"""

from __future__ import annotations

from dataclasses import replace

from ..core.errors import BadReply
from ..core.types import Call, Message, Reply
from .wrapper import Wrapper

_KEPT = 1000
"""Characters of a bad reply that are shown to the model again, and to the person."""


class Validated(Wrapper):
    """Gives replies with `value` set. A reply that does not fit is asked for once more, with what is wrong with it."""

    async def complete(self, call: Call) -> Reply:
        """A reply whose `value` fits the call's prompt; its usage is that of both tries.

        Raises BadReply when the second does not fit either, or when there is no room in the window to ask again.
        """
        first = await self._model.complete(call)
        try:
            return replace(first, value=call.prompt.parse(first.text))
        except ValueError as error:
            wrong = _told(error, first, call)
        again = replace(call, messages=(*call.messages, *_correction(first.text, wrong)))
        if self._tokens(again) > self.window:
            raise BadReply(f"the {call.role}'s reply does not fit ({wrong})", first.text[:_KEPT])
        second = await self._model.complete(again)
        usage = first.usage + second.usage
        try:
            return replace(second, value=call.prompt.parse(second.text), usage=usage)
        except ValueError as error:
            told = _told(error, second, call)
            raise BadReply(f"the {call.role}'s reply does not fit, asked twice ({told})", second.text[:_KEPT]) from None

    def _tokens(self, call: Call) -> int:
        return sum(self.count(message.content) for message in call.messages) + call.max_tokens


def _told(error: ValueError, reply: Reply, call: Call) -> str:
    """What is wrong, in one line."""
    said = " ".join(str(error).split())[:300] if reply.text.strip() else "it is empty"
    return f"{said}; it was cut off at {call.max_tokens} tokens" if reply.finish == "length" else said


def _correction(text: str, wrong: str) -> tuple[Message, ...]:
    ask = f"That reply cannot be used: {wrong}. Reply again, briefly, with one JSON object of the form asked for."
    return (Message("assistant", text[:_KEPT] or "(empty)"), Message("user", ask))
