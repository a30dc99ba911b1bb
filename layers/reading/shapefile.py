"""Shapefiles, bare or zipped, whose .dbf often is GBK and says so nowhere."""

import codecs
import contextlib
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

from layers.errors import EncodingError, FileFormatError
from layers.reading.encoding import looks_chinese
from layers.reading.source import Source, Wish
from layers.reading.vector import open_vector
from layers.text import Text

_CANDIDATES = ("utf-8", "gb18030")
_NEEDED = (".shp", ".shx", ".dbf")


@contextlib.contextmanager
def open_shapefile(path: Path, wish: Wish) -> Iterator[Source]:
    """Open the .shp of a complete set of files.

    Raises
    ------
    EncodingError, FileFormatError
        When the .dbf is in no known encoding, or .shx or .dbf is missing.
    """
    parts = {part.suffix.casefold(): part for part in path.parent.iterdir() if part.stem == path.stem}
    missing = [suffix for suffix in _NEEDED if suffix not in parts]
    if missing:
        raise FileFormatError(
            Text(
                f"{path.name} 缺少同名的 {'、'.join(missing)} 文件。",
                f"{path.name} lacks its {', '.join(missing)}.",
            ),
            Text(
                "请把整套文件放在一起，或压缩成 .zip 导入。", "Keep the set together, or import it as a .zip."
            ),
        )
    encoding = wish.encoding or _declared(parts.get(".cpg")) or dbf_encoding(parts[".dbf"])
    with open_vector(path, wish, encoding=encoding) as source:
        yield source


def _declared(cpg: Path | None) -> str | None:
    """Read the .cpg: a codec name or a Windows code page number; None when it says nothing usable."""
    if cpg is None:
        return None
    word = cpg.read_text(encoding="latin-1").strip()
    for name in (word, f"cp{word}"):
        with contextlib.suppress(LookupError):
            found = codecs.lookup(name).name
            return "gb18030" if found in {"gbk", "gb2312", "cp936"} else found
    return None


def dbf_encoding(path: Path) -> str:
    """Tell the encoding of a .dbf from its field names and text cells; a character cut at the cell's end is allowed.

    Raises
    ------
    EncodingError
        When neither UTF-8 nor plausible GB18030 fits; the message names the byte offset of the first bad cell.
    """
    cells = list(_texts(path.read_bytes(), path))
    not_utf8_at = 0
    for name in _CANDIDATES:
        said, bad_at = _decoded(cells, name)
        if bad_at is None and (name == "utf-8" or looks_chinese(said)):
            return name
        not_utf8_at = not_utf8_at or bad_at or 0
    raise EncodingError(
        Text(
            f"认不出 {path.name} 的编码：不是 UTF-8（第 {not_utf8_at} 字节起无法解码），也不像 GB18030。",
            f"The encoding of {path.name} is unknown: not UTF-8 (from byte {not_utf8_at} on), nor plausible GB18030.",
        ),
        Text("请用 --encoding 指明（如 big5）。", "Name it with --encoding (big5, for example)."),
    )


def _decoded(cells: list[tuple[int, bytes]], name: str) -> tuple[str, int | None]:
    """Decode every cell; give the text, and the offset of the first byte that does not fit."""
    said: list[str] = []
    for offset, cell in cells:
        try:
            said.append(codecs.getincrementaldecoder(name)("strict").decode(cell, final=False))
        except UnicodeDecodeError as error:
            return "", offset + error.start
    return "".join(said), None


def _texts(content: bytes, path: Path) -> Iterator[tuple[int, bytes]]:
    """Give offset and bytes of every field name and text cell of a dBase file."""
    try:
        records, header, width = struct.unpack("<IHH", content[4:12])
        columns, at, offset = [], 32, 1
        while at + 32 <= header and content[at] != 0x0D:  # noqa: PLR2004 - end mark of the field list
            yield at, content[at : at + 11].split(b"\0")[0]
            kind, length = content[at + 11 : at + 12], content[at + 16]
            if kind == b"C":
                columns.append((offset, length))
            at, offset = at + 32, offset + length
        for record in range(records):
            begin = header + record * width
            for offset, length in columns:
                yield begin + offset, content[begin + offset : begin + offset + length].rstrip(b" \0")
    except (struct.error, IndexError) as error:
        raise FileFormatError(
            Text(f"{path.name} 已损坏：{error}。", f"{path.name} is damaged: {error}."),
            Text("请重新导出。", "Export it again."),
        ) from error


@contextlib.contextmanager
def unpacked() -> Iterator[Path]:
    """Give a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="fangyu-") as folder:
        yield Path(folder)
