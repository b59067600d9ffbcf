"""Sentences as start offsets that tile a text: the unit that is numbered in prompts, cited and counted.

Layout first (`blocks`), then the rules of sentencex within each block: multilingual sentence rules with lists of
abbreviations (Wikimedia's sentencex, MIT). Every step works on a bounded stretch, so time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .blocks import blocks
from .tongues import language_of, main_language

LONGEST = 2_000
"""Characters; no sentence is longer."""
LONG = 800
"""Characters; a longer sentence is divided at semicolons, colons and bullets: it would not fit one passage."""
QUOTED = 280
"""Characters; a longer sentence is looked at again without quotation marks, which sentencex never divides within."""
CLAUSES = 120
"""Characters of Thai from which on a space is taken to end a sentence: it has no other sign for that."""
PIECE = 6_000
"""Characters given to sentencex at a time: behind an open quotation mark its time grows with their square."""

_TERMINAL = re.compile(r"[.!?…。！？।؟॥։።｡۔][^\n\w]{0,8}[\s\w]")
_ENDED = re.compile(r"[.!?…。！？।؟॥։።｡۔]\W{0,6}(?:\[?\d{1,3}\]?){0,2}\s*$")
_GREEK = re.compile(r"[;\u037e]\s")
_GREEK_ENDED = re.compile(r"[;\u037e][\s\"”»]*$")
# sentencex takes no figure for the beginning of a sentence, and no Urdu full stop for the end of one.
_ENDS_ALWAYS = re.compile(r"[。！？｡][”’」』）]*(?=[0-9０-９A-Za-z])|۔\s+(?=\S)")
_GOES_ON = re.compile("(?:と|って|など|という)")
"""Behind a Japanese quotation: what is said of it."""
# What sentencex does not know, or only within its language: titles, and what stands before a figure.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[«])(?:M|MM|Mr|Dr|Prof|St|no|nos|nr|núm|n|art|abs|s|p|pp|pág|págs|str|стр|см|ст|п|рис|г|т|им|ул|ca|cf"
    r"|bzw|vgl|z|b|bijv|blz|dhr|mevr|sr|sra|dott|sig|av|fig|cap|cit|ed|vol)\.\s*$",
    re.IGNORECASE,
)
_STRONG = re.compile(r"[;:]\s+(?=\S)|\s(?=[•●▪◦■]\s)|；")
_WEAK = re.compile(r"[,–—]\s+(?=\S)|—(?=\w)|[，、]")
_SPACE = re.compile(r"\s(?=\S)")
_NOT_SPACE = re.compile(r"\S")
_MARKS = str.maketrans(dict.fromkeys('"“”„«»‹›()[]「」『』', " "))
_OPENING = "\"'“‘„«‹([「『"
_CLOSING = "\"'”’»›)]」』"
_LABEL = re.compile(r"[\W_]*(?:\d{1,4}|[A-Za-z]|[ivxlIVXL]{1,5})?(?:\.\d{1,3})*[.):\]]*[\W_]*$")
_PART = re.compile(
    r"(?:chapter|article|section|item|part|book|volume|letter|canto|act|scene|exhibit|schedule|appendix|annex|rule|note"
    r"|figure|table|title)\s+[\dIVXLC]{1,8}[A-Z]?[.:]\s*$",
    re.IGNORECASE,
)
_CITES_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:vols?|nos?|approx|ca|c|pp?|ch|chap|chs|secs?|figs?|eqs?|tabs?|arts?|ex|exh|cl|para|paras|pt|app"
    r"|pgs?|sched|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|v|vs|est|min|max|avg|tel|ext|lit|bk)\.\s*$",
    re.IGNORECASE,
)


def sentence_starts(text: str, borders: Sequence[int] = (), language: str = "") -> list[int]:
    """Start offset of every sentence of `text`; the first is 0, each sentence keeps the white space behind it.

    A sentence begins at every offset in `borders`, or, where white space stands there, at the first character behind
    it; none reaches over one. No sentence is longer than `LONGEST` characters. An empty text has no sentences.
    `language` is the text's, where it is known; each block may be in another.
    """
    if not text:
        return []
    layout = blocks(text)
    language = language or main_language(text) or "en"
    forced = {_past_space(text, border) for border in borders if 0 < border < len(text)} - {len(text)}
    whole = {block.start for block in layout if block.whole}
    edges = sorted({block.start for block in layout} | forced)
    starts: list[int] = []
    for start, end in pairwise([*edges, len(text)]):
        if start in whole and end - start <= LONG:
            starts.append(start)
        else:
            starts += _within(text, start, end, language)
    return starts


def _past_space(text: str, offset: int) -> int:
    """`offset`, moved behind white space."""
    found = _NOT_SPACE.search(text, offset)
    return found.start() if found else len(text)


def _within(text: str, start: int, end: int, prior: str) -> Iterator[int]:
    """The sentences of one block, of a text whose language is `prior`."""
    language = language_of(text[start : min(end, start + PIECE)], prior)
    if not _TERMINAL.search(text, start, end) and not (language == "el" and _GREEK.search(text, start, end)):
        yield from _clauses(text, start, end) if language == "th" else _shortened(text, start, end)
        return
    for first, last in pairwise([*_by_rules(text, start, end, language), end]):
        if last - first > QUOTED:
            for inner, after in pairwise([*_unquoted(text, first, last, language), last]):
                yield from _shortened(text, inner, after)
        else:
            yield first


def _clauses(text: str, start: int, end: int) -> Iterator[int]:
    """A stretch of Thai, divided at spaces."""
    yield start
    while cut := _SPACE.search(text, start + CLAUSES, end - CLAUSES // 2):
        start = cut.end()
        yield start


def _by_rules(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """The sentences that sentencex's rules find, fragments joined to what they belong to."""
    yield start
    at = begun = start
    while at < end:
        stop = min(end, at + PIECE)
        borders = _segment(text[at:stop], language)
        if stop < end:
            # The last one may go on behind the piece: it is looked at again with what follows.
            stop = at + borders.pop() if len(borders) > 1 else stop
            borders = [*borders, stop - at] if stop - at not in borders else borders
        for border in borders[1:]:
            if at + border < end and not _belongs(text, begun, at + border, language):
                begun = at + border
                yield begun
        at = stop


