"""Where nothing may stand: inside is prohibited, near calls for a review, and without data nothing is clear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from gis.coverage.calling import called
from gis.coverage.next_sites.candidates import Candidates
from gis.coverage.next_sites.request import GRID
from gis.kernels.arrays import Floats
from layers.crs import metric_crs
from layers.errors import InputError
from layers.specs import spec_of
from layers.text import Text, counted

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from layers.workspace import Workspace

STATES = ("clear", "review", "prohibited", "unknown")
_CLEAR, _REVIEW, _PROHIBITED, _UNKNOWN = range(4)
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusions:
    """Areas by layer; None where a layer has no data."""

    areas: Mapping[str, "gpd.GeoDataFrame | None"]
    buffer_m: float

    def states(self, lon: Floats, lat: Floats) -> "dict[str, npt.NDArray[np.int64]]":
        """Return the state of every place by layer, as positions in ``STATES``; a place without one is unknown."""
        return {name: _states(zone, self.buffer_m, lon, lat) for name, zone in self.areas.items()}


def exclusions_of(
    workspace: "Workspace", layer_ids: tuple[str, ...], *, buffer_m: float, on: "date"
) -> Exclusions:
    """Take the areas in force on a day; a layer without data is unknown, which is no error.

    Raises
    ------
    NotFoundError
        When there is no such layer at all.
    InputError
        When a layer holds points or lines only: nothing can lie inside them.
    """
    areas: dict[str, gpd.GeoDataFrame | None] = {}
    for name in layer_ids:
        spec_of(name)
        layer = workspace.layer_or_none(name)
        areas[name] = None if layer is None else _in_force(layer.frame, on)
        _check_areas(name, layer.frame if layer is not None else None)
    return Exclusions(areas=areas, buffer_m=buffer_m)


def _check_areas(name: str, frame: "gpd.GeoDataFrame | None") -> None:
    shapes = np.empty(0, object) if frame is None else frame.geometry.dropna().to_numpy()
    if len(shapes) and not _is_area(shapes).any():
        label = spec_of(name).label
        raise InputError(
            Text(
                f"图层“{label.zh}”（{name}）里没有面，只有点或线，不能作禁入范围。",
                f"Layer {name} holds points or lines and no areas: it cannot be an exclusion.",
            ),
            Text("请换一个有面的图层，如 no_burial_zone。", "Take a layer of areas, such as no_burial_zone."),
        )


def _is_area(shapes: "npt.NDArray[np.object_]") -> "npt.NDArray[np.bool_]":
    return np.asarray(shapely.get_dimensions(shapes) == 2)  # noqa: PLR2004 - areas have two dimensions


def _in_force(frame: gpd.GeoDataFrame, on: "date") -> gpd.GeoDataFrame:
    kept = frame.geometry.notna() & ~frame.geometry.is_empty
    if "valid_from" in frame:
        kept &= frame["valid_from"].isna() | (frame["valid_from"] <= pd.Timestamp(on))
    return frame[kept]


def _states(
    zone: "gpd.GeoDataFrame | None", buffer_m: float, lon: Floats, lat: Floats
) -> "npt.NDArray[np.int64]":
    if zone is None:
        return np.full(len(lon), _UNKNOWN)
    states = np.full(len(lon), _CLEAR)
    placed = np.flatnonzero(np.isfinite(lon))
    if len(zone) and len(placed):
        crs = metric_crs(tuple(zone.total_bounds))
        shapes = shapely.make_valid(zone.geometry.to_crs(crs).to_numpy())
        points = gpd.GeoSeries.from_xy(lon[placed], lat[placed], crs="EPSG:4490").to_crs(crs).to_numpy()
        tree = shapely.STRtree(shapes)
        near, _ = tree.query(points, predicate="dwithin", distance=buffer_m)
        inside, _ = tree.query(points, predicate="intersects")
        states[placed[near]] = _REVIEW if buffer_m > 0 else _CLEAR
        states[placed[inside]] = _PROHIBITED
    states[~np.isfinite(lon)] = _UNKNOWN
    return states


def allowed(offered: Candidates, zones: Exclusions) -> tuple[Candidates, Candidates]:
    """Part candidates that can be used from those in an exclusion; say which those are, and which layers are unknown.

    Raises
    ------
    InputError
        When none is left.
    """
    states = zones.states(offered.lon, offered.lat)
    inside = np.zeros(len(offered), bool)
    for one in states.values():
        inside |= one == _PROHIBITED
    kept = offered.taken(np.flatnonzero(~inside), *_notes(offered, inside, zones))
    if not len(kept):
        raise InputError(
            Text("候选点中没有可用的位置。", "No candidate can be used."),
            Text(
                "请检查候选图层的位置和禁入图层。", "Check the places of the candidates and the exclusions."
            ),
        )
    return kept, offered.taken(np.flatnonzero(inside))


def _called(offered: Candidates, at: int) -> Text:
    name, id_ = offered.names[at], offered.ids[at]
    return Text(name or id_, name or id_) if offered.layers[at] == GRID else called(name, id_, quoted=False)


def _notes(offered: Candidates, inside: "npt.NDArray[np.bool_]", zones: Exclusions) -> list[Text]:
    notes = []
    if inside.any():
        names = [_called(offered, at) for at in np.flatnonzero(inside).tolist()]
        more = " …" if len(names) > _SHOWN else ""
        notes.append(
            Text(
                f"{len(names)} 个候选点在禁入范围内，没有参选：{'、'.join(one.zh for one in names[:_SHOWN])}{more}。",
                f"{counted(len(names), 'candidate lies', 'candidates lie')} in an exclusion and were left out: "
                f"{', '.join(one.en for one in names[:_SHOWN])}{more}.",
            )
        )
    for name, zone in zones.areas.items():
        bare = 0 if zone is None else int((~_is_area(zone.geometry.to_numpy())).sum())
        if bare:
            notes.append(
                Text(
                    f"禁入图层 {name} 有 {bare} 个要素是点或线、没有范围：只在其上或缓冲距离内才判得出。",
                    f"{counted(bare, 'feature')} of exclusion layer {name} without an extent (points, lines) "
                    "can count only "
                    "where a candidate is on them or within the buffer.",
                )
            )
        if zone is None:
            label = spec_of(name).label
            notes.append(
                Text(
                    f"禁入图层“{label.zh}”（{name}）没有数据：各候选点是否在禁入范围内不明，不能当作可行。",
                    f"Layer {name} of exclusions has no data: whether a candidate lies in one is unknown, not clear.",
                )
            )
    return notes
