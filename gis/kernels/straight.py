"""The nearest source in a straight line."""

import numpy as np
from scipy.spatial import KDTree

from gis.kernels.arrays import Floats, Ints, Nearest


def nearest_straight(x: Floats, y: Floats, *, source_x: Floats, source_y: Floats) -> Nearest:
    """Give the planar distance to, and index of, the nearest source of every point.

    Points or sources that are not finite reach nothing: inf and -1.
    """
    cost = np.full(len(x), np.inf)
    source = np.full(len(x), -1, np.int64)
    usable: Ints = np.flatnonzero(np.isfinite(source_x) & np.isfinite(source_y))
    asked: Ints = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if len(usable) == 0 or len(asked) == 0:
        return Nearest(cost, source)
    tree = KDTree(np.column_stack([source_x[usable], source_y[usable]]))
    distance, index = tree.query(np.column_stack([x[asked], y[asked]]))
    cost[asked], source[asked] = distance, usable[index]
    return Nearest(cost, source)
