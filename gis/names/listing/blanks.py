"""Rows without any content in the midst or at the end of a table: names that are missing, not rows to pass over."""

import csv
import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

_SUFFIXES = (".csv", ".txt", ".tsv")
_BOOKS = (".xlsx", ".xlsm")
_MARKS = ",\t;|，"
_MOST_IN_A_BOOK = 1000
"""Longer gaps between the rows of a sheet are its layout."""


def blank_rows(path: Path, encoding: str | None, known: Sequence[int]) -> list[int]:
    """Return the numbers of rows that hold nothing but delimiters, after the heading.

    Parameters
    ----------
    encoding
        Of a delimited text; None for other files.
    known
        Numbers of the rows with content, ascending; rows of a workbook count only between them.
    """
    name = path.name.casefold()
    if name.endswith(_BOOKS):
        gaps = [(one, after) for one, after in pairwise(known) if after - one <= _MOST_IN_A_BOOK]
        return [row for one, after in gaps for row in range(one + 1, after)]
    if not name.endswith(_SUFFIXES) or encoding is None or not known:
        return []
    text = path.read_bytes().decode(encoding, errors="replace").removeprefix("\ufeff")
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text)))
    heading = max(
        (at for at, row in enumerate(records[: known[0] - 1], start=1) if _is_filled(row)), default=0
    )
    return [
        at for at, row in enumerate(records, start=1) if at > heading and len(row) > 1 and not _is_filled(row)
    ]


def _is_filled(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row)


def _mark(text: str) -> str:
    """Return the delimiter of the blank rows: the mark most lines consist of, else the comma."""
    lines = [line.strip(" \r") for line in text.split("\n")]
    blank = [line for line in lines if line and not line.strip(_MARKS)]
    return max(_MARKS, key=lambda mark: sum(line.count(mark) for line in blank)) if blank else ","
