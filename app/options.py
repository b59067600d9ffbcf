"""How a question is to be answered: what a caller may choose, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from ..agents.strategies import MessageForm, Order
from ..core.errors import SettingsError, nearest


@dataclass(frozen=True, slots=True)
class Options:
    """How a question is to be answered. None is no limit."""

    strategy: str = "auto"
    order: Order = "left"
    """Direction of `chain`."""
    message: MessageForm = "lines"
    """Form of the message that `chain` hands on."""
    length: int = 200
    """Words of a summary."""
    max_calls: int | None = None
    max_tokens: int | None = None
    max_seconds: float | None = None
    evidence_tokens: int = 4000
    """How much evidence to offer with the answer."""
    fresh: bool = False
    """Not to use replies of earlier runs."""

    def __post_init__(self) -> None:
        """Raises SettingsError for what cannot be meant."""
        chosen = (("order", self.order, get_args(Order)), ("message", self.message, get_args(MessageForm)))
        for name, value, known in chosen:
            if value not in known:
                raise SettingsError(f"there is no {name} {value!r}", nearest(str(value), known))
        for name in ("max_calls", "max_tokens", "max_seconds", "length"):
            limit = getattr(self, name)
            if limit is not None and limit <= 0:
                raise SettingsError(f"{name} must be more than 0, not {limit}", "None is no limit")
