"""Where an answer is printed: on a terminal wrapped to its width beside marks, in a pipe line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..core.wording import printable

WIDEST = 100
"""Columns of a line on a wide terminal: longer ones are hard to read."""
NARROWEST = 20
_gaps = re.compile(" {3,}").sub
"""Columns of a table in what is indented are moved together where they do not fit."""
DOT = " · "


class _Console(Console):
    """A console that leaves a closed pipe to whoever runs the command: rich would end it with a code of its own."""

    def on_broken_pipe(self) -> None:
        raise


class Paper:
    """Standard output, or another console. In colour where it is a terminal and the environment has nothing against.

    Args:
        widest: columns of a line at most.
    """

    def __init__(self, console: Console | None = None, widest: int = WIDEST) -> None:
        self._console = console or _Console(highlight=False)
        self._widest = widest

    def show(self, text: Text, mark: Text | None = None, indent: int = 0, *, whole: bool = False) -> None:
        """Prints a paragraph.

        Args:
            mark: stands before the first line, in the indent.
            indent: columns before every line.
            whole: whether it stays one line, to be copied as one.
        """
        margin, text = mark or Text(), fit(text)
        for line in [text] if whole else self._lines(text, indent):
            pad = " " * max(indent - cell_len(margin.plain), 0)
            self._console.print(Text.assemble(margin, pad, line), soft_wrap=True)
            margin = Text()

    def prose(self, text: str, indent: int = 0) -> None:
        """Prints a docstring: paragraphs are folded anew, and what is indented keeps its lines."""
        for line in (reflowed(text) if self._console.is_terminal else text).split("\n"):
            plain = line.lstrip()
            margin = indent + len(line) - len(plain) if plain else 0
            if cell_len(plain) > self.room(margin):
                plain = _gaps("  ", plain)
            self.show(Text(plain), indent=margin)

    def items(self, parts: Sequence[str], style: str, mark: Text | None = None, indent: int = 0) -> None:
        """Prints short parts with dots between, as many on a line as it has room for."""
        for line in packed([part for part in parts if part], self.room(indent)):
            self.show(Text(line, style=style), mark, indent)
            mark = None

    def room(self, indent: int = 0) -> int:
        """Columns of a line behind `indent`; as many as one likes in a pipe."""
        if not self._console.is_terminal:
            return 1 << 30
        return max(NARROWEST, min(self._console.width, self._widest) - indent)

    def blank(self) -> None:
        """Prints an empty line."""
        self._console.print()

    def _lines(self, text: Text, indent: int) -> Iterator[Text]:
        if not self._console.is_terminal:
            # Whoever reads a pipe wants lines as they are.
            yield from text.split("\n")
            return
        for line in text.wrap(self._console, self.room(indent)):
            line.rstrip()
            yield line


def fit(text: Text) -> Text:
    """`text` without what a terminal would obey; where there is any of it, without its inner colours too."""
    plain = "\n".join(map(printable, text.plain.split("\n")))
    return text if plain == text.plain else Text(plain, style=text.style)


def reflowed(text: str) -> str:
    """`text` with each paragraph of prose on one line; indented lines stay as they are."""
    return re.sub(r"(?<=\S)\n(?=\S)(?!--)", " ", text)


def packed(parts: Sequence[str], room: int) -> Iterator[str]:
    """Lines of `parts` with dots between them, none wider than `room` but for a part that is."""
    line = ""
    for part in parts:
        longer = f"{line}{DOT}{part}" if line else part
        if line and cell_len(longer) > room:
            yield line
            longer = part
        line = longer
    if line:
        yield line
