"""How a question is to be answered: what a caller may choose, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass

from ..agents.strategies.choices import Choices
from ..core.errors import SettingsError


@dataclass(frozen=True)
class Options(Choices):
    """How a question is to be answered. None is no limit."""

    strategy: str = "auto"
    length: int = 200
    """Words of a summary."""
    max_calls: int | None = None
    max_tokens: int | None = None
    max_cost: float | None = None
    """USD; refused where a model's price is unknown."""
    max_seconds: float | None = None
    fall: float = 0.35
    """Of `find`: share of the best place's score under which a place is left out; 0 leaves none out."""
    evidence_tokens: int = 4000
    """How much evidence to offer with the answer."""
    fresh: bool = False
    """Not to use replies of earlier runs."""

    def __post_init__(self) -> None:
        """Raises SettingsError for what cannot be meant."""
        super().__post_init__()
        for name in ("max_calls", "max_tokens", "max_cost", "max_seconds", "length"):
            limit = getattr(self, name)
            if limit is not None and limit <= 0:
                raise SettingsError(f"{name} must be more than 0, not {limit}", "None is no limit")
