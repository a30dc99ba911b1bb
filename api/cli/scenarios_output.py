"""Scenarios for people: on screen and as CSV."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.coverage_output import number, percent
from api.cli.language import picked, said
from api.cli.options import ReportFormat, TableFormat
from api.cli.output import give_csv, give_json, give_table, remark
from layers.text import Text, counted

Json = Mapping[str, Any]
_UNITS_ON_SCREEN = 20
_FACILITIES_ON_SCREEN = 10
_ACTIONS = {
    "add": Text("新增", "add"),
    "move": Text("迁移", "move"),
    "close": Text("关停", "close"),
    "open": Text("启用", "open"),
    "resize": Text("改规模", "resize"),
}


def give_list(scenarios: Sequence[Json], form: TableFormat) -> None:
    """Give the list of scenarios."""
    if form is TableFormat.JSON:
        give_json({"scenarios": list(scenarios)})
        return
    if form is TableFormat.TABLE and not scenarios:
        remark(said("还没有方案。", "There is no scenario yet."))
        return
    header = [
        said("方案", "Scenario"),
        said("图层", "Layer"),
        said("变动", "Changes"),
        said("日期", "Made on"),
        said("说明", "Note"),
    ]
    rows = [
        (
            one["name"],
            one.get("layer"),
            len(one["changes"]) if "changes" in one else None,
            one.get("made_on"),
            picked(one["problem"]) if one["problem"] else one.get("note"),
        )
        for one in scenarios
    ]
    (give_csv if form is TableFormat.CSV else give_table)(header, rows)


def give_scenario(scenario: Json, form: TableFormat) -> None:
    """Give one scenario."""
    if form is TableFormat.JSON:
        give_json(scenario)
        return
    header = [
        said("变动", "Change"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("经度", "Longitude"),
        said("纬度", "Latitude"),
        said("数量", "Amounts"),
    ]
    rows = [
        (
            _action(one["action"]),
            one["id"],
            one["name"],
            one["lon"],
            one["lat"],
            "; ".join(f"{name}={value:g}" for name, value in one["amounts"].items()),
        )
        for one in scenario["changes"]
    ]
    if form is TableFormat.CSV:
        give_csv(header, rows)
        return
    title = f"{scenario['name']} ({scenario['layer']}, {scenario['made_on']}) {scenario['note']}"
    give_table(header, rows, title=title)


def give_comparison(found: Json, form: ReportFormat, output: Path | None) -> None:
    """Give a comparison: a sheet of units, or on screen totals, what changes add, and the units that differ."""
    if form is ReportFormat.CSV:
        give_csv(units_header(found), units_rows(found), output)
        return
    differing = [
        row for row in found["rows"] if any(one["gained"] or one["lost"] for one in row["scenarios"])
    ]
    shown = differing if output else differing[:_UNITS_ON_SCREEN]
    title = "\n".join(f"{label}: {text}" for label, text in headline(found))
    rows = [(row["name"], percent(row["share"]), *(_moved(one) for one in row["scenarios"])) for row in shown]
    header = [said("单元", "Unit"), said("现状", "As it is"), *_names(found)]
    give_table(header, rows, title=title, output=output)
    if len(shown) < len(differing):
        more = len(differing) - len(shown)
        remark(
            said(
                f"另有 {more} 个单元有变化，没有列出；全部见 --format csv。",
                f"{counted(more, 'more unit')} differ; all of them: --format csv.",
            )
        )


def headline(found: Json) -> list[tuple[str, str]]:
    """Say a comparison in lines of a label and a text."""
    from gis.coverage.calling import called

    definition = found["definition"]
    lines = [
        (said("定义", "Definition"), f"{definition['id']} {picked(definition['label'])}"),
        (said("现状", "As it is"), _total(found["base"])),
    ]
    for one in found["scenarios"]:
        gained, lost = number(one["gained"]), number(one["lost"])
        change = said(f"得到 {gained}，失去 {lost}", f"gained {gained}, lost {lost}")
        lines.append((one["scenario"]["name"], f"{_total(one['totals'])} ({change})"))
        lines += _people_lines(found["base"], one["totals"])
        lines += [(f"  {actions_of(part)} {part['id']}", _part(part)) for part in one["contributions"]]
    for other in found["definitions"]:
        label = other["base"]["definition"]["id"]
        told = [percent(other["base"]["share"]), *(percent(one["share"]) for one in other["scenarios"])]
        lines.append((label, " → ".join([told[0], " / ".join(told[1:])])))
    carried = [one for one in found["outages"] if one["carried"]][:_FACILITIES_ON_SCREEN]
    heavy = [
        f"{picked(called(one['name'], one['id'], quoted=False))} {number(one['carried'])}" for one in carried
    ]
    lines.append((said("停一处就失去的", "Lost if one closed"), "; ".join(heavy) or "–"))
    lines += [(said("假定", "Assumption"), picked(text)) for text in found["assumptions"]]
    lines.append((said("重做命令", "Command"), found["command"]))
    return lines


def _total(totals: Json) -> str:
    band = [f"{one['speed_m_s']} m/s: {percent(one['share'])}" for one in totals["band"]]
    counted = f"{number(totals['numerator'])} / {number(totals['denominator'])} = {percent(totals['share'])}"
    return f"{counted} ({'; '.join(band)})" if band else counted


def _people_lines(base: Json, after: Json) -> list[tuple[str, str]]:
    """Tell served, unserved and unknown people where not all is known: a rise of the unknown is no gain."""
    was, now = base["people"], after["people"]
    if not (was["unknown"] or now["unknown"]):
        return []
    words = {
        "served": said("已覆盖", "served"),
        "unserved": said("未覆盖", "unserved"),
        "unknown": said("未知", "unknown"),
    }
    moved = [
        f"{word} {number(was[key])} → {number(now[key])} ({now[key] - was[key]:+,.0f})"
        for key, word in words.items()
    ]
    return [("  " + said("人数", "People"), said("，", ", ").join(moved))]


def _part(part: Json) -> str:
    alone, added = f"{part['alone']:+,.0f}", f"{part['in_order']:+,.0f}"
    return said(f"单独 {alone}，依次 {added}", f"alone {alone}, in order {added}")


def actions_of(part: Json) -> str:
    """Name what is done to one facility."""
    return "+".join(_action(one) for one in part["actions"])


def _action(action: str) -> str:
    return picked(_ACTIONS[action]._asdict())


def _names(found: Json) -> list[str]:
    return [one["scenario"]["name"] for one in found["scenarios"]]


def _moved(one: Json) -> str:
    return f"{percent(one['share'])} (+{number(one['gained'])} -{number(one['lost'])})"


def units_header(found: Json) -> list[str]:
    """Name the columns of the sheet of units."""
    header = [
        said("代码", "code"),
        said("名称", "name"),
        said("定义", "definition"),
        said("总数", "total"),
        said("现状 已覆盖", "served now"),
        said("现状 覆盖份额", "share now"),
    ]
    for name in _names(found):
        parts = [
            said("已覆盖", "served"),
            said("覆盖份额", "share"),
            said("差", "difference"),
            said("得到", "gained"),
            said("失去", "lost"),
        ]
        header += [f"{name} {part}" for part in parts]
    return header


def units_rows(found: Json) -> list[list[Any]]:
    """List every unit as it is and after each scenario."""
    definition = found["definition"]["id"]
    keys = ("numerator", "share", "difference", "gained", "lost")
    return [
        [
            row["code"],
            row["name"],
            definition,
            row["denominator"],
            row["numerator"],
            row["share"],
            *(one[key] for one in row["scenarios"] for key in keys),
        ]
        for row in found["rows"]
    ]
