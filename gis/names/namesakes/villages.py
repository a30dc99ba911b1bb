"""A register of villages and communities as a plain list: code and name, a county's or the whole country's."""

import csv
import gzip
import io
import lzma
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from gis.names.candidate import Candidate
from layers.errors import ColumnError, FileFormatError, NotFoundError
from layers.reading.archive import check_archive
from layers.reading.encoding import detect_encoding
from layers.text import Text, counted, joined

MAX_BYTES = 512 * 1024 * 1024
"""Size of the unpacked list beyond which it is refused; the whole country takes 25 MB."""

MAX_EXAMPLES = 5
"""Rejected rows that are quoted, of every reason."""

_CHUNK = 1 << 20
_WANTED: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "代码", "区划代码", "行政区划代码", "统计用区划代码", "统计代码", "编码"),
    "name": ("name", "名称", "地名", "村名", "村名称", "标准名称", "单位名称"),
}
_CODE_LENGTHS = (2, 4, 6, 9, 12)
_TOWN_DIGITS, _VILLAGE_DIGITS = 9, 12

REASONS: Mapping[str, Text] = {
    "empty-name": Text("名称为空，未检查", "no name: not checked"),
    "repeated-row": Text("代码和名称都与前面的行相同，只检查一次", "the row was there before: checked once"),
    "repeated-code": Text(
        "代码与前面的行相同而名称不同，两行都检查", "the code was there under another name: both checked"
    ),
    "bad-code": Text(
        "代码不是 2、4、6、9 或 12 位数字，只查名称本身", "no division code: only judged by itself"
    ),
    "short-row": Text("列数不足，缺代码或名称", "too few columns: code or name is missing"),
}
"""What can be wrong with a row, and what was done about it."""


@dataclass(slots=True)
class Villages:
    """Rows of a list as read, and what was wrong with some.

    Attributes
    ----------
    rows
        (code, name); the code is ``""`` where it was none.
    troubles
        Reason -> how many rows.
    examples
        Reason -> the first few, as (line, code, name).
    """

    rows: list[tuple[str, str]] = field(default_factory=list, repr=False)
    troubles: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)

    def parts(self, digits: int, *, district_code: str = "") -> Iterator[Sequence[Candidate]]:
        """Yield the names as candidates, those that share so many leading digits of the code together."""
        together: dict[str, list[tuple[str, str]]] = {}
        for row in self.rows:
            together.setdefault((row[0] or district_code)[:digits], []).append(row)
        for key in sorted(together):
            yield [_candidate(code, name, district_code) for code, name in together[key]]

    def repeated(self) -> frozenset[str]:
        """Return the names that occur more than once."""
        return frozenset(name for name, count in Counter(name for _, name in self.rows).items() if count > 1)

    def keep_only(self, jurisdiction: str) -> int:
        """Keep the rows of a division and those without a code; return how many were left out."""
        before = len(self.rows)
        self.rows = [row for row in self.rows if not row[0] or row[0].startswith(jurisdiction)]
        return before - len(self.rows)

    def note_trouble(self, reason: str, line: int, code: str, name: str) -> None:
        """Count what is wrong with a row, and quote it when it is one of the first."""
        self.troubles[reason] += 1
        quoted = self.examples.setdefault(reason, [])
        if len(quoted) < MAX_EXAMPLES:
            quoted.append((line, code, name))

    def take(self, line: int, code: str, name: str, known: dict[str, str]) -> None:
        """Take a row, or count why not; ``known`` holds the names of the codes before it."""
        if not name:
            self.note_trouble("empty-name", line, code, name)
            return
        plain = _plain_code(code)
        if not plain:
            self.note_trouble("bad-code", line, code, name)
        elif plain in known:
            if known[plain] == name:
                self.note_trouble("repeated-row", line, code, name)
                return
            self.note_trouble("repeated-code", line, code, name)
        else:
            known[plain] = name
        self.rows.append((plain, name))


def read_villages(path: Path, *, encoding: str | None = None) -> Villages:
    """Read a list of villages.

    Parameters
    ----------
    path
        ``.csv``, ``.csv.gz``, ``.csv.xz``, or a ``.zip`` that holds one ``.csv``. Columns ``code`` and ``name`` (or
        代码 and 名称), in any order and among others; comma, semicolon or tab.
    encoding
        When it is known; otherwise UTF-8 or GB18030, whichever fits.

    Returns
    -------
    Villages
        A list with a heading and no rows gives none.

    Raises
    ------
    NotFoundError
        When there is no such file.
    FileFormatError
        When the file is empty, damaged, too big or of another kind.
    EncodingError
        When no encoding fits.
    ColumnError
        When code or name is missing or there twice.
    """
    content = _content(path)
    known = detect_encoding([content], encoding)
    delimiter = _delimiter(content[:4000].decode(known, errors="ignore"))
    text = io.TextIOWrapper(io.BytesIO(content), encoding=known, newline="")
    del content
    lines = csv.reader(text, delimiter=delimiter)
    try:
        return _taken(lines, path)
    except csv.Error as error:
        raise _damaged(path, error) from error


