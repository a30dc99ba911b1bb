"""The evidence of a finding in the words of an office: labels in Chinese, nothing of the machine's own workings."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from gis.names.packs.conditions import MEASURES
from gis.names.registry import all_rules
from layers.text import Text
from layers.vocabulary import label_of

GRADES: Mapping[str, str] = {
    "exact": "同名",
    "same_specific": "专名相同",
    "modifier": "仅差大、新或市名",
    "look_alike": "字形相近",
    "tonal": "同音同调",
    "toneless": "同音异调",
    "dialect": "方言同音",
}
"""How alike a namesake is, in the words of a form."""
_LABELS: Mapping[str, str] = {
    "word": "用字",
    "entity_class": "地名类别",
    "scope": "重名范围",
    "grade": "相近程度",
    "reading": "读音",
    "namesakes": "相近地名",
    "registered_name": "备案名称",
    "marketing_name": "推广名",
    "other_name": "另一名称",
    "standard_name": "标准名称",
    "signed_name": "标志上的名称",
    "sounds_like": "谐音于",
    "allowed_generics": "可用通名",
    "length": "字数",
    "length_limit": "字数上限",
    "thresholds": "规模要求",
    "known": "已知规模",
    "not_known": "缺少的数据",
    "code_points": "字符编码",
    "sign_text": "牌面文字",
    "right_text": "应为",
    "sign_pinyin": "牌面拼音",
    "right_pinyin": "应为拼音",
    "address": "地址",
    "due": "期限",
    "distance_m": "距离",
}
"""What a form says of a finding; evidence that is not here is for the machine and for the pages, not for paper."""
_TRUE: Mapping[str, str] = {
    "another_reading": "按多音字的另一读音相同",
    "is_former_name": "在用名称是登记的曾用名",
}
_DOUBTS: Mapping[str, tuple[str, str]] = {
    "scope": ("scope_is_approximate", "范围系近似划定"),
    "reading": ("reading_unsure", "读音待核"),
    "right_pinyin": ("right_pinyin_unsure", "读音待核"),
}
"""What qualifies another piece of evidence, and how it is said behind it."""
_LISTED = 5


@cache
def rule_titles() -> Mapping[str, str]:
    """Return what every rule is about, by code: the first line of its page in the manual."""
    pages = {code: rule.page.strip().splitlines() for code, rule in all_rules().items()}
    return MappingProxyType({code: page[0].strip().rstrip("。") for code, page in pages.items() if page})


def rule_title(code: str) -> str:
    """Say in words what the rule of a finding (``names.…``) is about; ``""`` for one that has no page."""
    return rule_titles().get(code.removeprefix("names."), "")


def evidence_lines(evidence: Mapping[str, Any]) -> list[str]:
    """Write the evidence of a finding as ``label：value``, a line a piece; lists are cut to five.

    What has no label in the words of an office (ids, word lists, coordinates, settings) is left out.
    """
    lines = []
    for key, value in evidence.items():
        if value is True and key in _TRUE:
            lines.append(_TRUE[key])
        elif key in _LABELS and not isinstance(value, bool) and (said := _said(key, value)):
            flag, doubt = _DOUBTS.get(key, ("", ""))
            lines.append(f"{_LABELS[key]}：{said}" + (f"（{doubt}）" if evidence.get(flag) else ""))
    return lines


def _said(key: str, value: Any) -> str:  # noqa: ANN401 - a JSON value
    if value in (None, "", [], {}):
        return ""
    return _WRITTEN.get(key, _plain)(value)


def _plain(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if isinstance(value, Mapping):
        return str(value.get("zh", ""))
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _some([said for one in value if (said := _plain(one))], "个")
    return str(value)


def _some(texts: Sequence[str], unit: str) -> str:
    """Join the first few; more are counted."""
    listed = "、".join(texts[:_LISTED])
    return f"{listed}等 {len(texts)} {unit}" if len(texts) > _LISTED else listed


def namesakes_text(namesakes: Sequence[Mapping[str, Any]]) -> str:
    """Write namesakes as ``“名称”（距离 x 米）``; a distance that is not known is left out."""
    return _some([f"“{one.get('name', '')}”{_far(one.get('distance_m'))}" for one in namesakes], "处")


def _far(metres: Any) -> str:  # noqa: ANN401 - a JSON value
    return f"（距离 {metres:,.0f} 米）" if isinstance(metres, int | float) else ""


def _namesakes(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return namesakes_text([one for one in value if isinstance(one, Mapping)])


def _measure(name: str) -> tuple[str, str]:
    """Return label and unit of a measure; both empty for one nobody named."""
    label, unit = MEASURES.get(name, (Text("", ""), ""))
    return label.zh, {"m²": "平方米", "m": "米"}.get(unit, unit)


def _known(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if not isinstance(value, Mapping):
        return _plain(value)
    named = [(*_measure(str(name)), one) for name, one in value.items()]
    return "、".join(f"{label} {_plain(one)} {unit}".rstrip() for label, unit, one in named if label)


def _not_known(value: Any) -> str:  # noqa: ANN401 - a JSON value
    return "、".join(label for one in value if (label := _measure(str(one))[0]))


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "entity_class": lambda value: label_of("name_class", str(value)).zh,
    "grade": lambda value: GRADES.get(str(value), ""),
    "namesakes": _namesakes,
    "known": _known,
    "not_known": _not_known,
    "distance_m": lambda value: f"{value:,.0f} 米",
}
