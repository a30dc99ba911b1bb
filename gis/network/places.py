"""Places on a network: the nearest point of an edge, and how far off the road the place itself lies."""

from dataclasses import dataclass

import numpy as np
import shapely

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.on_edges import Spots


@dataclass(frozen=True, slots=True)
class Places:
    """Points that were snapped to a network.

    Attributes
    ----------
    edge
        Edge each place lies on; -1 when there was none within the distance allowed.
    position
        Cost from the edge's ``u`` end to the foot of the place, in the network's unit.
    off
        Cost of the way from the place to its foot; nan where nothing was found.
    """

    edge: Ints
    position: Floats
    off: Floats

    def __len__(self) -> int:
        """Count the places."""
        return len(self.edge)

    @property
    def spots(self) -> Spots:
        """The same as plain arrays."""
        return Spots(self.edge, self.position, self.off)

    @property
    def found(self) -> Flags:
        """Which places have an edge."""
        return self.edge >= 0


def snap_to_lines(
    tree: shapely.STRtree, lengths: Floats, *, x: Floats, y: Floats, max_m: float, per_m: float = 1.0
) -> Places:
    """Snap points to the nearest line of a tree no farther away than ``max_m``.

    ``lengths`` are the costs of the lines; the position along a line is its share of the planar length; ``per_m`` is
    the cost of one metre off the road. Points that are not finite find nothing.
    """
    edge = np.full(len(x), -1, np.int64)
    position, off = np.zeros(len(x)), np.full(len(x), np.nan)
    usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    points = shapely.points(x[usable], y[usable])
    (asked, line), distance = tree.query_nearest(
        points, max_distance=max(max_m, 1e-9), return_distance=True, all_matches=False
    )
    near = distance <= max_m
    asked, line, distance = asked[near], line[near], distance[near]
    found = usable[asked]
    shapes = tree.geometries[line]
    share = shapely.line_locate_point(shapes, points[asked], normalized=True)
    edge[found], off[found] = line, distance * per_m
    position[found] = np.nan_to_num(np.clip(share, 0.0, 1.0)) * lengths[line]
    return Places(edge, position, off)
