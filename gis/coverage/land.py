"""Residential land: what of it lies within a straight radius of a facility."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from gis.coverage.demand import Demand
from gis.coverage.supply import Supply, points_of
from gis.coverage.units import Units
from gis.kernels.arrays import Floats
from layers.crs import metric_crs
from layers.errors import InputError
from layers.text import Text, counted

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer

QUAD_SEGS = 32
"""Segments per quarter circle of a radius: its area is then 0.04 % short."""


@dataclass(frozen=True, slots=True)
class Land:
    """Residential land by unit: demand weighted by m², and its polygons in a metric plane."""

    demand: Demand
    shapes: "npt.NDArray[np.object_]"
    crs: pyproj.CRS

    def share_within(self, supply: Supply, radius_m: float) -> Floats:
        """Return the share of each polygon within a radius of any facility; overlapping circles count once."""
        placed = np.isfinite(supply.lon)
        if not placed.any():
            return np.zeros(len(self.shapes))
        to_plane = pyproj.Transformer.from_crs("EPSG:4490", self.crs, always_xy=True)
        x, y = to_plane.transform(supply.lon[placed], supply.lat[placed])
        circles = shapely.union_all(shapely.buffer(shapely.points(x, y), radius_m, quad_segs=QUAD_SEGS))
        covered = shapely.area(shapely.intersection(self.shapes, circles))
        return np.asarray(np.minimum(covered / self.demand.weight, 1.0))


def land_of(layer: "Layer", units: Units, *, level: str) -> Land:
    """Dissolve the residential quarters of each unit, so that overlapping ones count once.

    Raises
    ------
    InputError
        When no quarter has an area.
    """
    frame = _areas(layer)
    if len(frame) == 0:
        raise InputError(
            Text(
                "居住区图层没有面，不能计算 C3（居住用地）。",
                "No residential quarter is a polygon: C3 needs areas.",
            ),
            Text(
                "请导入居住用地的面数据，或改用 C5、C6。",
                "Import polygons of residential land, or ask for C5 or C6.",
            ),
        )
    measure = Text("居住用地", "Residential land")
    return _land(frame, units, level, measure, _note(len(frame), len(layer) - len(frame)))


def all_land_of(layer: "Layer", units: Units, *, level: str) -> Land:
    """Take the whole area of each unit, where no residential land is known at all; the result says so.

    Raises
    ------
    InputError
        When no unit of the level has an area.
    """
    frame = _areas(layer)
    frame = frame[(frame["level"] == level).to_numpy()].reset_index(drop=True)
    if len(frame) == 0:
        raise InputError(
            Text(
                "没有居住区图层，行政区划也没有面，不能计算 C3。",
                "There are neither residential quarters nor units with an area: C3 needs areas.",
            ),
            Text(
                "请导入居住用地：fangyu import residential_quarter 文件名。",
                "Import residential land: fangyu import residential_quarter FILE.",
            ),
        )
    note = Text(
        f"没有居住用地资料：以 {len(frame)} 个单元的全部土地代替，不是居住用地覆盖率。",
        f"No residential land is known: all land of {counted(len(frame), 'unit')} stands in, so this is no "
        "residential share.",
    )
    return _land(frame, units, level, Text("全部土地", "All land"), note)


def _areas(layer: "Layer") -> "gpd.GeoDataFrame":
    polygons = np.asarray(shapely.get_dimensions(layer.frame.geometry.to_numpy()) == 2)  # noqa: PLR2004
    return layer.frame[polygons].reset_index(drop=True)


def _land(frame: "gpd.GeoDataFrame", units: Units, level: str, measure: Text, note: Text) -> Land:
    lon, lat = points_of(frame.geometry.to_numpy())
    codes = frame["unit_code" if "unit_code" in frame else "code"].tolist()
    unit = units.locate(lon, lat, codes, level)
    crs = metric_crs(tuple(frame.total_bounds))
    plane = shapely.make_valid(frame.geometry.to_crs(crs).to_numpy())
    members = np.unique(unit)
    shapes = np.array([shapely.union_all(plane[unit == one]) for one in members], dtype=object)
    at_lon, at_lat = points_of(_in_degrees(shapes, crs))
    demand = Demand(
        lon=at_lon,
        lat=at_lat,
        weight=shapely.area(shapes),
        unit=members,
        measure=measure,
        unit_of_measure="m²",
        layers=("residential_quarter" if "unit_code" in frame else "admin_unit",),
        assumptions=(note,),
    )
    return Land(demand, shapes, crs)


def _in_degrees(shapes: "npt.NDArray[np.object_]", crs: pyproj.CRS) -> "npt.NDArray[np.object_]":
    back = pyproj.Transformer.from_crs(crs, "EPSG:4490", always_xy=True)
    return np.asarray(shapely.transform(shapely.point_on_surface(shapes), back.transform, interleaved=False))


def _note(used: int, points: int) -> Text:
    zh, en = (
        f"居住用地取自 {used} 个居住区面，按面内一点归入单元",
        f"Residential land is that of {used} polygons, each in the unit of a point inside it",
    )
    if points:
        zh, en = (
            f"{zh}；{points} 个只有点位的居住区没有面积，未计入",
            f"{en}; {points} quarters known as points only have no area and are left out",
        )
    return Text(f"{zh}。", f"{en}.")
