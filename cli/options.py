"""Options that several commands share, in groups, each with its environment variable; and how they become a Clew.

A command takes a group as one parameter, `models: Models`; `spread` shows Typer the group's fields instead.
"""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

import typer

from ..core.options import Limits as Limits
from ..core.options import Reading as Reading
from ..core.options import Told, told, vain

if TYPE_CHECKING:
    from ..app import Clew, Shelf
    from ..core.book import Book
    from ..core.results import Answer
    from ..core.trace import Trace

VARIABLES: set[str] = set()
"""The environment variables of all options."""
PANELS: dict[type, str] = {Reading: "Reading", Limits: "Limits"}
"""Under which heading help shows the groups of `core.options`."""


def option(
    name: str,
    help_text: str,
    metavar: str | None = None,
    least: float | None = None,
    most: float | None = None,
    panel: str | None = None,
    callback: Callable[[Any], Any] | None = None,
    variable: bool = True,
) -> Any:
    """An option with its environment variable, which the help explains once for all of them."""
    if variable:
        VARIABLES.add(environment(name))
    return typer.Option(
        f"--{name}",
        envvar=environment(name) if variable else None,
        show_envvar=False,
        help=help_text,
        metavar=metavar,
        min=least,
        max=most,
        rich_help_panel=panel,
        callback=callback,
    )


def taken(name: str, panel: str | None = None) -> Any:
    """The option for a field of `core.options.Options`."""
    said = told(name)
    return option(name.replace("_", "-"), said.help, said.metavar, said.least, said.most, panel)


def writable(path: Path | None) -> Path | None:
    """`path`, where a file can be made there: what was paid for must not be lost in the end. Raises SettingsError."""
    from ..core.errors import SettingsError

    if path is not None and (path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK)):
        raise SettingsError(f"{path} cannot be written", "name a file in a folder that can be written to")
    return path


def typed(context: typer.Context, name: str) -> bool:
    """Whether a parameter was given on the command line: neither by a variable, nor by settings, nor left alone."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def in_vain(context: typer.Context, strategy: str) -> None:
    """Raises SettingsError where a choice was typed that `strategy`, a name or several, takes no notice of."""
    from ..core.errors import SettingsError

    for name in vain(strategy):
        if typed(context, name):
            takers = told(name).of
            words = f"--{name} is for {' and '.join(takers)}: {strategy} takes no notice of it"
            raise SettingsError(words, f"leave it out, or name --strategy {takers[0]}")


def environment(name: str) -> str:
    """The variable that stands for the option `name`, in every command."""
    return "CLEW_" + name.upper().replace("-", "_")


_models = functools.partial(option, panel="Models")

EmbedderName = Annotated[
    str | None, _models("embedder", "What finds by meaning: lsa, the default; minilm; URL#NAME; module:Class.", "NAME")
]
Json = Annotated[bool, option("json", "Print one JSON object.")]
Ocr = Annotated[bool, option("ocr", "Read scanned PDF pages by text recognition; needs tesseract.")]
Report = Annotated[
    Path | None,
    option("report", "Also write the answer as a web page.", "FILE.html", callback=writable),
]
LibraryFolder = Annotated[str | None, option("library", "Where text, replies and indexes are kept.", "FOLDER")]


@dataclass(frozen=True, slots=True)
class Documents:
    """What a command reads, and where it is kept."""

    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Files, folders, or - for standard input; none: the listed documents."),
    ] = None
    within: Annotated[
        str | None, option("in", "Of the listed documents, those whose path matches: 'reports/*', '*.pdf'.", "GLOB")
    ] = None
    library: LibraryFolder = None

    def opened(self, clew: Clew) -> Shelf:
        """The files that were named, else the listed ones, or those of them that match.

        Raises SettingsError where both were given.
        """
        from ..core.errors import SettingsError

        if self.files and self.within is not None:
            raise SettingsError("--in chooses among listed documents, and files were named", "leave out one of them")
        return clew.open(self.files) if self.files else clew.listed(self.within)


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
    keep: Annotated[Literal["library", "none"], option("keep", "none: leave no text, reply or index behind.")] = (
        "library"
    )


def spread(command: Callable[..., int]) -> Callable[..., int]:
    """`command` with every parameter that is a group replaced by the group's fields.

    A parameter of its own that is called like a field stands for that, which keeps its default.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    given = {name: [f for f in _fields(kind) if f.name not in hints] for name, kind in groups.items()}
    shown: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        shown += given[name] if name in groups else [parameter.replace(annotation=hints[name])]

    @functools.wraps(command)
    def shown_command(**values: Any) -> int:
        made = {name: kind(**{f.name: values.pop(f.name) for f in given[name]}) for name, kind in groups.items()}
        return command(**values, **made)

    shown_command.__signature__ = inspect.Signature(shown, return_annotation=int)  # type: ignore[attr-defined]
    shown_command.__annotations__ = {p.name: p.annotation for p in shown}
    return shown_command


def _fields(group: Any) -> list[inspect.Parameter]:
    """A group's fields as parameters, before those that it inherits; every field has a default."""
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=_shown(f.name, hints[f.name], group)
        )
        for f in sorted(fields(group), key=lambda f: f.name not in group.__annotations__)
    ]


def _shown(name: str, kind: Any, group: Any) -> Any:
    """The type of a field, with what Typer is told of it."""
    plain, about = get_args(kind)
    return Annotated[plain, taken(name, PANELS[group])] if isinstance(about, Told) else kind


def clew(trace: Trace, library: str | None, models: Models | None = None) -> Clew:
    """A Clew from options. The first run in a folder says where text is kept."""
    from dataclasses import asdict

    from ..app import Clew

    made = Clew(library=library, trace=trace, **asdict(models or Models()))
    if made.library.new and (models is None or models.keep == "library"):
        trace.notice(f"text and replies are kept in {made.library.folder}")
    return made


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
