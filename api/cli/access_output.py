"""Reports about supply in reach for people: on screen, as CSV or as a workbook."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.cli.coverage_output import level_named
from api.cli.language import picked, said, unit_word
from api.cli.options import ReportFormat
from api.cli.workbook import give_listed
from layers.text import Text, counted

Report = Mapping[str, Any]


def give_access(report: Report, form: ReportFormat, output: Path | None) -> bool:
    """Give the scores of access; tell whether a unit is short. Raises InputError for a workbook without a file."""
    give_listed(
        report,
        form,
        output,
        lines=_summary(report),
        header=_header(report),
        rows=[_row(one) for one in report["rows"]],
    )
    return any(row["short"] for row in report["rows"])


def give_redistribution(report: Report, form: ReportFormat, output: Path | None) -> bool:
    """Give the most even spread; nothing lacks. Raises as ``give_access``."""
    header = [
        said("编号", "Id"),
        said("名称", "Name"),
        said("可达人数", "People in reach"),
        *(picked(Text(**one["label"])) for one in report["spreads"].values()),
        said("增减", "Change"),
    ]
    columns = ("id", "name", "people_in_reach", "now", "proportional", "best", "best_whole", "change")
    rows = [[one[name] for name in columns] for one in report["rows"]]
    give_listed(report, form, output, lines=_spread_lines(report), header=header, rows=rows)
    return False


def give_indicators(report: Report, form: ReportFormat, output: Path | None) -> bool:
    """Give indicators per unit; tell whether a deficit is listed. Raises as ``give_access``."""
    header = [
        said("代码", "Code"),
        said("名称", "Name"),
        said("指标", "Indicator"),
        said("数值", "Value"),
        said("性质", "Bound"),
        said("单位", "Unit"),
        said("规范值", "Norm"),
        said("缺口", "Deficit"),
        said("缺口单位", "Deficit in"),
        said("达标", "Met"),
        said("分子未知", "Unknown above"),
        said("分母未知", "Unknown below"),
        *(() if form is ReportFormat.TABLE else _norm_header()),
    ]
    whole = {"code": "", "name": said("合计", "All")}
    whole["indicators"] = {one["id"]: one["total"] for one in report["indicators"]}  # type: ignore[assignment]
    rows = [
        [*_indicator_row(row, one), *(() if form is ReportFormat.TABLE else _norm_cells(one["norm"]))]
        for row in [*report["rows"], whole]
        for one in report["indicators"]
        if row["indicators"][one["id"]]["value"] is not None or form is not ReportFormat.TABLE
    ]
    give_listed(report, form, output, lines=_indicator_lines(report), header=header, rows=rows)
    return bool(report["deficits"])


def _header(report: Report) -> list[str]:
    return [
        said("代码", "Code"),
        said("名称", "Name"),
        said("人数", "People"),
        *(f"{picked(Text(**one['label']))} /1000" for one in report["kernels"].values()),
        said("只是下限", "At least"),
        said("列入最少五分之一", "Worst fifth in"),
        said("可能列入", "Perhaps in"),
        said("短缺", "Short"),
        said("够不着的人", "Out of reach"),
    ]


def _row(one: Mapping[str, Any]) -> list[Any]:
    return [
        one["code"],
        one["name"],
        one["people"],
        *one["per_1000"].values(),
        said("至少", "at least") if one["bound"] == "at_least" else "",
        one["worst_in"],
        one["may_be_worst_in"],
        {True: said("短缺", "short"), False: "", None: said("不能判断", "unsettled")}[one["short"]],
        one["people_out_of_reach"],
    ]


def _summary(report: Report) -> list[str]:
    stable, changed = (_share(one) for one in (report["stable_share"], report["classes"]["changed_share"]))
    lines = [
        said(
            f"供给 {report['supply']:,.0f}，其中无人可达 {report['idle_supply']:,.0f}；人口 {report['people']:,.0f}，"
            f"人数未知 {report['unknown']} 处。",
            f"Supply {report['supply']:,.0f}, {report['idle_supply']:,.0f} of it idle; people {report['people']:,.0f}, "
            f"{counted(report['unknown'], 'point')} unknown.",
        ),
        *_silent_lines(report),
        said(
            f"短缺单元的人口 {report['people_short']:,.0f}；{stable} 的人口无论用哪种衰减函数结论都一样；"
            f"{changed} 的人口换一种函数就换一个五分位等级。",
            f"People of units that are short: {report['people_short']:,.0f}. For {stable} of the people all kernels "
            f"agree; {changed} change their fifth with the kernel.",
        ),
    ]
    for name, one in report["evenness"].items():
        label = picked(Text(**report["kernels"][name]["label"]))
        gini = said(
            f"基尼系数 {one['gini_units']}（{level_named(one['level'])}）、{one['gini_points']}（人口点），"
            f"标准差 {one['sd_units']}、{one['sd_points']}（每千人）",
            f"Gini {one['gini_units']} ({level_named(one['level'])}), {one['gini_points']} (points of demand), "
            f"standard deviation {one['sd_units']}, {one['sd_points']} per 1,000",
        )
        lines.append(f"{label}: {gini}")
    return [*lines, *_ending(report)]


def _silent_lines(report: Report) -> list[str]:
    """Say whom unknown supply concerns, and how much of the people the worst fifth holds."""
    lines = []
    if report["facilities_without_supply"]:
        lines.append(
            said(
                f"{report['facilities_without_supply']} 处设施的供给量未知；"
                f"够得着它们的 {report['people_at_least']:,.0f} 人得分只是下限；"
                f"不能判断是否短缺的单元有 {report['people_unsettled']:,.0f} 人。",
                f"{counted(report['facilities_without_supply'], 'facility does', 'facilities do')} not tell "
                "their supply; "
                f"{report['people_at_least']:,.0f} people reach them and have at least their score; units of "
                f"{report['people_unsettled']:,.0f} people cannot be judged.",
            )
        )
    shares = sorted(one for one in report["worst_share"].values() if one is not None)
    if shares and shares[-1] > _FIFTH:
        lines.append(
            said(
                f"可达供给最少的“五分之一”实际占人口 {_share(shares[0])} 至 {_share(shares[-1])}"
                "：得分相同（多为 0）的单元不拆开。",
                f"The worst served 'fifth' holds {_share(shares[0])} to {_share(shares[-1])} of the people: units of "
                "one score (mostly 0) are kept together.",
            )
        )
    return lines


_FIFTH = 0.25
"""Share of the people from which the worst fifth is said to hold more than one."""


def _spread_lines(report: Report) -> list[str]:
    lines = [
        said(
            f"总量 {report['total']:,.0f}；人口 {report['people']:,.0f}，够不着 {report['people_out_of_reach']:,.0f}。",
            f"Total {report['total']:,.0f}; people {report['people']:,.0f}, out of reach "
            f"{report['people_out_of_reach']:,.0f}.",
        )
    ]
    lines += [
        f"{picked(Text(**one['label']))}: "
        + said(
            f"每千人平均 {one['mean']}，标准差 {one['sd']}，基尼系数 {one['gini']}",
            f"mean per 1,000 {one['mean']}, standard deviation {one['sd']}, Gini {one['gini']}",
        )
        for one in report["spreads"].values()
    ]
    proven = (
        said("已证明最优", "proven optimal") if report["proven"] else said("未证明最优", "not proven optimal")
    )
    lines.append(
        said(
            f"标准差不可能低于 {report['sd_bound']}（相对差距 {report['gap']:.1e}，{proven}）。",
            f"No spread has a standard deviation below {report['sd_bound']} (gap {report['gap']:.1e}, {proven}).",
        )
    )
    return [*lines, *_ending(report)]


def _indicator_lines(report: Report) -> list[str]:
    lines = []
    for one in report["indicators"]:
        label, total = picked(Text(**one["label"])), one["total"]
        text = f"{label}: {said('未知', 'unknown')}"
        if total["value"] is not None:
            amount = f"{_bound(total)} {total['value']:g} {unit_word(one['unit'])}"
            text = f"{label}: {amount.strip()}"
        text += _against(one)
        if one["norm_note"]:
            text += f"; {picked(Text(**one['norm_note']))}"
        lines.append(text)
    return [*lines, *_ending(report)]


def _against(one: Mapping[str, Any]) -> str:
    """Say the norm an indicator is held against, and what all units lack; empty without a norm."""
    norm = one["norm"]
    if not norm:
        return ""
    stands = " ".join(filter(None, (norm["source"], norm["clause"])))
    text = said(
        f"；规范 {norm['value']}（{stands}；{_standing(norm)}）",
        f"; norm {norm['value']} ({stands}; {_standing(norm)})",
    )
    lacks = one["sum_of_deficits"]
    if lacks is None or (one["total"]["value"] is None and not lacks):
        return text
    lacking = f"{lacks:,}"
    return text + said(
        f"；各单元缺口合计 {lacking} {one['deficit_unit']}",
        f"; units lack {lacking} {unit_word(one['deficit_unit'])}",
    )


def _standing(norm: Mapping[str, Any]) -> str:
    return said("已核", "verified") if norm["verified"] else said("未核", "not verified")


def _norm_header() -> list[str]:
    return [said("规范出处", "Norm source"), said("条款", "Clause"), said("核对", "Verified")]


def _norm_cells(norm: Mapping[str, Any] | None) -> list[Any]:
    return [norm["source"], norm["clause"], _standing(norm)] if norm else [None, None, None]


def _indicator_row(row: Mapping[str, Any], one: Mapping[str, Any]) -> list[Any]:
    value, norm = row["indicators"][one["id"]], one["norm"]
    met = {True: said("是", "yes"), False: said("否", "no"), None: ""}[value["meets"]]
    return [
        row["code"],
        row["name"],
        picked(Text(**one["label"])),
        value["value"],
        _bound(value),
        unit_word(one["unit"]),
        norm["value"] if norm else None,
        value["deficit"],
        unit_word(one["deficit_unit"]),
        met,
        value["unknown"]["numerator"],
        value["unknown"]["denominator"],
    ]


def _bound(value: Mapping[str, Any]) -> str:
    """Say in which direction what is not known could move a value; empty where it cannot, or there is no value."""
    if value["value"] is None:
        return ""
    return {
        "exact": "",
        "at_least": said("至少", "at least"),
        "at_most": said("至多", "at most"),
        "unsure": said("或多或少", "more or less"),
    }[value["bound"]]


def _ending(report: Report) -> list[str]:
    lines = [picked(Text(**one)) for one in report["assumptions"]]
    return [*lines, f"{said('重做命令', 'Command')}: {report['command']}"]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"
