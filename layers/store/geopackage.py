"""The default store: one GeoPackage file, through Python's sqlite3 and shapely."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from layers.errors import InputError
from layers.model import Layer, LayerSpec, Provenance
from layers.specs import SPECS, spec_of
from layers.store import chronicle, journal, schema
from layers.store.cases import GeoPackageCases
from layers.store.connections import Connections, explained
from layers.store.features import edit_feature, fids_of, no_feature, present, refuse_absent
from layers.store.importing import GeoPackageSink
from layers.store.protocol import BBox, By, Change, ImportRecord, ImportSource, LayerSummary, OnExisting
from layers.store.records import columns_sql, rows_to_frame
from layers.store.undo import undo_import
from layers.text import Text

_ROUNDING_DEG = 1e-4
"""Far more than the R-tree's 32-bit numbers round a coordinate outwards (0.000 015 degrees at 180)."""

_CREDITS = (
    'SELECT source FROM "{layer}" WHERE source IS NOT NULL '
    "GROUP BY source ORDER BY count(*) DESC, source LIMIT 5"
)


class GeoPackageStore:
    """Layers, their history and imports in one ``.gpkg`` file that QGIS and GDAL open as well.

    Safe to share between threads: any number read, one writes, and readers see the state before a write until it is
    done. Edits that other programs make are noticed by triggers: they enter the history as ``QGIS/GDAL``.

    Parameters
    ----------
    path
        Made when it does not exist; its folder must.
    busy_s
        How long to wait for another writer.

    Raises
    ------
    WorkspaceError
        Here and in every method: the file is no GeoPackage of ours, of another schema version, damaged, locked,
        read-only, or the disk is full.
    """

    def __init__(self, path: Path, *, busy_s: float = 10.0) -> None:
        self.path = path
        self._connections = Connections(path, busy_s=busy_s)
        self._summaries: dict[str, LayerSummary] = {}
        self.cases = GeoPackageCases(self._connections, path)

    def layer_ids(self) -> tuple[str, ...]:
        """Ids of the layers that were ever imported, in the order of ``layers.specs.SPECS``."""
        with self._connections.reading() as db:
            present = {row[0] for row in db.execute("SELECT layer_id FROM fangyu_layers")}
        return tuple(layer_id for layer_id in SPECS if layer_id in present)

    def summary(self, layer_id: str) -> LayerSummary:
        """Describe one layer; counted once per version of it. Raises NotFoundError when it was never imported."""
        with self._connections.reading() as db:
            return self._summary(db, layer_id)

    def count(self, layer_id: str, *, bbox: BBox | None = None) -> int:
        """Count the features that ``read`` would give without limit. Raises as ``read`` does."""
        with self._connections.reading() as db:
            if bbox is None:
                return self._summary(db, layer_id).count
            refuse_absent(db, layer_id)
            where, values = _meeting(layer_id, bbox)
            return int(db.execute(f'SELECT count(*) FROM "{layer_id}" {where}', values).fetchone()[0])

    def read(
        self, layer_id: str, *, bbox: BBox | None = None, limit: int | None = None, offset: int = 0
    ) -> Layer:
        """Read features in insertion order.

        Parameters
        ----------
        bbox
            Only features whose envelope meets this box; those without geometry meet none.

        Raises
        ------
        NotFoundError
            When the layer was never imported.
        InputError
            When the box is inside out.
        """
        with self._connections.reading() as db:
            provenance = _provenance(self._summary(db, layer_id))
            where, values = _meeting(layer_id, bbox) if bbox else ("", [])
            page = [-1 if limit is None else limit, offset]
            return _layer(
                db, spec_of(layer_id), provenance, f"{where} ORDER BY fid LIMIT ? OFFSET ?", [*values, *page]
            )

    def feature(self, layer_id: str, feature_id: str) -> Layer:
        """Read one feature as a layer of one row. Raises NotFoundError."""
        with self._connections.reading() as db:
            provenance = _provenance(self._summary(db, layer_id))
            found = _layer(db, spec_of(layer_id), provenance, "WHERE id = ?", [feature_id])
        if not len(found):
            raise no_feature(layer_id, [feature_id])
        return found

    @contextmanager
    def importing(
        self, layer_id: str, source: ImportSource, by: By, on_existing: OnExisting = "reject"
    ) -> Iterator[GeoPackageSink]:
        """Open an import: committed when the block ends well, rolled back whole when it raises.

        An import that brought no row is recorded all the same: the layer is then known to be empty.
        One import at a time: another one waits, in the same thread it is refused with WorkspaceError.
        """
        spec = spec_of(layer_id)
        with self._connections.writing() as db:
            with explained(self.path):
                if not present(db, layer_id):
                    schema.create_layer(db, spec)
                sink = GeoPackageSink(
                    db, spec, journal.begin_import(db, layer_id, source, by), by, on_existing
                )
            yield sink
            with explained(self.path):
                sink.finish()

    def edit(self, layer_id: str, feature_id: str, values: Mapping[str, object], by: By) -> None:
        """Change some fields of one feature; None clears a field, ``geometry`` takes a shapely geometry.

        Raises
        ------
        NotFoundError
            When there is no such feature or field.
        InputError
            When a value does not fit its field, naming both.
        """
        with self._connections.writing() as db, explained(self.path):
            edit_feature(db, layer_id, feature_id, values, by)

    def undo(self, import_id: int, by: By) -> int:
        """Take an import back (added rows go, updated rows return); count the features touched.

        See ``layers.store.undo.undo_import`` for what is refused.
        """
        with self._connections.writing() as db, explained(self.path):
            return undo_import(db, import_id, by)

    def remove(self, layer_id: str, feature_ids: Sequence[str], by: By) -> int:
        """Remove features; their last state stays in the history. Raises NotFoundError, removing none."""
        spec = spec_of(layer_id)
        with self._connections.writing() as db, explained(self.path):
            refuse_absent(db, layer_id)
            fids = fids_of(db, layer_id, feature_ids)
            removed = journal.remove_rows(db, spec, fids, by=by, import_id=None)
            if removed:
                journal.measure_extent(db, layer_id)
                journal.mark_changed(db, layer_id)
            return removed

    def imports(self) -> tuple[ImportRecord, ...]:
        """List imports, newest first."""
        with self._connections.reading() as db:
            return tuple(chronicle.imports(db))

    def history(
        self, layer_id: str | None = None, feature_id: str | None = None, limit: int = 100
    ) -> tuple[Change, ...]:
        """List changes, newest first; a layer without any change gives none."""
        if layer_id is not None:
            spec_of(layer_id)
        with self._connections.reading() as db:
            if layer_id is not None and not present(db, layer_id):
                return ()
            return tuple(chronicle.changes(db, layer_id, feature_id, limit))

    def close(self) -> None:
        """Release the file. Everything acknowledged is in ``layers.gpkg`` alone once the last user closes it."""
        self._connections.close()

    def _summary(self, db: sqlite3.Connection, layer_id: str) -> LayerSummary:
        refuse_absent(db, layer_id)
        stamp, version = db.execute(
            "SELECT stamp, version FROM fangyu_layers WHERE layer_id = ?", (layer_id,)
        ).fetchone()
        known = self._summaries.get(layer_id)
        if known is None or known.version != f"{version}-{stamp}":
            known = _summarised(db, layer_id, f"{version}-{stamp}")
            self._summaries[layer_id] = known
        return known


