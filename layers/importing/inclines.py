"""Inclines of roads, measured in a raster of heights while they are imported."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from layers.crs import geodesic_m
from layers.errors import InputError
from layers.importing.options import ImportOptions
from layers.reading.heights import Heights, open_heights
from layers.text import Text, counted

UNEVEN_M = 5.0
"""Ground this far above or below the straight line between a road's ends is worth telling."""
_STEEPEST_PERCENT = 100.0

Numbers = npt.NDArray[np.float64]


@contextmanager
def inclines_of(options: ImportOptions, *, roads: bool) -> "Iterator[Inclines | None]":
    """Open the raster of heights an import was given; None when it was given none.

    Raises as ``open_heights`` does, and InputError when heights are given for an import that brings no roads.
    """
    if options.heights is None:
        yield None
        return
    if not roads:
        raise InputError(
            Text(
                "高程（--heights）只用于道路图层（road）。",
                "Heights (--heights) are for the layer road only.",
            ),
            Text("去掉 --heights。", "Leave out --heights."),
        )
    with open_heights(options.heights, options.heights_crs) as heights:
        yield Inclines(heights)


@dataclass(slots=True)
class Inclines:
    """Fills the inclines of roads from heights, and keeps count over all batches of a file.

    Attributes
    ----------
    measured, said
        Roads measured, and roads that said their incline themselves.
    outside, vertices
        Roads an end of which has no height, and vertices without one.
    unusable
        Roads of several parts, without length, or steeper than 100 %.
    uneven
        Measured roads, bridges and tunnels apart, with ground off the straight line between their ends.
    """

    heights: Heights
    measured: int = 0
    said: int = 0
    outside: int = 0
    vertices: int = 0
    unusable: int = 0
    uneven: int = 0

    def fill(self, frame: gpd.GeoDataFrame) -> None:
        """Write ``incline_percent`` where it is missing: the rise from the first to the last vertex over the length.

        Bridges and tunnels so run straight from end to end, whatever the ground does between. What a road says of
        itself stays; what cannot be measured stays missing. The file's name goes into ``attributes``
        (``incline_from``).
        """
        given = np.isfinite(frame["incline_percent"].to_numpy(float))
        single = shapely.get_type_id(frame.geometry.to_numpy()) == 1
        self.said += int(given.sum())
        self.unusable += int((~single & ~given).sum())
        rows = np.flatnonzero(single & ~given)
        if not len(rows):
            return
        course = _course(frame.geometry.to_numpy()[rows], self.heights)
        rise = course.height[course.last] - course.height[course.first]
        length = course.along[course.last]
        incline = 100.0 * np.divide(rise, length, out=np.full(len(rows), np.nan), where=length > 0)
        known = np.abs(incline) <= _STEEPEST_PERCENT
        self.measured += int(known.sum())
        self.outside += int((~np.isfinite(rise)).sum())
        self.vertices += int((~np.isfinite(course.height)).sum())
        self.unusable += int((np.isfinite(rise) & ~known).sum())
        self.uneven += int((known & ~_raised(frame.iloc[rows]) & (course.off_line(incline) > UNEVEN_M)).sum())
        self._write(frame, rows[known], incline[known])

    def _write(self, frame: gpd.GeoDataFrame, rows: npt.NDArray[np.intp], incline: Numbers) -> None:
        percent, told = (frame[one].to_numpy(copy=True) for one in ("incline_percent", "attributes"))
        percent[rows] = np.round(incline, 2)
        for row in rows:
            told[row] = _with_source(told[row], self.heights.name)
        frame["incline_percent"], frame["attributes"] = percent, told

    def notes(self) -> Iterator[Text]:
        """Say what was measured, and what stays unknown and why."""
        yield Text(
            f"按 {self.heights.name} 给 {self.measured} 条道路算出坡度；{self.said} 条自己注明了坡度，不改。",
            f"By {self.heights.name} the incline of {counted(self.measured, 'road')} was measured; "
            f"{counted(self.said, 'road says its own and keeps', 'roads say their own and keep')} it.",
        )
        if self.outside or self.vertices:
            yield Text(
                f"{self.vertices} 个道路顶点在高程栅格以外或没有值，其中有 {self.outside} 条道路的端点："
                "这些道路坡度仍不明。",
                f"{counted(self.vertices, 'vertex of roads has', 'vertices of roads have')} no height in the raster; "
                f"with an end among them the incline of {counted(self.outside, 'road')} stays unknown.",
            )
        if self.unusable:
            yield Text(
                f"{self.unusable} 条道路分成几段、没有长度或陡于 100%，坡度仍不明。",
                f"{counted(self.unusable, 'road is', 'roads are')} of several parts, without length or steeper "
                "than 100 %: incline unknown.",
            )
        if self.uneven:
            yield Text(
                f"{self.uneven} 条道路中途的地面高出或低于两端连线 {UNEVEN_M:g} 米以上，坡度只是两端之间的平均。",
                f"On {counted(self.uneven, 'road')} the ground leaves the straight line between the ends by more than "
                f"{UNEVEN_M:g} m: the incline is the mean between the ends only.",
            )


class _Course(NamedTuple):
    """Roads vertex by vertex: height, metres from the first vertex, road; and first and last vertex of each road."""

    height: Numbers
    along: Numbers
    line: npt.NDArray[np.intp]
    first: npt.NDArray[np.intp]
    last: npt.NDArray[np.intp]

    def off_line(self, incline: Numbers) -> Numbers:
        """Return how far the ground leaves the straight line between the ends of each road, at most; metres."""
        straight = self.height[self.first][self.line] + np.nan_to_num(incline)[self.line] / 100.0 * self.along
        off = np.nan_to_num(np.abs(self.height - straight))
        return np.asarray(np.maximum.reduceat(off, self.first))


def _course(shapes: "npt.NDArray[np.object_]", heights: Heights) -> _Course:
    points, line = shapely.get_coordinates(shapes, return_index=True)
    lon, lat = points[:, 0], points[:, 1]
    first = np.searchsorted(line, np.arange(len(shapes)))
    last = np.append(first[1:], len(line)) - 1
    steps = geodesic_m(lon[:-1], lat[:-1], lon[1:], lat[1:])
    whole = np.concatenate([np.zeros(1), np.cumsum(np.where(line[1:] == line[:-1], steps, 0.0))])
    return _Course(heights.at(lon, lat), whole - whole[first][line], line, first, last)


def _raised(frame: gpd.GeoDataFrame) -> "npt.NDArray[np.bool_]":
    bridge, tunnel = (frame[one].fillna(value=False).to_numpy(bool) for one in ("bridge", "tunnel"))
    return np.asarray(bridge | tunnel)


def _with_source(attributes: object, name: str) -> str:
    """Add to a road's attributes where its incline comes from; what is no JSON object is left as it is."""
    try:
        said = json.loads(attributes) if isinstance(attributes, str) and attributes else {}
    except ValueError:
        return str(attributes)
    return (
        json.dumps(said | {"incline_from": name}, ensure_ascii=False)
        if isinstance(said, dict)
        else str(attributes)
    )
