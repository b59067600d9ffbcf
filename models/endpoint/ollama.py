"""Ollama's own chat API. Its OpenAI-compatible one ignores the context length and cuts longer prompts in silence.

`num_ctx` goes with every request, so that the server holds what was counted; `format` takes the reply's schema;
`think` is off, since thoughts would use up the room for the reply.
"""

from __future__ import annotations

from typing import Any

from ...core.types import Call
from .bodies import parsed, tokens, whole
from .completion import Completion
from .ladder import RUNGS, Manner

PATH = "/api/chat"


def request(model: str, call: Call, manner: Manner, window: int) -> dict[str, Any]:
    """The body of a chat request."""
    options: dict[str, Any] = {"num_ctx": window, "num_predict": call.max_tokens}
    if manner.temperature:
        options["temperature"] = call.temperature
    body: dict[str, Any] = {
        "model": model,
        "messages": manner.messages(call),
        "stream": False,
        "think": False,
        "options": options,
    }
    form = {"json_schema": call.schema, "json_object": "json"}.get(RUNGS[manner.rung]) if call.schema else None
    return body | ({"format": form} if form else {})


def read_reply(body: str) -> Completion | None:
    """A chat reply; None where the body is none."""
    try:
        data = parsed(body)
        text = data["message"]["content"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(text, str):
        return None
    return Completion(
        text=whole(text),
        finish=str(data.get("done_reason") or "stop"),
        prompt_tokens=tokens(data.get("prompt_eval_count")) or 0,
        cached_tokens=0,
        tokens=tokens(data.get("eval_count")),
    )
