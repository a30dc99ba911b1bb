"""Where something is, in words a crew understands: town, nearest road, coordinates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from layers.crs import metric_crs
from layers.workspace import Workspace

NEAR_M = 1000.0
"""A road farther away than this tells nobody where something is; then the village does."""
Feature = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spot:
    """Town, nearest road or village, degrees, and metres in the district's own system; None without a place."""

    town: str = ""
    near: str = ""
    lon: float | None = None
    lat: float | None = None
    x: float | None = None
    y: float | None = None


def spots_of(workspace: Workspace, features: Sequence[Feature]) -> Mapping[Feature, Spot]:
    """Say where features (layer id, feature id) are; a line is where its middle is."""
    points = gpd.GeoSeries(_points(workspace, features), crs="EPSG:4490")
    placed = np.flatnonzero(points.notna().to_numpy())
    spots = dict.fromkeys(features, Spot())
    if not len(placed):
        return spots
    some = points.iloc[placed]
    metric = some.to_crs(metric_crs(tuple(some.total_bounds)))
    degrees, metres = shapely.get_coordinates(some), shapely.get_coordinates(metric)
    town, village = _units(workspace, some)
    near = _roads(workspace, metric, village)
    for one, at in enumerate(placed.tolist()):
        lon, lat = (round(float(value), 7) for value in degrees[one])
        x, y = (float(value) for value in metres[one])
        spots[features[at]] = Spot(town[one], near[one], lon, lat, x, y)
    return spots


def _points(workspace: Workspace, features: Sequence[Feature]) -> npt.NDArray[np.object_]:
    found = np.full(len(features), None, dtype=object)
    for layer_id in sorted({layer_id for layer_id, _ in features}):
        layer = workspace.layer_or_none(layer_id)
        if layer is None:
            continue
        place = pd.Series(np.arange(len(layer.frame)), index=layer.frame["id"].astype(str))
        shapes = layer.frame.geometry.to_numpy()
        for at, (of, feature_id) in enumerate(features):
            if of == layer_id and feature_id in place.index:
                found[at] = _middle(shapes[int(place[feature_id])])
    return found


def _middle(shape: Any) -> Any:  # noqa: ANN401 - a shapely geometry
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type == "LineString":
        return shape.interpolate(0.5, normalized=True)
    return shapely.point_on_surface(shape)


def _units(workspace: Workspace, points: gpd.GeoSeries) -> tuple[list[str], list[str]]:
    """Name the town and the village or community each point lies in, ``""`` where none does."""
    layer = workspace.layer_or_none("admin_unit")
    names: list[list[str]] = [[""] * len(points), [""] * len(points)]
    if layer is None:
        return names[0], names[1]
    for which, level in enumerate(("town", "village")):
        units = layer.frame[(layer.frame["level"] == level) & layer.frame.geometry.notna()]
        point, unit = shapely.STRtree(units.geometry.to_numpy()).query(points.to_numpy(), predicate="within")
        said = units["name"].fillna("").tolist()
        for one, at in zip(point.tolist(), unit.tolist(), strict=True):
            names[which][one] = str(said[at])
    return names[0], names[1]


def _roads(workspace: Workspace, points: gpd.GeoSeries, otherwise: Sequence[str]) -> list[str]:
    """Name the nearest named road of each point, the village where none is near."""
    near = list(otherwise)
    layer = workspace.layer_or_none("road")
    if layer is None:
        return near
    named = layer.frame[layer.frame["name"].notna() & layer.frame.geometry.notna()]
    lines = named.geometry.to_crs(points.crs).to_numpy()
    point, road = shapely.STRtree(lines).query_nearest(
        points.to_numpy(), max_distance=NEAR_M, all_matches=False
    )
    said = named["name"].tolist()
    for one, at in zip(point.tolist(), road.tolist(), strict=True):
        near[one] = str(said[at])
    return near
