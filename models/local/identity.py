"""What tells two folders of weights apart, without reading all of them.

Configuration, tokenizer and chat template count in full; of the weights, name, shape and first 4 KiB of each tensor:
training moves every number of a tensor that it touches, so another version of a model differs there. Time stamps and
paths do not count: a copied folder is the same model, and its replies are found again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from ...core.errors import ModelError

_BEGINNING = 4096
_LONGEST_HEADER = 1 << 27


def identity(folder: Path) -> str:
    """Sixteen hexadecimal digits that stand for the model in `folder`. Raises ModelError for damaged weights."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        if file.suffix in (".json", ".jinja", ".model", ".txt") and file.is_file():
            digest.update(f"{file.name}\0".encode() + file.read_bytes())
        elif file.suffix == ".safetensors":
            digest.update(f"{file.name}\0".encode() + _sampled(file))
    return digest.hexdigest()[:16]


def _sampled(file: Path) -> bytes:
    """Digest of a safetensors file's header and of every tensor's beginning."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            length = int.from_bytes(opened.read(8), "little")
            if length > _LONGEST_HEADER:
                raise ValueError("no header")
            header = opened.read(length)
            digest.update(header)
            for name, tensor in sorted(json.loads(header).items()):
                if name != "__metadata__":
                    start, end = tensor["data_offsets"]
                    opened.seek(8 + length + start)
                    digest.update(opened.read(min(end - start, _BEGINNING)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{file} is no safetensors file", "is the download complete?") from error
    return digest.digest()
