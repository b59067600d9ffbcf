"""What tokens cost: a small table that the user keeps. A model without an entry has an unknown price, not none.

# prices.toml, USD for a million tokens; a name, or a pattern such as "gpt-5*"; the first that fits counts
["qwen3-8b"]
prompt = 0.05
cached = 0.01      # prompt tokens that the server had in its cache; as `prompt` where it is left out
completion = 0.20
"""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import SettingsError
from ..core.settings import read_table
from ..core.types import Usage

MILLION = 1_000_000
_FIELDS = {"prompt", "cached", "completion"}


@dataclass(frozen=True, slots=True)
class Price:
    """USD for a million tokens."""

    prompt: float
    completion: float
    cached: float

    def of(self, usage: Usage) -> float:
        """What `usage` costs, in USD."""
        fresh = usage.prompt_tokens - usage.cached_tokens
        return (
            fresh * self.prompt + usage.cached_tokens * self.cached + usage.completion_tokens * self.completion
        ) / MILLION


def read_prices(path: Path) -> dict[str, Price]:
    """Prices by model name or pattern, in order of the file. Raises SettingsError for what cannot be meant."""
    return {name: _price(path, name, entry) for name, entry in read_table(path).items()}


def price_of(model: str, prices: dict[str, Price]) -> Price | None:
    """The price of a model, by its name alone or with its server's address before it; None where it is unknown."""
    short = model.rpartition("#")[2]
    for pattern, price in prices.items():
        if fnmatch.fnmatchcase(short, pattern) or fnmatch.fnmatchcase(model, pattern):
            return price
    return None


def _price(path: Path, name: str, entry: Any) -> Price:
    good = isinstance(entry, dict) and {"prompt", "completion"} <= entry.keys() <= _FIELDS
    if not good or not all(isinstance(v, int | float) and not isinstance(v, bool) and v >= 0 for v in entry.values()):
        raise SettingsError(
            f"{path}: the price of {name!r} is no price",
            "prompt and completion, perhaps cached, each USD for a million tokens",
        )
    return Price(float(entry["prompt"]), float(entry["completion"]), float(entry.get("cached", entry["prompt"])))
