"""HTML within bounds: what an HTML parser needs quadratic time for is refused, or left out where no text is lost.

The parser (lexbor) compares each attribute of an element with all before it, and walks up all open elements for some
tags. Tags are found here as they are written, in scripts and comments too: what is left out there is not read anyway,
but for their ends.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from ..core.errors import DocumentError

DEEPEST = 20_000
"""Elements left open."""
ATTRIBUTES = 1_000
"""Of one element; of `html` and `body` in all their tags together, for they become one."""

_ATTRIBUTE = r"[\s/]*+(?:=[^\s/<>=]*+|[^\s/<>=]++)(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s<>]*+))?+"
"""As HTML's tokenizer takes it: behind a quoted value no blank is needed, and a name may begin with `=`."""
_TAG = re.compile(rf"<([a-z][a-z0-9:_-]{{0,40}})[^\s/<>]*+((?:{_ATTRIBUTE})*+)", re.IGNORECASE)
_END = re.compile(r"</([a-z][a-z0-9:_-]{0,40})", re.IGNORECASE)
_each = re.compile(_ATTRIBUTE).finditer
_RAW_END = re.compile(r"</(?:script|style|template|textarea|title|noscript|xmp)|-->", re.IGNORECASE)
"""Ends of what holds no tags: without them the text behind would be lost."""
_REPAIR = "repair the HTML, or save the page as text"
_SHORT = 2 * ATTRIBUTES
"""Characters of a tag that cannot hold too many."""
_MERGED = frozenset(("html", "body"))
_NEVER_DEEP = (
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
    + ("p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "a", "nobr")
    + ("html", "head", "body", "rt", "rp", "colgroup", "caption")
)
"""Elements that hold nothing, or that end where the next of their kind begins."""
_DRAWN = re.compile(r"<(?:path|use|rect|circle|ellipse|line|polyline|polygon|stop)\b[^<>]*+(?<=/)>", re.IGNORECASE)
"""What drawings are made of, tens of thousands in one: it ends in itself there, if nowhere else, and has no text."""


def within_bounds(text: str) -> str:
    """`text` without attributes beyond the bound. Raises DocumentError where it is nested without end."""
    opened: Counter[str] = Counter()
    kept: list[str] = []
    at, room = 0, ATTRIBUTES
    for tag in _TAG.finditer(text):
        name = tag[1].lower()
        opened[name] += 1
        if name in _MERGED:
            end, taken = _bounded(tag, room)
            room -= taken
        elif tag.end() - tag.start() > _SHORT:
            end, _ = _bounded(tag, ATTRIBUTES)
        else:
            continue
        if end < tag.end():
            _refuse_ends(text[end : tag.end() + 1])
            kept.append(text[at:end])
            at = tag.end()
    deepest = _left_open(opened, Counter(end[1].lower() for end in _END.finditer(text)))
    if deepest is None:
        return "".join([*kept, text[at:]]) if kept else text
    undrawn = _DRAWN.sub("", text)
    if len(undrawn) < len(text):
        return within_bounds(undrawn)
    raise DocumentError(f"more than {DEEPEST} elements are left open, most of them <{deepest}>", _REPAIR)


def _bounded(tag: re.Match[str], most: int) -> tuple[int, int]:
    """Where the last of at most `most` attributes of `tag` ends, and how many these are."""
    attributes = list(islice(_each(tag.string, tag.start(2), tag.end()), most))
    return (attributes[-1].end() if attributes else tag.start(2)), len(attributes)


def _refuse_ends(left_out: str) -> None:
    if _RAW_END.search(left_out):
        raise DocumentError(f"has more than {ATTRIBUTES:,} attributes on one element", _REPAIR)


def _left_open(opened: Counter[str], closed: Counter[str]) -> str | None:
    """The name that most elements have which are left open, where these are too many."""
    left_open = opened - closed
    for name in _NEVER_DEEP:
        del left_open[name]
    return left_open.most_common(1)[0][0] if left_open.total() > DEEPEST else None
