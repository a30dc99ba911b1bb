"""Which encoding a text is in: found by strict decoding of every byte, never by likelihood alone."""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from layers.errors import EncodingError
from layers.text import Text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAUSIBLE_SHARE = 0.8
_SAID_ENOUGH = 65536
_RARER_HANZI = 0xD8
"""First byte of GB 2312's second, rarer half of the hanzi."""
_HINT = Text(
    "请用 --encoding 指明（如 utf-8、gb18030、big5），或在原软件中另存为 UTF-8。",
    "Name it with --encoding (utf-8, gb18030, big5 …), or save the file as UTF-8.",
)


@dataclass(slots=True)
class _Trial:
    """One encoding tried on a stream of chunks."""

    name: str
    failed_at: int | None = None
    fed: int = 0

    def __post_init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self.name)("strict")

    _decoder: codecs.IncrementalDecoder = None  # type: ignore[assignment]
    said: str = ""

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        if self.failed_at is not None:
            return
        held = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(chunk, last)
        except UnicodeDecodeError as error:
            self.failed_at = self.fed - held + error.start
            return
        self.fed += len(chunk)
        if len(self.said) < _SAID_ENOUGH:
            self.said += text


def detect_encoding(chunks: Iterable[bytes], wanted: str | None = None) -> str:
    """Tell the encoding of a byte stream: a byte-order mark, else strict UTF-8, else strict and plausible GB18030.

    Parameters
    ----------
    chunks
        The whole content, in pieces.
    wanted
        An encoding the user named: it is only checked.

    Raises
    ------
    EncodingError
        When no encoding fits every byte; the message names the offset of the first byte that does not.
    """
    stream = iter(chunks)
    first = next(stream, b"")
    if wanted is not None:
        return _checked(_known(wanted), first, stream)
    for mark, name in _MARKS:
        if first.startswith(mark):
            return _checked(name, first, stream)
    utf8, gb = _Trial("utf-8"), _Trial("gb18030")
    for chunk in _chain(first, stream):
        utf8.feed(chunk)
        gb.feed(chunk)
    utf8.feed(b"", last=True)
    gb.feed(b"", last=True)
    if utf8.failed_at is None:
        return "utf-8"
    if gb.failed_at is None and looks_chinese(gb.said):
        return "gb18030"
    raise _unknown(utf8.failed_at, gb.failed_at)


def looks_chinese(text: str) -> bool:
    """Tell whether the non-ASCII characters of a text are mostly of the everyday set (GB 2312).

    Bytes of Big5 or Latin-1 often decode as GB18030 too, but to rare characters.
    """
    foreign = re.sub(r"[\x00-\x7f]", "", text)
    if not foreign:
        return True
    everyday = sum(1 for character in foreign if _in_gb2312(character))
    return everyday / len(foreign) >= _PLAUSIBLE_SHARE


def _in_gb2312(character: str) -> bool:
    try:
        encoded = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return encoded[0] < _RARER_HANZI


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise EncodingError(
            Text(f"没有名为“{name}”的编码。", f"There is no encoding called {name!r}."), _HINT
        ) from error


def _checked(name: str, first: bytes, rest: Iterator[bytes]) -> str:
    trial = _Trial(name)
    for chunk in _chain(first, rest):
        trial.feed(chunk)
    trial.feed(b"", last=True)
    if trial.failed_at is not None:
        raise EncodingError(
            Text(
                f"文件不是 {name} 编码：第 {trial.failed_at} 字节起无法解码。",
                f"The file is not in {name}: it cannot be decoded from byte {trial.failed_at} on.",
            ),
            _HINT,
        )
    return name


def _unknown(utf8_at: int, gb_at: int | None) -> EncodingError:
    if gb_at is None:
        return EncodingError(
            Text(
                f"认不出文件的编码：不是 UTF-8（第 {utf8_at} 字节起无法解码），按 GB18030 解出的又不像中文。",
                f"The encoding is unknown: not UTF-8 (from byte {utf8_at} on), and as GB18030 it "
                "does not read like Chinese.",
            ),
            _HINT,
        )
    return EncodingError(
        Text(
            f"认不出文件的编码：既不是 UTF-8（第 {utf8_at} 字节起无法解码），也不是 GB18030（第 "
            f"{gb_at} 字节起无法解码）。",
            f"The encoding is unknown: neither UTF-8 (from byte {utf8_at} on) nor GB18030 (from byte {gb_at} on).",
        ),
        _HINT,
    )


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
