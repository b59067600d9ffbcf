"""What a caller may choose, each thing once: its name, type, default and meaning, here and on the command line.

`Options` is what a question is asked with from Python. A command shows the groups it takes, `Reading` and `Limits`, or
single fields; what it says of a field is the field's `Told`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import Annotated, Any, Literal, Self, get_args, get_origin, get_type_hints

from .errors import SettingsError, nearest

Order = Literal["left", "right", "related"]
MessageForm = Literal["lines", "prose"]
FactsForm = Literal["lazy", "eager"]
MOST_PATHS = 8
"""More orders than any published comparison has read."""
MOST_TOGETHER = 16
"""More questions than any published comparison has put into one prompt."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line says of a field."""

    help: str
    metavar: str | None = None
    least: float | None = None
    most: float | None = None
    of: tuple[str, ...] = ()
    """The strategies that take it; nothing is all of them."""


@dataclass(frozen=True)
class Choices:
    """What may be chosen about a way of reading; a strategy takes what concerns it."""

    order: Annotated[Order, Told("chain: the end it begins at, or what is alike in turn.", of=("chain",))] = "left"
    message: Annotated[
        MessageForm, Told("chain, memory: evidence lines, or prose as in the papers.", of=("chain", "memory"))
    ] = "lines"
    paths: Annotated[int, Told("chain: read in so many orders, side by side.", "N", 1, MOST_PATHS, of=("chain",))] = 1
    lookback: Annotated[
        bool, Told("memory: look up elsewhere, before each segment, what is missing.", of=("memory",))
    ] = False
    stops: Annotated[
        int, Told("memory: end when nothing is missing so many times running; 0 reads all.", "N", 0, of=("memory",))
    ] = 0
    block: Annotated[
        int | None, Told("sweep: first read for so many questions together.", "N", 1, MOST_TOGETHER, of=("sweep",))
    ] = None
    """None is as many as the model's probe allows."""
    facts: Annotated[
        FactsForm, Told("graph: eager has a model take the whole text apart first, as the paper does.", of=("graph",))
    ] = "lazy"
    prune: Annotated[bool, Told("retrieve: leave out sentences that say nothing about it.", of=("retrieve",))] = False
    rerank: Annotated[
        str, Told("retrieve: who puts passages in order: reader, or module:Class.", "NAME", of=("retrieve",))
    ] = ""
    """`reader`, or a `core.seams.Reranker`."""
    demonstrations: Annotated[bool, Told("Show readers three examples, made from the text itself.")] = False

    def __post_init__(self) -> None:
        """Raises SettingsError for what cannot be meant."""
        group: Any = type(self)
        for name, kind in _kinds(group).items():
            _check(name, getattr(self, name), *get_args(kind))


@dataclass(frozen=True)
class Reading(Choices):
    """How to read."""

    strategy: Annotated[str, Told("How to read: clew strategies tells; several with commas, side by side.", "NAME")] = (
        "auto"
    )
    evidence_tokens: Annotated[int, Told("Evidence in the JSON, in tokens.", "N", 0)] = 4000
    fresh: Annotated[bool, Told("Ask anew: use no reply of earlier runs.")] = False


@dataclass(frozen=True)
class Limits:
    """What a command may take. None is no limit."""

    max_calls: Annotated[int | None, Told("Calls to models at most.", "N", 1)] = None
    max_tokens: Annotated[int | None, Told("Prompt and reply tokens at most.", "N", 1)] = None
    max_cost: Annotated[float | None, Told("USD at most; clew doctor says where prices go.", "USD", 0.0001)] = None
    """Refused where a model's price is unknown."""
    max_seconds: Annotated[float | None, Told("Seconds at most.", "SECONDS", 0.1)] = None

    def unlimited(self) -> Self:
        """The same without limits."""
        return replace(self, **asdict(NO_LIMITS))


NO_LIMITS = Limits()


@dataclass(frozen=True)
class Options(Limits, Reading):
    """How a question is to be answered."""

    length: Annotated[int, Told("Words, about.", "N", 20, 5000)] = 200
    """Of a summary."""
    cutoff: Annotated[
        float, Told("Leave out places that score under this share of the best; 0 lists all.", "SHARE", 0, 1)
    ] = 0.35
    """Of `find`."""


@cache
def _kinds(group: type) -> dict[str, Any]:
    return get_type_hints(group, include_extras=True)


def told(name: str) -> Told:
    """What is told of a field of `Options`."""
    found: Told = _kinds(Options)[name].__metadata__[0]
    return found


def words(name: str) -> tuple[str, ...]:
    """The words that a field of `Options` may be, where it is one of a few."""
    kind = get_args(_kinds(Options)[name])[0]
    return get_args(kind) if get_origin(kind) is Literal else ()


def vain(strategy: str) -> list[str]:
    """The choices that `strategy`, a name or several with commas, takes no notice of."""
    names = {name.strip() for name in strategy.split(",")}
    return [choice.name for choice in fields(Choices) if (takers := told(choice.name).of) and not names & {*takers}]


def _check(name: str, value: Any, kind: Any, of_field: Told) -> None:
    """Raises SettingsError where `value` is none that the field may have."""
    if get_origin(kind) is Literal and value not in get_args(kind):
        raise SettingsError(f"there is no {name} {value!r}", nearest(str(value), get_args(kind)))
    for end, over, words in ((of_field.least, -1, "or more"), (of_field.most, 1, "or less")):
        if end is not None and value is not None and (value - end) * over > 0:
            raise SettingsError(f"{name} takes {end:g} {words}, not {value:g}")


DEFAULTS = Options()
