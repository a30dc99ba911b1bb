"""Words that several parts of a planning set share."""

from typing import Any

from gis.coverage import CoverageReport
from gis.coverage.gaps.reasons import LABELS
from layers.text import Lang, Text
from layers.vocabulary import label_of
from web.planning_set.gathering import Facility

SERVICE, TOWN, VILLAGE = Text("服务", "Service"), Text("镇街", "Town"), Text("村居", "Village")
DEFINITION = Text("定义", "Definition")
_AMOUNTS = (
    ("beds", Text("床", "beds")),
    ("meals_per_day", Text("份/日", "meals a day")),
    ("capacity", Text("人", "places")),
)
_KINDS = {
    "care_facility": ("kind", "care_kind"),
    "meal_point": ("tier", "meal_tier"),
    "shelter": ("kind", "shelter_kind"),
    "cemetery": ("kind", "cemetery_kind"),
    "point_of_interest": ("kind", "poi_kind"),
}


def name_of(one: Facility) -> str:
    """Return the name of a facility, its id where it has none."""
    return str(one.row.get("name") or one.row.get("id") or "")


def kind_of(layer_id: str, one: Facility, lang: Lang) -> str | None:
    """Name the kind of a facility; None where it does not tell."""
    field, vocabulary = _KINDS[layer_id]
    code = one.row.get(field)
    return None if code is None else label_of(vocabulary, str(code)).pick(lang)


def amount_of(one: Facility) -> float | None:
    """Return what a facility holds: beds, meals a day or places; None where it does not tell."""
    for field, _ in _AMOUNTS:
        value: Any = one.row.get(field)
        if value is not None:
            return float(value) if not float(value).is_integer() else int(value)
    return None


def amount_unit(one: Facility, lang: Lang) -> str:
    """Name the unit of what a facility holds; empty where it does not tell."""
    return next((unit.pick(lang) for field, unit in _AMOUNTS if one.row.get(field) is not None), "")


def tier_text(report: CoverageReport) -> Text:
    """Say the limit of a report: minutes or metres; a dash for definitions without one."""
    asked = report.request
    if asked.within_min is not None:
        return Text(f"{asked.within_min:g} 分钟", f"{asked.within_min:g} min")
    if asked.within_m is not None:
        return Text(f"{asked.within_m:g} 米", f"{asked.within_m:g} m")
    return Text("不计距离", "no distance")


def reason_label(code: str) -> Text:
    """Name a reason in short."""
    return LABELS.get(code, Text(code, code))
