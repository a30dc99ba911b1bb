"""Geometry by itself: missing, invalid, at 0/0, many features on one spot, the same feature twice."""

from collections.abc import Iterator

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from layers.crs import to_metric
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.quality.noticing import SHOWN, about, called, each, ids_at
from layers.text import Text, counted

_NEAR_ZERO_DEG = 0.01
_SAME_SPOT = 5
"""So many features on one position are more likely a default point than a shared building."""
_SAME_PLACE_M = 20.0
_SPOT_DECIMALS = 7
_GRID = ("population", "road", "barrier", "building", "boundary_marker", "boundary_line")
"""Layers whose features share names or stand together by nature."""


def check_shapes(layer: Layer) -> Iterator[Finding]:
    """Check the geometry of every feature of a layer."""
    yield from _missing(layer)
    yield from _invalid(layer)
    yield from _at_zero(layer)
    yield from _stacked(layer)
    if layer.id not in _GRID:
        yield from _doubled(layer)


def _missing(layer: Layer) -> Iterator[Finding]:
    shapes = layer.frame.geometry.to_numpy()
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if not layer.spec.geometry_required:
        return

    def one(position: int) -> Finding:
        message = Text(
            f"“{called(layer, position)}”没有坐标或图形，不会出现在地图和覆盖分析中。请补录位置。",
            f"{called(layer, position)} has no geometry and is in no map and no analysis: add its position.",
        )
        return about(
            layer,
            position,
            "geometry-missing",
            Severity.ERROR,
            message,
            citation="图层要求有几何",
            evidence={},
        )

    yield from each(layer, absent, one, many=Text("没有图形", "have no geometry"))


def _invalid(layer: Layer) -> Iterator[Finding]:
    shapes = layer.frame.geometry.to_numpy()
    present = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    reasons = np.full(len(shapes), "", dtype=object)
    broken = present & ~shapely.is_valid(shapes)
    reasons[broken] = shapely.is_valid_reason(shapes[broken])
    size = np.where(shapely.get_dimensions(shapes) == 2, shapely.area(shapes), shapely.length(shapes))  # noqa: PLR2004
    flat = present & ~broken & (shapely.get_dimensions(shapes) > 0) & ~(size > 0)
    reasons[flat] = "no extent"

    def one(position: int) -> Finding:
        message = Text(
            f"“{called(layer, position)}”的图形无效（{reasons[position]}）。请在GIS软件中修复后重新导入。",
            f"The geometry of {called(layer, position)} is invalid ({reasons[position]}): mend it and import it again.",
        )
        return about(
            layer,
            position,
            "geometry-invalid",
            Severity.ERROR,
            message,
            citation="OGC 06-103r4 简单要素有效性",
            evidence={"reason": reasons[position]},
        )

    yield from each(layer, broken | flat, one, many=Text("图形无效", "have an invalid geometry"))


def _at_zero(layer: Layer) -> Iterator[Finding]:
    bounds = layer.frame.geometry.bounds.to_numpy()
    at_zero = np.all(np.abs(bounds) < _NEAR_ZERO_DEG, axis=1)

    def one(position: int) -> Finding:
        message = Text(
            f"“{called(layer, position)}”的坐标是0,0附近，多半是没有填写。请补录真实坐标。",
            f"{called(layer, position)} is at 0/0, which mostly means that nobody filled it in: add its coordinates.",
        )
        evidence = {"lon": float(bounds[position, 0]), "lat": float(bounds[position, 1])}
        return about(
            layer, position, "at-zero", Severity.ERROR, message, citation="坐标不为0,0", evidence=evidence
        )

    yield from each(layer, at_zero, one, many=Text("坐标在0,0附近", "are at 0/0"))


def _stacked(layer: Layer) -> Iterator[Finding]:
    """Find positions that many points share; those at 0/0 are reported already."""
    shapes = layer.frame.geometry.to_numpy()
    is_point = (shapely.get_type_id(shapes) == 0) & ~shapely.is_empty(shapes)
    positions = np.flatnonzero(is_point)
    spots = np.round(shapely.get_coordinates(shapes[is_point]), _SPOT_DECIMALS)
    if not len(spots):
        return
    distinct, which, counts = np.unique(spots, axis=0, return_inverse=True, return_counts=True)
    for spot in np.flatnonzero(counts >= _SAME_SPOT):
        lon, lat = (float(value) for value in distinct[spot])
        if abs(lon) < _NEAR_ZERO_DEG and abs(lat) < _NEAR_ZERO_DEG:
            continue
        there = positions[which.ravel() == spot]
        first = min(there, key=lambda position: str(layer.frame["id"].iloc[position]))
        message = Text(
            f"{layer.spec.label.zh}有{len(there)}个要素在同一点（{lon:.6f}, {lat:.6f}），"
            "可能是地址定位的默认点。请逐个核对。",
            f"{counted(len(there), 'feature')} of {layer.id} on one point ({lon:.6f}, {lat:.6f}), maybe a "
            "geocoder's default:"
            " check them one by one.",
        )
        yield about(
            layer,
            int(first),
            "stacked",
            Severity.SUSPECT,
            message,
            citation="同一坐标的要素过多",
            evidence={"lon": lon, "lat": lat, "count": len(there), "ids": ids_at(layer, there)},
            subject=f"{lon:.7f},{lat:.7f}",
        )


def _doubled(layer: Layer) -> Iterator[Finding]:
    """Find features of one name at one place, a group of them in one finding."""
    frame = layer.frame
    if "name" not in frame:
        return
    shapes = frame.geometry.to_numpy()
    usable = ~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)
    names = frame["name"].where(frame["name"].notna() & usable)
    rows = np.flatnonzero((names.notna() & names.duplicated(keep=False)).to_numpy())
    if not len(rows):
        return
    points = shapely.centroid(to_metric(frame.iloc[rows]).geometry.to_numpy())
    left, right = shapely.STRtree(points).query(points, predicate="dwithin", distance=_SAME_PLACE_M)
    said = names.iloc[rows].to_numpy(dtype=object)
    same = (left < right) & (said[left] == said[right])
    graph = coo_array((np.ones(same.sum()), (left[same], right[same])), shape=(len(rows), len(rows)))
    _, group = connected_components(graph, directed=False)
    for number in np.flatnonzero(np.bincount(group) > 1):
        yield _one_doubled(layer, sorted(rows[group == number], key=lambda row: str(frame["id"].iloc[row])))


def _one_doubled(layer: Layer, rows: list[int]) -> Finding:
    ids = [str(layer.frame["id"].iloc[row]) for row in rows]
    message = Text(
        f"{len(ids)}条记录都叫“{called(layer, rows[0])}”且在同一处（{'、'.join(ids[:SHOWN])}），"
        "疑为重复登记。请核对后删去多余的。",
        f"{counted(len(ids), 'row is', 'rows are')} called {called(layer, rows[0])} at one place "
        f"({', '.join(ids[:SHOWN])}): likely one thing"
        " entered twice; remove the surplus after a check.",
    )
    return about(
        layer,
        rows[0],
        "duplicate",
        Severity.SUSPECT,
        message,
        citation=f"同名且相距不超过{_SAME_PLACE_M:g}米",
        evidence={"ids": ids[:SHOWN], "count": len(ids), "within_m": _SAME_PLACE_M},
        subject=";".join(ids),
    )
