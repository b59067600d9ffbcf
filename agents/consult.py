"""The one way from an agent to a model: fit, count, send, and say what was printed where."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from ..core.types import Need, Note, Role, Span, Usage
from ..prompts import Choice, Choices, Excerpt, Excerpts, Exhibit, Finding, Line, Memory, Prompt
from .desk import Desk
from .fit import Room, call, fitted

R = TypeVar("R", bound=BaseModel)
P = TypeVar("P", bound=Prompt[Any])
EXAMPLES = ([1], [1, 2])
"""Sentences of the findings that prompts show as examples of their form."""
ALONE: Mapping[Span, Span] = MappingProxyType({})
"""Evidence with nothing around it."""


async def consult(desk: Desk, role: Role, prompt: Prompt[R], room: Room | None = None) -> R:
    """The validated reply of the model that plays `role`. Raises ModelError, LimitReached, SettingsError.

    Args:
        room: where the window is divided otherwise than usual.
    """
    model = desk.models[role]
    reply = await model.complete(call(model, room or desk.room(role), role, prompt))
    desk.trace.took(_about(role, prompt), reply.usage.seconds)
    desk.replayed += reply.usage if reply.usage.replayed else Usage()
    desk.repaired += reply.usage.repaired
    desk.degraded += reply.usage.degraded
    value: R = reply.value
    return value


def _about(role: Role, prompt: Prompt[Any]) -> str:
    """What a call is about, for people: whose it is, and the beginning of its text."""
    text = getattr(prompt, "text", None)
    where = f" of {text.parts[0].source}" if isinstance(text, Excerpts) and text.parts else ""
    return f"a {role.replace('_', '-')}'s reply{where}"


def fit(desk: Desk, role: Role, build: Callable[[int], P], most: int) -> P:
    """The largest of `build(0) … build(most)` that the model of `role` has room for."""
    return fitted(desk.models[role], desk.room(role), build, most)


def with_memory(desk: Desk, role: Role, notes: Sequence[Note], build: Callable[[Memory], P]) -> P:
    """`build` with as many of the first `notes`, as lines of memory, as the model of `role` has room for."""
    lines = tuple(desk.remembered(at, note) for at, note in enumerate(notes, 1))
    return fit(desk, role, lambda k: build(Memory(lines[:k])), len(lines))


@dataclass(frozen=True)
class Printed:
    """Text as it stands in a prompt, and the way back from sentence numbers to places."""

    excerpts: Excerpts
    places: Sequence[Span]
    """The sentence with number n is `places[n - 1]`."""
    apart: Collection[int]
    """Numbers of sentences that do not go on from the one before: something else stands between them."""

    def notes(self, findings: Iterable[Finding], needs: Iterable[Need] = ()) -> tuple[tuple[Note, ...], int]:
        """The findings as located notes, and how many sentence numbers were never printed.

        Sentences of one finding that follow one another in the text become one note. What serves none of `needs`
        serves the question. The example of a prompt, sent back as it is, is no finding.
        """
        asked = {need.number for need in needs}
        notes: list[Note] = []
        rejected = 0
        for finding in findings:
            numbers = sorted(set(finding.sentences))
            known = [n for n in numbers if 1 <= n <= len(self.places)]
            rejected += len(numbers) - len(known)
            if finding.claim == "..." and numbers in EXAMPLES:
                continue
            need = finding.need if finding.need in asked else 1
            for span in self._runs(known):
                notes.append(Note(span, told(finding.claim), need, finding.confidence))
        return tuple(notes), rejected

    def places_of(self, numbers: Iterable[int]) -> tuple[Span, ...]:
        """The places of sentence numbers, those that follow one another joined; none for numbers never printed."""
        return tuple(self._runs(sorted({n for n in numbers if 1 <= n <= len(self.places)})))

    def _runs(self, numbers: Sequence[int]) -> list[Span]:
        runs: list[Span] = []
        previous = -1
        for number in numbers:
            place = self.places[number - 1]
            if number == previous + 1 and number not in self.apart:
                runs[-1] = Span(place.document, runs[-1].start, place.end)
            else:
                runs.append(place)
            previous = number
        return runs


def told(text: str) -> str:
    """What a model wrote; nothing where it holds no word: small ones repeat the "..." of the form they are shown."""
    return text.strip() if any(map(str.isalnum, text)) else ""


def numbered(texts: Iterable[str]) -> Choices:
    """`texts` as a list to choose from by number."""
    return Choices(tuple(Choice(at, text) for at, text in enumerate(texts, 1)))


def exhibits(desk: Desk, notes: Sequence[Note], around: Mapping[Span, Span] = ALONE) -> tuple[Exhibit, ...]:
    """Notes as numbered evidence: the original sentences and where they stand, never the claims.

    Args:
        around: by the span of a note, the longer one that is shown with it.
    """
    return tuple(_exhibit(at, note, around.get(note.span, note.span), desk) for at, note in enumerate(notes, 1))


def _exhibit(number: int, note: Note, wider: Span, desk: Desk) -> Exhibit:
    span = note.span
    before, after = Span(span.document, wider.start, span.start), Span(span.document, span.end, wider.end)
    return Exhibit(
        number,
        desk.source(span),
        desk.text(span),
        note.need,
        note.confidence,
        desk.begins(span),
        desk.text(before).strip(),
        desk.text(after).strip(),
    )


def printed(desk: Desk, spans: Iterable[Span]) -> Printed:
    """`spans` as numbered sentences, one excerpt a span."""
    places: list[Span] = []
    parts: list[Excerpt] = []
    apart: set[int] = set()
    for span in spans:
        book = desk.books[span.document]
        sentences, document = book.sentences_in(span), book.document
        if not sentences:
            continue
        first = len(places) + 1
        lines = tuple(Line(first + at, document.text[s.start : s.end]) for at, s in enumerate(sentences))
        headings = document.heading_path(sentences[0].start)
        parts.append(Excerpt(desk.source(sentences[0]), lines, headings, desk.begins(sentences[0])))
        places.extend(sentences)
        apart.add(first)
    return Printed(Excerpts(tuple(parts)), places, apart)
