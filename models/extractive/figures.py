"""What a question for an amount, a time or a colour takes for an answer: a figure, and one of the year it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...language.answers import AnswerType, amounts_in, find_answers
from ...language.colours import colours
from ...language.dates import dates
from ...language.numerals import Numeral, numerals
from ...language.words import DECIMAL_COMMA
from .ask import Ask, akin, relatives
from .event import tells_when
from .measures import UNIT, is_length, is_measure, is_measured, is_of_length
from .text import base_stems

AMOUNTS: tuple[AnswerType, ...] = ("money", "percent", "number")
_lasting = re.compile(
    r"\b(?:until|till|during|throughout|as long as|so long as|while|for ever|forever|perpetual(?:ly)?"
    r"|indefinite(?:ly)?)\b",
    re.IGNORECASE,
)
"""Words that tell how long without a figure."""
BEFORE, BEHIND = 60, 40
"""Characters around a figure within which a sentence says what it counts."""
_counted = re.compile(r"\b(?:none|nothing|free|both|several|dozens?|single|half|third|quarter)\b", re.IGNORECASE)
"""Words that tell an amount without a figure, but no age, height or distance."""
_of_what = re.compile(
    r"\b(?:one|no|all)\s+(?:of\s+)?(?:(?:the|these|those|my|our|his|her|its|their)\s+)?([\w'’-]+)", re.IGNORECASE
)
"""Words that tell an amount only of what stands behind them: `no keepers`, and not `no fool`."""
_year = re.compile(r"(?<![\d.,])(?:FY\s?'?)?((?:19|20)\d\d)(?![\d.,]\d|\d)|\bFY\s?'?(\d\d)\b", re.IGNORECASE)
_reference = re.compile(
    r"(?:\b(?:sections?|articles?|exhibits?|notes?|items?|pages?|chapters?|paragraphs?|clauses?|schedules?|parts?)|§+)\s+"
    r"\d[\d.()a-z]*(?:(?:,? (?:and|or|through|to)|,) \d[\d.()]*)*",
    re.IGNORECASE,
)
_thing = re.compile(
    r"\bhow many\s(?!times\b|more\b)((?:[\w'’-]+\s){0,3}?[\w'’-]+)"
    r"\s(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|shall|should|may|must)\b",
    re.IGNORECASE,
)
_thing_that = re.compile(r"\bhow many\s(?!times\b|more\b|of\b|per\b)([\w'’-]+)", re.IGNORECASE)
_counts = re.compile(r"\bhow many\b", re.IGNORECASE)
_changes = re.compile(
    r"\bby\b|\b(?:increas|decreas|reduc|chang|grow|grew|ris(?:e|en)\b|rose\b|fall\b|fell\b|declin|improv|drop)",
    re.IGNORECASE,
)
_by = re.compile(
    r"\b(?:increas|decreas|reduc|chang|grow|grew|rise|rose|fall|fell|declin|improv|drop)\w*\b[^.;]{0,60}"
    r"\bby\s(?:[$€£¥]?\d[\d.,]*\s(?:\w+,?\s){1,2}or\s)?(?:approximately\s|about\s|nearly\s|over\s|some\s)?[$€£¥]?\s?$",
    re.IGNORECASE,
)
_ended = re.compile(r"[.!?…。！？।][\s\"'”’»)\]]*$")


def can_answer(text: str, asked: Ask) -> bool:
    """Whether `text` may answer `asked`: an amount of a year needs a figure, any other amount a figure or a sentence.

    A line without either is a heading of figures, never one of them.
    """
    if asked.kind not in AMOUNTS or _figures(text, asked):
        return True
    return not years(asked.text) and _ended.search(text) is not None


def years(text: str) -> frozenset[str]:
    """The years that `text` names, in four digits: `2018`, `FY2018`, `FY18`."""
    return frozenset(whole or f"20{short}" for whole, short in _year.findall(text))


def doubtful(asked: Ask, quoted: str, above: str) -> bool:
    """Whether an amount, a time or a colour is asked for, and what is quoted lacks it, or the year it is asked of.

    `revenue` of 2018 may be the `net sales` of a row, but words do not tell that it is.

    Args:
        above: what the quotes stand under.
    """
    if asked.language == "en" and not _has_form(asked, quoted, above):
        return True
    wanted = years(asked.text)
    if asked.kind not in AMOUNTS or not wanted:
        return False
    shown = f"{quoted}\n{above}"
    named = base_stems(" ".join(amounts_in(asked.text)), asked.language)
    held = base_stems(shown, asked.language)
    return not (wanted <= years(shown) and all(any(stem == own or akin(stem, own) for own in held) for stem in named))


def _has_form(asked: Ask, quoted: str, above: str) -> bool:
    """Whether an amount, a time or a colour stands there, where one is asked for: days of a chat stand above it."""
    if asked.kind in AMOUNTS:
        if is_measured(asked.text):
            return is_measure(quoted, asked.text, frozenset(word for name in asked.names for word in name))
        amount = _figures(quoted, asked) or _counted.search(quoted) is not None or _counts_what_is_asked(quoted, asked)
        return bool(amount) and _names_what_is_counted(quoted, above, asked)
    if asked.kind == "colour":
        return bool(colours(f"{quoted}\n{above}"))
    if asked.kind == "duration" and is_of_length(asked.text):
        return is_length(quoted)
    if asked.kind not in ("date", "duration") or (
        tells_when(asked, quoted) if asked.kind == "date" else _lasting.search(quoted)
    ):
        return True
    shown = f"{quoted}\n{above}"
    known = asked.text.lower()
    found = [*find_answers("date", shown), *find_answers("duration", shown)]
    return any(shown[start:end].lower() not in known for start, end in found)


def _names_what_is_counted(quoted: str, above: str, asked: Ask) -> bool:
    """Whether a word of what is counted in `how many stores did …` is there: of a sentence, beside a figure."""
    thing = _thing.search(asked.text) or _thing_that.search(asked.text)
    wanted = base_stems(thing[1], asked.language) if thing else []
    if not wanted or not _holds_any(wanted, f"{quoted}\n{above}", asked):
        return not wanted
    told = [line for line in quoted.split("\n") if _ended.search(line) and _figures(line, asked)]
    near = [line[max(0, n.start - BEFORE) : n.end + BEHIND] for line in told for n in _figures(line, asked)]
    return not told or any(_holds_any(wanted, beside, asked) for beside in near)


def _holds_any(wanted: Sequence[str], text: str, asked: Ask) -> bool:
    """Whether one of the stems `wanted`, or what stands for it, is in `text`."""
    own = set(base_stems(text, asked.language))
    return any(stem in own or relatives(stem) & own or any(akin(stem, o) for o in own) for stem in wanted)


def _counts_what_is_asked(text: str, asked: Ask) -> bool:
    return any(stem in asked.weights for match in _of_what.finditer(text) for stem in base_stems(match[1]))


def _figures(text: str, asked: Ask) -> list[Numeral]:
    """The numbers of `text` that are no date, no year, no part referred to and not in the question."""
    text = _reference.sub(lambda part: " " * len(part[0]), text)
    days = [(day.start, day.end) for day in dates(text)]
    known = {number.magnitude for number in numerals(asked.text)}
    found = numerals(text, comma=asked.language in DECIMAL_COMMA)
    return [
        number
        for number in found
        if number.magnitude not in known
        and not _is_year(number)
        and not (number.in_words and (number.ordinal or number.value == 1))
        and not _measures_else(text, number, asked)
        and not _is_change(text, number, asked)
        and not any(start < number.end and number.start < end for start, end in days)
    ]


def _measures_else(text: str, number: Numeral, asked: Ask) -> bool:
    """Whether things are counted, and the number is one of miles, pounds or years."""
    unit = UNIT.match(text, number.end) if _counts.search(asked.text) else None
    return unit is not None and not any(stem in asked.weights for stem in base_stems(unit[0], asked.language))


def _is_change(text: str, number: Numeral, asked: Ask) -> bool:
    """Whether an amount is asked for, and the number says by how much it changed: `reduced income by $9 million`."""
    changed = asked.kind in ("money", "number") and not _changes.search(asked.text)
    return changed and _by.search(text[: number.start]) is not None


def _is_year(number: Numeral) -> bool:
    return not number.unit and not number.places and number.end - number.start == 4 and 1900 <= number.value < 2100
