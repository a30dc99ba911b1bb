"""A planning set as .pdf: A4, the Chinese font of this machine embedded as far as it is used."""

import io
import logging
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from fpdf import FPDF
from fpdf.enums import TableCellFillMode, WrapMode
from fpdf.fonts import FontFace

from web.documents.issue import SYNTHETIC, Issue
from web.documents.wording import both
from web.planning_set.blocks import Head, Part, Picture, Table, Words
from web.planning_set.embedding import content_of, embed
from web.planning_set.figures import written
from web.planning_set.fonts import needed_font

_FONT = "set"
_MARGIN_MM = 16.0
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_RULE, _HEAD_FILL = (150, 150, 150), (236, 238, 241)


class _Pages(FPDF):
    """Pages with the stamp above and the number below."""

    def __init__(self, above: str) -> None:
        super().__init__(format="A4")
        self._above = above

    def header(self) -> None:
        """Write what every page says."""
        if self._above and self.page_no() > 1:
            self.set_font(_FONT, size=8)
            self.set_y(7)
            self.cell(0, 5, self._above, align="C", new_x="LMARGIN", new_y="NEXT")
            self.set_y(_MARGIN_MM)

    def footer(self) -> None:
        """Write the number of the page."""
        self.set_y(-12)
        self.set_font(_FONT, size=8)
        self.cell(0, 5, f"— {self.page_no()} —", align="C")


def as_pdf(issue: Issue, parts: Sequence[Part], *, stamp: str) -> bytes:
    """Write the set as .pdf, every part on a page of its own; the same input gives the same bytes.

    Raises
    ------
    NotFoundError
        When this machine has no Chinese font.
    """
    font = needed_font()
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    logging.getLogger("fpdf").setLevel(logging.ERROR)
    lang = issue.lang
    said = both(SYNTHETIC, lang) if issue.synthetic else ""
    pages = _Pages("　".join(one for one in (issue.district, said, stamp) if one))
    embed(pages, _FONT, font)
    pages.set_margins(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    pages.set_auto_page_break(auto=True, margin=_MARGIN_MM)
    pages.set_title(parts[0].title.pick(lang))
    pages.set_author(issue.office.pick(lang))
    pages.set_subject(_plain(issue.made.pick(lang)))
    pages.set_creation_date(datetime(issue.on.year, issue.on.month, issue.on.day, tzinfo=UTC))
    for at, part in enumerate(parts):
        pages.add_page()
        if at == 0:
            pages.set_y(70)
        pages.start_section(_plain(part.title.pick(lang)))
        _line(pages, both(part.title, lang), 22 if at == 0 else 15, centred=True)
        pages.ln(8 if at == 0 else 2)
        for block in part.blocks:
            _block(pages, block, issue, centred=at == 0)
    _line(pages, issue.made.pick(lang), 8)
    return content_of(pages)


def _block(pages: FPDF, block: Head | Words | Table | Picture, issue: Issue, *, centred: bool) -> None:
    lang = issue.lang
    if isinstance(block, Head):
        pages.ln(1.5)
        _line(pages, both(block.text, lang), 11.5)
    elif isinstance(block, Words):
        _line(pages, block.text.pick(lang), 8 if block.small else (13 if centred else 10.5), centred=centred)
    elif isinstance(block, Picture):
        wide = pages.epw * block.width_share
        pages.image(io.BytesIO(block.png), x=pages.l_margin + (pages.epw - wide) / 2, w=wide)
        pages.ln(1)
        _line(pages, block.says.pick(lang), 8)
    else:
        _table(pages, block, issue)


def _line(pages: FPDF, text: str, size: float, *, centred: bool = False) -> None:
    pages.set_font(_FONT, size=size)
    pages.multi_cell(
        0,
        size * 0.55,
        _plain(text),
        align="C" if centred else "L",
        new_x="LMARGIN",
        new_y="NEXT",
        wrapmode=WrapMode.CHAR,
    )
    pages.ln(0.8)


def _table(pages: FPDF, block: Table, issue: Issue) -> None:
    title = both(block.title, issue.lang)
    if pages.will_page_break(24):
        pages.add_page()
    pages.ln(1.5)
    _line(pages, title, 11)
    pages.set_font(_FONT, size=7.8)
    pages.set_draw_color(*_RULE)
    rows = block.rows or [["无" if issue.lang == "zh" else "None", *[""] * (len(block.heads) - 1)]]
    widths = tuple(float(one) for one in block.widths)
    with pages.table(
        col_widths=widths,
        line_height=3.9,
        padding=0.7,
        headings_style=FontFace(emphasis="", fill_color=_HEAD_FILL),
        cell_fill_mode=TableCellFillMode.NONE,
        wrapmode=WrapMode.CHAR,
        text_align="LEFT",
    ) as table:
        heads = table.row()
        for head in block.heads:
            heads.cell(_plain(head.pick(issue.lang)), align="C")
        for values in rows:
            row = table.row()
            for value in values:
                row.cell(_plain(written(value)), align="R" if _is_number(value) else "L")
    pages.ln(1.5)


def _is_number(value: Any) -> bool:  # noqa: ANN401 - a cell of any kind
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(text: str) -> str:
    return _UNPRINTABLE.sub("", text)
