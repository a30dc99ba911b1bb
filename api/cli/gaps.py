"""The command that lists the gaps in coverage: who is not served, why, and the cheapest single remedy."""

from typing import Annotated

import typer

from api.cli.covering import Definition
from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.gaps_output import give_gaps
from api.cli.options import HERE, LayerId, OnDate, Output, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.reaching import (
    Add,
    BarrierLayers,
    By,
    Close,
    Mode,
    ModeOf,
    Move,
    NeedPer1000,
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


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "gaps",
        help="覆盖缺口清单：谁没有覆盖、为什么、最省力的补救 / Gaps in coverage: who, why, and the cheapest remedy",
    )(gaps)


@reported
def gaps(  # noqa: PLR0913 - one parameter per option
    layer: LayerId = "care_facility",
    *,
    workspace: WorkspaceFolder = HERE,
    points: Annotated[
        bool, typer.Option("--points", help="逐个人口点列出，不按单元 / List points of demand, not units")
    ] = False,
    within_min: WithinMin = None,
    within_m: WithinM = None,
    travel: TravelBy = None,
    definition: Annotated[
        Definition | None,
        typer.Option("--definition", case_sensitive=False, help="覆盖定义 / Definition of coverage"),
    ] = None,
    by: By = "village",
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    where: Where = None,
    mode: ModeOf = Mode.WALK,
    norms: Norms = None,
    barrier: BarrierLayers = None,
    need_per_1000: NeedPer1000 = None,
    add: Add = None,
    move: Move = None,
    close: Close = None,
    open: Open = None,  # noqa: A002 - the option's own name
    resize: Resize = None,
    scenario: ScenarioName = None,
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="输出格式，不写时由 -o 的扩展名定 / Form of the output; without it the suffix of -o decides",
            case_sensitive=False,
        ),
    ] = None,
    output: Output = None,
) -> None:
    """List the gaps; exit code 1 when there is one."""
    written = chosen_form(form, output, forms=ReportFormat)
    check_destination(output)
    from gis.coverage import gap_list
    from layers.workspace import Workspace

    asked = reach_of(
        layer,
        within_min=within_min,
        within_m=within_m,
        travel=travel,
        definition=definition.value if definition else None,
        by=by,
        on=on,
        population_field=population_field,
        where=where,
        mode=mode,
        norms=norms,
        barrier=barrier,
        need_per_1000=need_per_1000,
        changed=changes_of(add=add, move=move, close=close, open=open, resize=resize),
    )
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        [wanted] = with_scenario(opened, [asked], scenario)
        report = gap_list(opened, wanted, progress, by_points=points).as_json()
    give_gaps(report, written, output)
    if report["gaps"]:
        raise typer.Exit(FOUND_SOMETHING)
