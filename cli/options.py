"""Options that several commands share, in groups, each with its environment variable; and how they become a Clew.

A command takes a group as one parameter, `models: Models`; `spread` shows Typer the group's fields instead.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from ..app import Clew, Shelf
    from ..core.book import Book
    from ..core.results import Answer
    from ..core.trace import Trace


def option(
    name: str,
    help_text: str,
    metavar: str | None = None,
    least: float | None = None,
    panel: str | None = None,
    callback: Callable[[Any], Any] | None = None,
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
        callback=callback,
    )


def writable(path: Path | None) -> Path | None:
    """`path`, where a file can be made there: what was paid for must not be lost in the end. Raises SettingsError."""
    from ..core.errors import SettingsError

    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        raise SettingsError(f"{path} cannot be written", "name a file in a folder that exists")
    return path


def typed(context: typer.Context, name: str) -> bool:
    """Whether a parameter was given on the command line: neither by a variable, nor by settings, nor left alone."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def environment(name: str) -> str:
    """The variable that stands for the option `name`, in every command."""
    return "CLEW_" + name.upper().replace("-", "_")


_models = functools.partial(option, panel="Models")
_limits = functools.partial(option, panel="Limits")
_reading = functools.partial(option, panel="Reading")

EmbedderName = Annotated[
    str | None, _models("embedder", "What finds by meaning: lsa, the default; minilm; URL#NAME; module:Class.", "NAME")
]
Json = Annotated[bool, option("json", "Print one JSON object.")]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE", help="Files, folders, or - for standard input. Without any: the listed documents."),
]
Ocr = Annotated[bool, option("ocr", "Read scanned PDF pages by text recognition; needs tesseract.")]
Within = Annotated[
    str | None, option("in", "Of the listed documents, those whose path or name matches: 'reports/*', '*.pdf'.", "GLOB")
]
Report = Annotated[
    Path | None,
    option("report", "Also write the answer as a page that one can open.", "FILE.html", callback=writable),
]
LibraryFolder = Annotated[
    str | None, option("library", "Folder in which text, replies and indexes are kept.", "FOLDER")
]


class Direction(StrEnum):
    """Directions of `chain`."""

    left = "left"
    right = "right"


class Form(StrEnum):
    """Forms of the message of `chain` and `memory`."""

    lines = "lines"
    prose = "prose"


class FactsMade(StrEnum):
    """Who makes the facts of `graph`."""

    lazy = "lazy"
    eager = "eager"


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
            "model",
            "A name at --base-url; URL#NAME; local:FOLDER; or extractive, the default: quotes, no language model.",
            "MODEL",
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
    embedder: EmbedderName = None
    concurrency: Annotated[int, _models("concurrency", "Calls in flight at once.", "N", 1)] = 8
    call_seconds: Annotated[float, _models("call-seconds", "Deadline of one call.", "SECONDS", 0.1)] = 600
    ocr: Ocr = False
    keep: Annotated[Keep, option("keep", "none: leave no text, reply or index behind.")] = Keep.library


@dataclass(frozen=True, slots=True)
class Limits:
    """What a command may take."""

    max_calls: Annotated[int | None, _limits("max-calls", "Calls to send at most.", "N", 1)] = None
    max_tokens: Annotated[int | None, _limits("max-tokens", "Prompt and reply tokens at most.", "N", 1)] = None
    max_cost: Annotated[float | None, _limits("max-cost", "USD at most, by the prices you noted.", "USD", 0.0)] = None
    max_seconds: Annotated[float | None, _limits("max-seconds", "Seconds at most.", "SECONDS", 0.1)] = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read."""

    strategy: Annotated[
        str, _reading("strategy", "clew strategies lists them; several, with commas, side by side.", "NAME")
    ] = "auto"
    order: Annotated[Direction, _reading("order", "chain: the end it begins at.")] = Direction.left
    message: Annotated[Form, _reading("message", "chain, memory: evidence lines, or prose as in the papers.")] = (
        Form.lines
    )
    paths: Annotated[int, _reading("paths", "chain: so many orders of the text, side by side.", "N", 1)] = 1
    lookback: Annotated[
        bool, _reading("lookback", "memory: look up elsewhere, before each segment, what is missing.")
    ] = False
    stops: Annotated[
        int, _reading("stops", "memory: end when nothing is missing so many times running; 0 reads all.", "N", 0)
    ] = 0
    facts: Annotated[
        FactsMade, _reading("facts", "graph: eager has a model take the whole text apart first, as the paper does.")
    ] = FactsMade.lazy
    prune: Annotated[bool, _reading("prune", "retrieve: leave out sentences that say nothing about it.")] = False
    rerank: Annotated[
        str, _reading("rerank", "retrieve: who puts passages in order: reader, or module:Class.", "NAME")
    ] = ""
    demonstrations: Annotated[
        bool, _reading("demonstrations", "Show readers three examples, made from the text itself.")
    ] = False
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


def scope(clew: Clew, files: list[str] | None, within: str | None) -> Shelf:
    """The documents a command is about: those named, else the listed ones, or those of them that match."""
    from ..core.errors import SettingsError

    if files and within is not None:
        raise SettingsError("--in chooses among the listed documents, and files were named", "leave out one of them")
    return clew.open(files) if files else clew.listed(within)


def write_report(report: Path | None, answer: Answer, books: Mapping[str, Book]) -> None:
    """Writes the page of an answer where one was asked for. Raises SettingsError where it cannot be written."""
    if report is None:
        return
    from ..core.errors import SettingsError
    from ..report import page

    try:
        report.write_text(page(answer, books), encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{report} cannot be written: {error.strerror}", "name another with --report") from error
