"""What an import did: counts, how the file was understood, and what was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from layers.text import Text

Dropped = Literal["row", "cell"]


@dataclass(frozen=True, slots=True)
class Reject:
    """One row, or one cell of a row, that was not taken.

    Attributes
    ----------
    row
        Number in the source file as a person sees it: spreadsheet row, or feature counted from 1.
    column, value
        Heading and cell as written; empty when the whole row is meant.
    dropped
        ``row``: nothing of it went in. ``cell``: the row went in without this value, which is kept in ``attributes``.
    """

    row: int
    column: str
    value: str
    reason: Text
    dropped: Dropped

    def as_json(self) -> dict[str, Any]:
        """Return the reject as JSON values, the reason in both languages."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason._asdict(),
            "dropped": self.dropped,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """The outcome of one import into one layer.

    Attributes
    ----------
    rejects, reject_count
        The first rejects, and how many there are in all; every one is in ``reject_file``.
    rows_unchanged
        Rows that equal what the layer holds already.
    cells_rejected
        Cells not taken, apart from the rows not taken.
    columns, unknown_columns
        Field to heading; headings kept as JSON in ``attributes``.
    import_id, reject_file
        None after a dry run, or when nothing was taken or rejected.
    """

    layer_id: str
    file_name: str
    rows_read: int
    rows_imported: int
    rows_updated: int = 0
    rows_unchanged: int = 0
    cells_rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    reject_count: int = 0
    notes: tuple[Text, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    encoding: str = ""
    crs_declared: str = ""
    crs_used: str = ""
    transform_accuracy_m: float | None = None
    import_id: int | None = None
    dry_run: bool = False
    reject_file: Path | None = None

    @property
    def rows_rejected(self) -> int:
        """Rows of which nothing went in; with those added, updated and unchanged they make all the rows read."""
        return self.rows_read - self.rows_imported - self.rows_updated - self.rows_unchanged

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values; the reject file by its name only."""
        return {
            "layer": self.layer_id,
            "file": self.file_name,
            "rows_read": self.rows_read,
            "rows_imported": self.rows_imported,
            "rows_updated": self.rows_updated,
            "rows_unchanged": self.rows_unchanged,
            "rows_rejected": self.rows_rejected,
            "cells_rejected": self.cells_rejected,
            "rejects": [one.as_json() for one in self.rejects],
            "reject_count": self.reject_count,
            "notes": [one._asdict() for one in self.notes],
            "columns": dict(self.columns),
            "unknown_columns": list(self.unknown_columns),
            "encoding": self.encoding,
            "crs_declared": self.crs_declared,
            "crs_used": self.crs_used,
            "transform_accuracy_m": self.transform_accuracy_m,
            "import_id": self.import_id,
            "dry_run": self.dry_run,
            "reject_file": self.reject_file.name if self.reject_file else None,
        }
