"""Numerals in names: which are ordinals or codes, written in digits, and which are words (规则 6 and 7)."""

import re

from gis.names.readings.spelling_terms import spelling_terms


class Counted(str):
    """A numeral that counts something, to be written in digits."""

    __slots__ = ()


_DIGITS = {one: value for value, one in enumerate("〇一二三四五六七八九")}
_NUMERAL = "[一二三四五六七八九十]+"
_RING = re.compile(rf"(?P<before>.*?)(?P<number>{_NUMERAL})环$")
_RING_ROAD = re.compile(rf"(?P<before>[东南西北]?)(?P<number>{_NUMERAL})$")
_PARALLEL = re.compile(rf"(?P<before>经|纬)(?P<number>{_NUMERAL})$")
_ORDINAL = re.compile(rf"(?P<before>第?)(?P<number>{_NUMERAL})$")
_TRAILING = re.compile(rf"(?P<before>.{{2,}}?)(?P<number>{_NUMERAL})$")
_WITH_DIRECTION = re.compile(r"(.{2,})([东南西北中])$")
_LANE = re.compile(
    rf"(?P<before>[东西]四|.{{2,}}?)(?P<number>{_NUMERAL})(?P<lane>条|段|巷|弄|支路|支弄)(?P<more>胡同)?$"
)
_STRETCH = re.compile(r"(.{2,}(?:路|街|大道))([东西南北中上下]段)$")
_SECTION_PART = re.compile(rf"{_NUMERAL}|[A-Za-z0-9]+|[^A-Za-z0-9一二三四五六七八九十]+")


def value_of(numeral: str) -> int | None:
    """Return the value of a Chinese numeral from one to ninety-nine, or None when it is no such number (五一)."""
    if not re.fullmatch(_NUMERAL, numeral):
        return None
    if "十" not in numeral:
        return _DIGITS[numeral] if len(numeral) == 1 else None
    tens, _, ones = numeral.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def numbered(specific: str, generic: str) -> list[str]:
    """Return the words of a road counted by a number, or an empty list when no number counts it.

    经五路 and 三环路 are counted, 五一路 and 统一路 are not.
    """
    if specific in spelling_terms().numerals:
        return []
    if generic == "环路" and (ring := _RING_ROAD.match(specific)):
        return _counted(ring, ["环", "路"])
    if generic == "路" and specific.endswith("马") and value_of(specific[:-1]):
        return [Counted(specific[:-1]), "马路"]
    found = _RING.match(specific)
    return _counted(found, ["环", generic]) if found else _ordinal(specific, generic)


def _ordinal(specific: str, generic: str) -> list[str]:
    """Return the words of a road whose specific part ends in a number: 经五, 第九, 十二, 中山三."""
    if parallel := _PARALLEL.match(specific):
        return [parallel["before"], Counted(parallel["number"]), generic]
    is_word = any(specific.endswith(word) for word in spelling_terms().numerals)
    found = _ORDINAL.match(specific) or (None if is_word else _TRAILING.match(specific))
    return _counted(found, [generic]) if found else []


def _counted(found: re.Match[str], rest: list[str]) -> list[str]:
    if value_of(found["number"]) is None:
        return []
    directed = _WITH_DIRECTION.match(found["before"])
    before = directed.groups() if directed else (found["before"],)
    return [*(word for word in before if word), Counted(found["number"]), *rest]


def lane_words(stem: str) -> list[str]:
    """Return the words of a lane or a stretch of road counted by a number, or an empty list.

    东四十二条 is Dōngsì 12 Tiáo; the generic part of the road before the number has become part of its specific
    (规则 4): 中山北路三段 is Zhōngshānběilù 3 Duàn.
    """
    if stretch := _STRETCH.match(stem):
        return list(stretch.groups())
    found = _LANE.match(stem)
    if not found or value_of(found["number"]) is None or found["before"].endswith("第"):
        return []
    words = [found["before"], Counted(found["number"]), found["lane"], found["more"] or ""]
    return [word for word in words if word]


def section_words(section: str) -> list[str]:
    """Return the words of a part of a residential area: 二期, A区, 东区."""
    return [Counted(part) if value_of(part) else part for part in _SECTION_PART.findall(section)]


def as_digits(word: str) -> str | None:
    """Return the digits a counting word is written in, or None when it is spelt."""
    value = value_of(word) if isinstance(word, Counted) else None
    return None if value is None else str(value)
