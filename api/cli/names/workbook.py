"""One sheet of results as a workbook in which nothing is a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from api.cli.options import ReportFormat
from api.cli.output import wrote
from layers.cells import harmless

_REPLACED = "\ufffd"


def need_file(form: ReportFormat, output: Path | None) -> None:
    """Refuse a workbook on the screen; raises InputError."""
    from layers.errors import InputError
    from layers.text import Text

    if form is ReportFormat.XLSX and output is None:
        raise InputError(
            Text("xlsx 要写进文件。", "A workbook needs a file."),
            Text("请加 -o 结果.xlsx。", "Add -o result.xlsx."),
        )


def write_workbook(title: str, rows: Iterable[Sequence[Any]], output: Path) -> None:
    """Write rows into one sheet; every text is a cell of type string, and control characters become U+FFFD."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"

    def cell(value: Any) -> Any:  # noqa: ANN401 - cells hold anything
        if not isinstance(value, str):
            return value
        made = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub(_REPLACED, harmless(value)))
        made.data_type = "s"
        return made

    for row in rows:
        sheet.append([cell(value) for value in row])
    book.save(output)
    wrote(output)
