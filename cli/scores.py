"""A comparison in the terminal: what was said and what it took, a line a file, and how far files are apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from ..core.serialize import json_line
from ..core.wording import counted, printable, some
from ..evals.comparison import FEWEST
from .paper import Paper

if TYPE_CHECKING:
    from ..evals.comparison import Comparison
    from ..evals.marking import Score

NARROWEST, WIDEST = 16, 22
"""Columns of a name; the end of a longer one says more than its beginning."""
STATUSES = ("answered", "partial", "conflicting", "not_found", "open")
NAMED = 5
"""Questions named of those that only one of two files has right."""
SCORED = (
    "right: an accepted answer stands in the text of the answer, its words in a row, numbers and dates by value; a "
    "lexical check: no model judges, and what is right in other words counts as wrong",
    "evidence: share of the gold quotes of which the answer's evidence covers at least half; quotes: how many of those "
    "that were given stand in the documents",
)
UNSCORED = ("nothing was scored: no question has an answer or evidence beside it",)
TAKEN = (
    "of a question, in the mean; a call answered from what was kept counts as it did when it was sent; seconds: where "
    "no call was, and with other questions under way beside it; words: of the answer, and the more there are, the "
    "easier an accepted one is among them",
)


AHEAD = (
    "right counts what was rightly declined too; the interval is that of a paired bootstrap over the questions that "
    "both have, p after Holm's correction over these lines: from 0.05 on, these questions do not tell the files apart",
)
TOO_FEW = (f"the files have under {FEWEST} scored questions in common: too few to say which is ahead",)


def show(found: Comparison, as_json: bool) -> None:
    """Prints a comparison, in 80 columns, or as an object."""
    if as_json:
        print(json_line(found.to_dict()))
        return
    width = min(WIDEST, max(NARROWEST, *(len(one.name) + 2 for one in found.scores)))
    scored = any(one.answerable or one.unanswerable or one.evidence for one in found.scores)
    paper = Paper()
    _block(paper, _head(found))
    _block(
        paper, _marks(found.scores, width) if scored else _statuses(found.scores, width), SCORED if scored else UNSCORED
    )
    _block(paper, _taken(found.scores, width), TAKEN)
    if scored and len(found.scores) > 1:
        _block(paper, _leads(found, width) if found.leads else (), AHEAD if found.leads else TOO_FEW)
    for line in _apart(found):
        paper.show(Text(line))
    for line in found.notes:
        paper.show(Text(line, style="yellow"))


def _block(paper: Paper, table: Iterable[str], text: Iterable[str] = ()) -> None:
    """Prints a table, the text below it and an empty line."""
    for line in table:
        paper.show(Text(line), whole=True)
    for line in text:
        paper.show(Text(line, style="dim"))
    paper.blank()


def _head(found: Comparison) -> Iterator[str]:
    """What was asked, and of whom."""
    models = {one.name: " and ".join(one.models) or "nobody" for one in found.scores}
    asked = counted(found.questions, "question")
    if len(set(models.values())) == 1:
        yield f"{asked}, answered by {next(iter(models.values()))}"
        return
    yield asked
    yield from (f"  {name}: answered by {model}" for name, model in models.items())


def _marks(scores: Sequence[Score], width: int) -> Iterator[str]:
    yield f"{'':{width}}{'it is in the documents':>25}{'it is not':>13}{'gold':>10}{'quotes':>10}"
    yield f"{'':{width}}{'right':>7}{'wrong':>8}{'declined':>10}{'declined':>13}{'evidence':>10}{'located':>10}"
    for one in scores:
        right, wrong, declined = (_of(part, one.answerable) for part in (one.right, one.wrong, one.declined))
        rightly = _of(one.rightly_declined, one.unanswerable)
        recall = "–" if one.recall is None else f"{100 * one.recall:.0f} %"
        quotes = _of(one.located, one.located + one.rejected)
        yield f"{_name(one.name, width)}{right:>7}{wrong:>8}{declined:>10}{rightly:>13}{recall:>10}{quotes:>10}"


def _statuses(scores: Sequence[Score], width: int) -> Iterator[str]:
    yield f"{'':{width}}" + "".join(f"{status.replace('_', ' '):>12}" for status in STATUSES)
    for one in scores:
        yield _name(one.name, width) + "".join(f"{one.statuses.get(status, 0):12,}" for status in STATUSES)


def _taken(scores: Sequence[Score], width: int) -> Iterator[str]:
    yield f"{'a question took':{width}}{'calls':>9}{'prompt tokens':>16}{'USD':>11}{'seconds':>10}{'words':>9}"
    for one in scores:
        cost = "unknown" if one.cost is None else f"{one.cost:,.4f}"
        seconds = "–" if one.seconds is None else f"{one.seconds:,.1f}"
        took = f"{one.calls:9,.1f}{one.prompt_tokens:16,.0f}{cost:>11}{seconds:>10}{one.words:9,.0f}"
        yield _name(one.name, width) + took


def _leads(found: Comparison, width: int) -> Iterator[str]:
    """How far each file is ahead of the first."""
    first = f"ahead of {printable(found.scores[0].name)}"
    yield f"{_name(first, width)}{'in':10}{'share':>7}{'95 % interval':>18}{'questions':>13}{'p':>9}"
    for lead in found.leads:
        one = lead.difference
        interval, p = f"[{one.low:+.2f}, {one.high:+.2f}]", f"{one.p:.3f}" if one.p >= 0.001 else "< 0.001"
        yield f"{_name(one.first, width)}{lead.measure:10}{one.mean:+7.2f}{interval:>18}{one.units:13,}{p:>9}"


def _apart(found: Comparison) -> Iterator[str]:
    """The questions that only one of two files has right."""
    for pair in found.apart:
        for here, there, rows in (
            (pair.first, pair.second, pair.only_first),
            (pair.second, pair.first, pair.only_second),
        ):
            if rows:
                yield printable(f"right in {here}, not in {there}: {some(rows, NAMED)}")


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else "–"


def _name(name: str, width: int) -> str:
    """`name` in its column."""
    plain = printable(name)
    return f"{plain if len(plain) <= width - 2 else '…' + plain[3 - width :]:{width}}"
