"""Replies that fit their shape: reads each with the prompt's own parser, mends it, asks again, or asks for less.

    a reply that fits                                  as it is
    one that nearly fits                               mended, and counted as repaired
    one that does not                                  asked for once more with what is wrong; counted as repaired
    a second that does not                             its beginning where it was cut off, else asked for in plain
                                                       lines; counted as degraded, and asked for again by the next run

It knows nothing about servers: not JSON, cut off, of another shape, all is the same to it, a reply that does not fit.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import BaseModel

from ..core.errors import BadReply
from ..core.types import Call, Message, Reply, Usage
from ..prompts.plain import plain_form, read_plain
from ..prompts.repair import beginning, mended
from .wrapper import Wrapper

_KEPT = 1000
"""Characters of a bad reply that are shown to the model again, and to the person."""


class Validated(Wrapper):
    """Gives replies with `value` set, and with `text` that the prompt's parser reads."""

    async def complete(self, call: Call) -> Reply:
        """A reply whose `value` fits the call's prompt; its usage is that of all tries.

        Raises BadReply when none fits, or when there is no room in the window to ask again.
        """
        first = await self._model.complete(call)
        fitting, wrong = _read(first, call)
        if fitting is not None:
            return fitting
        again = _again(call, first.text, f"That reply cannot be used: {wrong}. {_JSON}")
        if self._tokens(again) > self.window:
            raise BadReply(f"the {call.role}'s reply does not fit ({wrong})", first.text[:_KEPT])
        second = await self._model.complete(again)
        usage = first.usage + second.usage
        fitting, wrong = _read(second, call)
        if fitting is not None:
            return replace(fitting, usage=usage + Usage(repaired=1))
        return await self._degraded(call, second, usage, wrong)

    async def _degraded(self, call: Call, second: Reply, usage: Usage, wrong: str) -> Reply:
        """The best that can be had when two replies did not fit."""
        shape: type[BaseModel] = call.prompt.reply
        value = beginning(second.text, shape) if second.finish == "length" else None
        form = plain_form(shape)
        if value is None and form is not None:
            third = _again(call, second.text, f"Do not write JSON. Reply with {form.ask}.")
            if self._tokens(third) <= self.window:
                reply = await self._model.complete(replace(third, schema={}))
                usage += reply.usage
                value = read_plain(form, reply.text)
        if value is None:
            raise BadReply(f"the {call.role}'s reply does not fit, asked twice ({wrong})", second.text[:_KEPT])
        return Reply(value.model_dump_json(), usage + Usage(degraded=1), value, second.finish)

    def _tokens(self, call: Call) -> int:
        return sum(self.count(message.content) for message in call.messages) + call.max_tokens


_JSON = "Reply again, briefly, with one JSON object of the form asked for."


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


def _again(call: Call, text: str, ask: str) -> Call:
    correction = (Message("assistant", text[:_KEPT] or "(empty)"), Message("user", ask))
    return replace(call, messages=(*call.messages, *correction))
