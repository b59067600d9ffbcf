"""Paragraphs on a terminal keep to its width and stand beside their marks; in a pipe they are lines as they are."""

from __future__ import annotations

import contextlib
import os
from io import StringIO

import pytest
from clew.cli.paper import DOT, WIDEST, Paper, packed
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

WORDS = "The keeper lit the lamp at dusk and put it out at dawn, as he had done for thirty years. "


def printed(width: int, *, terminal: bool = True, text: str = WORDS * 3, whole: bool = False) -> list[str]:
    """The lines of a paragraph with a mark, without colours."""
    out = StringIO()
    console = Console(file=out, force_terminal=terminal, width=width, highlight=False, color_system=None)
    Paper(console).show(Text(text.strip()), Text("[1]"), 4, whole=whole)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 300])
def test_no_line_is_wider_than_the_terminal_or_hard_to_read(width: int) -> None:
    lines = printed(width)
    assert len(lines) > 1
    assert max(map(cell_len, lines)) <= min(width, WIDEST)
    assert lines[0].startswith("[1] The")
    assert all(line.startswith("    ") and line == line.rstrip() for line in lines[1:])
    assert " ".join(" ".join(lines).split()) == f"[1] {(WORDS * 3).strip()}"


def test_wide_signs_count_twice() -> None:
    assert max(map(cell_len, printed(40, text="鯨は海に住む大きな動物である。" * 9))) <= 40


def test_a_pipe_gets_lines_as_they_are() -> None:
    assert printed(40, terminal=False) == [f"[1] {(WORDS * 3).strip()}"]


def test_a_closed_pipe_is_left_to_the_command() -> None:
    ends = os.pipe()
    os.close(ends[0])
    with open(ends[1], "w") as closed, contextlib.redirect_stdout(closed):
        with pytest.raises(BrokenPipeError):
            Paper().show(Text(WORDS * 2000))
        # What is left in its buffer goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), closed.fileno())


def test_what_is_to_be_copied_stays_one_line() -> None:
    assert len(printed(40, whole=True)) == 1


def test_short_parts_share_lines() -> None:
    parts = ["a.pdf", "page 3", "PART II › Item 7.", "characters 1 to 2"]
    assert list(packed(parts, 200)) == [DOT.join(parts)]
    assert list(packed(parts, 20)) == ["a.pdf · page 3", "PART II › Item 7.", "characters 1 to 2"]
    assert list(packed(["too long for any line"], 5)) == ["too long for any line"]
    assert list(packed([], 5)) == []


ALGORITHM = """One line of prose,
and the rest of it.

    for each chunk in order:         read(it)
        note(what was found)"""


def laid_out(width: int, terminal: bool = True) -> list[str]:
    out = StringIO()
    Paper(Console(file=out, force_terminal=terminal, width=width, color_system=None)).prose(ALGORITHM, 4)
    return out.getvalue().splitlines()


def test_prose_is_folded_anew_and_what_is_indented_keeps_its_lines() -> None:
    assert laid_out(80)[0] == "    One line of prose, and the rest of it."
    assert laid_out(80)[1:] == [
        "",
        "        for each chunk in order:         read(it)",
        " " * 12 + "note(what was found)",
    ]
    assert laid_out(46)[2] == "        for each chunk in order:  read(it)", "columns are moved together where they must"
    assert laid_out(36)[4:] == [" " * 8 + "read(it)", " " * 12 + "note(what was found)"], (
        "and folded under their beginning"
    )
    assert laid_out(36, terminal=False) == [f"    {line}" if line else "" for line in ALGORITHM.splitlines()]
