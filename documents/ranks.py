"""How high words rank as a heading, by themselves: `CHAPTER IV`, `2.1 Scope`, `INTRODUCTION`, `A LINE IN CAPITALS`.

A rank is a number; the smaller is the higher.
"""

from __future__ import annotations

import re

CAPITALS = 60
SPEAKERS = 70
CLAUSES = (0, 41, 45, 50, 55, 57, 58, 59)
"""By depth, between items and lines in capitals."""
DIVISIONS = {
    **dict.fromkeys(("volume", "vol", "tome"), 10),
    **dict.fromkeys(("book", "part", "act"), 20),
    **dict.fromkeys(("chapter", "article", "canto", "letter", "stave", "schedule", "exhibit", "appendix", "annex"), 30),
    **dict.fromkeys(("section", "scene", "clause", "item", "session", "rule"), 40),
}
"""By the word before the number."""

_NUMERAL = (
    r"(?:\d{1,4}|[IVXLCDM]{1,8}|[ivxlcdm]{1,8}|[A-Z]\b|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|(?:the )?(?:first|second|third|fourth|fifth|sixth"
    r"|seventh|eighth|ninth|tenth|last)))"
)
_NAMED = re.compile(
    rf"(?P<word>[A-Z][A-Za-z]{{2,8}})\s+(?P<number>{_NUMERAL}(?:[.-]\d{{1,3}})*[A-Za-z]?)(?P<rest>\s*[.:—–-](?!\d).*|\s+[A-Z(“\"‘'].*|\s*)$",
    re.DOTALL,
)
OUTER = re.compile(
    r"(?:THE )?(?:PREFACE|FOREWORD|PROLOGUE|EPILOGUE|INTRODUCTION|CONCLUSION|APPENDIX|GLOSSARY|INDEX|AFTERWORD|CONTENTS"
    r"|TABLE OF CONTENTS|DEDICATION|ACKNOWLEDGE?MENTS?|BIBLIOGRAPHY|REFERENCES)\b",
    re.IGNORECASE,
)
"""Parts that stand beside chapters without a number."""
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?P<title>[A-Z].*)$", re.DOTALL)


def rank_of(words: str) -> int | None:
    """The rank of a paragraph as a heading; None where it is none."""
    if words.count("\n") > 2 or words[-1] in ",;" or not words[0].isalnum():
        return None
    named = _NAMED.match(words)
    if named and (rank := DIVISIONS.get(named["word"].lower())):
        rest = named["rest"].strip(" .:—–-\n")
        if named["word"].lower() in ("section", "clause"):
            dots = named["number"].count(".")
            rank = CLAUSES[min(5, dots + 1)] if dots else rank
        return rank if len(rest) <= 120 and _title(rest) else None
    if OUTER.fullmatch(words.rstrip(" .:")) and words[0].isupper():
        return DIVISIONS["chapter"]
    letters = sum(map(str.isalpha, words))
    if numbered := _NUMBERED.match(words):
        title = numbered["title"]
        fits = len(title) <= 80 and (title.isupper() or (title[-1] not in ".:;?!" and _title(title)))
        return CLAUSES[numbered["number"].count(".") + 1] if fits and letters >= 3 else None
    capitals = words.isupper() and letters >= 4 and letters >= 0.6 * len(words.replace(" ", "")) and len(words) <= 80
    cells = "|" in words or "\t" in words or "   " in words
    return CAPITALS if capitals and words[-1] not in "!?" and not cells else None


def _title(words: str) -> bool:
    """Whether words are written like a title: most of the longer ones begin with a capital; no full sentence."""
    longer = re.findall(r"[^\W\d_]{4,}", words)
    return not longer or sum(word[0].isupper() for word in longer) >= 0.6 * len(longer)
