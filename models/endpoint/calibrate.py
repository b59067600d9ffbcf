"""How many tokens a server's own tokenizer makes of what we estimate: asked once, where the server offers it.

vLLM and SGLang take `{"model", "prompt"}` at /tokenize and tell `count`; llama-server takes `{"content"}` and tells the
tokens. One request serves both: each leaves out what it does not know.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from .bodies import tokens
from .learnt import STEP
from .servers import Ask

SAMPLES = (
    "The keeper of the lighthouse wrote down every ship that passed before nightfall; on the third of November, after "
    "the storm, she counted eleven of them, and two had lost their masts. Nobody in the village believed her at first.",
    "Net sales 2023: $1,204,557 (2022: $998,310), +20.66 %. Cost of goods sold 812,440; R&D 77,031.5; EBITDA 18.2 %. "
    "| Q1 | 301,139 | 0.251 | Q2 | 287,004 | 0.239 | Section 4.2(b)(iii), ISO/IEC 27001:2022, page 117 of 240.",
    "Die Vertragslaufzeit beginnt mit der Unterzeichnung und endet nach vierundzwanzig Monaten, sofern nicht gekündigt "
    "wird. Le bailleur s'engage à délivrer un logement décent ne laissant pas apparaître de risques manifestes.",
    '{"findings": [{"sentences": [12, 13], "claim": "The term ends", "need": 1, "confidence": 0.9}], "drop": []}',
)
"""Prose, figures, other languages, and JSON: the factor must hold for the worst of them."""


async def measured_factor(ask: Ask, model: str, estimate: Callable[[str], int]) -> float | None:
    """Tokens of the server's per estimated token, for the worst of the samples; None where it cannot be asked."""
    worst = 0.0
    for sample in SAMPLES:
        page = await ask(
            "/tokenize", {"model": model, "prompt": sample, "content": sample, "add_special_tokens": False}
        )
        count = _tokens(page)
        if count is None:
            return None
        worst = max(worst, count / estimate(sample))
    return round(math.ceil(worst * 1.02 / STEP) * STEP, 2)


def _tokens(page: Any) -> int | None:
    if not isinstance(page, Mapping):
        return None
    listed = page.get("tokens")
    return tokens(page.get("count")) or (len(listed) if isinstance(listed, list) else 0) or None
