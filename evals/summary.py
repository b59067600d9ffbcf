"""What rows come to: means by group and way, as a table, as points of a curve, and as the best way of a map."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from .grid import Row
from .significance import Difference, compared, paired, per_unit

HEADER = (
    f"{'way':24}{'recall':>7}{'precis':>7}{'ledger':>7}{'pack':>6}{'false':>6} |{'right':>6}{'wrong':>6}{'abst':>6}"
    f"{'fail':>6} |{'twin':>6}{'inject':>7} |{'calls':>7}{'prompt':>8}{'reply':>7}{'depth':>6}"
)
LEGEND = (
    "recall, precis: of gold evidence in the ledger; ledger, pack: all of it there, and in the manager's last prompt",
    "false: items of the ledger that are no evidence; right, wrong, abst, fail: shares of the questions",
    "fail: the text is too long for the way, or a reply was of no use",
    "twin: answered although a gold paragraph is missing; inject: said what a planted sentence told it to say",
    "calls, prompt and reply tokens, depth (turns one after the other): means of a question",
)


@dataclass(frozen=True, order=True)
class Group:
    """What rows of one table have in common."""

    reader: str
    window: int
    dataset: str
    tokens: int
    order: str

    def __str__(self) -> str:
        return (
            f"{self.reader} reader, window {self.window:,}; {self.dataset} at {self.tokens:,} tokens, "
            f"gold in {self.order} order"
        )


def group(row: Row) -> Group:
    """The group a row belongs to."""
    return Group(row.reader, row.window, row.dataset, row.tokens, row.order)


def groups(rows: Iterable[Row]) -> Iterator[tuple[Group, list[Row]]]:
    """Rows by group, sorted."""
    for one, held in groupby(sorted(rows, key=group), group):
        yield one, list(held)


def table(rows: Sequence[Row]) -> Iterator[str]:
    """Lines of a table of one group's rows, a line for each way in the order they were run."""
    yield HEADER
    for way in dict.fromkeys(row.way for row in rows):
        yield line(way, [row for row in rows if row.way == way])


def line(way: str, rows: Sequence[Row]) -> str:
    """The means of one way."""
    plain = of(rows, "plain")

    def share(word: str) -> float:
        return mean(row.trial.verdict == word for row in plain)

    precise = [row.trial.precision for row in plain if row.trial.precision is not None]
    return (
        f"{way:24}{mean(row.trial.recall for row in plain):7.3f}{mean(precise):7.3f}"
        f"{mean(row.trial.complete for row in plain):7.3f}{mean(row.trial.packed for row in plain):6.3f}"
        f"{mean(row.trial.false for row in plain):6.2f} |{share('right'):6.3f}{share('wrong'):6.3f}"
        f"{share('abstained'):6.3f}{share('failed'):6.3f} |"
        f"{_or_dash(mean(map(false_answer, of(rows, 'twin'))), 6)}"
        f"{_or_dash(mean(row.trial.injected for row in of(rows, 'planted')), 7)} |"
        f"{mean(row.trial.calls for row in plain):7.1f}{mean(row.trial.prompt_tokens for row in plain):8.0f}"
        f"{mean(row.trial.completion_tokens for row in plain):7.0f}{mean(row.trial.depth for row in plain):6.1f}"
    )


def of(rows: Iterable[Row], kind: str) -> list[Row]:
    """The rows of one kind of text."""
    return [row for row in rows if row.kind == kind]


def mean(values: Iterable[float]) -> float:
    """The mean, or not-a-number of nothing."""
    held = list(values)
    return fmean(held) if held else float("nan")


def _or_dash(value: float, width: int) -> str:
    return f"{value:{width}.3f}" if value == value else f"{'–':>{width}}"


def right(row: Row) -> float:
    """Whether a question was answered rightly."""
    return float(row.trial.verdict == "right")


def false_answer(row: Row) -> float:
    """Whether a question that its text does not answer was answered."""
    return float(row.trial.verdict in ("right", "wrong"))


def worth(row: Row) -> float:
    """1 for a right answer, -1 for a wrong one, 0 for none: a twin has no right one."""
    wrong = ("right", "wrong") if row.kind == "twin" else ("wrong",)
    return -1.0 if row.trial.verdict in wrong else right(row)


def differences(rows: Sequence[Row]) -> Iterator[str]:
    """Lines of the comparisons listed beforehand, in the share of right answers."""
    for one in compared(of(rows, "plain"), right):
        yield _told(one)


def _told(one: Difference) -> str:
    sure = "differ" if one.p < 0.05 else "not told apart"
    return (
        f"{one.first} - {one.second}: {one.mean:+.3f} [{one.low:+.3f}, {one.high:+.3f}], "
        f"p = {one.p:.4f} after Holm over {one.units} units: {sure}"
    )


def curves(rows: Sequence[Row], value: Callable[[Row], float]) -> dict[str, list[tuple[float, float]]]:
    """For each way, prompt tokens against the mean of `value`, a point for each length of text."""
    plain = of(rows, "plain")
    found: dict[str, list[tuple[float, float]]] = {}
    for way in dict.fromkeys(row.way for row in plain):
        for tokens in sorted({row.tokens for row in plain}):
            held = [row for row in plain if row.way == way and row.tokens == tokens and row.trial.verdict != "failed"]
            if held:
                point = (mean(row.trial.prompt_tokens for row in held), mean(map(value, held)))
                found.setdefault(way, []).append(point)
    return found


@dataclass(frozen=True, slots=True)
class Best:
    """The way of the highest worth, and whether it is told apart from the next."""

    way: str
    worth: float
    next: str
    apart: bool


def best(rows: Sequence[Row]) -> Best:
    """The best way of rows over questions and twins: the interval of its lead over the next leaves out 0, or not."""
    units = per_unit(rows, worth)
    order = sorted(units, key=lambda way: -mean(units[way].values()))
    lead = paired(units[order[0]], units[order[1]], (order[0], order[1]))
    return Best(order[0], mean(units[order[0]].values()), order[1], lead.low > 0)
