"""Frames in the shape a layer promises: every field, the right types, missing values null."""

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from layers.model import STORAGE_CRS, Kind, Layer, LayerSpec, Provenance

DTYPES: Mapping[Kind, Any] = {
    Kind.TEXT: "object",
    Kind.INT: "Int64",
    Kind.FLOAT: "float64",
    Kind.BOOL: "boolean",
    Kind.DATE: "datetime64[us]",
    Kind.CODE: "object",
    Kind.LIST: "object",
}
"""The pandas dtype of each kind of field; text is ``object`` with None for missing."""


def typed_frame(spec: LayerSpec, frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return a new frame with exactly the columns of ``spec`` + ``geometry``, typed, index 0…n-1.

    Columns that are absent come out missing; columns the spec does not know are dropped. Values must be clean
    already (numbers as numbers, dates as dates). ``frame["geometry"]`` holds shapely geometries or None in storage
    CRS; an empty frame gives an empty frame.
    """
    frame = frame.reset_index(drop=True)
    columns: dict[str, Any] = {}
    for field in spec.fields:
        given = frame[field.name] if field.name in frame else pd.Series([None] * len(frame), dtype="object")
        columns[field.name] = _typed(given, field.kind)
    shapes = frame["geometry"] if "geometry" in frame else [None] * len(frame)
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(shapes, crs=None).to_numpy(), crs=STORAGE_CRS)


def _typed(values: "pd.Series[Any]", kind: Kind) -> "pd.Series[Any]":
    if kind is Kind.DATE:
        return pd.to_datetime(values).astype(DTYPES[kind])
    if DTYPES[kind] == "object":
        texts = values.astype("object")
        return texts.where(texts.notna(), None)
    if kind is Kind.FLOAT:
        return pd.to_numeric(values).astype(DTYPES[kind])
    return values.astype(DTYPES[kind])


def layer_from_rows(
    spec: LayerSpec, rows: Iterable[Mapping[str, Any]], provenance: Provenance | None = None
) -> Layer:
    """Build a layer from dictionaries of clean values, ``geometry`` a shapely geometry or None (storage CRS)."""
    frame = typed_frame(spec, pd.DataFrame(list(rows)))
    return Layer(spec, frame, provenance or Provenance())
