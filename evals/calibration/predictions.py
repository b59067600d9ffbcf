"""Whether a fitted reader predicts the claims, each on questions that nothing was fitted to, judged by its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..grid import Job, Reader, Row
from ..interval import Measured, measured
from ..significance import per_unit
from ..simulated import Profile
from ..summary import right
from .claims import CLAIMS, MARGIN, Arm, Claim
from .fitting import Run
from .texts import Texts

Verdict = Literal["holds", "fails", "cannot be told"]
LABEL = "calibrated"


@dataclass(frozen=True, slots=True)
class Prediction:
    """A claim, its two sides, their difference, and what that says."""

    claim: Claim
    sides: tuple[float, float]
    difference: Measured

    @property
    def verdict(self) -> Verdict:
        return judged(self.claim, self.difference)

    @property
    def size(self) -> str:
        """Where the published size lies."""
        if self.claim.published is None:
            return ""
        if self.difference.holds(self.claim.published):
            return "inside"
        return "simulated too small" if self.difference.high < self.claim.published else "simulated too large"


def judged(claim: Claim, found: Measured) -> Verdict:
    """By the interval: a sign, or being as good as equal, may be shown, refuted, or neither."""
    if claim.expected == "above":
        return "holds" if found.low > 0 else "fails" if found.high <= 0 else "cannot be told"
    centre = claim.published or 0.0
    low, high = found.low - centre, found.high - centre
    if low > -MARGIN and high < MARGIN:
        return "holds"
    apart = low > 0 or high < 0
    return "fails" if apart and abs(found.value - centre) > MARGIN else "cannot be told"


def predict(texts: Texts, fitted: Profile, seeds: int, run: Run) -> list[Prediction]:
    """The claims, measured with a fitted profile."""
    rows = run(list(work(texts, fitted, seeds)))
    return [prediction(claim, rows) for claim in CLAIMS]


def work(texts: Texts, fitted: Profile, seeds: int) -> Iterator[Job]:
    """A job for every text that a claim speaks of, with all ways that any claim reads it in."""
    arms = dict.fromkeys(arm for claim in CLAIMS for arm in (claim.first, claim.second))
    for kind in dict.fromkeys(replace(arm, way="") for arm in arms):
        ways = tuple(arm.way for arm in arms if replace(arm, way="") == kind)
        readers = tuple(Reader(named(kind), fitted, seed, kind.window) for seed in range(seeds))
        for stack in texts.haystacks(kind.dataset, kind.tokens, "predict", kind.order, kind.types):
            yield Job(stack, readers, ways)


def named(kind: Arm) -> str:
    """The reader of a kind of questions."""
    return f"{LABEL} {kind.types}".strip()


def prediction(claim: Claim, rows: Sequence[Row]) -> Prediction:
    """A claim as rows have it."""
    first, second = of(rows, claim.first), of(rows, claim.second)
    if claim.expected == "same calls":
        made = {(row.unit, row.seed): row.trial.calls for row in second}
        same = per_unit(first, lambda row: float(row.trial.calls == made[row.unit, row.seed]))
        share = measured(same[claim.first.way])
        return Prediction(claim, (share.value, share.value), share)

    def value(row: Row) -> float:
        return row.trial.recall if claim.value == "recall" else right(row)

    ours = per_unit(first, value)[claim.first.way]
    theirs = per_unit(second, value)[claim.second.way]
    units = ours.keys() & theirs.keys()
    apart = measured({unit: ours[unit] - theirs[unit] for unit in sorted(units)})
    sides = (sum(ours[unit] for unit in units) / len(units), sum(theirs[unit] for unit in units) / len(units))
    return Prediction(claim, sides, apart)


def of(rows: Sequence[Row], arm: Arm) -> list[Row]:
    """The rows of an arm."""
    wanted = (arm.dataset, arm.tokens, arm.way, arm.order, arm.window, named(arm))
    return [row for row in rows if (row.dataset, row.tokens, row.way, row.order, row.window, row.reader) == wanted]
