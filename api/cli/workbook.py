"""Results as sheets of a workbook, and results that are lines and one table in every form there is."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from api.cli.language import said
from api.cli.output import give_csv, give_json, give_table, remark, wrote
from layers.cells import harmless
from layers.errors import InputError
from layers.text import Text

Rows = Iterable[Sequence[Any]]
Sheets = Sequence[tuple[str, Rows]]


def write_sheets(sheets: Sheets, output: Path | None) -> None:
    """Write sheets, each a name and its rows, into a workbook; no cell starts a formula.

    Raises
    ------
    InputError
        When there is no file to write it to.
    """
    if output is None:
        raise InputError(
            Text("xlsx 要写进文件。", "A workbook needs a file."),
            Text("请加 -o 报告.xlsx。", "Add -o report.xlsx."),
        )
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([harmless(cell) for cell in row])
    book.save(output)
    wrote(output)


def give_listed(
    result: object,
    form: StrEnum,
    output: Path | None,
    *,
    lines: Sequence[str],
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    sheets: Sheets | None = None,
) -> None:
    """Give a result that is a few lines and one table: as JSON, CSV, a workbook, or on screen.

    Parameters
    ----------
    result
        The whole as JSON values.
    form
        ``json``, ``csv`` (the lines are remarks then), ``xlsx`` or anything else for the screen.
    sheets
        Sheets of the workbook; without them the lines and the table.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    if form.value == "json":
        give_json(result, output)
    elif form.value == "xlsx":
        write_sheets(sheets or _two_sheets(lines, [header, *rows]), output)
    elif form.value == "csv":
        give_csv(header, rows, output)
        for line in lines:
            remark(line)
    else:
        give_table(
            header, [[_shown(cell) for cell in row] for row in rows], title="\n".join(lines), output=output
        )


def _two_sheets(lines: Sequence[str], table: Rows) -> Sheets:
    return [(said("说明", "About"), [[one] for one in lines]), (said("结果", "Result"), table)]


def _shown(cell: Any) -> Any:  # noqa: ANN401 - whatever stands in a table
    """Print a number for the screen: whole ones without a fraction, large ones with thousands apart."""
    if not isinstance(cell, float):
        return cell
    if cell.is_integer():
        return f"{cell + 0.0:,.0f}"
    return f"{cell:,.2f}" if abs(cell) >= _LARGE else cell


_LARGE = 1000.0
