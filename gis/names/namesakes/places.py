"""Where named things are: an R-tree over their points that follows every edit."""

from collections.abc import Iterable, Iterator
from math import cos, radians

from rtree.index import Index

_METRES_A_DEGREE = 110_500.0
"""Metres of one degree of latitude, a little too few, so that a box is never too small."""

_NEVER_TO_THE_POLE = 0.05

Point = tuple[float, float]


class LivePlaces:
    """Points by a number of the caller's choice, in degrees."""

    def __init__(self, points: Iterable[tuple[int, Point]]) -> None:
        kept = list(points)
        self._tree = Index(_entries(kept)) if kept else Index()

    def add(self, number: int, point: Point) -> None:
        """Enter a point."""
        self._tree.insert(number, (*point, *point))

    def remove(self, number: int, point: Point) -> None:
        """Forget a point; it must be the one that was entered."""
        self._tree.delete(number, (*point, *point))

    def around(self, point: Point, *, within_m: float) -> tuple[int, ...]:
        """Return the numbers of points in a box that holds the whole circle, in no order."""
        lon, lat = point
        high = within_m / _METRES_A_DEGREE
        wide = high / max(cos(radians(abs(lat) + high)), _NEVER_TO_THE_POLE)
        return tuple(self._tree.intersection((lon - wide, lat - high, lon + wide, lat + high)))


def _entries(points: Iterable[tuple[int, Point]]) -> Iterator[tuple[int, tuple[float, ...], None]]:
    for number, point in points:
        yield number, (*point, *point), None
