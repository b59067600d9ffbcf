"""The pictures of a simulation, from its rows: curves, a map of best ways, heat maps of needles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .grid import Row
from .summary import best, curves, mean
from .svg import Look, heat, looks, picture, tiles
from .svg import curves as curve_panel
from .ways import WAYS

SIMULATION = "simulation"
"""The first word of everything."""


def completeness(rows: Sequence[Row]) -> str:
    """All evidence found against prompt tokens, a panel for each profile and set, a point for each length."""
    drawn = {
        (reader, dataset): curves(
            [row for row in rows if (row.reader, row.dataset) == (reader, dataset)],
            lambda row: float(row.trial.complete),
        )
        for reader, dataset in dict.fromkeys((row.reader, row.dataset) for row in rows)
    }
    spent = [x for lines in drawn.values() for points in lines.values() for x, _ in points if x > 0] or [1.0, 10.0]
    legend, names = _legend(rows), ("prompt tokens of a question", "all evidence found")
    panels = [
        curve_panel(f"{reader} reader, {dataset}", lines, names, legend, (min(spent), max(spent)))
        for (reader, dataset), lines in drawn.items()
    ]
    lengths = ", ".join(f"{tokens:,}" for tokens in sorted({row.tokens for row in rows}))
    note = f"share of questions with all evidence in the ledger; a point for each length of text: {lengths} tokens"
    return picture(f"{SIMULATION}: completeness against tokens", note, panels, legend=legend)


def best_ways(rows: Sequence[Row]) -> str:
    """The way of the highest worth for every (p0, h), a panel a set; readers are labelled `p0/h`."""
    panels, legend = [], _legend(rows)
    for dataset in dict.fromkeys(row.dataset for row in rows):
        own = [row for row in rows if row.dataset == dataset]
        found = {label: best([row for row in own if row.reader == label]) for label in _labels(own)}
        ps, hs = _sorted(label.split("/")[0] for label in found), _sorted(label.split("/")[1] for label in found)
        words = [[(found[f"{p}/{h}"].way, found[f"{p}/{h}"].apart) for p in ps] for h in reversed(hs)]
        panels.append(tiles(dataset, words, ps, hs[::-1], ("p0, a fact is missed", "h, false news a call"), legend))
    note = "highest share of right less wrong answers, twins included; pale where the next best is not told apart"
    return picture(f"{SIMULATION}: best way of reading", note, panels)


def depth_maps(rows: Sequence[Row]) -> str:
    """The share of needles in the ledger by depth and length, a panel for each reader and way."""
    panels = []
    lengths = sorted({row.tokens for row in rows})
    depths = list(dict.fromkeys(row.order for row in rows))
    for reader, way in dict.fromkeys((row.reader, row.way) for row in rows):
        own = [row for row in rows if (row.reader, row.way) == (reader, way)]
        shares = [
            [mean(row.trial.recall for row in own if (row.tokens, row.order) == (tokens, depth)) for tokens in lengths]
            for depth in depths
        ]
        names = [f"{tokens // 1000}k" for tokens in lengths]
        panels.append(heat(f"{reader} reader, {way}", shares, names, depths, ("tokens", "depth")))
    note = "share of needles in the ledger; extractive is the built-in model, the others are simulated readers"
    return picture(f"{SIMULATION}: needles that are asked for in other words", note, panels, columns=4)


def _legend(rows: Iterable[Row]) -> dict[str, Look]:
    """The looks of the ways that were read in: the same in all pictures, whatever else was compared."""
    read = dict.fromkeys(row.way for row in rows)
    drawn = looks([*WAYS, *read])
    return {way: drawn[way] for way in read}


def _labels(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(row.reader for row in rows))


def _sorted(numbers: Iterable[str]) -> list[str]:
    return sorted(set(numbers), key=float)
