"""CSV and its relatives (.tsv, .txt, .gz, .xz): streamed, any size in bounded memory."""

import contextlib
import csv
import gzip
import lzma
import re
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import IO, cast

from layers.errors import FileFormatError
from layers.reading.encoding import detect_encoding
from layers.reading.headings import find_headings, heading_row
from layers.reading.source import ROWS_PER_BATCH, BadCell, Batch, Source, Wish, batch_of_rows
from layers.text import Text

_PIECE = 1 << 20
_LONGEST_CELL = 1 << 26
"""What is held of one cell while it is read; beyond it the file is refused."""
MAX_CELL_CHARACTERS = 100_000
"""A longer cell is refused; geometry written as text may be longer."""
_SHOWN_CHARACTERS = 200
_WRITTEN_GEOMETRY = re.compile(
    r"\s*(SRID=\d+;)?\s*(MULTI)?(POLYGON|LINESTRING|POINT|GEOMETRYCOLLECTION)", re.IGNORECASE
)
_MAX_EXPANDED_BYTES = 8_000_000_000
_DELIMITERS = ",\t;|，"
_TOP_ROWS = 10
_COMPRESSED = (".gz", ".xz")


@contextlib.contextmanager
def open_delimited(path: Path, wish: Wish) -> Iterator[Source]:
    """Open a delimited text file.

    Raises
    ------
    EncodingError, FileFormatError
        The encoding is unknown; the file is empty, has a heading only, or breaks off inside a quotation.
    """
    encoding = detect_encoding(_pieces(path), wish.encoding)
    notes: list[Text] = []
    with _text(path, encoding) as file:
        top = [line for _, line in zip(range(_TOP_ROWS), file, strict=False)]
    if not any(line.strip() for line in top):
        raise empty_file(path)
    csv.field_size_limit(_LONGEST_CELL)
    delimiter, rows = _best_delimiter(path, top, wish.knows)
    if delimiter != ",":
        notes.append(Text(f"分隔符是“{_spoken(delimiter)}”。", f"The delimiter is {_spoken(delimiter)!r}."))
    found = find_headings(rows, wish.knows)
    yield Source(
        kind="csv",
        headings=found.names,
        batches=lambda: _batches(path, encoding, delimiter, found.last, found.names),
        encoding=encoding,
        notes=(*notes, *found.notes),
    )


def _best_delimiter(
    path: Path, top: Sequence[str], understood: Callable[[str], bool]
) -> tuple[str, list[list[str]]]:
    """Choose the delimiter that gives most headings the layer knows, then rows of equal width, then most columns.

    Cells do not count: a list inside a cell (``甲村;乙村``) may hold more marks than the headings have.
    """
    readings = {mark: rows for mark in _DELIMITERS if (rows := _read_top(top, mark))}
    if not readings:
        raise _unpaired(path, 1, f"field larger than {_LONGEST_CELL}")

    def fitness(mark: str) -> tuple[int, float, int]:
        rows = [row for row in readings[mark] if any(cell.strip() for cell in row)]
        headings = rows[heading_row(rows, understood)]
        known = sum(1 for cell in headings if cell.strip() and understood(cell))
        alike = sum(1 for row in rows if len(row) == len(headings)) / len(rows)
        return known, alike if len(headings) > 1 else 0.0, len(headings)

    best = max(readings, key=fitness)
    return best, readings[best]


def _read_top(top: Sequence[str], delimiter: str) -> list[list[str]]:
    """Read the top rows with one delimiter; nothing when a cell would be far too long."""
    try:
        return list(csv.reader(top, delimiter=delimiter))
    except csv.Error:
        return []


def empty_file(path: Path) -> FileFormatError:
    """Make the error for a file without content."""
    return FileFormatError(
        Text(f"{path.name} 是空文件。", f"{path.name} is empty."),
        Text("请检查导出是否完成。", "Check whether the export had finished."),
    )


def heading_only(path: Path) -> FileFormatError:
    """Make the error for a table without rows."""
    return FileFormatError(
        Text(f"{path.name} 只有表头，没有数据行。", f"{path.name} has headings but no rows."),
        Text("请检查是否选对了文件或工作表。", "Check whether it is the right file or sheet."),
    )


