"""Rows of a layer as GeoJSON features."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

_DECIMALS = 7
"""About a centimetre: finer than any of the data."""


def features_json(frame: gpd.GeoDataFrame) -> list[str]:
    """Write each row as the text of one GeoJSON feature.

    Coordinates are longitude, latitude (EPSG:4490) with seven decimals. Dates become ``YYYY-MM-DD``, missing values
    and empty geometries ``null``; coded values stay codes. An empty frame gives an empty list.
    """
    columns = [name for name in frame.columns if name != "geometry"]
    values = [plain(frame[name]) for name in columns]
    shapes = _shapes_json(frame.geometry.to_numpy())
    ids = plain(frame["id"])
    return [
        f'{{"type":"Feature","id":{_text(ids[row])},"geometry":{shapes[row]},'
        f'"properties":{_text({name: column[row] for name, column in zip(columns, values, strict=True)})}}}'
        for row in range(len(frame))
    ]


def plain(values: "pd.Series[Any]") -> list[Any]:
    """Return a column as JSON values: str, int, float, bool or None; dates as ``YYYY-MM-DD``."""
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return [None if pd.isna(one) else one.date().isoformat() for one in values]
    missing = values.isna().to_numpy(dtype=bool)
    listed = values.astype("object").tolist()
    return [
        None if absent else one.item() if isinstance(one, np.generic) else one
        for one, absent in zip(listed, missing, strict=True)
    ]


def _shapes_json(shapes: NDArray[np.object_]) -> list[str]:
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, _DECIMALS), include_z=False)
    written = shapely.to_geojson(rounded)
    empty = shapely.is_empty(shapes) | shapely.is_missing(shapes)
    return ["null" if gone else text for text, gone in zip(written, empty, strict=True)]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def areas_json(frame: gpd.GeoDataFrame) -> bytes:
    """Write areas (columns as they are, EPSG:4490) as a GeoJSON feature collection."""
    numbered = frame if "id" in frame else frame.assign(id=[str(row) for row in range(len(frame))])
    features = ",".join(features_json(numbered))
    return f'{{"type":"FeatureCollection","features":[{features}]}}'.encode()
