"""Clew for Python: opens documents, asks them. The one place where the parts are put together.

with Clew("extractive") as clew:
    answer = clew.open("contract.pdf").ask("When does the term end?")
    print(answer.status, answer.text, [c.quote for c in answer.citations])
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.options import Options
    from .catalogue import Report
    from .clew import Clew
    from .shelf import Shelf

__all__ = ["Clew", "Options", "Report", "Shelf"]

_HOMES = {"Clew": ".clew", "Options": "..core.options", "Report": ".catalogue", "Shelf": ".shelf"}
"""Loaded on first use: a process beside this one that reads files needs none of them."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name], __name__), name)
