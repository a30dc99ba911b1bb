"""Areas of units against each other: overlaps between neighbours, gaps and overhangs against the unit above."""

from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import shapely

from layers.crs import to_metric
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.quality.noticing import about, called
from layers.text import Text, counted
from layers.unit_codes import full_code

_NOISE_M2 = 100.0
"""Smaller overlaps and gaps are rounding; a working value."""
_SLIVER_WIDTH_M = 10.0
"""A strip narrower than this comes from digitising, a wider one is somebody's land."""


def check_unit_areas(units: Layer) -> Iterator[Finding]:
    """Check that units of one level do not overlap and that the parts of a unit fill it."""
    frame = units.frame
    usable = frame[frame["valid_to"].isna() & frame.geometry.notna() & ~frame.geometry.is_empty]
    if usable.empty:
        return
    metric = to_metric(usable)
    metric["geometry"] = shapely.make_valid(metric.geometry.to_numpy())
    for _, level in metric.groupby("level", sort=True):
        yield from _overlaps(units, level.sort_values("id"))
    yield from _fits(units, metric.sort_values("id"))


def _overlaps(units: Layer, level: gpd.GeoDataFrame) -> Iterator[Finding]:
    areas = level.geometry.to_numpy()
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")
    left, right = left[left < right], right[left < right]
    shared = shapely.intersection(areas[left], areas[right])
    for pair in np.flatnonzero(shapely.area(shared) > _NOISE_M2):
        first, second = int(level.index[left[pair]]), int(level.index[right[pair]])
        area_m2, width_m = float(shared[pair].area), _width_m(shared[pair])
        message = Text(
            f"{called(units, first)}与{called(units, second)}的范围重叠{area_m2:,.0f} m²（平均宽{width_m:.1f}米）。"
            "重叠处会被重复统计，请以勘界成果为准修正。",
            f"{called(units, first)} and {called(units, second)} overlap by {area_m2:,.0f} m² ({width_m:.1f} m wide on"
            " average), which is counted twice: correct them after the survey.",
        )
        yield about(
            units,
            first,
            "areas-overlap",
            Severity.REVIEW if width_m < _SLIVER_WIDTH_M else Severity.SUSPECT,
            message,
            citation="同级行政区域互不重叠",
            evidence={
                "other": str(units.frame["id"].iloc[second]),
                "area_m2": round(area_m2, 1),
                "width_m": round(width_m, 1),
            },
            subject=str(units.frame["id"].iloc[second]),
        )


def _fits(units: Layer, metric: gpd.GeoDataFrame) -> Iterator[Finding]:
    """Compare each unit with the union of those parts of it that have an area."""
    parents = metric["parent_code"].map(full_code, na_action="ignore")
    positions = dict(zip(metric["code"].map(full_code, na_action="ignore"), metric.index, strict=True))
    for code, parts in metric.groupby(parents, sort=True):
        position = positions.get(code)
        if position is None:
            continue
        whole, union = metric.geometry.loc[position], shapely.union_all(parts.geometry.to_numpy())
        gap, overhang = shapely.difference(whole, union), shapely.difference(union, whole)
        yield from _misfit(
            units, int(position), gap, "areas-gap", Text("有空白未被下级覆盖", "not covered by its parts")
        )
        yield from _misfit(
            units,
            int(position),
            overhang,
            "areas-overhang",
            Text("被下级超出", "covered by its parts beyond its border"),
        )


def _misfit(units: Layer, position: int, rest: shapely.Geometry, code: str, what: Text) -> Iterator[Finding]:
    pieces = [piece for piece in shapely.get_parts(rest) if shapely.area(piece) > _NOISE_M2]
    if not pieces:
        return
    area_m2 = float(sum(piece.area for piece in pieces))
    widest_m = max(_width_m(piece) for piece in pieces)
    message = Text(
        f"“{called(units, position)}”的范围{what.zh}，共{len(pieces)}处、{area_m2:,.0f} m²"
        f"（最宽平均{widest_m:.1f}米）。请核对上下级界线是否同源。",
        f"{called(units, position)}: {area_m2:,.0f} m² in {counted(len(pieces), 'place')} {what.en} (the "
        f"widest {widest_m:.1f} m"
        " on average): see whether both borders come from one survey.",
    )
    yield about(
        units,
        position,
        code,
        Severity.REVIEW if widest_m < _SLIVER_WIDTH_M else Severity.SUSPECT,
        message,
        citation="下级行政区域合起来等于上级",
        evidence={"area_m2": round(area_m2, 1), "pieces": len(pieces), "widest_m": round(widest_m, 1)},
    )


def _width_m(strip: shapely.Geometry) -> float:
    """Average width of a strip: twice its area over its perimeter."""
    return float(2 * strip.area / strip.length) if strip.length else 0.0
