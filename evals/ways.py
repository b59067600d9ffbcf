"""Ways of reading by name, as they are compared: every strategy, and variants of it.

sweep            a strategy with its defaults
chain:order=right,message=prose    with choices of it
sweep@1          with so many rounds at most
"""

from __future__ import annotations

from typing import Any, get_type_hints

from ..agents.strategies import STRATEGIES, entry
from ..agents.strategies.choices import Choices
from ..agents.strategies.sweep import Sweep
from ..agents.strategy import Strategy
from ..app.options import Options
from ..core.errors import SettingsError, nearest

WAYS = (*STRATEGIES, "chain:order=right", "sweep@1", "sweep@2")
"""What is compared unless something else is asked for."""
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
        values[choice] = value == "True" if KINDS[choice] is bool else int(value) if KINDS[choice] is int else value
    return Options(strategy=name, fresh=True, **values)


def strategy(way: str) -> Strategy:
    """A new strategy for a way's name. Raises SettingsError where there is none."""
    name, _, rounds = way.partition("@")
    if not rounds:
        chosen = options(name)
        return entry(chosen.strategy).make(chosen)
    if name != "sweep" or not rounds.isdigit() or not int(rounds):
        raise SettingsError(f"there is no way {way!r}", "only sweep has rounds: sweep@1")
    return Sweep(rounds=int(rounds))
