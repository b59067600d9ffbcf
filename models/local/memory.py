"""How much memory there is, and how much a model's keys and values take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MEMINFO = Path("/proc/meminfo")


def bytes_per_token(config: Any, element: int) -> int:
    """Bytes that the keys and values of one token take: an upper estimate, as if every layer attended to all of it.

    Args:
        config: of the language model.
        element: bytes of one number.
    """
    heads = int(config.num_attention_heads)
    shared = int(getattr(config, "num_key_value_heads", None) or heads)
    wide = int(getattr(config, "head_dim", None) or config.hidden_size // heads)
    return 2 * int(config.num_hidden_layers) * shared * wide * element


def free_bytes(device: str) -> int | None:
    """Memory of `device` (`cuda` or `cpu`) that can be had now; None where the system does not tell."""
    if device == "cuda":
        import torch

        return int(torch.cuda.mem_get_info()[0])
    try:
        rows = dict(line.split(":", 1) for line in MEMINFO.read_text().splitlines())
        return int(rows["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, KeyError):
        return None


def gib(size: float) -> str:
    """`size` in bytes, for people."""
    return f"{size / 2**30:.1f} GiB"
