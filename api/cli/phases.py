"""The command that plans several periods: which site opens when, while the elderly grow in number."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.candidates import Sought
from api.cli.destination import chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, Output, ReportForm, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.taking import taking
from api.cli.workbook import give_listed
from api.outcomes import FOUND_SOMETHING
from layers.text import Text, counted

Report = Mapping[str, Any]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "phases",
        help="分期选址：老年人口增长，哪处哪年开；处数不足时退出码 1 / Which site opens in which year; exit code 1 "
        "when fewer open than asked for",
    )(phases)


@reported
@taking(Sought, without=("definition", "need_per_1000", "kernel"))
def phases(  # noqa: PLR0913 - one parameter per option
    reach: Sought,
    *,
    periods: Annotated[
        str,
        typer.Option("--periods", help="各期新增，如 2026:3,2030:3,2035:4 / Years and how many open in each"),
    ],
    workspace: WorkspaceFolder = HERE,
    growth: Annotated[
        str | None,
        typer.Option(
            "--growth",
            help="每年增长率，或分单元预测表（区划代码、年份、人数）；默认取规范 / Growth a year, or a table",
        ),
    ] = None,
    target_share: Annotated[
        float | None,
        typer.Option(
            "--target-share", help="覆盖率低于多少时提示哪一年 / Share below which to name the year"
        ),
    ] = None,
    horizon_years: Annotated[
        int,
        typer.Option("--horizon-years", help="不新增时往后看几年 / Years to look ahead without new sites"),
    ] = 20,
    form: ReportForm = None,
    output: Output = None,
) -> None:
    """Choose which sites open when; facilities in service stay, and nothing closes.

    Exit code 1 when fewer sites open than asked for while people stay without.
    """
    written = chosen_form(form, output, forms=ReportFormat)
    from gis.coverage.periods import PhaseRequest, plan_phases, read_periods
    from layers.workspace import Workspace

    wanted: dict[str, Any] = {
        "periods": read_periods(periods),
        "growth": _growth(growth),
        "target_share": target_share,
        "horizon_years": horizon_years,
        **reach.sites(),
    }
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        request = PhaseRequest(reach=reach.request(opened), **wanted)
        report = plan_phases(opened, request, progress).as_json()
    give_phases(report, written, output)
    if (
        len(report["sites"]) < sum(one["new"] for one in report["periods"])
        and report["periods"][-1]["unserved"] > 0
    ):
        raise typer.Exit(FOUND_SOMETHING)


def _growth(said_: str | None) -> float | Path | None:
    """Read a rate, or take the text as the path of a table."""
    if said_ is None:
        return None
    try:
        return float(said_)
    except ValueError:
        return Path(said_)


def give_phases(report: Report, form: StrEnum, output: Path | None) -> None:
    """Give a plan over periods (the JSON form of ``PhaseReport``) in the form asked for.

    Raises
    ------
    InputError
        When a workbook is asked for without a file to write it to.
    """
    header = [
        said("次序", "Order"),
        said("开设年份", "Opens"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("所在单元", "Unit"),
        said("经度", "Longitude"),
        said("纬度", "Latitude"),
        said("当年增加覆盖人数", "Adds in that year"),
    ]
    keys = ("order", "opens", "id", "name", "unit", "lon", "lat", "adds")
    rows = [[one[key] for key in keys] for one in report["sites"]]
    give_listed(report, form, output, lines=_summary(report), header=header, rows=rows)


def _share(one: Mapping[str, Any]) -> str:
    return "–" if one["share"] is None else f"{one['share']:.1%}"


def _summary(report: Report) -> list[str]:
    proof = (
        said("已证明最优", "proven best")
        if report["proven"]
        else said(f"未证明最优，上界 {report['bound']:,.0f}", f"not proven, bound {report['bound']:,.0f}")
    )
    gained = report["myopic"]["gained"]
    return [
        said(
            f"{proof}；各期覆盖人数之和 {report['objective']:,.0f}，比逐期各选多 {gained:,.0f}；"
            f"人数或位置未知 {report['unknown']} 处。",
            f"{proof}; people covered, summed over the periods: {report['objective']:,.0f}, {gained:,.0f} more than "
            f"choosing period by period; {counted(report['unknown'], 'point')} of unknown number or place.",
        ),
        *(_period(one) for one in report["periods"]),
        *_outlook(report),
        *_refused(report["growth"]["table"]),
        *(picked(Text(**one)) for one in (*report["notes"], *report["assumptions"])),
        f"{said('重做命令', 'Command')}: {report['command']}",
    ]


def _period(one: Mapping[str, Any]) -> str:
    covered, without, myopic = one["covered"], one["without_new"], one["myopic"]
    return said(
        f"{one['year']} 年：{one['people']:,.0f} 人，新增 {one['new']} 处（共 {one['open']}），覆盖 {_share(covered)}；"
        f"逐期各选 {_share(myopic)}，不新增 {_share(without)}；未覆盖 {one['unserved']:,.0f}，"
        f"其中任何候选点都够不着 {one['unreachable']:,.0f}。",
        f"{one['year']}: {one['people']:,.0f} people, {counted(one['new'], 'new site')} ({one['open']} in all) cover "
        f"{_share(covered)}; period by period {_share(myopic)}, without new sites {_share(without)}; "
        f"not covered {one['unserved']:,.0f}, {one['unreachable']:,.0f} of them out of reach of every candidate.",
    )


def _outlook(report: Report) -> list[str]:
    lines, outlook = [], report["outlook"]
    coverage, supply = outlook["coverage"], outlook["supply"]
    if coverage["target"] is not None:
        lines.append(
            said(f"不新增时，覆盖率低于 {coverage['target']:.0%} 的第一年：{_year(coverage)}。",
                 f"Without new sites coverage first falls below {coverage['target']:.0%} in: {_year(coverage)}.")
        )  # fmt: skip
    if supply is not None and supply["target"] is not None:
        now = supply["by_year"][0]["value"]
        lines.append(
            said(f"不新增时，每千人拥有量（{_supply(report).zh}，现 {'–' if now is None else f'{now:g}'}）"
                 f"低于 {supply['target']:g} 的第一年：{_year(supply)}。",
                 f"Without new supply {_supply(report).en.lower()} per 1,000 people "
                 f"(now {'–' if now is None else f'{now:g}'}) first fall below {supply['target']:g} in: "
                 f"{_year(supply)}.")
        )  # fmt: skip
    return lines


def _supply(report: Report) -> Text:
    """Name in words the field of which there is so much per 1,000 people."""
    from layers.specs import spec_of

    field = report["outlook"]["supply"]["field"]
    return spec_of(report["request"]["reach"]["layer_id"]).field(field).label


def _year(outlook: Mapping[str, Any]) -> str:
    last = outlook["by_year"][-1]["year"]
    first = outlook["first_below"]
    return said(f"{last} 年之前没有", f"none up to {last}") if first is None else str(first)


def _refused(table: Mapping[str, Any] | None) -> Sequence[str]:
    if table is None:
        return []
    return [
        said(
            f"预测表第 {one['row']} 行未用：{one['column']}“{one['value']}”{picked(Text(**one['reason']))}。",
            f"Row {one['row']} of the table was not used: {one['column']} {one['value']!r} "
            f"{picked(Text(**one['reason']))}.",
        )
        for one in table["refused"][:10]
    ]
