"""Text with nothing but names: one name a line, with or without a heading over them."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from gis.names.listing.columns import NAME_LIST
from layers.errors import NotFoundError
from layers.reading.encoding import detect_encoding
from layers.reading.headings import knows, normal_form
from layers.text import Text

_SUFFIXES = (".csv", ".txt", ".tsv")
_MARKS = ",\t;|，"
_TOP_LINES = 10
_NAME_WORDS = frozenset(
    normal_form(word) for word in (NAME_LIST.field("name").name, *NAME_LIST.field("name").headers)
)
_HEADLESS = Text("没有表头，每行按一个地名读取。", "There is no heading: every line was taken as one name.")


@dataclass(frozen=True, slots=True)
class PlainList:
    """Names with their line numbers, and what to say about the file."""

    rows: tuple[tuple[int, str], ...]
    notes: tuple[Text, ...] = ()


def lines_of(path: Path, encoding: str | None = None) -> PlainList | None:
    """Read a text that holds names only; None when it is a table (or no text at all), for the reader of tables.

    A text is a plain list when its first line is the heading of a single column of names, or when none of the first
    lines holds a heading of ours and most lines hold no delimiter. Blank lines at the end are left out; elsewhere an
    empty quoted cell (``""``) is a name that is missing, a blank line is nothing.

    Raises
    ------
    NotFoundError, EncodingError
        There is no such file; its encoding is unknown.
    """
    if not path.name.casefold().endswith(_SUFFIXES):
        return None
    if not path.is_file():
        raise NotFoundError(
            Text(f"没有文件 {path}。", f"There is no file {path}."), Text("请检查路径。", "Check the path.")
        )
    content = path.read_bytes()
    if not content.strip():
        return None
    text = content.decode(detect_encoding((content,), encoding)).removeprefix("\ufeff")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if normal_form(lines[first].strip().strip('"')) in _NAME_WORDS and not _ragged(lines[first + 1 :]):
        return PlainList(_column(text))
    if _is_table(lines):
        return None
    return PlainList(tuple(_numbered(lines)), (_HEADLESS,))


def _ragged(lines: list[str]) -> bool:
    """Tell whether cells beside the names stand in the rows: the reader of tables reports them."""
    return any(any(mark in line for mark in _MARKS) and not line.startswith('"') for line in lines)


def _is_table(lines: list[str]) -> bool:
    understood = knows(NAME_LIST)
    top = [line for line in lines if line.strip()][:_TOP_LINES]
    cells = [cell for line in top for mark in _MARKS for cell in line.split(mark)]
    if any(understood(cell.strip().strip('"')) for cell in cells):
        return True
    return sum(1 for line in top if any(mark in line for mark in _MARKS)) * 2 > len(top)


def _column(text: str) -> tuple[tuple[int, str], ...]:
    """Read a single column under a heading, quotation marks and all."""
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter="\x1f"))
    heading = next(at for at, record in enumerate(records) if any(cell.strip() for cell in record))
    return tuple(
        (number, record[0].strip())
        for number, record in enumerate(records, start=1)
        if number > heading + 1 and record
    )


def _numbered(lines: list[str]) -> list[tuple[int, str]]:
    named = [(number, line.strip()) for number, line in enumerate(lines, start=1)]
    return [(number, line[1:-1] if line[:1] == line[-1:] == '"' else line) for number, line in named if line]
