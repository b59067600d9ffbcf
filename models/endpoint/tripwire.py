"""Whether a server read all it was sent: fewer tokens than a text can have were read only if the prompt was cut.

Tokenizers put no two words into one token, nor a word and the sign after it. So a text has at least as many tokens as
it has words, groups of up to three digits, and runs of other signs that do not lead a word (a sign before letters may
share their token). Scripts without spaces are held to three characters a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...core.errors import ModelUnavailable
from ...core.types import Message

_WORDS = re.compile(r"[^\W\d_]+|\d{1,3}|[^\w\s]+(?![^\W\d_])")
_ASCII = re.compile(r"[A-Za-z]+|[0-9]{1,3}|[^A-Za-z0-9_\s]+(?![A-Za-z])", re.ASCII)
"""The same for ASCII, in half the time."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
_SHORT = 200
"""Tokens below which nothing is judged: no server cuts so short a prompt."""
_SLACK = 0.95
"""Share of the least that a server may tell: counts leave out a template's or a cache's few tokens."""
_REMEDY = "raise the context length that the server runs with"
_REMEDIES = {
    "ollama": "Ollama has less memory than the context needs: OLLAMA_CONTEXT_LENGTH or `ollama ps` tell",
    "llama-server": "start llama-server with a longer context (-c N; it is shared by its slots)",
    "lm-studio": "load the model in LM Studio with a longer context",
}


def least_tokens(text: str) -> int:
    """Fewest tokens that `text` can have."""
    if text.isascii():
        return len(_ASCII.findall(text))
    spaced = len(_WORDS.findall(_UNSPACED.sub(" ", text)))
    return spaced + sum(len(run) // 3 for run in _UNSPACED.findall(text))


def refuse_cut(host: str, kind: str, messages: Iterable[Message], told: int, estimate: float) -> None:
    """Raises ModelUnavailable where the server tells clearly fewer prompt tokens than were sent; 0 tells nothing.

    Args:
        estimate: tokens of the messages by some tokenizer, so no fewer than the least: mostly it settles the matter.
    """
    if not told or told >= _SLACK * estimate:
        return
    least = least_tokens("\n".join(message.content for message in messages))
    if least <= _SHORT or told >= _SLACK * least:
        return
    raise ModelUnavailable(
        f"{host} read {told:,} tokens of a prompt of at least {least:,}: it cuts in silence",
        f"{_REMEDIES.get(kind, _REMEDY)}, or name the one it has with --window N",
        passing=False,
        reached=True,
    )
