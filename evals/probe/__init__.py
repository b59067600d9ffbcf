"""What one model behind one server is like as a reader: measured in about sixty calls, with intervals.

Needles are put among sentences of a carried novel and asked for through the prompts, the fitting and the models that
questions go through. What comes back is a table of rates, and the parameters of a simulated reader that would read as
this one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...core.options import NO_LIMITS, Limits
from .outcome import all_kept, keep, kept, record
from .sending import pages, send
from .telling import before, line, lines

if TYPE_CHECKING:
    from ...app.clew import Clew

__all__ = ["all_kept", "kept", "line", "lines", "probe"]


async def probe(clew: Clew, limits: Limits = NO_LIMITS) -> dict[str, Any]:
    """Probes the reader of `clew`, keeps what is found and returns it, as the object of schema `clew.probe/1`.

    Where a limit is reached the object tells what was seen by then; it is not kept, and the next probe goes on there.

    Raises:
        SettingsError: the window is too small. ModelError: the model or its server failed.
    """
    model = (await clew.engine.connect())["reader"]
    budget = await clew.engine.budget(limits, answers=0)
    planned = pages(model)
    clew.trace.notice(before(model, planned, clew.engine.price_of(model)))
    found = record(await send(clew, model, planned, budget))
    if found["limit_reached"] is None:
        keep(clew.facts, found)
    return found
