"""Into which words a name falls when it is spelt: the 1984 rules, part by part."""

import re

from gis.names.readings.numerals import lane_words, numbered, section_words
from gis.names.readings.spelling_terms import longest_end, spelling_terms
from gis.names.segment import Segments
from gis.names.terms import generic_terms

_DIVISION = re.compile(r".+?(?:自治区|自治州|自治县|自治旗|地区|省|市|州(?![市区县])|盟|区|县|旗)")
_DIVISION_END = re.compile(r"(?:自治区|自治州|自治县|自治旗|地区|省|市|州|盟|区|县|旗)$")
_LEADING = re.compile(
    r"[一-鿿]{2,4}?(?<![城都超夜集早菜])市[一-鿿]{2,4}?(?:(?<![社小校园库景厂矿林牧农发新])区|县|市)(?=[一-鿿]{3})"
)
_DIRECTIONS = frozenset("东西南北中前后内外")
_SMALL_STREET = re.compile(r"([小老])([东南西北中前后][街路巷])$")
_ORDINAL_HEAD = re.compile(r"第[一二三四五六七八九十](?=..)")
_IN_A_CITY = frozenset({"facility", "building", "park", "bridge"})
"""Classes whose names may begin with the city they stand in."""
_BANNERS = re.compile(r"(?<=翼)[前后中][旗]$")
_JOINS_GENERIC = re.compile(
    r"(?<=..)(?<![科师农医财工交理林民恒远光正伟广盛宏强重高巨博扩壮])大(?=..)|(?<=..)帝(?=[苑府庭园])"
)
"""A modifier of one syllable before a generic part (大广场, 帝苑), unless a word of the specific ends so (师大)."""
_OF_ITS_DIVISION = frozenset("省市区县")
_LONG = 4


def words_of(parts: Segments) -> list[str]:
    """Return the words of a name in order; joined they are the name.

    Specific and generic part stand apart (规则 1), a modifier of one syllable joins what it belongs to (规则 2),
    villages and settlements are one word (规则 3), a generic part that has become part of the specific joins it
    (规则 4). Street ordinals are words of their own, to be written in digits (规则 7).
    """
    leading = leading_divisions(parts.stem)
    words = _prefix(parts.prefix)
    if leading:
        words += [*_prefix(leading), *words_of(_without(parts, leading))]
        return words
    words += _stem(parts)
    words += section_words(parts.section)
    words += _known(parts.body, spelling_terms().bodies)
    return [word for word in words if word]


def _prefix(prefix: str) -> list[str]:
    words: list[str] = []
    for division in _DIVISION.findall(prefix):
        found = _DIVISION_END.search(division)
        cut = found.start() if found else len(division)
        words += [*_peoples(division[:cut]), division[cut:]]
    return words


def leading_divisions(stem: str) -> str:
    """Return city and county at the head of a name without its province (常州市金坛区儒林镇), or ``""``."""
    found = _LEADING.match(stem) if "市" in stem else None
    return found.group() if found else ""


def _without(parts: Segments, leading: str) -> Segments:
    """Take divisions off the head of a name."""
    stem = parts.stem[len(leading) :]
    cut = max(len(stem) - len(parts.generic), 0)
    return parts._replace(prefix="", specific=stem[:cut], generic=stem[cut:])


def _stem(parts: Segments) -> list[str]:
    stem = parts.stem
    if parts.entity_class in {"road", "unknown"} and (whole := _settled(stem) or _lane(stem)):
        return whole
    generic = _generic_part(parts)
    specific = stem[: len(stem) - len(generic)]
    if not generic or not specific or _is_one_word(parts, generic):
        return [stem]
    if parts.entity_class == "road" and (road := _road(specific, generic)):
        return road
    if banner := _BANNERS.search(stem):
        return [*_specific(stem[: banner.start()]), banner.group()]
    if parts.scope_class in {"division", "township"}:
        return [*_peoples(specific), *_generic(generic)]
    city = _city(specific) if parts.entity_class in _IN_A_CITY else ""
    return [*([city] if city else []), *_specific(specific[len(city) :]), *_generic(generic)]


