"""A workbook as .xlsx that prints on A4 and in which no cell is a formula."""

import io
from collections.abc import Sequence
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from layers.cells import harmless
from layers.text import Text
from web.documents.issue import SYNTHETIC, Issue
from web.documents.packing import lasting
from web.documents.wording import both, day_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 32_767
_LONGEST_TITLE = 31
_A4 = 9
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_DAY_FORMAT = "yyyy-mm-dd"


class Book:
    """One workbook being written; ``content`` ends it.

    One that goes ``outward`` says how it was made in its properties only; a sheet of the office prints it.
    """

    def __init__(self, issue: Issue, *, outward: bool = False) -> None:
        self.issue = issue
        self._outward = outward
        self._made = Workbook()
        self._made.remove(self._made.worksheets[0])
        self._looks: dict[tuple[bool, bool], Any] = {}

    def sheet(
        self,
        title: Text,
        heads: Sequence[Text],
        rows: Sequence[Sequence[Any]],
        *,
        widths: Sequence[float],
        tab: Text | None = None,
    ) -> None:
        """Add a sheet: title, office and day above, the table below it, how it was made under it.

        The head repeats on every printed page; without rows the table says 无. ``widths`` are in characters;
        ``tab`` is the name of the sheet where the title is too long for one.
        """
        lang = self.issue.lang
        sheet = self._made.create_sheet((tab or title).pick(lang)[:_LONGEST_TITLE])
        head_row = self._top(sheet, title, len(heads))
        for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
            self._put(sheet, head_row, column, both(head, lang), bold=True)
            sheet.column_dimensions[get_column_letter(column)].width = width
        listed = rows or [["无", *[""] * (len(heads) - 1)]]
        for number, row in enumerate(listed, head_row + 1):
            for column, value in enumerate(row, 1):
                self._put(sheet, number, column, value)
        if not self._outward:
            foot = head_row + len(listed) + 2
            sheet.cell(foot, 1, _fitting(self.issue.made.pick(lang))).font = Font(name="仿宋", size=9)
        self._printing(sheet, head_row)

    def content(self) -> bytes:
        """Return the bytes of the workbook: the same for the same input."""
        self._made.properties.creator = self.issue.office.zh
        self._made.properties.lastModifiedBy = self.issue.office.zh
        self._made.properties.description = self.issue.made.pick(self.issue.lang)
        file = io.BytesIO()
        self._made.save(file)
        return lasting(file.getvalue(), on=self.issue.on)

    def _top(self, sheet: "Worksheet", title: Text, columns: int) -> int:
        """Write what stands above the table and return the row of its head."""
        lang = self.issue.lang
        lines = [(both(title, lang), Font(name="黑体", size=16))]
        lines.append(
            (
                f"{both(self.issue.office, lang)}　{day_text(self.issue.on).pick(lang)}",
                Font(name="仿宋", size=11),
            )
        )
        if self.issue.synthetic:
            lines.append((both(SYNTHETIC, lang), Font(name="黑体", size=11)))
        for number, (text, font) in enumerate(lines, 1):
            cell = sheet.cell(number, 1, _fitting(text))
            cell.font, cell.data_type = font, "s"
            cell.alignment = Alignment(horizontal="center")
            sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=columns)
        return len(lines) + 1

    def _put(self, sheet: "Worksheet", row: int, column: int, value: Any, *, bold: bool = False) -> None:  # noqa: ANN401
        written = "\n".join(map(str, value)) if isinstance(value, list) else value
        cell = sheet.cell(row, column, _fitting(written))
        if isinstance(cell.value, str):
            cell.data_type = "s"
        dated = isinstance(written, date)
        look = self._looks.get((bold, dated))
        if look is not None:
            cell._style = copy(look)  # noqa: SLF001 - a style made once, not 40,000 times
            return
        cell.number_format = _DAY_FORMAT if dated else "General"
        cell.font = Font(name="黑体" if bold else "仿宋", size=10.5)
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if bold else None)
        cell.border = _GRID
        self._looks[bold, dated] = copy(cell._style)  # noqa: SLF001

    def _printing(self, sheet: "Worksheet", head_row: int) -> None:
        sheet.freeze_panes = f"A{head_row + 1}"
        sheet.print_title_rows = f"{head_row}:{head_row}"
        sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        if sheet.oddFooter is not None:
            sheet.oddFooter.center.text = "— &P —"


def _fitting(value: Any) -> Any:  # noqa: ANN401 - a cell of any kind
    """Make a value fit a cell: no formula, no control characters, not longer than a cell holds."""
    if not isinstance(value, str):
        return value
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", value)[: _LONGEST - 1])
