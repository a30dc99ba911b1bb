"""Cells to values, strictly: a cell either says plainly what it is, is missing, or is refused with a reason."""

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from layers.model import Field, Kind
from layers.reading.source import BadCell, ObjectArray
from layers.text import Text
from layers.vocabulary import code_for, vocabulary

_MISSING = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "——",
        "－",
        "/",
        "\\",
        "无数据",
        "暂无",
        "不详",
        "未知",
        "null",
        "none",
        "nan",
        "n/a",
        "#n/a",
        "nat",
    }
)
_NOTHING = frozenset({"无", "没有"})
_YES = frozenset({"是", "有", "y", "yes", "true", "1", "t", "√", "对", "1.0"})
_NO = frozenset({"否", "无", "没有", "n", "no", "false", "0", "f", "×", "0.0", "非"})
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月)?(?:[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?.*)?"
)
_DEGREES = re.compile(
    r"([EWNS东西南北]?)\s*(\d{1,3})[°度]\s*(?:(\d{1,2}(?:\.\d+)?)[′'’分]\s*)?(?:(\d{1,2}(?:\.\d+)?)[″\"”秒]\s*)?([EWNS东西南北]?)"
)
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL_DAYS = range(20_000, 80_000)
_YEARS = range(1000, 2200)
_SEVERAL = re.compile(r"[；;、,，\n]+")
_LARGEST_INT = 2**63 - 1


