"""The command that measures coverage."""

from enum import StrEnum
from typing import Annotated

import typer

from api.cli.coverage_output import give_report
from api.cli.destination import check_destination, chosen_form
from api.cli.failing import reported
from api.cli.options import HERE, LayerId, OnDate, Output, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.reaching import By, PopulationField, TravelBy, Where, WithinM, WithinMin
from api.outcomes import FOUND_SOMETHING
from api.written import day, pairs


class Definition(StrEnum):
    """Definitions of coverage that can be computed."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C5 = "C5"
    C6 = "C6"


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "cover", help="测算服务覆盖：谁在范围内，谁不在，为什么 / Who is covered, who is not, and why"
    )(cover)


@reported
def cover(  # noqa: PLR0913 - one parameter per option
    layer: LayerId = "care_facility",
    *,
    workspace: WorkspaceFolder = HERE,
    within_min: WithinMin = None,
    within_m: WithinM = None,
    travel: TravelBy = None,
    definition: Annotated[
        Definition | None,
        typer.Option(
            "--definition",
            case_sensitive=False,
            help="C1 有无、C2 指定服务、C3 用地、C5 直线人口、C6 路网时间人口 / Definition of coverage",
        ),
    ] = None,
    by: By = "village",
    on: OnDate = None,
    population_field: PopulationField = "pop_65_plus",
    where: Where = None,
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
    """Measure coverage; exit code 1 when a unit is not covered."""
    written = chosen_form(form, output, forms=ReportFormat)
    check_destination(output)
    from gis.coverage import CoverageRequest
    from gis.coverage import cover as measure
    from layers.workspace import Workspace

    request = CoverageRequest(
        layer_id=layer,
        definition=definition.value if definition else None,
        within_min=within_min,
        within_m=within_m,
        travel=travel.value if travel else None,
        by=by,
        on=day(on),
        population_field=population_field,
        where=pairs(where or (), option="--where"),
    )
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        report = measure(opened, request, progress).as_json()
    give_report(report, written, output)
    if any(not row["covered"] for row in report["rows"]):
        raise typer.Exit(FOUND_SOMETHING)
