"""Dates and times of day in running text, in the forms people write them, with the parts that were said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .calendars import named_dates
from .words import plain_digits

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_BY_NAME = {name: number for number, name in enumerate(MONTHS, 1)}
_BY_NAME |= {name[:3]: number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_MONTH = rf"(?P<month>(?:{'|'.join(sorted(_BY_NAME, key=len, reverse=True))})(?![A-Za-z]))\.?"
_DAY = r"(?<![\d.,/:])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|[.,]\d{3}(?!\d))"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_forms = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\w){_MONTH}\s+{_DAY}(?:(?:\s*,\s*|\s+)(?:of\s+)?{_YEAR})?",
        rf"{_DAY}\s+(?:day\s+)?(?:of\s+)?{_MONTH}(?:\s*,?\s+(?:of\s+)?{_YEAR})?",
        rf"(?<!\w){_MONTH}\s*,?\s+(?:of\s+)?{_YEAR}",
        rf"(?<![\d./-]){_YEAR}-(?P<month>[01]?\d)-(?P<day>[0-3]?\d)(?![\d-])",
        rf"(?<![\d./-])(?P<day>[0-3]?\d)(?P<slash>[./])(?P<month>[0-3]?\d)(?P=slash){_YEAR}",
        r"(?<!\d)(?P<year>\d{4})\s?年(?:\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?)?",
        r"(?<!\d)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        r"(?<!\d)(?P<year>\d{4})\s?년(?:\s?(?P<month>\d{1,2})\s?월(?:\s?(?P<day>\d{1,2})\s?일)?)?",
        r"(?<!\d)(?P<month>\d{1,2})\s?월\s?(?P<day>\d{1,2})\s?일",
    )
]
# `May` and `March` are also words: alone they count only behind a word of time.
_month_alone = re.compile(
    r"(?<!\w)(?:(?P<month>January|February|April|June|July|August|September|October|November|December)"
    r"|(?<=\b(?:in|of|by)\s)(?P<may>May|March)|(?<=\b(?:last|next|late|this)\s)(?P<may2>May|March)"
    r"|(?<=\b(?:since|until|early)\s)(?P<may3>May|March))(?!\w)"
)
_more_years = re.compile(r"(?:\s*(?:,|/|\||\band\b)\s*|\s+)(?P<year>(?:19|20)\d\d)(?![\d,.]\d|\d)")
_clock = re.compile(
    r"(?<![\w.:])(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?\s?(?P<half>[ap])(?:\.\s?m\.|m\b)"
    r"|:(?P<minute2>[0-5]\d)(?::[0-5]\d)?(?![\w:])|\s?(?P<half2>[ap])(?:\.\s?m\.|m\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it stands in a text; parts that were not said are None."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None
    either: bool = False
    """Day and month may be the other way round (`3/4/1999`)."""

    def covers(self, other: Moment, years: frozenset[int] = frozenset()) -> bool:
        """Every part that `other` says is said here, its year here or among `years`."""
        year_known = other.year in (None, self.year) or (self.year is None and other.year in years)
        mine = [(self.month, self.day)] + ([(self.day, self.month)] if self.either else [])
        asked = [(other.month, other.day)] + ([(other.day, other.month)] if other.either else [])
        return year_known and any(am in (None, m) and ad in (None, d) for m, d in mine for am, ad in asked)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `minutes` counts from midnight, modulo twelve hours where no half of the day is said."""

    start: int
    end: int
    minutes: int
    half_known: bool

    def agrees(self, other: Clock) -> bool:
        if self.half_known and other.half_known:
            return self.minutes == other.minutes
        return self.minutes % 720 == other.minutes % 720


def dates(text: str) -> list[Moment]:
    """The dates of `text` in order: with a day, month and year, a day and month, or from a named month upwards."""
    text = plain_digits(text)
    found: list[Moment] = []
    for start, end, year, month, day in named_dates(text):
        if not any(start < f.end and f.start < end for f in found):
            found.append(Moment(start, end, year, month, day))
    for form in _forms:
        for match in form.finditer(text):
            moment = _moment(match)
            if moment and not any(moment.start < f.end and f.start < moment.end for f in found):
                found.extend([moment, *_further_years(text, moment)])
    for match in _month_alone.finditer(text):
        if not any(match.start() < f.end and f.start < match.end() for f in found):
            name = next(group for group in match.groups() if group)
            found.append(Moment(match.start(), match.end(), None, _BY_NAME[name.lower()], None))
    return sorted(found, key=lambda m: m.start)


def clocks(text: str) -> list[Clock]:
    """The times of day of `text` in order: `4:04 pm`, `16:04`, `4 p.m.`"""
    found = []
    for match in _clock.finditer(plain_digits(text)):
        half = (match["half"] or match["half2"] or "").lower()
        hour = int(match["hour"]) % 12 + (12 if half == "p" else 0) if half else int(match["hour"])
        minutes = 60 * hour + int(match["minute"] or match["minute2"] or 0)
        if hour < 24:
            found.append(Clock(match.start(), match.end(), minutes, bool(half) or hour > 12))
    return found


def _further_years(text: str, first: Moment) -> list[Moment]:
    """The same day of other years, as tables head their columns: `December 31, 2018 2017`."""
    found: list[Moment] = []
    end = first.end
    while first.year and first.day and (match := _more_years.match(text, end)):
        found.append(Moment(match.start("year"), match.end(), int(match["year"]), first.month, first.day))
        end = match.end()
    return found


def _moment(match: re.Match[str]) -> Moment | None:
    parts = match.groupdict()
    month_said, day_said, year_said = parts.get("month"), parts.get("day"), parts.get("year")
    month = None
    if month_said:
        month = int(month_said) if month_said.isdecimal() else _BY_NAME[month_said.lower()]
    day = int(day_said) if day_said else None
    either = bool(parts.get("slash"))
    if either and month and day and month > 12:
        month, day = day, month
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    either = either and day is not None and day <= 12
    return Moment(match.start(), match.end(), int(year_said) if year_said else None, month, day, either)