def _taken(lines: "Iterator[list[str]]", path: Path) -> Villages:
    heading = next((row for row in lines if any(cell.strip("\ufeff ") for cell in row)), None)
    if heading is None:
        raise FileFormatError(Text(f"{path.name} 是空文件。", f"{path.name} is empty."))
    heading = [cell.strip("\ufeff ") for cell in heading]
    at_code, at_name = (_column(heading, wanted, path) for wanted in _WANTED)
    found, known = Villages(), dict[str, str]()
    needed = max(at_code, at_name)
    keep = found.rows.append
    for line, row in enumerate(lines, start=2):
        if len(row) > needed:
            code, name = row[at_code].strip(), row[at_name].strip()
            if name and code not in known and len(code) == _VILLAGE_DIGITS and _is_number(code):
                known[code] = name  # as nearly all rows are
                keep((code, name))
            else:
                found.take(line, code, name, known)
        elif any(cell.strip() for cell in row):
            found.note_trouble("short-row", line, ",".join(row), "")
    return found


def _column(heading: Sequence[str], wanted: str, path: Path) -> int:
    words = _WANTED[wanted]
    found = [at for at, cell in enumerate(heading) if cell.strip().casefold() in words]
    if len(found) == 1:
        return found[0]
    there = joined(cell.strip() for cell in heading[:12])
    if not found:
        raise ColumnError(
            Text(
                f"{path.name} 没有“{wanted}”列，只有：{there.zh}。",
                f"{path.name} has no column {wanted!r}: {there.en}.",
            ),
            Text(f"可写作：{'、'.join(words)}。", f"It may be called: {', '.join(words)}."),
        )
    raise ColumnError(
        Text(f"{path.name} 有 {len(found)} 列都像“{wanted}”：{there.zh}。",
             f"{path.name} has {counted(len(found), 'column')} that may be {wanted!r}: {there.en}."),
        Text("请只留一列。", "Keep one of them."),
    )  # fmt: skip


def _delimiter(text: str) -> str:
    heading = text.lstrip("\ufeff\r\n ").splitlines()[:1]
    return max(",;\t", key=heading[0].count) if heading else ","


def _content(path: Path) -> bytes:
    name = path.name.casefold()
    if not path.is_file():
        raise NotFoundError(
            Text(f"没有文件 {path}。", f"There is no file {path}."), Text("请检查路径。", "Check the path.")
        )
    try:
        if name.endswith(".zip"):
            return _zipped(path)
        if name.endswith(".xz"):
            with lzma.open(path) as file:
                return _limited(file, path)
        if name.endswith(".gz"):
            with gzip.open(path) as file:
                return _limited(file, path)
        if name.endswith((".csv", ".txt", ".tsv")):
            with path.open("rb") as file:
                return _limited(file, path)
    except (OSError, EOFError, lzma.LZMAError, zipfile.BadZipFile) as error:
        raise _damaged(path, error) from error
    raise FileFormatError(
        Text(f"不认识 {path.name} 这种文件。", f"{path.name} is of a kind that is not understood."),
        Text("可用：.csv、.csv.gz、.csv.xz、.zip。", "Usable: .csv, .csv.gz, .csv.xz, .zip."),
    )


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def _zipped(path: Path) -> bytes:
    with check_archive(path) as archive:
        tables = [one for one in archive.infolist() if one.filename.casefold().endswith(".csv")]
        if len(tables) != 1:
            raise FileFormatError(
                Text(f"{path.name} 里应有一个 .csv，实有 {len(tables)} 个。",
                     f"{path.name} must hold one .csv; it holds {len(tables)}."),
            )  # fmt: skip
        with archive.open(tables[0]) as file:
            return _limited(file, path)


def _limited(file: _Readable, path: Path) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_CHUNK):
        size += len(piece)
        if size > MAX_BYTES:
            raise FileFormatError(
                Text(
                    f"{path.name} 展开后超过 {MAX_BYTES >> 20} MB。",
                    f"{path.name} unpacks to over {MAX_BYTES >> 20} MB.",
                ),
            )
        pieces.append(piece)
    return b"".join(pieces)


def _damaged(path: Path, error: Exception) -> FileFormatError:
    return FileFormatError(
        Text(f"{path} 读不出来：{error}。", f"{path} cannot be read: {error}."),
        Text("请检查路径，或重新保存、重新下载该文件。", "Check the path, or save or fetch the file again."),
    )


def _plain_code(code: str) -> str:
    plain = code.removesuffix(".0").strip("'\t ")
    return plain if _is_number(plain) and len(plain) in _CODE_LENGTHS else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _candidate(code: str, name: str, district_code: str) -> Candidate:
    return Candidate(
        id=code or name,
        name=name,
        layer_id="admin_unit",
        entity_class=_class_of(code),
        jurisdiction=code or district_code,
    )


def _class_of(code: str) -> str | None:
    """Tell the class by the code: twelve digits are committees, fewer, or none after the town, are divisions."""
    if len(code) == _VILLAGE_DIGITS and not code.endswith("000"):
        return "committee"
    return "division" if code else None
