"""The command about supply in reach: what people can reach, how evenly, held against norms, and best spread."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.access_output import give_access, give_redistribution
from api.cli.destination import check_plot, chosen_form
from api.cli.failing import reported
from api.cli.indicators_output import give_indicators
from api.cli.options import HERE, Output, PlotFile, ReportForm, ReportFormat, WorkspaceFolder
from api.cli.output import give_plot
from api.cli.progress import shown_progress
from api.cli.reaching import REACH_PANEL, Reach
from api.cli.taking import taking
from api.outcomes import FOUND_SOMETHING
from api.written import day
from layers.errors import InputError
from layers.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from gis.coverage import AccessReport, CoverageRequest
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
@taking(Reach, without=("definition", "need_per_1000", "kernel", "by"))
def access(  # noqa: PLR0913 - one parameter per option
    reach: Reach,
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
        typer.Option(
            "--supply",
            help="供给量字段，如 beds nursing_beds meals_per_day；count 表示每处计 1 / "
            "Field of the supply; count takes every facility as 1",
        ),
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
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help="按什么统计：village town county，或面图层；默认 village，指标默认 town / Units, or a layer of areas",
            rich_help_panel=REACH_PANEL,
        ),
    ] = None,
    form: ReportForm = None,
    output: Output = None,
    plot: PlotFile = None,
) -> None:
    """Score access, or work out indicators or the most even spread; exit code 1 when something lacks."""
    written = chosen_form(form, output, forms=ReportFormat)
    check_plot(plot)
    _plotted(plot, others=indicators or redistribute)
    limits = {"supply_total": supply_total, "max_per_site": max_per_site, "keep_existing": keep_existing}
    own = {"supply": supply, "kernel": kernel, "agree": agree, "zone": zone, "new_since": new_since, **limits}
    _one_question(reach, own, indicators=indicators, redistribute=redistribute)
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        asked = reach.request(opened, by=by or ("town" if indicators else "village"))
        if indicators:
            lacking = give_indicators(_indicators(opened, asked, zone, new_since), written, output)
        elif redistribute:
            lacking = give_redistribution(
                _redistribution(opened, asked, supply, kernel, limits), written, output
            )
        else:
            report = _scores(opened, asked, supply, kernel, agree)
            lacking = give_access(report.as_json(), written, output)
            if plot is not None:
                give_plot(report, plot)
    if lacking:
        raise typer.Exit(FOUND_SOMETHING)


def _plotted(plot: "Path | None", *, others: bool) -> None:
    if plot is not None and others:
        raise InputError(
            Text(
                "--plot 只画可达供给的洛伦兹曲线。", "--plot draws the Lorenz curves of supply in reach only."
            ),
            Text("请去掉 --indicators、--redistribute。", "Leave out --indicators and --redistribute."),
        )


_SCORES, _SPREAD, _INDICATORS = "scores", "spread", "indicators"
_QUESTIONS = {
    _SCORES: Text("可达供给", "scores of access"),
    _SPREAD: Text("再分配", "a redistribution"),
    _INDICATORS: Text(
        "指标（按单元统计养老服务设施，不看距离）",
        "indicators, which count care facilities by unit whatever the distance",
    ),
}
_KNOWN_BY = {
    "layer": (_SCORES, _SPREAD),
    "within_min": (_SCORES, _SPREAD),
    "within_m": (_SCORES, _SPREAD),
    "travel": (_SCORES, _SPREAD),
    "mode": (_SCORES, _SPREAD),
    "barrier": (_SCORES, _SPREAD),
    "supply": (_SCORES, _SPREAD),
    "kernel": (_SCORES, _SPREAD),
    "agree": (_SCORES,),
    "supply_total": (_SPREAD,),
    "max_per_site": (_SPREAD,),
    "keep_existing": (_SPREAD,),
    "zone": (_INDICATORS,),
    "new_since": (_INDICATORS,),
}


def _one_question(reach: Reach, own: dict[str, Any], *, indicators: bool, redistribute: bool) -> None:
    """Refuse two questions at once, and options that have no effect on the one asked."""
    if indicators and redistribute:
        raise InputError(
            Text(
                "--indicators 与 --redistribute 只能写一个。",
                "Give --indicators or --redistribute, not both.",
            )
        )
    asked = _INDICATORS if indicators else _SPREAD if redistribute else _SCORES
    usual = Reach()
    for name, questions in _KNOWN_BY.items():
        given = own[name] not in (None, False, "") if name in own else _differs(reach, usual, name)
        if given and asked not in questions:
            written = "LAYER" if name == "layer" else f"--{name.replace('_', '-')}"
            label = _QUESTIONS[asked]
            raise InputError(
                Text(f"{written} 对{label.zh}没有作用。", f"{written} has no effect on {label.en}."),
                Text("请去掉。", "Leave it out."),
            )


def _differs(one: Reach, other: Reach, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _scores(
    opened: "Workspace",
    reach: "CoverageRequest",
    supply: str | None,
    kernel: list[str] | None,
    agree: int | None,
) -> "AccessReport":
    from gis.coverage import KERNELS, AccessRequest
    from gis.coverage import access as score

    wanted = AccessRequest(reach=reach, supply_field=supply, kernels=tuple(kernel or KERNELS), agree=agree)
    with shown_progress() as progress:
        return score(opened, wanted, progress)


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
