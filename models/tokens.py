"""Counting tokens with cl100k_base, from a file on this machine: nothing is downloaded.

llama-index-core carries the encoding's merge table; its folder is found without importing the package. The counter
knows no special tokens, so that `<|endoftext|>` in a document is counted as the ordinary text it is.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ..core.errors import ModelError

_SOURCE = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"
_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
# As published in tiktoken_ext/openai_public.py.
_PATTERN = (
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"""
    r"""|\s++$|\s*[\r\n]|\s+(?!\S)|\s"""
)
_DIGITS = re.compile(r"\d\d+")
_SLICE = 100_000


@cache
def cl100k() -> Callable[[str], int]:
    """A function that gives the number of cl100k_base tokens of a text, at some million tokens a second.

    Texts are counted in slices of 100,000 characters, which adds about a token a slice and keeps a run of one repeated
    character from being slow. Raises ModelError where the merge table is missing or damaged.
    """
    import tiktoken

    data = _table().read_bytes()
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise ModelError(f"{_table()} is damaged", "reinstall llama-index-core")
    ranks = {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in data.splitlines())}
    encoding = tiktoken.Encoding("cl100k_base", pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens={})

    def count(text: str) -> int:
        if len(text) <= _SLICE:
            return len(encoding.encode_ordinary(text))
        return sum(len(encoding.encode_ordinary(text[at : at + _SLICE])) for at in range(0, len(text), _SLICE))

    return count


def by_digit(count: Callable[[str], int]) -> Callable[[str], int]:
    """`count` for a vocabulary that gives every digit a token, where cl100k_base takes three together."""
    return lambda text: count(text) + sum(len(run) - -(-len(run) // 3) for run in _DIGITS.findall(text))


def _table() -> Path:
    """The merge table's file; it is named by the SHA-1 of its address, as tiktoken's cache names it."""
    name = hashlib.sha1(_SOURCE.encode(), usedforsecurity=False).hexdigest()
    spec = find_spec("llama_index")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / "core" / "_static" / "tiktoken_cache" / name
        if file.is_file():
            return file
    raise ModelError("the token table cl100k_base is missing", "reinstall llama-index-core, which carries it")
