"""The nearest source in a straight line."""

import numpy as np
from scipy.sparse import csr_matrix
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


def pairs_straight(x: Floats, y: Floats, *, source_x: Floats, source_y: Floats, limit: float) -> csr_matrix:
    """Give the planar distance of every source to every point within ``limit``: (sources, points), 0 is stored.

    Points or sources that are not finite reach nothing.
    """
    usable: Ints = np.flatnonzero(np.isfinite(source_x) & np.isfinite(source_y))
    asked: Ints = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    shape = (len(source_x), len(x))
    if len(usable) == 0 or len(asked) == 0:
        return csr_matrix(shape)
    sources = KDTree(np.column_stack([source_x[usable], source_y[usable]]))
    points = KDTree(np.column_stack([x[asked], y[asked]]))
    found = sources.sparse_distance_matrix(points, limit, output_type="ndarray")
    order = np.lexsort((found["j"], found["i"]))
    rows = usable[found["i"][order]]
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return csr_matrix((found["v"][order], asked[found["j"][order]], ptr), shape=shape)
