"""How likely readings are under a profile: the miss probability of the simulated reader, and its one common factor.

    p = min(.97, (p0 + p1·max(0, log2(tokens/2000)) + pq·log2(questions)) · (1 + 4·d·x·(1−x)))
    missed  when  r·Z(needle) + √(1−r²)·Z(needle, prompt) < Φ⁻¹(p),  r = √rho

The factor is integrated out over equally likely strata of its distribution.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..simulated.scene import WORST
from .marks import Reading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

NAMES = ("p0", "p1", "pq", "d", "r")
BOUNDS = ((0.0, WORST), (0.0, 0.5), (0.0, 0.5), (0.0, 1.0), (0.0, 0.97))
"""Where each is looked for."""
STRATA = 24
LEAST = 1e-6
"""Probability of a miss at least: a reader who never missed so far may miss once."""


class Likelihood:
    """Of readings, as a function of the five parameters in the order of `NAMES`."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        import numpy as np
        from scipy.special import ndtri

        ordered = sorted(readings, key=lambda one: one.needle)
        needles = [one.needle for one in ordered]
        self._sign = np.array([1.0 if one.missed else -1.0 for one in ordered])[:, None]
        self._length = np.log2(np.maximum(1.0, np.array([one.tokens for one in ordered]) / 2000))
        self._questions = np.log2(np.array([one.questions for one in ordered]))
        depths = np.array([one.depth for one in ordered])
        self._middle = 4 * depths * (1 - depths)
        self._firsts = [at for at, needle in enumerate(needles) if at == 0 or needle != needles[at - 1]]
        self._needle = np.cumsum([at in set(self._firsts) for at in range(len(ordered))]) - 1
        self._z = ndtri((np.arange(STRATA) + 0.5) / STRATA)

    def loss(self, theta: Vector) -> tuple[float, Vector]:
        """Minus the logarithm of the likelihood, and its gradient."""
        import numpy as np
        from scipy.special import log_ndtr, logsumexp, ndtri

        r = theta[4]
        own = np.sqrt(1 - r * r)
        p, slopes = self._misses(theta)
        t = ndtri(p)
        u = (t[:, None] - r * self._z) / own
        logs = log_ndtr(self._sign * u)
        each = np.add.reduceat(logs, self._firsts, axis=0)
        total = logsumexp(each, axis=1, keepdims=True)
        weight = np.exp(each - total)[self._needle]
        by_u = weight * self._sign * np.exp(-0.5 * u * u - logs) / np.sqrt(2 * np.pi)
        by_p = by_u.sum(axis=1) / own * np.sqrt(2 * np.pi) * np.exp(0.5 * t * t)
        by_r = (by_u * (u * r / own**2 - self._z / own)).sum()
        gradient = np.append((slopes * by_p).sum(axis=1), by_r)
        return float(len(self._firsts) * np.log(STRATA) - total.sum()), -gradient

    def _misses(self, theta: Vector) -> tuple[Vector, Any]:
        """Probabilities of a miss, one a reading, and how they change with the first four parameters."""
        import numpy as np

        p0, p1, pq, d = theta[:4]
        base = p0 + p1 * self._length + pq * self._questions
        lift = 1 + d * self._middle
        raw = base * lift
        slopes = np.stack([lift, lift * self._length, lift * self._questions, base * self._middle])
        free = (raw > LEAST) & (raw < WORST)
        # At the least a reader is pushed upwards still; at the worst nothing changes any more.
        return np.clip(raw, LEAST, WORST), slopes * (free | (raw <= LEAST))
