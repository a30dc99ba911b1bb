"""The command that chooses sites: where the next ones go, what each adds, and how sure that is."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.language import picked, said
from api.cli.options import HERE, LayerId, OnDate, Output, TableFormat, WorkspaceFolder
from api.cli.output import give_csv, give_json, give_table, remark
from api.cli.progress import shown_progress
from api.cli.reaching import PopulationField, TravelBy, Where, WithinM, WithinMin
from api.written import day, pairs

Report = Mapping[str, Any]


class Model(StrEnum):
    """Models of siting."""

    MCLP = "mclp"
    LSCP = "lscp"
    MEDIAN = "p-median"
    CENTER = "p-center"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "site", help="选址：下一批设施放在哪里，各增加多少覆盖 / Where the next sites go, and what each adds"
    )(site)


@reported
def site(  # noqa: PLR0913 - one parameter per option
    layer: LayerId = "care_facility",
    *,
    workspace: WorkspaceFolder = HERE,
    model: Annotated[
        Model,
        typer.Option(
            "--model",
            help="mclp 最大覆盖、lscp 全覆盖、p-median 总里程最少、p-center 最远者最近 / Model",
        ),
    ] = Model.MCLP,
    sites: Annotated[int | None, typer.Option("--sites", help="新增几处 / How many new sites")] = None,
    target_share: Annotated[
        float | None,
        typer.Option("--target-share", help="要覆盖的人口份额，如 0.9 / Share of the people to cover"),
    ] = None,
    candidates: Annotated[
        str, typer.Option("--candidates", help="候选点：图层，或 grid 网格 / Layer of candidates, or grid")
    ] = "grid",
    spacing_m: Annotated[
        float, typer.Option("--spacing-m", help="网格间距，米 / Spacing of the grid in metres")
    ] = 500.0,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", help="禁入范围图层，可重复 / Layers of areas where nothing may stand"),
    ] = None,
    within_min: WithinMin = None,
    within_m: WithinM = None,
    travel: TravelBy = None,
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    where: Where = None,
    time_limit_s: Annotated[
        float, typer.Option("--time-limit-s", help="求解时限，秒 / Seconds to look for a plan")
    ] = 60.0,
    gap: Annotated[
        float, typer.Option("--gap", help="与上界差多少即可停，如 0.01 / Gap to the bound at which to stop")
    ] = 0.0,
    form: Annotated[
        TableFormat | None,
        typer.Option("--format", help="输出格式 / Form of the output", case_sensitive=False),
    ] = None,
    output: Output = None,
) -> None:
    """Choose sites; facilities in service stay."""
    written = chosen_form(form, output, forms=TableFormat)
    check_destination(output)
    from gis.coverage import CoverageRequest, SiteRequest, place_sites
    from layers.workspace import Workspace

    reach: dict[str, Any] = {
        "layer_id": layer,
        "within_min": within_min,
        "within_m": within_m,
        "travel": travel.value if travel else None,
        "on": day(on),
        "population_field": population_field,
        "where": pairs(where or (), option="--where"),
    }
    request = SiteRequest(
        reach=CoverageRequest(**reach),
        model=model.value,
        sites=sites,
        target_share=target_share,
        candidates=candidates,
        spacing_m=spacing_m,
        exclude=tuple(exclude or ()),
        time_limit_s=time_limit_s,
        gap=gap,
    )
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        report = place_sites(opened, request, progress).as_json()
    _give(report, written, output)


def _give(report: Report, form: TableFormat, output: Path | None) -> None:
    if form is TableFormat.JSON:
        give_json(report, output)
        return
    header = [
        said("次序", "Order"),
        said("编号", "Id"),
        said("名称", "Name"),
        said("所在单元", "Unit"),
        said("经度", "Longitude"),
        said("纬度", "Latitude"),
        said("增加覆盖人数", "Adds"),
    ]
    keys = ("order", "id", "name", "unit", "lon", "lat", "adds")
    rows = [[one[key] for key in keys] for one in report["new_sites"]]
    if form is TableFormat.CSV:
        give_csv(header, rows, output)
        for line in _summary(report):
            remark(line)
    else:
        give_table(header, rows, title="\n".join(_summary(report)), output=output)


def _share(one: Mapping[str, Any]) -> str:
    return "–" if one["share"] is None else f"{one['share']:.1%}"


def _summary(report: Report) -> list[str]:
    from layers.text import Text

    proof = (
        said("已证明最优", "proven best")
        if report["proven"]
        else said(f"未证明最优，差距 {report['gap']:.2%}", f"not proven, gap {report['gap']:.2%}")
    )
    before, after = report["before"], report["after"]
    return [
        f"{picked(Text(**report['model_label']))}；{proof}",
        said(
            f"覆盖 {before['people']:,.0f}（{_share(before)}）→ {after['people']:,.0f}（{_share(after)}），"
            f"未覆盖 {report['unserved']:,.0f}，其中任何候选点都够不着 {report['unreachable']:,.0f}；"
            f"未知 {report['unknown']} 处。",
            f"Covered {before['people']:,.0f} ({_share(before)}) -> {after['people']:,.0f} ({_share(after)}); "
            f"not covered {report['unserved']:,.0f}, {report['unreachable']:,.0f} of them out of reach of every "
            f"candidate; {report['unknown']} points unknown.",
        ),
        *(picked(Text(**one)) for one in (*report["notes"], *report["assumptions"])),
        f"{said('重做命令', 'Command')}: {report['command']}",
    ]
