"""What a caller may choose about a way of reading. One name, one meaning, whatever strategy takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from ...core.errors import SettingsError, nearest

Order = Literal["left", "right"]
MessageForm = Literal["lines", "prose"]
FactsForm = Literal["lazy", "eager"]
MOST_PATHS = 8
"""More orders than any published comparison has read."""


@dataclass(frozen=True)
class Choices:
    """What may be chosen; a strategy takes what concerns it."""

    order: Order = "left"
    """Of `chain`: the end it begins at."""
    message: MessageForm = "lines"
    """Of `chain`: what readers hand on. Of `memory`: whether evidence lines are shown beside the last memory."""
    paths: int = 1
    """Of `chain`: how many orders of the text are read side by side."""
    lookback: bool = False
    """Of `memory`: before each segment, passages elsewhere in the text are looked up for what is missing."""
    stops: int = 0
    """Of `memory`: reading ends when so many times running nothing is missing; 0 reads everything."""
    facts: FactsForm = "lazy"
    """Of `graph`: whether a model makes facts of the whole text, or code finds them."""
    prune: bool = False
    """Of `retrieve`: sentences that say nothing about the question are not read."""
    rerank: str = ""
    """Of `retrieve`: who puts the best passages in order: `reader`, or a `core.seams.Reranker` as `module:Class`."""
    demonstrations: bool = False
    """Of all: readers are shown three examples, made from the text itself."""

    def __post_init__(self) -> None:
        """Raises SettingsError for what cannot be meant."""
        chosen = (
            ("order", self.order, get_args(Order)),
            ("message", self.message, get_args(MessageForm)),
            ("facts", self.facts, get_args(FactsForm)),
        )
        for name, value, known in chosen:
            if value not in known:
                raise SettingsError(f"there is no {name} {value!r}", nearest(str(value), known))
        if not 1 <= self.paths <= MOST_PATHS:
            raise SettingsError(f"there are 1 to {MOST_PATHS} paths, not {self.paths}", "each reads the text once")
        if self.stops < 0:
            raise SettingsError(f"stops must not be less than 0, not {self.stops}", "0 reads everything")
