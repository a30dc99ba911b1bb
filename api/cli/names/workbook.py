"""One sheet of results as a workbook in which nothing is a formula."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from api.cli.output import wrote
from layers.cells import harmless

_REPLACED = "\ufffd"


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
