"""Headings of text that marks none: lines that stand alone and look like titles, numbered clauses, speakers.

Conservative: a heading missed costs a line in a citation, a heading invented misleads. A table of contents makes none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..core.types import Heading
from .clauses import find_clauses
from .ranks import CAPITALS, CLAUSES, DIVISIONS, OUTER, SPEAKERS, rank_of
from .turns import find_turns

PROSE = 50
"""Characters of other text that must stand between a heading and the next of the same or a higher rank."""
RUN_IN = 20
"""The same for a clause whose text begins in the heading's line."""
LONGEST = 160
"""Characters of a heading, of at most three lines."""
REPEATED = 3
"""Lines in capitals that stand more often than this are page headers."""

_NAMED_LINE = re.compile(rf"^(?:{'|'.join(DIVISIONS)})\s.{{1,{LONGEST}}}$", re.IGNORECASE | re.MULTILINE)
_PAGE_NUMBER = re.compile(r"\S+\s+\S+\s.*[^\W\d]\W*[.\s]\d{1,3}(?=\n|\Z)")
_RUN_IN = re.compile(r"\S+\s+\S+\s[^.\n]{3,80}\.(?=\s+[A-Z])")
_NEXT_LINE = re.compile(r"\n([^\n]{3,80})(?=\n)")
_HASHES = re.compile(r"^(#{2,6}) +\S.*", re.MULTILINE)
_BLANKS = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(slots=True)
class _Candidate:
    start: int
    end: int
    rank: int
    """Smaller is higher."""
    enough: int = PROSE
    """Characters of text that must stand under it."""
    prose: int = 0
    """Characters of text before the next candidate."""
    listed: bool = False
    """An entry of a table of contents."""
    kept: bool = True


def find_headings(text: str) -> tuple[Heading, ...]:
    """The headings of a plain text, in order, with levels counted from 1 over the ranks that occur."""
    return _levelled(_candidates(text), text)


def find_line_headings(text: str, running: Sequence[tuple[int, int]] = ()) -> tuple[Heading, ...]:
    """The same for text without blank lines: clauses, and lines that name a part, such as `Item 7. Legal Proceedings`.

    `running` are the spans of running headers and footers, in order: none of them is a heading.
    """
    found = [
        _Candidate(clause.start, clause.end, CLAUSES[clause.depth], RUN_IN)
        for clause in find_clauses(text, by_line=True)
        if not _runs_on(text, clause.start)
    ]
    for line in _NAMED_LINE.finditer(text):
        start, end = line.start(), _title_end(text, line)
        rank = rank_of(text[start:end])
        if rank is not None and rank < CAPITALS and not _runs_on(text, start):
            found.append(_Candidate(start, end, rank, listed=bool(_PAGE_NUMBER.match(text, start, end))))
    return _levelled(_apart([item for item in found if not _within(item.start, running)]), text)


def _within(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether `offset` lies in one of the spans, which are in order."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def _title_end(text: str, line: re.Match[str]) -> int:
    """Where the title in a line ends: before a sentence that follows in the same line, or in the next in capitals."""
    run_in = _RUN_IN.match(text, line.start(), line.end())
    if run_in:
        return run_in.end()
    following = _NEXT_LINE.match(text, line.end())
    both = following and line[0].isupper() and following[1].isupper() and not _NAMED_LINE.match(following[1])
    return following.end() if following and both else line.start() + len(line[0].rstrip())


def _runs_on(text: str, start: int) -> bool:
    """Whether the line that begins at `start` goes on with a sentence of the line above."""
    above = text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)].rstrip()
    return len(above) > 60 and above[-1] not in '.;:?!)\u201d"'


def _levelled(candidates: list[_Candidate], text: str) -> tuple[Heading, ...]:
    """What remains of the candidates, ranks counted from 1."""
    ends = [*(item.start for item in candidates), len(text)][1:]
    for item, end in zip(candidates, ends, strict=True):
        item.prose = len(text[item.end : end].strip())
    candidates = _joined(candidates, text)
    _drop_lists(candidates, text)
    kept = [item for item in candidates if item.kept]
    _set_beside(kept, text)
    levels = {rank: level for level, rank in enumerate(sorted({item.rank for item in kept}), 1)}
    return tuple(Heading(levels[item.rank], item.start, item.end) for item in kept)


