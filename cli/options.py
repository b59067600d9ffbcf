"""Options that several commands share, in groups, each with its environment variable; and how they become a Clew.

A command takes a group as one parameter, `models: Models`; `spread` shows Typer the group's fields instead.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from ..app import Clew
    from ..core.trace import Trace

Json = Annotated[bool, typer.Option("--json", envvar="CLEW_JSON", help="Print one JSON object.")]
LibraryFolder = Annotated[
    Path | None,
    typer.Option("--library", envvar="CLEW_LIBRARY", help="Folder in which text, replies and indexes are kept."),
]


def _option(panel: str, name: str, help_text: str, least: float | None = None) -> Any:
    return typer.Option(f"--{name}", envvar=environment(name), rich_help_panel=panel, help=help_text, min=least)


def environment(name: str) -> str:
    """The variable that stands for the option `name`, in every command."""
    return "CLEW_" + name.upper().replace("-", "_")


_models = functools.partial(_option, "Models")
_limits = functools.partial(_option, "Limits")
_reading = functools.partial(_option, "Reading")


class Direction(StrEnum):
    """Directions of `chain`."""

    left = "left"
    right = "right"


class Form(StrEnum):
    """Forms of the message of `chain`."""

    lines = "lines"
    prose = "prose"


@dataclass(frozen=True, slots=True)
class Models:
    """Which models answer, and how they are called."""

    model: Annotated[
        str | None,
        _models(
            "model", "A name at --base-url, URL#NAME, or extractive (the default): quotes, without a language model."
        ),
    ] = None
    base_url: Annotated[
        str | None, _models("base-url", "An OpenAI-compatible server. Its key goes into CLEW_API_KEY.")
    ] = None
    reader_model: Annotated[str | None, _models("reader-model", "Another model for reading.")] = None
    manager_model: Annotated[str | None, _models("manager-model", "Another model for planning and answering.")] = None
    window: Annotated[int | None, _models("window", "Tokens of the model's window; else the server is asked.", 1)] = (
        None
    )
    concurrency: Annotated[int, _models("concurrency", "Calls in flight at once.", 1)] = 8
    call_seconds: Annotated[float, _models("call-seconds", "Deadline of one call.", 0.1)] = 600


@dataclass(frozen=True, slots=True)
class Limits:
    """What a command may take."""

    max_calls: Annotated[int | None, _limits("max-calls", "Calls to send at most.", 1)] = None
    max_tokens: Annotated[int | None, _limits("max-tokens", "Prompt and reply tokens at most.", 1)] = None
    max_seconds: Annotated[float | None, _limits("max-seconds", "Seconds at most.", 0.1)] = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read."""

    strategy: Annotated[str, _reading("strategy", "The way of reading; clew strategies lists them.")] = "auto"
    order: Annotated[Direction, _reading("order", "chain: the end it begins at.")] = Direction.left
    message: Annotated[Form, _reading("message", "chain: what readers hand on.")] = Form.lines
    evidence_tokens: Annotated[int, _reading("evidence-tokens", "Evidence in the JSON, in tokens.", 0)] = 4000
    fresh: Annotated[
        bool,
        typer.Option("--fresh", envvar="CLEW_FRESH", rich_help_panel="Reading", help="Use no reply of other runs."),
    ] = False


def spread(command: Callable[..., int]) -> Callable[..., int]:
    """`command` with every parameter that is a group replaced by the group's fields."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    shown: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        shown += _fields(groups[name]) if name in groups else [parameter.replace(annotation=hints[name])]

    @functools.wraps(command)
    def shown_command(**values: Any) -> int:
        made = {name: kind(**{f.name: values.pop(f.name) for f in fields(kind)}) for name, kind in groups.items()}
        return command(**values, **made)

    shown_command.__signature__ = inspect.Signature(shown, return_annotation=int)  # type: ignore[attr-defined]
    shown_command.__annotations__ = {p.name: p.annotation for p in shown}
    return shown_command


def _fields(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in fields(group)
        if f.default is not MISSING
    ]


def clew(trace: Trace, library: Path | None, models: Models | None = None) -> Clew:
    """A Clew from options. The first run in a folder says where text is kept."""
    from dataclasses import asdict

    from ..app import Clew

    made = Clew(library=library, trace=trace, **asdict(models or Models()))
    if made.library.new:
        trace.notice(f"text and replies are kept in {made.library.folder}")
    return made
