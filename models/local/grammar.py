"""Replies of the shape asked for, by construction: at every step only tokens that keep the JSON valid are allowed.

The library is llguidance: no dependencies, all of JSON schema that prompts use, any tokenizer of Hugging Face, and fast
enough on a CPU to be done between two steps of the model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...core.errors import ModelError

_FORM = {
    # One way to write it: a model that may put white space anywhere can do nothing else until its limit.
    "whitespace_flexible": False,
    "item_separator": ", ",
    "key_separator": ": ",
    # No \u: half a surrogate pair is valid JSON and no text.
    "json_allowed_escapes": '"\\nt',
}


class Grammars:
    """Makes constraints for one tokenizer.

    Args:
        tokenizer: a fast tokenizer of Hugging Face.
        vocabulary: tokens that the model gives scores for.
        stops: tokens that end a reply.
    """

    def __init__(self, tokenizer: Any, vocabulary: int, stops: Sequence[int]) -> None:
        from llguidance.hf import from_tokenizer

        self._tokenizer = from_tokenizer(tokenizer, n_vocab=max(vocabulary, len(tokenizer)), eos_token=list(stops))
        self._compiled: dict[str, str] = {}

    def constraint(self, schemas: Sequence[dict[str, Any]], prompt: int) -> Constraint:
        """What holds each reply of a batch to its schema; `prompt` is the padded length of the prompts.

        Raises ModelError for a schema that cannot be followed.
        """
        from llguidance import LLMatcher

        matchers = [LLMatcher(self._tokenizer, self._grammar(schema), log_level=0) for schema in schemas]
        return Constraint(matchers, prompt, self._tokenizer.vocab_size)

    def _grammar(self, schema: dict[str, Any]) -> str:
        from llguidance import LLMatcher

        key = json.dumps(schema)
        if key not in self._compiled:
            grammar = LLMatcher.grammar_from_json_schema(key, overrides=_FORM)
            wrong = LLMatcher.validate_grammar(grammar, self._tokenizer)
            if wrong:
                raise ModelError(f"the reply's schema cannot be followed: {wrong}")
            self._compiled[key] = grammar
        return self._compiled[key]


class Constraint:
    """A logits processor of `transformers`: forbids what would break a reply's shape.

    Args:
        matchers: one a row, at the beginning of its reply.
        prompt: tokens of every row before the reply.
        vocabulary: tokens of the tokenizer.
    """

    def __init__(self, matchers: Sequence[Any], prompt: int, vocabulary: int) -> None:
        from llguidance import LLExecutor
        from llguidance.numpy import allocate_token_bitmask

        self._matchers = matchers
        self._length = prompt
        self._executor = LLExecutor()
        self._bits = allocate_token_bitmask(len(matchers), vocabulary)

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """`scores` (rows x tokens) with minus infinity for what is not allowed next."""
        import torch
        from llguidance.numpy import fill_next_token_bitmask_par

        self._consume(input_ids[:, self._length :].tolist())
        self._length = input_ids.shape[1]
        rows = [(matcher, row) for row, matcher in enumerate(self._matchers)]
        fill_next_token_bitmask_par(self._executor, rows, self._bits)
        allowed = _unpacked(torch.from_numpy(self._bits).to(scores.device), scores.shape[1])
        return scores.masked_fill(~allowed, float("-inf"))

    def _consume(self, tokens: list[list[int]]) -> None:
        """Moves each matcher on. A finished one allows nothing but a stop, whatever it is fed."""
        for matcher, new in zip(self._matchers, tokens, strict=True):
            for token in new:
                if not matcher.is_stopped():
                    matcher.consume_token(token)


def _unpacked(bits: Any, columns: int) -> Any:
    """Bits as booleans, rows x `columns`; false where there are fewer bits."""
    import torch

    places = torch.arange(32, dtype=torch.int32, device=bits.device)
    allowed = ((bits.unsqueeze(-1) >> places) & 1).bool().flatten(1)[:, :columns]
    return torch.nn.functional.pad(allowed, (0, columns - allowed.shape[1]))
