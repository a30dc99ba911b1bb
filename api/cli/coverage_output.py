"""A coverage report for people: on screen, as CSV or as a workbook; never a share without its definition."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.headed import Headed, give_headed
from api.cli.language import chosen, picked, said, unit_word
from api.cli.options import ReportFormat
from layers.text import both, counted
from layers.vocabulary import label_of

Report = Mapping[str, Any]


def give_report(report: Report, form: ReportFormat, output: Path | None) -> None:
    """Give a report (the JSON form of ``CoverageReport``) in the form asked for.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    uncovered = [row for row in report["rows"] if not row["covered"]]
    counts = f"{len(uncovered)} / {len(report['rows'])}"
    headed = Headed(
        flat=lambda: (header(report), [cells(report, row) for row in report["rows"]]),
        sheets=lambda: report_sheets(report),
        lines=lambda: [*headline(report), (said("未覆盖单元", "Units not covered"), counts)],
        columns=(
            said("单元", "Unit"),
            said("已覆盖/总数", "Covered/all"),
            said("原因", "Reason"),
            said("最近设施", "Nearest"),
        ),
        rows=lambda: [_screen_row(row) for row in uncovered],
    )
    give_headed(report, headed, form, output)


def headline(report: Report) -> list[tuple[str, str]]:
    """Say what was measured and what came out, line by line: a label and its text."""
    definition, measure = report["definition"], report["measure"]
    return [
        (said("定义", "Definition"), f"{definition['id']} {picked(definition['label'])}"),
        (said("算法", "Formula"), picked(definition["formula"])),
        (said("计量", "Measure"), _measured(measure)),
        (said("结果", "Result"), _result(report)),
        *_spread(report),
        *_added_up(report),
        *((said("假定", "Assumption"), picked(text)) for text in report["assumptions"]),
        (said("规范方案", "Norm profile"), _profile(report["norms"]["profile"])),
        *((said("规范取值", "Norm"), _norm(value)) for value in report["norms"]["values"]),
        *((said("数据", "Data"), text) for text in _data(report["provenance"])),
        (said("程序", "Program"), str(report["provenance"]["program"])),
        (said("重做命令", "Command"), f"{report['command']}{_where_to_run()}"),
    ]


def _measured(measure: Mapping[str, Any]) -> str:
    """Name what is counted, and its unit where it has one."""
    unit = unit_word(measure["unit"])
    return f"{picked(measure['label'])} ({unit})" if unit else picked(measure["label"])


def _result(report: Report) -> str:
    counted = f"{number(report['numerator'])} / {number(report['denominator'])} = {percent(report['share'])}"
    band = [f"{one['speed_m_s']} m/s: {percent(one['share'])}" for one in report["band"]]
    return f"{counted} ({'; '.join(band)})" if band else counted


def _spread(report: Report) -> list[tuple[str, str]]:
    """Say least, middle and greatest share of the band, and how many change sides; nothing without a band."""
    shares, flips = report.get("band_share"), report.get("flips")
    if not shares or not flips:
        return []
    three = " / ".join(percent(shares[name]) for name in ("min", "median", "max"))
    changed = f"{number(flips['total'])} {unit_word(report['measure']['unit'])}"
    return [
        (said("速度区间（最低/中位/最高）", "Band of speeds (min/median/max)"), three),
        (said("结论取决于速度", "Hangs on the speed"), changed),
    ]


def _added_up(report: Report) -> list[tuple[str, str]]:
    """Say served, unserved and unknown, where anything is unknown."""
    people = report.get("people")
    if not people or not (people["unknown"] or people["unknown_points"]):
        return []
    parts = [number(people[name]) for name in ("served", "unserved", "unknown")]
    silent = people["unknown_points"]
    text = said(
        f"{parts[0]} 已覆盖 + {parts[1]} 未覆盖 + {parts[2]} 不明；另有 {silent} 处数量不明",
        f"{parts[0]} served + {parts[1]} unserved + {parts[2]} unknown; {counted(silent, 'point')} of unknown "
        "number besides",
    )
    return [(said("合计", "Adds up"), text)]


def _norm(value: Mapping[str, Any]) -> str:
    verified = said("已核", "verified") if value["verified"] else said("未核", "not verified")
    clause = " ".join(picked(both(str(value[key]))) for key in ("source", "clause") if value.get(key))
    what = " ".join(filter(None, (picked(value["label"]), value.get("applies_to"))))
    amount = f"{value['value']} {unit_word(value['unit'])}".strip()
    return f"{what} = {amount} ({clause}; {verified})"


def _profile(profile_id: str) -> str:
    from layers.norms import load_profile

    return f"{picked(load_profile(profile_id).label)} ({profile_id})"


