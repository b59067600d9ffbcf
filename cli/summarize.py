"""`clew summarize`: what documents say, every sentence cited."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

from ..core.options import DEFAULTS, Options
from . import options as o
from .plan import DryRun, tell


@o.spread
def summarize(
    files: o.Files = None,
    focus: Annotated[str, o.option("focus", "What it is to be about.", "TEXT")] = "",
    length: Annotated[int, o.taken("length")] = DEFAULTS.length,
    *,
    models: o.Models,
    limits: o.Limits,
    fresh: Annotated[bool, o.taken("fresh")] = False,
    dry_run: DryRun = False,
    within: o.Within = None,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Summarise documents of any length; every sentence cites its source. Reads everything."""
    from .progress import Progress
    from .render import exit_code, render

    options = Options(fresh=fresh, length=length, **asdict(limits))
    progress = Progress()
    with o.clew(progress, library, models) as clew:
        with progress:
            shelf = o.scope(clew, files, within)
            if dry_run:
                return tell(shelf.plan(focus, options, of="summarize"), options, as_json)
            answer = shelf.summarize(focus, options)
        if as_json:
            print(json.dumps({**answer.to_dict(), "schema": "clew.summary/1"}, ensure_ascii=False))
        else:
            render(answer, shelf.books)
    return exit_code(answer)
