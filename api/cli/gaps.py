"""The command that lists the gaps in coverage: who is not served, why, and the cheapest single remedy."""

from typing import Annotated

import typer

from api.cli.destination import chosen_form
from api.cli.failing import reported
from api.cli.gaps_output import give_gaps
from api.cli.options import HERE, Output, ReportForm, ReportFormat, WorkspaceFolder
from api.cli.progress import shown_progress
from api.cli.reaching import Reach
from api.cli.taking import taking
from api.outcomes import FOUND_SOMETHING


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "gaps",
        help="覆盖缺口清单：谁没有覆盖、为什么、最省力的补救 / Gaps in coverage: who, why, and the cheapest remedy",
    )(gaps)


@reported
@taking(Reach)
def gaps(
    reach: Reach,
    *,
    workspace: WorkspaceFolder = HERE,
    points: Annotated[
        bool, typer.Option("--points", help="逐个人口点列出，不按单元 / List points of demand, not units")
    ] = False,
    form: ReportForm = None,
    output: Output = None,
) -> None:
    """List the gaps; exit code 1 when there is one."""
    written = chosen_form(form, output, forms=ReportFormat)
    from gis.coverage import gap_list
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened, shown_progress() as progress:
        report = gap_list(opened, reach.request(opened), progress, by_points=points).as_json()
    give_gaps(report, written, output)
    if report["gaps"]:
        raise typer.Exit(FOUND_SOMETHING)
