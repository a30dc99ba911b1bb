"""Excel workbooks (.xlsx, .xlsm): one sheet, row by row."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from layers.errors import FileFormatError
from layers.reading.archive import check_archive
from layers.reading.delimited import empty_file, heading_only
from layers.reading.headings import heading_row, tidy_headings
from layers.reading.source import ROWS_PER_BATCH, Batch, Source, Wish, batch_of_rows
from layers.text import Text

_TOP_ROWS = 10


@contextlib.contextmanager
def open_workbook(path: Path, wish: Wish) -> Iterator[Source]:
    """Open one sheet of a workbook: the one wished for, else the first that is not blank.

    Raises
    ------
    FileFormatError
        When the file is no sound workbook, the sheet does not exist, or nothing is in it.
    """
    check_archive(path).close()
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise FileFormatError(
            Text(
                f"{path.name} 不是完好的 Excel 工作簿：{error}。",
                f"{path.name} is not a sound workbook: {error}.",
            ),
            Text("请用 Excel 或 WPS 另存为 .xlsx。", "Save it again as .xlsx."),
        ) from error
    try:
        name, notes = _choose(book, wish.sheet, path)
        top = [list(row) for row in book[name].iter_rows(max_row=_TOP_ROWS, values_only=True)]
        start = heading_row([["" if cell is None else str(cell) for cell in row] for row in top], wish.knows)
        if start:
            notes.append(Text(f"表头在第 {start + 1} 行。", f"The headings are in row {start + 1}."))
        headings = tidy_headings(["" if cell is None else str(cell) for cell in top[start]])
        yield Source(
            kind="xlsx",
            headings=headings,
            batches=lambda: _batches(book[name], start, headings, path),
            notes=tuple(notes),
        )
    finally:
        book.close()


def _choose(book: Any, wanted: str | None, path: Path) -> tuple[str, list[Text]]:  # noqa: ANN401 - openpyxl is untyped here
    names = [sheet.title for sheet in book.worksheets]
    if wanted is not None:
        if wanted not in names:
            raise FileFormatError(
                Text(f"{path.name} 里没有工作表“{wanted}”。", f"{path.name} has no sheet {wanted!r}."),
                Text(f"现有工作表：{'、'.join(names)}。", f"Its sheets: {', '.join(names)}."),
            )
        return wanted, []
    filled = [name for name in names if _has_values(book[name])]
    if not filled:
        raise empty_file(path)
    notes = []
    if len(filled) > 1:
        others = filled[1:]
        notes.append(
            Text(
                f"读取工作表“{filled[0]}”；另有“{'、'.join(others)}”未读，可用 --sheet 指定。",
                f"Sheet {filled[0]!r} was read; not read: {', '.join(others)} (name one with --sheet).",
            )
        )
    return filled[0], notes


def _has_values(sheet: Any) -> bool:  # noqa: ANN401 - openpyxl is untyped here
    sheet.reset_dimensions()
    return any(
        cell is not None for row in sheet.iter_rows(max_row=_TOP_ROWS, values_only=True) for cell in row
    )


def _batches(sheet: Any, start: int, headings: tuple[str, ...], path: Path) -> Iterator[Batch]:  # noqa: ANN401
    numbers: list[int] = []
    rows: list[list[Any]] = []
    ragged: dict[int, list[str]] = {}
    width, any_rows = len(headings), False
    for number, given in enumerate(sheet.iter_rows(values_only=True), start=1):
        row = list(given)
        if number <= start + 1 or all(cell is None or str(cell).strip() == "" for cell in row):
            continue
        extra = [str(cell) for cell in row[width:] if cell is not None]
        if extra:
            ragged[len(rows)] = extra
        numbers.append(number)
        rows.append((row + [None] * width)[:width])
        if len(rows) == ROWS_PER_BATCH:
            yield batch_of_rows(numbers, rows, headings, ragged)
            numbers, rows, ragged, any_rows = [], [], {}, True
    if rows:
        yield batch_of_rows(numbers, rows, headings, ragged)
    elif not any_rows:
        raise heading_only(path)