def _where_to_run() -> str:
    return said("（在该工作区文件夹里运行）", " (run it in the workspace folder)")


def _data(provenance: Mapping[str, Any]) -> list[str]:
    from layers.specs import spec_of

    invented = said("虚构示例", "fictional")
    lines = []
    for layer_id, one in provenance["layers"].items():
        label = f"{picked(spec_of(layer_id).label)} {layer_id}"
        facts = f"{said('版本', 'version')} {one['version']}, {said('截至', 'as of')} {one['as_of'] or '?'}"
        fictional = f" ({invented})" if one["synthetic"] else ""
        lines.append(f"{label}: {facts}, {'; '.join(one['sources'])}{fictional}")
    return lines


def number(value: float | None) -> str:
    """Write a number with thousands separators; None is a dash."""
    return "–" if value is None else f"{value:,.0f}"


def percent(share: float | None) -> str:
    """Write a share as a percentage with one decimal; None is a dash."""
    return "–" if share is None else f"{share:.1%}"


def header(report: Report) -> list[str]:
    """Name the columns of the flat form of a report."""
    speeds = [f"{said('覆盖份额', 'share')} @{one['speed_m_s']} m/s" for one in report["band"]]
    return [
        said("代码", "code"),
        said("名称", "name"),
        said("级别", "level"),
        said("上级代码", "parent_code"),
        said("定义", "definition"),
        said("分子", "numerator"),
        said("分母", "denominator"),
        said("覆盖份额", "share"),
        *speeds,
        said("已覆盖", "covered"),
        said("原因", "reason"),
        said("最近设施", "nearest"),
        said("路网距离（米）", "nearest_network_m"),
        said("直线距离（米）", "nearest_straight_m"),
        said("经度", "lon"),
        said("纬度", "lat"),
    ]


def cells(report: Report, row: Mapping[str, Any]) -> list[Any]:
    """Flatten one row of a report in the order of ``header``."""
    nearest = row["nearest"] or {}
    shares = {one["speed_m_s"]: one["share"] for one in row["band"]}
    return [
        row["code"],
        row["name"],
        level_named(row["level"]),
        row["parent_code"],
        report["definition"]["id"],
        row["numerator"],
        row["denominator"],
        row["share"],
        *(shares.get(one["speed_m_s"]) for one in report["band"]),
        said("是", "yes") if row["covered"] else said("否", "no"),
        picked(row["reason"]["text"]) if row["reason"] else None,
        nearest.get("name"),
        nearest.get("network_m"),
        nearest.get("straight_m"),
        row["lon"],
        row["lat"],
    ]


def level_named(level: str) -> str:
    """Name a level, or the layer of areas that rows are by."""
    from layers.specs import SPECS

    return picked(SPECS[level].label if level in SPECS else label_of("unit_level", level))


def _screen_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    why = picked(row["reason"]["text"]) if row["reason"] else ""
    return row["name"], _share(row), why, _nearest(row)


def _share(row: Mapping[str, Any]) -> str:
    return f"{number(row['numerator'])}/{number(row['denominator'])} = {percent(row['share'])}"


def _nearest(row: Mapping[str, Any]) -> str:
    nearest = row["nearest"]
    if not nearest:
        return ""
    by_road = nearest["network_m"]
    metres = f"{_metres(nearest['straight_m'])} m {said('直线', 'straight')}"
    if by_road is not None:
        metres = f"{_metres(by_road)} m {said('路网', 'by road')}, {metres}"
    return f"{nearest['name']} ({metres})"


def _metres(value: float) -> str:
    return f"{int(value + 0.5):,}"


def report_sheets(report: Report) -> list[tuple[str, list[Sequence[Any]]]]:
    """Lay a report out as sheets: about, result, uncovered; and where there are any, flips and loads."""
    names = ("说明", "结果", "未覆盖") if chosen() == "zh" else ("About", "Result", "Uncovered")
    uncovered = [row for row in report["rows"] if not row["covered"]]
    sheets: list[tuple[str, list[Sequence[Any]]]] = [
        (names[0], list(headline(report))),
        (names[1], [header(report), *(cells(report, row) for row in report["rows"])]),
        (names[2], [header(report), *(cells(report, row) for row in uncovered)]),
    ]
    flips = report.get("flips")
    if flips and flips["points"]:
        sheets.append((said("取决于速度", "Flips"), _records(flips["points"])))
    if report.get("loads"):
        sheets.append((said("设施容量", "Loads"), _records(report["loads"])))
    return sheets


def _records(records: Sequence[Mapping[str, Any]]) -> list[Sequence[Any]]:
    return [list(records[0]), *(list(one.values()) for one in records)]
