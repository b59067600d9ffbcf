"""Options that several commands share, in groups, each with its environment variable; and how they become a Clew.

A command takes a group as one parameter, `models: Models`; `spread` shows Typer the group's fields instead.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from ..app import Clew
    from ..core.trace import Trace


def option(
    name: str, help_text: str, metavar: str | None = None, least: float | None = None, panel: str | None = None
) -> Any:
    """An option with its environment variable, which the help explains once for all of them."""
    return typer.Option(
        f"--{name}",
        envvar=environment(name),
        show_envvar=False,
        help=help_text,
        metavar=metavar,
        min=least,
        rich_help_panel=panel,
    )


def environment(name: str) -> str:
    """The variable that stands for the option `name`, in every command."""
    return "CLEW_" + name.upper().replace("-", "_")


_models = functools.partial(option, panel="Models")
_limits = functools.partial(option, panel="Limits")
_reading = functools.partial(option, panel="Reading")

Json = Annotated[bool, option("json", "Print one JSON object.")]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE", help="Files, folders, or - for standard input. Without any: the listed documents."),
]
LibraryFolder = Annotated[
    str | None, option("library", "Folder in which text, replies and indexes are kept.", "FOLDER")
]


class Direction(StrEnum):
    """Directions of `chain`."""

    left = "left"
    right = "right"


class Form(StrEnum):
    """Forms of the message of `chain`."""

    lines = "lines"
    prose = "prose"


class Keep(StrEnum):
    """What stays when the command has ended."""

    library = "library"
    none = "none"


@dataclass(frozen=True, slots=True)
class Models:
    """Which models answer, and how they are called."""

    model: Annotated[
        str | None,
        _models(
            "model", "A name at --base-url; URL#NAME; or extractive, the default: quotes, no language model.", "MODEL"
        ),
    ] = None
    base_url: Annotated[
        str | None, _models("base-url", "An OpenAI-compatible server. Its key goes into CLEW_API_KEY.", "URL")
    ] = None
    reader_model: Annotated[str | None, _models("reader-model", "Another model for reading.", "MODEL")] = None
    manager_model: Annotated[
        str | None, _models("manager-model", "Another model for planning and answering.", "MODEL")
    ] = None
    window: Annotated[
        int | None, _models("window", "Tokens of prompt and reply together; else the server is asked.", "N", 1)
    ] = None
    concurrency: Annotated[int, _models("concurrency", "Calls in flight at once.", "N", 1)] = 8
    call_seconds: Annotated[float, _models("call-seconds", "Deadline of one call.", "SECONDS", 0.1)] = 600
    keep: Annotated[Keep, option("keep", "none: leave no text, reply or index behind.")] = Keep.library


@dataclass(frozen=True, slots=True)
class Limits:
    """What a command may take."""

    max_calls: Annotated[int | None, _limits("max-calls", "Calls to send at most.", "N", 1)] = None
    max_tokens: Annotated[int | None, _limits("max-tokens", "Prompt and reply tokens at most.", "N", 1)] = None
    max_seconds: Annotated[float | None, _limits("max-seconds", "Seconds at most.", "SECONDS", 0.1)] = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read."""

    strategy: Annotated[str, _reading("strategy", "The way of reading; clew strategies lists them.", "NAME")] = "auto"
    order: Annotated[Direction, _reading("order", "chain: the end it begins at.")] = Direction.left
    message: Annotated[Form, _reading("message", "chain: what readers hand on.")] = Form.lines
    evidence_tokens: Annotated[int, _reading("evidence-tokens", "Evidence in the JSON, in tokens.", "N", 0)] = 4000
    fresh: Annotated[bool, _reading("fresh", "Use no reply of other runs.")] = False


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
    """A group's fields as parameters; every field has a default."""
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in fields(group)
    ]


def clew(trace: Trace, library: str | None, models: Models | None = None) -> Clew:
    """A Clew from options. The first run in a folder says where text is kept."""
    from dataclasses import asdict

    from ..app import Clew

    made = Clew(library=library, trace=trace, **asdict(models or Models()))
    if made.library.new and (models is None or models.keep == Keep.library):
        trace.notice(f"text and replies are kept in {made.library.folder}")
    return made
