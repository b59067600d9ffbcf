"""The five parameters of missing, by maximum likelihood, with profile likelihood intervals.

An interval holds the values with which, the other parameters at their best, the likelihood falls by no more than half
of the χ² quantile with one degree of freedom (Venzon and Moolgavkar 1988, "A Method for Computing
Profile-Likelihood-Based Confidence Intervals"). It stands at a bound where the likelihood does not fall before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TYPE_CHECKING

from .likelihood import BOUNDS, NAMES, Likelihood
from .marks import Reading
from .rates import LEVEL, Estimate, nothing

if TYPE_CHECKING:
    from .likelihood import Vector

FALL = NormalDist().inv_cdf(0.5 + LEVEL / 2) ** 2 / 2
"""Of the logarithm of the likelihood."""
STARTS = ((0.1, 0.02, 0.02, 0.3, 0.6), (0.4, 0.05, 0.0, 0.1, 0.8), (0.02, 0.05, 0.05, 0.5, 0.3))
HALVINGS = 7
"""By which the end of an interval is found: to less than a hundredth of the way to the bound."""
AWAY = 0.1
"""From 0, where a search for the correlation begins: there its slope is 0 by symmetry."""


def misses(readings: Sequence[Reading]) -> dict[str, Estimate]:
    """p0, p1, pq, d and rho of a reader; null, with the reason, for what the readings do not tell."""
    from threadpoolctl import threadpool_limits

    if not readings:
        return {name: nothing(0, "no reply could be read") for name in (*NAMES[:4], "rho")}
    # Measured: the threads of linear algebra wait for each other ten times longer than these few numbers take.
    with threadpool_limits(1):
        return _fitted(readings)


def _fitted(readings: Sequence[Reading]) -> dict[str, Estimate]:
    likelihood = Likelihood(readings)
    best, least = _best(likelihood, {})
    ends = [_interval(likelihood, at, best, least) for at in range(len(NAMES))]
    alike = all(one.missed for one in readings)
    blind = [at for at in range(1, len(NAMES)) if alike or ends[at] == BOUNDS[at]]
    # What is not told is taken for nothing, so that the other parameters stand for themselves.
    values, _ = _best(likelihood, dict.fromkeys(blind, 0.0))
    found = {
        name: nothing(len(readings), _why(name, readings)) if at in blind else _figure(values[at], ends[at], readings)
        for at, name in enumerate(NAMES)
    }
    found["rho"] = _squared(found.pop("r"))
    return found


def _figure(value: float, ends: tuple[float, float], readings: Sequence[Reading]) -> Estimate:
    low, high = ends
    return Estimate(round(min(max(float(value), low), high), 4), round(low, 4), round(high, 4), len(readings))


def _best(likelihood: Likelihood, held: Mapping[int, float], start: Vector | None = None) -> tuple[Vector, float]:
    """The likeliest parameters, those in `held` having their values, and the loss there."""
    import numpy as np
    from scipy.optimize import minimize

    bounds = [(held[at], held[at]) if at in held else bound for at, bound in enumerate(BOUNDS)]
    starts = STARTS if start is None else (np.append(start[:4], max(start[4], AWAY)),)
    tries = []
    for one in starts:
        first = np.clip(np.array(one), [low for low, _ in bounds], [high for _, high in bounds])
        tries.append(minimize(likelihood.loss, first, jac=True, method="L-BFGS-B", bounds=bounds))
    won = min(tries, key=lambda one: float(one.fun))
    return won.x, float(won.fun)


def _interval(likelihood: Likelihood, at: int, best: Vector, least: float) -> tuple[float, float]:
    """The ends for the parameter at a place."""

    def end(bound: float) -> float:
        inside, outside, start = float(best[at]), bound, best
        if _best(likelihood, {at: bound}, start)[1] <= least + FALL:
            return bound
        for _ in range(HALVINGS):
            middle = (inside + outside) / 2
            there, loss = _best(likelihood, {at: middle}, start)
            if loss <= least + FALL:
                inside, start = middle, there
            else:
                outside = middle
        # The nearest value that is known to lie outside: rather too wide than too narrow.
        return outside

    return end(BOUNDS[at][0]), end(BOUNDS[at][1])


def _squared(one: Estimate) -> Estimate:
    """The correlation from its root; nothing tells how far it goes where it reaches beyond what is looked through."""
    if one.value is None or one.low is None or one.high is None:
        return one
    high = 1.0 if one.high >= BOUNDS[-1][1] else one.high
    return Estimate(round(one.value**2, 4), round(one.low**2, 4), round(high**2, 4), one.of)


def _why(name: str, readings: Sequence[Reading]) -> str:
    missed = sum(one.missed for one in readings)
    if name == "p1" and max(one.tokens for one in readings) <= 2000:
        return "the window holds no prompt of more than 2,000 tokens"
    if name == "pq" and max(one.questions for one in readings) == 1:
        return "no prompt with several questions was read"
    if missed in (0, len(readings)):
        return "everything was missed" if missed else "nothing was missed"
    return f"{len(readings)} readings with {missed} misses do not tell"
