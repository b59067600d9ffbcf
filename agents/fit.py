"""Where prompts are made to fit a model's window: by count, before they are sent, and never by cutting text.

A window is divided once per model: room for the reply, for the question, for memory, and the rest for text. The
division depends on the model only, so that the borders of chunks do too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
class Wording:
    """What all prompts of a kind have in common, in tokens."""

    system: int
    user: int
    """The user's message without what fills it."""
    schema: int
    """The reply's schema, which some servers print into the prompt."""

    @property
    def total(self) -> int:
        return self.system + self.user + self.schema + 2 * PER_MESSAGE


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
    wordings: Mapping[str, Wording]
    """By the prompts' names: counted once for a model, not with every prompt."""


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
    wordings = {kind.name: _wording(model, kind) for kind in PROMPTS}
    spare = 64 + window // 50 + max(wording.total for wording in wordings.values())
    return Room(window, reply, question, memory, window - reply - 2 * question - memory - spare, wordings)


def shared(room: Room) -> Room:
    """`room` where no memory is printed and the reply is long: what memory would take is the reply's."""
    return replace(room, reply=room.reply + room.memory, memory=0)


def _wording(model: ChatModel, kind: type[Prompt[Any]]) -> Wording:
    system, user = template(kind.name)
    return Wording(model.count(system), model.count(user.template), model.count(json.dumps(kind.schema())))


def tokens(model: ChatModel, room: Room, prompt: Prompt[Any]) -> int:
    """Tokens of the messages of `prompt`. Counted once, however often it is asked: the prompt carries them."""
    if model.name not in prompt.counts:
        _, user = prompt.messages()
        prompt.counts[model.name] = room.wordings[prompt.name].system + model.count(user.content)
    return prompt.counts[model.name]


def size(model: ChatModel, room: Room, prompt: Prompt[Any]) -> int:
    """Tokens of `prompt` as sent, with its reply's schema."""
    return tokens(model, room, prompt) + 2 * PER_MESSAGE + room.wordings[prompt.name].schema


def fitted(model: ChatModel, room: Room, build: Callable[[int], R], most: int) -> R:
    """The largest of `build(0) … build(most)` that fits, or `build(0)`; each must be longer than the one before."""
    limit = room.window - room.reply
    if size(model, room, whole := build(most)) <= limit:
        return whole
    fits: R | None = None
    low, high = -1, most
    while high - low > 1:
        middle = (low + high) // 2
        if size(model, room, prompt := build(middle)) <= limit:
            low, fits = middle, prompt
        else:
            high, whole = middle, prompt
    return whole if fits is None else fits


def call(model: ChatModel, room: Room, role: Role, prompt: Prompt[Any]) -> Call:
    """`prompt` as a call. Raises PromptTooLong when it does not fit: nothing is ever sent that could be cut."""
    whole = size(model, room, prompt) + room.reply
    if whole > room.window:
        raise PromptTooLong(whole, room.window)
    return Call(role, prompt, prompt.messages(), prompt.schema(), room.reply, tokens(model, room, prompt))
