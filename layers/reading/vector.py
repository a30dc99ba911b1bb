"""Spatial files through GDAL (GeoJSON, GeoPackage, Shapefile, KML) and GeoParquet, in streamed batches."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from layers.errors import FileFormatError
from layers.reading.delimited import empty_file, heading_only
from layers.reading.encoding import detect_encoding
from layers.reading.source import ROWS_PER_BATCH, Batch, ObjectArray, Source, Wish
from layers.text import Text, counted

if TYPE_CHECKING:
    import pyarrow as pa

_ALWAYS_WGS84 = {".geojson": "EPSG:4326", ".json": "EPSG:4326", ".kml": "EPSG:4326"}
_CHUNK = 1 << 20
_KML_CHATTER = frozenset(
    {
        "id",
        "timestamp",
        "begin",
        "end",
        "altitudeMode",
        "tessellate",
        "extrude",
        "visibility",
        "drawOrder",
        "icon",
        "snippet",
    }
)


@contextlib.contextmanager
def open_vector(path: Path, wish: Wish, *, encoding: str | None = None) -> Iterator[Source]:
    """Open a GeoJSON, GeoPackage, KML or plain Shapefile.

    Parameters
    ----------
    encoding
        Of the attributes, where the format does not fix it (Shapefile).

    Raises
    ------
    EncodingError, FileFormatError
        The text is in no known encoding; the file cannot be read, is empty, or has several layers and none was named.
    """
    _refuse_empty(path)
    found = _text_encoding(path, wish, encoding)
    layers = _layers(path, wish)
    try:
        meta = pyogrio.read_info(path, layer=layers[0], encoding=found or None)
    except (DataSourceError, ValueError) as error:
        raise _unreadable(path, error) from error
    headings = tuple(str(name) for name in meta["fields"])
    if path.suffix.casefold() == ".kml":
        unused = _KML_CHATTER | _blank_in_kml(path, layers)
        headings = tuple(name for name in headings if name not in unused)
    features = int(meta["features"]) if len(layers) == 1 and meta["features"] >= 0 else None
    if features == 0:
        raise heading_only(path)
    yield Source(
        kind=path.suffix.casefold().lstrip("."),
        headings=headings,
        batches=lambda: _batches(path, layers, found, headings),
        has_geometry=bool(meta["geometry_type"]),
        crs=meta["crs"] or _ALWAYS_WGS84.get(path.suffix.casefold()),
        encoding=found,
        total=features,
    )


@contextlib.contextmanager
def open_parquet(path: Path, _wish: Wish) -> Iterator[Source]:
    """Open a GeoParquet file, or a plain Parquet table.

    Raises
    ------
    FileFormatError
        When the file cannot be read or has no rows.
    """
    _refuse_empty(path)
    try:
        file = pq.ParquetFile(path)
    except Exception as error:
        raise _unreadable(path, error) from error
    with file:
        said = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
        column = said.get("primary_column", "")
        names = [
            name for name in file.schema_arrow.names if name != column and not name.startswith("__index")
        ]
        if file.metadata.num_rows == 0:
            raise heading_only(path)
        yield Source(
            kind="parquet",
            headings=tuple(names),
            batches=lambda: _parquet_batches(file, names, column),
            has_geometry=bool(column),
            crs=_parquet_crs(said, column),
            total=file.metadata.num_rows,
        )


def _refuse_empty(path: Path) -> None:
    if path.stat().st_size == 0:
        raise empty_file(path)


def _text_encoding(path: Path, wish: Wish, encoding: str | None) -> str:
    """Check the bytes of a text format; a shapefile's were looked at by its own reader."""
    suffix = path.suffix.casefold()
    if suffix in {".geojson", ".json"}:
        with path.open("rb") as file:
            return detect_encoding(iter(lambda: file.read(_CHUNK), b""), wish.encoding)
    return encoding or ""


