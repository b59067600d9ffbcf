"""Ways of reading by name, as they are compared: every strategy, and variants of it.

sweep            a strategy with its defaults
chain:order=right,message=prose    with choices of it
sweep@1          with a number that is no choice: see `NUMBERED`
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from ..agents.strategies import STRATEGIES, made
from ..agents.strategies.chain import Chain
from ..agents.strategies.graph import Graph
from ..agents.strategies.memory import MemAgent
from ..agents.strategies.sweep import Sweep
from ..agents.strategy import Strategy
from ..core.errors import SettingsError, nearest
from ..core.options import Choices, Options
from .calibration.parallel import Blind, Rounds

WAYS = (*STRATEGIES, "chain:order=right", "sweep@1", "sweep@2")
"""What is compared unless something else is asked for."""
NUMBERED: Mapping[str, Callable[[Choices, int], Strategy]] = {
    "sweep": lambda _, rounds: Sweep(rounds=rounds),
    "rounds": lambda _, rounds: Rounds(rounds),
    "chain": lambda chosen, seed: Chain(message=chosen.message, shuffled=seed),
    "memory": lambda chosen, segment: MemAgent(chosen.message, segment=segment),
    "graph": lambda chosen, seed: Graph(chosen.facts, scattered=seed),
}
"""What a number means: rounds at most, the seed of a random order, tokens of a segment, the seed of start nodes."""
BARE: Mapping[str, Callable[[], Strategy]] = {"blind": Blind, "facts": lambda: Graph(opens=False)}
"""Ways that are only compared with: chunks asked by themselves, and a graph of which no part is read."""
KINDS = get_type_hints(Choices)
"""The types of choices by name."""


def options(way: str) -> Options:
    """The options that a way's name states. Every run is fresh: replies of other ways are not shared, costs are true.

    Raises SettingsError for a choice that does not exist.
    """
    name, _, stated = way.partition("@")[0].partition(":")
    values: dict[str, Any] = {}
    for part in filter(None, stated.split(",")):
        choice, _, value = part.partition("=")
        if choice not in KINDS:
            raise SettingsError(f"there is no choice {choice!r}", nearest(choice, list(KINDS)))
        number = KINDS[choice] in (int, int | None)
        values[choice] = value == "True" if KINDS[choice] is bool else int(value) if number else value
    return Options(strategy=name, fresh=True, **values)


def strategy(way: str) -> Strategy:
    """A new strategy for a way's name. Raises SettingsError where there is none."""
    stated, _, number = way.partition("@")
    chosen = options(stated)
    if not number:
        return BARE[way]() if way in BARE else made(chosen.strategy, chosen)
    if chosen.strategy not in NUMBERED or not number.isdigit() or not int(number):
        raise SettingsError(f"there is no way {way!r}", f"a number is known of {', '.join(NUMBERED)}: sweep@1")
    return NUMBERED[chosen.strategy](chosen, int(number))
