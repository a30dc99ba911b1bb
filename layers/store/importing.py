"""One import into a GeoPackage: rows batch by batch, the index in bulk, all in the caller's transaction."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from layers.frames import typed_frame
from layers.model import LayerSpec
from layers.store import index, journal
from layers.store.blobs import decode
from layers.store.protocol import By, OnExisting, Refused
from layers.store.records import Row, columns_sql, frame_to_rows, refuse_incomplete
from layers.store.schema import index_triggers, watch_triggers

_TYPE_NAMES = {
    0: "POINT",
    1: "LINESTRING",
    3: "POLYGON",
    4: "MULTIPOINT",
    5: "MULTILINESTRING",
    6: "MULTIPOLYGON",
}


class GeoPackageSink:
    """Takes the rows of one import. Made by ``GeoPackageStore.importing``.

    While it is open, the triggers that would put each new row into the R-tree are away, and the rows' boxes go into
    it in bulk. ``finish`` puts the triggers back; a rollback does so too.
    """

    def __init__(
        self, db: sqlite3.Connection, spec: LayerSpec, import_id: int, by: By, on_existing: OnExisting
    ) -> None:
        self._db, self._spec, self._import_id, self._by = db, spec, import_id, by
        self._updates = on_existing == "update"
        self._updated: set[int] = set()
        self._added = 0
        newest = db.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (spec.id,)).fetchone()
        self._first_fid = self._next_fid = (newest[0] if newest else 0) + 1
        self._types: set[int] = set()
        self._fids: list[npt.NDArray[np.int64]] = []
        self._boxes: list[npt.NDArray[np.float64]] = []
        for name in self._bulk_triggers():
            db.execute(f'DROP TRIGGER "{name}"')

    @property
    def import_id(self) -> int:
        """Number of this import."""
        return self._import_id

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows were added, and how many were updated, so far."""
        return self._added, len(self._updated)

    def append(self, frame: gpd.GeoDataFrame) -> Sequence[Refused]:
        """Add rows; with ``on_existing="update"`` a row whose id exists replaces what it gives.

        A missing value in such a row leaves the stored value alone: an update never erases. A row that changes
        nothing is no change. An id that this very import gave before is refused in any case.

        Parameters
        ----------
        frame
            Columns of the specification and ``geometry``, clean values, storage CRS; other columns are ignored.

        Returns
        -------
        sequence of Refused
            Rows left out, by position in ``frame``; empty when all were taken.

        Raises
        ------
        InputError
            When a required value is missing or the CRS is another one.
        """
        clean = typed_frame(self._spec, frame)
        refuse_incomplete(self._spec, clean.set_crs(frame.crs, allow_override=True))
        rows = frame_to_rows(self._spec, clean)
        ids = [row[1] for row in rows]
        existing = self._existing(ids)
        fresh, again = _first_of_each(ids, existing)
        refused = self._meet(rows, ids, existing, again)
        self._add([rows[at] for at in fresh], clean["geometry"].to_numpy()[fresh])
        return refused

    def finish(self) -> None:
        """Put the triggers back and record what came in."""
        if self._added:
            index.add(self._db, self._spec.id, np.concatenate(self._fids), np.concatenate(self._boxes))
        for statement in self._bulk_triggers().values():
            self._db.execute(statement)
        self._db.execute(
            "UPDATE fangyu_imports SET rows_added = ?, rows_updated = ? WHERE import_id = ?",
            (*self.counts, self._import_id),
        )
        self._tell_geometry_type()
        journal.mark_changed(self._db, self._spec.id)

    def _bulk_triggers(self) -> dict[str, str]:
        insert = f"rtree_{self._spec.id}_geom_insert", f"fangyu_{self._spec.id}_insert"
        every = {**index_triggers(self._spec.id), **watch_triggers(self._spec)}
        return {name: every[name] for name in insert}

    def _existing(self, ids: Sequence[str]) -> dict[str, int]:
        if self._next_fid == 1:
            return {}
        found = self._db.execute(
            f'SELECT id, fid FROM "{self._spec.id}" WHERE id IN (SELECT value FROM json_each(?))',
            (json.dumps(ids, ensure_ascii=False),),
        )
        return dict(found.fetchall())

    def _meet(
        self, rows: Sequence[Row], ids: Sequence[str], existing: dict[str, int], again: Sequence[int]
    ) -> list[Refused]:
        """Update or refuse the rows whose ids are taken."""
        refused, given = [], []
        for at in again:
            fid = existing.get(ids[at])
            if fid is None or not self._updates or fid >= self._first_fid or fid in self._updated:
                refused.append(Refused(at, ids[at], self._import_of(fid)))
            else:
                self._updated.add(fid)
                given.append((fid, rows[at]))
        self._update(dict(given))
        return refused

    def _import_of(self, fid: int | None) -> int | None:
        if fid is None or fid >= self._first_fid:
            return self._import_id
        found = self._db.execute(
            "SELECT import_id FROM fangyu_additions WHERE layer_id = ? AND first_fid <= ? AND last_fid >= ?",
            (self._spec.id, fid, fid),
        ).fetchone()
        return found[0] if found else None

    def _update(self, given: dict[int, Row]) -> None:
        for batch in journal.rows_by_fid(self._db, self._spec, list(given)):
            changes = [(fid, before, _laid_over(before, given[fid])) for fid, before in batch]
            changed = [change for change in changes if change[1] != change[2]]
            self._updated -= {fid for fid, before, after in changes if before == after}
            journal.replace_rows(self._db, self._spec, changed, by=self._by, import_id=self._import_id)
        shapes = [row[0] for row in given.values() if row[0] is not None]
        if shapes:
            self._notice(decode(shapes))

    def _add(self, rows: Sequence[Row], shapes: npt.NDArray[Any]) -> None:
        fids = range(self._next_fid, self._next_fid + len(rows))
        marks = ",".join("?" * (len(self._spec.fields) + 2))
        self._db.executemany(
            f'INSERT INTO "{self._spec.id}" (fid, {columns_sql(self._spec)}) VALUES ({marks})',
            ((fid, *row) for fid, row in zip(fids, rows, strict=True)),
        )
        boxes = shapely.bounds(shapes)[:, [0, 2, 1, 3]]
        known = ~np.isnan(boxes[:, 0])
        self._fids.append(np.arange(fids.start, fids.stop)[known])
        self._boxes.append(boxes[known])
        journal.record_additions(self._db, self._spec.id, self._import_id, fids)
        self._next_fid += len(rows)
        self._added += len(rows)
        self._notice(shapes)

    def _notice(self, shapes: npt.NDArray[Any]) -> None:
        """Remember the kinds of geometry and the extent of what came in."""
        known = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
        if len(known):
            self._types |= set(np.unique(shapely.get_type_id(known)).tolist())
            west, south, east, north = shapely.total_bounds(known).tolist()
            journal.grow_extent(self._db, self._spec.id, (west, south, east, north))

    def _tell_geometry_type(self) -> None:
        """Register the one type all geometries have, or GEOMETRY when they differ."""
        names = {_TYPE_NAMES.get(one, "GEOMETRY") for one in self._types}
        if not names:
            return
        before = self._db.execute(
            "SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ?", (self._spec.id,)
        ).fetchone()[0]
        if self._first_fid > 1:
            names.add(before)
        self._db.execute(
            "UPDATE gpkg_geometry_columns SET geometry_type_name = ? WHERE table_name = ?",
            (names.pop() if len(names) == 1 else "GEOMETRY", self._spec.id),
        )


def _first_of_each(ids: Sequence[str], existing: dict[str, int]) -> tuple[list[int], list[int]]:
    """Split positions into ids met for the first time and ids that are taken."""
    fresh: list[int] = []
    again: list[int] = []
    seen = set(existing)
    for at, one in enumerate(ids):
        (again if one in seen else fresh).append(at)
        seen.add(one)
    return fresh, again


def _laid_over(before: Row, given: Row) -> Row:
    return tuple(old if new is None else new for old, new in zip(before, given, strict=True))
