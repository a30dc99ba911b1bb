"""The command that chooses sites: where the next ones go, what each adds, and how sure that is."""

from typing import TYPE_CHECKING, Any

import typer

from api.cli import site_options as asked
from api.cli.destination import check_plot, chosen_form
from api.cli.failing import reported
from api.cli.language import said
from api.cli.options import HERE, Output, PlotFile, WorkspaceFolder
from api.cli.output import give_plot, remark
from api.cli.progress import shown_progress
from api.cli.reaching import Reach
from api.cli.siting_output import give_sites
from api.cli.taking import taking
from api.outcomes import FOUND_SOMETHING

if TYPE_CHECKING:
    from gis.coverage import SiteReport
    from layers.workspace import Workspace


def add_to(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        "site",
        help="选址：下一批设施放在哪里，各增加多少覆盖；处数不足或没做到时退出码 1 / Where the next sites go, and "
        "what each adds; exit code 1 when the plan falls short",
    )(site)


@reported
@taking(Reach, without=("definition", "kernel"))
def site(  # noqa: PLR0913 - one parameter per option
    reach: Reach,
    *,
    workspace: WorkspaceFolder = HERE,
    model: asked.ModelOf = asked.Model.MCLP,
    sites: asked.Sites = None,
    target_share: asked.TargetShare = None,
    budget: asked.Budget = None,
    cost_new: asked.CostNew = 1.0,
    cost_stock: asked.CostStock = None,
    cost_field: asked.CostField = None,
    capacity: asked.Capacity = None,
    capacity_field: asked.CapacityField = None,
    candidates: asked.CandidatesOf = "grid",
    prefer_stock: asked.PreferStock = None,
    spacing_m: asked.Spacing = 500.0,
    apart_m: asked.Apart = None,
    per: asked.Per = None,
    at_most_per: asked.AtMostPer = None,
    at_least_per: asked.AtLeastPer = 0,
    exclude: asked.Exclude = None,
    review_buffer_m: asked.ReviewBuffer = 0.0,
    definition: asked.DefinitionOf = None,
    curve: asked.Curve = None,
    alternatives: asked.OtherPlans = 5,
    within: asked.Within = 0.01,
    time_limit_s: asked.TimeLimit = 60.0,
    gap: asked.Gap = 0.0,
    save_scenario: asked.SaveScenario = None,
    replace: asked.Replace = False,
    form: asked.Form = None,
    output: Output = None,
    plot: PlotFile = None,
) -> None:
    """Choose sites; facilities in service stay.

    Exit code 1 when the plan falls short of what was asked: fewer sites than asked for, or people left without.
    """
    written = chosen_form(form, output, forms=asked.SiteFormat)
    check_plot(plot)
    from gis.coverage import SiteRequest, place_sites
    from layers.workspace import Workspace

    wanted: dict[str, Any] = {
        "model": model.value,
        "sites": sites,
        "target_share": target_share,
        "budget": budget,
        "cost_new": cost_new,
        "cost_stock": cost_stock,
        "cost_field": cost_field,
        "capacity": capacity,
        "capacity_field": capacity_field,
        "candidates": candidates,
        "prefer_stock": prefer_stock,
        "spacing_m": spacing_m,
        "apart_m": apart_m,
        "per": per,
        "at_most_per": at_most_per,
        "at_least_per": at_least_per,
        "exclude": tuple(exclude or ()),
        "review_buffer_m": review_buffer_m,
        "curve": curve,
        "alternatives": alternatives,
        "within": within,
        "time_limit_s": time_limit_s,
        "gap": gap,
    }
    if save_scenario is not None:
        from gis.coverage.scenarios.scenario import check_name

        check_name(save_scenario)
    with Workspace.open(workspace) as opened, shown_progress() as progress:
        counted = definition.value if definition else None
        request = SiteRequest(reach=reach.request(opened, definition=counted), **wanted)
        report = place_sites(opened, request, progress)
        if save_scenario is not None:
            _keep(opened, save_scenario, report, replace=replace)
    give_sites(report.as_json(), written, output)
    if plot is not None:
        give_plot(report, plot)
    if _falls_short(report):
        raise typer.Exit(FOUND_SOMETHING)


def _falls_short(report: "SiteReport") -> bool:
    """Tell whether people stay without although fewer sites are placed than asked for, or all were to be covered."""
    if not any(one.people for one in report.unserved):
        return False
    asked, placed = report.request, len(report.new_sites)
    if asked.sites is not None:
        return placed < asked.sites
    return asked.model == "lscp" or (asked.target_share is None and placed == 0)


def _keep(workspace: "Workspace", name: str, report: "SiteReport", *, replace: bool) -> None:
    """Keep the plan, after the changes it started from, as a scenario."""
    from gis.coverage.scenarios import Scenario, list_scenarios
    from gis.coverage.scenarios import save_scenario as keep

    reach = report.request.reach
    changes = (*reach.changes, *report.changes)
    if not changes:
        remark(said(f"没有新增站点，方案“{name}”没有保存。", f"No new site: scenario {name} is not kept."))
        return
    kept = Scenario(name=name, layer_id=reach.layer_id, changes=changes, note=report.request.command())
    kept_already = list_scenarios(workspace) if replace else ()
    keep(workspace, kept, version=next((one.version for one in kept_already if one.name == name), None))
    remark(said(f"方案已存为方案“{name}”。", f"The plan is kept as scenario {name}."))
