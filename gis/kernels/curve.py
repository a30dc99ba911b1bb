"""Distance along a Hilbert curve, and the order of many such distances."""

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled

# For each of the four ways a quadrant may be turned (rows) and each of its own quadrants (right * 2 + upper):
# which comes when along the curve, and how that one is turned in its turn.
HALF = 5
"""Bits of a coordinate that are looked up at once; a coordinate has twice as many."""
_RANK = np.array([[0, 1, 3, 2], [0, 3, 1, 2], [2, 3, 1, 0], [2, 1, 3, 0]], np.uint32)
_TURN = np.array([[1, 0, 3, 0], [0, 2, 1, 1], [2, 1, 2, 3], [3, 3, 0, 2]], np.int64)


@compiled
def _quadrants() -> Ints:
    """Return, for each way to be turned and ``HALF`` bits of both coordinates, how far along, and the way after."""
    side = 1 << HALF
    table = np.empty(4 * side * side, np.uint32)
    for at in range(len(table)):
        column, row, along = (at >> HALF) & (side - 1), at & (side - 1), 0
        turned = np.int64(at >> (2 * HALF))
        for bit in range(HALF - 1, -1, -1):
            quadrant = ((column >> bit) & 1) * 2 + ((row >> bit) & 1)
            along = (along << 2) | int(_RANK[turned, quadrant])
            turned = _TURN[turned, quadrant]
        table[at] = (turned << (2 * HALF)) | along
    return table


@compiled
def along_curve(x: Floats, y: Floats, low_x: float, low_y: float, scale_x: float, scale_y: float) -> Ints:
    """Return how far along the curve each point lies, over 1,024 x 1,024 cells."""
    half, both = np.uint32(HALF), np.uint32(2 * HALF)
    low, whole = np.uint32((1 << HALF) - 1), np.uint32((1 << (2 * HALF)) - 1)
    table, out = _quadrants(), np.empty(len(x), np.uint32)
    for k in range(len(x)):
        column, row = np.uint32((x[k] - low_x) * scale_x), np.uint32((y[k] - low_y) * scale_y)
        upper = table[((column >> half) << half) | (row >> half)]
        lower = table[((upper >> both) << both) | ((column & low) << half) | (row & low)]
        out[k] = ((upper & whole) << both) | (lower & whole)
    return out


@compiled
def sorted_order(keys: Ints) -> Ints:
    """Return the indices that sort 20-bit keys, equal ones in their order (two passes of 10 bits), in their place."""
    bits, low, count = np.uint32(10), np.uint32(1023), len(keys)
    starts = np.zeros((2, 1025), np.uint32)
    for key in keys:
        starts[0, (key & low) + np.uint32(1)] += np.uint32(1)
        starts[1, (key >> bits) + np.uint32(1)] += np.uint32(1)
    for digit in range(1024):
        starts[:, digit + 1] += starts[:, digit]
    upper, index, order = np.empty(count, np.uint32), np.empty(count, np.uint32), keys.view(np.int32)
    for k in range(count):
        digit = keys[k] & low
        at = starts[0, digit]
        upper[at], index[at] = keys[k] >> bits, k
        starts[0, digit] = at + np.uint32(1)
    for k in range(count):
        at = starts[1, upper[k]]
        order[at] = index[k]
        starts[1, upper[k]] = at + np.uint32(1)
    return order


@compiled
def in_order(order: Ints, x: Floats, y: Floats) -> tuple[Floats, Floats, Ints]:
    """Return coordinates of points in another order, and the place in it of each point."""
    new_x, new_y, rank = np.empty_like(x), np.empty_like(y), np.empty(len(order), np.int32)
    for k in range(len(order)):
        at = np.uint32(order[k])
        new_x[k], new_y[k], rank[at] = x[at], y[at], k
    return new_x, new_y, rank
