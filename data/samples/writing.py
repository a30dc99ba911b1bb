"""Writing the tables: GeoJSON, CSV, XLSX and zipped Shapefile, the same bytes every time."""

# ruff: noqa: ANN401 - shapely is untyped

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import canonicalize

import numpy as np
import shapely
from openpyxl import Workbook
from shapely.geometry.polygon import orient

from data.samples.plane import DEGREE_DIGITS, METRE_DIGITS, drawn
from data.samples.shapefile import shapefile_parts
from data.samples.tables import Row, Table

_LONG_AGO = (2026, 1, 1, 0, 0, 0)
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - the format holds no zone


def write_table(table: Table, folder: Path) -> None:
    """Write a table in its form into ``folder``."""
    path = folder / table.file_name
    if table.form == "geojson":
        path.write_bytes(_geojson(table))
    elif table.form == "csv":
        path.write_bytes(csv_text(_with_places(table)).encode(table.encoding))
    elif table.form == "xlsx":
        path.write_bytes(_xlsx(table))
    else:
        shapes = drawn(np.array(table.shapes, dtype=object), table.grid)
        parts = shapefile_parts(table.rows, shapes, table.encoding)
        path.write_bytes(packed({path.stem + suffix: content for suffix, content in parts.items()}))


def csv_text(rows: Sequence[Row]) -> str:
    """Give rows as CSV with the headings of the first row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
    return out.getvalue()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Zip files with fixed dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def _with_places(table: Table) -> list[Row]:
    """Add the two columns of coordinates after the name; a row that has them already keeps its own."""
    headings = ("东坐标", "北坐标") if table.grid.startswith("EPSG:45") else ("经度", "纬度")
    digits = METRE_DIGITS if headings[0] == "东坐标" else DEGREE_DIGITS
    spots = shapely.get_coordinates(drawn(np.array(table.shapes, dtype=object), table.grid)).tolist()
    rows = []
    for row, spot in zip(table.rows, spots, strict=True):
        found = [round(value, digits) for value in spot]
        places: Row = {
            heading: row.get(heading, value) for heading, value in zip(headings, found, strict=True)
        }
        rest = {key: value for key, value in row.items() if key not in headings}
        keys = list(rest)
        rows.append({key: rest[key] for key in keys[:2]} | places | {key: rest[key] for key in keys[2:]})
    return rows


def _geojson(table: Table) -> bytes:
    """Give one feature per line, WGS 84 longitude and latitude, columns nobody filled left out."""
    shapes = drawn(np.array(table.shapes, dtype=object), table.grid)
    lines = []
    for row, shape in zip(table.rows, shapes, strict=True):
        properties = {key: value for key, value in row.items() if value is not None}
        feature = {"type": "Feature", "properties": properties, "geometry": _geometry(shape)}
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    head = '{"type":"FeatureCollection","name":' + json.dumps(Path(table.file_name).stem, ensure_ascii=False)
    return (head + ',"features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _geometry(shape: Any) -> Any:
    if shape is None:
        return None
    mapping = shapely.geometry.mapping(_turned(shape) if shape.is_valid else shape)
    return {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}


def _turned(shape: Any) -> Any:
    """Turn outer rings anticlockwise, as the format asks."""
    if shape.geom_type == "Polygon":
        return orient(shape)
    if shape.geom_type == "MultiPolygon":
        return shapely.MultiPolygon([orient(part) for part in shape.geoms])
    return shape


def _rounded(nested: Any) -> Any:
    if isinstance(nested, float):
        return round(nested, DEGREE_DIGITS)
    return [_rounded(one) for one in nested]


def _xlsx(table: Table) -> bytes:
    """Give a workbook with one sheet, the same whenever it is made and whichever XML library wrote it.

    The program's own stamps of time are set to a fixed day. Its parts are brought into canonical form, because
    openpyxl writes other bytes where lxml is installed.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(Path(table.file_name).stem)
    sheet.freeze_panes = "A2"
    rows = _with_places(table)
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    book.properties.creator = "方舆示例生成器"
    book.properties.created = book.properties.modified = _CREATED
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    stamp = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
    files["docProps/core.xml"] = stamp.sub(rb"\g<1>2026-01-01T00:00:00Z", files["docProps/core.xml"])
    return packed({name: canonicalize(text.decode()).encode() for name, text in files.items()})
