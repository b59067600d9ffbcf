"""Where prompts are made to fit a model's window: by count, before they are sent, and never by cutting text.

A window is divided once per model: room for the reply, for the question, for memory, and the rest for text. The
division depends on the model only, so that the borders of chunks do too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ..core.errors import PromptTooLong, SettingsError
from ..core.seams import ChatModel
from ..core.types import Call, Role
from ..prompts import PROMPTS, Prompt
from ..prompts.base import template

R = TypeVar("R", bound=Prompt[Any])

PER_MESSAGE = 8
"""Tokens that a chat template puts around a message: an upper estimate."""


@dataclass(frozen=True, slots=True)
class Room:
    """How a window is divided, in tokens."""

    window: int
    reply: int
    question: int
    """Longest question that may be asked; the same again for the list of needs."""
    memory: int
    """Digest or message handed to a reader."""
    text: int
    """What is left for text, in the prompt with the longest instructions."""


SMALLEST = 2048
"""Tokens of the smallest window worth reading in: below it instructions leave no room for text."""


def divide(model: ChatModel) -> Room:
    """The division of `model`'s window. Raises SettingsError when it is too small to be divided."""
    window = model.window
    if window < SMALLEST:
        raise SettingsError(
            f"a window of {window} tokens is too small to read in", f"name a model or --window of at least {SMALLEST}"
        )
    part = window // 8
    reply, question, memory = min(1024, part), min(512, part // 2), min(1024, part)
    instructions = max(_instructions(model, kind) for kind in PROMPTS)
    spare = 64 + window // 50
    return Room(window, reply, question, memory, window - reply - 2 * question - memory - instructions - spare)


def _instructions(model: ChatModel, kind: type[Prompt[Any]]) -> int:
    system, user = template(kind.name)
    return sum(map(model.count, (system, user.template, json.dumps(kind.schema())))) + 2 * PER_MESSAGE


def size(model: ChatModel, prompt: Prompt[Any]) -> int:
    """Tokens of `prompt` as sent, with its reply's schema, which some servers print into it."""
    messages = prompt.messages()
    return sum(model.count(m.content) + PER_MESSAGE for m in messages) + model.count(json.dumps(prompt.schema()))


def fitted(model: ChatModel, room: Room, build: Callable[[int], R], most: int) -> R:
    """The largest of `build(0) … build(most)` that fits, or `build(0)`; each must be longer than the one before."""
    limit = room.window - room.reply
    if size(model, whole := build(most)) <= limit:
        return whole
    low, high = -1, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size(model, build(middle)) <= limit else (low, middle)
    return build(max(low, 0))


def call(model: ChatModel, room: Room, role: Role, prompt: Prompt[Any]) -> Call:
    """`prompt` as a call. Raises PromptTooLong when it does not fit: nothing is ever sent that could be cut."""
    tokens = size(model, prompt)
    if tokens + room.reply > room.window:
        raise PromptTooLong(tokens + room.reply, room.window)
    return Call(role, prompt, prompt.messages(), prompt.schema(), room.reply)
