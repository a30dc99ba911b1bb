"""What may stand in ``pack.toml``: every key with its type, so that a slip of the pen is told and not passed over."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from gis.names.packs.source import PackSource
from layers.text import Text
from layers.vocabulary import vocabulary

_KINDS: Mapping[type, Text] = MappingProxyType(
    {
        str: Text("文字", "text"),
        bool: Text("true 或 false", "true or false"),
        int: Text("整数", "a whole number"),
        list: Text("文字的列表", "a list of texts"),
        dict: Text("表", "a table"),
        date: Text("日期（如 2026-01-01）", "a date such as 2026-01-01"),
    }
)
_TOP: Mapping[str, type] = MappingProxyType(
    {
        "id": str,
        "extends": str,
        "title": dict,
        "jurisdictions": list,
        "effective_from": date,
        "verified": bool,
        "remark": dict,
        "word_files": list,
        "basis": dict,
        "parameters": dict,
        "rules": dict,
    }
)
_RULE: Mapping[str, type] = MappingProxyType(
    {
        "enabled": bool,
        "category": str,
        "severity": str,
        "citation": list,
        "classes": list,
        "lists": list,
        "homographs": list,
        "passes": list,
        "mild": list,
        "exceptions": dict,
        "parameters": dict,
    }
)
_SCOPE: Mapping[str, type] = MappingProxyType(
    {"classes": list, "code_digits": int, "label": dict, "exact": bool, "basis": str}
)
CATEGORIES = ("大", "洋", "怪", "重", "一地多名", "擅自命名", "有地无名", "用字", "标志")
"""The classes of trouble that a rule may stand under."""


def refuse_misshapen(source: PackSource) -> None:
    """Look at the form of a pack's own file.

    Raises
    ------
    InputError
        At the first key that does not exist, value of another type, class or category that does not exist, or
        jurisdiction that is no beginning of a division code.
    """
    said = source.said
    scopes = said.get("scopes", [])
    if not isinstance(scopes, list) or not all(isinstance(one, dict) for one in scopes):
        raise source.wrong("scopes 应写作 [[scopes]]。", "scopes must be written [[scopes]].", at="scopes")
    _table(source, {key: one for key, one in said.items() if key != "scopes"}, _TOP, "pack.toml")
    for one in (said[key] for key in ("title", "remark") if key in said):
        _bilingual(source, one)
    for place in said.get("jurisdictions", ()):
        _place(source, place)
    for code, rule in said.get("rules", {}).items():
        _rule(source, code, rule)
    for scope in scopes:
        _table(source, scope, _SCOPE, "[[scopes]]")
        _classes(source, scope.get("classes", ()), extra=("township",))


def _rule(source: PackSource, code: str, said: object) -> None:
    if not isinstance(said, dict):
        raise source.wrong(f"[rules.{code}] 应为表。", f"[rules.{code}] must be a table.", at=code)
    _table(source, said, _RULE, f"[rules.{code}]")
    _classes(source, said.get("classes", ()), extra=("unknown",))
    category = said.get("category", CATEGORIES[0])
    if category not in CATEGORIES:
        raise source.wrong(
            f"规则 {code} 的类别“{category}”不在 {'、'.join(CATEGORIES)} 之中。",
            f"the category {category!r} of rule {code} is none of {', '.join(CATEGORIES)}.",
            at=category,
        )


def _table(source: PackSource, said: Mapping[str, Any], known: Mapping[str, type], where: str) -> None:
    for key, value in said.items():
        if key not in known:
            raise source.wrong(
                f"{where} 里没有“{key}”这一项。",
                f"there is no key {key!r} in {where}.",
                at=key,
                hint=Text(f"可用的项：{'、'.join(known)}。", f"The keys: {', '.join(known)}."),
            )
        if not _is(value, known[key]):
            kind = _KINDS[known[key]]
            raise source.wrong(
                f"{where} 的“{key}”应为{kind.zh}，现为 {value!r}。",
                f"{key!r} in {where} must be {kind.en}, not {value!r}.",
                at=key,
            )


def _is(value: object, kind: type) -> bool:
    if kind is list:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _bilingual(source: PackSource, said: Mapping[str, Any]) -> None:
    if not all(isinstance(said.get(lang), str) for lang in ("zh", "en")):
        raise source.wrong("title 和 remark 须有 zh、en。", "title and remark need zh and en.", at="title")


def _place(source: PackSource, place: str) -> None:
    if place != "*" and not (place.isascii() and place.isdigit() and len(place) in {2, 4, 6, 9, 12}):
        raise source.wrong(
            f"jurisdictions 里的“{place}”不是行政区划代码的前几位。",
            f"{place!r} in jurisdictions is no beginning of a division code.",
            at=place or "jurisdictions",
            hint=Text(
                "请写 2、4、6、9 或 12 位数字，如 320413。", "Write 2, 4, 6, 9 or 12 digits, such as 320413."
            ),
        )


def _classes(source: PackSource, classes: list[str], *, extra: tuple[str, ...]) -> None:
    known = (*vocabulary("name_class"), *extra)
    for one in classes:
        if one not in known:
            raise source.wrong(
                f"地名类别“{one}”不存在。",
                f"there is no class of names {one!r}.",
                at=one,
                hint=Text(f"可用的类别：{'、'.join(known)}。", f"The classes: {', '.join(known)}."),
            )
