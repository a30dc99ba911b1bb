"""Reading the journal of a workspace: what changed, newest first, and the imports."""

import heapq
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Literal, NamedTuple

from layers.specs import spec_of
from layers.store.protocol import By, Change, ImportRecord, ImportSource
from layers.store.records import columns_sql, row_to_json, state_to_row


class _Entry(NamedTuple):
    """A change before its states are looked up; sorts by number."""

    change_id: int
    layer_id: str
    fid: int
    action: Literal["add", "update", "remove"]
    who: str
    why: str
    at: str
    import_id: int | None
    before: str | None = None
    before_geom: bytes | None = None


def imports(db: sqlite3.Connection, where: str = "1", values: Sequence[Any] = ()) -> list[ImportRecord]:
    """List imports, newest first."""
    found = db.execute(
        "SELECT import_id, layer_id, file_name, sha256, crs_declared, crs_used, transform_accuracy_m, encoding, "
        "synthetic, who, why, at, rows_added, rows_updated, undone_at FROM fangyu_imports "
        f"WHERE {where} ORDER BY import_id DESC",
        values,
    )
    return [
        ImportRecord(
            import_id=row[0],
            layer_id=row[1],
            source=_source(row[2:9]),
            by=By(row[9], row[10]),
            at=datetime.fromisoformat(row[11]),
            rows_added=row[12],
            rows_updated=row[13],
            undone_at=None if row[14] is None else datetime.fromisoformat(row[14]),
        )
        for row in found
    ]


def _source(row: tuple[Any, ...]) -> ImportSource:
    said = dict(zip(ImportSource.__slots__, row, strict=True))
    return ImportSource(**{**said, "synthetic": bool(said["synthetic"])})


def changes(
    db: sqlite3.Connection, layer_id: str | None, feature_id: str | None, limit: int
) -> Iterator[Change]:
    """Give changes, newest first; those of one layer or one feature when asked."""
    fids = None if feature_id is None else _fids_of(db, layer_id, feature_id)
    entries = heapq.merge(_recorded(db, layer_id, fids), _added(db, layer_id, fids), reverse=True)
    return (_change(db, entry) for entry in islice(entries, limit))


def _fids_of(db: sqlite3.Connection, layer_id: str | None, feature_id: str) -> set[tuple[str, int]]:
    layers = [layer_id] if layer_id else [row[0] for row in db.execute("SELECT layer_id FROM fangyu_layers")]
    found: set[tuple[str, int]] = set()
    for one in layers:
        for sql in (
            f'SELECT ?2, fid FROM "{one}" WHERE id = ?1',
            "SELECT layer_id, fid FROM fangyu_history WHERE feature_id = ?1 AND layer_id = ?2",
        ):
            found.update(db.execute(sql, (feature_id, one)).fetchall())
    return found


def _among(layer_id: str | None, fids: Iterable[tuple[str, int]] | None, test: str) -> tuple[str, list[Any]]:
    """Write a WHERE clause for a layer, or for rows; ``test`` compares one ?-fid."""
    if fids is not None:
        pairs = sorted(fids)
        clause = " OR ".join([f"(layer_id = ? AND {test})"] * len(pairs)) or "0"
        return clause, [value for pair in pairs for value in pair]
    return ("layer_id = ?", [layer_id]) if layer_id else ("1", [])


def _recorded(
    db: sqlite3.Connection, layer_id: str | None, fids: set[tuple[str, int]] | None
) -> Iterator[_Entry]:
    clause, values = _among(layer_id, fids, "fid = ?")
    for row in db.execute(
        "SELECT change_id, layer_id, fid, action, who, why, at, import_id, before, before_geom FROM fangyu_history "
        f"WHERE {clause} ORDER BY change_id DESC",
        values,
    ):
        yield _Entry(*row)


def _added(
    db: sqlite3.Connection, layer_id: str | None, fids: set[tuple[str, int]] | None
) -> Iterator[_Entry]:
    """Spell out the ranges of rows that imports added."""
    clause, values = _among(layer_id, fids, "? BETWEEN first_fid AND last_fid")
    wanted = None if fids is None else {fid for _, fid in fids}
    for first, last, change_id, layer, who, why, at, import_id in db.execute(
        "SELECT first_fid, last_fid, first_change, a.layer_id, who, why, at, import_id FROM "
        f"(SELECT * FROM fangyu_additions WHERE {clause}) AS a JOIN fangyu_imports USING (import_id) "
        "ORDER BY first_change DESC",
        values,
    ):
        inside = (
            range(last, first - 1, -1)
            if wanted is None
            else sorted(wanted & set(range(first, last + 1)))[::-1]
        )
        for fid in inside:
            yield _Entry(change_id + fid - first, layer, fid, "add", who, why, at, import_id)


def _change(db: sqlite3.Connection, entry: _Entry) -> Change:
    spec = spec_of(entry.layer_id)
    before = None
    if entry.before is not None:
        before = row_to_json(spec, state_to_row(spec, entry.before, entry.before_geom))
    after = None if entry.action == "remove" else _state_after(db, entry)
    return Change(
        change_id=entry.change_id,
        layer_id=entry.layer_id,
        feature_id=str((after or before or {}).get("id", "")),
        action=entry.action,
        by=By(entry.who, entry.why),
        at=datetime.fromisoformat(entry.at),
        import_id=entry.import_id,
        before=before,
        after=after,
    )


def _state_after(db: sqlite3.Connection, entry: _Entry) -> dict[str, object] | None:
    """Find how a change left the row: the state before the next change, or the row as it is."""
    spec = spec_of(entry.layer_id)
    later = db.execute(
        "SELECT before, before_geom FROM fangyu_history WHERE layer_id = ? AND fid = ? AND change_id > ? "
        "AND before IS NOT NULL ORDER BY change_id LIMIT 1",
        (entry.layer_id, entry.fid, entry.change_id),
    ).fetchone()
    if later:
        return row_to_json(spec, state_to_row(spec, *later))
    row = db.execute(f'SELECT {columns_sql(spec)} FROM "{spec.id}" WHERE fid = ?', (entry.fid,)).fetchone()
    return row_to_json(spec, row) if row else None
