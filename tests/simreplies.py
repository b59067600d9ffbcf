"""What the simulated server says: replies made from the printed prompt alone, by counting shared words.

It sees what a real server sees, the rendered messages and the requested shape; it reads badly, but always the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\d_]{1,7}|\d{1,3}|\S")
_WORD = re.compile(r"[^\W_]+")
_EXHIBIT = re.compile(r'^\[(\d+)\] <text source="[^"\n]*">(.*)</text>$', re.MULTILINE)
_FENCE = re.compile(r'^<text source="(?!example">)[^"\n]*">\n(.*?)\n?^</text>$', re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^(\d+) (.*)$", re.MULTILINE)
_COMMON = frozenset(
    _WORD.findall(
        "a an and are as at be been by did do does for from had has have he her his how i in is it its of on or she "
        "that the their them they this to was were what when where which who whom whose why will with you your"
    )
)


def tokenize(text: str) -> list[str]:
    """The server's tokens: up to seven letters, up to three digits, or one other sign. White space is free."""
    return _TOKEN.findall(text)


def reply(messages: list[dict[str, str]], schema: dict[str, Any] | None) -> dict[str, Any]:
    """The reply object for a chat.

    Args:
        messages: as sent; the first of each role holds the prompt.
        schema: the requested shape; without one the system message's example says which it is.
    """
    system = next((m["content"] for m in messages if m["role"] == "system"), "")
    user = next((m["content"] for m in messages if m["role"] == "user"), "")
    names = list(schema.get("properties", {})) if schema else re.findall(r'"(\w+)":', system)
    for name, shape in SHAPES.items():
        if name in names:
            return shape(Chat(user, names))
    return _filled(schema, schema) if schema else {}


class Chat:
    """What is asked: the user's message, the fields of the reply, the question and its words."""

    def __init__(self, user: str, names: list[str]) -> None:
        self.user, self.names = user, names
        self.question = " ".join(re.split(r"(?:^|\n)(?:Question|Looked for|Focus): ", user)[-1].split())
        self.wanted = content_words(self.question)
        self.printed = _printed(user)

    @property
    def findings(self) -> list[dict[str, Any]]:
        return _findings(self.user, self.wanted)


def _acted(chat: Chat) -> dict[str, Any]:
    if "findings" not in chat.names:
        return {"action": 1}
    findings = chat.findings
    return {"action": 2 if findings else 1, "findings": findings, "drop": []}


def _example(chat: Chat) -> dict[str, Any]:
    number, text = chat.printed[-1]
    return {"question": f"What of {_short(text, 6)}?", "sentences": [number], "claim": _short(text, 12)}


def _kept(chat: Chat) -> dict[str, Any]:
    shown = [(int(number), text) for number, text in _EXHIBIT.findall(chat.user)]
    return {"keep": [number for _, number, _ in _ranked(shown, chat.wanted)]}


def _read(chat: Chat) -> dict[str, Any]:
    """Findings, for each need where these are questions of their own."""
    if "a question of its own" not in chat.question:
        return {"findings": chat.findings, "drop": []}
    needs = re.findall(r"^(\d+)\. (.*)$", chat.user.rpartition("\nNeeds:\n")[2], re.MULTILINE)
    each = [(int(number), _findings(chat.user, content_words(need))) for number, need in needs]
    return {"findings": [{**found, "need": number} for number, those in each for found in those], "drop": []}


def _points(chat: Chat) -> dict[str, Any]:
    """The first sentences that fit the length asked for."""
    left = int((re.search(r"Length: at most (\d+) words", chat.user) or ["", "50"])[1])
    points = []
    for number, text in chat.printed:
        left -= len(text.split())
        if left >= 0:
            points.append({"text": text, "numbers": [number]})
    return {"points": points}


def content_words(text: str) -> set[str]:
    """Words that carry meaning, lower-case, without common endings."""
    words = (word.lower() for word in _WORD.findall(text))
    return {re.sub(r"(?<=\w{3})(ies|es|s|ed|ing)$", "", word) for word in words if word not in _COMMON}


def _printed(user: str) -> list[tuple[int, str]]:
    """Numbered sentences within the fences."""
    return [(int(n), text) for fence in _FENCE.findall(user) for n, text in _LINE.findall(fence)]


def _ranked(numbered: list[tuple[int, str]], wanted: set[str]) -> list[tuple[float, int, str]]:
    """Share of the wanted words, number and text of what shares any; best first, then in order."""
    found = [(len(content_words(text) & wanted) / max(1, len(wanted)), number, text) for number, text in numbered]
    return sorted((hit for hit in found if hit[0] > 0), key=lambda hit: (-hit[0], hit[1]))


