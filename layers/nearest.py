"""An index of features by place that answers "what is nearest to here" and can follow edits while it serves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from rtree.index import Index

from layers.crs import geodesic_m

if TYPE_CHECKING:
    import geopandas as gpd

_SPARE = 8
"""Candidates fetched beyond those asked for: the plane of the index orders by distance only nearly."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A feature by its position in the frame, and how far away it is in a straight line on the ellipsoid."""

    position: int
    distance_m: float


class PlaceIndex:
    """An R-tree over one point of each feature (points themselves, a point inside areas, the middle of lines).

    Parameters
    ----------
    frame
        EPSG:4490. Features without geometry are never found. An empty frame finds nothing.
    """

    def __init__(self, frame: "gpd.GeoDataFrame") -> None:
        points = shapely.point_on_surface(frame.geometry.to_numpy())
        self._lon, self._lat = shapely.get_x(points), shapely.get_y(points)
        placed = np.flatnonzero(np.isfinite(self._lon))
        self._count = len(placed)
        self._squeeze = float(np.cos(np.radians(self._lat[placed].mean()))) if self._count else 1.0
        self._tree = Index(self._entries(placed)) if self._count else Index()

    def nearest(self, lon: float, lat: float, *, count: int) -> tuple[Nearby, ...]:
        """Find the ``count`` features nearest to a place, nearest first; fewer when there are fewer."""
        if not self._count or count < 1:
            return ()
        x = lon * self._squeeze
        found = np.fromiter(self._tree.nearest((x, lat, x, lat), count + _SPARE), dtype=np.int64)
        metres = geodesic_m(
            np.full(len(found), lon), np.full(len(found), lat), self._lon[found], self._lat[found]
        )
        order = np.lexsort((found, metres))[:count]
        return tuple(Nearby(int(found[at]), float(metres[at])) for at in order)

    def remove(self, position: int) -> None:
        """Forget a feature that was closed or moved away."""
        self._tree.delete(position, self._box(position))
        self._count -= 1

    def _entries(
        self, placed: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    ) -> Iterator[tuple[int, tuple[float, ...], None]]:
        for position in placed.tolist():
            yield position, self._box(position), None

    def _box(self, position: int) -> tuple[float, float, float, float]:
        x, y = float(self._lon[position]) * self._squeeze, float(self._lat[position])
        return x, y, x, y
