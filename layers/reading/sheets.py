"""Excel workbooks (.xlsx, .xlsm): one sheet, row by row."""

import contextlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl

from layers.errors import FileFormatError
from layers.reading.archive import check_archive
from layers.reading.delimited import empty_file, heading_only
from layers.reading.headings import find_headings
from layers.reading.source import ROWS_PER_BATCH, BadCell, Batch, Source, Wish, batch_of_rows
from layers.text import Text

_TOP_ROWS = 10
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
"""How files of Excel 97-2003 begin, and workbooks with a password."""
_PIECE = 1 << 20
_RESAVE = Text("请用 Excel 或 WPS 另存为 .xlsx。", "Save it as .xlsx.")
NO_RESULT = Text(
    "公式没有保存结果，请用 Excel 打开后保存。",
    "The formula has no saved result; open the file in Excel and save it.",
)


@contextlib.contextmanager
def open_workbook(path: Path, wish: Wish) -> Iterator[Source]:
    """Open one sheet of a workbook: the one wished for, else the first that is not blank.

    Raises
    ------
    FileFormatError
        When the file is no sound workbook, the sheet does not exist, or nothing is in it.
    """
    _check_workbook(path)
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
        found = find_headings(
            [["" if cell is None else str(cell) for cell in row] for row in top], wish.knows
        )
        yield Source(
            kind="xlsx",
            headings=found.names,
            batches=lambda: _batches(_rows(book[name], path), found.last, found.names, path),
            notes=(*notes, *found.notes),
        )
    finally:
        book.close()


def _check_workbook(path: Path) -> None:
    with path.open("rb") as file:
        old = file.read(len(_OLE2)) == _OLE2
    if old:
        raise FileFormatError(
            Text(
                f"{path.name} 其实是旧版 .xls 工作簿（或带密码的工作簿），只是后缀写成了 {path.suffix}。",
                f"{path.name} is an old .xls workbook (or one with a password) under the suffix {path.suffix}.",
            ),
            _RESAVE,
        )
    if not zipfile.is_zipfile(path):
        raise FileFormatError(
            Text(f"{path.name} 不是完好的 Excel 工作簿。", f"{path.name} is not a sound workbook."), _RESAVE
        )
    try:
        check_archive(path).close()
    except FileFormatError as error:
        raise FileFormatError(
            error.message,
            Text(
                "这个工作簿不像办公软件存的；请用 Excel 或 WPS 打开核对，只留需要的工作表，另存为 .xlsx。",
                "No office program saves a workbook like this; open it in Excel or WPS, keep the sheet you need and "
                "save it as .xlsx.",
            ),
        ) from error


def _rows(sheet: Any, path: Path) -> Iterator[list[Any]]:  # noqa: ANN401 - openpyxl is untyped here
    """Give the rows of a sheet; a formula without a saved result is a bad cell, not a blank one."""
    if not _has_formulas(path):
        yield from (list(row) for row in sheet.iter_rows(values_only=True))
        return
    book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    try:
        twin = book[sheet.title]
        twin.reset_dimensions()
        for cells, said in zip(sheet.iter_rows(), twin.iter_rows(), strict=False):
            row = [cell.value for cell in cells]
            for at, (cell, formula) in enumerate(zip(cells, said, strict=False)):
                if row[at] is None and formula.data_type == "f" and cell.data_type == "n":
                    row[at] = BadCell(_written(formula.value), NO_RESULT)
            yield row
    finally:
        book.close()


def _written(formula: Any) -> str:  # noqa: ANN401 - a text, or an array formula
    return str(getattr(formula, "text", formula))


def _has_formulas(path: Path) -> bool:
    """Look for a formula in any sheet, piece by piece."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            tail = b""
            with archive.open(name) as file:
                while piece := file.read(_PIECE):
                    if b"<f>" in tail + piece or b"<f " in tail + piece:
                        return True
                    tail = piece[-2:]
    return False


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


def _batches(
    given: Iterator[list[Any]], start: int, headings: tuple[str, ...], path: Path
) -> Iterator[Batch]:
    numbers: list[int] = []
    rows: list[list[Any]] = []
    ragged: dict[int, list[str]] = {}
    width, any_rows = len(headings), False
    for number, row in enumerate(given, start=1):
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
