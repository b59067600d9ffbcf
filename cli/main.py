"""The command `clew`: its commands, and the one place where failures become a line, a hint and an exit code.

0 answered, partial or conflicting · 1 not found · 7 open · 2 wrong usage · 3 no document could be read · 4 the model
or its server failed · 5 a limit was reached · 6 the library cannot be used · 70 a bug in Clew · 130 interrupted ·
141 broken pipe
"""

from __future__ import annotations

import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TextIO

import typer

from ..core.egress import NotNamed, guard
from ..core.errors import ClewError, ModelError, SettingsError
from ..core.serialize import error_to_dict
from ..core.settings import read_settings
from .ask import ask
from .batch import batch
from .doctor import doctor
from .find import find
from .index import index
from .library import app as library
from .mistakes import check_variables, mistake
from .options import VARIABLES
from .probe import probe
from .runs import runs
from .show import show
from .strategies import strategies
from .summarize import summarize
from .text import text
from .use import use


def ending_well(command: Callable[..., int]) -> Callable[..., int]:
    """`command`, with an interruption and a closed pipe told as Clew tells them: Typer would end both its own way."""

    @functools.wraps(command)
    def guarded(*arguments: Any, **named: Any) -> int:
        try:
            return command(*arguments, **named)
        except KeyboardInterrupt:
            print("clew: interrupted; the same command goes on where it stopped", file=sys.stderr)
            return 130
        except BrokenPipeError:
            return _broken_pipe()
        except NotNamed as error:
            raise ModelError(str(error), "name it with --base-url where it is to be spoken to") from None
        except OSError as error:
            if error.filename is not None:
                raise
            return _unwritable(error)

    return guarded


app = typer.Typer(
    name="clew",
    help="Questions about documents far longer than a model's window, answered with citations located in the text.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Try: clew ask "Who is the captain?" book.txt',
)
for command, example in (
    (ask, 'clew ask "When does the term end?" contract.pdf'),
    (find, 'clew find "limitation of liability" contract.pdf'),
    (summarize, 'clew summarize report.pdf --focus "risks" --length 150'),
    (batch, "clew batch questions.jsonl --out answers.jsonl"),
    (index, "clew index reports/"),
    (text, "clew text contract.pdf | head"),
    (runs, "clew runs --json"),
    (show, "clew show 20261121-1a2b3c4d --report answer.html"),
    (strategies, "clew strategies"),
    (doctor, "clew doctor --base-url http://localhost:8000/v1 --model qwen3-8b"),
    (probe, "clew probe --base-url http://localhost:8000/v1 --model qwen3-8b"),
    (use, "clew use http://localhost:8000/v1 --model qwen3-8b"),
):
    app.command(
        epilog=f"Example: {example}\n\nEvery option has an environment variable: --max-calls is CLEW_MAX_CALLS."
    )(command)
app.add_typer(library, name="library")
for registered in [*app.registered_commands, *library.registered_commands]:
    if registered.callback is not None:
        registered.callback = ending_well(registered.callback)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"clew {version('clew')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and end.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command line and ends the process with the documented exit code."""
    guard()
    sys.stdout, sys.stderr = _writable(sys.stdout), _writable(sys.stderr)
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _broken_pipe()
    except OSError as error:
        code = _unwritable(error)
    try:
        sys.stderr.flush()
    except OSError:
        _to_nowhere(sys.stderr)
    sys.exit(code)


def _writable(stream: TextIO | None) -> TextIO:
    """`stream` in UTF-8, whatever the locale, and buffered: an unbuffered one loses what a full pipe does not take.

    A stream that was closed before the command began is nowhere, and no reason to fail.
    """
    if stream is None:
        return open(os.devnull, "w")
    buffering = 1 if stream is sys.stderr else -1
    return open(stream.fileno(), "w", buffering, encoding="utf-8", errors="backslashreplace", closefd=False)


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    try:
        if not {"-h", "--help"} & set(arguments):
            check_variables(os.environ, VARIABLES)
        return int(app(arguments, prog_name="clew", standalone_mode=False, default_map=_settings(arguments)) or 0)
    except ClewError as error:
        return _tell(error, arguments)
    except typer.TyperException as error:
        if not error.format_message():
            return 2  # Nothing was asked for, and the help has been printed.
        return _tell(mistake(error, arguments), arguments)
    except Exception:
        import traceback

        traceback.print_exc()
        print("clew: this is a bug in Clew; what was finished is kept", file=sys.stderr)
        return 70


MENDING = {None, "doctor", "use"}
"""Commands that do with a broken settings file: what tells of it, and what writes it anew."""


def _settings(arguments: Sequence[str]) -> dict[str, Any]:
    """What the settings file says, for every command: less than an option or its variable, more than a default."""
    command = next((word for word in arguments if not word.startswith("-")), None)
    try:
        settings = read_settings()
    except SettingsError:
        if command in MENDING or {"-h", "--help"} & set(arguments):
            return {}
        raise
    if not settings:
        return {}
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    inner = [command.name or command.callback.__name__ for command in library.registered_commands if command.callback]
    return {name: settings for name in names if name != "use"} | {"library": {name: settings for name in inner}}


def _tell(error: ClewError, arguments: list[str]) -> int:
    """Says what happened and what to do, as text or, with --json, as an object; returns the exit code."""
    if "--json" in arguments or os.environ.get("CLEW_JSON", "").lower() in {"1", "true", "t", "yes", "y", "on"}:
        print(json.dumps(error_to_dict(error), ensure_ascii=False))
    else:
        print(f"clew: {error}", file=sys.stderr)
        if error.hint:
            print(f"hint: {error.hint}", file=sys.stderr)
    return error.exit_code


def _broken_pipe() -> int:
    _to_nowhere(sys.stdout)
    return 141


def _unwritable(error: OSError) -> int:
    _to_nowhere(sys.stdout)
    print(f"clew: the output cannot be written: {error.strerror}", file=sys.stderr)
    return 2


def _to_nowhere(stream: TextIO) -> None:
    # Nobody takes what is written any more; Python would complain once more when it flushes at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    main()
