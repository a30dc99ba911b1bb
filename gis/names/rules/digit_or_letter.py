"""Digits and letters in a name."""

import re
from collections.abc import Iterator

from gis.names.nameless import is_bare_number
from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, Reach, single_rule
from layers.findings import Severity
from layers.text import Text

_FOREIGN = re.compile(r"[0-9A-Za-zÀ-ɏͰ-ϿЀ-ӿ]+")
_UNIT_NUMBER = re.compile(
    r"[0-9〇一二三四五六七八九零]+号?(?:厂|工厂|矿|队|大队|信箱|医院|库|所|院|部队|团|连|农场|电厂|省道|国道|县道|乡道|村道|环路|米(?=[宽大路街巷道])|工区|处|场|局|台|站|中学|小学|学校|家属院|宿舍)"
)
_SECTION = re.compile(
    r"^(?:.*[^0-9A-Za-z])?(?:[A-H]|[0-9]{1,2})(?:区|期|栋|座|幢|号楼|号院|组团|地块|标段|段|线)$"
)
_YEAR = re.compile(r"(?:1[6-9]|20)[0-9]{2}")
_ROAD_CODE = re.compile(r"^(?:[经纬环][0-9]{1,2}|[GSXYC][0-9]{1,4})")


@single_rule("digit-or-letter", reach=Reach.MARKED)
def digit_or_letter(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """数字字母：汉字名称里夹有阿拉伯数字或外文字母。

    What
    ----
    Finds Arabic digits and letters in a name that also has Chinese characters. Widely known abbreviations are left
    alone, and so is the section of a residential area (A区, 2期). The number of a work unit or block, and the code of
    a road, is a note, and so is a building labelled with nothing but its number (16), which is no name; a year asks
    for a review.

    Why
    ---
    The criteria of 2018 count arbitrary mixes of characters with digits and letters without a meaning as 怪;
    Art 9(3) of the regulation asks for the common national script.

    Exceptions
    ----------
    Widely known abbreviations (APEC, CBD, IT); approved firms with a number in their name; numbers of work units,
    schools and doors; divisions and villages; roads, parks and facilities, which ask for a review.
    """
    text = case.text
    if text.isascii() and not text.isdigit():
        return
    section_start = len(text) - len(case.segments.section + case.segments.body)
    for found in _FOREIGN.finditer(text):
        word = found.group()
        known = word.upper() in setting.words or word in setting.words
        if known or found.start() >= section_start:
            continue
        yield Hit(
            word=word,
            start=found.start(),
            severity=_severity(case, word),
            applies=("numbered-unit",) if _is_number_of_unit(text) else (),
            message=Text(f"名称夹有数字或字母“{word}”。", f"The name mixes in {word!r}."),
        )


def _is_number_of_unit(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_UNIT_NUMBER, _SECTION, _ROAD_CODE))


def _severity(case: Case, word: str) -> Severity | None:
    """Weaken a year, and a single letter or digit that stands behind the beginning of the specific part."""
    if is_bare_number(case.segments):
        return Severity.NOTE
    behind = case.text.find(word) > case.segments.specific_start
    return Severity.REVIEW if (behind and len(word) == 1) or _YEAR.fullmatch(word) else None
