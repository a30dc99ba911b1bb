"""Where imported rows lie against what the workspace trusts: far from the district, or shifted against the roads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from layers.crs import bd09_to_wgs84, gcj02_to_wgs84, metric_crs
from layers.crs.guards import in_china
from layers.store.protocol import BBox
from layers.text import Text, counted, joined
from layers.workspace import Workspace

FAR_M = 20_000.0
"""Rows farther than this from the box of the administrative units are pointed out."""
_SAMPLE = 500
_ENOUGH = 20
_CLEARLY = 0.6
_WORTH_SAYING_M = 30.0
_LISTED = 10
_DEGREE_M = 111_320.0
_TRUSTED = ("road", "admin_unit")
_HYPOTHESES: Mapping[str, Any] = {
    "gcj02": gcj02_to_wgs84,
    "bd09": bd09_to_wgs84,
}


@dataclass(slots=True)
class Neighbourhood:
    """Looks at every frame that goes by; says at the end what was odd about its places.

    Attributes
    ----------
    chinese_system
        The declared system when it makes sense in China only, else ``""``.
    """

    workspace: Workspace
    layer_id: str
    chinese_system: str = ""
    _abroad_rows: list[int] = field(init=False, default_factory=list)
    _box: BBox | None = field(init=False, default=None)
    _far_rows: list[int] = field(init=False, default_factory=list)
    _far_points: list[npt.NDArray[np.float64]] = field(init=False, default_factory=list)
    _points: npt.NDArray[np.float64] = field(init=False, default_factory=lambda: np.empty((0, 2)))

    def __post_init__(self) -> None:
        """Remember the box of the district, when units were imported before."""
        if self.layer_id != "admin_unit" and "admin_unit" in self.workspace.store.layer_ids():
            self._box = self.workspace.store.summary("admin_unit").bbox

    def look(self, frame: gpd.GeoDataFrame, rows: npt.NDArray[np.int64]) -> None:
        """Take note of one frame; ``rows`` are its row numbers in the file."""
        shapes = np.asarray(frame.geometry.array, dtype=object)
        there = np.flatnonzero(~shapely.is_missing(shapes))
        bounds = shapely.bounds(shapes[there])
        points = np.column_stack(((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2))
        if len(self._points) < _SAMPLE:
            self._points = np.vstack((self._points, points[: _SAMPLE - len(self._points)]))
        if self.chinese_system:
            self._abroad_rows.extend(rows[there][~in_china(points[:, 0], points[:, 1])].tolist())
        if self._box is not None and len(points):
            far = _outside(points, self._box)
            self._far_rows.extend(rows[there][far].tolist())
            self._far_points.append(points[far])

    def notes(self) -> Iterator[Text]:
        """Say what was noticed; reads the trusted layers around the sample."""
        if self._abroad_rows:
            yield _abroad_note(self._abroad_rows, self.chinese_system)
        if self._far_rows and self._box is not None:
            yield _far_note(self._far_rows, np.vstack(self._far_points), self._box)
        if self.layer_id in _TRUSTED or len(self._points) < _ENOUGH:
            return
        for trusted in _TRUSTED:
            note = self._shifted_against(trusted)
            if note:
                yield note
                return

    def _shifted_against(self, trusted: str) -> Text | None:
        if trusted not in self.workspace.store.layer_ids() or not in_china(*np.median(self._points, axis=0)):
            return None
        west, south = self._points.min(axis=0) - 0.02
        east, north = self._points.max(axis=0) + 0.02
        shapes = self.workspace.store.read(trusted, bbox=(west, south, east, north)).frame.geometry.dropna()
        if shapes.empty:
            return None
        distances = distances_by_hypothesis(self._points, shapes)
        return _shift_note(distances, trusted)


def distances_by_hypothesis(points: npt.NDArray[np.float64], trusted: gpd.GeoSeries) -> dict[str, float]:
    """Measure the mean distance in metres from points to trusted geometries as read, and if they were GCJ-02 or BD-09.

    ``points`` is n × 2 in degrees; ``trusted`` is in storage CRS and not empty. Far points count as 2 km.
    """
    system = metric_crs((*points.min(axis=0), *points.max(axis=0)))
    tree = shapely.STRtree(trusted.to_crs(system).to_numpy())
    measured = {}
    for name, undo in {"as_read": lambda lon, lat: (lon, lat), **_HYPOTHESES}.items():
        lon, lat = undo(points[:, 0], points[:, 1])
        moved = gpd.GeoSeries(gpd.points_from_xy(lon, lat), crs=trusted.crs).to_crs(system).to_numpy()
        _, near_m = tree.query_nearest(moved, return_distance=True, all_matches=False)
        measured[name] = float(np.minimum(near_m, 2000.0).mean())
    return measured


def _shift_note(distances: Mapping[str, float], trusted: str) -> Text | None:
    best = min(distances, key=lambda name: distances[name])
    if (
        best == "as_read"
        or distances["as_read"] < _WORTH_SAYING_M
        or distances[best] > _CLEARLY * distances["as_read"]
    ):
        return None
    return Text(
        f"坐标可能是 {best}：到图层 {trusted} 的平均距离现为 {distances['as_read']:.0f} 米，按 GCJ-02 还原为 "
        f"{distances['gcj02']:.0f} 米，按 BD-09 还原为 {distances['bd09']:.0f} 米。核实后可撤销本次导入，"
        f"再用 --crs {best} 导入。",
        f"The coordinates may be {best}: their mean distance to {trusted} is {distances['as_read']:.0f} m as read, "
        f"{distances['gcj02']:.0f} m if GCJ-02, {distances['bd09']:.0f} m if BD-09. If so undo this import and "
        f"import again with --crs {best}.",
    )


def _outside(points: npt.NDArray[np.float64], box: BBox) -> npt.NDArray[np.bool_]:
    west, south, east, north = box
    margin_lat = FAR_M / _DEGREE_M
    margin_lon = margin_lat / max(np.cos(np.radians((south + north) / 2)), 0.1)
    inside = (points[:, 0] >= west - margin_lon) & (points[:, 0] <= east + margin_lon)
    inside &= (points[:, 1] >= south - margin_lat) & (points[:, 1] <= north + margin_lat)
    return np.asarray(~inside)


def _listed(rows: list[int]) -> Text:
    return joined([*(str(row) for row in rows[:_LISTED]), *(["…"] if len(rows) > _LISTED else [])])


def _abroad_note(rows: list[int], system: str) -> Text:
    return Text(
        f"{len(rows)} 行在中国范围之外（行 {_listed(rows).zh}），而 {system} 只用于中国，请核对。",
        f"{counted(len(rows), 'row lies', 'rows lie')} outside of China (rows {_listed(rows).en}), where "
        f"{system} has no meaning.",
    )


def _far_note(rows: list[int], points: npt.NDArray[np.float64], box: BBox) -> Text:
    listed = _listed(rows)
    swapped = int((~_outside(points[:, ::-1], box)).sum())
    zh = f"其中 {swapped} 行对调经纬度后就在辖区内。" if swapped else ""
    en = f" {swapped} of them would be inside with longitude and latitude swapped." if swapped else ""
    return Text(
        f"{len(rows)} 行离辖区范围超过 {FAR_M / 1000:.0f} 公里（行 {listed.zh}），已导入，请核对。{zh}",
        f"{counted(len(rows), 'row lies', 'rows lie')} more than {FAR_M / 1000:.0f} km from the district "
        f"(rows {listed.en}); they went in, please check.{en}",
    )
