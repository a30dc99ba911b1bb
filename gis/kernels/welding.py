"""Which coordinates are one and the same place."""

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree

from gis.kernels.arrays import Floats, Ints


def weld(x: Floats, y: Floats, *, tolerance: float) -> Ints:
    """Give places numbers so that points no farther apart than ``tolerance`` (or chained by such steps) share a number.

    Numbers run from 0 without gaps. Empty input gives empty output. Coordinates must be finite.
    """
    if len(x) == 0:
        return np.empty(0, np.int64)
    points, place = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)
    pairs = KDTree(points).query_pairs(tolerance, output_type="ndarray")
    if len(pairs) == 0:
        return place.reshape(-1).astype(np.int64)
    links = coo_matrix((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(len(points),) * 2)
    _, group = connected_components(links, directed=False)
    return group[place.reshape(-1)].astype(np.int64)
