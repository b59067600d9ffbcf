"""Numbered clauses of contracts, rules and manuals: `4.3 TAXES. All fees ...`, `1.1.48 "Copyrights" means ...`, `(b) ...`.

The heading is the number with its title, not the clause. A number counts only where it goes on from the numbers before
it: so cross-references, amounts and lists are none. Clauses that are short on average stay without headings, since a
heading begins a passage. Knows text only; how headings nest is for `plain`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEAP = 3
"""By how much a number may exceed the one before it: clauses are left out or lost."""
FEWEST = 3
"""Clauses of a text; fewer prove no numbering."""
MEAN = 200
"""Characters of the clauses under one parent, on average, for them to have headings."""
TITLE = 90
"""Characters of a title."""

_WORD = r"[^\W\d_][^\s.:;—–|]*"
_BREAK = r"(?:[ \t]+|[ \t]*\n[ \t]*)"
_CLAUSE = re.compile(
    rf"(?P<start>(?:\A|\n\n)[ \t]*|\n[ \t]*|[.;:)\"”][ \t]+)"
    rf"(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,4}})\.?[ \t]+"
    rf"(?:(?P<title>{_WORD}(?:{_BREAK}{_WORD}){{0,11}}?)(?:[.:](?=\s|$)|[ \t]*[—–][ \t]*(?=\S))"
    rf"|(?P<capitals>[A-Z][A-Z,;&'’/ -]{{2,{TITLE}}})(?=[ \t]+\d{{1,3}}\.1\.?[ \t])"
    rf"|(?P<term>[\"“][^\"”\n]{{2,60}}[\"”]))?"
)
_LETTER = re.compile(r"(?:\A|\n\n)[ \t]*(?P<number>\((?:[a-z]{1,2}|[ivx]{1,5})\))(?=[ \t]+\S)")
_SMALL = frozenset("a an and as at by for from in into no nor not of off on or our per that the to under upon via with your".split())
_ROMANS = tuple("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """The number and title of a clause."""

    start: int
    end: int
    depth: int
    """1 for `4`, 2 for `4.3`, …; letters are 6, roman numerals under them 7."""
    run_in: bool
    """The clause's text follows in the same line."""


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    number: tuple[int, ...]
    titled: bool
    first: bool
    """It begins a paragraph."""
    run_in: bool


def find_clauses(text: str, *, by_line: bool = False) -> list[Clause]:
    """The clauses of `text`, in order. `by_line`: paragraphs are not told by blank lines, so any line may begin one."""
    numbered = _in_sequence([item for item in _numbered(text, by_line) if item])
    if len(numbered) < FEWEST:
        return []
    kept = _long_enough(numbered, len(text))
    clauses = [Clause(item.start, item.end, len(item.number), item.run_in) for item in kept]
    return sorted([*clauses, *_lettered(text, numbered)], key=lambda clause: clause.start)


def _numbered(text: str, by_line: bool) -> Iterator[_Found]:
    """Numbers that may begin a clause, with their titles."""
    for match in _CLAUSE.finditer(text):
        number = tuple(map(int, match["number"].split(".")))
        start = match.start("number")
        opening = match["start"]
        first = start == 0 or opening.startswith("\n\n") or (by_line and opening.startswith("\n"))
        titled = bool(match["capitals"] or (match["title"] and _like_title(match["title"])))
        if not titled and (len(number) < 2 or not (first or len(number) > 2)):
            continue
        if not first and opening.startswith("\n") and not by_line and not titled:
            continue
        end = match.end() if titled or match["term"] else match.end("number")
        end = end if text[end - 1 : end].strip() else start + len(text[start:end].rstrip())
        rest = text[end : text.find("\n", end) if text.find("\n", end) >= 0 else len(text)]
        yield _Found(start, end, number, titled, first, bool(rest.strip()))


def _like_title(title: str) -> bool:
    """Whether words are a title: short, and all but the small ones begin with a capital or figure."""
    words = title.split()
    return (
        len(title) <= TITLE
        and words[0][0].isupper()
        and all(word[0].isupper() or not word[0].isalpha() or word.lower() in _SMALL for word in words)
        and any(len(word) > 2 for word in words)
    )


def _in_sequence(found: Sequence[_Found]) -> list[_Found]:
    """Those whose number goes on from the last one, or begins a numbering that the next one goes on with."""
    kept: list[_Found] = []
    for at, item in enumerate(found):
        if kept and _follows(kept[-1].number, item.number):
            kept.append(item)
        elif set(item.number) == {1} or item.first:
            coming = [other.number for other in found[at + 1 : at + 4]]
            if any(_follows(item.number, number) for number in coming):
                kept.append(item)
    return kept


def _follows(last: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether `number` can be the next: below `last`, beside it, or beside one of its parents, with first children."""
    same = 0
    while same < min(len(last), len(number)) and last[same] == number[same]:
        same += 1
    if same == len(number):
        return False
    if same < len(last) and not last[same] < number[same] <= last[same] + LEAP:
        return False
    below = number[same + 1 :] if same < len(last) else number[same:]
    return all(part == 1 for part in below) and len(below) <= 2


def _long_enough(numbered: Sequence[_Found], size: int) -> list[_Found]:
    """Without the children of a clause where these are short on average; a parent stays if a child does not."""
    groups: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    numbering = 0
    for at, item in enumerate(numbered):
        numbering += set(item.number) == {1} and len(item.number) == 1
        groups[numbering, item.number[:-1]].append(at)
    dropped: set[int] = set()
    for members in groups.values():
        lengths = [_reach(numbered, at, size) for at in members]
        if sum(lengths) < MEAN * len(lengths):
            dropped.update(members)
    return [item for at, item in enumerate(numbered) if at not in dropped]


def _reach(numbered: Sequence[_Found], at: int, size: int) -> int:
    """Characters from a clause to the next."""
    return (numbered[at + 1].start if at + 1 < len(numbered) else size) - numbered[at].start


def _lettered(text: str, numbered: Sequence[_Found]) -> Iterator[Clause]:
    """Lettered paragraphs under a numbered clause, `(a)`, `(b)`, … in order from the first, and `(i)`, … under them."""
    return iter(())
