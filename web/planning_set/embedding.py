"""A Chinese font in a PDF, embedded so that any program that reads text finds the words.

Fonts such as Noto Sans CJK number their glyphs themselves. Text written under other numbers needs a table from those to
the font's, which many readers of text do not follow; text written under the numbers of the font is encoded by the plain
``Identity-H`` (ISO 32000-1, 9.7.5.2).
"""

import re
from typing import Any

from fpdf import FPDF
from fpdf.fonts import Glyph, SubsetMap, TTFFont
from fpdf.output import OutputProducer, PDFFont
from fpdf.syntax import Name

from web.planning_set.fonts import Font

_NUMBERED = re.compile(r"cid(\d+)")


def embed(pages: FPDF, name: str, font: Font) -> None:
    """Give the pages a font under a name; its glyphs keep the numbers of the font where it numbers them itself."""
    pages.add_font(name, fname=str(font.path), collection_font_number=font.face)
    added = pages.fonts[name]
    if isinstance(added, TTFFont) and _numbers_itself(added):
        added.subset = _OwnNumbers(added)


def content_of(pages: FPDF) -> bytes:
    """Return the finished file."""
    return bytes(pages.output(output_producer_class=_Plain) or b"")


def _numbers_itself(font: TTFFont) -> bool:
    return font.is_cff and font.is_cid_keyed


class _OwnNumbers(SubsetMap):
    """The glyphs in use, each under the number the font gives it."""

    def __init__(self, font: TTFFont) -> None:
        """Begin with the sign for what is missing, number 0."""
        super().__init__(font)
        self._char_id_per_glyph = {one: number for one, number in self.items() if number == 0}

    def pick_glyph(self, glyph: Glyph | None) -> int | None:
        """Return the number of a glyph, and note that it is in use."""
        if glyph is None:
            return None
        said = _NUMBERED.fullmatch(glyph.glyph_name)
        number = int(said[1]) if said else glyph.glyph_id
        self._char_id_per_glyph[glyph] = number
        return number


class _Plain(OutputProducer):
    """Writes fonts whose text stands under their own numbers with the plain encoding."""

    def _add_fonts(self, *given: Any, **named: Any) -> dict[int, Any]:  # noqa: ANN401 - handed on as they come
        made: dict[int, Any] = super()._add_fonts(*given, **named)
        for font in self.fpdf.fonts.values():
            one = made.get(font.i)
            if isinstance(one, PDFFont) and isinstance(getattr(font, "subset", None), _OwnNumbers):
                one.encoding = Name("Identity-H")
        return made
