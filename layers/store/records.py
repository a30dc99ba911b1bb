"""Features between their three forms: a frame's rows, a table's rows, and states kept in the history."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely
from geopandas.array import GeometryArray

from layers.errors import InputError, WorkspaceError
from layers.model import STORAGE_CRS, Kind, LayerSpec
from layers.store.blobs import decode, encode
from layers.text import Text

Row = tuple[Any, ...]
"""``geom`` blob, then one SQL value per field of the specification."""


@cache
def storage_crs() -> pyproj.CRS:
    """Give the storage CRS, built once."""
    return pyproj.CRS.from_user_input(STORAGE_CRS)


def columns_sql(spec: LayerSpec) -> str:
    """Name the columns of a ``Row`` for a SELECT or INSERT."""
    return ", ".join(("geom", *(f'"{name}"' for name in spec.field_names)))


def frame_to_rows(spec: LayerSpec, frame: gpd.GeoDataFrame) -> list[Row]:
    """Turn a typed frame (see ``layers.frames.typed_frame``) into table rows; missing values become None."""
    values = [_sql_values(frame[one.name], one.kind) for one in spec.fields]
    return list(zip(encode(frame["geometry"].to_numpy()), *values, strict=True))


def _sql_values(column: "pd.Series[Any]", kind: Kind) -> list[Any]:
    if kind is Kind.DATE:
        days, which = np.unique(column.to_numpy().astype("datetime64[D]"), return_inverse=True)
        written = [None if day == "NaT" else day for day in np.datetime_as_string(days).tolist()]
        return [written[at] for at in which.tolist()]
    if kind is Kind.FLOAT:
        numbers: npt.NDArray[np.float64] = column.to_numpy(dtype="float64")
        return [
            number if ok else None for number, ok in zip(numbers.tolist(), np.isfinite(numbers), strict=True)
        ]
    if kind in {Kind.INT, Kind.BOOL}:
        return [None if one is pd.NA else int(one) for one in column.to_numpy(dtype=object).tolist()]
    return column.to_list()


def rows_to_frame(spec: LayerSpec, rows: Sequence[Row]) -> gpd.GeoDataFrame:
    """Turn table rows into a frame as ``layers.model.Layer`` promises it; no rows give an empty frame.

    Raises
    ------
    WorkspaceError
        When another program stored a value that is not of the field's kind, or a blob that is no geometry.
    """
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * (len(spec.fields) + 1)
    typed = {
        one.name: _typed(spec, one.name, one.kind, columns[at]) for at, one in enumerate(spec.fields, start=1)
    }
    try:
        shapes = decode(columns[0])
    except ValueError as error:
        raise _unreadable(spec, "geometry", str(error)) from error
    return gpd.GeoDataFrame({**typed, "geometry": GeometryArray(shapes, crs=storage_crs())})


def _typed(spec: LayerSpec, name: str, kind: Kind, values: Sequence[Any]) -> Any:  # noqa: ANN401 - any pandas array
    try:
        if kind is Kind.DATE:
            days = np.array(["NaT" if day is None else day[:10] for day in values], dtype="datetime64[D]")
            return days.astype("datetime64[us]")
        if kind is Kind.FLOAT:
            return np.array(values, dtype="float64")
        if kind in {Kind.INT, Kind.BOOL}:
            return _masked(values, kind)
    except (TypeError, ValueError) as error:
        raise _unreadable(spec, name, str(error)) from error
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return pd.Series(texts, dtype="object")


def _masked(values: Sequence[Any], kind: Kind) -> Any:  # noqa: ANN401 - Int64 or boolean
    missing = np.array([value is None for value in values], dtype=bool)
    known = [0 if value is None else value for value in values]
    if kind is Kind.BOOL:
        return pd.arrays.BooleanArray(np.array(known, dtype=bool), missing)
    whole = np.array(known)
    if len(values) and whole.dtype.kind not in "iub":
        raise ValueError(f"{next(value for value in known if not isinstance(value, int))!r}")
    return pd.arrays.IntegerArray(whole.astype("int64"), missing)


def _unreadable(spec: LayerSpec, name: str, what: str) -> WorkspaceError:
    return WorkspaceError(
        Text(
            f"图层“{spec.label.zh}”的 {name} 列里有读不懂的值：{what}。",
            f"Layer {spec.id} holds a value in {name} that cannot be read: {what}.",
        ),
        Text("请在 QGIS 里改正，或从备份恢复。", "Mend it in QGIS, or restore a backup."),
    )


def row_to_state(spec: LayerSpec, row: Row) -> str:
    """Write the fields of a row as a JSON object for the history; missing values are left out."""
    said = {name: value for name, value in zip(spec.field_names, row[1:], strict=True) if value is not None}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def state_to_row(spec: LayerSpec, state: str, geom: bytes | None) -> Row:
    """Turn a state of the history back into the row it was."""
    said: Mapping[str, Any] = json.loads(state)
    return (geom, *(said.get(name) for name in spec.field_names))


def row_to_json(spec: LayerSpec, row: Row) -> dict[str, object]:
    """Show a row as JSON values: every field (missing: None), dates as ISO text, ``geometry`` as WKT."""
    shown: dict[str, object] = {}
    for one, value in zip(spec.fields, row[1:], strict=True):
        shown[one.name] = bool(value) if one.kind is Kind.BOOL and value is not None else value
    shape = decode([row[0]])[0]
    shown["geometry"] = None if shape is None else shapely.to_wkt(shape, rounding_precision=-1)
    return shown


def refuse_incomplete(spec: LayerSpec, frame: gpd.GeoDataFrame) -> None:
    """Refuse a frame that lacks what every row of the layer must have, or is in another CRS.

    Raises
    ------
    InputError
        Naming the field and the first row at fault.
    """
    if frame.crs is None or frame.crs != storage_crs():
        raise InputError(
            Text(
                f"写入 {spec.id} 的数据坐标系是 {frame.crs}，应为 {STORAGE_CRS}。",
                f"Rows for {spec.id} are in {frame.crs}, not {STORAGE_CRS}.",
            ),
            Text("先转换坐标系。", "Convert them first."),
        )
    required = [one.name for one in spec.fields if one.required]
    for name in [*required, "geometry"] if spec.geometry_required else required:
        missing = frame[name].isna().to_numpy()
        if missing.any():
            at = int(missing.argmax())
            raise InputError(
                Text(
                    f"{spec.id} 第 {at + 1} 行缺少必填的 {name}。",
                    f"Row {at + 1} for {spec.id} has no {name}.",
                ),
                Text("补上该值，或把这一行列入退回。", "Fill it in, or reject the row."),
            )
