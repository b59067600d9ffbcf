"""What the ranking of units weighs, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Weights of the ranking; chosen by measurement."""

    akin: float = 0.5
    derived: float = 0.8
    """For a noun made from a verb, where the question has the verb, or the other way about: `government`, `governs`."""
    related: float = 0.65
    misspelt: float = 0.8
    """For a name that the page has only in a spelling much like the question's."""
    before: float = 0.45
    before_leaning: float = 0.6
    before_asking: float = 0.8
    """Where the sentence before asks, as people in a text ask one another."""
    after: float = 0.15
    heading: float = 0.5
    closeness: float = 0.4
    no_answer: float = 0.75
    near_answer: float = 0.7
    other_person: float = 0.3
    bridge: float = 0.6
    bridges: int = 3
    carried: float = 0.5
    verbatim: float = 0.4
    """For what says a phrase that the question quotes, in its words."""
    enough: int = 5
    """Of a long question, this many of the heaviest words make a full match."""


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that matches."""

    at: int
    """Index in the page."""
    score: float
    """0 to 1, comparable between pages."""
    leans: bool
    """A good part of the match is in the sentence before, which it refers to."""
    via: int = -1
    """Index of the unit that names what this one is about; -1 where it was found by the question alone."""
