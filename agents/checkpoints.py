"""What a checkpoint of the graph is made of, for those who compile it with a checkpointer of their own:

    serde = JsonPlusSerializer(allowed_msgpack_modules=checkpointed())

Found by following annotations, from the state and from the slot of every strategy: a type that is added to one of them
needs no mention here.
"""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints, is_typeddict

from .state import State
from .strategy import Strategy


def checkpointed() -> tuple[type[Any], ...]:
    """The dataclasses that may stand in a state, under any strategy that has been imported, in order of discovery."""
    slots = [get_type_hints(strategy.start)["return"] for strategy in Strategy.__subclasses__()]
    seen: dict[Any, None] = {}
    for kind in (State, *slots):
        _follow(kind, seen)
    return tuple(kind for kind in seen if not is_typeddict(kind))


def _follow(kind: Any, seen: dict[Any, None]) -> None:
    """Adds `kind` to `seen` where it has fields, and what it, its fields or its arguments are made of."""
    for argument in get_args(kind):
        _follow(argument, seen)
    if (is_dataclass(kind) or is_typeddict(kind)) and kind not in seen:
        seen[kind] = None
        for field in get_type_hints(kind).values():
            _follow(field, seen)
