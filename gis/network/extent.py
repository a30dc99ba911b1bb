"""How far the roads reach: beyond that nothing is known of ways, which is not the same as no way."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis.kernels.arrays import Flags, Floats
from gis.network.edges import Edges


def extent_of(edges: Edges) -> BaseGeometry:
    """Return the convex hull of all roads, in their plane; empty where there are none.

    The least shape without dents that holds every road: from a place outside it no road leads on, whatever was cut off
    at the edge of an extract, while a place inside it has roads on every side.
    """
    drawn = edges.shapes
    ends = np.unique(np.concatenate([edges.u, edges.v]))
    x, y = (edges.x[ends], edges.y[ends]) if drawn is None else (drawn.x, drawn.y)
    return shapely.convex_hull(shapely.multipoints(np.column_stack([x, y])))


def outside(extent: BaseGeometry, x: Floats, y: Floats, asked: Flags) -> Flags:
    """Tell which of the places asked for lie outside an extent; places that are not finite lie nowhere."""
    found = np.zeros(len(x), bool)
    at = np.flatnonzero(asked & np.isfinite(x) & np.isfinite(y))
    shapely.prepare(extent)
    found[at] = ~shapely.intersects_xy(extent, x[at], y[at])
    return found
