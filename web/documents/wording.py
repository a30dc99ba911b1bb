"""The words of the forms: classes of problems, dates, open fields, and what of a case goes into a cell."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from gis.names.gazetteer import degrees_minutes_seconds
from gis.names.review.states import REASONS, STATE_LABELS
from layers.findings import SEVERITY_LABELS, Severity
from layers.text import Lang, Text

BLANK = "（待填）"
"""An open field, to be filled in by hand: nothing is made up."""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
INTERNAL = Text("系统编号", "System id")
"""The head of the id of the program, in lists that stay in the office."""
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


def both(text: Text, lang: Lang) -> str:
    """Print a heading: Chinese, and English after it when the document is asked for in English."""
    return f"{text.zh} {text.en}" if lang == "en" and text.en != text.zh else text.zh


def numbered(texts: Iterable[str], *, empty: str | None = None) -> list[str]:
    """Put numbers before texts when there is more than one; an empty text becomes ``empty`` and uses up its number."""
    listed = list(texts)
    if len(listed) <= 1:
        return listed
    return [f"{number}．{one}" if one or empty is None else empty for number, one in enumerate(listed, 1)]


def day_of(value: Any) -> date | None:  # noqa: ANN401 - a JSON value
    """Return a day written as ISO 8601, or None; of a moment with its time zone the day it was here."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return (moment.astimezone() if moment.tzinfo else moment).date()


def step_day(case: Mapping[str, Any], step: str, *states: str) -> date | None:
    """Return the first day of a step of a case: from its ``dates``, else from the history by the states it led to."""
    dates = case.get("dates") or {}
    if dates.get(step):
        return day_of(dates[step])
    days = (one.get("on") for one in case.get("history") or () if one.get("to") in states)
    return min((day for one in days if (day := day_of(one))), default=None)


def number_of(case: Mapping[str, Any]) -> str:
    """Return the number an office reads a case by, or leave the field open: the id of the program is none."""
    return str(case.get("number") or "") or BLANK


def old_name_of(case: Mapping[str, Any]) -> str:
    """Return the name that was found, as it stood before it was changed."""
    changed = ((one.get("values") or {}).get("old_name") for one in case.get("history") or ())
    return str(next(filter(None, changed), case.get("name") or ""))


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
    return f"{town_of(case)}（{position}）" if position else town_of(case)


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
    return (
        days_in_words("；".join(dict.fromkeys(filter(None, cited)))) or PRINCIPLES.get(category, "") or BLANK
    )


def days_in_words(text: str) -> str:
    """Write the days in a text as papers do: 2022-05-01 becomes 2022年5月1日."""
    return _DAY.sub(lambda found: f"{int(found[1])}年{int(found[2])}月{int(found[3])}日", text)


def severity_text(value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Name how far a finding goes."""
    return SEVERITY_LABELS[Severity(value)].zh if value in set(Severity) else said_text(value)


def open_field(value: Any) -> str:  # noqa: ANN401 - a JSON value
    """Return a value as text, or the mark of an open field."""
    return said_text(value).strip() or BLANK
