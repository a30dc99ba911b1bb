"""The commands on scenarios: ``fangyu scenarios …``."""

from typing import Annotated

import typer

from api.cli.destination import chosen_form
from api.cli.failing import reported
from api.cli.language import said
from api.cli.options import HERE, ListFormat, Output, ReportForm, ReportFormat, TableFormat, WorkspaceFolder
from api.cli.output import give_json, remark
from api.cli.progress import shown_progress
from api.cli.reaching import Changed, Definition, Reach
from api.cli.scenarios_output import give_comparison, give_list, give_scenario
from api.cli.scenarios_sheets import comparison_sheets
from api.cli.taking import taking
from api.cli.workbook import write_sheets
from api.scenarios import scenario_of
from api.written import day
from layers.text import counted

Name = Annotated[str, typer.Argument(metavar="NAME", help="方案名 / Name of the scenario")]
Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="方案名，可写几个 / Names of scenarios")]
Layer = Annotated[str, typer.Option("--layer", help="设施图层 / Layer of facilities")]
_CHANGES = ("add", "move", "close", "open", "resize")


def add_to(app: typer.Typer) -> None:
    """Add the group to the program."""
    group = typer.Typer(
        name="scenarios", help="方案：保存、查看、比选 / Scenarios: save, show, compare", no_args_is_help=True
    )
    group.command("list", help="列出已存方案 / List the scenarios kept")(list_all)
    group.command("save", help="保存方案 / Keep a scenario")(save)
    group.command("show", help="查看方案 / Show a scenario")(show)
    group.command("delete", help="删除方案 / Delete a scenario")(delete)
    group.command("compare", help="方案比选 / Compare scenarios side by side")(compare_some)
    app.add_typer(group)


@reported
def list_all(workspace: WorkspaceFolder = HERE, form: ListFormat = TableFormat.TABLE) -> None:
    """List scenarios; those whose file cannot be read are there with what is wrong."""
    from gis.coverage.scenarios import list_scenarios
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        give_list([one.as_json() for one in list_scenarios(opened)], form)


@reported
@taking(Changed)
def save(  # noqa: PLR0913 - one parameter per option
    changed: Changed,
    *,
    name: Name,
    workspace: WorkspaceFolder = HERE,
    layer: Layer = "care_facility",
    planned_until: Annotated[
        str | None,
        typer.Option(
            "--planned-until",
            metavar="YYYY-MM-DD",
            help="先启用图层里规划到这一天的设施 / First open what is planned up to this day",
        ),
    ] = None,
    undated: Annotated[
        bool,
        typer.Option(
            "--undated", help="没有启用日期的规划设施也启用 / Open planned facilities without a day, too"
        ),
    ] = False,
    note: Annotated[str, typer.Option("--note", help="说明 / Note")] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="替换同名方案 / Replace the one of that name")
    ] = False,
) -> None:
    """Keep a scenario, checked against the layer first."""
    changes = changed.changes()
    until = day(planned_until)
    from gis.coverage.scenarios import load_scenario, save_scenario
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        made = scenario_of(opened, name, layer, changes, until=until, undated=undated, note=note)
        version = load_scenario(opened, name).version if replace else None
        saved = save_scenario(opened, made, version=version)
    count = len(saved.changes)
    remark(
        said(f"已存方案“{name}”，{count} 项变动。", f"Kept scenario {name!r}: {counted(count, 'change')}.")
    )
    if until is not None:
        remark(saved.note)


@reported
def show(name: Name, workspace: WorkspaceFolder = HERE, form: ListFormat = TableFormat.TABLE) -> None:
    """Show what a scenario changes."""
    from gis.coverage.scenarios import load_scenario
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        found = load_scenario(opened, name)
    give_scenario({**found.as_json(), "version": found.version}, form)


@reported
def delete(name: Name, workspace: WorkspaceFolder = HERE) -> None:
    """Delete a scenario."""
    from gis.coverage.scenarios import delete_scenario
    from layers.workspace import Workspace

    with Workspace.open(workspace) as opened:
        delete_scenario(opened, name)
    remark(said(f"已删除方案“{name}”。", f"Deleted scenario {name!r}."))


@reported
@taking(Reach, without=("layer", "scenario", *_CHANGES))
def compare_some(
    reach: Reach,
    *,
    names: Names,
    workspace: WorkspaceFolder = HERE,
    layer: Layer = "care_facility",
    also: Annotated[
        list[Definition] | None,
        typer.Option(
            "--also",
            case_sensitive=False,
            help="另给这些定义的总数，可重复 / Totals by these definitions, too",
        ),
    ] = None,
    form: ReportForm = None,
    output: Output = None,
) -> None:
    """Compare scenarios with things as they are."""
    written = chosen_form(form, output, forms=ReportFormat)
    request = reach.written(layer_id=layer)
    from gis.coverage.scenarios import compare, load_scenario
    from layers.workspace import Workspace

    further = [one.value for one in also or ()]
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        chosen = [load_scenario(opened, name) for name in names]
        found = compare(opened, request, chosen, definitions=further, progress=progress).as_json()
    if written is ReportFormat.JSON:
        give_json(found, output)
    elif written is ReportFormat.XLSX:
        write_sheets(comparison_sheets(found), output)
    else:
        give_comparison(found, written, output)
