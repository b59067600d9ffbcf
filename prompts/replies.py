"""The shapes of replies. Lenient in what is accepted (a missing list is an empty one), closed in what is asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field


def _clamped(value: object) -> object:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float | str) else value


Confidence = Annotated[float, BeforeValidator(_clamped)]


class Finding(BaseModel):
    """What one or a few sentences say that helps."""

    sentences: list[int]
    claim: str = ""
    need: int = 1
    confidence: Confidence = 0.5


class Findings(BaseModel):
    """A reader's reply. Nothing to report is `{"findings": [], "drop": []}`."""

    findings: list[Finding] = Field(default_factory=list)
    drop: list[int] = Field(default_factory=list)


class Message(BaseModel):
    """A memory-writer's reply: the message to hand on, and the sentences it rests on."""

    message: str
    findings: list[Finding] = Field(default_factory=list)


class Written(BaseModel):
    """One sentence of a summary, and the numbers of what it rests on."""

    text: str
    numbers: list[int] = Field(default_factory=list)


class Points(BaseModel):
    """A reply in points."""

    points: list[Written] = Field(default_factory=list)


class Questions(BaseModel):
    """A planner's reply: what must be known, as questions that a single place in the text may answer."""

    needs: list[str] = Field(default_factory=list)
    whole: bool = False
    """Whether no few places can answer: what is to be counted or listed, or a summary, is everywhere."""


class Kept(BaseModel):
    """A memory-writer's reply to a pile of evidence: the numbers worth keeping, the most useful first."""

    keep: list[int] = Field(default_factory=list)


class Verdict(BaseModel):
    """A manager's reply. `evidence` holds the numbers of what it rests on; `missing` what it would still need."""

    verdict: Literal["answered", "conflicting", "not_found"]
    answer: str = ""
    evidence: list[int] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=list)
