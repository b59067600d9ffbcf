"""Three kinds of pictures as SVG text, without a library: curves, heat maps, and maps of names.

A picture is a row of panels under one title and one legend. Sizes are in pixels. A name has one colour in all panels of
a picture; its variants share it and are dashed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH, HEIGHT = 400, 320
LEFT, TOP, RIGHT, BOTTOM = 58, 34, 18, 52
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
HEAD, LEGEND_ROW, LEGEND_ITEM, MARGIN = 56, 20, 132, 14
PADDING = 14
"""Between the frame and the outermost points of curves."""
GAP = 2
"""Between cells."""
INK, PALE_INK, GRID, FRAME = "#1f2430", "#667085", "#edf0f4", "#c4cad4"
COLOURS = ("#1f4e9c", "#e07b16", "#2f8f5b", "#8e55b5", "#c9386f", "#0fa3b1", "#b58a00", "#5b6472", "#7a3b1d", "#7fa800")
DASHES = ("", "6 4", "2 3", "8 3 2 3")
Point = tuple[float, float]
Names = tuple[str, str]
"""Of the x and the y axis."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a name is drawn."""

    colour: str
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: what is drawn in it, in its own coordinates."""

    title: str
    body: str


def looks(names: Iterable[str]) -> dict[str, Look]:
    """A look for every name: a colour for what stands before `:` or `@`, a dash for each variant of it."""
    found: dict[str, Look] = {}
    stems: dict[str, int] = {}
    for name in dict.fromkeys(names):
        stem = re.split("[:@]", name)[0]
        variant = stems[stem] = stems.get(stem, -1) + 1
        colour = COLOURS[list(stems).index(stem) % len(COLOURS)]
        found[name] = Look(colour, DASHES[variant % len(DASHES)])
    return found


def picture(
    title: str, note: str, panels: Sequence[Panel], columns: int = 3, legend: Mapping[str, Look] | None = None
) -> str:
    """A document with `panels` in rows. Its first line says what kind of thing it shows."""
    columns = min(columns, len(panels))
    width, begin = WIDTH * columns, HEAD + _legend_height(legend or {}, WIDTH * columns)
    height = begin + HEIGHT * -(-len(panels) // columns)
    parts = [
        f"<!-- {escape(title)} -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="Inter, Helvetica, Arial, sans-serif" font-size="11">',
        '<rect width="100%" height="100%" fill="white"/>',
        text(MARGIN, 26, title, size=17, weight="600"),
        text(MARGIN, 45, note, fill=PALE_INK, size=12),
        *_legend(legend or {}, width),
    ]
    for at, panel in enumerate(panels):
        x, y = WIDTH * (at % columns), begin + HEIGHT * (at // columns)
        title_of = text(LEFT, TOP - 12, panel.title, size=12, weight="600")
        parts.append(f'<g transform="translate({x} {y})">{title_of}{panel.body}</g>')
    return "\n".join([*parts, "</svg>", ""])


def text(
    x: float, y: float, words: str, *, anchor: str = "start", size: int = 11, fill: str = INK, weight: str = "400"
) -> str:
    """Words at a place."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def _legend_height(legend: Mapping[str, Look], width: int) -> int:
    return LEGEND_ROW * -(-len(legend) // max(1, (width - MARGIN) // LEGEND_ITEM)) + (8 if legend else 0)


def _legend(legend: Mapping[str, Look], width: int) -> Iterable[str]:
    row = max(1, (width - MARGIN) // LEGEND_ITEM)
    for at, (name, look) in enumerate(legend.items()):
        x, y = MARGIN + LEGEND_ITEM * (at % row), HEAD + 12 + LEGEND_ROW * (at // row)
        yield _line([(x, y - 4), (x + 22, y - 4)], look) + _dot((x + 11, y - 4), look) + text(x + 28, y, name)


def _line(points: Sequence[Point], look: Look) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{path}" fill="none" stroke="{look.colour}" stroke-width="2" stroke-linecap="round" '
        f'stroke-dasharray="{look.dash}"/>'
    )


def _dot(point: Point, look: Look) -> str:
    """A point, hollow for a variant."""
    x, y = point
    drawn = f'fill="{"white" if look.dash else look.colour}" stroke="{look.colour}" stroke-width="1.5"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" {drawn}/>'


def curves(
    title: str,
    lines: Mapping[str, Sequence[Point]],
    names: Names,
    legend: Mapping[str, Look],
    bounds: tuple[float, float],
) -> Panel:
    """Lines by name over a logarithmic x axis within `bounds`; y is a share from 0 to 1."""
    low, high = bounds
    span = max(log10(high / low), 0.1)

    def place(point: Point) -> Point:
        x = LEFT + PADDING + (INNER_WIDTH - 2 * PADDING) * log10(max(point[0], low) / low) / span
        return x, TOP + PADDING + (INNER_HEIGHT - 2 * PADDING) * (1 - point[1])

    parts = [*_ticks(low, high, place), _frame(*names)]
    for name, points in lines.items():
        drawn = [place(point) for point in points]
        parts += [_line(drawn, legend[name]), *(_dot(point, legend[name]) for point in drawn)]
    return Panel(title, "".join(parts))


def heat(
    title: str, values: Sequence[Sequence[float]], columns: Sequence[str], rows: Sequence[str], names: Names
) -> Panel:
    """Shares from 0 (white) to 1 (dark), each written into its cell; not-a-number is left empty."""
    cells = [
        (row, column, f"hsl(213 62% {96 - 62 * value:.0f}%)", f"{value:.2f}", INK if value < 0.55 else "white")
        for row, held in enumerate(values)
        for column, value in enumerate(held)
        if value == value
    ]
    return Panel(title, _cells(cells, columns, rows, names))


def tiles(
    title: str,
    words: Sequence[Sequence[tuple[str, bool]]],
    columns: Sequence[str],
    rows: Sequence[str],
    names: Names,
    legend: Mapping[str, Look],
) -> Panel:
    """A name in every cell, in its colour; pale where it is not sure."""
    cells = []
    for row, held in enumerate(words):
        for column, (word, sure) in enumerate(held):
            colour = legend[word].colour
            cells.append((row, column, colour if sure else f"{colour}38", word, "white" if sure else INK))
    return Panel(title, _cells(cells, columns, rows, names))


Cell = tuple[int, int, str, str, str]
"""Row, column, colour, words, their colour."""


def _cells(cells: Sequence[Cell], columns: Sequence[str], rows: Sequence[str], names: Names) -> str:
    wide, high = INNER_WIDTH / max(1, len(columns)), INNER_HEIGHT / max(1, len(rows))
    parts = [_axes(*names)]
    for row, column, colour, words, ink in cells:
        x, y = LEFT + wide * column, TOP + high * row
        parts.append(
            f'<rect x="{x + GAP / 2:.1f}" y="{y + GAP / 2:.1f}" width="{wide - GAP:.1f}" height="{high - GAP:.1f}" '
            f'rx="3" fill="{colour}"/>'
        )
        parts.append(text(x + wide / 2, y + high / 2 + 4, words, anchor="middle", fill=ink))
    for at, name in enumerate(columns):
        parts.append(text(LEFT + wide * (at + 0.5), TOP + INNER_HEIGHT + 16, name, anchor="middle", fill=PALE_INK))
    for at, name in enumerate(rows):
        parts.append(text(LEFT - 6, TOP + high * (at + 0.5) + 4, name, anchor="end", fill=PALE_INK))
    return "".join(parts)


def _frame(x_name: str, y_name: str) -> str:
    size = f'width="{INNER_WIDTH}" height="{INNER_HEIGHT}"'
    return f'<rect x="{LEFT}" y="{TOP}" {size} rx="3" fill="none" stroke="{FRAME}"/>' + _axes(x_name, y_name)


def _axes(x_name: str, y_name: str) -> str:
    middle = TOP + INNER_HEIGHT / 2
    return (
        text(LEFT + INNER_WIDTH / 2, HEIGHT - 17, x_name, anchor="middle")
        + f'<g transform="rotate(-90 16 {middle})">{text(16, middle, y_name, anchor="middle")}</g>'
    )


def _ticks(low: float, high: float, place: Callable[[Point], Point]) -> list[str]:
    """Marks at 1, 2 and 5 times the powers of ten on x, at quarters on y."""
    parts = []
    for mark in (step * 10**power for power in range(9) for step in (1, 2, 5)):
        if low <= mark <= high:
            x, _ = place((mark, 0))
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{TOP + INNER_HEIGHT}" stroke="{GRID}"/>')
            name = f"{mark // 1000}k" if mark >= 1000 else str(mark)
            parts.append(text(x, TOP + INNER_HEIGHT + 15, name, anchor="middle", fill=PALE_INK))
    for share in (0, 0.25, 0.5, 0.75, 1):
        _, y = place((low, share))
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + INNER_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>')
        parts.append(text(LEFT - 6, y + 4, f"{share:g}", anchor="end", fill=PALE_INK))
    return parts
