"""A plan in the terminal: what a question would take, by role, and what it would take at most."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..core.wording import counted

if TYPE_CHECKING:
    from ..app.plan import Estimate, Plan


def tell(plan: Plan, as_json: bool) -> int:
    """Prints `plan`; the exit code of a command that did no more."""
    if as_json:
        print(json.dumps(plan.to_dict(), ensure_ascii=False))
    else:
        print("\n".join(lines(plan)))
    return 0


def lines(plan: Plan) -> list[str]:
    """The plan as a table, and what it leaves open."""
    rows = [f"{plan.strategy} with {plan.model}, nothing sent"]
    rows.append(f"{'':15}{'calls':>8}{'prompt':>12}{'reply':>10}{'USD':>10}")
    for share in plan.likely.shares:
        cost = _money(share.cost)
        name = share.role.replace("_", "-")
        rows.append(f"{name:15}{share.calls:8,}{share.prompt_tokens:12,}{share.completion_tokens:10,}{cost:>10}")
    rows.append(f"likely          {_sum(plan.likely)}")
    if plan.most.calls != plan.likely.calls:
        rows.append(f"at most, about  {_sum(plan.most)}: where the manager keeps asking for more")
    if plan.likely.cost is None:
        rows.append("the price is unknown: clew doctor says where it can be noted")
    if plan.likely.minutes is None and plan.served:
        rows.append("how fast the server is has not been measured: any first question does")
    elif plan.likely.minutes is None:
        rows.append("how long that takes on this machine is not measured")
    return rows


def _sum(case: Estimate) -> str:
    minutes = [] if case.minutes is None else [f"{case.minutes:.1f} minutes"]
    calls, tokens = counted(case.calls, "call"), counted(case.tokens, "token")
    return ", ".join([calls, tokens, f"{_money(case.cost)} USD", *minutes])


def _money(cost: float | None) -> str:
    return "unknown" if cost is None else f"{cost:.4f}"
