"""Vector tiles: a piece of a layer in tile coordinates, thinned so that it stays small.

The coordinates of a tile are web Mercator, 4096 units to a side, y downwards (Mapbox Vector Tile 2.1). CGCS2000 and
WGS 84 longitudes and latitudes agree to well under a metre, so they go through the spherical formula as they are.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from web.maps.styles import ROADS, surface_of

EXTENT = 4096
BUFFER = 160
"""Units drawn beyond the edge of a tile, so that lines and labels meet the next one."""
TARGET_BYTES = 80_000
THIN_BELOW_ZOOM = 15
MIN_ZOOM: Mapping[str, int] = MappingProxyType({"building": 14, "barrier": 9})
"""The first zoom at which a layer is drawn at all; every zoom where it is not named."""
CELL = 192
"""Points nearer than this at low zoom become one, which carries their ``count``."""

_CODED: Mapping[str, str] = MappingProxyType(
    {"place_name": "entity_class", "road": "road_class", "admin_unit": "level", "meal_point": "tier"}
)

Geometries = NDArray[np.object_]


def encode_tile(frame: gpd.GeoDataFrame, z: int, x: int, y: int, layer_id: str) -> bytes:
    """Encode the features of one layer that touch a tile.

    Parameters
    ----------
    frame
        Features in EPSG:4490; every column but ``id``, ``name``, the coded kind and ``generic`` is ignored, and the
        caller decides which rows and values may be seen. Rows without geometry are left out.
    z, x, y
        Tile address of the web-Mercator pyramid, y counted from the north.

    Returns
    -------
    bytes
        A tile with one layer named ``layer_id``; properties ``id``, ``name``, ``kind`` (where they are not missing),
        ``surface`` for place names, ``count`` for thinned points. ``b""`` when nothing touches the tile, or
        the layer is not drawn that far out (``MIN_ZOOM``).
    """
    if z < MIN_ZOOM.get(layer_id, 0):
        return b""
    detail = 1.0
    tile = b""
    for _ in range(4):
        tile = _encoded(_features(frame, (z, x, y), layer_id, detail), layer_id)
        if len(tile) <= TARGET_BYTES:
            break
        detail *= 2.0
    return tile


def tile_bounds(z: int, x: int, y: int, *, buffer: int = BUFFER) -> tuple[float, float, float, float]:
    """Return west, south, east, north in degrees of a tile with ``buffer`` units around it, for reading its rows."""
    edges = np.array([[-buffer, EXTENT + buffer], [EXTENT + buffer, -buffer]], dtype=float)
    world = EXTENT * 2.0**z
    longitude = (edges[:, 0] + x * EXTENT) / world * 360 - 180
    mercator = np.pi * (1 - 2 * (edges[:, 1] + y * EXTENT) / world)
    latitude = np.degrees(np.arctan(np.sinh(mercator)))
    return float(longitude[0]), float(latitude[0]), float(longitude[1]), float(latitude[1])


def _features(
    frame: gpd.GeoDataFrame, address: tuple[int, int, int], layer_id: str, detail: float
) -> list[dict[str, Any]]:
    zoom = address[0]
    rows = _rows_in_tile(frame, address, layer_id, detail)
    if not len(rows):
        return []
    shapes = shapely.transform(rows.geometry.to_numpy(), _to_tile(*address))
    shapes = shapely.clip_by_rect(shapes, -BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    shapes = _simplified(shapes, zoom, detail)
    kept = ~shapely.is_empty(shapes) & _is_large_enough(shapes, zoom, detail)
    properties = _properties(rows[kept], layer_id)
    shapes = shapes[kept]
    if layer_id == "road":
        shapes, properties = _merged_roads(shapes, properties, zoom)
    elif zoom < THIN_BELOW_ZOOM or detail > 1:
        shapes, properties = _thinned(shapes, properties, CELL * detail)
    return [
        {"geometry": shape, "properties": said}
        for shape, said in zip(shapes, properties, strict=True)
        if shape is not None and not shape.is_empty
    ]


def _rows_in_tile(
    frame: gpd.GeoDataFrame, address: tuple[int, int, int], layer_id: str, detail: float
) -> gpd.GeoDataFrame:
    west, south, east, north = tile_bounds(*address)
    boxes = shapely.bounds(frame.geometry.to_numpy())
    with np.errstate(invalid="ignore"):
        inside = (
            (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
        )
    if layer_id == "road" and "road_class" in frame:
        zoom = address[0] - int(np.log2(detail))
        drawn = [name for name, style in ROADS.items() if style.min_zoom <= zoom]
        inside &= frame["road_class"].isin(drawn).to_numpy(dtype=bool)
    return frame[inside]


def _to_tile(z: int, x: int, y: int) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    world = EXTENT * 2.0**z

    def project(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        latitude = np.radians(np.clip(lonlat[:, 1], -85.0511, 85.0511))
        east = (lonlat[:, 0] + 180) / 360 * world - x * EXTENT
        down = (1 - np.arcsinh(np.tan(latitude)) / np.pi) / 2 * world - y * EXTENT
        return np.column_stack([east, down])

    return project


def _simplified(shapes: Geometries, zoom: int, detail: float) -> Geometries:
    tolerance = (8.0 if zoom < 14 else 3.0) * detail  # noqa: PLR2004 - half a screen pixel, a fifth of one close up
    simple = shapely.simplify(shapes, tolerance, preserve_topology=True)
    return np.asarray(simple, dtype=object)


def _is_large_enough(shapes: Geometries, zoom: int, detail: float) -> NDArray[np.bool_]:
    if zoom >= THIN_BELOW_ZOOM and detail == 1:
        return np.ones(len(shapes), dtype=bool)
    dimension = shapely.get_dimensions(shapes)
    speck = 24.0 * detail
    too_small = ((dimension == 1) & (shapely.length(shapes) < speck)) | (
        (dimension == 2) & (shapely.area(shapes) < speck * speck)  # noqa: PLR2004 - polygons
    )
    return np.asarray(~too_small, dtype=bool)


def _properties(rows: gpd.GeoDataFrame, layer_id: str) -> list[dict[str, Any]]:
    kind = _CODED.get(layer_id, "kind")
    read = {"id": rows.get("id"), "name": rows.get("name"), "kind": rows.get(kind)}
    columns = {key: _plain(values, len(rows)) for key, values in read.items()}
    if layer_id == "place_name":
        generic = _plain(rows.get("generic"), len(rows))
        named = zip(columns["name"], generic, columns["kind"], strict=True)
        columns["surface"] = [surface_of(*one) for one in named]
    keys = list(columns)
    return [
        {key: value for key, value in zip(keys, row, strict=True) if value is not None}
        for row in zip(*columns.values(), strict=True)
    ]


def _plain(values: "pd.Series[Any] | None", length: int) -> list[str | None]:
    if values is None:
        return [None] * length
    return [None if pd.isna(value) else str(value) for value in values]


def _merged_roads(
    shapes: Geometries, properties: list[dict[str, Any]], zoom: int
) -> tuple[Geometries, list[dict[str, Any]]]:
    """Join the pieces of one class and name; far out, where names are not drawn, those of one class."""
    by_name = zoom >= 13  # noqa: PLR2004 - the first zoom with road names
    groups: dict[tuple[str, str], list[int]] = {}
    for position, one in enumerate(properties):
        key = (one.get("kind", ""), one.get("name", "") if by_name else "")
        groups.setdefault(key, []).append(position)
    merged = np.empty(len(groups), dtype=object)
    said: list[dict[str, Any]] = []
    for position, ((kind, name), members) in enumerate(groups.items()):
        merged[position] = shapely.line_merge(shapely.multilinestrings(_lines(shapes[members])))
        said.append({key: value for key, value in (("kind", kind), ("name", name)) if value})
    return merged, said


def _lines(shapes: Geometries) -> Geometries:
    parts = shapely.get_parts(shapes)
    return np.asarray(parts[shapely.get_dimensions(parts) == 1], dtype=object)


def _thinned(
    shapes: Geometries, properties: list[dict[str, Any]], cell: float
) -> tuple[Geometries, list[dict[str, Any]]]:
    """Keep the first point of every cell and let it say how many it stands for; lines and areas stay."""
    points = np.flatnonzero(shapely.get_type_id(shapes) == 0)
    if not len(points):
        return shapes, properties
    cells = np.floor(shapely.get_coordinates(shapes[points]) / cell).astype(np.int64)
    _, first, counts = np.unique(cells, axis=0, return_index=True, return_counts=True)
    stands_for = dict(zip(points[first].tolist(), counts.tolist(), strict=True))
    others = np.flatnonzero(shapely.get_type_id(shapes) != 0)
    kept = np.sort(np.concatenate([others, points[first]]))
    said = [
        properties[one] | ({"count": stands_for[one]} if stands_for.get(one, 1) > 1 else {})
        for one in kept.tolist()
    ]
    return shapes[kept], said


def _encoded(features: list[dict[str, Any]], layer_id: str) -> bytes:
    if not features:
        return b""
    return bytes(
        mapbox_vector_tile.encode(
            [{"name": layer_id, "features": features}],
            default_options={"extents": EXTENT, "y_coord_down": True},
        )
    )
