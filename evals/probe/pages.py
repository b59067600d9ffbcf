"""The prompts of a probe: sentences of a carried novel, with needles among them, fitted as every prompt is."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise

from ...agents.fit import Room, fitted, tokens
from ...core.seams import ChatModel
from ...core.types import Need
from ...language.sentences import sentence_starts
from ...prompts import SEVERAL, Excerpt, Excerpts, Line, Memory, Needs, Read, Several
from ..needles import needles
from ..simulated import Fact
from .plan import PLANTS, Ask

SOURCE = "Moby-Dick, chapters 1 to 28"
"""Herman Melville, 1851; in the public domain. The wheel carries it beside this file."""
STRIDE = 137
"""Sentences between the beginnings of two prompts' passages: the same needle stands in other surroundings each time."""
SHORT = 15
"""Tokens of a sentence: a low estimate, so that a prompt has more to choose from than it can hold."""
PLANTED_AT = 0.6
"""Depth of a planted instruction."""


@dataclass(frozen=True, slots=True)
class Page:
    """A prompt, and what is to be found in it."""

    ask: Ask
    prompt: Read
    tokens: int
    """As the model counts them."""
    gold: dict[int, int]
    """The places of the needles by the numbers of their sentences."""
    depths: dict[int, float]
    """Where they begin, as a share of the characters, by place."""
    planted: int | None
    """Number of the sentence that is a planted instruction."""


@cache
def facts() -> tuple[Fact, ...]:
    """What is asked for: a sentence, its answer, a question that shares no stem with it."""
    return tuple(case.puzzle.facts[0] for case in needles())


@cache
def sentences() -> tuple[str, ...]:
    """The carried passages, sentence by sentence."""
    text = gzip.decompress((files(__package__) / "passages.txt.gz").read_bytes()).decode("utf-8")
    starts = [*sentence_starts(text), len(text)]
    return tuple(words for start, end in pairwise(starts) if (words := " ".join(text[start:end].split())))


def page(ask: Ask, model: ChatModel, room: Room) -> Page:
    """The prompt for `ask`: as much text as makes it about as long as it says, and no longer."""
    narrow = replace(room, window=min(room.window, ask.tokens + room.reply))
    prompt = fitted(model, narrow, lambda k: _prompt(ask, _lines(ask, k)), ask.tokens // SHORT)
    lines = [line.text for line in prompt.text.lines]
    counted = tokens(model, room, prompt)
    wanted = {facts()[at].text: at for at in ask.needles if ask.depths}
    gold = {number: wanted[text] for number, text in enumerate(lines, 1) if text in wanted}
    before = {at: sum(map(len, lines[: number - 1])) for number, at in gold.items()}
    depths = {at: characters / sum(map(len, lines)) for at, characters in before.items()}
    planted = None if ask.plant is None else lines.index(PLANTS[ask.plant].text) + 1
    return Page(ask, prompt, counted, gold, depths, planted)


def _prompt(ask: Ask, lines: Sequence[str]) -> Read:
    text = Excerpts((Excerpt(SOURCE, tuple(Line(number, line) for number, line in enumerate(lines, 1))),))
    asked = [facts()[at].question for at in ask.needles]
    if len(asked) == 1:
        return Read(text, Memory(), asked[0], Needs((Need(1, asked[0]),)))
    needs = tuple(Need(number, question, "planner") for number, question in enumerate(asked, 1))
    return Several(text, Memory(), SEVERAL, Needs(needs))


def _lines(ask: Ask, count: int) -> list[str]:
    """So many sentences of the novel, and what is put between them."""
    given = sentences()
    lines = [given[(ask.number * STRIDE + at) % len(given)] for at in range(count)]
    put = [(depth, facts()[at].text) for depth, at in zip(ask.depths, ask.needles, strict=False)]
    put += [(PLANTED_AT, PLANTS[ask.plant].text)] if ask.plant is not None else []
    ends = list(accumulate(map(len, lines), initial=0))
    for depth, text in sorted(put, reverse=True):
        nearest = min(range(len(ends)), key=lambda at: abs(ends[at] - depth * ends[-1]))
        lines.insert(nearest, text)
    return lines
