"""Named streets as signs and plates refer to them: pieces of one name that connect, in metres."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gis.names.merging import GAP_M
from gis.names.signs.register import plain
from layers.model import Layer

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]

_OVERLAP_M = 40.0
"""Pieces of a street may overlap by this much along it and still be one course (a staggered junction)."""
_STEP_M = 2.0


@dataclass(frozen=True)
class Streets:
    """The named streets of a ``road`` layer; two streets of one name far apart are two.

    Attributes
    ----------
    names, ids, classes
        Name, least id of a piece and most frequent class of each street.
    shapes
        MultiLineStrings in the metric CRS.
    """

    names: Shapes
    ids: Shapes
    classes: Shapes
    shapes: Shapes
    crs: pyproj.CRS

    @cached_property
    def lengths_m(self) -> Floats:
        """Length of each street, both carriageways counted."""
        return np.asarray(shapely.length(self.shapes), dtype=float)

    @cached_property
    def known(self) -> frozenset[str]:
        """All names."""
        return frozenset(self.names.tolist())

    @cached_property
    def courses(self) -> Shapes:
        """One LineString for each street, None where its pieces make no simple course."""
        courses = np.full(len(self.shapes), None, dtype=object)
        for at, shape in enumerate(self.shapes):
            courses[at] = course_of(shape)
        return courses

    def nearest(self, names: Sequence[str | None], points: Shapes) -> tuple[Ints, Floats]:
        """Give for each point the nearest street of its name and the distance in metres.

        Returns
        -------
        (street, metres)
            -1 and NaN where no street has the name, the name is None or the point is missing.
        """
        asked = pd.DataFrame(
            {"name": pd.Series(list(names), dtype="object"), "point": np.arange(len(points))}
        )
        asked = asked[asked["name"].notna() & ~shapely.is_missing(points)]
        pairs = asked.merge(
            pd.DataFrame({"name": self.names, "street": np.arange(len(self.names))}), on="name"
        )
        point, street = pairs["point"].to_numpy(dtype=np.int64), pairs["street"].to_numpy(dtype=np.int64)
        metres = np.asarray(shapely.distance(points[point], self.shapes[street]), dtype=float)
        order = np.lexsort((street, metres, point))
        point, street, metres = point[order], street[order], metres[order]
        first = np.r_[True, point[1:] != point[:-1]] if len(point) else np.zeros(0, dtype=bool)
        found, away = np.full(len(points), -1, dtype=np.int64), np.full(len(points), np.nan)
        found[point[first]], away[point[first]] = street[first], metres[first]
        return found, away


def streets_of(roads: Layer, crs: pyproj.CRS) -> Streets:
    """Join the pieces of every named street; pieces within some metres of each other belong together."""
    frame = roads.frame[roads.frame["name"].notna() & roads.frame.geometry.notna()].sort_values("id")
    shapes = np.asarray(frame.geometry.to_crs(crs).to_numpy(), dtype=object)
    names = np.array([plain(one) for one in frame["name"]], dtype=object)
    classes = frame["road_class"].where(frame["road_class"].notna(), "").to_numpy(dtype=object)
    ids = frame["id"].to_numpy(dtype=object)
    groups = list(_groups(names, shapes))
    merged = np.empty(len(groups), dtype=object)
    for at, members in enumerate(groups):
        merged[at] = shapely.multilinestrings(shapely.get_parts(shapes[members]))
    firsts = np.array([members[0] for members in groups], dtype=np.int64)
    main = np.array([pd.Series(classes[members]).mode().iloc[0] for members in groups], dtype=object)
    return Streets(names[firsts], ids[firsts], main, merged, crs)


def _groups(names: Shapes, shapes: Shapes) -> Iterator[Ints]:
    """Give the positions of the pieces of each street, in the order of their first piece."""
    if not len(shapes):
        return
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=GAP_M)
    same = names[left] == names[right]
    links = coo_array(
        (np.ones(int(same.sum()), dtype=np.int8), (left[same], right[same])), shape=(len(shapes), len(shapes))
    )
    street = connected_components(links, directed=False)[1]
    order = np.argsort(street, kind="stable")
    cuts = np.flatnonzero(np.diff(street[order])) + 1
    yield from sorted(np.split(order, cuts), key=lambda members: int(members[0]))


def course_of(shape: Any) -> Any:  # noqa: ANN401 - a shapely geometry
    """Make one LineString of a street's pieces; None when they fork, ring or run side by side."""
    merged = shapely.line_merge(shape)
    parts = shapely.get_parts(merged)
    if len(parts) == 1:
        return None if shapely.is_closed(parts[0]) else parts[0]
    points = shapely.get_coordinates(merged)
    centred = points - points.mean(axis=0)
    axis = np.linalg.svd(centred, full_matrices=False)[2][0]
    lines = [xy if (xy[-1] - xy[0]) @ axis >= 0 else xy[::-1] for xy in map(shapely.get_coordinates, parts)]
    lines.sort(key=lambda xy: float((xy @ axis).min()))
    reached = -np.inf
    for xy in lines:
        along = xy @ axis
        if along.min() < reached - _OVERLAP_M:
            return None
        reached = max(reached, float(along.max()))
    return shapely.linestrings(np.vstack(lines))


def along_and_off(courses: Shapes, points: Shapes) -> tuple[Floats, Floats]:
    """Measure points against LineStrings, pair by pair: metres along, and metres off (positive to the left)."""
    along = np.asarray(shapely.line_locate_point(courses, points), dtype=float)
    here = shapely.get_coordinates(shapely.line_interpolate_point(courses, along))
    back = shapely.get_coordinates(shapely.line_interpolate_point(courses, np.maximum(along - _STEP_M, 0.0)))
    ahead = np.minimum(along + _STEP_M, shapely.length(courses))
    way = shapely.get_coordinates(shapely.line_interpolate_point(courses, ahead)) - back
    off = shapely.get_coordinates(points) - here
    turn = np.sign(way[:, 0] * off[:, 1] - way[:, 1] * off[:, 0])
    return along, np.hypot(off[:, 0], off[:, 1]) * turn
