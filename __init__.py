"""Clew: reads documents far longer than a model's window and answers with citations that are located in the text."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import Clew, Shelf
    from .core.errors import (
        BadReply,
        ClewError,
        DocumentError,
        LimitReached,
        ModelError,
        ModelUnavailable,
        SettingsError,
        StoreError,
    )
    from .core.options import Options
    from .core.results import Answer, Citation, Coverage, Found, Item, Place
    from .core.types import Call, Reply, Usage
    from .models.scripted import Scripted

_HOMES = {
    "Answer": "core.results",
    "BadReply": "core.errors",
    "Call": "core.types",
    "Citation": "core.results",
    "Clew": "app",
    "ClewError": "core.errors",
    "Coverage": "core.results",
    "DocumentError": "core.errors",
    "Found": "core.results",
    "Item": "core.results",
    "LimitReached": "core.errors",
    "ModelError": "core.errors",
    "ModelUnavailable": "core.errors",
    "Options": "core.options",
    "Place": "core.results",
    "Reply": "core.types",
    "Scripted": "models.scripted",
    "SettingsError": "core.errors",
    "Shelf": "app",
    "StoreError": "core.errors",
    "Usage": "core.types",
}

__version__ = "0.1.0"
__all__ = [
    "Answer",
    "BadReply",
    "Call",
    "Citation",
    "Clew",
    "ClewError",
    "Coverage",
    "DocumentError",
    "Found",
    "Item",
    "LimitReached",
    "ModelError",
    "ModelUnavailable",
    "Options",
    "Place",
    "Reply",
    "Scripted",
    "SettingsError",
    "Shelf",
    "StoreError",
    "Usage",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'clew' has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
