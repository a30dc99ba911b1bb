"""Writing a Shapefile the way older office programs do: GBK text, no .cpg, everything in one zip.

Layout after the ESRI Shapefile Technical Description (July 1998) and the dBASE III table format.
"""

# ruff: noqa: ANN401 - shapely is untyped

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.polygon import orient

from data.samples.plane import Floats
from data.samples.tables import Row

_POLYLINE, _POLYGON = 3, 5
_FIXED_DATE = (126, 1, 1)
"""Last change written into the table: years since 1900, month, day."""
_NAME_BYTES = 10

GAUSS_KRUGER_40 = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_120E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],'
    'PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",120.0],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def shapefile_parts(rows: Sequence[Row], shapes: Sequence[Any], encoding: str) -> dict[str, bytes]:
    """Give the files of a set by suffix; all shapes are lines, or all are polygons."""
    every = np.array(shapes, dtype=object)
    kind = _POLYGON if shapes[0].geom_type.endswith("Polygon") else _POLYLINE
    records = [_record(shape, box) for shape, box in zip(shapes, shapely.bounds(every), strict=True)]
    bounds = shapely.total_bounds(every)
    shp, shx, offset = bytearray(), bytearray(), 50
    for number, record in enumerate(records, start=1):
        words = len(record) // 2
        shp += struct.pack(">2i", number, words) + record
        shx += struct.pack(">2i", offset, words)
        offset += words + 4
    return {
        ".shp": _header(len(shp), kind, bounds) + bytes(shp),
        ".shx": _header(len(shx), kind, bounds) + bytes(shx),
        ".dbf": _table(rows, encoding),
        ".prj": GAUSS_KRUGER_40.encode("ascii"),
    }


def _header(body: int, kind: int, bounds: Any) -> bytes:
    words = (100 + body) // 2
    return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack(
        "<2i8d", 1000, kind, *bounds, 0, 0, 0, 0
    )


def _record(shape: Any, box: Floats) -> bytes:
    if shape.geom_type == "LineString":
        points = shapely.get_coordinates(shape)
        head = struct.pack("<i4d3i", _POLYLINE, *box, 1, len(points), 0)
        return head + bytes(points.astype("<f8").tobytes())
    kind = _POLYGON if shape.geom_type.endswith("Polygon") else _POLYLINE
    rings = (
        _rings(shape)
        if kind == _POLYGON
        else [shapely.get_coordinates(part) for part in shapely.get_parts(shape)]
    )
    starts = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])]).astype("<i4")
    points = np.vstack(rings).astype("<f8")
    head = struct.pack("<i4d2i", kind, *box, len(rings), len(points))
    return head + bytes(starts[:-1].tobytes() + points.tobytes())


def _rings(shape: Any) -> list[Any]:
    """Give the rings of polygons, outer ones clockwise."""
    rings = []
    for part in shapely.get_parts(shape):
        turned = orient(part, sign=-1.0)
        rings += [shapely.get_coordinates(ring) for ring in (turned.exterior, *turned.interiors)]
    return rings


def _table(rows: Sequence[Row], encoding: str) -> bytes:
    """Give the attribute table: text, whole numbers and decimals in fixed columns."""
    fields = [(name, *_column([row[name] for row in rows], encoding)) for name in rows[0]]
    width = 1 + sum(size for _, _, size, _ in fields)
    head = struct.pack("<4B I 2H 20x", 3, *_FIXED_DATE, len(rows), 33 + 32 * len(fields), width)
    for name, kind, size, decimals in fields:
        head += struct.pack("<11s c 4x 2B 14x", name.encode(encoding)[:_NAME_BYTES], kind, size, decimals)
    body = bytearray()
    for row in rows:
        body += b" "
        for name, kind, size, decimals in fields:
            body += _cell(row[name], kind, size, decimals, encoding)
    return head + b"\r" + bytes(body) + b"\x1a"


def _column(values: Sequence[Any], encoding: str) -> tuple[bytes, int, int]:
    present = [value for value in values if value is not None]
    if present and all(isinstance(value, int) for value in present):
        return b"N", max(len(str(value)) for value in present), 0
    if present and all(isinstance(value, int | float) for value in present):
        return b"N", max(len(f"{value:.1f}") for value in present), 1
    return b"C", max((len(str(value).encode(encoding)) for value in present), default=1), 0


def _cell(value: Any, kind: bytes, size: int, decimals: int, encoding: str) -> bytes:
    if kind == b"C":
        return ("" if value is None else str(value)).encode(encoding).ljust(size)
    return ("" if value is None else f"{value:.{decimals}f}").rjust(size).encode("ascii")
