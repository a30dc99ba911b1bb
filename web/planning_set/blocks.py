"""A planning set before it has a form: parts made of heads, paragraphs, tables and maps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from layers.text import Text


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a section within a part."""

    text: Text


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; ``small`` print is for what a map or table needs said."""

    text: Text
    small: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes
    ----------
    rows
        Cells are numbers, texts, or None where nothing applies.
    widths
        Shares of the width.
    tab
        Name of the sheet it makes in a workbook; None leaves it out there, where another sheet says the same.
    """

    title: Text
    heads: Sequence[Text]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[float]
    tab: Text | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A map as PNG; ``width_share`` is its part of the width between the margins."""

    png: bytes = field(repr=False)
    says: Text
    width_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part that begins on a page of its own.

    Attributes
    ----------
    id
        Anchor; ``town-`` and the code for the page of a town.
    book_rows
        What a workbook says of a town, as rows of section, name, figure, unit, remark; empty for other parts.
    """

    id: str
    title: Text
    blocks: Sequence[Head | Words | Table | Picture]
    book_rows: Sequence[Sequence[Any]] = ()
