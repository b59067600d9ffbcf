"""Messages as chat templates take them; some know no system message."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.types import Message

Chat = list[dict[str, str]]


def chat(messages: Sequence[Message]) -> Chat:
    """Messages as they are sent."""
    return [{"role": message.role, "content": message.content} for message in messages]


def without_system(messages: Chat) -> Chat:
    """The same with a leading system message as the beginning of the next; as they are where there is none."""
    if len(messages) < 2 or messages[0]["role"] != "system":
        return messages
    system, first, *rest = messages
    return [{"role": first["role"], "content": f"{system['content']}\n\n{first['content']}"}, *rest]
