"""Numbers and names in sentences, and text of documents in lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMED = 3
"""Names listed where many are meant."""
_TURNS = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_JOINERS = " \u200c\u200d"
"""Space, and what Persian and Indic letters are joined or kept apart by."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 call`, `1,200 calls`; `plural` where an s does not make it."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def some(names: Sequence[str], most: int = NAMED) -> str:
    """`a, b, c and 4 others`."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {counted(left, 'other')}" if left > 0 else "")


def share(part: int, whole: int) -> str:
    """`34 %`, `3.4 %` below ten; all alone is 100 %, and nothing alone is 0 %."""
    if part >= whole:
        return "100 %"
    thousandths = 1000 * part // whole
    if thousandths >= 100:
        return f"{thousandths // 10} %"
    return f"{thousandths / 10:g} %" if thousandths or not part else "under 0.1 %"


def remainder(part: int, whole: int) -> str:
    """What `share` leaves: the two add up to 100 %."""
    said = share(part, whole)
    return "over 99.9 %" if said.startswith("under") else f"{100 - float(said.removesuffix(' %')):.3g} %"


def lasting(seconds: float) -> str:
    """`41 s`, `12 min`, `1 h 20 min`."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours:,} h {minutes} min" if hours else f"{minutes} min"


def printable(line: str) -> str:
    """`line` without what a terminal would obey: controls are marked, what turns the direction of writing is left out.

    Text stays in its logical order; which way its letters run is for the terminal.
    """
    plain = _TURNS.sub("", line)
    return "".join(c if c.isprintable() or c in _JOINERS else "�" for c in plain)
