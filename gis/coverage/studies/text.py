"""The text of a study file: UTF-8, or GB18030 as Chinese editors save it; and what is wrong with it, in words."""

import re
import tomllib
from pathlib import Path
from typing import Any

from layers.errors import EncodingError, FileFormatError, NotFoundError
from layers.reading.encoding import detect_encoding
from layers.text import Text

_PLACE = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END = " (at end of document)"


def study_text(path: Path) -> tuple[str, tuple[Text, ...]]:
    """Read a study file, and say when it is not in UTF-8.

    Raises
    ------
    NotFoundError
        When there is no such file.
    FileFormatError
        When it is neither UTF-8 nor GB18030.
    """
    if not path.is_file():
        raise NotFoundError(Text(f"没有文件 {path}。", f"There is no file {path}."))
    content = path.read_bytes()
    try:
        encoding = detect_encoding([content])
    except EncodingError as error:
        raise FileFormatError(
            Text(
                f"{path.name} 读不懂：既不是 UTF-8，也不是 GB18030。",
                f"{path.name} cannot be understood: it is neither UTF-8 nor GB18030.",
            ),
            Text("请在原软件中另存为 UTF-8。", "Save the file as UTF-8."),
        ) from error
    text = content.decode(encoding).removeprefix("\ufeff").replace("\r\n", "\n")
    return text, _note(path, encoding)


def _note(path: Path, encoding: str) -> tuple[Text, ...]:
    if encoding.startswith("utf"):
        return ()
    return (
        Text(
            f"{path.name} 按 GB18030 读取；建议另存为 UTF-8。",
            f"{path.name} was read as GB18030; better save it as UTF-8.",
        ),
    )


def parsed(path: Path, text: str) -> dict[str, Any]:
    """Read the text of a study as TOML; raises FileFormatError, which names and shows the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileFormatError(
            _wrong(path, text, str(error)),
            Text(
                "每行写成 键 = 值，文字加双引号，日期写成 2026-01-01，问题以 [[question]] 开头。",
                "Write key = value on a line, texts in quotes, dates as 2026-01-01, questions after [[question]].",
            ),
        ) from error


def _wrong(path: Path, text: str, why: str) -> Text:
    """Name the line that is no TOML, and show it."""
    lines, found = text.split("\n"), _PLACE.search(why)
    if found is None:
        reason = why.removesuffix(_AT_END)
        last = max((at for at, line in enumerate(lines, start=1) if line.strip()), default=1)
        return Text(f"{path.name} 没有写完：最后的第 {last} 行“{lines[last - 1].strip()}”读不懂。",
                    f"{path.name} ends too early, at line {last}, {lines[last - 1].strip()!r}: {reason}.")  # fmt: skip
    number, reason = int(found[1]), why[: found.start()]
    shown = lines[number - 1].strip() if number <= len(lines) else ""
    return Text(f"{path.name} 第 {number} 行“{shown}”读不懂。",
                f"{path.name}, line {number}, {shown!r}, cannot be understood: {reason}.")  # fmt: skip
