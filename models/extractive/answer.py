"""The extractive model as manager: which evidence answers each need, and whether it is enough to answer at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ...language.answers import answer_type
from ...prompts import Answer, Verdict, Whole
from .best import Found, best
from .compare import compared
from .lead import lead, unsure
from .page import Page, exhibited, page
from .plan import needs_of

THRESHOLD = 0.52
"""Support under which a need counts as not answered; see benchmarks/abstention.py."""
SURE = 0.68
"""Support under which what is quoted is as likely beside the point as to it, and said to be."""
_ended = re.compile(r"[.!?。！？।۔][\"”’»)\]]*(?: ?\[\d+\])+$")


def answered(prompt: Answer) -> Verdict:
    """What the exhibits say."""
    sure = {exhibit.number: exhibit.confidence for exhibit in prompt.evidence.items}
    return verdict(exhibited(prompt), prompt.question, [need.text for need in prompt.needs.items], sure)


def answered_whole(prompt: Whole) -> Verdict:
    """What a text says that is seen whole."""
    return verdict(page(prompt.text, prompt.question), prompt.question, needs_of(prompt.question), {})


def verdict(
    page: Page, question: str, needs: Sequence[str], confidence: Mapping[int, float], threshold: float = THRESHOLD
) -> Verdict:
    """The answer that the numbered sentences of `page` give: quotes only, one for each need that has evidence.

    `confidence` is the readers' by number; sentences without one count as ranked here.
    """
    wanted = list(needs) or [question]
    found = [best(page, question, need, confidence) for need in wanted]
    good = [one for one in found if one is not None and one.support >= threshold]
    missing = [need for need, one in zip(wanted, found, strict=True) if one not in good or is_doubtful(one)]
    if not good:
        return Verdict(verdict="not_found", answer="", evidence=[], missing=missing)
    left = _left_undone(good, question, page.language)
    if answer_type(question, page.language) == "choice" and len(good) == len(wanted) == 2:
        decided = _decided(page, question, good)
        if decided:
            return decided
    cited = list(dict.fromkeys(number for one in good for number in one.numbers))
    ruled = "conflicting" if any(one.torn for one in good) else "answered"
    worded = left + joined(_all_said(good)) if left else _worded(good, page.language)
    return Verdict(verdict=ruled, answer=worded, evidence=cited, missing=wanted if left else missing)


def is_doubtful(found: Found | None) -> bool:
    """Whether a quote is as likely beside the point, or lacks what is asked for."""
    return found is None or found.doubted or (found.support < SURE and not found.torn)


def _decided(page: Page, question: str, sides: Sequence[Found]) -> Verdict | None:
    """Which of two sides it is, where their quotes tell."""
    chosen = compared(question, [(one.need, page.text_of(one.numbers[0])) for one in sides])
    if not chosen:
        return None
    at, name = chosen
    cited = [sides[at].numbers[0], sides[1 - at].numbers[0]]
    marks = "".join(f"[{number}]" for number in dict.fromkeys(cited))
    return Verdict(verdict="answered", answer=f"{name} {marks}", evidence=cited, missing=[])


def _left_undone(good: Sequence[Found], question: str, language: str) -> str:
    """What is said before quotes that decide nothing; empty where they are certainly the answer."""
    if language != "en" or all(one.sure and not is_doubtful(one) for one in good):
        return ""
    return lead(question, answer_type(question, language))


def _worded(good: Sequence[Found], language: str) -> str:
    """The quotes, each once; before those that may not answer it is said that they may not."""
    plain = _all_said(one for one in good if not is_doubtful(one))
    rest = [quoted for quoted in _all_said(good) if quoted not in plain]
    parts = [joined(plain), unsure(language) + joined(rest) if rest else ""]
    return "\n".join(part for part in parts if part)


def _all_said(found: Iterable[Found]) -> list[str]:
    return list(dict.fromkeys(quoted for one in found for quoted in one.said))


def joined(quotes: Iterable[str]) -> str:
    """Quotes with their marks one behind the other: whole sentences by a space, what is none by a semicolon."""
    said = ""
    for quoted in quotes:
        said += ("" if not said else " " if _ended.search(said) and not quoted[0].islower() else "; ") + quoted
    return said
