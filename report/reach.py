"""How much of the text an answer rests on, in words, and what of it was not read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..core.wording import NAMED, counted, share
from .where import sheets

if TYPE_CHECKING:
    from ..core.results import Coverage, Listed, Missed, Unit

FAILED_SHOWN = 5
"""Stretches of text that could not be read, named one by one."""


def covered(coverage: Coverage) -> str:
    """`everything was read (240 pages)`, `read 2.3 % of the text, on 14 of 212 pages`, `read 34 % of the text`."""
    c, pages = coverage, coverage.pages
    failed = f"; {counted(c.failed, c.unit)} failed" if c.failed else ""
    if c.complete:
        return f"everything was read ({counted(pages.total, 'page') if pages else counted(c.chunks, c.unit)})"
    if not c.characters_read:
        return "nothing was read" + failed
    read = "all text there is" if c.read == c.chunks else f"{share(c.characters_read, c.characters)} of the text"
    sheets = f", on {pages.opened:,} of {counted(pages.total, 'page')}" if pages and pages.opened is not None else ""
    return f"read {read}{sheets}{failed}"


def without_text(documents: Iterable[Listed]) -> list[str]:
    """`no text on pages 1, 2`; of several documents each with its name, of many together."""
    documents = list(documents)
    blank = [d for d in documents if d.pages_without_text]
    if len(blank) > NAMED:
        return [f"no text on {sum(len(d.pages_without_text) for d in blank):,} pages of {len(blank):,} files"]
    named = len(documents) > 1
    return [f"no text on {sheets(d.pages_without_text)}" + (f" of {d.document}" if named else "") for d in blank]


def failures(coverage: Coverage, most: int = FAILED_SHOWN) -> list[str]:
    """What failed, a line for what lies together and failed alike: `a.pdf, page 12, chunks 3 to 5: timed out`."""
    runs: list[list[Missed]] = []
    for missed in coverage.reasons:
        last = runs[-1][-1] if runs else None
        follows = last is not None and (last.document, last.reason) == (missed.document, missed.reason)
        if follows and last is not None and missed.chunk == last.chunk + 1:
            runs[-1].append(missed)
        else:
            runs.append([missed])
    lines = [f"{_stretch(run, coverage.unit)}: {run[0].reason}" for run in runs[:most]]
    more = len(runs) - len(lines)
    return [*lines, *([f"{counted(more, 'other stretch', 'other stretches')} of text too"] if more else [])]


def _stretch(run: Sequence[Missed], unit: Unit) -> str:
    """Where units that follow on one another are."""
    first, last = run[0], run[-1]
    page = [f"page {first.page}"] if first.page is not None and first.page == last.page else []
    if first.page is not None and first.page != last.page:
        page = [f"pages {first.page} to {last.page}"]
    number = f"{unit} {first.chunk + 1:,}" if first is last else f"{unit}s {first.chunk + 1:,} to {last.chunk + 1:,}"
    return ", ".join([first.document, *page, number])
