"""What is said of runs: the same words in every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.wording import counted

if TYPE_CHECKING:
    from ..core.types import Limit, Usage


def going_on(limit: Limit, calls: int, *, planned: bool = False) -> str:
    """How a run that was cut short goes on.

    Args:
        calls: how many were sent.
        planned: whether the command knows --dry-run.
    """
    if limit == "interrupt":
        return "interrupted; the same command goes on where it stopped, and pays for no finished call again"
    if limit == "calls" and not calls:
        return "nothing was sent: one call is kept for the answer, so --max-calls 2 is the least"
    told = (
        f"the limit on {limit} was reached: the same command with a larger --max-{limit} goes on from here "
        "and pays for no finished call again"
    )
    return told + ("; --dry-run says what is still needed" if planned else "")


def spent(usage: Usage) -> str:
    """`12 calls and 3 replayed`, `15 calls, all replayed`, `2 calls, 40,210 tokens embedded`."""
    embedded = f", {counted(usage.embedding_tokens, 'token')} embedded" if usage.embedding_calls else ""
    if usage.replayed and not usage.calls:
        return f"{counted(usage.replayed, 'call')}, {'all ' * (usage.replayed > 1)}replayed{embedded}"
    return counted(usage.calls, "call") + (f" and {usage.replayed:,} replayed" if usage.replayed else "") + embedded
