"""What every reader gives: a described source, and its rows in batches of bounded size."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from layers.text import Text

ROWS_PER_BATCH = 20_000
"""Rows held in memory at a time, whatever the size of the file."""

ObjectArray = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell the reader itself could not take: what to show of it, and why."""

    shown: str
    reason: Text

    def __str__(self) -> str:
        """Return what is shown of the cell."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user said about the file, and how headings are recognised.

    Attributes
    ----------
    likely_layer
        Read from a file of several layers when it is there and the user named none.
    knows
        Tells whether a heading is one the layer understands; used to find the heading row of office tables that
        begin with a title.
    """

    encoding: str | None = None
    sheet: str | None = None
    source_layer: str | None = None
    likely_layer: str = ""
    knows: Callable[[str], bool] = field(default=lambda _heading: False)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file.

    Attributes
    ----------
    rows
        Row numbers as a person sees them: spreadsheet rows (the heading is usually row 1), or features from 1.
    table
        Raw values under the file's own headings, dtype object.
    geometry
        Shapely geometries or None in the file's own system; None as a whole when the file has no geometry.
    ragged
        Positions whose row had more cells than there are headings, with those extra cells.
    """

    rows: npt.NDArray[np.int64]
    table: pd.DataFrame
    geometry: ObjectArray | None = None
    ragged: dict[int, list[str]] = field(default_factory=dict)

    def original(self, position: int) -> dict[str, Any]:
        """Give one row as it stood in the file, geometry as WKT."""
        row: dict[str, Any] = dict(zip(self.table.columns, self.table.iloc[position], strict=True))
        if self.geometry is not None and self.geometry[position] is not None:
            row["geometry"] = self.geometry[position].wkt
        if position in self.ragged:
            row["+"] = self.ragged[position]
        return row


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file.

    Attributes
    ----------
    headings
        Column headings in file order.
    has_geometry
        Whether batches carry geometry of their own.
    crs
        What the file itself says of its system (``EPSG:4326``, WKT), or None.
    encoding
        The encoding found or given, ``""`` where the format fixes it.
    total
        Number of rows when known beforehand.
    """

    kind: str
    headings: tuple[str, ...]
    batches: Callable[[], Iterator[Batch]]
    has_geometry: bool = False
    crs: str | None = None
    encoding: str = ""
    total: int | None = None
    notes: tuple[Text, ...] = ()


def batch_of_rows(
    numbers: Sequence[int],
    rows: Sequence[Sequence[Any]],
    headings: tuple[str, ...],
    ragged: dict[int, list[str]],
) -> Batch:
    """Make a batch without geometry from rows that are all as wide as the headings."""
    columns = zip(*rows, strict=True)
    table = pd.DataFrame(
        {name: pd.Series(list(cells), dtype="object") for name, cells in zip(headings, columns, strict=True)}
    )
    return Batch(np.array(numbers, dtype=np.int64), table, None, ragged)
