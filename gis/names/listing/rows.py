"""The rows of a list as candidates, with what could not be read said per row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gis.names.candidate import Candidate
from gis.names.listing.places import Jurisdiction
from gis.names.segment import UNKNOWN_CLASS
from layers.text import Text
from layers.vocabulary import code_for, label_of

LONGEST_NAME = 50
"""Characters; the longest official names in use have fewer than thirty."""

_CLASS_WORDS: Mapping[str, str] = {
    "village": "committee", "community": "committee", "neighbourhood": "committee", "村": "committee",
    "村委会": "committee", "居委会": "committee", "行政村": "committee", "社区": "committee",
    "town": "division", "township": "division", "county": "division", "district": "division", "city": "division",
    "乡镇": "division", "街道": "division", "镇": "division", "hamlet": "settlement", "street": "road", "lane": "road",
    "estate": "residential", "residential area": "residential", "住宅": "residential", "楼盘": "residential",
    "tower": "building", "hotel": "building", "square": "park", "plaza": "building", "station": "facility",
    "river": "natural", "mountain": "natural", "lake": "natural", "tunnel": "bridge", "temple": "heritage",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be used; the row is judged without it."""

    row: int
    column: str
    value: str
    reason: Text

    def as_json(self) -> dict[str, Any]:
        """Return the problem as JSON values."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason._asdict(),
        }


@dataclass(frozen=True, slots=True)
class ListedName:
    """One row of a list.

    Attributes
    ----------
    row
        Row of the sheet or record of the file, the heading being row 1; the line in a plain list.
    candidate
        The name as written (trimmed), ``""`` when the cell is empty; ``id`` is the row.
    jurisdiction
        Where it is judged; ``candidate.jurisdiction`` is its group.
    """

    row: int
    candidate: Candidate
    jurisdiction: Jurisdiction
    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()


def class_code(word: str) -> str | None:
    """Return the code of ``name_class`` a word stands for, or None when nobody knows the word."""
    plain = word.strip().casefold()
    return _CLASS_WORDS.get(plain) or code_for("name_class", plain)


def class_label(code: str) -> Text:
    """Return the word for a class as a name was judged, also for the class that is not known."""
    return Text("类别不明", "class not known") if code == UNKNOWN_CLASS else label_of("name_class", code)


def named(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a converted cell
    """Take apart a list of names that ``layers.reading`` joined with semicolons."""
    return tuple(part for part in str(value or "").split(";") if part)
