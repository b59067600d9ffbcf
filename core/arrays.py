"""Arrays: their kinds, for those who only name them, and strings in them. NumPy is imported where it counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int32]
    Bytes = NDArray[np.uint8]


def packed(strings: Iterable[str]) -> Bytes:
    """Strings without line breaks, as bytes: kept so, nothing has to be unpickled."""
    import numpy as np

    return np.frombuffer("\n".join(strings).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def unpacked(data: Bytes) -> list[str]:
    """What `packed` was given."""
    text = data.tobytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
