"""Distance along a Hilbert curve, and the order of many such distances."""

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled

# For each of the four ways a quadrant may be turned (rows) and each of its own quadrants (right * 2 + upper):
# which comes when along the curve, and how that one is turned in its turn.
_RANK = np.array([[0, 1, 3, 2], [0, 3, 1, 2], [2, 3, 1, 0], [2, 1, 3, 0]], np.uint32)
_TURN = np.array([[1, 0, 3, 0], [0, 2, 1, 1], [2, 1, 2, 3], [3, 3, 0, 2]], np.int64)


@compiled
def along_curve(x: Floats, y: Floats, low_x: float, low_y: float, scale_x: float, scale_y: float) -> Ints:
    """Return how far along the curve each point lies, over 4,096 x 4,096 cells."""
    out = np.empty(len(x), np.uint32)
    for k in range(len(x)):
        column, row = int((x[k] - low_x) * scale_x), int((y[k] - low_y) * scale_y)
        along, turned = np.uint32(0), 0
        for bit in range(11, -1, -1):
            quadrant = ((column >> bit) & 1) * 2 + ((row >> bit) & 1)
            along = (along << np.uint32(2)) | _RANK[turned, quadrant]
            turned = _TURN[turned, quadrant]
        out[k] = along
    return out


@compiled
def sorted_order(keys: Ints) -> Ints:
    """Return the indices that sort 24-bit keys, equal ones in their order (two passes of 12 bits)."""
    order, keyed = np.arange(len(keys)).astype(np.int32), keys
    for shift in (np.uint32(0), np.uint32(12)):
        starts = np.zeros(4097, np.int64)
        for key in keyed:
            starts[((key >> shift) & np.uint32(4095)) + 1] += 1
        starts = np.cumsum(starts)
        moved, moved_keys = np.empty_like(order), np.empty_like(keyed)
        for k in range(len(keyed)):
            digit = (keyed[k] >> shift) & np.uint32(4095)
            moved[starts[digit]], moved_keys[starts[digit]] = order[k], keyed[k]
            starts[digit] += 1
        order, keyed = moved, moved_keys
    return order
