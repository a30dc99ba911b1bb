"""The command about supply in reach: what people can reach, how evenly, held against norms, and best spread."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.access_output import give_access, give_indicators, give_redistribution
from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.options import HERE, LayerId, OnDate, Output, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.reaching import (
    Add,
    BarrierLayers,
    Close,
    Mode,
    ModeOf,
    Move,
    Norms,
    Open,
    PopulationField,
    Resize,
    ScenarioName,
    TravelBy,
    Where,
    WithinM,
    WithinMin,
    changes_of,
    reach_of,
    with_scenario,
)
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.errors import InputError
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage import CoverageRequest
    from layers.workspace import Workspace

Kernels = Annotated[
    list[str] | None,
    typer.Option(
        "--kernel",
        help="衰减函数，可重复，默认全部（再分配只用一种，默认 gaussian）：rectangle step-slow step-fast gaussian "
        "3sfca / Kernels, all by default; a redistribution takes one",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "access",
        help="可达供给：每千人能到达多少床位或餐位，是否均衡；配置指标对照规范；床位最均衡的分配 / "
        "Supply in reach per 1,000, and how evenly; indicators against norms; the most even spread",
    )(access)


@reported
def access(  # noqa: PLR0913 - one parameter per option
    layer: LayerId = "care_facility",
    *,
    workspace: WorkspaceFolder = HERE,
    indicators: Annotated[
        bool,
        typer.Option("--indicators", help="各单元配置指标对照规范 / Indicators of every unit against norms"),
    ] = False,
    redistribute: Annotated[
        bool,
        typer.Option("--redistribute", help="现有床位最均衡的分配 / The most even spread of what there is"),
    ] = False,
    supply: Annotated[
        str | None,
        typer.Option("--supply", help="供给量字段，如 beds nursing_beds meals_per_day / Field of the supply"),
    ] = None,
    kernel: Kernels = None,
    agree: Annotated[
        int | None,
        typer.Option("--agree", help="至少几种函数一致才算短缺 / Kernels that must agree on a shortage"),
    ] = None,
    supply_total: Annotated[
        float | None,
        typer.Option(
            "--supply-total", help="再分配的总量，默认现有 / Total to spread, by default what there is"
        ),
    ] = None,
    max_per_site: Annotated[
        float | None, typer.Option("--max-per-site", help="再分配时每处上限 / Most for one facility")
    ] = None,
    keep_existing: Annotated[
        bool, typer.Option("--keep-existing", help="再分配时每处不减少 / No facility loses what it holds")
    ] = False,
    zone: Annotated[
        str, typer.Option("--zone", help="指标规范的分区，如 inner outer / Zone whose norms count")
    ] = "",
    new_since: Annotated[
        str | None,
        typer.Option(
            "--new-since",
            metavar="YYYY-MM-DD",
            help="哪天起交付的小区算新建 / Day from which delivered quarters are new",
        ),
    ] = None,
    within_min: WithinMin = None,
    within_m: WithinM = None,
    travel: TravelBy = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="按什么统计：village town county，或面图层；默认 village，指标默认 town / Units, or a layer of areas",
        ),
    ] = None,
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    where: Where = None,
    mode: ModeOf = Mode.WALK,
    norms: Norms = None,
    barrier: BarrierLayers = None,
    add: Add = None,
    move: Move = None,
    close: Close = None,
    open: Open = None,  # noqa: A002 - the option's own name
    resize: Resize = None,
    scenario: ScenarioName = None,
    form: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="输出格式 / Form of the output", case_sensitive=False),
    ] = None,
    output: Output = None,
) -> None:
    """Score access, or work out indicators or the most even spread; exit code 1 when something lacks."""
    written = chosen_form(form, output, forms=ReportFormat)
    check_destination(output)
    _one_question(layer, indicators=indicators, redistribute=redistribute, limited=within_m or within_min)
    from layers.workspace import Workspace

    reach = reach_of(
        layer,
        travel=travel,
        on=on,
        where=where,
        mode=mode,
        barrier=barrier,
        changed=changes_of(add=add, move=move, close=close, open=open, resize=resize),
        within_min=within_min,
        within_m=within_m,
        by=by or ("town" if indicators else "village"),
        population_field=population_field,
        norms=norms,
    )
    with Workspace.open(workspace) as opened:
        asked = with_scenario(opened, [reach], scenario)[0]
        if indicators:
            lacking = give_indicators(_indicators(opened, asked, zone, new_since), written, output)
        elif redistribute:
            limits = {
                "supply_total": supply_total,
                "max_per_site": max_per_site,
                "keep_existing": keep_existing,
            }
            lacking = give_redistribution(
                _redistribution(opened, asked, supply, kernel, limits), written, output
            )
        else:
            lacking = give_access(_scores(opened, asked, supply, kernel, agree), written, output)
    if lacking:
        raise typer.Exit(FOUND_SOMETHING)


def _one_question(layer: str, *, indicators: bool, redistribute: bool, limited: float | None) -> None:
    if indicators and redistribute:
        raise InputError(
            Text(
                "--indicators 与 --redistribute 只能写一个。",
                "Give --indicators or --redistribute, not both.",
            )
        )
    if indicators and (limited or layer != "care_facility"):
        raise InputError(
            Text(
                "指标按单元统计养老服务设施，不看距离，也没有别的图层。",
                "Indicators count care facilities by unit: no distance, no other layer.",
            ),
            Text(
                "请去掉 --within-min、--within-m 和图层名。",
                "Leave out --within-min, --within-m and the layer.",
            ),
        )


def _scores(
    opened: "Workspace",
    reach: "CoverageRequest",
    supply: str | None,
    kernel: list[str] | None,
    agree: int | None,
) -> dict[str, Any]:
    from gis.coverage import KERNELS, AccessRequest
    from gis.coverage import access as score

    wanted = AccessRequest(reach=reach, supply_field=supply, kernels=tuple(kernel or KERNELS), agree=agree)
    with shown_progress() as progress:
        return score(opened, wanted, progress).as_json()


def _redistribution(
    opened: "Workspace",
    reach: "CoverageRequest",
    supply: str | None,
    kernel: list[str] | None,
    limits: dict[str, Any],
) -> dict[str, Any]:
    from gis.coverage import RedistributionRequest, redistribution

    if kernel and len(kernel) > 1:
        raise InputError(
            Text("再分配只用一种衰减函数。", "A redistribution takes one kernel."),
            Text("请只写一个 --kernel。", "Give --kernel once."),
        )
    chosen: dict[str, Any] = limits | ({"kernel": kernel[0]} if kernel else {})
    wanted = RedistributionRequest(reach=reach, supply_field=supply, **chosen)
    with shown_progress() as progress:
        return redistribution(opened, wanted, progress).as_json()


def _indicators(
    opened: "Workspace", reach: "CoverageRequest", zone: str, new_since: str | None
) -> dict[str, Any]:
    from gis.coverage import IndicatorRequest, indicators

    wanted = IndicatorRequest(
        by=reach.by,
        on=reach.on,
        population_field=reach.population_field,
        norms=reach.norms,
        zone=zone,
        new_since=day(new_since),
        where=reach.where,
        changes=reach.changes,
    )
    return indicators(opened, wanted).as_json()
