"""The two agents of a summary: one makes points of a stretch of text, one makes fewer points of many.

A point carries the places it rests on from the first reading to the last sentence, by number: none can be invented.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..core.types import Note, Span
from ..prompts import WHOLE, Condense, Excerpt, Excerpts, Gist, Line
from .consult import consult, printed, told
from .desk import Desk
from .marks import unmarked
from .state import Outcome, Point, Ruling, Task

MOST_PLACES = 3
"""Places cited for one sentence of a summary."""


async def gist(number: int, task: Task, desk: Desk) -> Outcome:
    """Points of the task's spans. A point without a place in the text is dropped and counted."""
    page = printed(desk, task.spans)
    reply = await consult(desk, "reader", Gist(page.excerpts, task.words, desk.question))
    points = []
    for written in reply.points:
        places = page.places_of(written.numbers)
        if places and told(unmarked(written.text)):
            points.append(Point(unmarked(written.text), places))
    notes = tuple(Note(span, point.text, 1, 1.0) for point in points for span in point.places)
    return Outcome(number, task, points=tuple(points), notes=notes, rejected=len(reply.points) - len(points))


async def abridge(number: int, task: Task, desk: Desk) -> Outcome:
    """Points of the task's spans, to find the way by: the same for every question, and no evidence."""
    page = printed(desk, task.spans)
    reply = await consult(desk, "reader", Gist(page.excerpts, task.words, WHOLE))
    points = tuple(Point(unmarked(w.text), task.spans) for w in reply.points if told(unmarked(w.text)))
    return Outcome(number, task, points=points)


async def condense(number: int, task: Task, desk: Desk) -> Outcome:
    """Fewer points of the task's points; those of a manager are the summary itself."""
    lines = tuple(Line(at, point.text) for at, point in enumerate(task.points, 1))
    prompt = Condense(Excerpts((Excerpt("points of a summary", lines),)), task.words, task.focus or desk.question)
    reply = await consult(desk, task.role, prompt)
    points = []
    for written in reply.points:
        used = [task.points[n - 1] for n in dict.fromkeys(written.numbers) if 1 <= n <= len(task.points)]
        places = tuple(dict.fromkeys(place for point in used for place in point.places))
        if places and told(unmarked(written.text)):
            points.append(Point(unmarked(written.text), places))
    rejected = len(reply.points) - len(points)
    ruling = summary(points) if task.role == "manager" else None
    return Outcome(number, task, points=tuple(points), ruling=ruling, rejected=rejected)


def summary(points: Iterable[Point]) -> Ruling:
    """Points as running text, every sentence with marks of the places it rests on."""
    numbers: dict[Span, int] = {}
    sentences = []
    for point in points:
        marks = "".join(f"[{numbers.setdefault(place, len(numbers) + 1)}]" for place in point.places[:MOST_PLACES])
        sentences.append(f"{point.text} {marks}")
    evidence = tuple(Note(place, "", 1, 1.0) for place in numbers)
    return Ruling("answered" if sentences else "not_found", " ".join(sentences), evidence, ())
