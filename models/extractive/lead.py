"""What is said before quotes that may not answer, or that decide nothing: no yes or no, no comparison, no why."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...language.answers import AnswerType

NEAREST = "nearest in the text:"
_NOT_DONE: Mapping[AnswerType, str] = {
    "yes_no": "decide yes or no",
    "choice": "decide which",
    "reason": "work out why",
    "manner": "work out how",
}
_UNSURE: Mapping[str, str] = {
    "en": f"Not told for certain; {NEAREST}",
    "de": "Nicht sicher gesagt; am nächsten kommt:",
    "nl": "Niet met zekerheid gezegd; het dichtst erbij komt:",
    "fr": "Pas dit avec certitude ; ce qui s'en approche le plus :",
    "es": "No se dice con certeza; lo más cercano:",
    "pt": "Não se diz com certeza; o mais próximo:",
    "it": "Non è detto con certezza; il più vicino:",
    "sv": "Inte sagt med säkerhet; närmast kommer:",
    "da": "ikke sagt med sikkerhed; nærmest kommer:",
    "no": "ikke sagt med sikkerhet; nærmest kommer:",
    "pl": "Nie powiedziano tego na pewno; najbliżej:",
    "ru": "Не сказано наверняка; ближе всего:",
    "zh": "未明确说明；最接近的是：",
    "ja": "はっきりとは書かれていません。最も近いのは：",
}
"""Language -> what is said before the closest passage; other languages are told in English."""
_compares = re.compile(
    r"^\W*(?:compare|contrast)\b|\b(?:differences?|similarit(?:y|ies)) between\b|\bdiffers?\b"
    r"|\bcompared? (?:to|with)\b",
    re.IGNORECASE,
)

_lists = re.compile(
    r"^\W*(?:please )?(?:(?:list|enumerate)\b|name (?:all|every|the \w+s)\b"
    r"|(?:give|tell|show) (?:me )?(?:all|every|a list)\b|(?:what|which|who) are all\b)",
    re.IGNORECASE,
)
_sums_up = re.compile(
    r"^\W*(?:please )?(?:summari[sz]e|sum up|outline|give (?:me )?an? (?:summary|overview|outline))\b"
    r"|\b(?:summary|overview|gist|moral|main (?:idea|point|message)|plot|theme)s? of\b"
    r"|^\W*what(?:['’]s| is| are| was) [^?]{1,60}\babout\W*$",
    re.IGNORECASE,
)
_happens = re.compile(r"\bwhat (?:has |had |will |would )?(?:happen(?:s|ed)?|bec[ao]mes?)\b", re.IGNORECASE)
_explains = re.compile(r"^\W*(?:please )?(?:explain|describe)\b", re.IGNORECASE)
_INSTEAD = (
    (_compares, "compare"),
    (_explains, "explain"),
    (_happens, "tell what happens"),
    (_lists, "list (clew find names every place)"),
    (_sums_up, "sum up (clew summarize does)"),
)


def lead(question: str, kind: AnswerType) -> str:
    """What the model says that it does not do, before it quotes something; empty for other kinds of questions."""
    left = next((said for asks, said in _INSTEAD if asks.search(question)), _NOT_DONE.get(kind))
    return f"The built-in model does not {left}; {NEAREST} " if left else ""


def unsure(language: str) -> str:
    """What is said before a quote that is as likely beside the point."""
    return f"{_UNSURE.get(language, _UNSURE['en'])} "
