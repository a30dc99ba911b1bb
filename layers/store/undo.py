"""Taking an import back: all of it or nothing, and never over somebody's later work."""

import sqlite3

from layers.errors import NotFoundError, WorkspaceError
from layers.model import LayerSpec
from layers.specs import spec_of
from layers.store import chronicle, journal
from layers.store.protocol import By, ImportRecord
from layers.store.records import state_to_row
from layers.text import Text, counted

_SHOWN = 10

_EDITED_SINCE = """
SELECT DISTINCT feature_id FROM fangyu_history AS later
WHERE layer_id = :layer AND action = 'update'
  AND (import_id IS NULL OR import_id IN (SELECT import_id FROM fangyu_imports WHERE undone_at IS NULL))
  AND import_id IS NOT :import
  AND EXISTS (SELECT 1 FROM "{table}" AS t WHERE t.fid = later.fid)
  AND (EXISTS (SELECT 1 FROM fangyu_additions AS a WHERE a.import_id = :import AND a.layer_id = :layer
               AND later.fid BETWEEN a.first_fid AND a.last_fid)
       OR EXISTS (SELECT 1 FROM fangyu_history AS mine WHERE mine.import_id = :import AND mine.layer_id = :layer
                  AND mine.fid = later.fid AND mine.change_id < later.change_id))
ORDER BY change_id
"""


def undo_import(db: sqlite3.Connection, import_id: int, by: By) -> int:
    """Take an import back inside the caller's transaction; count the features touched.

    Rows it added are removed and rows it updated return to their state before. Rows removed since stay removed.
    The undo's own changes carry the number of the import and its own author.

    Raises
    ------
    NotFoundError
        When there is no such import.
    WorkspaceError
        When it was undone already, or a row was edited since: the edit would be lost. Later imports that updated
        the same rows can be undone first.
    """
    record = _live_import(db, import_id)
    spec = spec_of(record.layer_id)
    _refuse_edited(db, spec, import_id)
    touched = _restore(db, spec, import_id, by) + _take_away(db, spec, import_id, by)
    db.execute("UPDATE fangyu_imports SET undone_at = ? WHERE import_id = ?", (journal.now(), import_id))
    journal.measure_extent(db, spec.id)
    journal.mark_changed(db, spec.id)
    return touched


def _live_import(db: sqlite3.Connection, import_id: int) -> ImportRecord:
    found = chronicle.imports(db, "import_id = ?", (import_id,))
    if not found:
        raise NotFoundError(
            Text(f"没有第 {import_id} 次导入。", f"There is no import {import_id}."),
            Text("用 fangyu imports 查看导入记录。", "See the imports with fangyu imports."),
        )
    if found[0].undone_at is not None:
        when = found[0].undone_at.astimezone().strftime("%Y-%m-%d %H:%M")
        raise WorkspaceError(
            Text(
                f"第 {import_id} 次导入（{found[0].source.file_name}）已于 {when} 撤销。",
                f"Import {import_id} ({found[0].source.file_name}) was undone at {when}.",
            ),
            Text("如需恢复，请重新导入该文件。", "To have it back, import the file again."),
        )
    return found[0]


def _refuse_edited(db: sqlite3.Connection, spec: LayerSpec, import_id: int) -> None:
    sql = _EDITED_SINCE.format(table=spec.id)
    ids = [row[0] for row in db.execute(sql, {"layer": spec.id, "import": import_id})]
    if ids:
        some = ids[:_SHOWN]
        raise WorkspaceError(
            Text(
                f"第 {import_id} 次导入不能撤销：有 {len(ids)} 个要素后来又改过（{'、'.join(some)}"
                f"{' 等' if len(ids) > _SHOWN else ''}）。",
                f"Import {import_id} cannot be undone: {counted(len(ids), 'feature was', 'features were')} "
                f"edited since ({', '.join(some)}"
                f"{' …' if len(ids) > _SHOWN else ''}).",
            ),
            Text(
                "先撤销更晚的导入（见 fangyu imports）；谁在何时改了这些要素，见 fangyu history。",
                "Undo the later imports first (see fangyu imports); who changed these features and when is in "
                "fangyu history.",
            ),
        )


def _restore(db: sqlite3.Connection, spec: LayerSpec, import_id: int, by: By) -> int:
    states = {
        fid: state_to_row(spec, before, geom)
        for fid, before, geom in db.execute(
            "SELECT fid, before, before_geom FROM fangyu_history WHERE import_id = ? AND action = 'update'",
            (import_id,),
        )
    }
    restored = 0
    for batch in journal.rows_by_fid(db, spec, sorted(states)):
        changes = [(fid, row, states[fid]) for fid, row in batch]
        journal.replace_rows(db, spec, changes, by=by, import_id=import_id)
        restored += len(changes)
    return restored


def _take_away(db: sqlite3.Connection, spec: LayerSpec, import_id: int, by: By) -> int:
    ranges = db.execute(
        "SELECT first_fid, last_fid FROM fangyu_additions WHERE import_id = ? ORDER BY first_fid",
        (import_id,),
    ).fetchall()
    if not ranges:
        return 0
    fids = range(ranges[0][0], ranges[-1][1] + 1)
    return journal.remove_rows(db, spec, fids, by=by, import_id=import_id)
