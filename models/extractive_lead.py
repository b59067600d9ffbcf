"""What is said before quotes that decide nothing: a question for yes or no, for a comparison, for why or how."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..language.answers import AnswerType

NEAREST = "nearest in the text:"
_NOT_DONE: Mapping[AnswerType, str] = {
    "yes_no": "decide yes or no",
    "choice": "decide which",
    "reason": "work out why",
    "manner": "work out how",
}
_compares = re.compile(
    r"^\W*(?:compare|contrast)\b|\b(?:differences?|similarit(?:y|ies)) between\b|\bdiffers?\b"
    r"|\bcompared? (?:to|with)\b",
    re.IGNORECASE,
)


def lead(question: str, kind: AnswerType) -> str:
    """What the model says that it does not do, before it quotes something; empty for other kinds of questions."""
    left = "compare" if _compares.search(question) else _NOT_DONE.get(kind)
    return f"The built-in model does not {left}; {NEAREST} " if left else ""
