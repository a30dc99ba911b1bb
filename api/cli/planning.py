"""The command that makes the planning set: indicator table, one map per service and tier, one page per town."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.covering import Definitions
from api.cli.destination import check_destination
from api.cli.failing import reported
from api.cli.language import chosen
from api.cli.options import HERE, OnDate, Profile, WorkspaceFolder
from api.cli.output import wrote
from api.cli.progress import shown_progress
from api.cli.reaching import (
    Add,
    BarrierLayers,
    Close,
    Mode,
    ModeOf,
    Move,
    NeedPer1000,
    Norms,
    Open,
    PopulationField,
    Resize,
    changes_of,
)
from layers.errors import InputError
from layers.text import Text


class SetForm(StrEnum):
    """Forms of a planning set."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "planning-set",
        help="布局规划图册：指标表、各服务各等级一图、一镇一页 / The planning set: indicators, maps, a page per town",
    )(planning)


@reported
def planning(  # noqa: PLR0913 - one parameter per option
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="按扩展名定格式：docx xlsx pdf html / The suffix says the form"),
    ],
    *,
    workspace: WorkspaceFolder = HERE,
    layer: Annotated[
        list[str] | None,
        typer.Option(
            "--layer",
            help="设施图层，可重复，默认养老设施和助餐点 / Layer of services, repeatable; by default care and meals",
        ),
    ] = None,
    within_min: Annotated[
        str, typer.Option("--within-min", metavar="5,10,15", help="各等级的分钟数 / Minutes of the tiers")
    ] = "5,10,15",
    definition: Annotated[
        list[Definitions] | None,
        typer.Option(
            "--definition",
            case_sensitive=False,
            help="覆盖矩阵用的定义，可重复，默认全部 / Definitions of the matrix, repeatable; by default all",
        ),
    ] = None,
    sites: Annotated[
        int | None, typer.Option("--sites", help="近期新设几处（第一种服务） / New sites of the near term")
    ] = None,
    far_sites: Annotated[
        int | None, typer.Option("--far-sites", help="远期再设几处 / Further sites of the far term")
    ] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", help="按已保存的方案变动后编 / Made after a saved scenario")
    ] = "",
    profile: Annotated[
        Profile,
        typer.Option("--profile", help="internal 内部资料，public 公开版（小数隐去） / Who it is for"),
    ] = Profile.INTERNAL,
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    mode: ModeOf = Mode.WALK,
    norms: Norms = None,
    barrier: BarrierLayers = None,
    need_per_1000: NeedPer1000 = None,
    add: Add = None,
    move: Move = None,
    close: Close = None,
    open: Open = None,  # noqa: A002 - the option's own name
    resize: Resize = None,
) -> None:
    """Make the planning set."""
    form = output.suffix.casefold().removeprefix(".")
    if form not in {one.value for one in SetForm}:
        raise InputError(
            Text(f"图册不能写成“{output.name}”。", f"A planning set cannot be written as {output.name!r}."),
            Text("扩展名可用：.docx .xlsx .pdf .html。", "Suffixes: .docx .xlsx .pdf .html."),
        )
    check_destination(output)
    from api.planning import definitions_of, tiers_of
    from api.written import day
    from layers.workspace import Workspace
    from web.planning_set import PlanningSetRequest, planning_set

    request = PlanningSetRequest(
        layers=tuple(layer or ()),
        within_min=tiers_of(within_min),
        definitions=definitions_of([one.value for one in definition or ()]),
        sites=sites,
        far_sites=far_sites,
        scenario=scenario,
        changes=changes_of(add=add, move=move, close=close, open=open, resize=resize),
        profile=profile.value,
        on=day(on),
        population_field=population_field,
        mode=mode.value,
        norms=norms,
        barriers=tuple(barrier or ()),
        need_per_1000=need_per_1000,
    )
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        content = planning_set(opened, request, form, progress, lang=chosen())
    output.write_bytes(content)
    wrote(output)
