"""Review cases in a GeoPackage: rows, steps, and decisions that are kept whole or not at all."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from layers.errors import ConflictError
from layers.specs import spec_of
from layers.store.case_protocol import CaseChange, CaseRow, CaseStep, FeatureEdit
from layers.store.connections import Connections, explained
from layers.store.features import edit_feature, present, row_of
from layers.text import Text

_COLUMNS = (
    "case_id, layer_id, feature_id, name, new_name, state, category, reason, version, opened_on, "
    "dates, dismissed, seen, number"
)
_WHOLE = f"{_COLUMNS}, findings"
_STEP_COLUMNS = "case_id, seq, action, from_state, to_state, who, at, on_day, note, reason, said"
_ARRIVALS = (
    'SELECT t.id, min(i.at) FROM fangyu_additions AS a JOIN "{layer}" AS t ON t.fid BETWEEN a.first_fid AND a.last_fid '
    "JOIN fangyu_imports AS i USING (import_id) WHERE a.layer_id = ? GROUP BY t.fid"
)


class GeoPackageCases:
    """The cases in one ``.gpkg`` file; made by ``GeoPackageStore``, which also says what can go wrong."""

    def __init__(self, connections: Connections, path: Path) -> None:
        self._connections, self._path = connections, path

    def rows(self) -> tuple[CaseRow, ...]:
        """Give every case somebody has acted on, in the order of the first act, without its findings."""
        with self._connections.reading() as db:
            return tuple(
                _row(one) for one in db.execute(f"SELECT {_COLUMNS} FROM fangyu_cases ORDER BY rowid")
            )

    def row(self, case_id: str) -> CaseRow | None:
        """Give one case whole; None when nobody has acted on it."""
        with self._connections.reading() as db:
            found = db.execute(f"SELECT {_WHOLE} FROM fangyu_cases WHERE case_id = ?", (case_id,)).fetchone()
        return None if found is None else _row(found)

    def steps(self, case_id: str) -> tuple[CaseStep, ...]:
        """List the steps of a case, oldest first; none when nobody has acted on it."""
        with self._connections.reading() as db:
            found = db.execute(
                f"SELECT {_STEP_COLUMNS} FROM fangyu_case_steps WHERE case_id = ? ORDER BY seq", (case_id,)
            ).fetchall()
        return tuple(_step(one) for one in found)

    def revision(self) -> int:
        """Give a number that moves with every step of any case."""
        with self._connections.reading() as db:
            return int(db.execute("SELECT coalesce(max(step_id), 0) FROM fangyu_case_steps").fetchone()[0])

    def arrivals(self, layer_id: str) -> Mapping[str, date]:
        """Give the day on which each feature of a layer was imported, by feature id."""
        with self._connections.reading() as db:
            if not present(db, spec_of(layer_id).id):
                return {}
            found = db.execute(_ARRIVALS.format(layer=layer_id), (layer_id,)).fetchall()
        days = {at: datetime.fromisoformat(at).astimezone().date() for at in {at for _, at in found}}
        return {feature_id: days[at] for feature_id, at in found}

    def record(self, changes: Sequence[CaseChange]) -> tuple[bool, ...]:
        """Keep decisions in one transaction; False for each whose case has moved on since it was looked at.

        Raises
        ------
        NotFoundError, InputError
            When the edit of a change cannot be made; nothing is kept then.
        ConflictError
            When a feature to be edited no longer is as the decider saw it; nothing is kept then.
        """
        with self._connections.writing() as db, explained(self._path):
            return tuple(_keep(db, one) for one in changes)


def _keep(db: sqlite3.Connection, change: CaseChange) -> bool:
    case_id = change.row.case_id
    found = db.execute("SELECT version FROM fangyu_cases WHERE case_id = ?", (case_id,)).fetchone()
    if (found[0] if found else 0) != change.expected_version:
        return False
    _put_row(db, _numbered(db, change))
    db.executemany(
        f"INSERT INTO fangyu_case_steps ({_STEP_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        [_step_values(case_id, step) for step in change.steps],
    )
    for edit in change.edits:
        _refuse_moved(db, edit)
        edit_feature(db, edit.layer_id, edit.feature_id, edit.values, edit.by)
    return True


def _numbered(db: sqlite3.Connection, change: CaseChange) -> CaseRow:
    """Give the row the next number of its series, unless it has one."""
    if change.row.number is not None or not change.series:
        return change.row
    (last,) = db.execute(
        "INSERT INTO fangyu_case_series VALUES (?, 1) "
        "ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last",
        (change.series,),
    ).fetchone()
    return replace(change.row, number=f"{change.series}{last:03d}")


def _put_row(db: sqlite3.Connection, row: CaseRow) -> None:
    values = (
        row.case_id,
        row.layer_id,
        row.feature_id,
        row.name,
        row.new_name,
        row.state,
        row.category,
        row.reason,
        row.version,
        row.opened_on.isoformat(),
        _json({state: day.isoformat() for state, day in row.dates.items()}),
        _json(list(row.dismissed)),
        _json([list(one) for one in row.seen]),
        row.number,
        _json([dict(one) for one in row.findings]),
    )
    names = [name.strip() for name in _WHOLE.split(",")]
    updates = ", ".join(f"{name} = excluded.{name}" for name in names[3:])
    db.execute(
        f"INSERT INTO fangyu_cases ({_WHOLE}) VALUES ({','.join('?' * len(names))}) "
        f"ON CONFLICT (case_id) DO UPDATE SET {updates}",
        values,
    )


def _refuse_moved(db: sqlite3.Connection, edit: FeatureEdit) -> None:
    """Refuse to edit a feature that somebody edited since the decider looked at it."""
    spec = spec_of(edit.layer_id)
    _, row = row_of(db, edit.layer_id, edit.feature_id)
    for name, value in edit.was.items():
        now = row[1 + spec.field_names.index(name)]
        if now != value:
            raise ConflictError(
                Text(
                    f"{edit.feature_id} 的{spec.field(name).label.zh}已被改为“{now}”（您看到的是“{value}”）。",
                    f"{spec.field(name).label.en} of {edit.feature_id} is now {now!r} (you saw {value!r}).",
                ),
                Text("请刷新后再处理。", "Reload, then decide again."),
            )


def _row(found: tuple[Any, ...]) -> CaseRow:
    return CaseRow(
        case_id=found[0],
        layer_id=found[1],
        feature_id=found[2],
        name=found[3],
        new_name=found[4],
        state=found[5],
        category=found[6],
        reason=found[7],
        version=found[8],
        opened_on=date.fromisoformat(found[9]),
        dates={state: date.fromisoformat(day) for state, day in json.loads(found[10]).items()},
        dismissed=tuple(json.loads(found[11])),
        seen=tuple((category, severity) for category, severity in json.loads(found[12])),
        number=found[13],
        findings=tuple(json.loads(found[14])) if len(found) > len(_COLUMNS.split(",")) else (),
    )


def _step(found: tuple[Any, ...]) -> CaseStep:
    return CaseStep(
        seq=found[1],
        action=found[2],
        from_state=found[3],
        to_state=found[4],
        who=found[5],
        at=datetime.fromisoformat(found[6]),
        on=date.fromisoformat(found[7]),
        note=found[8],
        reason=found[9],
        values=json.loads(found[10]),
    )


def _step_values(case_id: str, step: CaseStep) -> tuple[object, ...]:
    return (
        case_id,
        step.seq,
        step.action,
        step.from_state,
        step.to_state,
        step.who,
        step.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        step.on.isoformat(),
        step.note,
        step.reason,
        _json(dict(step.values)),
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
