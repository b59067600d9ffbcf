"""Chance without a state: every draw is a hash of what it is about, so equal prompts are answered equally."""

from __future__ import annotations

import hashlib
from math import sqrt
from statistics import NormalDist

_NORMAL = NormalDist()


def uniform(*about: object) -> float:
    """A number between 0 and 1, exclusive, the same whenever `about` is."""
    digest = hashlib.blake2b("\0".join(map(str, about)).encode(), digest_size=8).digest()
    return (int.from_bytes(digest) + 0.5) / 2**64


def happens(p: float, *about: object) -> bool:
    """True with probability `p`."""
    return uniform(*about) < p


def recurs(p: float, rho: float, who: tuple[object, ...], here: tuple[object, ...]) -> bool:
    """True with probability `p`, correlated by `rho` with the draws for the same `who` elsewhere.

    √ρ·Z(who) + √(1−ρ)·Z(who, here) < Φ⁻¹(p), a Gaussian copula with one factor (Vasicek 1987, "Probability of Loss on
    Loan Portfolio").
    """
    if p <= 0 or p >= 1:
        return p >= 1
    common = _NORMAL.inv_cdf(uniform(*who))
    own = _NORMAL.inv_cdf(uniform(*who, *here))
    return sqrt(rho) * common + sqrt(1 - rho) * own < _NORMAL.inv_cdf(p)
