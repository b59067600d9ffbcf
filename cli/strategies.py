"""`clew strategies`: the ways of reading."""

from __future__ import annotations

import json

from . import options as o


def strategies(as_json: o.Json = False) -> int:
    """The ways of reading: where each comes from, what it is good at, how many calls it takes."""
    from ..agents.strategies import STRATEGIES

    entries = STRATEGIES.values()
    if as_json:
        rows = [{"name": e.name, "system": e.system, "good_at": e.good_at, "calls": e.calls} for e in entries]
        print(json.dumps({"schema": "clew.strategies/1", "strategies": rows}, ensure_ascii=False))
        return 0
    for e in entries:
        print(f"{e.name:10}{e.good_at}\n{'':10}{e.system}; calls: {e.calls}")
    return 0
