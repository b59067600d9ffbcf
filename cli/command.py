"""What commands are made of: help without the names of types, and a `--no-…` for every switch."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

OFF = "--no-"


class _Plain:
    """Leaves out of the help what says nothing to a reader: `<bool>` behind a switch, `<list[str]>` behind FILE."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, as Typer has them."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            if isinstance(param, TyperArgument) or getattr(param, "is_bool_flag", False):
                param.display_type_rich = lambda ctx: ""
        return params


class Group(_Plain, TyperGroup):
    """Several commands under one name."""


class Command(_Plain, TyperCommand):
    """One command. What a variable or the settings file turned on is turned off by `--no-…`.

    Help tells of these once: as second names of the options they would fill half of its width.
    """

    def make_parser(self, ctx: Any) -> Any:
        """The parser, which knows them."""
        parser = super().make_parser(ctx)
        for param in self.params:
            if isinstance(param, TyperOption) and param.is_bool_flag and param.envvar:
                off = OFF + param.opts[0].removeprefix("--")
                parser.add_option(obj=param, opts=[off], dest=param.name, action="store_const", const=False)
        return parser


def unwrapped(command: Callable[..., int] | None) -> str:
    """What a command's docstring says, a paragraph a line: the terminal's width is not that of the source."""
    return "\n\n".join(" ".join(part.split()) for part in (inspect.getdoc(command) or "").split("\n\n"))
