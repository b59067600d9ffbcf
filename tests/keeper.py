"""A long book with one truth in it, and an honest model that finds the truth where it is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clew.agents.desk import Desk
from clew.agents.graph import run
from clew.agents.state import State
from clew.core.book import Book
from clew.core.types import Call
from island import small_book, wait

LONG = [
    f"Line {n} tells of the weather on day {n}, which was neither better nor worse than the day before."
    for n in range(150)
]
TRUTH = "The first keeper was Martha Venn."


def long_book(place: int = 75) -> Book:
    return small_book([*LONG[:place], TRUTH, *LONG[place:]], "long.txt", 8)


def honest(call: Call) -> dict[str, Any]:
    """A reader that finds the truth where it is printed, and a manager that answers from it."""
    return REPLIES.get(call.prompt.name, _verdict)(call.prompt)


def _told(lines: Any) -> list[Any]:
    return [line for line in lines if "Martha" in line.text]


def _findings(prompt: Any) -> list[dict[str, Any]]:
    found = [line.number for line in _told(prompt.text.lines)]
    return [{"sentences": found, "claim": "Martha kept it", "need": 1, "confidence": 0.9}] if found else []


def _points(prompt: Any) -> dict[str, Any]:
    shown = _told(prompt.text.lines) or prompt.text.lines[:1]
    return {"points": [{"text": line.text, "numbers": [line.number]} for line in shown]}


def _atoms(prompt: Any) -> dict[str, Any]:
    said = _told(prompt.text.lines)
    return {"facts": [{"sentence": n.number, "fact": n.text, "elements": ["Martha Venn", "keeper"]} for n in said]}


def _piece(prompt: Any) -> dict[str, Any]:
    findings = _findings(prompt)
    return {"action": 2 if findings else 1, "findings": findings, "drop": []}


def _write(prompt: Any) -> dict[str, Any]:
    findings = _findings(prompt)
    return {"findings": findings, "message": "Martha" if findings else prompt.message}


def _facts(prompt: Any) -> dict[str, Any]:
    return {"findings": _findings(prompt), "actions": [action.number for action in prompt.actions.items][:-1]}


def _explore(prompt: Any) -> dict[str, Any]:
    findings, actions = _findings(prompt), [action.number for action in prompt.actions.items]
    return {"findings": findings, "actions": actions[-1:] if findings or prompt.memory.items else actions[:-1]}


def _verdict(prompt: Any) -> dict[str, Any]:
    numbers = [item.number for item in _told(prompt.text.lines if prompt.name == "whole" else prompt.evidence.items)]
    if not numbers:
        return {"verdict": "not_found", "answer": "", "evidence": [], "missing": []}
    return {"verdict": "answered", "answer": f"Martha Venn [{numbers[0]}]", "evidence": numbers[:1], "missing": []}


REPLIES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "plan": lambda prompt: {"needs": [prompt.question]},
    "demonstrate": lambda prompt: {"question": "How was the weather?", "sentences": [2], "claim": "As ever."},
    "recall": lambda prompt: {"enough": "Martha" in prompt.message, "query": "Martha Venn"},
    "pick": lambda prompt: {"numbers": [line.number for line in _told(prompt.text.lines)]},
    "approach": lambda prompt: {"action": 2},
    "start": lambda prompt: {"nodes": [{"number": node.number, "relevance": 50} for node in prompt.nodes.items[:3]]},
    "neighbours": lambda prompt: {"action": len(prompt.nodes.items)},
    "read": lambda prompt: {"findings": _findings(prompt), "drop": []},
    "gist": _points,
    "condense": _points,
    "atoms": _atoms,
    "piece": _piece,
    "write": _write,
    "facts": _facts,
    "explore": _explore,
}
"""What `honest` says to each kind of prompt; to a manager's it gives a verdict."""


def watched(
    strategy: Any, desk_for: Callable[..., Desk], replies: Callable[[Call], Any] = honest, **named: Any
) -> tuple[list[Any], State, Desk]:
    """The prompts of a run over a long book, its last state, and its desk.

    Args:
        named: what the desk is made with, such as other books.
    """
    seen: list[Any] = []

    def reply(call: Call) -> Any:
        seen.append(call.prompt)
        return replies(call)

    desk = desk_for(reply, **{"books": [long_book(3)], "window": 2600, **named})
    return seen, wait(run(strategy, desk)), desk
