"""`clew summarize`: what documents say, every sentence cited."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

from . import options as o


@o.spread
def summarize(
    files: o.Files = None,
    focus: Annotated[str, o.option("focus", "What it is to be about.", "TEXT")] = "",
    length: Annotated[int, o.option("length", "Words, about.", "N", 20)] = 200,
    *,
    models: o.Models,
    limits: o.Limits,
    fresh: Annotated[bool, o.option("fresh", "Use no reply of other runs.")] = False,
    within: o.Within = None,
    library: o.LibraryFolder = None,
    as_json: o.Json = False,
) -> int:
    """Summarise documents of any length; every sentence cites its source. Reads everything."""
    from ..app import Options
    from .progress import Progress
    from .render import exit_code, render

    progress = Progress()
    with o.clew(progress, library, models) as clew:
        with progress:
            shelf = o.scope(clew, files, within)
            answer = shelf.summarize(focus, Options(fresh=fresh, length=length, **asdict(limits)))
        if as_json:
            print(json.dumps({**answer.to_dict(), "schema": "clew.summary/1"}, ensure_ascii=False))
        else:
            render(answer, shelf.books)
    return exit_code(answer)
