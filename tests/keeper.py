"""A long book with one truth in it, and an honest model that finds the truth where it is printed."""

from __future__ import annotations

from typing import Any

from clew.core.book import Book
from clew.core.types import Call
from island import small_book

LONG = [
    f"Line {n} tells of the weather on day {n}, which was neither better nor worse than the day before."
    for n in range(150)
]
TRUTH = "The first keeper was Martha Venn."


class Shelf:
    """A journal's store in memory."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {}

    def load_reply(self, key: str) -> str | None:
        return self.records.get(key)

    def save_reply(self, key: str, record: str, run: str) -> None:
        self.records[key] = record


def long_book(place: int = 75) -> Book:
    return small_book([*LONG[:place], TRUTH, *LONG[place:]], "long.txt", 8)


def honest(call: Call) -> dict[str, Any]:
    """A reader that finds the truth where it is printed, and a manager that answers from it."""
    prompt = call.prompt
    if prompt.name == "plan":
        return {"needs": [prompt.question]}
    if prompt.name == "demonstrate":
        return {"question": "How was the weather?", "sentences": [2], "claim": "As ever."}
    if prompt.name == "recall":
        return {"enough": "Martha" in prompt.message, "query": "Martha Venn"}
    if prompt.name == "pick":
        return {"numbers": [line.number for line in prompt.text.lines if "Martha" in line.text]}
    if prompt.name == "approach":
        return {"action": 2}
    if prompt.name in ("gist", "condense"):
        shown = [line for line in prompt.text.lines if "Martha" in line.text] or list(prompt.text.lines[:1])
        return {"points": [{"text": line.text, "numbers": [line.number]} for line in shown]}
    if prompt.name == "piece":
        found = [line.number for line in prompt.text.lines if "Martha" in line.text]
        findings = [{"sentences": found, "claim": "Martha kept it", "need": 1, "confidence": 0.9}] if found else []
        return {"action": 2 if found else 1, "findings": findings, "drop": []}
    if prompt.name == "atoms":
        said = [line for line in prompt.text.lines if "Martha" in line.text]
        return {"facts": [{"sentence": n.number, "fact": n.text, "elements": ["Martha Venn", "keeper"]} for n in said]}
    if prompt.name == "start":
        return {"nodes": [{"number": node.number, "relevance": 50} for node in prompt.nodes.items[:3]]}
    if prompt.name == "neighbours":
        return {"action": len(prompt.nodes.items)}
    if prompt.name in ("facts", "explore"):
        found = [line.number for line in prompt.text.lines if "Martha" in line.text]
        findings = [{"sentences": found, "claim": "Martha kept it", "need": 1, "confidence": 0.9}] if found else []
        actions = [action.number for action in prompt.actions.items]
        ended = prompt.name == "explore" and (found or prompt.memory.items)
        return {"findings": findings, "actions": actions[-1:] if ended else actions[:-1]}
    if prompt.name in ("read", "write"):
        found = [line.number for line in prompt.text.lines if "Martha" in line.text]
        findings = [{"sentences": found, "claim": "Martha kept it", "need": 1, "confidence": 0.9}] if found else []
        message = {"message": "Martha" if found else prompt.message} if prompt.name == "write" else {"drop": []}
        return {"findings": findings, **message}
    shown = prompt.text.lines if prompt.name == "whole" else prompt.evidence.items
    numbers = [item.number for item in shown if "Martha" in item.text]
    if not numbers:
        return {"verdict": "not_found", "answer": "", "evidence": [], "missing": []}
    return {"verdict": "answered", "answer": f"Martha Venn [{numbers[0]}]", "evidence": numbers[:1], "missing": []}
