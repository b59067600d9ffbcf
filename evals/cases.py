"""What is asked in a trial: paragraphs, and questions as puzzles whose facts stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from .simulated import Puzzle


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A titled paragraph of a corpus."""

    id: str
    title: str
    text: str

    @property
    def printed(self) -> str:
        """As it stands in a text: its title, its words, an empty line."""
        return f"{self.title}\n{self.text}\n\n"


@dataclass(frozen=True)
class Case:
    """A question with its facts, and the paragraphs it came with."""

    id: str
    dataset: str
    type: str
    puzzle: Puzzle
    gold: tuple[str, ...]
    """For every fact, the id of its paragraph."""
    context: tuple[str, ...]
    """Ids of all paragraphs shipped with the question, gold and distractors."""
    unit: str = ""
    """What the bootstrap draws in its place; empty for the question itself."""


@dataclass(frozen=True)
class Corpus:
    """A set's paragraphs by id, and its questions."""

    name: str
    paragraphs: dict[str, Paragraph]
    cases: tuple[Case, ...]
