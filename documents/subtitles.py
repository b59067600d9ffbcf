"""Subtitles (.srt, .vtt): what is said, under the time of each minute's first words as a heading.

A cue's own number and exact time are left out; a minute is found again in any player. A line that a rolling caption
shows again above the next, or for an instant alone, is written once; words that are said twice are kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .decode import decode
from .loaded import Loaded
from .plain import load_plain
from .titled import Titled

MINUTE = 60
"""Seconds under one heading."""

INSTANT = 0.1
"""Seconds; shorter cues only make captions roll."""

_TIME = r"[ \t]*(?:(\d{1,4}):)?(\d{1,2}):(\d{2}[.,]\d{1,3})"
_TIMES = re.compile(f"{_TIME}[ \t]*-->{_TIME}")
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]{1,80})>")
_TAG = re.compile(r"</?(?:[bicuv]|font|ruby|rt|lang|\d)[^<>]{0,100}>|\{\\[^{}]{0,100}\}", re.IGNORECASE)


def load_subtitles(data: bytes) -> Loaded:
    """The words of subtitles; a file without cues is read as plain text. Raises DocumentError."""
    decoded = decode(data)
    text = Titled()
    minute = -1
    before = ""
    for cue in _cues(decoded.text):
        seconds = int(cue.start)
        if seconds // MINUTE != minute:
            minute = seconds // MINUTE
            text.begin(f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}")
        rolls = len(cue.lines) > 1 or cue.end - cue.start < INSTANT
        for line in cue.lines[cue.lines[0] == before and rolls :]:
            text.add(line)
        before = cue.lines[-1]
    return Loaded(text.document("subtitles"), decoded.notices) if text.length else load_plain(data)


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words shown together."""

    start: float
    """Seconds."""
    end: float
    lines: list[str]


def _cues(text: str) -> Iterator[_Cue]:
    """The cues in the order of the file; those without words are left out."""
    lines = text.split("\n")
    times = [(at, match) for at, line in enumerate(lines) if "-->" in line and (match := _TIMES.match(line))]
    ends = [*(at for at, _ in times[1:]), len(lines)]
    for (at, match), after in zip(times, ends, strict=False):
        body = lines[at + 1 : after]
        # A cue ends at a blank line; what stands between that and the next time is its number or a comment.
        end = next((at for at, line in enumerate(body) if not line.strip()), len(body))
        words = [said for line in body[:end] if (said := _said(line))]
        if words:
            yield _Cue(_seconds(*match.groups()[:3]), _seconds(*match.groups()[3:]), words)


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _said(line: str) -> str:
    """The words of a line without marks; a speaker who is named in one stands before them."""
    named = _SPEAKER.sub(lambda match: f"{match[1].strip()}: ", line)
    return " ".join(html.unescape(_TAG.sub("", named)).split())
