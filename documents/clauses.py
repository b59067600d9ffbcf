"""Numbered clauses of contracts and rules: `4.3 TAXES. All fees ...`, `1.1.48 "Copyrights" means ...`, `(b) ...`.

The heading is the number with its title, not the clause. A number counts only where it goes on from the numbers before
it, so cross-references, amounts and list items are none. Clauses that are short on average stay without headings, since
a heading begins a passage. Knows text only; how these headings nest with others is for `plain`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAP = 3
"""By how much a number may exceed the one before it: clauses are left out, and some are not told."""
FEWEST = 3
"""Clauses of a text; fewer prove no numbering."""
MEAN = 250
"""Characters of the clauses under one parent, on average, for them to have headings."""
TITLE = 90
"""Characters of a title."""
WRAPPED = 50
"""Characters of a line that a title may run over."""
LETTER, ROMAN = 6, 7
"""Depths of `(a)` and of `(i)` under it, below any number."""

_WORD = r"(?:[^\W_]|[(&\[/])[^\s.:—–|]*|-(?=\s)"
_SPACE = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_BEFORE = r"(?:\A|\n[ \t]*\n)[ \t]*|\n[ \t]*|(?<=[.;:)\"”])[ \t]+|(?<=[A-Z])[ \t]+(?=\d{1,3}\.1\.?[ \t])"
_NUMBER = (
    r"(?P<named>(?:(?:Section|SECTION|Clause|CLAUSE)[ \t]+|§[ \t]*)?)(?P<number>\d{1,3}(?:\.\d{1,3}){0,4})\.?[ \t]+"
)
_ENDED = r"[.:](?=\s|\Z)|[ \t]*[—–][ \t]*(?=\S)|(?=[ \t]*(?:\n[ \t]*\n|\n\([a-z0-9]\)[ \t]|\Z))"
_CLAUSE = re.compile(
    rf"(?P<before>{_BEFORE}){_NUMBER}(?:"
    rf"(?P<title>(?=[^\W\d])(?:{_WORD})(?:{_SPACE}(?:{_WORD})){{0,13}}?)(?:{_ENDED})"
    rf"|(?P<capitals>[A-Z][A-Z,;&'’/ -]{{2,{TITLE}}})(?=[ \t]+\d{{1,3}}\.1\.?[ \t])"
    rf"|(?P<term>[\"“][^\"”\n]{{2,60}}[\"”]))?"
)
_LETTER = re.compile(r"\n[ \t]*\n[ \t]*\((?P<mark>[a-z]{1,2}|[ivx]{1,5})\)(?=[ \t]+\S)")
_SMALL = frozenset(
    """
    a all an and any are as at be by for from if in into is it its no nor not of off on or our out per that the these
    this to under up upon us via with your
    """.split()
)
_SHORTENED = frozenset("no nos inc ltd co corp vs art sec st mr dr vol".split())
_LETTERS = tuple("abcdefghijklmnopqrstuvwxyz")
_ROMANS = tuple("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """The number and title of a clause."""

    start: int
    end: int
    depth: int
    """1 for `4`, 2 for `4.3`, …, `LETTER`, `ROMAN`."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    number: tuple[int, ...]
    leads: bool
    """It begins a paragraph."""


def find_clauses(text: str, *, by_line: bool = False) -> list[Clause]:
    """The clauses of `text`, in order. `by_line`: no blank lines tell paragraphs, and any line may begin one."""
    numbered = _in_sequence(list(_numbered(text, by_line)))
    if len(numbered) < FEWEST:
        return []
    clauses = [Clause(item.start, item.end, len(item.number)) for item in _long_enough(numbered, len(text))]
    lettered = () if by_line else _lettered(text, numbered)
    return sorted([*clauses, *lettered], key=lambda clause: clause.start)


def _numbered(text: str, by_line: bool) -> Iterator[_Found]:
    """Numbers that may begin a clause, with their titles or the term they define."""
    for match in _CLAUSE.finditer(text):
        number = tuple(map(int, match["number"].split(".")))
        before = match["before"]
        line = "\n" in before or match.start() == 0
        leads = line and (by_line or before.count("\n") != 1)
        titled = match["capitals"] or (match["title"] and _like_title(match["title"], by_line))
        # Without a title, a number within a paragraph is a clause only where it can hardly be anything else.
        if not titled and (by_line or len(number) < (2 if leads else 3) or (line and not leads)):
            continue
        end = match.end() if titled or match["term"] else match.end("number")
        start = match.start("named")
        yield _Found(start, start + len(text[start:end].rstrip(" \t—–")), number, leads)


