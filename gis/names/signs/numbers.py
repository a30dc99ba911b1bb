"""The grammar of numbers on plates: 12号, 12-1号, 12号之一, 甲12号, 3幢, 2单元."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_DIGITS = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {"零": 0}
_STEM = "甲乙丙丁戊己庚辛"
_GRAMMAR = re.compile(
    rf"#?(?P<before>[{_STEM}A-Z])?(?P<main>\d{{1,5}})(?P<after>[{_STEM}A-Z])?(?:[-/](?P<dash>\d{{1,3}}))?"
    rf"(?P<unit>号楼|号|幢|栋|座|楼|单元|#)?(?:[之-](?P<part>[一二三四五六七八九十]{{1,3}}|\d{{1,3}}))?"
)
_CHINESE = re.compile(r"[〇零一二三四五六七八九十百]{1,6}(?:号楼|号|幢|栋|座|单元)?")


@dataclass(frozen=True, slots=True)
class PlateNumber:
    """One number, taken apart.

    Attributes
    ----------
    main
        The number proper: 12 of 12-1号.
    part
        What tells plates of one number apart (``-1``, ``之一`` becomes ``-1``, ``甲``), or ``""``.
    """

    main: int
    part: str


@cache
def parse_number(written: str) -> PlateNumber | None:
    """Take a plate number apart; None for anything that is not an Arabic number with its unit."""
    text = "".join(unicodedata.normalize("NFKC", written).split()).upper()
    text = text.replace("—", "-").replace("–", "-").replace("號", "号").replace("棟", "栋")
    found = _GRAMMAR.fullmatch(text)
    if found is None:
        return None
    tail = found["dash"] or found["part"]
    number = str(value_of(tail)) if tail else ""
    return PlateNumber(
        int(found["main"]),
        (found["before"] or "") + (found["after"] or "") + (f"-{number}" if number else ""),
    )


def is_chinese(written: str) -> bool:
    """Tell whether a number is written in Chinese numerals."""
    return _CHINESE.fullmatch("".join(written.split())) is not None


def value_of(numeral: str) -> int:
    """Read a numeral of Arabic digits, single Chinese digits in a row, or Chinese tens up to 99.

    Examples
    --------
    >>> [value_of(one) for one in ("7", "十二", "二十", "一二")]
    [7, 12, 20, 12]
    """
    if numeral.isdecimal():
        return int(numeral)
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[one]) for one in numeral))


def arabic(written: str) -> str | None:
    """Rewrite Chinese numerals in Arabic ones (十二号 as 12号); None when it is something else."""
    text = "".join(written.split())
    found = re.fullmatch(r"([〇零一二三四五六七八九十]{1,4})(.*)", text)
    if found is None or found[1].count("十") > 1:
        return None
    return f"{value_of(found[1])}{found[2]}"
