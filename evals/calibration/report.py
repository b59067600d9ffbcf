"""Calibration in words: what was fitted, how sure that is, what it predicts, and what none of it can show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..interval import Measured
from .claims import MARGIN
from .fitting import Fit
from .predictions import Prediction
from .targets import MEMORY, ORDER, ROUNDS, TARGETS, Target

LIMITS = (
    "It cannot show whether prompts are good, how often a real model is right, or whether other words change p: the",
    "same parameters stand behind all ways, whatever their prompts say. Scores published as F1 or by a judge are set",
    "beside shares of right answers.",
)


def fitted(found: Fit) -> Iterator[str]:
    """Lines about the targets, the grid, and the values that were found."""
    yield from ("Fitted to (published, as a share of questions)", *map(_target, TARGETS), "")
    steps = f"w, by right answers after {found.steps:.0f} calls on average; published {MEMORY.value:.3f}"
    yield from (steps, *(f"  w {w:<6g} {_interval(one)}" for w, one in found.memory.items()), "")
    published = f"published {ROUNDS.value:+.3f} and {ORDER.value:+.3f}"
    yield f"b and rho with w {found.w:g}: gain of three rounds, gap between five orders and the best; {published}"
    for point in found.points:
        mark = (
            "best" if point is found.best else "possible: both intervals hold the published" if point.possible else ""
        )
        yield f"  b {point.b:<5g} rho {point.rho:<4g} {point.rounds}   {point.orders}   {mark}".rstrip()
    yield f"b {found.profile.b:g}, rho {found.profile.rho:g}, w {found.profile.w:g}; {_possible(found)}"
    yield from _edges(found)
    yield from LIMITS


def _target(target: Target) -> str:
    return f"  {target.name:7}{target.value:+.3f}  {target.source}\n                  here: {target.here}"


def _interval(one: Measured) -> str:
    return f"{one} over {one.units} needles"


def _possible(found: Fit) -> str:
    """How far the grid tells values apart."""
    possible = [point for point in found.points if point.possible]
    if not possible:
        return "no point of the grid is possible: the mechanism does not give both numbers"
    bs, rhos = [point.b for point in possible], [point.rho for point in possible]
    told = f"b {min(bs):g} to {max(bs):g} and rho {min(rhos):g} to {max(rhos):g}"
    return f"{len(possible)} of {len(found.points)} points cannot be told from the published: {told}"


def _edges(found: Fit) -> Iterator[str]:
    """The fitted values that a larger grid might move."""
    tried = {"b": [one.b for one in found.points], "rho": [one.rho for one in found.points], "w": list(found.memory)}
    for name, values in tried.items():
        value = getattr(found.profile, name)
        if value in (min(values), max(values)):
            side = "least" if value == max(values) else "most"
            yield f"{name} lies at the edge of what was tried: at {side} {value:g} is all that is known"


def predicted(found: Sequence[Prediction]) -> Iterator[str]:
    """A table of the claims, and what their verdicts mean."""
    width = max(len(one.claim.words) for one in found)
    yield f"{'claim':{width}}  {'first':>6}{'second':>8}  {'difference':25}{'publ.':>7}  {'verdict':41}  source"
    for one in found:
        yield (
            f"{one.claim.words:{width}}  {one.sides[0]:6.3f}{one.sides[1]:8.3f}  {str(one.difference):25}"
            f"{_published(one):>7}  {one.verdict + _size(one):41}  {one.claim.source}"
        )
    counted = {word: sum(one.verdict == word for one in found) for word in ("holds", "fails", "cannot be told")}
    yield ", ".join(f"{word}: {count}" for word, count in counted.items())
    yield "A sign holds or fails where the 95 % interval leaves out 0. Equality, or a share, holds where the interval"
    yield f"lies within {MARGIN:g} of it, and fails where it leaves it out and the mean lies further. Published are"
    yield "differences, or the share."
    yield from LIMITS


def _published(one: Prediction) -> str:
    return "–" if one.claim.published is None else f"{one.claim.published:+.3f}"


def _size(one: Prediction) -> str:
    """Where the published size lies, beside the interval."""
    return f"; size {one.size}" if one.claim.expected == "above" and one.size else ""