class CellError(Exception):
    """A cell that is neither a value nor missing; carries the reason for the reject report."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.zh)


@dataclass(frozen=True, slots=True)
class Cells:
    """A converted column: cells (None where missing or refused), and why cells were refused, by position."""

    cells: ObjectArray
    refused: dict[int, Text]


def convert(raw: Sequence[Any] | ObjectArray, field: Field, *, factor: float = 1.0) -> Cells:
    """Convert one column of raw cells to values of a field.

    Parameters
    ----------
    factor
        Multiplies numbers whose heading names another unit.
    """
    parse = _parser(field, factor)
    known: dict[Any, Any] = {}
    values = np.empty(len(raw), dtype=object)
    refused: dict[int, Text] = {}
    for position, cell in enumerate(raw):
        key = cell if isinstance(cell, str | BadCell) else (type(cell), str(cell))
        if key in known:
            value = known[key]
        else:
            value = known[key] = _tried(parse, cell)
        if isinstance(value, Text):
            refused[position] = value
        else:
            values[position] = value
    return Cells(values, refused)


def text_of(cell: Any) -> str:  # noqa: ANN401 - a cell may hold anything
    """Write a raw cell as trimmed text; a whole float without its ``.0``, nothing for null."""
    if isinstance(cell, str):
        return cell.strip(" \t\r\n\u3000\ufeff\u200b\xa0")
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    return str(cell)


def is_missing(cell: Any) -> bool:  # noqa: ANN401 - a cell may hold anything
    """Tell whether a cell says that there is no value: blank, a dash, or a redaction mark such as ``**``."""
    text = text_of(cell)
    return text.casefold() in _MISSING or not text.strip("*＊")


def degrees_of(cell: Any) -> float:  # noqa: ANN401 - a cell may hold anything
    """Read a coordinate: a plain number, or degrees, minutes and seconds (119°30′12.5″E). NaN when missing.

    Raises
    ------
    CellError
        When the cell is something else.
    """
    if is_missing(cell):
        return math.nan
    if isinstance(cell, BadCell):
        raise CellError(cell.reason)
    text = unicodedata.normalize("NFKC", text_of(cell).replace("″", '"').replace("′", "'"))
    match = _DEGREES.fullmatch(text.replace("''", '"').upper())
    if match:
        minutes, seconds = float(match[3] or 0), float(match[4] or 0)
        if minutes < 60 and seconds < 60:  # noqa: PLR2004 - sexagesimal
            value = int(match[2]) + minutes / 60 + seconds / 3600
            return -value if (match[1] or match[5]) in {"W", "S", "西", "南"} else value
    return _number(text)


def _tried(parse: Callable[[Any], Any], cell: Any) -> Any:  # noqa: ANN401 - a cell may hold anything
    if isinstance(cell, BadCell):
        return cell.reason
    if is_missing(cell):
        return None
    try:
        return parse(cell)
    except CellError as error:
        return error.reason


def _parser(field: Field, factor: float) -> Callable[[Any], Any]:
    if field.kind is Kind.INT:
        return lambda cell: _bounded(_whole(_number(text_of(cell)) * factor), field)
    if field.kind is Kind.FLOAT:
        return lambda cell: _bounded(_number(text_of(cell)) * factor, field)
    if field.kind is Kind.CODE:
        return lambda cell: _code(text_of(cell), field.vocabulary)
    plain: dict[Kind, Callable[[Any], Any]] = {
        Kind.TEXT: text_of,
        Kind.BOOL: _bool,
        Kind.DATE: _date,
        Kind.LIST: _list,
    }
    return plain[field.kind]


def _number(text: str) -> float:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN_NUMBER.fullmatch(plain):
        raise CellError(Text(f"“{text}”不是数字。", f"{text!r} is not a number."))
    value = float(plain)
    if not math.isfinite(value):
        raise CellError(Text(f"“{text}”超出数值范围。", f"{text!r} is too large."))
    return value


def _whole(value: float) -> int:
    if not value.is_integer():
        raise CellError(Text(f"“{value:g}”不是整数。", f"{value:g} is not a whole number."))
    if abs(value) > _LARGEST_INT:
        raise CellError(Text(f"“{value:g}”超出数值范围。", f"{value:g} is too large."))
    return int(value)


def _bounded(value: float, field: Field) -> float:
    if field.minimum is not None and value < field.minimum:
        raise CellError(
            Text(f"{value:g} 低于下限 {field.minimum:g}。", f"{value:g} is below {field.minimum:g}.")
        )
    if field.maximum is not None and value > field.maximum:
        raise CellError(
            Text(f"{value:g} 高于上限 {field.maximum:g}。", f"{value:g} is above {field.maximum:g}.")
        )
    return value


def _code(text: str, name: str) -> str | None:
    code = code_for(name, text) or code_for(name, unicodedata.normalize("NFKC", text))
    if code is None and text in _NOTHING:
        return None
    if code is None:
        terms = vocabulary(name).values()
        raise CellError(
            Text(
                f"“{text}”不在词表 {name} 中；可用：{'、'.join(term.label.zh for term in terms)}。",
                f"{text!r} is not in the vocabulary {name}; allowed: {', '.join(term.label.en for term in terms)}.",
            )
        )
    return code


def _bool(cell: Any) -> bool:  # noqa: ANN401 - a cell may hold anything
    word = unicodedata.normalize("NFKC", text_of(cell)).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(Text(f"“{text_of(cell)}”不是“是/否”。", f"{text_of(cell)!r} is neither yes nor no."))


def _list(cell: Any) -> str | None:  # noqa: ANN401 - a cell may hold anything
    text = text_of(cell)
    if text in _NOTHING:
        return None
    parts = [part.strip() for part in _SEVERAL.split(text)]
    return ";".join(part for part in parts if part) or None


def _date(cell: Any) -> date:  # noqa: ANN401 - a cell may hold anything
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", text_of(cell))
    match = _DAY.fullmatch(text)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3] or 1), text)
    digits = re.fullmatch(r"(\d+)年?", text)
    if digits:
        number = int(digits[1])
        if len(digits[1]) == len("20200102"):
            return _day(number // 10_000, number // 100 % 100, number % 100, text)
        if number in _YEARS:
            return date(number, 1, 1)
        if number in _SERIAL_DAYS and "年" not in text:
            return _EXCEL_EPOCH + timedelta(days=number)
    raise CellError(Text(f"“{text}”不是日期。", f"{text!r} is not a date."))


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CellError(Text(f"“{text}”不是存在的日期。", f"{text!r} is no such day.")) from None
