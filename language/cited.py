"""What a text that an answer cites holds: a fact printed alike, or in another customary form.

Nothing is judged here but occurrence: that the answer says of a fact what the text says of it is not checked.
"""

from __future__ import annotations

import re
from functools import cached_property

from .dates import Clock, Moment, clocks, dates
from .facts import Fact, Value, idle, without_fiscal
from .names import HONORIFICS, Name, bare
from .numerals import Numeral, numerals
from .tongues import language_of
from .words import DECIMAL_COMMA, fold, plain_digits

_hyphenated = re.compile(r"(?<=[^\W\d_])-\s+(?=[^\W\d_])")
_cut_off = re.compile(r"-\s[^\W\d_]")
_cut_on = re.compile(r"[^\W\d_]-\s$")
_NEAR = 8
"""Words that may stand between the words of one name."""


class Cited:
    """A cited text, read once for all facts."""

    def __init__(self, text: str, prior: str) -> None:
        self._text = text
        self._comma = language_of(text, prior) in DECIMAL_COMMA

    def holds(self, value: Value) -> bool:
        """Whether what a fact means stands here, in any of its forms."""
        match value:
            case Numeral():
                return any(_same_number(value, own) for own in self._numbers)
            case Moment():
                return any(own.covers(value, self._years) for own in self._dates)
            case Clock():
                return any(own.agrees(value) for own in self._clocks)
            case Name():
                return self._holds_name(value)
        return any(_contains(text, value) for text in self._plain)

    def prints(self, fact: Fact) -> bool:
        """Whether a number or date stands here character by character, whatever its points and commas mean."""
        if fact.kind not in ("number", "date", "time"):
            return False
        form = r"\s+".join(map(re.escape, plain_digits(fact.text).split()))
        return re.search(rf"(?<![\d.,])(?<!\d[./:-]){form}(?!\d|[.,/:-]\d)", plain_digits(self._text)) is not None

    @cached_property
    def _numbers(self) -> list[Numeral]:
        text = without_fiscal(self._text)
        found = numerals(text, comma=self._comma)
        return [n for n in found if not (idle(n) and n.ordinal)]

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(int(n.value) for n in self._numbers if not n.places and 1000 <= n.value < 3000)

    @cached_property
    def _dates(self) -> list[Moment]:
        return dates(self._text)

    @cached_property
    def _clocks(self) -> list[Clock]:
        return clocks(self._text)

    @cached_property
    def _plain(self) -> tuple[str, str]:
        """The text on one line, as it is and with words put together that a line's end had cut."""
        return plain(self._text), plain(_hyphenated.sub("", self._text))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Word positions of every word and of the parts of hyphenated ones, but not of what a line's end cut off."""
        places: dict[str, list[int]] = {}
        for text in dict.fromkeys(self._plain):
            for at, match in enumerate(re.finditer(r"[^\W_]+(?:['.&-][^\W_]+)*", text)):
                if _cut_off.match(text, match.end()) or _cut_on.search(text[max(0, match.start() - 3) : match.start()]):
                    continue
                whole = match[0]
                for form in {whole, bare(whole), *re.split(r"['.&-]", whole), whole.replace(".", "")}:
                    places.setdefault(form, []).append(at)
        return places

    def _holds_name(self, name: Name) -> bool:
        """Whether all words of a name but titles stand here, near each other."""
        forms = [form for word in name.words if (form := plain(word).rstrip(".")) not in HONORIFICS]
        wanted = [self._where(form) for form in forms]
        return not wanted or any(
            all(any(abs(at - start) <= _NEAR + len(wanted) for at in own) for own in wanted) for start in wanted[0]
        )

    def _where(self, form: str) -> list[int]:
        """Positions of a word of a name, however it is joined or ends; of its first part where all parts stand here."""
        for same in (form, form.replace(".", ""), form.replace("-", ""), form.rstrip("s")):
            if same in self._places:
                return self._places[same]
        parts = [part for part in re.split(r"['&-]", form) if part]
        return self._places[parts[0]] if len(parts) > 1 and all(part in self._places for part in parts) else []


def _same_number(asked: Numeral, own: Numeral) -> bool:
    if asked.magnitude == own.magnitude and "%" not in (asked.unit, own.unit):
        return True
    return asked.value == own.value and (asked.unit == own.unit or not (asked.unit and own.unit))


def plain(text: str) -> str:
    """`text` as quotes are compared: folded, on one line, dashes and quotation marks in one form, no brackets."""
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"[“”„«»]", '"', text)
    return " ".join(fold(text).replace("[", "").replace("]", "").split())


def _contains(text: str, quote: str) -> bool:
    """Whether `text` (plain) holds the words of `quote`; where the quote leaves out (`...`), its parts in order."""
    at = 0
    for part in re.split(r"\.\.\.+", plain(quote)):
        words = part.strip(" .,;:!?")
        if not words:
            continue
        before = r"(?<![a-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
        after = r"(?![a-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
        # `70mm` is also printed `70 mm`, and `K200` with a hyphen.
        form = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", "[ -]?", re.escape(words))
        match = re.compile(before + form + after).search(text, at)
        if match is None:
            return False
        at = match.end()
    return True
