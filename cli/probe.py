"""`clew probe`: what this model behind this server is like as a reader."""

from __future__ import annotations

from ..core.serialize import json_line
from . import options as o


@o.spread
def probe(*, models: o.Models, limits: o.Limits, library: o.LibraryFolder = None, as_json: o.Json = False) -> int:
    """Measure in sixty calls how well a model reads.

    Needles among sentences of a novel are asked for. Told are misses by length and place, false news, wrong numbers,
    and how often it obeys what a text orders. It is kept for this server and model, and clew strategies shows it;
    asking again measures again.
    """
    from ..evals import probe as probing
    from .progress import Progress

    progress = Progress()
    with o.clew(progress, library, models) as clew, progress:
        found = clew.run(probing.probe(clew, limits))
    print(json_line(found) if as_json else "\n".join(probing.lines(found)))
    if found["limit_reached"] is None:
        return 0
    progress.notice(f"cut short ({found['limit_reached']}): nothing was kept, and the same command goes on")
    return 130 if found["limit_reached"] == "interrupt" else 5
