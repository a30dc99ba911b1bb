"""Administrative units: which are in force, who belongs to whom, and which unit a point lies in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from gis.coverage.asked import LEVELS
from gis.coverage.supply import points_of
from gis.kernels.arrays import Floats, Ints

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer
    from layers.workspace import Settings

_DIGITS = {"village": 12, "town": 9, "county": 6, "city": 4, "province": 2}


@dataclass(frozen=True, slots=True)
class Units:
    """The units in force on a day.

    Attributes
    ----------
    frame
        Rows of the unit layer; a single row for the district when there is no unit layer. Areas to report by come
        after them, with their layer's id as level.
    parent
        Index of the unit above each, -1 where it is not in the layer.
    lon, lat
        A point inside each; nan where the unit has no shape.
    whole
        True when the frame is only the district itself, without a shape: every point counts as inside.
    """

    frame: "gpd.GeoDataFrame | pd.DataFrame"
    parent: Ints
    lon: Floats
    lat: Floats
    whole: bool = False
    _by_code: dict[str, int] = field(default_factory=dict, repr=False)

    def at(self, level: str) -> Ints:
        """Give the indices of the units of a level."""
        return np.flatnonzero((self.frame["level"] == level).to_numpy(bool))

    def finest(self) -> str:
        """Return the finest level present."""
        present = set(self.frame["level"])
        return next((level for level in LEVELS if level in present), "county")

    def lifted(self, index: Ints, level: str) -> Ints:
        """Give the unit of a level each unit belongs to (itself included), -1 where there is none."""
        lifted = np.asarray(index, np.int64).copy()
        levels = self.frame["level"].to_numpy(object)
        for _ in LEVELS:
            other = (lifted >= 0) & (levels[lifted] != level)
            lifted[other] = self.parent[lifted[other]]
        return np.asarray(np.where((lifted >= 0) & (levels[lifted] == level), lifted, -1), np.int64)

    def coded(self, codes: Sequence[Any]) -> Ints:
        """Give the unit of each code (written with 6, 9 or 12 digits), -1 where there is none."""
        return np.asarray(
            [self._by_code.get(canonical(code), -1) if code else -1 for code in codes], np.int64
        ).reshape(-1)

    def locate(self, lon: Floats, lat: Floats, codes: Sequence[Any], level: str) -> Ints:
        """Give the unit of a level each point belongs to: by its code, else by where it lies; -1 for neither.

        To an area of a layer it belongs by where it lies only: to the first in the layer's order where they overlap.
        """
        if level not in LEVELS:
            return self._containing(lon, lat, level)
        if self.whole:
            return np.zeros(len(lon), np.int64)
        found = self.lifted(self.coded(codes), level)
        reachable = LEVELS[: LEVELS.index(level) + 1]
        for one in reversed(reachable):
            open_ = np.flatnonzero((found < 0) & np.isfinite(lon))
            found[open_] = self.lifted(self._containing(lon[open_], lat[open_], one), level)
        return found

    def _containing(self, lon: Floats, lat: Floats, level: str) -> Ints:
        found = np.full(len(lon), -1, np.int64)
        units = self.at(level)
        placed = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
        if len(units) and len(placed):
            tree = shapely.STRtree(np.asarray(self.frame["geometry"].to_numpy()[units]))
            point, unit = tree.query(shapely.points(lon[placed], lat[placed]), predicate="intersects")
            order = np.lexsort((-unit, point))
            found[placed[point[order]]] = units[unit[order]]
        return found


def canonical(code: Any) -> str:  # noqa: ANN401 - whatever stands in the column
    """Return a code in one form: digits filled up to twelve with zeros, anything else as it is."""
    text = str(code).strip()
    return text.ljust(12, "0") if text.isascii() and text.isdigit() and len(text) <= 12 else text  # noqa: PLR2004


def units_of(layer: "Layer | None", *, on: date, settings: "Settings") -> Units:
    """Take the units in force on a day; without a unit layer, the district as the only one."""
    if layer is None or len(layer) == 0:
        row = {"code": settings.code, "name": settings.name, "level": "county", "parent_code": None}
        nowhere = np.full(1, np.nan)
        return Units(pd.DataFrame([row]), np.full(1, -1), nowhere, nowhere, whole=True)
    day = pd.Timestamp(on)
    frame = layer.frame
    frame = frame[~((frame["valid_from"] > day) | (frame["valid_to"] <= day))].reset_index(drop=True)
    lon, lat = points_of(frame.geometry.to_numpy())
    by_code: dict[str, int] = {}
    for index, code in enumerate(frame["code"]):
        by_code.setdefault(canonical(code), index)
    return Units(frame, _parents(frame, by_code), lon, lat, _by_code=by_code)


def with_areas(units: Units, layer: "Layer") -> Units:
    """Add the areas of a layer as units of a level of their own, called by the layer's id.

    Features without an area are left out. An area is known by its ``code`` where the layer has one, else by its id.
    """
    shapes = layer.frame.geometry.to_numpy()
    frame = layer.frame[np.asarray(shapely.get_dimensions(shapes) == 2)]  # noqa: PLR2004 - areas
    code = frame["code"] if "code" in frame else frame["id"]
    areas = pd.DataFrame(
        {
            "code": code.astype(str),
            "name": frame["name"].fillna(code).astype(str),
            "level": layer.spec.id,
            "parent_code": None,
            "geometry": frame.geometry.to_numpy(),
        }
    )
    lon, lat = points_of(frame.geometry.to_numpy())
    return Units(
        pd.concat([pd.DataFrame(units.frame), areas.astype({"parent_code": object})], ignore_index=True),
        np.concatenate([units.parent, np.full(len(areas), -1)]),
        np.concatenate([units.lon, lon]),
        np.concatenate([units.lat, lat]),
        whole=units.whole,
        _by_code=units._by_code,  # noqa: SLF001 - of the same class
    )


def _parents(frame: pd.DataFrame, by_code: dict[str, int]) -> "npt.NDArray[np.int64]":
    """Find the unit above each: by the code it names, else by the leading digits of its own."""
    rows = zip(frame["code"], frame["level"], frame["parent_code"], strict=True)
    parents = [_parent(canonical(code), level, said, by_code) for code, level, said in rows]
    own = np.arange(len(frame))
    return np.where(np.asarray(parents, np.int64) == own, -1, np.asarray(parents, np.int64)).reshape(-1)


def _parent(code: str, level: str, said: str | None, by_code: dict[str, int]) -> int:
    if said and canonical(said) in by_code:
        return by_code[canonical(said)]
    if level not in LEVELS:
        return -1
    for above in LEVELS[LEVELS.index(level) + 1 :]:
        found = by_code.get(canonical(code[: _DIGITS[above]])) if code.isdigit() else None
        if found is not None:
            return found
    return -1
