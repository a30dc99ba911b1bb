"""What is wrong with a parameter of a request, in both languages."""

from collections.abc import Mapping
from typing import Any

from layers.text import Text

_NUMBER = Text("应为数字", "it should be a number")
_WHOLE = Text("应为整数", "it should be a whole number")
_DAY = Text("应为日期，写成 2026-06-30 的样子", "it should be a date like 2026-06-30")
_YES_NO = Text("应为 true 或 false", "it should be true or false")
_RULES: Mapping[str, Text] = {
    "greater_than": Text("应大于 {gt}", "it should be above {gt}"),
    "greater_than_equal": Text("不应小于 {ge}", "it should be {ge} or more"),
    "less_than": Text("应小于 {lt}", "it should be below {lt}"),
    "less_than_equal": Text("不应大于 {le}", "it should be {le} or less"),
    "finite_number": Text("应为有限的数", "it should be a finite number"),
    "literal_error": Text("只能是 {expected}", "it should be {expected}"),
    "enum": Text("只能是 {expected}", "it should be {expected}"),
    "string_too_long": Text("最多 {max_length} 个字符", "it should have {max_length} characters at most"),
    "string_too_short": Text("至少 {min_length} 个字符", "it should have {min_length} characters at least"),
    "too_long": Text("最多给 {max_length} 个", "it should be given {max_length} times at most"),
    "string_type": Text("应为文字", "it should be a text"),
    "string_unicode": Text("含有不完整的字符", "it holds half a character"),
    "json_invalid": Text("不是有效的 JSON", "it is no valid JSON"),
    "missing": Text("没有给出", "it is missing"),
    "extra_forbidden": Text("没有这个参数", "there is no such parameter"),
    "bbox_order": Text(
        "应为 西,南,东,北（度），西不大于东，南不大于北",
        "it should be west,south,east,north in degrees, west <= east and south <= north",
    ),
    "bbox_pattern": Text(
        "应为 西,南,东,北 四个数（度）", "it should be four numbers: west,south,east,north in degrees"
    ),
    "where_pattern": Text("应写成 字段=值", "it should be written key=value"),
}
_FAMILIES: Mapping[str, Text] = {"int": _WHOLE, "float": _NUMBER, "date": _DAY, "bool": _YES_NO}
_SHOWN_CHARACTERS = 80


def fault_of(error: Mapping[str, Any]) -> Text:
    """Say which parameter, which value and which rule, from one error of a pydantic validation.

    An error that is not in our table keeps pydantic's own English after a Chinese sentence of its own.
    """
    place = [str(part) for part in error["loc"][1:]]
    name = ".".join(place) or "body"
    what = name if error["type"] == "missing" else f"{name}={str(error.get('input', ''))[:_SHOWN_CHARACTERS]}"
    what = what.encode("utf-8", "replace").decode()  # half a character cannot be shown
    rule = _rule(error, place[0] if place else "")
    return Text(f"{what}：{rule.zh}", f"{what}: {rule.en}")


def _rule(error: Mapping[str, Any], name: str) -> Text:
    kind = f"{name}_pattern" if error["type"] == "string_pattern_mismatch" else error["type"]
    rule = _RULES.get(kind) or _FAMILIES.get(kind.split("_")[0])
    if rule is None:
        return Text(f"不符合要求（{error['msg']}）", error["msg"])
    said = {key: _plain(value) for key, value in error.get("ctx", {}).items()}
    in_chinese = {**said, "expected": said.get("expected", "").replace(", ", "、").replace(" or ", "、")}
    return Text(rule.zh.format(**in_chinese), rule.en.format(**said))


def _plain(value: Any) -> str:  # noqa: ANN401 - whatever pydantic tells of the rule
    return f"{value:g}" if isinstance(value, float) else str(value).replace("'", "")
