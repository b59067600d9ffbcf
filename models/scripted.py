"""A model that answers from a script: for tests, documentation and examples. It needs no network and knows nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..core.errors import ModelError, SettingsError
from ..core.plugin import plugin
from ..core.types import Call, Reply, Usage

Line = str | dict[str, Any]
"""One reply: its text, or an object that is sent as JSON."""


class Scripted:
    """Answers calls in the order they come, or by a function of the call.

    Args:
        replies: the replies, or a function that makes one from a `Call`.
        window: tokens of prompt and completion together.
        name: identity in the journal. Two scripts with different replies need different names there.
    """

    def __init__(
        self, replies: Iterable[Line] | Callable[[Call], Line], *, window: int = 8192, name: str = "scripted"
    ) -> None:
        self._answer = replies if callable(replies) else _in_turn(list(replies))
        self.window = window
        self.name = name
        self.calls: list[Call] = []
        """The calls so far, in the order they came."""

    @classmethod
    def from_spec(cls, spec: str, *, window: int = 8192) -> Scripted:
        """A script from `FILE.jsonl` (one JSON object a line, each a reply) or from `module:function`.

        Raises SettingsError where there is no such file or function, or a line is no JSON object.
        """
        path = Path(spec)
        if path.suffix == ".jsonl" or path.is_file():
            lines = _lines(path)
            mark = hashlib.sha256(json.dumps(lines).encode()).hexdigest()[:8]
            return cls(lines, window=window, name=f"scripted:{spec}@{mark}")
        return cls(_function(spec), window=window, name=f"scripted:{spec}")

    def count(self, text: str) -> int:
        """A quarter of the characters, rounded up."""
        return -(-len(text) // 4)

    async def complete(self, call: Call) -> Reply:
        """The next reply. Raises ModelError when the script has come to its end."""
        self.calls.append(call)
        reply = self._answer(call)
        text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)
        return Reply(text, Usage(calls=1, prompt_tokens=call.tokens, completion_tokens=self.count(text)))


def _in_turn(replies: list[Line]) -> Callable[[Call], Line]:
    left = iter(replies)

    def answer(call: Call) -> Line:
        for reply in left:
            return reply
        raise ModelError(
            f"the script has {len(replies)} replies and was asked for one more, by the {call.role}",
            "add replies to the script, or use a function of the call",
        )

    return answer


def _lines(path: Path) -> list[Line]:
    try:
        rows = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SettingsError(
            f"cannot read the script {path}: {reason}", "name a JSONL file with one reply a line"
        ) from None
    replies: list[Line] = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        try:
            value = json.loads(row)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise SettingsError(f"{path}, line {number}, is not a JSON object", "each line is one reply")
        replies.append(value)
    return replies


def _function(spec: str) -> Callable[[Call], Line]:
    """The function named by `module:function`; modules of the current folder are found too."""
    hint = "use scripted:FILE.jsonl or scripted:module:function"
    if not all(spec.rpartition(":")):
        raise SettingsError(f"scripted:{spec} names neither a .jsonl file nor module:function", hint)
    answer: Callable[[Call], Line] = plugin(spec, hint)
    return answer
