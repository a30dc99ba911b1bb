"""The number of a boundary marker: four digits of the line, three of the serial, one letter of the type.

The grammar is that of GB/T 17796 for province lines as it is quoted in teaching material; the text of the standard
itself was not seen. ``3234046Q`` reads: line 3234, marker 046, a single one.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

STRUCTURE_OF_TYPE = {"Q": "single", "A": "double", "B": "double", "C": "triple", "D": "triple", "E": "triple"}
"""What the last letter says about how many markers share the number (codes of ``marker_structure``)."""

UNREADABLE = "?"
"""Stands in a suggestion for a character that nothing tells."""

_NOISE = re.compile(r"[\s\-_./·—–]+|号$|號$|^第|界桩|界樁")
_COMPLETE = re.compile(r"([0-9]{4})([0-9]{3})([QABCDE])")
_NO_TYPE = re.compile(r"([0-9]{4})([0-9]{3})()")
_SHORT_LINE = re.compile(r"([0-9]{0,3})([0-9]{3})([QABCDE]?)")


class NumberStatus(StrEnum):
    """How much of the grammar a written number fulfils."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    """Characters are missing; what is left fits the grammar. A person has to look at the register."""
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class MarkerNumber:
    """A marker number taken apart.

    Attributes
    ----------
    line_number, serial, type_code
        The parts that can be read for certain; None where they cannot.
    suggestion
        What the number may have been, with ``?`` for what is not known; None when it is written as the grammar
        asks or when nothing can be made of it. Never put in place of the written number.
    """

    line_number: str | None
    serial: int | None
    type_code: str | None
    status: NumberStatus
    suggestion: str | None = None

    @property
    def text(self) -> str | None:
        """The number in its eight characters, or None unless it is complete."""
        if self.status is not NumberStatus.COMPLETE:
            return None
        return f"{self.line_number}{self.serial:03d}{self.type_code}"


_INVALID = MarkerNumber(None, None, None, NumberStatus.INVALID)


def parse_marker_number(
    raw: str, *, known_lines: Collection[str] = (), structure: str | None = None
) -> MarkerNumber:
    """Take a written marker number apart; any text is accepted, nothing is corrected.

    Full-width characters, lower case, spaces, hyphens and the words 第, 界桩, 号 do not change the meaning: such a
    number is complete and its plain form is suggested. Serials begin at 001, so 000 is invalid.

    Parameters
    ----------
    raw
        The number as written.
    known_lines
        Four-digit line numbers of the workspace, to suggest what a shortened line number stands for.
    structure
        Code of ``marker_structure``, to suggest the letter Q of a single marker.
    """
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", raw).strip()).upper()
    if found := _COMPLETE.fullmatch(plain):
        number = _read(found, NumberStatus.COMPLETE, None if plain == raw else plain)
    elif found := _NO_TYPE.fullmatch(plain):
        number = _read(found, NumberStatus.INCOMPLETE, plain + _letter("", structure))
    elif found := _SHORT_LINE.fullmatch(plain):
        part, serial, letter = found.groups()
        line = _line_from(part, known_lines)
        number = _read(found, NumberStatus.INCOMPLETE, line + serial + _letter(letter, structure))
    else:
        return _INVALID
    return _INVALID if number.serial == 0 else number


def _read(found: re.Match[str], status: NumberStatus, suggestion: str | None) -> MarkerNumber:
    line, serial, letter = found.groups()
    return MarkerNumber(line if len(line) == 4 else None, int(serial), letter or None, status, suggestion)  # noqa: PLR2004


def _letter(written: str, structure: str | None) -> str:
    return written or ("Q" if structure == "single" else UNREADABLE)


def _line_from(part: str, known_lines: Collection[str]) -> str:
    """Give the one known line number that ``part`` is left of, or ``part`` filled up with question marks."""
    fitting = sorted({line for line in known_lines if _is_left_of(part, line)})
    return fitting[0] if len(fitting) == 1 else part.ljust(4, UNREADABLE)


def _is_left_of(part: str, whole: str) -> bool:
    """Tell whether ``part`` is ``whole`` with some characters lost."""
    rest = iter(whole)
    return all(character in rest for character in part)
