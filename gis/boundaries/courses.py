"""The course of a boundary line on the ground: in metres, in the direction its markers are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

Floats = npt.NDArray[np.float64]
Heading = Literal["W-E", "N-S", "closed"]

_CLEARLY = 2.0
"""A line that goes twice as far east-west as north-south is clearly an east-west line, and the other way round."""
_SIDE_STEP_M = 1.0


@dataclass(frozen=True, slots=True)
class Course:
    """One boundary line, all its features joined, running as its markers are counted.

    Attributes
    ----------
    shape
        LineString or MultiLineString in a metric CRS.
    heading
        West to east or north to south, whichever the line does more; ``"closed"`` for a ring, which has neither.
    reverse_is_possible
        True for a line so oblique that the other of the two rules, which counts it backwards, fits as well.
    feature_ids
        Ids of the features it was joined from, sorted.
    """

    line_number: str
    name: str
    shape: Any
    heading: Heading
    reverse_is_possible: bool
    feature_ids: tuple[str, ...]

    def distance_m(self, points: npt.NDArray[np.object_]) -> Floats:
        """Metres from each point (shape ``(n,)``, same CRS) to the line."""
        return np.asarray(shapely.distance(points, self.shape), dtype=float)

    def chainage_m(self, points: npt.NDArray[np.object_]) -> Floats:
        """Metres along the line, from where counting begins, to the place nearest to each point."""
        return np.asarray(shapely.line_locate_point(self.shape, points), dtype=float)

    def offset_m(self, points: npt.NDArray[np.object_]) -> Floats:
        """Metres from the line, positive to the left of the direction of counting, negative to the right."""
        along = self.chainage_m(points)
        before = shapely.line_interpolate_point(self.shape, np.maximum(along - _SIDE_STEP_M, 0.0))
        after = shapely.line_interpolate_point(
            self.shape, np.minimum(along + _SIDE_STEP_M, self.shape.length)
        )
        way_x, way_y = (
            shapely.get_x(after) - shapely.get_x(before),
            shapely.get_y(after) - shapely.get_y(before),
        )
        off_x, off_y = (
            shapely.get_x(points) - shapely.get_x(before),
            shapely.get_y(points) - shapely.get_y(before),
        )
        turn: Floats = np.sign(way_x * off_y - way_y * off_x)
        return self.distance_m(points) * turn

    def distance_to_end_m(self, points: npt.NDArray[np.object_]) -> Floats:
        """Metres from each point to the nearer end of the line; infinite for a ring."""
        if self.heading == "closed":
            return np.full(len(points), np.inf)
        ends = [shapely.get_point(part, at) for part in shapely.get_parts(self.shape) for at in (0, -1)]
        return np.asarray(shapely.distance(points, shapely.multipoints([ends[0], ends[-1]])), dtype=float)


def courses_of(lines: gpd.GeoDataFrame, crs: pyproj.CRS) -> Mapping[str, Course]:
    """Join the features of each line number into its course.

    Parameters
    ----------
    lines
        Frame of a ``boundary_line`` layer. Features without a number or a geometry are left out.
    crs
        The metric CRS to measure in.
    """
    usable = lines[lines["line_number"].notna() & lines.geometry.notna() & ~lines.geometry.is_empty]
    metric = usable.to_crs(crs)
    return {
        str(number): _course(str(number), group.sort_values("id"))
        for number, group in metric.groupby("line_number", sort=True)
    }


def _course(number: str, group: gpd.GeoDataFrame) -> Course:
    parts = shapely.get_parts(group.geometry.to_numpy())
    merged = shapely.line_merge(shapely.multilinestrings(parts))
    shape, heading, reverse_is_possible = _turned(merged)
    ids = tuple(group["id"].astype(str))
    return Course(number, str(group["name"].iloc[0]), shape, heading, reverse_is_possible, ids)


def _turned(merged: Any) -> tuple[Any, Heading, bool]:  # noqa: ANN401 - a shapely geometry
    """Turn every part into the direction of counting and put the parts in order."""
    parts = shapely.get_parts(merged)
    if len(parts) == 1 and shapely.is_closed(parts[0]):
        return parts[0], "closed", False
    extent_x, extent_y = _extent(parts)
    heading: Heading = "W-E" if abs(extent_x) >= abs(extent_y) else "N-S"
    axis = np.array([1.0, 0.0]) if heading == "W-E" else np.array([0.0, -1.0])
    turned = [part if _advance(part, axis) >= 0 else shapely.reverse(part) for part in parts]
    turned.sort(key=lambda part: float(shapely.get_coordinates(part)[0] @ axis))
    oblique = max(abs(extent_x), abs(extent_y)) < _CLEARLY * min(abs(extent_x), abs(extent_y))
    rising = extent_x * extent_y > 0
    shape = turned[0] if len(turned) == 1 else shapely.multilinestrings(turned)
    return shape, heading, bool(oblique and rising)


def _extent(parts: npt.NDArray[np.object_]) -> tuple[float, float]:
    """How far the whole line goes east and north from one end to the other."""
    ends = np.concatenate([shapely.get_coordinates(part)[[0, -1]] for part in parts])
    apart = np.linalg.norm(ends[:, None, :] - ends[None, :, :], axis=2)
    first, last = np.unravel_index(int(np.argmax(apart)), apart.shape)
    return float(ends[last, 0] - ends[first, 0]), float(ends[last, 1] - ends[first, 1])


def _advance(part: Any, axis: Floats) -> float:  # noqa: ANN401 - a shapely geometry
    coordinates = shapely.get_coordinates(part)
    return float((coordinates[-1] - coordinates[0]) @ axis)
