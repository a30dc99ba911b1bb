"""Single features inside a transaction: finding them by id, and changing them with their history."""

import sqlite3
from collections.abc import Mapping, Sequence

from layers.errors import NotFoundError
from layers.specs import spec_of
from layers.store import journal
from layers.store.editing import edited_row
from layers.store.protocol import By
from layers.store.records import Row
from layers.text import Text, joined


def present(db: sqlite3.Connection, layer_id: str) -> bool:
    """Tell whether the layer was ever imported."""
    return db.execute("SELECT 1 FROM fangyu_layers WHERE layer_id = ?", (layer_id,)).fetchone() is not None


def refuse_absent(db: sqlite3.Connection, layer_id: str) -> None:
    """Raise NotFoundError when there is no such layer, or it was never imported."""
    spec = spec_of(layer_id)
    if not present(db, layer_id):
        raise NotFoundError(
            Text(f"图层“{spec.label.zh}”（{layer_id}）还没有数据。", f"Layer {layer_id} has no data yet."),
            Text(f"先运行：fangyu import {layer_id} 文件名。", f"First run: fangyu import {layer_id} FILE."),
        )


def fids_of(db: sqlite3.Connection, layer_id: str, feature_ids: Sequence[str]) -> list[int]:
    """Find the rows of features; raises NotFoundError naming those that are not there."""
    found = {
        one: db.execute(f'SELECT fid FROM "{layer_id}" WHERE id = ?', (one,)).fetchone()
        for one in feature_ids
    }
    absent = [one for one, row in found.items() if row is None]
    if absent:
        raise no_feature(layer_id, absent)
    return [row[0] for row in found.values()]


def row_of(db: sqlite3.Connection, layer_id: str, feature_id: str) -> tuple[int, Row]:
    """Give fid and row of a feature; raises NotFoundError."""
    refuse_absent(db, layer_id)
    fid = fids_of(db, layer_id, [feature_id])[0]
    ((_, row),) = next(journal.rows_by_fid(db, spec_of(layer_id), [fid]))
    return fid, row


def edit_feature(
    db: sqlite3.Connection, layer_id: str, feature_id: str, values: Mapping[str, object], by: By
) -> None:
    """Change some fields of one feature inside the caller's transaction; raises as ``Store.edit`` does."""
    spec = spec_of(layer_id)
    fid, before = row_of(db, layer_id, feature_id)
    after, box = edited_row(spec, before, values)
    if after != before:
        journal.replace_rows(db, spec, [(fid, before, after)], by=by, import_id=None)
        journal.grow_extent(db, layer_id, box)
        journal.mark_changed(db, layer_id)


def no_feature(layer_id: str, ids: Sequence[str]) -> NotFoundError:
    """Say which features a layer does not have."""
    label = spec_of(layer_id).label.zh
    some = joined(ids[:10])
    return NotFoundError(
        Text(f"图层“{label}”没有编号为 {some.zh} 的要素。", f"Layer {layer_id} has no feature {some.en}."),
        Text("用 fangyu export 查看现有编号。", "See the ids with fangyu export."),
    )
