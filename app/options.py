"""How a question is to be answered: what a caller may choose, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass

from ..agents.strategies import MessageForm, Order


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
