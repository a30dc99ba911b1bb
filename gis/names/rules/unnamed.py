"""Placeholders where a standard name should stand."""

import re
from collections.abc import Iterator

from gis.names.packs import RuleSetting
from gis.names.registry import Case, Hit, single_rule
from layers.findings import Severity
from layers.text import Text

_PLACEHOLDER = re.compile(
    r"^(?:(?:暂无|未|没有|尚未|待|无)(?:命名|定名|名称|地名|路名)|(?:名称?)?待(?:定|命名|补|核)|无|不详|未知|空|[-—/\\*?？]+)$"
    r"|(?:未命名|暂未命名|待命名|名称待定|暂定名|暂名|路名待定|待定)|^无名[路街巷道弄桥公园小区]|^(?:在建|拟建|规划|新建|设计)(?:[一二三四五六七八九十0-9]+号?)?"
    r"(?:道?路|街道?|支路|桥|小区|公园)(?:[一二三四五六七八九十0-9]+号?)?$"
)
_DESIGN_CODE = re.compile(
    r"^(?:规划)?[横纵支][一二三四五六七八九十0-9]{1,3}号?[路街线道]$|^[A-Z]{1,2}[0-9]{0,3}号?[路街线道]$"
)


@single_rule("unnamed")
def unnamed(case: Case, setting: RuleSetting) -> Iterator[Hit]:
    """有地无名：该有标准地名的地方没有名称，或只有“无名路”“规划路”一类的代称。

    What
    ----
    Finds an empty name where the class of the thing is known, placeholders (未命名, 待定, 无名路, 规划一路), and the
    working names of a road's designers (横一路, 支二路, A3路).

    Why
    ---
    Art 3 and 12 of the regulation: roads, bridges, parks, residential areas and buildings are named, and the name is
    approved. Xiamen's clean-up of 2019 counts 支一路 and 横一路 as working names left over from design.

    Exceptions
    ----------
    Villages and divisions, where 无名 is history; settled, heritage and approved names (an approved 无名路 is a name);
    memorials of unknown heroes (无名英雄).
    """
    del setting
    text = case.text.strip()
    if not text:
        if case.segments.class_from == "given":
            yield Hit(word="", subject="empty", message=Text("没有名称。", "There is no name."))
        return
    found = _PLACEHOLDER.search(text)
    if found:
        word = found.group()
        message = Text(f"“{word}”不是名称，是待命名的代称。", f"{word} is no name but stands for one.")
        yield Hit(word=word, start=found.start(), message=message)
    elif _DESIGN_CODE.match(text):
        yield Hit(
            word=text,
            start=0,
            severity=Severity.REVIEW,
            message=Text(f"“{text}”像设计图上的临时编号。", f"{text} looks like a designer's working name."),
        )
