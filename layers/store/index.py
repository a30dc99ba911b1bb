"""The R-tree of a layer, kept up in bulk: packed anew when many of its rows come or go."""

import sqlite3
from typing import Any

import numpy as np
import numpy.typing as npt

from layers.store.packing import pack

_PACK_FROM = 4
"""Packed anew unless the index holds more than this many times the rows in question."""
_FEW = 1_000
"""Never packed anew for fewer rows than this."""


def add(
    db: sqlite3.Connection, layer_id: str, fids: npt.NDArray[np.int64], boxes: npt.NDArray[np.float64]
) -> None:
    """Put boxes (west, east, south, north; shape (n, 4)) of new rows into the R-tree."""
    stored = _stored(db, layer_id, len(fids))
    if stored is None:
        db.executemany(
            f'INSERT INTO "{_name(layer_id)}" VALUES (?, ?, ?, ?, ?)',
            ((fid, *box) for fid, box in zip(fids.tolist(), boxes.tolist(), strict=True)),
        )
        return
    numbers = np.concatenate((stored[:, 0].astype(np.int64), fids))
    pack(db, _name(layer_id), numbers, np.concatenate((stored[:, 1:], boxes)))


def drop(db: sqlite3.Connection, layer_id: str, fids: npt.NDArray[np.int64]) -> None:
    """Take rows out of the R-tree."""
    stored = _stored(db, layer_id, len(fids))
    if stored is None:
        db.executemany(f'DELETE FROM "{_name(layer_id)}" WHERE id = ?', ((fid,) for fid in fids.tolist()))
        return
    kept = stored[~np.isin(stored[:, 0].astype(np.int64), fids)]
    pack(db, _name(layer_id), kept[:, 0].astype(np.int64), kept[:, 1:])


def _stored(db: sqlite3.Connection, layer_id: str, count: int) -> npt.NDArray[Any] | None:
    """Read the whole index when ``count`` rows are worth packing it anew, else None."""
    size = db.execute(f'SELECT count(*) FROM "{_name(layer_id)}_rowid"').fetchone()[0]
    if count < _FEW or size > _PACK_FROM * count:
        return None
    cells = db.execute(f'SELECT id, minx, maxx, miny, maxy FROM "{_name(layer_id)}"').fetchall()
    return np.array(cells, dtype=np.float64).reshape(-1, 5)


def _name(layer_id: str) -> str:
    return f"rtree_{layer_id}_geom"
