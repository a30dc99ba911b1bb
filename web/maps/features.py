"""Layers as GeoJSON text for an exported map: only what is shown, rounded, simplified, as small as sensible."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from web.maps.styles import surface_of

SIMPLIFY_DEGREES = 1e-5
"""About one metre: less than a pixel at the deepest zoom that shows a street."""
DECIMALS = 6
AREA_DEGREES = 5e-5

Geometries = NDArray[np.object_]


def collection_text(frame: gpd.GeoDataFrame, layer_id: str, fields: Sequence[str]) -> str:
    """Write features as one GeoJSON FeatureCollection.

    Parameters
    ----------
    frame
        Features in EPSG:4490. Rows without geometry are left out of a map.
    fields
        Names of the properties to write; a missing value is left out, a date is written ``YYYY-MM-DD``.

    Returns
    -------
    str
        GeoJSON with coordinates of six decimals; an empty collection for an empty frame.
    """
    placed = frame[~(frame.geometry.isna() | frame.geometry.is_empty)]
    if layer_id == "road":
        return _roads_text(placed)
    shapes = _small(placed.geometry.to_numpy(), keep_shared=layer_id == "admin_unit")
    return _joined(shapes, _rows(placed, layer_id, fields))


def areas_text(frame: gpd.GeoDataFrame) -> str:
    """Write areas in reach (EPSG:4490) as GeoJSON, as coarse as looking at them allows: about five metres."""
    simple = shapely.simplify(frame.geometry.to_numpy(), AREA_DEGREES)
    shapes = shapely.set_precision(simple, SIMPLIFY_DEGREES)
    kept = [one for one in shapely.to_geojson(shapes).tolist() if one is not None]
    features = ",".join(f'{{"type":"Feature","properties":{{}},"geometry":{one}}}' for one in kept)
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _rows(frame: gpd.GeoDataFrame, layer_id: str, fields: Sequence[str]) -> list[dict[str, Any]]:
    columns = [[_json_value(value) for value in frame[name]] for name in fields]
    rows = [
        {name: value for name, value in zip(fields, row, strict=True) if value is not None}
        for row in zip(*columns, strict=True)
    ]
    if layer_id == "place_name":
        for row in rows:
            row["surface"] = surface_of(row.get("name"), row.get("generic"), row.get("entity_class"))
    return rows


def _json_value(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else float(value)
    if isinstance(value, np.integer | np.bool_):
        return value.item()
    if isinstance(value, date | datetime):
        return value.strftime("%Y-%m-%d")
    return value


def _small(shapes: Geometries, *, keep_shared: bool = False) -> Geometries:
    if keep_shared and len(shapes) and bool(np.all(shapely.get_dimensions(shapes) == 2)):  # noqa: PLR2004
        simple = shapely.coverage_simplify(shapes, SIMPLIFY_DEGREES)
    else:
        simple = shapely.simplify(shapes, SIMPLIFY_DEGREES, preserve_topology=True)
    rounded = shapely.transform(simple, lambda coordinates: np.round(coordinates, DECIMALS))
    return np.asarray(rounded, dtype=object)


def _roads_text(frame: gpd.GeoDataFrame) -> str:
    """Join the pieces of every road of one class and name: most of a road layer is repeated properties."""
    shapes = frame.geometry.to_numpy()
    merged: list[shapely.Geometry] = []
    rows: list[dict[str, Any]] = []
    for number, ((road_class, name), members) in enumerate(sorted(_same_road(frame).items())):
        lines = shapely.get_parts(shapes[members])
        merged.append(shapely.line_merge(shapely.multilinestrings(lines[shapely.get_dimensions(lines) == 1])))
        known = {"id": f"road-{number}", "road_class": road_class, "name": name}
        rows.append({key: value for key, value in known.items() if value})
    return _joined(_small(np.array(merged, dtype=object)), rows)


def _same_road(frame: gpd.GeoDataFrame) -> dict[tuple[str, str], list[int]]:
    """Group row positions by class and name, ``""`` for missing ones."""
    columns = [frame[key].astype("object").where(frame[key].notna(), "") for key in ("road_class", "name")]
    groups: dict[tuple[str, str], list[int]] = {}
    for position, (road_class, name) in enumerate(zip(*columns, strict=True)):
        groups.setdefault((str(road_class), str(name)), []).append(position)
    return groups


def _joined(shapes: Geometries, rows: Sequence[dict[str, Any]]) -> str:
    features = (
        f'{{"type":"Feature","id":{json.dumps(row.get("id"), ensure_ascii=False)},"geometry":{geometry},'
        f'"properties":{json.dumps(row, ensure_ascii=False, separators=(",", ":"))}}}'
        for geometry, row in zip(shapely.to_geojson(shapes), rows, strict=True)
    )
    return f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}'
