"""Order along a Hilbert curve: points that are near in the plane come near in memory."""

import numpy as np

from gis.kernels.arrays import Floats, Ints

BITS = 16


def hilbert_order(x: Floats, y: Floats) -> Ints:
    """Return the indices that sort points along a Hilbert curve over their bounding box (65,536 cells a side).

    Points in one cell keep their order. Empty input gives empty output. Coordinates must be finite.
    """
    if len(x) == 0:
        return np.empty(0, np.int64)
    return np.argsort(_distance(_cells(x), _cells(y)), kind="stable")


def _cells(values: Floats) -> Ints:
    low, high = float(np.min(values)), float(np.max(values))
    scale = ((1 << BITS) - 1) / (high - low) if high > low else 0.0
    return ((values - low) * scale).astype(np.int64)


def _distance(x: Ints, y: Ints) -> Ints:
    """Distance of each cell along the curve, bit by bit from the coarsest quadrant."""
    along = np.zeros(len(x), np.int64)
    side = 1 << (BITS - 1)
    while side:
        right, upper = (x & side) > 0, (y & side) > 0
        along += side * side * ((3 * right) ^ upper)
        flip = right & ~upper
        x, y = np.where(flip, side - 1 - (x & (side - 1)), x), np.where(flip, side - 1 - (y & (side - 1)), y)
        x, y = np.where(upper, x, y), np.where(upper, y, x)
        side >>= 1
    return along
