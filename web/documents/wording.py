"""The words of the forms: classes of problems, dates, open fields, and what of a case goes into a cell."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gis.names.gazetteer import degrees_minutes_seconds
from gis.names.review.states import REASONS, STATE_LABELS
from layers.findings import SEVERITY_LABELS, Severity
from layers.specs import SPECS
from layers.text import Lang, Text
from layers.vocabulary import label_of
from web.texts import all_texts

BLANK = "（待填）"
"""An open field, to be filled in by hand: nothing is made up."""
NONE = Text("无", "None")
KINDS: Mapping[str, Text] = {
    "大": Text("“大”：刻意夸大", "Grandiose"),
    "洋": Text("“洋”：崇洋媚外", "Foreign"),
    "怪": Text("“怪”：怪异难懂", "Odd"),
    "重": Text("“重”：重名同音", "Duplicate or homophone"),
    "一地多名": Text("一地多名", "Several names for one place"),
    "擅自命名": Text("未经批准擅自命名", "Named without approval"),
    "有地无名": Text("有地无名", "Place without a name"),
    "用字": Text("用字不规范", "Characters"),
    "标志": Text("地名标志不规范", "Sign"),
}
"""What an office calls each class of problem; the four of 民发〔2018〕146号 in its own words."""
PRINCIPLES: Mapping[str, str] = {
    "大": "《地名管理条例》第九条第一款第（二）项",
    "洋": "《地名管理条例》第九条第一款第（三）项、第（五）项",
    "怪": "《地名管理条例》第九条第一款第（一）项、第（三）项",
    "重": "《地名管理条例》第九条第一款第（七）项、第（八）项",
    "一地多名": "《地名管理条例》第十五条、第十八条",
    "擅自命名": "《地名管理条例》第四条、第十二条",
    "有地无名": "《地名管理条例》第八条",
    "用字": "《地名管理条例》第九条第一款第（三）项、第十五条",
    "标志": "《地名管理条例》第十八条、第十九条",
}
"""The article a class of problems rests on, where no finding of the case names its own."""
_LONGEST_VALUE = 60
_LISTED = 5
_SKIPPED = frozenset(
    {
        "segments",
        "class_from",
        "list_source",
        "on",
        "weights",
        "exceptions",
        "start",
        "end",
        "pack",
        "packs",
        "layer",
    }
)
"""Evidence for the machine's own workings, which a form has no room for; exceptions have a line of their own."""
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


def both(text: Text, lang: Lang) -> str:
    """Print a heading: Chinese, and English after it when the document is asked for in English."""
    return f"{text.zh} {text.en}" if lang == "en" and text.en != text.zh else text.zh


def day_text(day: date) -> Text:
    """Write a day as documents do: 2026年11月21日."""
    return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())


def said_text(value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Return the Chinese of a bilingual JSON text, or the value itself; ``""`` for None."""
    if isinstance(value, Mapping):
        return str(value.get("zh") or value.get("en") or "")
    return "" if value is None else str(value)


def category_of(case: Mapping[str, Any]) -> str:
    """Return the class of problem as confirmed, else the first one suspected, else ``""``."""
    suspected = case.get("categories") or ()
    return str(case.get("category") or (suspected[0] if suspected else ""))


def kind_of(case: Mapping[str, Any]) -> str:
    """Name the kind of violation, or leave the field open."""
    category = category_of(case)
    return KINDS[category].zh if category in KINDS else category or BLANK


def town_of(case: Mapping[str, Any]) -> str:
    """Name the town, or leave the field open."""
    return str((case.get("town") or {}).get("name") or "") or BLANK


def position_of(case: Mapping[str, Any]) -> str:
    """Give the coordinates, or leave the field open."""
    return degrees_minutes_seconds(case.get("lon"), case.get("lat")) or BLANK


def place_of(case: Mapping[str, Any]) -> str:
    """Say where the place is: town and coordinates."""
    position = degrees_minutes_seconds(case.get("lon"), case.get("lat"))
    return "；".join(part for part in (town_of(case), position) if part)


def state_of(case: Mapping[str, Any]) -> str:
    """Name the state of the case."""
    known = STATE_LABELS.get(str(case.get("state", "")))
    return known.zh if known else said_text(case.get("state_label"))


def reason_of(case: Mapping[str, Any]) -> str:
    """Name the reason for which the name was let stand, or ``""``."""
    code = case.get("reason")
    return REASONS[code].zh if isinstance(code, str) and code in REASONS else said_text(code)


def findings_of(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """List the findings a case rests on; none when the case came without details.

    What was set aside is left out, except where the whole case was: then the paper says what was set aside.
    """
    found = list(case.get("findings") or ())
    return [one for one in found if not one.get("dismissed")] or found


def principle_of(case: Mapping[str, Any]) -> str:
    """Say on what the class of problem rests: the citations of its findings, else the article of the class."""
    category = category_of(case)
    cited = [one.get("citation", "") for one in findings_of(case) if one.get("category") == category]
    return "；".join(dict.fromkeys(filter(None, cited))) or PRINCIPLES.get(category, "") or BLANK


def severity_text(value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Name how far a finding goes."""
    return SEVERITY_LABELS[Severity(value)].zh if value in set(Severity) else said_text(value)


def evidence_lines(evidence: Mapping[str, Any]) -> list[str]:
    """Write the evidence of a finding as ``label：value``, one line a piece; lists are cut to five."""
    return [
        f"{_label(key)}：{_coded(key, value)}"
        for key, value in evidence.items()
        if key not in _SKIPPED and value not in (None, "", [], {})
    ]


def _label(key: str) -> str:
    known = all_texts().get(f"evidence_{key}")
    if known:
        return known.zh
    spec = SPECS["place_name"]
    return spec.field(key).label.zh if key in spec.field_names else key


def _coded(key: str, value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Write a value; the codes of a class and of a likeness by their names."""
    if key == "entity_class" and isinstance(value, str):
        return label_of("name_class", value).zh
    return GRADES.get(value, value) if key == "grade" and isinstance(value, str) else _value(value)


def _value(value: Any) -> str:  # noqa: ANN401 - a JSON value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, Mapping):
        if "zh" in value:
            return said_text(value)
        return _short(
            "，".join(
                f"{_label(key)} {_coded(key, one)}" for key, one in value.items() if key not in _SKIPPED
            )
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        listed = "、".join(_value(one) for one in value[:_LISTED])
        return _short(f"{listed}等 {len(value)} 个" if len(value) > _LISTED else listed)
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def open_field(value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Return a value as text, or the mark of an open field."""
    return said_text(value).strip() or BLANK
