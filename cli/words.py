"""Numbers in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..core.results import Listed
    from ..core.types import Usage


def counted(number: int, noun: str) -> str:
    """`1 call`, `1,200 calls`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


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
