"""What use teaches about an endpoint: how many tokens it counts where we count one, and how long its context really is.

Chunks are cut by these, and finished calls are found again by their words: a run that was cut short must see the same
borders when it goes on. So what is learnt is kept at once, but adopted only when no run is unfinished.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, replace

from ...core.seams import Memo

MARGIN = 1.15
"""Tokens counted per estimated token where nothing is known: room for vocabularies that split words finer."""
STEP = 0.05
"""Factors are kept in steps of this: borders are not to move for a trifle."""
LONG = 1000
"""Estimated tokens from which a prompt teaches: in shorter ones what surrounds the text weighs too much."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What is known of an endpoint by use."""

    factor: float = MARGIN
    """Tokens counted per estimated token."""
    window: int | None = None
    """Its context as a refusal told, in tokens; None where nothing was refused."""


def adopt(memo: Memo | None, name: str, settled: bool) -> Traits | None:
    """The traits that the endpoint `name` is to be used with; None where nothing is known.

    Args:
        settled: no run is unfinished, so that what was learnt since may be adopted.
    """
    if memo is None:
        return None
    learnt = _read(memo.recall(f"learnt {name}"))
    if learnt is not None and settled:
        memo.keep(f"traits {name}", json.dumps(asdict(learnt)))
        return learnt
    return _read(memo.recall(f"traits {name}"))


def begin(memo: Memo | None, name: str, traits: Traits) -> None:
    """Keeps the traits that an endpoint is first used with."""
    if memo is not None:
        memo.keep(f"traits {name}", json.dumps(asdict(traits)))


class Lessons:
    """Watches the replies of one endpoint and keeps what they teach, for later runs."""

    def __init__(self, memo: Memo | None, name: str, traits: Traits) -> None:
        self._memo = memo
        self._name = name
        self._kept = traits

    def counted(self, estimate: float, told: int) -> None:
        """A prompt of `estimate` estimated tokens had `told` by the server's count.

        Counting too little is corrected. Counting too much is not: it costs some room, and new borders would make
        every question that was asked before pay for its reading anew.
        """
        if told and estimate >= LONG and told > self._kept.factor * estimate:
            self._learn(replace(self._kept, factor=round(math.ceil(told / estimate * 1.02 / STEP) * STEP, 2)))

    def overflowed(self, window: int) -> None:
        """The server refused a prompt: its context is `window`."""
        self._learn(replace(self._kept, window=window))

    def _learn(self, traits: Traits) -> None:
        if traits != self._kept and self._memo is not None:
            self._memo.keep(f"learnt {self._name}", json.dumps(asdict(traits)))
        self._kept = traits


def _read(record: str | None) -> Traits | None:
    try:
        traits = Traits(**json.loads(record or ""))
    except (ValueError, TypeError):
        return None
    usable = isinstance(traits.factor, int | float) and 0.2 <= traits.factor <= 20
    return traits if usable and isinstance(traits.window, int | None) else None
