"""The SQL functions GeoPackage triggers call (ST_MinX …), written in Python: no SQLite extension is loaded."""

import sqlite3
from collections.abc import Callable

from layers.store.blobs import envelope


def register(connection: sqlite3.Connection) -> None:
    """Give a connection ``ST_IsEmpty``, ``ST_MinX``, ``ST_MaxX``, ``ST_MinY``, ``ST_MaxY`` and ``fangyu_meets``."""
    for at, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _edge(at), deterministic=True)
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    connection.create_function("fangyu_meets", 5, _meets, deterministic=True)


def _edge(at: int) -> Callable[[bytes | None], float | None]:
    def edge(blob: bytes | None) -> float | None:
        found = envelope(blob)
        return None if found is None else found[at]

    return edge


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(envelope(blob) is None)


def _meets(blob: bytes | None, west: float, south: float, east: float, north: float) -> int:
    """Tell whether the exact envelope of a blob meets a box; the R-tree alone rounds to about a metre."""
    found = envelope(blob)
    if found is None:
        return 0
    return int(found[0] <= east and found[1] >= west and found[2] <= north and found[3] >= south)
