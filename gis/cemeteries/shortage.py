"""Capacity as findings: more used than there is, full, filling up, and too little in the whole district."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from gis.cemeteries.findings import about, cited, unknown
from gis.cemeteries.table import Capacity, capacities
from gis.cemeteries.units import Units
from layers.findings import Finding, Severity
from layers.model import Layer
from layers.norms import NormProfile
from layers.text import Text, counted

WARN_YEARS = 5.0
"""Places for fewer years than this call for planning now; a working value, no norm."""

_ARITHMETIC = "已用数不大于总数（算术）"
_LABELS = {"plots": Text("墓穴", "plots"), "niches": Text("格位", "niches")}


def check_capacity(
    cemeteries: Layer, units: Layer | None, rows: Sequence[Mapping[str, Any]], norms: NormProfile, on: date
) -> list[Finding]:
    """Compare places, use and demand of each cemetery and of the district."""
    years, share = norms.value("cemetery_service_years", on=on), norms.value("cemetery_local_share", on=on)
    rate = norms.value("death_rate_per_1000", on=on)
    worked_out = capacities(
        cemeteries,
        Units.of(units, float(rate.value)),
        years=float(years.value),
        local_share=float(share.value),
    )
    basis = (
        f"剩余年限=剩余数÷（年死亡人数×{share.value}），未登记死亡人数的按人口×{rate.value}‰；{cited(years)}"
    )
    found = [finding for row in rows for finding in _overfull(row)]
    found += [finding for one in worked_out[:-1] for finding in _short(one, basis)]
    found += _district(worked_out[-1], basis)
    return found + _unknowns(worked_out[:-1], units)


def _overfull(row: Mapping[str, Any]) -> Iterator[Finding]:
    for field, label in _LABELS.items():
        total, used = row[field], row[f"{field}_used"]
        if total is not None and used is not None and used > total:
            message = Text(
                f"“{row['name']}”已用{label.zh}{used}大于{label.zh}总数{total}，请核对两个数字。",
                f"{row['name']} has {used} {label.en} in use but only {total} in all: check the two figures.",
            )
            evidence = {field: total, f"{field}_used": used}
            yield about(
                row,
                "used-over-total",
                Severity.ERROR,
                message,
                citation=_ARITHMETIC,
                evidence=evidence,
                subject=field,
            )


def _short(one: Capacity, basis: str) -> Iterator[Finding]:
    row = {"id": one.id, "name": one.name}
    evidence = _evidence(one)
    if one.free is not None and one.free <= 0:
        message = Text(
            f"“{one.name}”已无剩余穴位（共{one.total:.0f}）。请安排扩建或引导到其他公墓。",
            f"{one.name} has no places left (of {one.total:.0f}): extend it or direct burials elsewhere.",
        )
        yield about(row, "capacity-full", Severity.SUSPECT, message, citation=basis, evidence=evidence)
    elif one.years_left is not None and one.years_left < WARN_YEARS:
        message = Text(
            f"“{one.name}”剩余{one.free:.0f}位，按服务范围的需求约够{one.years_left:.1f}年，不足{WARN_YEARS:g}年。请尽早规划。",
            f"{one.name} has {counted(one.free or 0.0, 'place')} left, enough for {one.years_left:.1f} years "
            "of the demand of"
            f" the units it serves, less than {WARN_YEARS:g}: plan now.",
        )
        yield about(row, "capacity-short", Severity.REVIEW, message, citation=basis, evidence=evidence)


def _district(total: Capacity, basis: str) -> Iterator[Finding]:
    if total.free is None or total.places_needed is None or total.free >= total.places_needed:
        return
    lacking = total.places_needed - total.free
    severity = Severity.UNKNOWN if total.unknown_parts else Severity.REVIEW
    left_out = Text(
        f"另有{total.unknown_parts}处数量不明，未计入。" if total.unknown_parts else "",
        f" Not counted, since their capacity is unknown: {counted(total.unknown_parts, 'cemetery', 'cemeteries')}."
        if total.unknown_parts
        else "",
    )
    message = Text(
        f"全区剩余{total.free:.0f}位，规划期内需要{total.places_needed:.0f}位，缺{lacking:.0f}位。{left_out.zh}",
        f"The district has {counted(total.free, 'place')} left and needs {total.places_needed:.0f} in the "
        "planning period:"
        f" {lacking:.0f} are lacking.{left_out.en}",
    )
    yield about(
        {"id": "", "name": total.name},
        "district-capacity-short",
        severity,
        message,
        citation=basis,
        evidence=_evidence(total),
    )


def _evidence(one: Capacity) -> Mapping[str, Any]:
    finite = one.years_left is not None and math.isfinite(one.years_left)
    return {
        "total": one.total,
        "used": one.used,
        "free": one.free,
        "deaths_per_year": None if one.deaths_per_year is None else round(one.deaths_per_year, 1),
        "years_left": round(one.years_left, 1) if finite and one.years_left is not None else None,
        "places_needed": None if one.places_needed is None else round(one.places_needed),
        "unresolved_units": list(one.unresolved),
    }


def _unknowns(each: Sequence[Capacity], units: Layer | None) -> list[Finding]:
    found = []
    if no_use := [one.id for one in each if one.free is None]:
        message = Text(
            f"{len(no_use)}处公墓的总数或已用数不全，剩余容量不明。请补录穴位、格位的总数和已用数。",
            f"{counted(len(no_use), 'cemetery lacks', 'cemeteries lack')} a total or a used count, so what is "
            "left is unknown: add both counts.",
        )
        found.append(unknown("usage-unknown", message, count=len(no_use), ids=no_use[:20]))
    if units is None:
        message = Text(
            "没有“行政区划与村居”图层，需求和剩余年限无法计算。请导入：fangyu import admin_unit 文件名。",
            "There is no admin_unit layer, so demand and years left are unknown."
            " Import one: fangyu import admin_unit FILE.",
        )
        found.append(unknown("demand-unknown", message, layer_id="admin_unit", count=len(each)))
    elif no_demand := [one.id for one in each if one.deaths_per_year is None]:
        message = Text(
            f"{len(no_demand)}处公墓的服务村居或其人口、死亡人数不明，剩余年限无法计算。请补录“服务村居”和人口。",
            f"For {counted(len(no_demand), 'cemetery', 'cemeteries')} the units served, or their population "
            "and deaths, are unknown, and so are"
            " the years left: add served_units and populations.",
        )
        found.append(unknown("demand-unknown", message, count=len(no_demand), ids=no_demand[:20]))
    return found
