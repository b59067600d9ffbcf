"""Prompts side by side: rows of one length, with what is known of each in front as keys and values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .prefix import Layers, Prefix


class Rows:
    """Prompts as a rectangle: what is known, padded on the left, then the rest, padded on the left.

    Args:
        prompts: tokens of each.
        known: how many of them stand in the past.
        pad: any token.
    """

    def __init__(self, prompts: Sequence[Sequence[int]], known: Sequence[int], pad: int) -> None:
        self.past = max(known)
        """Columns of the past."""
        rest = max(len(tokens) - length for tokens, length in zip(prompts, known, strict=True))
        self.tokens: list[list[int]] = []
        self.mask: list[list[int]] = []
        """1 where a token stands, 0 where padding does."""
        for tokens, length in zip(prompts, known, strict=True):
            before, between = self.past - length, rest - (len(tokens) - length)
            self.tokens.append([*[pad] * before, *tokens[:length], *[pad] * between, *tokens[length:]])
            self.mask.append([*[0] * before, *[1] * length, *[0] * between, *[1] * (len(tokens) - length)])


def keeps_all(config: Any) -> bool:
    """Whether every layer of a model keeps keys and values of all tokens, so that a beginning can be cut out."""
    from transformers import DynamicCache
    from transformers.cache_utils import DynamicLayer

    return all(type(layer) is DynamicLayer for layer in DynamicCache(config=config).layers)


def put(cache: Any, known: Sequence[tuple[Prefix | None, int]], past: int) -> None:
    """Fills an empty cache with the past of each row, padded on the left to `past` tokens."""
    import torch

    if not past:
        return
    pasts: list[Layers | None] = [prefix.beginning(length) if prefix else None for prefix, length in known]
    sample = next(layers for layers in pasts if layers is not None)
    for at, (keys, values) in enumerate(sample):
        heads, _, width = keys.shape
        stacked = []
        for part, like in ((0, keys), (1, values)):
            rows = [like.new_zeros((heads, 0, like.shape[2])) if one is None else one[at][part] for one in pasts]
            padded = [torch.nn.functional.pad(row, (0, 0, past - row.shape[1], 0)) for row in rows]
            stacked.append(torch.stack(padded))
        cache.update(stacked[0], stacked[1], at)


def picked(layer: Any, row: int, places: Any) -> tuple[Any, Any]:
    """A copy of one row's keys and values at `places`."""
    return layer.keys[row].index_select(1, places), layer.values[row].index_select(1, places)
