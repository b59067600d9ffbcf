"""Replies that fit their shape: reads each with the prompt's own parser, mends it, asks again, or asks for less.

    a reply that fits                                  as it is
    one that nearly fits                               mended, and counted as repaired
    one that does not                                  asked for once more with what is wrong; counted as repaired
    a second that does not                             asked for anew, where that is rare: then it went wrong on the way
    a third that does not, or a second that is usual   its beginning where it was cut off, else asked for in plain
                                                       lines; counted as degraded, and asked for again by the next run

It knows nothing about servers: not JSON, cut off, of another shape, all is the same to it, a reply that does not fit.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from ..core.errors import BadReply
from ..core.seams import ChatModel
from ..core.types import Call, Message, Reply, Usage
from ..prompts.plain import plain_form, read_plain
from ..prompts.repair import beginning, mended
from .wrapper import Wrapper

_KEPT = 1000
"""Characters of a bad reply that are shown to the model again, and to the person."""
_RARE = 4
"""Calls with a reply that fits for every one without, from which on that is no habit of the model."""
_JSON = "Reply again, briefly, with one JSON object of the form asked for."


class Validated(Wrapper):
    """Gives replies with `value` set, and with `text` that the prompt's parser reads."""

    def __init__(self, model: ChatModel) -> None:
        super().__init__(model)
        self._fitting = 0
        self._unfit = 0

    async def complete(self, call: Call) -> Reply:
        """A reply whose `value` fits the call's prompt; its usage is that of all tries.

        Raises BadReply when none fits, or when there is no room in the window to ask again.
        """
        first = await self._model.complete(call)
        fitting, wrong = _read(first, call)
        if fitting is not None:
            self._fitting += 1
            return fitting
        again = self._again(call, first.text, f"That reply cannot be used: {wrong}. {_JSON}")
        if again.tokens + again.max_tokens > self.window:
            raise BadReply(f"the {call.role}'s reply does not fit ({wrong})", first.text[:_KEPT])
        second = await self._model.complete(again)
        usage = first.usage + second.usage
        fitting, wrong = _read(second, call)
        if fitting is None and self._fitting >= _RARE * (self._unfit + 1):
            third = await self._model.complete(call)
            usage += third.usage
            fitting, _ = _read(third, call)
        if fitting is not None:
            self._fitting += 1
            return replace(fitting, usage=usage + Usage(repaired=1))
        self._unfit += 1
        return await self._degraded(call, second, usage, wrong)

    async def _degraded(self, call: Call, second: Reply, usage: Usage, wrong: str) -> Reply:
        """The best that can be had when two replies did not fit."""
        shape: type[BaseModel] = call.prompt.reply
        value = beginning(second.text, shape) if second.finish == "length" else None
        form = plain_form(shape)
        if value is None and form is not None:
            third = self._again(call, second.text, f"Do not write JSON. Reply with {form.ask}.")
            if third.tokens + third.max_tokens <= self.window:
                reply = await self._model.complete(replace(third, schema={}))
                usage += reply.usage
                value = read_plain(form, reply.text)
        if value is None:
            raise BadReply(f"the {call.role}'s reply does not fit, asked twice ({wrong})", second.text[:_KEPT])
        return Reply(value.model_dump_json(), usage + Usage(degraded=1), value, second.finish)

    def _again(self, call: Call, text: str, ask: str) -> Call:
        """`call` with a reply to it and what is said about that."""
        correction = (Message("assistant", text[:_KEPT] or "(empty)"), Message("user", ask))
        tokens = call.tokens + sum(self.count(message.content) for message in correction)
        return replace(call, messages=(*call.messages, *correction), tokens=tokens)


def _read(reply: Reply, call: Call) -> tuple[Reply | None, str]:
    """The reply with its value, as it is or mended; else what is wrong with it."""
    try:
        return replace(reply, value=call.prompt.parse(reply.text)), ""
    except ValueError as error:
        value = mended(reply.text, call.prompt.reply)
        if value is None:
            return None, _told(error, reply, call)
    return Reply(value.model_dump_json(), reply.usage + Usage(repaired=1), value, reply.finish), ""


def _told(error: ValueError, reply: Reply, call: Call) -> str:
    """What is wrong, in one line."""
    said = " ".join(str(error).split())[:300] if reply.text.strip() else "it is empty"
    return f"{said}; it was cut off at {call.max_tokens} tokens" if reply.finish == "length" else said
