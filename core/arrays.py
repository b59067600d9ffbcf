"""Kinds of arrays, for those who only name them: NumPy is imported where it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Integers = NDArray[np.int32]
    Bytes = NDArray[np.uint8]
