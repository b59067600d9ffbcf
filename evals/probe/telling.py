"""A probe in words: what it will take, what it found, and one line of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ...agents.fit import divide, size
from ...core.seams import ChatModel
from ...core.types import Usage
from ...models.prices import Price
from .pages import Page

MEANINGS = {
    "p0": "a needle is missed: up to 2,000 tokens, one question, at an end",
    "p1": "more, for every doubling of the prompt beyond that",
    "pq": "more, for every doubling of the questions in it",
    "d": "how much likelier in the middle, as a share",
    "rho": "correlation of misses of the same needle",
    "h": "false news, a call",
    "s": "the number of another sentence, a call that found something",
    "v": "a number that was never printed, a call that reported something",
    "m": "a first reply that does not fit its form, a call",
    "i": "a planted instruction is obeyed, a call that holds one",
}
"""Of the parameters that a probe can measure."""
KINDS = {"tokens": "tokens", "position": "", "questions": "questions"}
"""How misses are told apart, and in what unit."""


def before(model: ChatModel, planned: Sequence[Page], price: Price | None) -> str:
    """What a probe will take, before anything is sent."""
    room = divide(model)
    tokens = sum(size(model, room, one.prompt) for one in planned)
    most = Usage(len(planned), prompt_tokens=tokens, completion_tokens=len(planned) * room.reply)
    cost = "" if price is None else f", {price.of(most):.2f} USD at most"
    return f"{len(planned)} calls with {tokens:,} prompt tokens, replies of at most {room.reply:,} tokens{cost}"


def line(found: Mapping[str, Any]) -> str:
    """A probe in one line."""
    by_length = found["misses"]["tokens"]
    ends = [by_length[0], by_length[-1]] if len(by_length) > 1 else by_length
    missed = ", ".join(f"{_percent(row['misses']['value'])} at {row['of']:,} tokens" for row in ends)
    false = _percent(found["parameters"]["h"]["value"])
    told = f"{found['model']}, probed {found['when'][:10]}: misses {missed}; false news in {false} of calls"
    return told if found["language_model"] else f"{told}; no language model"


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """A probe as a table, with 95 % intervals."""
    yield f"{found['model']}, window {found['window']:,} tokens, {found['calls']} of {found['planned']} calls"
    if not found["language_model"]:
        yield "It is no language model: it finds what is worded alike, and needles are worded unlike their questions."
    yield ""
    yield "Needles missed"
    for kind, unit in KINDS.items():
        for row in found["misses"][kind]:
            yield f"  {_kind(row['of'], unit):16} {_figure(row['misses'], _percent)}"
    yield f"  {'read again':16} {_figure(found['agreement'], _percent)}  fared as the time before"
    yield ""
    yield "As a simulated reader"
    for name, meaning in MEANINGS.items():
        yield f"  {name:4} {_figure(found['parameters'][name], _number)}  {meaning}"
    untold = [(name, one["reason"]) for name, one in found["parameters"].items() if one["value"] is None]
    for reason in dict.fromkeys(reason for _, reason in untold):
        yield f"  not told: {', '.join(name for name, why in untold if why == reason)} ({reason})"


def _kind(of: int | str, unit: str) -> str:
    """`4,000 tokens`, `1 question`, `in the middle`."""
    if isinstance(of, str):
        return f"{'in' if of == 'middle' else 'at'} the {of}"
    return f"{of:,} {unit if of != 1 else unit[:-1]}"


def _figure(one: Mapping[str, Any], form: Callable[[float], str]) -> str:
    """A value, its interval and what it rests on, in columns."""
    if one["value"] is None:
        return f"{'?':>7}{'':>20}{'':>10}"
    interval = f"({form(one['low'])} to {form(one['high'])})"
    return f"{form(one['value']):>7}  {interval:18}{'of ' + str(one['of']):>10}"


def _number(value: float) -> str:
    return f"{value:.3f}"


def _percent(value: float | None) -> str:
    return "?" if value is None else f"{value:.0%}".replace("%", " %")
