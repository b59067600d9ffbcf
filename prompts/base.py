"""The mechanism of a typed prompt: a Markdown template in, chat messages out, a validated reply back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from functools import cache, cached_property
from importlib.resources import files
from string import Template
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel

from ..core.types import Message

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Prompt(Generic[R]):
    """One task for a model. Subclasses add fields, which are the `$names` of the Markdown file `name`.md."""

    name: ClassVar[str]
    reply: ClassVar[type[BaseModel]]

    def messages(self) -> tuple[Message, ...]:
        """The rendered chat: what is above the `---` line is the system message, what is below the user's."""
        return self._rendered

    @cached_property
    def _rendered(self) -> tuple[Message, ...]:
        system, user = template(self.name)
        values = {f.name: str(getattr(self, f.name)) for f in fields(self)}
        return (Message("system", system), Message("user", user.substitute(values)))

    @cached_property
    def counts(self) -> dict[str, int]:
        """Tokens of the messages by the name of who counted them: kept here, since fitting and sending both ask."""
        return {}

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """JSON schema of the reply, closed, with every field required, as strict decoders want it."""
        return _shape(cls.reply)

    def parse(self, text: str) -> R:
        """The reply in `text`. Raises ValueError (pydantic's ValidationError is one) where it does not fit.

        An object without a single field of the reply is no reply, though every field has a default: it may be the
        inside of one that was cut off, and taking it for "nothing found" would lose text in silence.
        """
        data = json.loads(json_part(text))
        if not data.keys() & self.reply.model_fields.keys():
            raise ValueError(f"the reply has none of the fields {', '.join(self.reply.model_fields)}")
        value = self.reply.model_validate(data)
        return value  # type: ignore[return-value]  # `reply` is the class of R, which a ClassVar cannot say

    @classmethod
    def fingerprint(cls) -> str:
        """Identity of the words and of the reply's shape: a part of a run's identity."""
        system, user = template(cls.name)
        shape = json.dumps(cls.schema(), sort_keys=True)
        return hashlib.sha256("\0".join((system, user.template, shape)).encode()).hexdigest()[:16]


@cache
def _shape(reply: type[BaseModel]) -> dict[str, Any]:
    """The closed schema of a reply's class: made once, since every prompt that is counted asks for it."""
    return closed(reply.model_json_schema())


@cache
def template(name: str) -> tuple[str, Template]:
    """System text and user template of `name`.md."""
    text = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    system, _, user = text.partition("\n---\n")
    return system.strip(), Template(user.strip())


def json_part(text: str) -> str:
    """The JSON object within a reply: models wrap it in fences, thoughts or prose.

    Raises ValueError where there is none.
    """
    # What stands before the end of a thought may hold braces of its own; the word may also be part of the reply.
    found = _object_in(text.rpartition("</think>")[2]) or _object_in(text)
    if found is None:
        raise ValueError("the reply holds no JSON object")
    return found


def _object_in(body: str) -> str | None:
    """The first JSON object in `body`. Raises ValueError where it is nested without end."""
    decoder = json.JSONDecoder()
    start = body.find("{")
    while start >= 0:
        try:
            _, end = decoder.raw_decode(body, start)
        except RecursionError as error:
            raise ValueError("the reply is nested without end") from error
        except ValueError:
            start = body.find("{", start + 1)
        else:
            return body[start:end]
    return None


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with every object closed, every property required, and titles and defaults left out."""

    def close(node: Any) -> Any:
        if isinstance(node, list):
            return [close(item) for item in node]
        if not isinstance(node, dict):
            return node
        kept = {k: close(v) for k, v in node.items() if k not in {"title", "default"} or isinstance(v, dict)}
        if kept.get("type") == "object" and "properties" in kept:
            kept["required"] = list(kept["properties"])
            kept["additionalProperties"] = False
        return kept

    result: dict[str, Any] = close(schema)
    return result
