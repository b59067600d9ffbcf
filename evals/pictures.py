"""The pictures of a simulation, from its rows: curves, a map of best ways, heat maps of needles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .grid import Row
from .summary import best, curves, mean
from .svg import Panel, heat, picture, tiles
from .svg import curves as curve_panel

SIMULATION = "simulation"
"""The first word of everything."""


def completeness(rows: Sequence[Row]) -> str:
    """All evidence found against prompt tokens, a panel for each profile and set, a point for each length."""
    panels: list[Panel] = []
    for reader, dataset in dict.fromkeys((row.reader, row.dataset) for row in rows):
        held = [row for row in rows if (row.reader, row.dataset) == (reader, dataset)]
        lines = curves(held, lambda row: float(row.trial.complete))
        panels.append(curve_panel(f"{reader} reader, {dataset}", lines, "prompt tokens of a question", "all evidence"))
    lengths = ", ".join(f"{tokens:,}" for tokens in sorted({row.tokens for row in rows}))
    return picture(f"{SIMULATION}: completeness against tokens", f"a point for each length: {lengths} tokens", panels)


def best_ways(rows: Sequence[Row]) -> str:
    """The way of the highest worth for every (p0, h), a panel a set; readers are labelled `p0/h`."""
    panels = []
    for dataset in dict.fromkeys(row.dataset for row in rows):
        own = [row for row in rows if row.dataset == dataset]
        found = {label: best([row for row in own if row.reader == label]) for label in _labels(own)}
        ps, hs = _sorted(label.split("/")[0] for label in found), _sorted(label.split("/")[1] for label in found)
        words = [[(found[f"{p}/{h}"].way, found[f"{p}/{h}"].apart) for p in ps] for h in reversed(hs)]
        panels.append(tiles(dataset, words, ps, hs[::-1], ("p0, a fact is missed", "h, false news a call")))
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


def _labels(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(row.reader for row in rows))


def _sorted(numbers: Iterable[str]) -> list[str]:
    return sorted(set(numbers), key=float)
