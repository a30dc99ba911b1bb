"""Features against the units they should lie in: the district, and the unit whose code they carry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from layers.crs import metric_crs
from layers.findings import NO_DATA, Finding, Severity
from layers.model import Layer
from layers.quality.noticing import Mask, about, about_layer, called, each
from layers.text import Text
from layers.unit_codes import full_code

_NOT_BOUND = ("admin_unit", "road", "barrier", "boundary_line", "study_area")
"""Layers that reach beyond the district by nature."""
_ON_THE_BORDER_M = {"boundary_marker": 2000.0, "no_burial_zone": 1000.0}
_BORDER_M = 100.0
_UNIT_BORDER_M = 100.0
_BROADEST_FIRST = ("county", "town", "village")
_NEAR_ZERO_DEG = 0.01

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Ground:
    """The areas of the units, in metres.

    Attributes
    ----------
    district
        The district as one area; None when no unit has one.
    from_level
        Level of the units it was put together from.
    units, names, levels
        Area, name and level by twelve-digit code.
    """

    crs: pyproj.CRS
    district: Any | None
    from_level: str
    units: dict[str, Any]
    names: dict[str, str]
    levels: dict[str, str]

    @classmethod
    def of(cls, units: Layer | None) -> "Ground | None":
        """Read the areas of an ``admin_unit`` layer; None when there is no layer or no unit has an area."""
        if units is None:
            return None
        frame = units.frame
        usable = frame[
            frame["valid_to"].isna()
            & frame["code"].notna()
            & frame.geometry.notna()
            & ~frame.geometry.is_empty
        ]
        if usable.empty:
            return None
        crs = metric_crs(tuple(usable.total_bounds))
        areas = gpd.GeoSeries(shapely.make_valid(usable.geometry.to_crs(crs).to_numpy()), index=usable.index)
        codes = usable["code"].map(full_code)
        level = next((one for one in _BROADEST_FIRST if (usable["level"] == one).any()), "")
        whole = shapely.union_all(areas[usable["level"] == level].to_numpy()) if level else None
        return cls(
            crs,
            whole,
            level,
            dict(zip(codes, areas, strict=True)),
            dict(zip(codes, usable["name"].fillna(""), strict=True)),
            dict(zip(codes, usable["level"].fillna(""), strict=True)),
        )

    def unit_at(self, shape: Any, level: str) -> str | None:  # noqa: ANN401 - a shapely geometry
        """Give the code of the unit of a level that holds the middle of a shape (in ``crs``), or None."""
        middle = shapely.centroid(shape)
        return next(
            (
                code
                for code, area in self.units.items()
                if self.levels[code] == level and shapely.intersects(area, middle)
            ),
            None,
        )


def check_places(layer: Layer, ground: Ground | None) -> Iterator[Finding]:
    """Check whether features lie in the district and in the unit they name; without areas this is unknown."""
    if layer.id in _NOT_BOUND or not len(layer):
        return
    if ground is None or ground.district is None:
        message = Text(
            f"行政区划图层没有范围面，{layer.spec.label.zh}是否在辖区内无法判断。请导入带范围面的行政区划。",
            f"No administrative unit has an area, so whether {layer.id} lies in the district is unknown:"
            " import units with areas.",
        )
        evidence = {"count": len(layer)}
        yield about_layer(
            layer.id, "district-unknown", Severity.UNKNOWN, message, citation=NO_DATA, evidence=evidence
        )
        return
    shapes = layer.frame.geometry.to_crs(ground.crs).to_numpy()
    shapely.prepare(ground.district)
    within = shapely.dwithin(ground.district, shapes, _allowed_m(layer))
    usable = _usable(layer)
    yield from _outside_district(layer, shapes, usable & ~within, ground)
    if "unit_code" in layer.frame:
        yield from _outside_unit(layer, shapes, usable & within, ground)


def _allowed_m(layer: Layer) -> float:
    """Metres beyond the border of the district that are still taken for inside."""
    return _ON_THE_BORDER_M.get(layer.id, _BORDER_M)


def _usable(layer: Layer) -> Mask:
    """Mark features with a position that is not 0/0 (those are reported already)."""
    bounds = layer.frame.geometry.bounds.to_numpy()
    usable: Mask = np.isfinite(bounds).all(axis=1) & ~np.all(np.abs(bounds) < _NEAR_ZERO_DEG, axis=1)
    return usable


def _outside_district(layer: Layer, shapes: Shapes, outside: Mask, ground: Ground) -> Iterator[Finding]:
    severity = Severity.SUSPECT if ground.from_level == "county" else Severity.REVIEW

    def one(position: int) -> Finding:
        metres = float(shapely.distance(shapes[position], ground.district))
        message = Text(
            f"“{called(layer, position)}”在辖区范围外{metres:,.0f}米。请核对坐标和坐标系；若确在区外请注明。",
            f"{called(layer, position)} is {metres:,.0f} m outside the district: check its coordinates and their"
            " system, or note that it is outside.",
        )
        return about(
            layer,
            position,
            "outside-district",
            severity,
            message,
            citation="要素应在辖区范围内",
            evidence={
                "distance_m": round(metres, 1),
                "allowed_m": _allowed_m(layer),
                "district_from": ground.from_level,
            },
        )

    yield from each(layer, outside, one, many=Text("在辖区范围外", "are outside the district"))


def _outside_unit(layer: Layer, shapes: Shapes, usable: Mask, ground: Ground) -> Iterator[Finding]:
    """Compare with the unit named; what lies outside the whole district is reported as that alone."""
    codes = layer.frame["unit_code"].map(full_code, na_action="ignore")
    areas = np.array([ground.units.get(code) for code in codes], dtype=object)
    wrong = usable & ~shapely.is_missing(areas) & ~shapely.dwithin(shapes, areas, _UNIT_BORDER_M)

    def one(position: int) -> Finding:
        code, metres = str(codes.iloc[position]), float(shapely.distance(shapes[position], areas[position]))
        real = ground.unit_at(shapes[position], ground.levels[code])
        said, found = ground.names.get(code) or code, ground.names.get(real or "")
        really = Text(f"（位于{found}）", f" (in {found})") if found else Text("", "")
        message = Text(
            f"“{called(layer, position)}”登记在{said}，坐标却在其外{metres:,.0f}米{really.zh}。"
            "请核对坐标或村居代码。",
            f"{called(layer, position)} is registered in {said} but lies {metres:,.0f} m outside it"
            f"{really.en}: check its coordinates or its unit code.",
        )
        return about(
            layer,
            position,
            "outside-unit",
            Severity.SUSPECT,
            message,
            citation="要素应在所登记的村居范围内",
            evidence={"unit_code": code, "distance_m": round(metres, 1), "found_in": real},
        )

    yield from each(layer, wrong, one, many=Text("不在所登记的村居内", "lie outside the unit they name"))