def _candidates(text: str) -> list[_Candidate]:
    """Clauses, and paragraphs that look like headings, in order."""
    found = [_Candidate(clause.start, clause.end, CLAUSES[clause.depth], RUN_IN) for clause in find_clauses(text)]
    taken = [item.start for item in found]
    seen: Counter[str] = Counter()
    for start, end in _paragraphs(text):
        rank = rank_of(text[start : min(end, start + LONGEST + 1)]) if end - start <= LONGEST else None
        marked = list(_HASHES.finditer(text, start, end)) if text.find("##", start, end) >= 0 else []
        if marked:
            found += [_Candidate(line.start(), line.end(), len(line[1])) for line in marked]
        elif rank is not None and bisect_left(taken, start) == bisect_left(taken, end):
            found.append(_Candidate(start, end, rank))
            seen[_key(text, found[-1])] += 1
    found = [item for item in found if item.rank < CAPITALS or seen[_key(text, item)] <= REPEATED]
    found += [_Candidate(start, end, SPEAKERS, RUN_IN) for start, end in find_turns(text)]
    return _apart(found)


def _apart(candidates: list[_Candidate]) -> list[_Candidate]:
    """In order; of two that overlap the first, of two that begin together the one of higher rank."""
    found: list[_Candidate] = []
    for item in sorted(candidates, key=lambda item: (item.start, item.rank)):
        if not found or found[-1].end <= item.start:
            found.append(item)
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans between blank lines, without white space at their ends."""
    found = []
    start = 0
    gaps = [*((blank.start(), blank.end()) for blank in _BLANKS.finditer(text)), (len(text), len(text))]
    for end, after in gaps:
        body = text[start:end]
        lead = len(body) - len(body.lstrip())
        if lead < len(body):
            found.append((start + lead, start + len(body.rstrip())))
        start = after
    return found


def _set_beside(kept: list[_Candidate], text: str) -> None:
    """Puts an introduction and its like beside the largest divisions that follow it, whatever those are; never above.

    Where none follows, beside the largest of the text.
    """
    is_outer = [bool(OUTER.match(text, item.start, item.end)) for item in kept]
    largest = min((item.rank for item, outer in zip(kept, is_outer, strict=True) if not outer), default=None)
    for at, item in enumerate(kept):
        if is_outer[at] and largest is not None:
            item.rank = max(item.rank, min(_ranks_under(kept, at), default=largest))


def _ranks_under(kept: Sequence[_Candidate], at: int) -> Iterator[int]:
    """The ranks of what follows a heading, up to the next one that is as large."""
    for other in kept[at + 1 :]:
        if other.rank <= kept[at].rank:
            return
        yield other.rank


def _drop_lists(candidates: list[_Candidate], text: str) -> None:
    """Drops headings with nothing under them: entries of a table of contents, lists, page headers.

    A heading is kept when other text follows, or at once a kept heading of a lower rank.
    """
    below: _Candidate | None = None
    for item in reversed(candidates):
        leads = below is not None and below.kept and below.rank > item.rank
        item.kept = not item.listed and (item.prose >= item.enough or leads)
        below = item
    run: set[str] = set()
    for item, after in pairwise(candidates):
        # The last entry of a table of contents has text behind it: then the first of its titles comes again.
        if item.kept and len(run) > 1 and _key(text, item) not in run and _key(text, after) in run:
            item.kept = False
        if item.kept:
            run = set()
        else:
            run.add(_key(text, item))


def _key(text: str, item: _Candidate) -> str:
    return " ".join(text[item.start : item.end].split()).casefold()


def _joined(candidates: list[_Candidate], text: str) -> list[_Candidate]:
    """A numbered heading and the title in capitals right under it are one."""
    found: list[_Candidate] = []
    for item in candidates:
        above = found[-1] if found else None
        bare = above and not above.prose and above.rank < CAPITALS and not OUTER.match(text, above.start, above.end)
        if above and bare and item.rank == CAPITALS and text[item.end - 1] != ":":
            found[-1] = _Candidate(above.start, item.end, above.rank, prose=item.prose)
        else:
            found.append(item)
    return found
