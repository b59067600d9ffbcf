"""Three kinds of pictures as SVG text, without a library: curves, heat maps, and maps of names.

A picture is a row of panels with one title. Sizes are in pixels, colours are told apart in grey too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

WIDTH, HEIGHT = 400, 330
LEFT, TOP, RIGHT, BOTTOM = 62, 40, 18, 58
INNER_WIDTH, INNER_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
COLOURS = ("#0b6e99", "#d9730d", "#448361", "#9065b0", "#c14c8a", "#787774", "#cb912f", "#1f3d7a", "#7a1f1f", "#3dbfb0")
DASHES = ("", "6 3", "2 2", "8 3 2 3", "1 3")
Point = tuple[float, float]
Names = tuple[str, str]
"""Of the x and the y axis."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: what is drawn in it, in its own coordinates."""

    title: str
    body: str


def picture(title: str, note: str, panels: Sequence[Panel], columns: int = 3) -> str:
    """A document with `panels` in rows. Its first line says what kind of thing it shows."""
    rows = -(-len(panels) // columns)
    width, height = WIDTH * min(columns, len(panels)), HEIGHT * rows + 64
    parts = [
        f"<!-- {escape(title)} -->",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
        f'font-size="11"><rect width="100%" height="100%" fill="white"/>',
        text(12, 22, title, size=15),
        text(12, 40, note, fill="#555"),
    ]
    for at, panel in enumerate(panels):
        x, y = WIDTH * (at % columns), 52 + HEIGHT * (at // columns)
        parts.append(f'<g transform="translate({x} {y})">{text(LEFT, TOP - 14, panel.title, size=12)}{panel.body}</g>')
    return "\n".join([*parts, "</svg>", ""])


def text(x: float, y: float, words: str, *, anchor: str = "start", size: int = 11, fill: str = "#222") -> str:
    """Words at a place."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{fill}">{escape(words)}</text>'
    )


def curves(title: str, lines: Mapping[str, Sequence[Point]], x_name: str, y_name: str) -> Panel:
    """Lines by name over a logarithmic x axis; y is a share from 0 to 1."""
    xs = [x for points in lines.values() for x, _ in points if x > 0]
    low, high = (min(xs), max(xs)) if xs else (1.0, 10.0)
    span = max(log10(high / low), 0.1)

    def place(point: Point) -> Point:
        x = LEFT + INNER_WIDTH * log10(max(point[0], low) / low) / span
        return x, TOP + INNER_HEIGHT * (1 - point[1])

    parts = [_frame(x_name, y_name), *_ticks(low, high, place)]
    for at, (name, points) in enumerate(lines.items()):
        colour, dash = COLOURS[at % len(COLOURS)], DASHES[at // 2 % len(DASHES)]
        drawn = [place(point) for point in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in drawn]
        if drawn:
            parts.append(text(LEFT + 6, TOP + 12 + 12 * at, name, fill=colour))
    return Panel(title, "".join(parts))


def heat(
    title: str, values: Sequence[Sequence[float]], columns: Sequence[str], rows: Sequence[str], names: Names
) -> Panel:
    """Shares from 0 (white) to 1 (dark), each written into its cell; not-a-number is left empty."""
    cells = [
        (row, column, f"hsl(200 60% {97 - 60 * value:.0f}%)", f"{value:.2f}", "#222" if value < 0.6 else "white")
        for row, held in enumerate(values)
        for column, value in enumerate(held)
        if value == value
    ]
    return Panel(title, _cells(cells, columns, rows, names))


def tiles(
    title: str, words: Sequence[Sequence[tuple[str, bool]]], columns: Sequence[str], rows: Sequence[str], names: Names
) -> Panel:
    """A name in every cell, one colour a name; pale where it is not sure."""
    known = list(dict.fromkeys(sorted(word for held in words for word, _ in held)))
    cells = []
    for row, held in enumerate(words):
        for column, (word, sure) in enumerate(held):
            colour = COLOURS[known.index(word) % len(COLOURS)]
            cells.append((row, column, colour if sure else f"{colour}55", word, "white" if sure else "#222"))
    return Panel(title, _cells(cells, columns, rows, names))


Cell = tuple[int, int, str, str, str]
"""Row, column, colour, words, their colour."""


def _cells(cells: Sequence[Cell], columns: Sequence[str], rows: Sequence[str], names: Names) -> str:
    wide, high = INNER_WIDTH / max(1, len(columns)), INNER_HEIGHT / max(1, len(rows))
    parts = [_frame(*names)]
    for row, column, colour, words, ink in cells:
        x, y = LEFT + wide * column, TOP + high * row
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{colour}"/>')
        parts.append(text(x + wide / 2, y + high / 2 + 4, words, anchor="middle", fill=ink))
    parts += [
        text(LEFT + wide * (at + 0.5), TOP + INNER_HEIGHT + 16, name, anchor="middle")
        for at, name in enumerate(columns)
    ]
    parts += [text(LEFT - 6, TOP + high * (at + 0.5) + 4, name, anchor="end") for at, name in enumerate(rows)]
    return "".join(parts)


def _frame(x_name: str, y_name: str) -> str:
    middle = TOP + INNER_HEIGHT / 2
    return (
        f'<rect x="{LEFT}" y="{TOP}" width="{INNER_WIDTH}" height="{INNER_HEIGHT}" fill="none" stroke="#999"/>'
        + text(LEFT + INNER_WIDTH / 2, HEIGHT - 22, x_name, anchor="middle")
        + f'<g transform="rotate(-90 16 {middle})">{text(16, middle, y_name, anchor="middle")}</g>'
    )


def _ticks(low: float, high: float, place: Callable[[Point], Point]) -> list[str]:
    """Marks at 1, 2 and 5 times the powers of ten on x, at quarters on y."""
    marks = [step * 10**power for power in range(9) for step in (1, 2, 5)]
    parts = []
    for mark in marks:
        if low <= mark <= high:
            x, _ = place((mark, 0))
            parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{TOP + INNER_HEIGHT}" stroke="#eee"/>')
            name = f"{mark // 1000}k" if mark >= 1000 else str(mark)
            parts.append(text(x, TOP + INNER_HEIGHT + 14, name, anchor="middle"))
    for share in (0, 0.25, 0.5, 0.75, 1):
        _, y = place((low, share))
        parts.append(f'<line x1="{LEFT}" x2="{LEFT + INNER_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#eee"/>')
        parts.append(text(LEFT - 6, y + 4, f"{share:g}", anchor="end"))
    return parts
