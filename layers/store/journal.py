"""Writing the journal of a workspace: numbers of changes, versions of layers, and states before a change.

Every function works inside the caller's write transaction, so a change and its record are one.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import numpy as np

from layers.model import LayerSpec
from layers.store import index
from layers.store.protocol import BBox, By, ImportSource
from layers.store.records import Row, columns_sql, row_to_state
from layers.store.schema import index_triggers, rtree

_CHUNK = 5_000


def now() -> str:
    """Give the present time as GeoPackage writes it: UTC, milliseconds, ``Z``."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def take_numbers(db: sqlite3.Connection, count: int) -> int:
    """Reserve consecutive numbers of change and return the first."""
    first = int(db.execute("SELECT next_change FROM fangyu_state").fetchone()[0])
    db.execute("UPDATE fangyu_state SET next_change = ?", (first + count,))
    return first


def begin_import(db: sqlite3.Connection, layer_id: str, source: ImportSource, by: By) -> int:
    """Record that an import begins and return its number."""
    cursor = db.execute(
        "INSERT INTO fangyu_imports (layer_id, file_name, sha256, crs_declared, crs_used, transform_accuracy_m, "
        "encoding, synthetic, who, why, at, rows_added, rows_updated) VALUES (?,?,?,?,?,?,?,?,?,?,?,0,0)",
        (
            layer_id,
            source.file_name,
            source.sha256,
            source.crs_declared,
            source.crs_used,
            source.transform_accuracy_m,
            source.encoding,
            source.synthetic,
            by.who,
            by.why,
            now(),
        ),
    )
    return int(cursor.lastrowid or 0)


def record_additions(db: sqlite3.Connection, layer_id: str, import_id: int, fids: range) -> None:
    """Record consecutive rows as added by an import: one line however many they are."""
    if fids:
        first_change = take_numbers(db, len(fids))
        db.execute(
            "INSERT INTO fangyu_additions VALUES (?, ?, ?, ?, ?)",
            (layer_id, fids[0], fids[-1], first_change, import_id),
        )


def record_states(
    db: sqlite3.Connection,
    spec: LayerSpec,
    rows: Sequence[tuple[int, Row]],
    *,
    action: Literal["update", "remove"],
    by: By,
    import_id: int | None,
) -> None:
    """Keep rows (fid, row) as they are before a change."""
    first, at, id_at = take_numbers(db, len(rows)), now(), 1 + spec.field_names.index("id")
    db.executemany(
        "INSERT INTO fangyu_history VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                first + n,
                spec.id,
                fid,
                row[id_at],
                action,
                by.who,
                by.why,
                at,
                import_id,
                row_to_state(spec, row),
                row[0],
            )
            for n, (fid, row) in enumerate(rows)
        ),
    )


def rows_by_fid(
    db: sqlite3.Connection, spec: LayerSpec, fids: Sequence[int]
) -> Iterator[list[tuple[int, Row]]]:
    """Read the rows of some fids in bounded batches; a fid without a row is left out."""
    for start in range(0, len(fids), _CHUNK):
        marks = ",".join(map(str, fids[start : start + _CHUNK]))
        found = db.execute(
            f'SELECT fid, {columns_sql(spec)} FROM "{spec.id}" WHERE fid IN ({marks}) ORDER BY fid'
        )
        yield [(row[0], row[1:]) for row in found]


def remove_rows(
    db: sqlite3.Connection, spec: LayerSpec, fids: Sequence[int], *, by: By, import_id: int | None
) -> int:
    """Remove rows, keeping their last state; count them."""
    trigger = f"rtree_{spec.id}_geom_delete"
    db.execute(f'DROP TRIGGER "{trigger}"')
    removed = 0
    for batch in rows_by_fid(db, spec, fids):
        record_states(db, spec, batch, action="remove", by=by, import_id=import_id)
        db.execute(f'DELETE FROM "{spec.id}" WHERE fid IN ({",".join(str(fid) for fid, _ in batch)})')
        removed += len(batch)
    index.drop(db, spec.id, np.array(fids, dtype=np.int64))
    db.execute(index_triggers(spec.id)[trigger])
    return removed


def replace_rows(
    db: sqlite3.Connection,
    spec: LayerSpec,
    changes: Sequence[tuple[int, Row, Row]],
    *,
    by: By,
    import_id: int | None,
) -> None:
    """Put new rows in place of old ones (fid, before, after), keeping the state before."""
    record_states(
        db, spec, [(fid, before) for fid, before, _ in changes], action="update", by=by, import_id=import_id
    )
    names = ("geom", *spec.field_names)
    assignments = ", ".join(f'"{name}" = ?' for name in names)
    db.executemany(
        f'UPDATE "{spec.id}" SET {assignments} WHERE fid = ?', ((*after, fid) for fid, _, after in changes)
    )


def mark_changed(db: sqlite3.Connection, layer_id: str) -> None:
    """Give the layer a new version and the time of its last change."""
    db.execute("UPDATE fangyu_layers SET version = version + 1 WHERE layer_id = ?", (layer_id,))
    db.execute("UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", (now(), layer_id))


def grow_extent(db: sqlite3.Connection, layer_id: str, box: BBox | None) -> None:
    """Widen the layer's extent by a box."""
    if box is None:
        return
    west, south, east, north = box
    db.execute(
        "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1), min_y = min(coalesce(min_y, ?2), ?2), "
        "max_x = max(coalesce(max_x, ?3), ?3), max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = ?5",
        (west, south, east, north, layer_id),
    )


def measure_extent(db: sqlite3.Connection, layer_id: str) -> None:
    """Take the layer's extent anew from its index (outwards to about a metre); none when nothing is left."""
    found: tuple[Any, ...] = db.execute(
        f"SELECT min(minx), min(miny), max(maxx), max(maxy) FROM {rtree(layer_id)}"
    ).fetchone()
    db.execute(
        "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
        (*found, layer_id),
    )