def _settled(stem: str) -> list[str]:
    """Return the words custom has settled: 渤海湾, and cities called after a river or a mountain (九江)."""
    terms = spelling_terms()
    return list(terms.fixed.get(stem, (stem,) if stem in terms.cities else ()))


def _lane(stem: str) -> list[str]:
    """Return the words of 小南街 and of a counted lane or stretch of road; of anything else none."""
    small = _SMALL_STREET.match(stem)
    return list(small.groups()) if small else lane_words(stem)


def _generic_part(parts: Segments) -> str:
    """Return the generic part as it is spelt; in 大新路 the 新 belongs to the specific part."""
    own = longest_end(spelling_terms().generics, parts.stem, leave=1)
    generic = own if len(own) > len(parts.generic) else parts.generic
    before = len(parts.stem) - len(generic) - 1
    if generic and before > 0 and _JOINS_GENERIC.match(parts.stem, before):
        return parts.stem[before:]
    alone = len(parts.stem) - len(generic) == 1
    return generic[1:] if alone and len(generic) > 1 and generic[0] == "新" else generic


def _road(specific: str, generic: str) -> list[str]:
    """Return the words of a counted road, and of one such as 景后街, whose direction goes with its only character."""
    if counted := numbered(specific, generic):
        return counted
    joins = len(specific) == 1 and len(generic) > 1 and generic[0] in _DIRECTIONS
    return [specific + generic[0], generic[1:]] if joins else []


def _city(specific: str) -> str:
    """Return the city the specific part begins with, or ``""``: 上海 of 上海虹桥国际机场."""
    found = max((size for size in (2, 3) if specific[:size] in spelling_terms().cities), default=0)
    return specific[:found] if len(specific) > found + 1 else ""


def _is_one_word(parts: Segments, generic: str) -> bool:
    """Tell whether the name is that of a village, a settlement or a community, written as one word.

    The road or bridge a community is called after is part of its specific (规则 4): Rénmínlù Shèqū.
    """
    if parts.committee == "community" and len(generic) == 1:
        return True
    if generic == "新村" or generic in spelling_terms().generics:
        return False
    settled = generic_terms().classes.get(generic) == "settlement"
    return settled or parts.entity_class == "settlement" or parts.committee == "village"


def _generic(generic: str) -> list[str]:
    """Split a long generic part: 购物中心 is two words, 北路 and 火车站 are one."""
    if generic in spelling_terms().generics:
        return list(spelling_terms().generics[generic])
    return [generic[:2], generic[2:]] if len(generic) >= _LONG else [generic]


def _specific(specific: str) -> list[str]:
    """Set modifiers of several syllables apart from the end of the specific part."""
    if ordinal := _ORDINAL_HEAD.match(specific):
        return [ordinal.group(), *_specific(specific[ordinal.end() :])]
    leave = 1 if specific[:1] in _OF_ITS_DIVISION else 2
    modifier = longest_end(spelling_terms().modifiers, specific, leave=leave)
    if modifier:
        return [*_specific(specific[: -len(modifier)]), modifier]
    division = _DIVISION_END.search(specific)
    if division and division.start() > 1 and generic_terms().classes.get(division.group()) == "division":
        return [specific[: division.start()], division.group()]
    return [specific]


def _peoples(specific: str) -> list[str]:
    """Set the names of peoples apart: 双江 拉祜族 佤族 …"""
    if specific in spelling_terms().fixed:
        return list(spelling_terms().fixed[specific])
    people = longest_end(spelling_terms().peoples, specific, leave=2)
    if not people:
        modifier = longest_end(spelling_terms().modifiers, specific, leave=2)
        return [*_peoples(specific[: -len(modifier)]), modifier] if modifier else [specific]
    return [*_peoples(specific[: -len(people)]), people]


def _known(text: str, words: frozenset[str]) -> list[str]:
    """Cut a body such as 社区居民委员会 into its words, longest first."""
    found: list[str] = []
    at = 0
    while at < len(text):
        size = next((size for size in range(len(text) - at, 1, -1) if text[at : at + size] in words), 1)
        if size == 1 and found and found[-1] not in words:
            found[-1] += text[at]
        else:
            found.append(text[at : at + size])
        at += size
    return found
