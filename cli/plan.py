"""A plan in the terminal: what it would take, by role, and what it would take at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..core.serialize import json_line
from ..core.wording import NAMED, counted
from . import options as o

if TYPE_CHECKING:
    from ..app import Options
    from ..app.plan import Estimate, Plan, Share
    from ..jobs.forecast import Forecast

DryRun = Annotated[bool, o.option("dry-run", "Say what it would take, and ask nothing.", panel="Limits")]


def tell(plan: Plan, options: Options, as_json: bool) -> int:
    """Prints `plan`, and which limits of `options` it would reach; the exit code of a command that did no more."""
    if as_json:
        print(json_line({**plan.to_dict(), "beyond": plan.beyond(options)}))
    else:
        print("\n".join([_head(plan.strategy, plan), *lines(plan), *_ended(plan, options)]))
    return 0


def tell_batch(found: Forecast, options: Options, as_json: bool) -> int:
    """As `tell`, for a batch: which rows are meant, and which would fail."""
    plan = found.plan
    if as_json:
        print(json_line({**found.to_dict(), "beyond": plan.beyond(options)}))
        return 0
    told = [_head(f"{counted(found.rows, 'row')} about {counted(found.documents, 'document')}, {plan.strategy}", plan)]
    told += [f"{found.answered:,} answered before"] if found.answered else []
    if found.gone_through < found.rows:
        told.append(f"{found.gone_through:,} of them were gone through, the others are taken to be like these")
    print("\n".join([*told, *lines(plan), *_ended(plan, options), *_refused(found)]))
    return 0


def lines(plan: Plan) -> list[str]:
    """The plan as a table, and what it leaves open."""
    cached = any(share.cached_tokens for share in plan.likely.shares)
    head = [f"{'':15}{'calls':>8}{'prompt':>14}{'cached' if cached else '':>{14 * cached}}{'reply':>12}{'USD':>12}"]
    rows = [*head[: len(plan.likely.shares)], *(_row(share, cached) for share in plan.likely.shares)]
    rows.append(f"likely          {_sum(plan.likely)}")
    if plan.most.calls != plan.likely.calls:
        rows.append(f"at most, about  {_sum(plan.most)}: where the manager keeps asking for more")
    if not plan.likely.calls:
        rows.append("it was asked before: every reply is kept, and none is paid for again")
    if plan.steered:
        rows.append("the model chooses what is read: it may be much less, or several times as much")
    if plan.likely.cost is None:
        rows.append("the price is unknown: clew doctor says where it can be noted")
    if plan.likely.minutes is None and plan.served:
        rows.append("how fast the server is has not been measured: any first question does")
    elif plan.likely.minutes is None:
        rows.append("how long that takes on this machine is not measured")
    if plan.embedder is not None:
        rows.append(f"vectors of the embedder {plan.embedder} come beside it, where they are not there yet")
    return rows


def _head(what: str, plan: Plan) -> str:
    return f"{what} with {plan.model}: a dry run, nothing was asked"


def _row(share: Share, cached: bool) -> str:
    kept = f"{share.cached_tokens:14,}" if cached else ""
    figures = f"{share.calls:8,}{share.prompt_tokens:14,}{kept}{share.completion_tokens:12,}{_money(share.cost):>12}"
    return f"{share.role.replace('_', '-'):15}{figures}"


def _sum(case: Estimate) -> str:
    minutes = [] if case.minutes is None else [f"{case.minutes:,.1f} minutes"]
    calls, tokens = counted(case.calls, "call"), counted(case.tokens, "token")
    return ", ".join([calls, tokens, f"{_money(case.cost)} USD", *minutes])


def _money(cost: float | None) -> str:
    return "unknown" if cost is None else f"{cost:,.4f}"


def _ended(plan: Plan, options: Options) -> list[str]:
    beyond = plan.beyond(options)
    limits = " and ".join(f"--max-{limit} {getattr(options, f'max_{limit}'):g}" for limit in beyond)
    return [f"{limits} would end it before"] if beyond else []


def _refused(found: Forecast) -> list[str]:
    """Rows that would fail: a few reasons, each once."""
    if not found.refused:
        return []
    reasons: dict[str, str] = {}
    for row, error in found.refused.items():
        reasons.setdefault(str(error), row)
    told = [f"{counted(len(found.refused), 'row')} would fail"]
    told += [f"  {row}: {reason}" for reason, row in list(reasons.items())[:NAMED]]
    more = len(reasons) - NAMED
    return told + ([f"  {counted(more, 'further reason')}; --json names them all"] if more > 0 else [])
