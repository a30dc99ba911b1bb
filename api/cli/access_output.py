"""Reports about supply in reach for people: on screen, as CSV or as a workbook."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.cli.coverage_output import level_named
from api.cli.language import picked, said
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
    lines = [
        said(
            f"供给 {report['supply']:,.0f}，其中无人可达 {report['idle_supply']:,.0f}；人口 {report['people']:,.0f}，"
            f"人数未知 {report['unknown']} 处。",
            f"Supply {report['supply']:,.0f}, {report['idle_supply']:,.0f} of it idle; people {report['people']:,.0f}, "
            f"{counted(report['unknown'], 'point')} unknown.",
        ),
        *_silent_lines(report),
        *_verdict_lines(report),
    ]
    for name, one in report["evenness"].items():
        label = picked(Text(**report["kernels"][name]["label"]))
        gini = said(
            f"基尼系数 {_fixed(one['gini_units'])}（{level_named(one['level'])}）、{_fixed(one['gini_points'])}"
            f"（人口点），标准差 {_fixed(one['sd_units'], 3)}、{_fixed(one['sd_points'], 3)}（每千人）",
            f"Gini {_fixed(one['gini_units'])} ({level_named(one['level'])}), {_fixed(one['gini_points'])} "
            f"(points of demand), standard deviation {_fixed(one['sd_units'], 3)}, {_fixed(one['sd_points'], 3)} "
            "per 1,000",
        )
        lines.append(f"{label}: {gini}")
    return [*lines, *ending(report)]


def _silent_lines(report: Report) -> list[str]:
    """Say whom unknown supply concerns."""
    count, people = report["facilities_without_supply"], f"{report['people_at_least']:,.0f}"
    if not count:
        return []
    return [
        said(
            f"{count} 处设施的供给量未知；够得着它们的 {people} 人得分只是下限。",
            f"{counted(count, 'facility does', 'facilities do')} not tell their supply; {people} people reach them and "
            "have at least their score.",
        )
    ]


def _verdict_lines(report: Report) -> list[str]:
    """Say who is short, for whom that is settled and what it hangs on elsewhere; or why nobody can be called short."""
    if report["no_verdict"]:
        why = picked(Text(**report["no_verdict"]))
        return [said(f"不作短缺判断：{why}", f"No verdict on shortages: {why}")]
    stable, kernel, open_ = (_share(report[f"{one}_share"]) for one in ("stable", "kernel", "undecided"))
    return [
        said(
            f"短缺单元的人口 {report['people_short']:,.0f}，不能判断的 {report['people_unsettled']:,.0f}。"
            f"是否属最少的五分之一：{stable} 的人口已定，{kernel} 随衰减函数而变，"
            f"{open_} 因有设施没有填供给量而不能判断。",
            f"People of units that are short: {report['people_short']:,.0f}, of those that cannot be judged: "
            f"{report['people_unsettled']:,.0f}. Whether a unit is in the worst fifth is settled for {stable} of the "
            f"people, hangs on the kernel for {kernel}, and cannot be judged for {open_} because facilities do not "
            "tell their supply.",
        ),
        *_filling_lines(report["fill_first"]),
        *_class_lines(report["classes"]["changed_share"]),
        *_worst_lines(report["worst_share"]),
    ]


def _filling_lines(facilities: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name the facilities to fill in first."""
    if not facilities:
        return []
    from gis.coverage.calling import called

    named = [(called(one["name"], one["id"], quoted=False), f"{one['people']:,.0f}") for one in facilities]
    zh = "、".join(f"{who.zh}（{people} 人够得着）" for who, people in named)
    en = ", ".join(f"{who.en} (reached by {people} people)" for who, people in named)
    return [said(f"先补填这几处的供给量：{zh}。", f"Fill in their supply first: {en}.")]


def _class_lines(changed: float | None) -> list[str]:
    if changed is None:
        return []
    share = _share(changed)
    return [
        said(
            f"不涉及未填供给量的单元里，{share} 的人口换一种衰减函数就换一个五分位等级。",
            f"In units that reach no facility of unknown supply, {share} of the people change their fifth with the "
            "kernel.",
        )
    ]


def _worst_lines(worst: Mapping[str, float | None]) -> list[str]:
    """Say how much of the people the worst fifth holds, where that is more than a fifth."""
    shares = sorted(one for one in worst.values() if one is not None)
    if not shares or shares[-1] <= _FIFTH:
        return []
    return [
        said(
            f"可达供给最少的“五分之一”实际占人口 {_share(shares[0])} 至 {_share(shares[-1])}"
            "：得分相同（多为 0）的单元不拆开。",
            f"The worst served 'fifth' holds {_share(shares[0])} to {_share(shares[-1])} of the people: units of "
            "one score (mostly 0) are kept together.",
        )
    ]


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
            f"每千人平均 {_fixed(one['mean'], 3)}，标准差 {_fixed(one['sd'])}，基尼系数 {_fixed(one['gini'])}",
            f"mean per 1,000 {_fixed(one['mean'], 3)}, standard deviation {_fixed(one['sd'])}, "
            f"Gini {_fixed(one['gini'])}",
        )
        for one in report["spreads"].values()
    ]
    proven = (
        said("已证明最优", "proven optimal") if report["proven"] else said("未证明最优", "not proven optimal")
    )
    lines.append(
        said(
            f"标准差不可能低于 {_fixed(report['sd_bound'])}（相对差距 {report['gap']:.1e}，{proven}）。",
            f"No spread has a standard deviation below {_fixed(report['sd_bound'])} "
            f"(gap {report['gap']:.1e}, {proven}).",
        )
    )
    return [*lines, *ending(report)]


def ending(report: Report) -> list[str]:
    """Say what a report assumes, and the command that repeats it."""
    lines = [picked(Text(**one)) for one in report["assumptions"]]
    return [*lines, f"{said('重做命令', 'Command')}: {report['command']}"]


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _fixed(value: float | None, digits: int = 4) -> str:
    """Print a measure with as many digits as its neighbours; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"
