"""Replies that nearly fit: the mistakes that models make again and again, mended without asking.

Wrong words of a closed list, numbers in strings, a lone value for a list, `null` for nothing; and, where a reply was
cut off, its beginning up to the last whole item. Items that cannot be mended are left out one by one.
"""

from __future__ import annotations

import difflib
import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from .base import json_part

R = TypeVar("R", bound=BaseModel)

_ROUNDS = 12
"""Mistakes mended in one reply, a kind at a time."""
_TRIED = 50
"""Last places at which a reply that was cut off is taken to end."""
_DEEPEST = 50
"""Lists and objects within each other."""
_NUMBER = re.compile(r"(?<!\d)\d{1,9}(?!\d)")


def mended(text: str, shape: type[R]) -> R | None:
    """The reply in `text`, with its mistakes mended; None where they cannot be, or it is no JSON."""
    try:
        data = json.loads(json_part(text))
    except ValueError:
        return None
    return _fitted(data, shape)


def beginning(text: str, shape: type[R]) -> R | None:
    """What a reply that was cut off holds up to its last whole item; None where it holds none."""
    body = text.rpartition("</think>")[2]
    start = body.find("{")
    for end, closing in reversed(_ends(body[start:])[-_TRIED:]) if start >= 0 else ():
        try:
            data = json.loads(body[start : start + end] + closing)
        except ValueError:
            continue
        value = _fitted(data, shape)
        if value is not None:
            return value
    return None


def _fitted(data: Any, shape: type[R]) -> R | None:
    if not isinstance(data, dict) or not data.keys() & shape.model_fields.keys():
        return None
    for _ in range(_ROUNDS):
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            mistakes = error.errors()
        # From the back: leaving out an item of a list moves those after it.
        for mistake in reversed(mistakes):
            if not _mend(data, mistake["loc"], str(mistake["type"]), mistake.get("ctx", {})):
                return None
    return None


def _mend(data: Any, place: tuple[int | str, ...], kind: str, context: dict[str, Any]) -> bool:
    """Mends one mistake in `data`; whether that was possible."""
    if kind == "model_type":
        return False
    holder = _at(data, place[:-1])
    key: Any = place[-1]
    if kind == "missing":
        return _leave_out(data, place[:-1])
    value = holder[key] if isinstance(holder, list) or key in holder else None
    if kind == "literal_error":
        return _choose(holder, key, str(value), re.findall(r"'([^']+)'", str(context.get("expected", ""))))
    if kind == "list_type":
        holder[key] = [] if value is None else _listed(value)
        return True
    numbers = _NUMBER.findall(str(value))
    if kind.startswith("int_") and numbers:
        holder[key] = int(numbers[0])
        return True
    if kind == "string_type":
        holder[key] = "" if value is None else str(value)
        return True
    return _leave_out(data, place)


def _choose(holder: Any, key: Any, value: str, known: list[str]) -> bool:
    """Puts the known word closest to `value` in its place."""
    close = difflib.get_close_matches(re.sub(r"\W+", "_", value.strip().lower()), known, n=1, cutoff=0.5)
    if close:
        holder[key] = close[0]
    return bool(close)


def _listed(value: Any) -> list[Any]:
    """A lone value as a list; several numbers in one string are several."""
    numbers = _NUMBER.findall(value) if isinstance(value, str) else []
    return [int(number) for number in numbers] if numbers else [value]


def _leave_out(data: Any, place: tuple[int | str, ...]) -> bool:
    if not place:
        return False
    holder = _at(data, place[:-1])
    del holder[place[-1]]
    return True


def _at(data: Any, place: tuple[int | str, ...]) -> Any:
    for key in place:
        data = data[key]
    return data


def _ends(text: str) -> list[tuple[int, str]]:
    """Places in JSON after which a whole item of a list has come to its end, with what closes all that is open.

    Where more is open than any reply nests, no further ones.
    """
    ends: list[tuple[int, str]] = []
    open_: list[str] = []
    quoted = escaped = False
    for at, sign in enumerate(text):
        if quoted:
            quoted = escaped or sign != '"'
            escaped = sign == "\\" and not escaped
        elif sign == '"':
            quoted = True
        elif sign in "{[":
            if len(open_) == _DEEPEST:
                break
            open_.append("}" if sign == "{" else "]")
        elif sign in "}]" and open_:
            open_.pop()
            if open_:
                ends.append((at + 1, "".join(reversed(open_))))
    return ends
