"""Reads the bodies of chat servers: a completion, or what the server says is wrong. Lenient, since servers differ."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from .bodies import parsed, tokens, whole


@dataclass(frozen=True)
class Completion:
    """A chat completion, as far as it is used."""

    text: str
    finish: str
    prompt_tokens: int
    """0 where the server does not say."""
    cached_tokens: int
    tokens: int | None
    """Completion tokens; None where the server does not say."""
    all_thoughts: bool = False
    """Whether the output limit was used up by thoughts before a reply began."""


def read_completion(body: str) -> Completion | None:
    """The first choice of a completion's body; None where it is no such body."""
    data = _object(body)
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return None
    choice = choices[0]
    message = choice.get("message")
    if not isinstance(message, dict):
        return None
    finish = str(choice.get("finish_reason") or "stop")
    usage = data.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    return Completion(
        text=whole(_text(message, finish)),
        all_thoughts=finish == "length" and _only_thoughts(message),
        finish=finish,
        prompt_tokens=tokens(usage.get("prompt_tokens")) or 0,
        cached_tokens=tokens(cached) or 0,
        tokens=tokens(usage.get("completion_tokens")),
    )


def told(status: int, body: str) -> tuple[int, str]:
    """Status and words of a refusal. Gateways wrap some in a success: then the status is the one inside, else 500."""
    data = _object(body)
    error = data.get("error", data if status != 200 else None)
    if isinstance(error, str):
        return (status if status != 200 else 500), error
    if not isinstance(error, dict) or not error:
        return status, "" if body.lstrip().startswith("<") else body
    code = error.get("code")
    if status == 200:
        status = code if isinstance(code, int) and 300 <= code < 600 else 500
    words = [error.get("message"), error.get("type"), code, error.get("param"), *_details(error.get("detail"))]
    return status, " ".join(str(word) for word in words if isinstance(word, str | int))


def _details(detail: Any) -> list[Any]:
    """FastAPI's form. Its `input` repeats the request and is left out."""
    if isinstance(detail, list):
        return [f"{row.get('loc')} {row.get('msg')}" for row in detail if isinstance(row, dict)]
    return [detail]


def _only_thoughts(message: dict[str, Any]) -> bool:
    content = message.get("content")
    if isinstance(content, str) and content.strip():
        return content.lstrip().startswith("<think>") and "</think>" not in content
    return any(message.get(field) for field in ("reasoning_content", "reasoning"))


def _called(message: dict[str, Any]) -> str:
    """The arguments of the function that the reply was asked for as."""
    calls = message.get("tool_calls")
    call = calls[0] if isinstance(calls, list) and calls else None
    function = call.get("function") if isinstance(call, dict) else None
    arguments = function.get("arguments") if isinstance(function, dict) else None
    return arguments if isinstance(arguments, str) else json.dumps(arguments) if isinstance(arguments, dict) else ""


def _text(message: dict[str, Any], finish: str) -> str:
    """The reply's words. Servers that split off a model's thoughts sometimes put all of the reply there; thoughts that
    were cut off are no reply."""
    if called := _called(message):
        return called
    fields = ["content", "refusal"] if finish == "length" else ["content", "reasoning_content", "reasoning", "refusal"]
    for field in fields:
        value = message.get(field)
        if isinstance(value, list):
            value = "".join(str(part.get("text", "")) for part in value if isinstance(part, dict))
        if isinstance(value, str) and value.strip():
            return value
    content = message.get("content")
    return content if isinstance(content, str) else ""


def _object(body: str) -> dict[str, Any]:
    try:
        data = parsed(body)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