def _spoken(delimiter: str) -> str:
    return "Tab" if delimiter == "\t" else delimiter


def _open(path: Path) -> IO[bytes]:
    if path.suffix.casefold() == ".gz":
        return cast("IO[bytes]", gzip.GzipFile(path, "rb"))
    if path.suffix.casefold() == ".xz":
        return lzma.LZMAFile(path, "rb")
    return path.open("rb")


def _pieces(path: Path) -> Iterator[bytes]:
    done, compressed = 0, path.suffix.casefold() in _COMPRESSED
    try:
        with _open(path) as file:
            while piece := file.read(_PIECE):
                done += len(piece)
                if compressed and done > _MAX_EXPANDED_BYTES:
                    raise FileFormatError(
                        Text(
                            f"不打开 {path.name}：解压后超过 {_MAX_EXPANDED_BYTES / 1e9:.0f} GB。",
                            f"{path.name} was not opened: it expands to over {_MAX_EXPANDED_BYTES / 1e9:.0f} GB.",
                        ),
                        Text("请先自行解压并拆分。", "Unpack and split it first."),
                    )
                yield piece
    except (EOFError, lzma.LZMAError, gzip.BadGzipFile) as error:
        raise FileFormatError(
            Text(f"{path.name} 解压失败：{error}。", f"{path.name} cannot be unpacked: {error}."),
            Text("请重新压缩或重新下载。", "Pack or download it again."),
        ) from error


def _text(path: Path, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(_open(path), encoding=encoding, errors="strict", newline="")


def _batches(
    path: Path, encoding: str, delimiter: str, start: int, headings: tuple[str, ...]
) -> Iterator[Batch]:
    numbers: list[int] = []
    rows: list[list[str | BadCell]] = []
    ragged: dict[int, list[str]] = {}
    width, any_rows = len(headings), False
    with _text(path, encoding) as file:
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for number, row in enumerate(reader, start=1):
                if number <= start + 1 or not any(cell.strip() for cell in row):
                    continue
                if len(row) != width:
                    if any(cell.strip() for cell in row[width:]):
                        ragged[len(rows)] = row[width:]
                    row = (row + [""] * width)[:width]  # noqa: PLW2901 - made as wide as the headings
                numbers.append(number)
                rows.append(_bounded(row))
                if len(rows) == ROWS_PER_BATCH:
                    yield batch_of_rows(numbers, rows, headings, ragged)
                    numbers, rows, ragged, any_rows = [], [], {}, True
        except csv.Error as error:
            raise _unpaired(path, reader.line_num, error) from error
    if rows:
        yield batch_of_rows(numbers, rows, headings, ragged)
    elif not any_rows:
        raise heading_only(path)


def _unpaired(path: Path, line: int, error: object) -> FileFormatError:
    return FileFormatError(
        Text(
            f"{path.name} 第 {line} 行附近读不下去：{error}（引号可能没有配对）。",
            f"{path.name} cannot be read near line {line}: {error} (an unpaired quotation mark?).",
        ),
        Text("请改正该处后重新导入。", "Mend that place and import again."),
    )


def _bounded(row: list[str]) -> list[str | BadCell]:
    """Replace cells that are too long by what can be shown of them."""
    if max(map(len, row)) <= MAX_CELL_CHARACTERS:
        return cast("list[str | BadCell]", row)
    return [
        cell if len(cell) <= MAX_CELL_CHARACTERS or _WRITTEN_GEOMETRY.match(cell) else _too_long(cell)
        for cell in row
    ]


def _too_long(cell: str) -> BadCell:
    zh = "；引号可能没有配对" if "\n" in cell else ""
    en = "; a quotation mark may be unpaired" if "\n" in cell else ""
    return BadCell(
        cell[:_SHOWN_CHARACTERS] + "…",
        Text(
            f"单元格过长（{len(cell)} 字符，上限 {MAX_CELL_CHARACTERS}{zh}）。",
            f"The cell is too long ({len(cell)} characters, at most {MAX_CELL_CHARACTERS}{en}).",
        ),
    )