def _layers(path: Path, wish: Wish) -> tuple[str, ...]:
    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    except DataSourceError as error:
        raise _unreadable(path, error) from error
    if wish.source_layer is not None:
        if wish.source_layer not in names:
            raise FileFormatError(
                Text(
                    f"{path.name} 里没有图层“{wish.source_layer}”。",
                    f"{path.name} has no layer {wish.source_layer!r}.",
                ),
                Text(f"现有图层：{'、'.join(names)}。", f"Its layers: {', '.join(names)}."),
            )
        return (wish.source_layer,)
    if not names:
        raise empty_file(path)
    if wish.likely_layer in names:
        return (wish.likely_layer,)
    if len(names) > 1 and path.suffix.casefold() != ".kml":
        raise FileFormatError(
            Text(
                f"{path.name} 里有 {len(names)} 个图层，不知道读哪一个。",
                f"{path.name} has {counted(len(names), 'layer')}.",
            ),
            Text(
                f"用 --source-layer 指明：{'、'.join(names)}。",
                f"Name one with --source-layer: {', '.join(names)}.",
            ),
        )
    return tuple(names)


def _blank_in_kml(path: Path, layers: Sequence[str]) -> frozenset[str]:
    """Find the columns every KML has (Name, Description) where no placemark uses them."""
    own = ("Name", "name", "Description", "description")
    tables = [pyogrio.read_dataframe(path, layer=layer, read_geometry=False) for layer in layers]
    used = {name for table in tables for name in own if name in table and table[name].fillna("").ne("").any()}
    return frozenset(own) - used


def _batches(path: Path, layers: Sequence[str], encoding: str, headings: tuple[str, ...]) -> Iterator[Batch]:
    begun = 0
    for layer in layers:
        try:
            with pyogrio.open_arrow(
                path, layer=layer, encoding=encoding or None, batch_size=ROWS_PER_BATCH, use_pyarrow=True
            ) as (meta, reader):
                geometry_name = meta["geometry_name"] or "wkb_geometry"
                for piece in reader:
                    yield _batch(piece, geometry_name, headings, begun)
                    begun += piece.num_rows
        except (DataSourceError, UnicodeDecodeError) as error:
            raise _unreadable(path, error) from error


def _batch(piece: "pa.RecordBatch", geometry_name: str, headings: Sequence[str], begun: int) -> Batch:
    columns = {name: _plain(piece, name) for name in headings}
    shapes = _shapes(piece.column(geometry_name).to_pylist()) if geometry_name in piece.schema.names else None
    rows = np.arange(begun + 1, begun + 1 + piece.num_rows, dtype=np.int64)
    return Batch(rows, pd.DataFrame(columns, dtype="object", index=range(piece.num_rows)), shapes)


def _plain(piece: "pa.RecordBatch", name: str) -> "pd.Series[Any]":
    """Give a column as Python values; a column a KML folder lacks is missing throughout."""
    if name not in piece.schema.names:
        return pd.Series([None] * piece.num_rows, dtype="object")
    return pd.Series(piece.column(name).to_pylist(), dtype="object")


def _shapes(blobs: Sequence[bytes | None]) -> ObjectArray:
    wanted = np.array(blobs, dtype=object)
    return np.asarray(shapely.from_wkb(wanted, on_invalid="ignore"), dtype=object)


def _parquet_batches(file: "pq.ParquetFile", names: Sequence[str], column: str) -> Iterator[Batch]:
    begun = 0
    wanted = [*names, column] if column else list(names)
    for piece in file.iter_batches(batch_size=ROWS_PER_BATCH, columns=wanted):
        yield _batch(piece, column, names, begun)
        begun += piece.num_rows


def _parquet_crs(said: dict[str, Any], column: str) -> str | None:
    """Give the declared system: by the standard an absent one is CRS84, an explicit null is unknown."""
    if not column:
        return None
    described = said.get("columns", {}).get(column, {})
    if "crs" not in described:
        return "EPSG:4326"
    return json.dumps(described["crs"]) if described["crs"] else None


def _unreadable(path: Path, error: Exception) -> FileFormatError:
    return FileFormatError(
        Text(f"{path.name} 读不出来：{error}。", f"{path.name} cannot be read: {error}."),
        Text("请在原软件中重新导出。", "Export it again."),
    )
