"""What is said of runs and places: the same words in every command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core.wording import counted

if TYPE_CHECKING:
    from ..core.results import Coverage, Listed
    from ..core.types import Limit, Usage


def sheets(numbers: tuple[int, ...], shown: int = 6) -> str:
    """`page 3`, `pages 1, 2, 5, …`."""
    listed = ", ".join(map(str, numbers[:shown])) + (", …" if len(numbers) > shown else "")
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


def without_text(documents: Iterable[Listed]) -> list[str]:
    """`no text on pages 1, 2`; of several documents each with its name."""
    documents = list(documents)
    blank = [d for d in documents if d.pages_without_text]
    named = len(documents) > 1
    return [f"no text on {sheets(d.pages_without_text)}" + (f" of {d.document}" if named else "") for d in blank]


def covered(coverage: Coverage) -> str:
    """`everything was read (240 chunks)`, `read 212 of 240 chunks, 3 failed`."""
    chunks = counted(coverage.chunks, "chunk")
    failed = f", {coverage.failed:,} failed" if coverage.failed else ""
    return (f"everything was read ({chunks})" if coverage.complete else f"read {coverage.read:,} of {chunks}") + failed


def span_of(start: int, end: int) -> str:
    """`characters 54,968 to 55,396`: offsets into what clew text writes."""
    return f"characters {start:,} to {end:,}"


def reached(limit: Limit) -> str:
    """Which limit cut a run short."""
    return "interrupted" if limit == "interrupt" else f"the limit on {limit} was reached"


def going_on(limit: Limit, calls: int, *, planned: bool = False) -> str:
    """How a run that was cut short goes on.

    Args:
        calls: how many were sent.
        planned: whether the command knows --dry-run.
    """
    if limit == "interrupt":
        return "interrupted; the same command goes on where it stopped, and pays for no finished call again"
    if limit == "calls" and not calls:
        return "nothing was sent: one call is kept for the answer, so --max-calls 2 is the least"
    told = (
        f"the limit on {limit} was reached: the same command with a larger --max-{limit} goes on from here "
        "and pays for no finished call again"
    )
    return told + ("; --dry-run says what is still needed" if planned else "")


def spent(usage: Usage) -> str:
    """`12 calls and 3 replayed`."""
    return counted(usage.calls, "call") + (f" and {usage.replayed:,} replayed" if usage.replayed else "")


def page_of(page: int | None, label: str | None) -> str:
    """`page 112 (printed 108)`, `page 3` where the printed number is the same or none; empty without pages."""
    if page is None:
        return ""
    return f"page {page} (printed {label})" if label and label != str(page) else f"page {page}"


def path_of(headings: tuple[str, ...], longest: int = 100) -> str:
    """Headings from the outermost to the innermost on a line of about `longest` signs: the inner ones say more."""
    kept: list[str] = []
    for heading in reversed(headings):
        short = heading if len(heading) <= 60 else heading[:60].rsplit(" ", 1)[0] + " …"
        if kept and sum(map(len, kept)) + len(short) > longest:
            kept.append("…")
            break
        kept.append(short)
    return " › ".join(reversed(kept))
