"""Which names mean the same: `Venn` and `Mrs. Martha Venn`, where a text knows only one Venn.

Works on keys, the stems of a name's words joined by spaces, so titles and endings are already gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

MANY = 64
"""Longer names that hold a word, from which on the word alone is taken for ambiguous."""
OFTENER = 20
"""Times that a short form may stand for every long one: a word far more frequent than that is a name of its own."""


def variants(names: Mapping[str, int]) -> dict[str, str]:
    """Shorter forms of names -> the one longer form that holds all their words, side by side and in order.

    Args:
        names: how often each stands in the text.
    """
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        parts = name.split()
        if len(parts) > 1:
            for part in set(parts):
                longer[part].append(name)
    found: dict[str, str] = {}
    for name, count in names.items():
        holders = min((longer.get(part, []) for part in name.split()), key=len, default=[])
        if not holders or len(holders) > MANY:
            continue
        whole = _only([long for long in holders if long != name and _holds(long, name)])
        if whole and count <= OFTENER * names[whole]:
            found[name] = whole
    return {short: _last(found, short) for short in found}


def _only(longer: Sequence[str]) -> str | None:
    """The shortest of the longer forms, where all the others hold it: they are forms of one name."""
    if not longer:
        return None
    shortest = min(longer, key=lambda name: (len(name), name))
    return shortest if all(_holds(other, shortest) for other in longer) else None


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} "


def _last(found: Mapping[str, str], name: str) -> str:
    """The end of the chain of forms that begins with `name`: each form is longer than the one before."""
    while name in found:
        name = found[name]
    return name
