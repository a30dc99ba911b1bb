"""An official paper as .docx: A4, 黑体 and 仿宋, page numbers, heads that repeat, rows that do not break."""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from layers.text import Text
from web.documents.issue import SYNTHETIC, Issue
from web.documents.packing import lasting
from web.documents.wording import both, day_text

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

TITLE_FONT, HEAD_FONT, TEXT_FONT, LATIN_FONT = "方正小标宋简体", "黑体", "仿宋", "Times New Roman"
"""What GB/T 9704 papers are set in; a machine without them sets its own of the kind."""
_A4_CM = (21.0, 29.7)
_MARGINS_CM = (3.0, 2.6, 2.5, 2.5)
"""Top, bottom, left, right."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
_LONGEST = 32_767
_LONGEST_COMMENT = 255


class Paper:
    """One paper being written; ``content`` ends it.

    One that goes ``outward`` says how it was made in its properties only; a sheet of the office prints it.
    """

    def __init__(
        self,
        issue: Issue,
        *,
        outward: bool = False,
        landscape: bool = False,
        tight: bool = False,
        size_pt: float = 12,
    ) -> None:
        self.issue = issue
        self._outward = outward
        self._size = size_pt
        self._made = Document()
        self._styles(size_pt)
        self._page(landscape=landscape, tight=tight)

    @property
    def width_cm(self) -> float:
        """The width between the margins."""
        section = self._made.sections[0]
        width = section.page_width, section.left_margin, section.right_margin
        return (width[0] - width[1] - width[2]) / Cm(1) if all(width) else _A4_CM[0]  # type: ignore[operator]

    def title(self, text: Text, *, new_page: bool = False) -> None:
        """Write the office and the title of a paper, centred, on a new page when asked."""
        first = self._line(both(self.issue.office, self.issue.lang), HEAD_FONT, 14, centred=True)
        first.paragraph_format.page_break_before = new_page
        self._line(both(text, self.issue.lang), TITLE_FONT, 20, centred=True, after_pt=6)

    def head(self, text: Text) -> None:
        """Write the head of a part."""
        self._line(both(text, self.issue.lang), HEAD_FONT, self._size, after_pt=2)

    def text(self, text: Text, *, indented: bool = True) -> None:
        """Write a paragraph; in an English document the English follows."""
        self._body(text.zh, indented=indented)
        if self.issue.lang == "en" and text.en != text.zh:
            self._body(text.en, indented=False)

    def small(self, text: str) -> None:
        """Write a line of small print."""
        self._line(text, TEXT_FONT, 9)

    def table(
        self,
        heads: Sequence[Text],
        rows: Sequence[Sequence[Any]],
        *,
        widths: Sequence[float],
        size_pt: float = 10.5,
    ) -> None:
        """Write a table whose head repeats on every page; ``widths`` are shares. Without rows it says 无."""
        shares = [self.width_cm * one / sum(widths) for one in widths]
        table = self._grid(1 + max(len(rows), 1), shares)
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            self._fill(cell, both(head, self.issue.lang), HEAD_FONT, size_pt, centred=True)
        _mark(table.rows[0], "w:tblHeader")
        listed = rows or [["无", *[""] * (len(heads) - 1)]]
        for row, values in zip(table.rows[1:], listed, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                self._fill(cell, value, TEXT_FONT, size_pt)

    def form(
        self, rows: Sequence[tuple[Text, Any]], *, label_share: float = 0.2, size_pt: float = 10.5
    ) -> None:
        """Write a form: label to the left, value to the right; a value of several lines keeps them."""
        label_cm = self.width_cm * label_share
        table = self._grid(len(rows), [label_cm, self.width_cm - label_cm])
        for row, (label, value) in zip(table.rows, rows, strict=True):
            self._fill(row.cells[0], both(label, self.issue.lang), HEAD_FONT, size_pt, centred=True)
            self._fill(row.cells[1], value, TEXT_FONT, size_pt)

    def picture(self, png: bytes, *, width_cm: float) -> None:
        """Set a picture in the middle of the line."""
        line = self._made.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(0)
        line.add_run().add_picture(io.BytesIO(png), width=Cm(width_cm))

    def signed(self) -> None:
        """End a letter: the office and the day, to the right, with room for the seal."""
        for text in ("", both(self.issue.office, self.issue.lang), day_text(self.issue.on).zh, "（印章）"):
            line = self._line(text, TEXT_FONT, self._size)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def gap(self) -> None:
        """Leave a little room between two tables."""
        self._line("", TEXT_FONT, 6)

    def entry(self, name: str, spelling: str, text: str) -> None:
        """Write an entry of a gazetteer: name in 黑体, spelling, and what is said of it."""
        line = self._line(name, HEAD_FONT, self._size)
        line.paragraph_format.keep_together = True
        self._run(line, f"　{spelling}　", LATIN_FONT, self._size)
        self._run(line, text, TEXT_FONT, self._size)

    def content(self) -> bytes:
        """Close the paper with how it was made, and return its bytes: the same for the same input."""
        made = self.issue.made.pick(self.issue.lang)
        if not self._outward:
            self.small(made)
        core = self._made.core_properties
        core.author, core.last_modified_by = self.issue.office.zh, self.issue.office.zh
        core.comments, core.title, core.revision = made[:_LONGEST_COMMENT], "", 1
        file = io.BytesIO()
        self._made.save(file)
        return lasting(file.getvalue(), on=self.issue.on)

    def _styles(self, size_pt: float) -> None:
        style = self._made.styles["Normal"]
        style.font.name, style.font.size = LATIN_FONT, Pt(size_pt)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT_FONT)

    def _page(self, *, landscape: bool, tight: bool) -> None:
        section = self._made.sections[0]
        width, height = (Cm(one) for one in _A4_CM)
        section.page_width, section.page_height = (height, width) if landscape else (width, height)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        sides = (2.0, 1.8, 2.2, 2.2) if tight else _MARGINS_CM
        section.top_margin, section.bottom_margin = Cm(sides[0]), Cm(sides[1])
        section.left_margin, section.right_margin = Cm(sides[2]), Cm(sides[3])
        section.header_distance, section.footer_distance = Cm(1.0), Cm(1.0)
        if self.issue.synthetic:
            line = section.header.paragraphs[0]
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._run(line, both(SYNTHETIC, self.issue.lang), HEAD_FONT, 10.5)
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(foot, "— ", TEXT_FONT, 10.5)
        _page_number(foot)
        self._run(foot, " —", TEXT_FONT, 10.5)

    def _line(
        self, text: str, font: str, size_pt: float, *, centred: bool = False, after_pt: float = 0
    ) -> "Paragraph":
        line = self._made.add_paragraph()
        line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(after_pt), 1.0
        if centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._run(line, text, font, size_pt)
        return line

    def _body(self, text: str, *, indented: bool) -> None:
        line = self._line(text, TEXT_FONT, self._size, after_pt=2)
        line.paragraph_format.line_spacing = 1.3
        if indented:
            line.paragraph_format.first_line_indent = Pt(2 * self._size)

    def _run(self, line: "Paragraph", text: str, font: str, size_pt: float) -> None:
        run = line.add_run(_UNPRINTABLE.sub("", text)[:_LONGEST])
        run.font.name, run.font.size = LATIN_FONT, Pt(size_pt)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001

    def _grid(self, rows: int, widths_cm: Sequence[float]) -> Any:  # noqa: ANN401 - python-docx's table
        table = self._made.add_table(rows, len(widths_cm), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for row in table.rows:
            _mark(row, "w:cantSplit")
            for cell, width in zip(row.cells, widths_cm, strict=True):
                cell.width = Cm(width)
        return table

    def _fill(self, cell: "_Cell", value: Any, font: str, size_pt: float, *, centred: bool = False) -> None:  # noqa: ANN401
        lines = value if isinstance(value, list) else [value]
        for index, one in enumerate(lines or [""]):
            line = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
            line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(0), 1.0
            if centred:
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            self._run(line, "" if one is None else str(one), font, size_pt)


def _mark(row: Any, name: str) -> None:  # noqa: ANN401 - python-docx's row
    """Set a switch of a table row."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001


def _page_number(line: "Paragraph") -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = line.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._element.append(mark)  # noqa: SLF001
