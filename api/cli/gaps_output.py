"""A gap list for people: on screen, as CSV or as a workbook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.cli.coverage_output import headline, number
from api.cli.headed import Headed, give_headed
from api.cli.language import picked, said
from api.cli.options import ReportFormat
from api.cli.workbook import Sheets

Report = Mapping[str, Any]


def give_gaps(report: Report, form: ReportFormat, output: Path | None) -> None:
    """Give a gap list (the JSON form of ``GapReport``) in the form asked for.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    headed = Headed(
        flat=lambda: (header(), [cells(one) for one in report["gaps"]]),
        sheets=lambda: _sheets(report),
        lines=lambda: summary(report),
        columns=(
            said("单元", "Unit"),
            said("未覆盖", "Not served"),
            said("原因", "Reason"),
            said("最省力的补救", "Cheapest remedy"),
        ),
        rows=lambda: [_screen_row(one) for one in report["gaps"]],
    )
    give_headed(report, headed, form, output)


def _sheets(report: Report) -> Sheets:
    return [
        (said("说明", "About"), summary(report)),
        (said("缺口", "Gaps"), [header(), *(cells(one) for one in report["gaps"])]),
        (said("其他办法", "Other remedies"), _others(report)),
    ]


def header() -> list[str]:
    """Name the columns of the flat form of a gap."""
    return [
        said("代码", "code"),
        said("名称", "name"),
        said("未覆盖", "not_served"),
        said("总数", "total"),
        said("原因代码", "reason_code"),
        said("原因", "reason"),
        said("各原因人数", "people_by_reason"),
        said("最近设施", "nearest"),
        said("路网距离（米）", "network_m"),
        said("直线距离（米）", "straight_m"),
        said("绕行倍数", "detour_ratio"),
        said("阻隔", "barrier"),
        said("补救办法", "remedy_kind"),
        said("怎么做", "remedy"),
        said("增加人数", "adds"),
        said("仍未达标", "partial"),
        said("补救经度", "remedy_lon"),
        said("补救纬度", "remedy_lat"),
        said("经度", "lon"),
        said("纬度", "lat"),
    ]


def cells(gap: Mapping[str, Any]) -> list[Any]:
    """Flatten one gap in the order of ``header``."""
    nearest, remedy, barrier = gap["nearest"] or {}, gap["remedy"], gap["barrier"]
    return [
        gap["code"],
        gap["name"],
        gap["people"],
        gap["total"],
        gap["reason"]["code"],
        picked(gap["reason"]["text"]),
        _parts(gap),
        nearest.get("name"),
        nearest.get("network_m"),
        nearest.get("straight_m"),
        gap["detour_ratio"],
        picked(barrier["label"]) if barrier else None,
        picked(remedy["label"]) if remedy else None,
        picked(remedy["text"]) if remedy else None,
        remedy["adds_people"] if remedy else None,
        (said("是", "yes") if remedy["partial"] else said("否", "no")) if remedy else None,
        remedy["lon"] if remedy else None,
        remedy["lat"] if remedy else None,
        gap["lon"],
        gap["lat"],
    ]


def summary(report: Report) -> list[tuple[str, str]]:
    """Say what was asked, how many are not served, and for which reasons: a label and its text, line by line."""
    reasons = [
        f"{picked(one['label'])} {number(one['people'])} ({one['gaps']})" for one in report["by_reason"]
    ]
    return [
        *headline({**report, "band": []}),
        (said("未覆盖", "Not served"), f"{_people(report['people'])}{_covered_units(report)}"),
        (said("缺口", "Gaps"), str(len(report["gaps"]))),
        (
            _by_reason(report),
            "; ".join(reasons) or "–",
        ),
    ]


def _by_reason(report: Mapping[str, Any]) -> str:
    """Head the counts by reason with what is counted."""
    counted = report["measure"]["label"]
    if report["measure"]["unit"] == "人":
        counted = {"zh": "人数", "en": "people"}
    return said(
        f"按原因：{counted['zh']}（以此为主的缺口数）",
        f"By reason: {counted['en'].lower()} (gaps it is the main one of)",
    )


def _people(people: Mapping[str, Any]) -> str:
    missing = f"{number(people['unserved'])} / {number(people['total'])}"
    if not people["unknown"]:
        return missing
    return f"{missing} ({said('不能判断', 'unknown')} {number(people['unknown'])})"


def _covered_units(report: Report) -> str:
    """Say how many of them no gap lists, because the unit as a whole counts as covered."""
    people = number(report["people_in_covered_units"])
    if not report["people_in_covered_units"]:
        return ""
    return said(
        f"；其中 {people} 在整体算已覆盖的单元里，下面不列（--points 可逐点列出）",
        f"; {people} of them in units that count as covered, not listed below (--points lists them)",
    )


def _parts(gap: Mapping[str, Any]) -> str:
    """List the people of a gap by reason; empty where all of them have the same."""
    parts = gap["parts"] if len(gap["parts"]) > 1 else []
    return "; ".join(f"{picked(one['label'])} {number(one['people'])}" for one in parts)


def _why(gap: Mapping[str, Any]) -> str:
    parts, text = _parts(gap), picked(gap["reason"]["text"])
    return f"{text}\n{parts}" if parts else text


def _screen_row(gap: Mapping[str, Any]) -> tuple[str, ...]:
    return gap["name"], number(gap["people"]), _why(gap), _remedy(gap["remedy"])


def _remedy(remedy: Mapping[str, Any] | None) -> str:
    if remedy is None:
        return "–"
    still = said("（仍未达标）", " (not enough alone)") if remedy["partial"] else ""
    return f"{picked(remedy['text'])}{still}"


def _others(report: Report) -> list[list[Any]]:
    """List every remedy of every gap, in order."""
    rows: list[list[Any]] = [
        [
            said("代码", "code"),
            said("名称", "name"),
            said("次序", "order"),
            said("补救办法", "remedy_kind"),
            said("怎么做", "remedy"),
            said("增加人数", "adds"),
            said("仍未达标", "partial"),
        ]
    ]
    for gap in report["gaps"]:
        for order, one in enumerate(filter(None, [gap["remedy"], *gap["others"]]), start=1):
            partial = said("是", "yes") if one["partial"] else said("否", "no")
            what = [picked(one["label"]), picked(one["text"]), one["adds_people"], partial]
            rows.append([gap["code"], gap["name"], order, *what])
    return rows
