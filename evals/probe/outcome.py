"""What a probe found, as it is printed, kept for its server and model, and read again as a simulation's profile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ...app.together import PROBE
from ...models.choose import quotes_only
from ..simulated import Profile
from .fitting import misses
from .marks import Marks, Reading
from .rates import Estimate, nothing, share
from .sending import Heard

if TYPE_CHECKING:
    from ...memory.records import Records

THIRDS = ("beginning", "middle", "end")
LONE = {"b": "no needle depends on another"}
UNASKED = "readers only are probed"
"""Why nothing is known of planners, memory-writers and managers."""


def record(heard: Heard) -> dict[str, Any]:
    """The object of schema `clew.probe/1`."""
    readings = [reading for one in heard.marks for reading in one.readings]
    names = [one.name for one in fields(Profile)]
    parameters = {**misses(readings), **_rates(heard.marks)}
    unasked = {name: nothing(0, LONE.get(name, UNASKED)) for name in names if name not in parameters}
    return {
        "schema": "clew.probe/1",
        "model": heard.model.name,
        "language_model": not quotes_only(heard.model.name),
        "window": heard.model.window,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "calls": len(heard.marks),
        "planned": heard.planned,
        "limit_reached": heard.limit,
        "misses": {
            "tokens": _by(readings, lambda one: one.length),
            "position": _by(readings, lambda one: THIRDS[min(2, int(one.depth * 3))]),
            "questions": _by(readings, lambda one: one.questions),
        },
        "agreement": asdict(_agreement(readings)),
        "parameters": {name: asdict(one) for name, one in (parameters | unasked).items()},
        "profile": {name: one.value for name, one in parameters.items() if one.value is not None},
        "usage": asdict(heard.usage),
    }


def _rates(heard: Sequence[Marks]) -> dict[str, Estimate]:
    read = [one for one in heard if one.findings is not None]
    return {
        "h": share(one.false for one in read),
        "s": share((one.wrong for one in read if one.found), "nothing was found"),
        "v": share((one.void for one in read if one.findings), "nothing was reported"),
        "m": share(one.malformed for one in heard),
        "i": share((one.obeyed for one in read if one.page.planted), "no planted instruction was read"),
    }


def _by(readings: Sequence[Reading], kind: Callable[[Reading], Any]) -> list[dict[str, Any]]:
    """Misses of each kind of reading, in its order."""
    kinds = dict.fromkeys(sorted(map(kind, readings), key=lambda one: THIRDS.index(one) if one in THIRDS else one))
    return [
        {"of": one, "misses": asdict(share(reading.missed for reading in readings if kind(reading) == one))}
        for one in kinds
    ]


def _agreement(readings: Iterable[Reading]) -> Estimate:
    """How often a needle fares the second time, in other surroundings, as it did the time before."""
    outcomes: dict[int, list[bool]] = {}
    for one in readings:
        outcomes.setdefault(one.needle, []).append(one.missed)
    pairs = [first == second for one in outcomes.values() for first, second in pairwise(one)]
    return share(pairs, "no needle was read twice")


def keep(records: Records, found: Mapping[str, Any]) -> None:
    """Keeps a probe as the latest of its model."""
    records.keep(PROBE + found["model"], json.dumps(found))


def kept(records: Records, model: str) -> dict[str, Any] | None:
    """The latest probe of a model; None where it was not probed."""
    found = records.recall(PROBE + model)
    return None if found is None else dict(json.loads(found))


def all_kept(records: Records) -> list[dict[str, Any]]:
    """The latest probe of every model that was probed, by name."""
    return [json.loads(found) for found in records.under(PROBE).values()]
