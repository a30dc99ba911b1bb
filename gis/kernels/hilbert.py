"""Order along a Hilbert curve: points that are near in the plane come near in memory."""

import numpy as np

from gis.kernels.arrays import Floats, Ints

BITS = 10


def hilbert_order(x: Floats, y: Floats) -> Ints:
    """Return the indices that sort points along a Hilbert curve over their bounding box (1,024 cells a side).

    Points in one cell keep their order. Empty input gives empty output. Coordinates must be finite.
    """
    if len(x) == 0:
        return np.empty(0, np.int64)
    from gis.kernels.curve import along_curve, sorted_order  # noqa: PLC0415 - numba loads with the first network

    low_x, low_y = float(np.min(x)), float(np.min(y))
    return sorted_order(along_curve(x, y, low_x, low_y, _scale(x, low_x), _scale(y, low_y)))


def _scale(values: Floats, low: float) -> float:
    high = float(np.max(values))
    return ((1 << BITS) - 1) / (high - low) if high > low else 0.0
