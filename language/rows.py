"""What a table row needs to be understood: its header, its unit and its title, found in the lines above it.

Works on lines of text, however the table came to be one: PDF lines, cells divided by ` | ` or tabs, fixed columns.
A header names years or periods, or stands on top of the table; prose and the edge of a page end the search. The rules
are about how tables are printed, not about what they say.
"""

from __future__ import annotations

import re

from .rowlines import Line, line_at, line_below, lines_above

REACH = 6_000
"""Characters above the row that are looked at."""
HEAD = 40
"""Lines of a table's head at most; a PDF may give every word of it a line."""
SHORT = 80
"""Characters of a line that may be a title or name columns where nothing else tells."""

_SHEET = re.compile(r"[A-Z]?[-–]?\s?\d{1,4}\s?[-–]?$")
_TOTAL = re.compile(r"(?:sub-?)?(?:total|net)\b", re.IGNORECASE)
_GOING_ON = re.compile(r"[a-zß-öø-ÿ($]|\d+\)")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_CONTENTS = re.compile(r"(?:table of )?contents$", re.IGNORECASE)


def row_context(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Spans of the lines that say what the table row at `start` to `end` means, in order, all before `start`.

    Those are the header with years or names of columns, the line with the unit, the title, and, where the row has
    one, the label of its group (`Deferred:`). Empty where the span begins with anything but a row. Looks at `REACH`
    characters above at most; give the text of a sheet or section where a table must not reach over its border.
    """
    row = _row_line(text, start, end)
    if row is None:
        return ()
    above = list(lines_above(text, row.start, REACH))
    found = _head(above, row)
    found += [*_group(above, found, row), *_begun(above, row)]
    return tuple(sorted({line.span for line in found if any(map(str.isalnum, line.words))}))


def _row_line(text: str, start: int, end: int) -> Line | None:
    """The table row that begins the span; None where it begins with anything else."""
    while start < end and text[start].isspace():
        start += 1
    line = line_at(text, start)
    if line.kind == "row":
        return line
    below = line_below(text, line)
    above = next(lines_above(text, line.start, REACH), None)
    if line.kind == "label" and line.divided:
        return line if above and (above.divided or above.kind == "rule") else None
    if line.kind == "label" and below and below.start < end and _goes_on(below):
        return line
    if line.kind == "weak" and len(line.words) <= SHORT and _LETTERS.search(line.words) and not line.words[0].islower():
        around = any(item and item.kind in ("row", "weak", "header") for item in (above, below))
        return line if around else None
    return None


def _head(above: list[Line], row: Line) -> list[Line]:
    """The head of the table that `above` leads to, from the row upwards."""
    top: list[Line] = []
    period: list[Line] = []
    at = 0
    while at < len(above) and not _ends_search(above, at, row):
        if above[at].kind not in ("header", "label"):
            at += 1
            continue
        block = _block(above, at)
        columns = (above[at - 1] if at else row).values
        at += len(block)
        marks = [n for n, line in enumerate(block) if line.kind == "header" or line.unit]
        if len(marks) == 1 and _is_group(block, above[at : at + 1], columns):
            period = period or block  # of some of the rows; the head stands further up
        elif marks:
            unnamed = columns if block[marks[0]].periods < columns else 0
            head = block[marks[0] :]
            return [*period, *_columns(block[: marks[0]], unnamed), *head, *_title(above[at:], head)]
        elif at >= len(above) or above[at].kind in ("prose", "blank"):
            cells = [line for line in block if line.divided]
            if row.divided and cells:
                return [*period, cells[-1], *_title(above[at:], cells[-1:])]
            top = block
        else:
            top = []
    if not all(len(line.words) <= SHORT for line in top):
        top = []
    return [*period, *top, *_title(above[at:], top)]


def _is_group(block: list[Line], over: list[Line], columns: int) -> bool:
    """Whether a header is alone and heads only some of the rows: `December 31, 2021:`, `2021` over several columns."""
    first, inner = block[0], bool(over) and over[0].kind == "row"
    period = first.words[-1] == ":" or (inner and first.periods == 1 and columns > 2)
    return len(block) == 1 and period and not first.unit


def _ends_search(above: list[Line], at: int, row: Line) -> bool:
    """Prose that is no label of rows, or the edge of a page: its number, a link to the contents."""
    line, below = above[at], above[at - 1] if at else row
    leads = line.words[-1:] == ":" and (line.unit or "follow" in line.words)
    if line.kind == "prose" and line.words[-1] not in ".;" and not leads:
        between = at + 1 < len(above) and above[at + 1].kind == "row" and below.kind in ("row", "label")
        return not (between or _goes_on(below))
    edge = at + 1 == len(above) or above[at + 1].kind == "blank"
    number = line.kind == "weak" and edge and _SHEET.match(line.words)
    return line.kind == "prose" or bool(number or _CONTENTS.match(line.words))


def _goes_on(row: Line) -> bool:
    """Whether a row's label seems to begin in the line above."""
    return row.kind in ("row", "weak") and bool(_GOING_ON.match(row.words))


def _block(above: list[Line], at: int) -> list[Line]:
    """Lines of a head that stand together, from `at` upwards; names of columns may end in a small figure."""
    block = [above[at]]
    for place in range(at + 1, min(at + HEAD, len(above))):
        line = above[place]
        after = above[place + 1].kind if place + 1 < len(above) else "blank"
        numbered = line.kind == "weak" and block[-1].kind == after == "label"
        if line.kind not in ("header", "label", "rule") and not numbered:
            break
        block.append(line)
    return block


def _columns(lines: list[Line], unnamed: int) -> list[Line]:
    """Of the lines between years and rows those that name columns.

    There are many, or as many words as columns are `unnamed`, or words that come again, once for each year.
    """
    if lines and (len(lines) > 3 or len(lines[0].words.split()) >= unnamed > 2):
        return lines
    return [line for line in lines if len(set(line.words.split())) < len(line.words.split())]


def _title(above: list[Line], head: list[Line]) -> list[Line]:
    """The title over a head that has none, or the sentence that leads to the table."""
    if head and head[-1].words[0].islower() and above and above[0].words and above[0].words[-1] not in ".:":
        return above[:1]  # that sentence begins in the line above
    if any(line.kind == "label" and not line.unit for line in head[1:]):
        return []
    rest = [line for line in above[:6] if line.kind not in ("blank", "rule")]
    count = 1 if rest else 0
    if rest and rest[0].kind == "label" and _LETTERS.search(rest[0].words) and not _CONTENTS.match(rest[0].words):
        return rest[: 2 if rest[0].unit and rest[1:2] and rest[1].kind == "label" else 1]
    if rest and rest[0].kind == "prose" and (rest[0].words[-1] == ":" or rest[0].unit):
        while count < min(3, len(rest)) and rest[count - 1].words[0].islower() and rest[count].words[-1] not in ".:":
            count += 1
        return rest[:count]
    return []


def _group(above: list[Line], head: list[Line], row: Line) -> list[Line]:
    """The label of the row's group, `Current assets:`, if no total of that group lies between."""
    if _TOTAL.match(row.words):
        return []
    for line in above:
        if line in head or line.kind in ("header", "prose", "blank") or (line.values and _TOTAL.match(line.words)):
            return []
        if line.kind == "label" and line.words[-1] == ":":
            return [line]
    return []


def _begun(above: list[Line], row: Line) -> list[Line]:
    """The line in which the row's own label begins, where it takes two."""
    begins = above and _goes_on(row) and above[0].kind in ("label", "prose") and above[0].words[-1] not in ".:;"
    return above[:1] if begins else []
