"""Service areas as polygons, for drawing only: people are counted on exact stretches of road, never on these."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from gis.kernels.arrays import Floats, Ints, ragged
from gis.kernels.intervals import EdgeIntervals
from gis.kernels.polylines import cut, lengths
from gis.network.graph import Network

WIDTH_M = 50.0
"""Land this far to either side of a reached road is drawn as served: about one row of buildings."""
CELLS = 5
"""Cells of the grid of distances across that width."""
SIMPLE = 0.04
"""Bends of the outline smaller than this share of the width are not drawn."""


def covered_area(network: Network, stretches: EdgeIntervals, *, width_m: float = WIDTH_M) -> BaseGeometry:
    """Draw stretches of road as one dissolved (multi)polygon in the plane of the network.

    Every stretch is widened by ``width_m`` on both sides. The outline is traced where the distance to the nearest
    stretch, on a grid of a fifth of the width, equals the width, and lies within 2 % of the width of the exact one
    but for its sharpest notches. No stretches give an empty geometry.
    """
    x, y, offsets = _pieces(network, stretches)
    if len(x) == 0:
        return shapely.MultiPolygon()
    from gis.kernels.field import distances, rings  # noqa: PLC0415 - numba loads with the first drawing

    cell, room = width_m / CELLS, CELLS + 3.0
    corner_x, corner_y = float(x.min()) - room * cell, float(y.min()) - room * cell
    across, up = (x - corner_x) / cell, (y - corner_y) / cell
    begin = np.ones(len(x), bool)
    begin[offsets[1:] - 1] = False
    at = np.flatnonzero(begin)
    field = distances(across[at], up[at], across[at + 1], up[at + 1], CELLS + 1.0)
    ring_x, ring_y, ends = rings(*field, float(CELLS))
    return _polygons(ring_x * cell + corner_x, ring_y * cell + corner_y, ends, SIMPLE * width_m)


def _pieces(network: Network, stretches: EdgeIntervals) -> tuple[Floats, Floats, Ints]:
    """Return the vertices of every stretch, and their offsets."""
    edges, shapes = network.edges, network.edges.drawn()
    on, local = np.unique(stretches.edge, return_inverse=True)
    flat, offsets = ragged(shapes.offsets[on], shapes.offsets[on + 1])
    x, y = shapes.x[flat], shapes.y[flat]
    if len(on) == 0:
        return x, y, offsets
    planar, cost = lengths(x, y, offsets)[local], edges.cost[stretches.edge]
    scale = np.divide(planar, cost, out=np.zeros(len(cost)), where=cost > 0)
    stop = np.where(cost > 0, stretches.stop * scale, planar)
    return cut(x, y, offsets, line=local, start=stretches.start * scale, stop=stop)


def _polygons(x: Floats, y: Floats, offsets: Ints, tolerance_m: float) -> BaseGeometry:
    """Make polygons of rings: counter-clockwise ones are parts, clockwise ones holes in them."""
    flat = np.concatenate([np.append(np.arange(a, b), a) for a, b in pairwise(offsets)])
    owner = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets) + 1)
    whole = shapely.linearrings(np.column_stack([x[flat], y[flat]]), indices=owner)
    outer = shapely.is_ccw(whole)
    parts, holes = shapely.polygons(whole[outer]), whole[~outer]
    holder = _smallest_around(parts, holes)
    order = np.argsort(holder, kind="stable")
    by_part = np.split(holes[order], np.searchsorted(holder[order], np.arange(1, len(parts))))
    drawn = [shapely.Polygon(ring, some) for ring, some in zip(whole[outer], by_part, strict=True)]
    return shapely.make_valid(shapely.simplify(shapely.multipolygons(drawn), tolerance_m))


def _smallest_around(parts: "npt.NDArray[np.object_]", holes: "npt.NDArray[np.object_]") -> Ints:
    """Return the smallest part around each hole."""
    hole, part = shapely.STRtree(parts).query(shapely.get_point(holes, 0), predicate="within")
    order = np.lexsort((-shapely.area(parts[part]), hole))
    holder = np.zeros(len(holes), np.int64)
    holder[hole[order]] = part[order]
    return holder
