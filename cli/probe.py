"""`clew probe`: what this model behind this server is like as a reader."""

from __future__ import annotations

import json

from . import options as o


@o.spread
def probe(*, models: o.Models, limits: o.Limits, library: o.LibraryFolder = None, as_json: o.Json = False) -> int:
    """Measure a model as a reader in sixty calls: misses by length and place, false news, wrong numbers, obedience.

    Needles among sentences of a novel are asked for. What is found is kept for the server and model, beside the text;
    clew strategies shows it. Asking again measures again.
    """
    from dataclasses import asdict

    from ..evals import probe as probing
    from .progress import Progress

    progress = Progress()
    with o.clew(progress, library, models) as clew, progress:
        found = clew.run(probing.probe(clew, **asdict(limits)))
    print(json.dumps(found, ensure_ascii=False) if as_json else "\n".join(probing.lines(found)))
    if found["limit_reached"] is None:
        return 0
    progress.notice(f"cut short ({found['limit_reached']}): nothing was kept, and the same command goes on")
    return 130 if found["limit_reached"] == "interrupt" else 5
