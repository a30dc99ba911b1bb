"""The command that scores access: what people can reach of beds or meals, and how evenly."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, LayerId, OnDate, Output, TableFormat, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark
from api.cli.progress import shown_progress
from api.cli.reaching import By, PopulationField, TravelBy, Where, WithinM, WithinMin
from api.outcomes import FOUND_SOMETHING
from api.written import day, pairs

Report = Mapping[str, Any]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "access",
        help="可达供给：每千人能到达多少床位或餐位，是否均衡 / Supply in reach per 1,000, and how evenly",
    )(access)


@reported
def access(  # noqa: PLR0913 - one parameter per option
    layer: LayerId = "care_facility",
    *,
    workspace: WorkspaceFolder = HERE,
    supply: Annotated[
        str | None,
        typer.Option("--supply", help="供给量字段，如 beds nursing_beds meals_per_day / Field of the supply"),
    ] = None,
    kernel: Annotated[
        list[str] | None,
        typer.Option(
            "--kernel",
            help="衰减函数，可重复，默认全部：rectangle step-slow step-fast gaussian 3sfca / Kernels, all by default",
        ),
    ] = None,
    agree: Annotated[
        int | None,
        typer.Option("--agree", help="至少几种函数一致才算短缺 / Kernels that must agree on a shortage"),
    ] = None,
    within_min: WithinMin = None,
    within_m: WithinM = None,
    travel: TravelBy = None,
    by: By = "village",
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    where: Where = None,
    form: Annotated[
        TableFormat | None,
        typer.Option("--format", help="输出格式 / Form of the output", case_sensitive=False),
    ] = None,
    output: Output = None,
) -> None:
    """Score access; exit code 1 when a unit is short."""
    written = chosen_form(form, output, forms=TableFormat)
    check_destination(output)
    from gis.coverage import KERNELS, AccessRequest, CoverageRequest
    from gis.coverage import access as score
    from layers.workspace import Workspace

    asked: dict[str, Any] = {
        "layer_id": layer,
        "within_min": within_min,
        "within_m": within_m,
        "travel": travel.value if travel else None,
        "by": by,
        "on": day(on),
        "population_field": population_field,
        "where": pairs(where or (), option="--where"),
    }
    request = AccessRequest(
        reach=CoverageRequest(**asked),
        supply_field=supply,
        kernels=tuple(kernel or KERNELS),
        agree=agree,
    )
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        report = score(opened, request, progress).as_json()
    _give(report, written, output)
    if any(row["short"] for row in report["rows"]):
        raise typer.Exit(FOUND_SOMETHING)


def _give(report: Report, form: TableFormat, output: Path | None) -> None:
    if form is TableFormat.JSON:
        give_json(report, output)
        return
    header, rows = _header(report), [_row(one) for one in report["rows"]]
    if form is TableFormat.CSV:
        give_csv(header, rows, output)
    else:
        give_table(header, rows, title="\n".join(_summary(report)), output=output)
    if form is TableFormat.CSV:
        for line in _summary(report):
            remark(line)


def _header(report: Report) -> list[str]:
    per = [picked_label(one) for one in report["kernels"].values()]
    return [
        said("代码", "Code"),
        said("名称", "Name"),
        said("人数", "People"),
        *per,
        said("列入最少五分之一", "Worst fifth in"),
        said("短缺", "Short"),
        said("够不着的人", "Out of reach"),
    ]


def picked_label(kernel: Mapping[str, Any]) -> str:
    """Return the label of a kernel, as supply per 1,000 people."""
    from layers.text import Text

    return f"{picked(Text(**kernel['label']))} /1000"


def _row(one: Mapping[str, Any]) -> list[Any]:
    return [
        one["code"],
        one["name"],
        f"{one['people']:,.0f}",
        *(f"{value:.2f}" for value in one["per_1000"].values()),
        one["worst_in"],
        said("短缺", "short") if one["short"] else "",
        f"{one['people_out_of_reach']:,.0f}",
    ]


def _summary(report: Report) -> list[str]:
    from layers.text import Text

    stable = "–" if report["stable_share"] is None else f"{report['stable_share']:.1%}"
    lines = [
        said(
            f"供给 {report['supply']:,.0f}，其中无人可达 {report['idle_supply']:,.0f}；人口 {report['people']:,.0f}，"
            f"未知 {report['unknown']} 处。",
            f"Supply {report['supply']:,.0f}, {report['idle_supply']:,.0f} of it idle; people {report['people']:,.0f}, "
            f"{report['unknown']} points unknown.",
        ),
        said(
            f"短缺单元的人口 {report['people_short']:,.0f}；{stable} 的人口无论用哪种衰减函数结论都一样。",
            f"People of units that are short: {report['people_short']:,.0f}. For {stable} of the people all kernels "
            "agree.",
        ),
    ]
    for name, one in report["evenness"].items():
        label = picked(Text(**report["kernels"][name]["label"]))
        gini = said(
            f"基尼系数 {one['gini_units']}（{one['level']} 级）、{one['gini_points']}（人口点）",
            f"Gini {one['gini_units']} ({one['level']}), {one['gini_points']} (points of demand)",
        )
        lines.append(f"{label}: {gini}")
    lines += [picked(Text(**one)) for one in report["assumptions"]]
    return [*lines, f"{said('重做命令', 'Command')}: {report['command']}"]