def _segment(piece: str, language: str) -> list[int]:
    """Start offsets of the sentences of `piece`, moved behind white space."""
    from sentencex import segment

    found = [0]
    offset = 0
    # "Me." is on its list of titles; in running text the word ends a sentence.
    for sentence in segment(language or "en", piece.replace(" me. ", " it. ").replace(" me.\n", " it.\n")):
        lead = len(sentence) - len(sentence.lstrip())
        if offset and lead < len(sentence):
            found.append(offset + lead)
        offset += len(sentence)
    if offset != len(piece):
        return [0]
    further = [] if piece.isascii() else [match.end() for match in _ENDS_ALWAYS.finditer(piece)]
    return sorted({*found, *further}) if further else found


def _belongs(text: str, start: int, border: int, language: str) -> bool:
    """Whether `border` divides what belongs together: a clause number and its clause, `Vol.` and a figure."""
    before = text[max(start, border - 16) : border]
    if not _ENDED.search(before) and not (language == "el" and _GREEK_ENDED.search(before)):
        return True
    if language != "en" and _goes_on(before, text[border : border + 2], language):
        return True
    if border - start <= 12 and _LABEL.match(before):
        return True
    if border - start <= 24 and _PART.match(text, start, border):
        return True
    if border < len(text) and text[border].isdigit() and _CITES_NUMBER.search(before):
        return True
    return border < len(text) and text[border] in ")]”»-–"


def _goes_on(before: str, behind: str, language: str) -> bool:
    """Whether a sentence that is not English goes on: behind an abbreviation, in lower case, behind a quotation."""
    if language == "ja":
        return before.endswith(("」", "』")) and _GOES_ON.match(behind) is not None
    stopped = before.rstrip().endswith(".")
    return stopped and (behind[:1].islower() or _ABBREVIATED.search(before) is not None)


def _unquoted(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """A long sentence, divided also where a sentence ends between quotation marks or brackets."""
    yield start
    begun = start
    for border in _in_pieces(text[start:end].translate(_MARKS), language):
        at = start + border
        while at > begun and text[at - 1] in _OPENING and text[at - 2].isspace():
            at -= 1
        behind = text[max(begun, at - 6) : at].rstrip()
        cried = behind.endswith(tuple(_CLOSING)) and text[at].islower()  # “Stop!” cried he
        if at > begun and not cried and not _belongs(text, begun, at, language) and text[at] not in _CLOSING:
            begun = at
            yield begun


def _in_pieces(text: str, language: str) -> Iterator[int]:
    """Where sentencex divides `text`, asked a piece at a time; the last sentence of a piece is looked at again."""
    at = 0
    while at < len(text):
        borders = _segment(text[at : at + PIECE], language)[1:]
        yield from (at + border for border in borders)
        at += borders[-1] if borders and at + PIECE < len(text) else PIECE


def _shortened(text: str, start: int, end: int) -> Iterator[int]:
    """A sentence, divided further while it is too long: at semicolons, then commas, white space, anywhere."""
    yield start
    while end - start > LONG:
        cut = _last(_STRONG, text, start + LONG // 4, start + LONG)
        if cut is None and end - start > LONGEST:
            cut = _last(_STRONG, text, start + LONG, start + LONGEST)
            cut = cut or _last(_WEAK, text, start + LONGEST // 2, start + LONGEST)
            cut = cut or _last(_SPACE, text, start + LONGEST // 2, start + LONGEST) or start + LONGEST
        elif cut is None:
            first = _STRONG.search(text, start + LONG, end - LONG // 4) if end - LONG // 4 > start + LONG else None
            cut = first.end() if first else None
        if cut is None:
            return
        start = cut
        yield start


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """End of the last match of `pattern` between the offsets; None where there is none."""
    found = None
    for match in pattern.finditer(text, start, min(end, len(text))):
        found = match.end()
    return found
