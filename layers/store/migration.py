"""Bringing an older workspace file up to date: our own tables by version, layer tables by their specification.

Everything happens in one transaction of the caller; a file is never left between two versions.
"""

import sqlite3
from collections.abc import Callable, Mapping

from layers.model import LayerSpec
from layers.specs import SPECS
from layers.store import schema


def _add_cases(db: sqlite3.Connection) -> None:
    for statement in schema.CASE_TABLES.split(";"):
        if statement.strip():
            db.execute(statement)


def _number_cases(db: sqlite3.Connection) -> None:
    if not _has_numbers(db):
        db.execute("ALTER TABLE fangyu_cases ADD COLUMN number TEXT")
    for statement in schema.CASE_NUMBERS:
        db.execute(statement)


def _has_numbers(db: sqlite3.Connection) -> bool:
    return any(row[1] == "number" for row in db.execute("PRAGMA table_info(fangyu_cases)"))


_STEPS: Mapping[int, Callable[[sqlite3.Connection], None]] = {1: _add_cases}
"""What leads from each version to the next."""


def can_upgrade(version: int) -> bool:
    """Tell whether a file of this older version can be brought up to date."""
    return all(one in _STEPS for one in range(version, schema.SCHEMA_VERSION))


def is_behind(db: sqlite3.Connection) -> bool:
    """Tell whether the file is of an older version, or the table of a layer or of cases lacks a column."""
    older = _version(db) < schema.SCHEMA_VERSION or not _has_numbers(db)
    return older or any(_missing(db, spec) for spec in _specs(db))


def upgrade(db: sqlite3.Connection) -> None:
    """Bring the file up to date inside the caller's write transaction; rows and history stay as they are.

    A field a specification has gained becomes an empty column, and the triggers that watch other programs' edits
    learn of it. Layers this program does not know are left alone. Cases decided before they were numbered get their
    number with the next decision.
    """
    for version in range(_version(db), schema.SCHEMA_VERSION):
        _STEPS[version](db)
        db.execute("UPDATE fangyu_state SET schema_version = ?", (version + 1,))
    _number_cases(db)
    for spec in _specs(db):
        missing = _missing(db, spec)
        if missing:
            _add_columns(db, spec, missing)


def _add_columns(db: sqlite3.Connection, spec: LayerSpec, names: list[str]) -> None:
    for name in names:
        db.execute(f'ALTER TABLE "{spec.id}" ADD COLUMN {schema.column(spec, name)}')
    for trigger, statement in schema.watch_triggers(spec).items():
        db.execute(f'DROP TRIGGER IF EXISTS "{trigger}"')
        db.execute(statement)


def _specs(db: sqlite3.Connection) -> list[LayerSpec]:
    present = [row[0] for row in db.execute("SELECT layer_id FROM fangyu_layers")]
    return [SPECS[one] for one in present if one in SPECS]


def _missing(db: sqlite3.Connection, spec: LayerSpec) -> list[str]:
    there = {row[1] for row in db.execute(f'PRAGMA table_info("{spec.id}")')}
    return [name for name in spec.field_names if name not in there]


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT schema_version FROM fangyu_state").fetchone()[0])
