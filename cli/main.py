"""The command `clew`: its commands, and the one place where failures become a line, a hint and an exit code.

0 answered, partial or conflicting · 1 not found · 7 open · 2 wrong usage · 3 no document could be read · 4 the model
or its server failed · 5 a limit was reached · 6 the library cannot be used · 70 a bug in Clew · 130 interrupted ·
141 broken pipe
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from ..core.egress import NotNamed, guard
from ..core.errors import ClewError, ModelError, SettingsError
from ..core.serialize import error_to_dict, json_line
from ..core.settings import read_settings
from ..core.wording import printable
from .ask import ask
from .batch import batch
from .command import Command, Group, unwrapped
from .compare import compare
from .doctor import doctor
from .eval import evaluate
from .find import find
from .index import index
from .library import app as library
from .mistakes import check_variables, mistake
from .options import VARIABLES
from .probe import probe
from .runs import runs
from .show import show
from .strategies import strategies
from .streams import broken_pipe, flushed, unwritable, writable
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
            return broken_pipe()
        except NotNamed as error:
            raise ModelError(str(error), "name it with --base-url where it is to be spoken to") from None
        except OSError as error:
            if error.filename is not None:
                raise
            return unwritable(error)

    return guarded


VARIABLES_TOLD = (
    "Every option has an environment variable: --max-calls is CLEW_MAX_CALLS. "
    "What CLEW_FRESH=1 turns on, --no-fresh turns off."
)
PANELS: dict[str, list[tuple[Callable[..., int], str]]] = {
    "Ask": [
        (ask, 'clew ask "When does the term end?" contract.pdf'),
        (find, 'clew find "limitation of liability" contract.pdf'),
        (summarize, 'clew summarize report.pdf --focus "risks" --length 150'),
        (batch, "clew batch questions.jsonl --out answers.jsonl"),
    ],
    "Measure": [
        (evaluate, "clew eval questions.jsonl --strategy auto --strategy sweep --out answers/"),
        (compare, "clew compare questions.jsonl answers/auto.jsonl answers/sweep.jsonl"),
    ],
    "Look back": [
        (runs, "clew runs --json"),
        (show, "clew show 20261121-1a2b3c4d --report answer.html"),
    ],
    "Documents": [
        (index, "clew index reports/"),
        (text, "clew text contract.pdf | head"),
    ],
    "Models": [
        (use, "clew use http://localhost:8000/v1 --model qwen3-8b"),
        (doctor, "clew doctor --base-url http://localhost:8000/v1 --model qwen3-8b"),
        (probe, "clew probe --base-url http://localhost:8000/v1 --model qwen3-8b"),
        (strategies, "clew strategies"),
    ],
}
"""The commands under the headings of the help, each with an example that begins with its name."""

app = typer.Typer(
    name="clew",
    cls=Group,
    help="Questions about documents far longer than a model's window, answered with citations located in the text.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Try: clew ask "Who is the captain?" book.txt',
)
for panel, commands in PANELS.items():
    for command, example in commands:
        app.command(example.split()[1], epilog=f"Example: {example}", rich_help_panel=panel)(command)
app.add_typer(library, name="library", rich_help_panel="Documents")
for registered in [*app.registered_commands, *library.registered_commands]:
    registered.cls = Command
    registered.help = unwrapped(registered.callback)
    registered.epilog = f"{registered.epilog}\n\n{VARIABLES_TOLD}"
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
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Runs the command line and ends the process with the documented exit code."""
    guard()
    sys.stdout, sys.stderr = writable(sys.stdout), writable(sys.stderr)
    code = flushed(run(sys.argv[1:]))
    if code == 130:
        # At once: Python would wait for a thread that still indexes. What that leaves is what a kill leaves.
        os._exit(code)
    sys.exit(code)


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
    on = os.environ.get("CLEW_JSON", "").lower() in {"1", "true", "t", "yes", "y", "on"}
    if "--json" in arguments or (on and "--no-json" not in arguments):
        print(json_line(error_to_dict(error)))
    else:
        print(f"clew: {printable(' '.join(str(error).splitlines()))}", file=sys.stderr)
        if error.hint:
            print(f"hint: {printable(error.hint)}", file=sys.stderr)
    return error.exit_code


if __name__ == "__main__":
    main()