def _like_title(title: str, by_line: bool) -> bool:
    """Whether words are a title: few, and all but the small ones begin with a capital or a figure."""
    words = title.split()
    # Where lines are all there is, a title goes on in the next one only if it fills the first.
    if by_line and 0 <= title.find("\n") < WRAPPED or words[-1].lower() in _SHORTENED:
        return False
    return (
        len(title) <= TITLE
        and words[0][0].isupper()
        and title[-1] not in ",;"
        and all(not word[0].islower() or word.rstrip(",;") in _SMALL for word in words)
        and any(word[0].isupper() and len(word) > 1 for word in words)
    )


def _in_sequence(found: Sequence[_Found]) -> list[_Found]:
    """Those whose number goes on from the last one, or begins a numbering that a later one goes on with."""
    kept: list[_Found] = []
    for at, item in enumerate(found):
        goes_on = bool(kept) and _follows(kept[-1].number, item.number)
        if not goes_on and (item.leads or set(item.number) == {1}):
            goes_on = any(_follows(item.number, other.number) for other in found[at + 1 : at + 4])
        if goes_on:
            kept.append(item)
    return kept


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether `number` can be the next: below `last`, or beside it or one of its parents."""
    same = 0
    while same < min(len(last), len(number)) and last[same] == number[same]:
        same += 1
    if same == len(number) or (same < len(last) and not last[same] < number[same] <= last[same] + LEAP):
        return False
    added = number[same + 1 :] if same < len(last) else number[same:]
    return len(added) <= 2 and all(1 <= part <= LEAP for part in added[:1]) and all(part == 1 for part in added[1:])


def _long_enough(numbered: Sequence[_Found], size: int) -> list[_Found]:
    """Without the children of a clause where these, with all that is under them, are short on average."""
    groups: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    lengths: list[int] = [0] * len(numbered)
    numberings = 0
    open_ones: list[int] = []
    for at, item in enumerate(numbered):
        begins = at == 0 or not _follows(numbered[at - 1].number, item.number)
        numberings += begins
        while open_ones and (begins or len(numbered[open_ones[-1]].number) >= len(item.number)):
            closed = open_ones.pop()
            lengths[closed] = item.start - numbered[closed].start
        open_ones.append(at)
        groups[numberings, item.number[:-1]].append(at)
    for at in open_ones:
        lengths[at] = size - numbered[at].start
    dropped: set[int] = set()
    for (_, parent), members in groups.items():
        if parent and sum(lengths[at] for at in members) < MEAN * len(members):
            dropped.update(members)
    return [item for at, item in enumerate(numbered) if at not in dropped]


def _lettered(text: str, numbered: Sequence[_Found]) -> Iterator[Clause]:
    """Paragraphs `(a)`, `(b)`, … under a numbered clause, in order from the first, and `(i)`, … under these."""
    ends = [*(item.start for item in numbered), len(text)][1:]
    for item, end in zip(numbered, ends, strict=True):
        marks = list(_LETTER.finditer(text, item.end, end))
        stops = [*(mark.start() for mark in marks), end][1:]
        yield from _listed([(m["mark"], m.start("mark") - 1, stop) for m, stop in zip(marks, stops, strict=True)])


def _listed(marks: Sequence[tuple[str, int, int]]) -> Iterator[Clause]:
    """Marks (letters, start, end of what is under them) that count from the first, if these are long enough."""
    counts = {LETTER: 0, ROMAN: 0}
    found: dict[int, list[tuple[int, int, int]]] = {LETTER: [], ROMAN: []}
    for mark, start, stop in marks:
        if mark == _LETTERS[counts[LETTER] % 26]:
            depth = LETTER
            counts[ROMAN] = 0
        elif counts[ROMAN] < len(_ROMANS) and mark == _ROMANS[counts[ROMAN]]:
            depth = ROMAN
        else:
            break
        counts[depth] += 1
        found[depth].append((start, start + len(mark) + 2, stop))
    for depth, items in found.items():
        if sum(stop - start for start, _, stop in items) >= MEAN * len(items):
            yield from (Clause(start, end, depth) for start, end, _ in items)
