"""Which edges cross a barrier."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from gis.kernels.arrays import Flags
from gis.network.edges import Edges
from layers.text import Text


def crossing(edges: Edges, lines: "npt.NDArray[np.object_]", barriers: Sequence[BaseGeometry]) -> Flags:
    """Tell which edges cross a barrier at ground level.

    An edge crosses an area when it enters it, so that the path along a bank stays open; it crosses a line when they
    share more than an end of the edge. Bridges and tunnels never cross.

    Parameters
    ----------
    lines
        The edges as lines, in the plane of the barriers.
    """
    hit = np.zeros(len(edges.u), bool)
    solid = np.asarray([one for one in barriers if not one.is_empty], object)
    ground = np.flatnonzero(~np.asarray(edges.raised))
    if len(solid) == 0 or len(ground) == 0:
        return hit
    pieces = shapely.get_parts(solid)
    asked, met = shapely.STRtree(lines[ground]).query(pieces, predicate="intersects")
    suspects, barrier = lines[ground[met]], pieces[asked]
    area = shapely.get_dimensions(barrier) > 1
    inside = np.empty(len(met), bool)
    inside[area] = ~shapely.touches(suspects[area], barrier[area])
    shared = shapely.intersection(suspects[~area], barrier[~area])
    inside[~area] = ~shapely.is_empty(shapely.difference(shared, shapely.boundary(suspects[~area])))
    hit[ground[met[inside]]] = True
    return hit


def cut_note(count: int) -> Text:
    """Say how many edges were cut."""
    return Text(
        f"{count} 段道路在地面穿过阻隔，按不通计；桥梁和隧道不受影响。",
        f"{count} stretches of road cross a barrier at ground level and count as closed; bridges and tunnels do not.",
    )