def _summarised(db: sqlite3.Connection, layer_id: str, version: str) -> LayerSummary:
    count, as_of = db.execute(f'SELECT count(*), max(as_of) FROM "{layer_id}"').fetchone()
    box = db.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (layer_id,)
    ).fetchone()
    live = chronicle.imports(db, "layer_id = ? AND undone_at IS NULL", (layer_id,))
    return LayerSummary(
        layer_id=layer_id,
        count=count,
        bbox=None if count == 0 or box[0] is None else box,
        as_of=None if as_of is None else date.fromisoformat(as_of[:10]),
        sources=tuple(dict.fromkeys(one.source.file_name for one in reversed(live))),
        synthetic=any(one.source.synthetic for one in live),
        version=version,
        credits=tuple(source for (source,) in db.execute(_CREDITS.format(layer=layer_id))),
    )


def _provenance(summary: LayerSummary) -> Provenance:
    return Provenance(summary.version, summary.sources, summary.as_of, summary.synthetic)


def _layer(
    db: sqlite3.Connection, spec: LayerSpec, provenance: Provenance, clause: str, values: Sequence[object]
) -> Layer:
    rows = db.execute(f'SELECT {columns_sql(spec)} FROM "{spec.id}" {clause}', values).fetchall()
    return Layer(spec, rows_to_frame(spec, rows), provenance)


def _meeting(layer_id: str, bbox: BBox) -> tuple[str, list[float]]:
    """Write the WHERE clause for envelopes that meet a box: the R-tree first, the exact numbers only at its rim."""
    west, south, east, north = bbox
    if not (west <= east and south <= north):
        raise InputError(
            Text(
                f"范围框 {bbox} 不对：应为 西,南,东,北。", f"The box {bbox} is not west, south, east, north."
            ),
            Text("例如 119.4,31.6,119.7,31.9。", "For example 119.4,31.6,119.7,31.9."),
        )
    e = _ROUNDING_DEG
    clause = (
        f"WHERE fid IN (SELECT r.id FROM {schema.rtree(layer_id)} AS r WHERE r.minx <= ? AND r.maxx >= ? "
        "AND r.miny <= ? AND r.maxy >= ? AND ((r.minx <= ? AND r.maxx >= ? AND r.miny <= ? AND r.maxy >= ?) "
        f'OR (SELECT fangyu_meets(g.geom, ?, ?, ?, ?) FROM "{layer_id}" AS g WHERE g.fid = r.id)))'
    )
    return clause, [
        east,
        west,
        north,
        south,
        east - e,
        west + e,
        north - e,
        south + e,
        west,
        south,
        east,
        north,
    ]
