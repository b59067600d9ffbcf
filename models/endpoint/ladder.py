"""How a server wants to be asked: which form of structured reply it knows, and which of two names and options it takes.

Servers that speak the same protocol differ here, and say so only by refusing. A refusal is read, the manner adapted by
one step, and what was learnt is remembered by server and model. Nothing is sent from here.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from ...core.seams import Memo
from ...core.types import Call
from ..chat import Chat, chat, without_system

RUNGS = ("json_schema", "json_object", "tool", "text")
"""Forms of a structured reply, best first. On every rung the prompt itself asks for JSON, and replies are validated."""

_REFUSALS = frozenset({400, 404, 415, 422, 500, 501})
_FORM_WORDS = (
    *("response_format", "json_schema", "json_object", "structured output", "guided", "grammar", "schema"),
    *("tool", "function"),
)
_NO_SYSTEM = re.compile(r"system (role|message|prompt)|roles must alternate")
"""What chat templates say that know no system message: Gemma's, and older ones of Mistral."""

MOST_EXTRA = 8192
"""Tokens of output beside a call's own limit, at most."""


@dataclass(frozen=True)
class Manner:
    """How to ask one server for one model."""

    rung: int = 0
    """Index into `RUNGS`."""
    limit: str = "max_tokens"
    """Name of the output limit: newer OpenAI models want `max_completion_tokens`."""
    temperature: bool = True
    """Whether a temperature may be given: reasoning models often refuse one."""
    thoughts: Literal["free", "off", "unstoppable"] = "free"
    """Whether a model that thinks is asked not to: thoughts that use up the output limit leave no reply."""
    extra: int = 0
    """Tokens of output beside the call's own limit, for thoughts that cannot be turned off."""
    system: bool = True
    """Whether a system message may be sent: some models' chat templates refuse one."""

    def messages(self, call: Call) -> Chat:
        """The messages of a request."""
        messages = chat(call.messages)
        return messages if self.system else without_system(messages)

    def fields(self, call: Call) -> dict[str, Any]:
        """The parts of a request that servers disagree about."""
        fields: dict[str, Any] = {self.limit: call.max_tokens + self.extra}
        if self.thoughts == "off":
            # vLLM, SGLang and llama-server hand this to the model's chat template.
            fields["chat_template_kwargs"] = {"enable_thinking": False}
        if self.temperature:
            fields["temperature"] = call.temperature
        if not call.schema:
            return fields
        if RUNGS[self.rung] == "json_schema":
            shape = {"name": "reply", "schema": call.schema, "strict": True}
            fields["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif RUNGS[self.rung] == "json_object":
            fields["response_format"] = {"type": "json_object"}
        elif RUNGS[self.rung] == "tool":
            function = {"name": "reply", "parameters": call.schema}
            fields["tools"] = [{"type": "function", "function": function}]
            fields["tool_choice"] = {"type": "function", "function": {"name": "reply"}}
        return fields

    def quieter(self) -> Manner:
        """The manner to try after thoughts used up the output limit: without them, else with more room."""
        if self.thoughts == "free":
            return replace(self, thoughts="off")
        return replace(self, extra=min(MOST_EXTRA, max(1024, 2 * self.extra)))

    def lower(self) -> Manner:
        """One rung down, where there is one."""
        return replace(self, rung=min(self.rung + 1, len(RUNGS) - 1))

    def after(self, status: int, complaint: str) -> Manner:
        """The manner to try after a refusal; itself where the refusal has nothing to do with manners.

        Args:
            status: HTTP status of the refusal.
            complaint: the server's words.
        """
        if status not in _REFUSALS:
            return self
        words = complaint.lower()
        if "max_completion_tokens" in words and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if self.thoughts == "off" and any(word in words for word in ("chat_template", "enable_thinking")):
            return replace(self, thoughts="unstoppable", extra=max(1024, self.extra))
        if "temperature" in words and self.temperature:
            return replace(self, temperature=False)
        if self.system and _NO_SYSTEM.search(words):
            return replace(self, system=False)
        if any(word in words for word in _FORM_WORDS):
            return self.lower()
        return self


def recall_manner(memo: Memo | None, name: str) -> Manner:
    """What was learnt about the endpoint `name`; the best manner where nothing was, or it cannot be read."""
    kept = memo.recall(_key(name)) if memo is not None else None
    if kept is None:
        return Manner()
    try:
        manner = Manner(**json.loads(kept))
        RUNGS[manner.rung]
    except (ValueError, TypeError, IndexError):
        return Manner()
    return manner


def keep_manner(memo: Memo | None, name: str, manner: Manner) -> None:
    """Remembers `manner` for the endpoint `name`."""
    if memo is not None:
        memo.keep(_key(name), json.dumps(asdict(manner)))


def _key(name: str) -> str:
    return f"manner {name}"
