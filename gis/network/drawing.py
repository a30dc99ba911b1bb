"""Service areas as polygons, for drawing only: people are counted on exact stretches of road, never on these."""

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from gis.kernels.arrays import ragged
from gis.kernels.intervals import EdgeIntervals, whole
from gis.kernels.polylines import cut, lengths
from gis.network.graph import Network

WIDTH_M = 50.0
"""Land this far to either side of a reached road is drawn as served: about one row of buildings."""
SIMPLE_M = 8.0
"""Bends smaller than this are not drawn."""


def covered_area(network: Network, stretches: EdgeIntervals, *, width_m: float = WIDTH_M) -> BaseGeometry:
    """Draw stretches of road as one dissolved polygon in the plane of the network.

    Every stretch is widened by ``width_m`` on both sides; bends are simplified by a few metres. No stretches give
    an empty geometry.
    """
    lines = shapely.simplify(_lines(network, stretches), SIMPLE_M)
    return shapely.simplify(shapely.union_all(shapely.buffer(lines, width_m, quad_segs=2)), SIMPLE_M / 2)


def _lines(network: Network, stretches: EdgeIntervals) -> "npt.NDArray[np.object_]":
    is_whole = whole(stretches, network.edges.cost)
    part = EdgeIntervals(stretches.edge[~is_whole], stretches.start[~is_whole], stretches.stop[~is_whole])
    edges = network.edges
    on_part, local = np.unique(part.edge, return_inverse=True)
    flat, offsets = ragged(edges.offsets[on_part], edges.offsets[on_part + 1])
    x, y = edges.shape_x[flat], edges.shape_y[flat]
    planar, cost = lengths(x, y, offsets)[local], edges.cost[part.edge]
    scale = np.divide(planar, cost, out=np.zeros(len(cost)), where=cost > 0)
    cut_x, cut_y, cut_offsets = cut(
        x, y, offsets, line=local, start=part.start * scale, stop=part.stop * scale
    )
    owner = np.repeat(np.arange(len(local)), np.diff(cut_offsets))
    pieces = shapely.linestrings(np.column_stack([cut_x, cut_y]), indices=owner) if len(local) else []
    return np.concatenate([network.shapes[stretches.edge[is_whole]], np.asarray(pieces, object)])
