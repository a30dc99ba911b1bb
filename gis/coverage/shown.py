"""What a report was made on, kept beside it so that it can be drawn, and the report as a table or frame."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from layers.errors import NotFoundError
from layers.model import STORAGE_CRS
from layers.text import Text

if TYPE_CHECKING:
    from gis.kernels.arrays import Floats

_LISTS = ("rows", "new_sites", "sites", "gaps")


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """How far people are from what serves them.

    Attributes
    ----------
    metres
        From each point of demand to its nearest facility, inf where none is reached; only points that count.
    people
        How many are at each.
    limits_m, speeds_m_s
        The limit at each speed of the band, slow to fast; one limit and no speed where the limit is in metres.
    """

    metres: "Floats"
    people: "Floats"
    limits_m: tuple[float, ...]
    speeds_m_s: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a report can be drawn on.

    Attributes
    ----------
    units
        Units with ``code``, ``level`` and, where they have shapes, ``geometry``.
    facilities
        Facilities in service, with ``id``, ``name`` and ``geometry``.
    ways
        None where the report is not about distances of people.
    """

    units: pd.DataFrame
    facilities: gpd.GeoDataFrame
    ways: Ways | None = None


class Tabular:
    """A report that gives itself as a table, and as a frame with geometry."""

    __slots__ = ()

    def as_table(self) -> pd.DataFrame:
        """Return the rows of the report (units, gaps or new sites), nested values as ``outer_inner`` columns."""
        said = self.as_json()  # type: ignore[attr-defined]
        rows: list[Mapping[str, Any]] = next((said[name] for name in _LISTS if name in said), [])
        return pd.DataFrame([dict(_flat(row)) for row in rows])

    def as_frame(self) -> gpd.GeoDataFrame:
        """Return ``as_table`` with geometry: shapes of units where the report has them, else points; storage CRS.

        Raises
        ------
        NotFoundError
            When the rows have neither shapes nor places.
        """
        table = self.as_table()
        shapes = _shapes(table, shown_of(self))
        if shapes is None:
            raise NotFoundError(
                Text(
                    "报告的各行没有位置，画不出来。", "The rows of this report have no place to be drawn at."
                ),
                Text("请用 as_table()。", "Use as_table()."),
            )
        return gpd.GeoDataFrame(table, geometry=shapes, crs=STORAGE_CRS)


def shown_of(report: object) -> Shown | None:
    """Return what a report was made on: its own, or that of the report it rests on; None where nothing was kept."""
    for holder in (report, getattr(report, "report", None), getattr(report, "base", None)):
        found = getattr(holder, "shown", None)
        if isinstance(found, Shown):
            return found
    return None


def _shapes(table: pd.DataFrame, shown: Shown | None) -> "gpd.GeoSeries | None":
    if "code" in table and shown is not None and "geometry" in shown.units:
        levels = set(table["level"]) if "level" in table else set()
        units = shown.units[shown.units["level"].isin(levels)] if levels else shown.units
        by_code = dict(zip(units["code"].astype(str), units["geometry"], strict=True))
        shapes = [by_code.get(str(one)) for one in table["code"]]
        if any(one is not None for one in shapes):
            return gpd.GeoSeries(shapes, crs=STORAGE_CRS)
    if {"lon", "lat"} <= set(table.columns):
        lon, lat = (table[name].astype(float) for name in ("lon", "lat"))
        points = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=STORAGE_CRS)
        return points.where(np.isfinite(lon) & np.isfinite(lat), None)
    return None


def _flat(row: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        name = f"{head}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}_")
        elif isinstance(value, list):
            for at, one in enumerate(value, start=1):
                yield from (
                    _flat(one, f"{name}_{at}_") if isinstance(one, Mapping) else [(f"{name}_{at}", one)]
                )
        else:
            yield name, value
