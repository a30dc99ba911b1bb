"""Specific parts that are only a number."""

import re
from collections.abc import Iterator

from gis.names.nameless import is_bare_number
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from gis.names.segment import UNKNOWN_CLASS
from gis.names.terms import generic_terms
from layers.findings import Severity
from layers.text import Text

_NUMBER = re.compile(
    r"第?[0-9零〇一二三四五六七八九十百千]{2,}(?:点[零〇一二三四五六七八九]+)?号?|第[一二三四五六七八九十]"
)
_FORMAL = re.compile(
    r"[壹贰叁肆伍陆柒捌玖拾佰仟](?:分之|[又零点]|[壹贰叁肆伍陆柒捌玖拾佰仟])|分之[一二三四五六七八九壹贰叁]"
    r"|[零一二三四五六七八九十百]+[加减乘][零一二三四五六七八九十百]+"
)
_DATES = "二七 双十 五三 十一 五一 五四 六一 七一 七七 八一 三八 五卅 五七 九一八 一二九 三一五 三一八 一二八"
_MEASURED = re.compile(
    r"[零〇一二两三四五六七八九十百千万半壹贰叁肆伍陆柒捌玖拾佰仟]+(?:[瓶斗斤寸丈升吨度秒杯碗滴粒颗匹]|[百千万佰仟][栋幢]|克拉|平方|分钟|公斤|公分)"
)
_LONG_NUMBER = re.compile(r"[零〇一二三四五六七八九十百千两]{3,}")
_NTH = re.compile(r"第[一二三四五六七八九十]+(?![一-鿿]*[厂校中小院所局司队师军居村学教验宿食门住商百])")
_TWO_AS_ORDINAL = re.compile(r"[一-鿿]两(?=[路街巷道]$)")
_HOUSE_NUMBER = re.compile(r"[壹贰叁]+号?|[肆伍陆柒捌玖拾]号|[一二三四五六七八九十]+号$")
_LODGINGS = ("家属院", "家属区", "宿舍", "生活区")
"""Quarters of a work unit, which may be called by the unit's number."""
_OF_ESTATES = frozenset({"公馆", "公寓", "公府", "府", "府邸", "国际", "广场", "大厦", "豪庭", "会所"})
"""Generic parts before 社区 that show a community is called after an estate."""
_FORMAL_NUMERALS = frozenset("壹贰叁肆伍陆柒捌玖拾")
_NUMBERED_PARTS = frozenset({"院", "楼", "馆", "大院"})
"""Parts of an estate or a campus that carry a number."""
_NUMBERED = frozenset({"residential", "building", "road", "park", UNKNOWN_CLASS})
_BUILT = frozenset({"residential", "building", UNKNOWN_CLASS})
_ORDINAL_ROADS = re.compile(r"^[一二两三四五六七八九十]{1,3}$")


@single_rule("numeric-specific")
def numeric_specific(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """纯数字专名：专名只是一个数或序号，没有别的含义。

    What
    ----
    Finds names whose specific part is nothing but a numeral or ordinal (“第N”), fractions, and formal numerals
    (壹, 贰) or house numbers (一号) in the names of buildings; in the names of residential areas and buildings also
    numbers of three numerals, numbers with a measure word, and “第N” at the beginning; “两” used as an ordinal in the
    names of roads. A building labelled with nothing but its number (16) has no name: a note.

    Why
    ---
    The criteria of 2018 count a purely numeric specific part without a meaning as 怪.

    Exceptions
    ----------
    Dates with a history (五一, 五四, 八一 …); streets in a numbered series (一路, 三环路); divisions, villages and
    communities, whose numbers come from brigades and residential sections, unless a community is called after an
    estate (壹号公馆社区); facilities with a number (第一中学) and the quarters of numbered work units.
    """
    del setting
    if case.segments.entity_class == "committee" and not _is_called_after_estate(case):
        return
    found = _formal(case) or _numbered(case) or _whole(case) or _inside(case)
    if found:
        yield Hit(
            word=found,
            start=case.text.find(found),
            severity=Severity.NOTE if is_bare_number(case.segments) else None,
            message=Text(f"专名“{found}”只是数字。", f"The specific part {found} is only a number."),
        )


def _formal(case: Case) -> str:
    found = _FORMAL.search(case.text)
    return found.group() if found else ""


def _numbered(case: Case) -> str:
    found = _HOUSE_NUMBER.search(case.segments.specific)
    if not found or (case.segments.generic in _NUMBERED_PARTS and found.group()[0] not in _FORMAL_NUMERALS):
        return ""
    return found.group() if case.segments.entity_class in _BUILT or _is_called_after_estate(case) else ""


def _is_called_after_estate(case: Case) -> bool:
    return case.segments.committee == "community" and case.segments.generic in _OF_ESTATES


def _whole(case: Case) -> str:
    specific, generic = case.segments.specific, case.segments.generic
    named_as = generic_terms().classes.get(generic, UNKNOWN_CLASS)
    if (
        named_as not in _NUMBERED
        or generic in _LODGINGS
        or not _NUMBER.fullmatch(specific)
        or specific in _DATES.split()
    ):
        return ""
    in_series = named_as == "road" and _ORDINAL_ROADS.match(specific)
    return "" if in_series else specific


def _inside(case: Case) -> str:
    """Return a number inside the specific part that says nothing, of buildings and estates; or 两 for 二 in a road."""
    specific = case.segments.specific
    if case.segments.generic in _LODGINGS:
        return ""
    if case.segments.entity_class not in _BUILT:
        odd = _TWO_AS_ORDINAL.search(case.segments.stem) if case.segments.entity_class == "road" else None
        return odd.group() if odd else ""
    found = _MEASURED.search(specific) or _LONG_NUMBER.search(specific) or _NTH.match(specific)
    return found.group() if found and found.group() not in _DATES.split() else ""
