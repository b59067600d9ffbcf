"""Where something stands, in words: sheets, headings, offsets."""

from __future__ import annotations


def sheets(numbers: tuple[int, ...], shown: int = 6) -> str:
    """`page 3`, `pages 1, 2, 5, …`."""
    listed = ", ".join(map(str, numbers[:shown])) + (", …" if len(numbers) > shown else "")
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


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


def span_of(start: int, end: int) -> str:
    """`characters 54,968 to 55,396`: offsets into what clew text writes."""
    return f"characters {start:,} to {end:,}"
