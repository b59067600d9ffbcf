"""A command line that cannot be meant: what is wrong with it, in Clew's words, and which help says more."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ..core.errors import SettingsError
from ..core.wording import printable

if TYPE_CHECKING:
    from typer import TyperException

CLOSE = 0.75
"""Likeness from which an option is taken to be the one that was meant: `--stop` to `--stops`, not to `--json`."""


PREFIX = "CLEW_"
SLIP = 0.85
"""Likeness from which a variable is taken for a misspelt one: CLEW_MAX_COTS, not CLEW_PORT, which Kubernetes sets."""
OTHER_VARIABLES = ("CLEW_API_KEY", "CLEW_CONFIG", "CLEW_MAX_FILE_MB")
"""Variables that stand for no option."""
PLAINLY = {
    r"No such command '(.+?)'\.": r"there is no command \1.",
    r"Option '(.+?)' requires an argument\.": r"\1 needs a value",
    r"Got unexpected extra argument\(s\) \((.+)\)": r"\1 is more than is taken here",
}
"""What Typer says, in the words of the rest."""


def check_variables(found: Iterable[str], known: Collection[str]) -> None:
    """Tells of variables that nothing reads. Raises SettingsError for a slip of the pen: a limit it was to set is none.

    Args:
        found: names in the environment.
        known: the variables of options.
    """
    names = sorted({*known, *OTHER_VARIABLES})
    for name in sorted(found):
        if not name.startswith(PREFIX) or name in names:
            continue
        near = get_close_matches(name[len(PREFIX) :], [known[len(PREFIX) :] for known in names], 1, SLIP)
        if near:
            raise SettingsError(f"there is no variable {name}", f"did you mean {PREFIX}{near[0]}? else unset it")
        print(f"clew: there is no variable {printable(name)}", file=sys.stderr)


def mistake(error: TyperException, arguments: Sequence[str]) -> SettingsError:
    """What Typer found wrong with `arguments`."""
    return SettingsError(_words(error), _hint(error, arguments))


def _words(error: Any) -> str:
    causes = getattr(error.__cause__, "errors", None)
    if causes is not None and getattr(error, "param", None) is not None:
        return _value(error, causes()[0])
    if hasattr(error, "possibilities") and hasattr(error, "option_name"):
        return f"there is no option {error.option_name}"
    if hasattr(error, "param_type") and getattr(error, "param", None) is not None:
        name = error.param.opts[-1]
        return f"{name if name.startswith('-') else error.param.metavar} is missing"
    said: str = error.format_message()
    for theirs, ours in PLAINLY.items():
        said = re.sub(theirs, ours, said)
    return said


def _value(error: Any, cause: dict[str, Any]) -> str:
    """What is wrong with a value, and where it comes from: a variable is nothing one sees on the command line."""
    source = error.ctx.get_parameter_source(error.param.name) if error.ctx else None
    option = error.param.opts[-1]
    name = {
        "ENVIRONMENT": error.param.envvar,
        "DEFAULT_MAP": f"{error.param.name} of the settings file",
    }.get(source.name if source else "", option)
    given, kind, limits = cause.get("input"), str(cause.get("type")), cause.get("ctx", {})
    if "is not one of" in cause["msg"]:
        known = cause["msg"].partition("is not one of ")[2].rstrip(".").replace("'", "")
        return f"there is no {name} {given!r}: {known}"
    if "ge" in limits:
        return f"{name} takes {limits['ge']:g} or more, not {given}"
    if "le" in limits:
        return f"{name} takes {limits['le']:g} or less, not {given}"
    if kind.startswith(("int", "float")):
        return f"{name} takes a {'whole ' * kind.startswith('int')}number, not {given!r}"
    if kind.startswith("bool"):
        return f"{name} takes true or false, not {given!r}"
    return f"{name} cannot be {given!r}: {cause['msg'].removeprefix('Value error, ')}"


def _hint(error: Any, arguments: Sequence[str]) -> str:
    dashed = next((word for word in arguments if word.startswith("-") and " " in word), None)
    if dashed:
        return f'what begins with a dash goes behind --: clew ask -- "{dashed}" FILE'
    context = getattr(error, "ctx", None)
    told = "clew --help lists commands and options"
    if context is not None and context.parent is not None:
        told = f"{context.command_path} --help lists its options"
    elif hasattr(error, "option_name") and _command(arguments):
        told = f"clew {_command(arguments)} --help lists its options"
    if hasattr(error, "param_type") and context is not None and context.command.epilog:
        return f"for example{context.command.epilog.splitlines()[0].removeprefix('Example')}; {told}"
    near = get_close_matches(getattr(error, "option_name", ""), getattr(error, "possibilities", None) or (), 1, CLOSE)
    return f"did you mean {near[0]}? {told}" if near else told


def _command(arguments: Sequence[str]) -> str:
    """The command that `arguments` begin with: `ask`, `library remove`; empty where they begin with an option."""
    words = list(itertools.takewhile(lambda word: not word.startswith("-"), arguments))
    return " ".join(words[: 2 if words[:1] == ["library"] else 1])