def _findings(user: str, wanted: set[str]) -> list[dict[str, Any]]:
    """At most three sentences that share at least two wanted words, or all there are."""
    least = min(2, len(wanted)) / max(1, len(wanted))
    hits = [hit for hit in _ranked(_printed(user), wanted) if hit[0] >= least][:3]
    return [
        {"sentences": [n], "claim": _short(text, 12), "need": 1, "confidence": round(min(1.0, 0.3 + share), 2)}
        for share, n, text in hits
    ]


def _message(chat: Chat) -> dict[str, Any]:
    findings = chat.findings
    before = chat.user.partition("\nMessage so far:\n")[2].partition("\n\nNeeds:")[0].strip()
    before = "" if before.startswith("(") else before
    return {"message": _short(" ".join([*(f["claim"] for f in findings), before]), 80), "findings": findings}


def _verdict(chat: Chat) -> dict[str, Any]:
    exhibits = [(int(n), text) for n, text in _EXHIBIT.findall(chat.user)]
    hits = _ranked(exhibits or chat.printed, chat.wanted)
    if not hits:
        return {"verdict": "not_found", "answer": "", "evidence": [], "missing": []}
    _, number, text = hits[0]
    return {"verdict": "answered", "answer": f"{text[:300].strip()} [{number}]", "evidence": [number], "missing": []}


SHAPES: dict[str, Callable[[Chat], dict[str, Any]]] = {
    "enough": lambda chat: {"enough": False, "query": chat.question},
    "facts": lambda chat: {
        "facts": [{"sentence": n, "fact": text, "elements": text.split()[:3]} for n, text in chat.printed[:5]]
    },
    "nodes": lambda chat: {"nodes": [{"number": number, "relevance": 90 - number} for number in (1, 2, 3)]},
    "actions": lambda chat: {"findings": chat.findings, "actions": [1]},
    "action": _acted,
    "question": _example,
    "needs": lambda chat: {"needs": [chat.question]},
    "verdict": _verdict,
    "points": _points,
    "keep": _kept,
    "message": _message,
    "findings": _read,
    "numbers": lambda chat: {"numbers": [number for _, number, _ in _ranked(chat.printed, chat.wanted)]},
}
"""What is said to a prompt whose reply has this field: the first that it has counts."""


def _short(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _filled(schema: dict[str, Any], root: dict[str, Any]) -> Any:
    """The emptiest value of a shape that is not known."""
    if "$ref" in schema:
        return _filled(root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return _filled(schema["anyOf"][0], root)
    if schema.get("type") == "object":
        return {name: _filled(part, root) for name, part in schema.get("properties", {}).items()}
    empty: dict[str, Any] = {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False}
    return empty.get(schema.get("type", ""))


def as_text(value: dict[str, Any]) -> str:
    """The reply as a model writes it."""
    return json.dumps(value, ensure_ascii=False)


def _plain(text: str, messages: list[dict[str, str]]) -> str:
    """Prose, and the plain lines that are asked for in the end."""
    if not messages[-1]["content"].startswith("Do not write JSON"):
        return "Well, I would say that some of these sentences help."
    said = json.loads(text)
    if "verdict" in said:
        return str(said["answer"]) or "not found"
    lines = [f"- {f['sentences'][0]}: {f['claim']}" for f in said.get("findings", [])]
    actions = said.get("actions") or [said[name] for name in ("action",) if name in said]
    lines += [f"Action: {', '.join(map(str, actions))}"] if actions else []
    chosen = [*said.get("numbers", []), *(node["number"] for node in said.get("nodes", []))]
    return "\n".join([*lines, *map(str, chosen), *said.get("needs", [])]) or said.get("query") or "none"


def _strings(text: str, messages: list[dict[str, str]]) -> str:
    """Numbers in strings, and words of a closed list with a capital and a sign."""

    def spoilt(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: spoilt(part) for key, part in value.items()}
        if isinstance(value, list) and value and all(isinstance(part, int) for part in value):
            return ", ".join(map(str, value))
        if isinstance(value, list):
            return [spoilt(part) for part in value]
        return f"{value.replace('_', ' ').title()}." if value in ("answered", "not_found") else value

    return json.dumps(spoilt(json.loads(text)), ensure_ascii=False)


SPOILT = {
    "fenced": lambda text, messages: f"Here it is:\n```json\n{text}\n```\nI hope that it helps!",
    "strings": _strings,
    "thoughts": lambda text, messages: f"<think>The text says {{so}}.</think>\n{text}",
    "prose": _plain,
}
"""Ways in which models get a reply wrong."""
