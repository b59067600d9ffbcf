"""How badly a simulated reader reads: a frozen set of parameters, kept as data files beside this one."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from importlib.resources import files

from ...core.errors import SettingsError, nearest


@dataclass(frozen=True, slots=True)
class Profile:
    """Parameters of a simulated reader. Probabilities unless said otherwise; the defaults are those of no noise."""

    p0: float = 0.0
    """Of missing a recognisable fact in a prompt of up to 2,000 tokens that asks one question, at either end."""
    p1: float = 0.0
    """Added for every doubling of the prompt beyond 2,000 tokens."""
    pq: float = 0.0
    """Added for every doubling of the number of questions in the prompt."""
    d: float = 0.0
    """How much likelier a miss is in the middle of a prompt than at its ends: a share, not a probability."""
    rho: float = 0.0
    """Correlation of misses of the same fact in different prompts."""
    b: float = 0.0
    """That a fact is recognised although what it depends on is not known; drawn once for a fact."""
    h: float = 0.0
    """Of false news, a call."""
    s: float = 0.0
    """That a sentence number is off by one, a call."""
    v: float = 0.0
    """That a sentence number was never printed, a call."""
    m: float = 0.0
    """Of a malformed reply, a call."""
    i: float = 0.0
    """Of obeying a planted instruction, a call."""
    w: float = 0.0
    """That a writer drops an item, for each item and rewriting."""
    r: float = 0.0
    """That the question itself stands in place of a sub-question."""
    a: float = 1.0
    """Of being right with all facts at hand."""
    e: float = 0.0
    """By which every false item at hand lessens that, as a factor 1 - e."""
    c: float = 0.0
    """By which every doubling of what is at hand beyond 1,000 tokens lessens it, as a difference."""
    g: float = 0.0
    """Of a wrong answer where no right one is given; otherwise the manager abstains."""

    def __post_init__(self) -> None:
        """Raises SettingsError for what is no probability."""
        for name, value in asdict(self).items():
            if not 0 <= value <= 1:
                raise SettingsError(f"{name} of a profile must be between 0 and 1, not {value}", "mend the profile")


PROFILES = tuple(sorted(file.name.removesuffix(".json") for file in (files(__package__) / "profiles").iterdir()))
"""Names of the profiles that are kept here."""


def profile(name: str) -> Profile:
    """The profile called `name`. Raises SettingsError where there is none."""
    if name not in PROFILES:
        raise SettingsError(f"there is no profile {name!r}", nearest(name, PROFILES))
    return read((files(__package__) / "profiles" / f"{name}.json").read_text(encoding="utf-8"))


def read(text: str) -> Profile:
    """A profile from JSON, such as one that was measured. Raises SettingsError for a parameter that is not known."""
    values = json.loads(text)
    known = [field.name for field in fields(Profile)]
    for name in values:
        if name not in known:
            raise SettingsError(f"a profile has no parameter {name!r}", nearest(name, known))
    return Profile(**values)
