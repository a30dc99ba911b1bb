"""From a workspace and a request to a coverage report."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.land import Land, all_land_of, land_of
from gis.coverage.outcome import Outcome, distances_of, land_reach, reach_of, unit_reach
from gis.coverage.plan import LEVELS, Plan, check_request, plan_of
from gis.coverage.provenance import provenance
from gis.coverage.report import CoverageReport
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import district_row, rows_of, tidy
from gis.coverage.situation import demand_in, units_in
from gis.coverage.supply import Supply, supply_of
from gis.coverage.units import Units
from gis.network import Network, workspace_network
from layers.norms import NormProfile, load_profile, printed
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace


def cover(workspace: "Workspace", request: CoverageRequest, progress: Progress = silent) -> CoverageReport:
    """Compute a coverage report.

    Raises
    ------
    InputError
        When parameters are unknown, out of range or contradict each other.
    NotFoundError
        When the layer of facilities, or a layer the definition needs, has no data.
    """
    check_request(request)
    profile = load_profile(workspace.settings.norm_profile)
    layer = workspace.layer(request.layer_id)
    progress(Text("准备路网", "Preparing the road network"), 0, 3)
    network = None if request.travel == "straight" else workspace_network(workspace)
    request = replace(request, on=request.on or workspace.day)
    plan = plan_of(request, profile, has_roads=network is not None)
    units, plan = units_in(workspace, plan)
    supply = supply_of(layer, on=plan.on, filters=request.filters)
    progress(Text("计算可达范围", "Searching what is in reach"), 1, 3)
    outcome = _outcome(workspace, plan, units, supply, network, profile)
    progress(Text("汇总", "Adding up"), 2, 3)
    report = _report(workspace, plan, units, supply, outcome, profile)
    progress(Text("汇总", "Adding up"), 3, 3)
    return report


def _outcome(
    workspace: "Workspace",
    plan: Plan,
    units: Units,
    supply: Supply,
    network: Network | None,
    profile: NormProfile,
) -> Outcome:
    snap_max_m = profile.number("snap_max_m", on=plan.on)
    if plan.definition.id in {"C1", "C2"}:
        return unit_reach(plan, units, supply, network, snap_max_m=snap_max_m)
    if plan.definition.id == "C3":
        land = _land(workspace, plan, units)
        return land_reach(plan, land, supply, distances_of(land.demand, supply, None, snap_max_m=snap_max_m))
    demand = demand_in(workspace, plan, units)
    return reach_of(plan, demand, distances_of(demand, supply, network, snap_max_m=snap_max_m))


def _land(workspace: "Workspace", plan: Plan, units: Units) -> Land:
    quarters, all_units = (
        workspace.layer_or_none("residential_quarter"),
        workspace.layer_or_none("admin_unit"),
    )
    if quarters is None and all_units is not None:
        return all_land_of(all_units, units, level=plan.request.by)
    return land_of(workspace.layer("residential_quarter"), units, level=plan.request.by)


def _report(
    workspace: "Workspace", plan: Plan, units: Units, supply: Supply, outcome: Outcome, profile: NormProfile
) -> CoverageReport:
    threshold = profile.value("unit_covered_share", on=plan.on)
    share = profile.number("unit_covered_share", on=plan.on)
    known = np.flatnonzero(outcome.counted)
    weight = outcome.demand.weight[known]
    served = (outcome.served[:, known] * weight).sum(axis=1)
    total = float(weight.sum())
    shares = [float(one / total) if total > 0 else None for one in served]
    coarser = [level for level in LEVELS[LEVELS.index(plan.request.by) + 1 :] if level in {"town", "county"}]
    band = tuple(zip(plan.speeds_m_s, (float(one) for one in served), shares, strict=False))
    of_level = partial(rows_of, plan, outcome, supply, units, covered_share=share)
    rows = {level: of_level(level=level) for level in (plan.request.by, *coarser)}
    if rows.get("county") == ():
        settings = workspace.settings
        rows["county"] = (
            district_row(plan, outcome, supply, (settings.code, settings.name), covered_share=share),
        )
    norms = [*plan.norms, profile.value("snap_max_m", on=plan.on), threshold]
    return CoverageReport(
        request=plan.request,
        definition=plan.definition,
        measure=outcome.demand.measure,
        unit_of_measure=outcome.demand.unit_of_measure,
        numerator=float(served[plan.main]),
        denominator=total,
        share=shares[plan.main],
        band=band,
        rows=rows[plan.request.by],
        totals_by={level: rows[level] for level in coarser},
        assumptions=(
            *_assumptions(plan, supply, outcome, share, band),
            *_typical_point(plan, any(row.reason for row in rows[plan.request.by])),
        ),
        norms=printed(profile, norms),
        provenance=provenance(
            workspace,
            [
                plan.request.layer_id,
                "admin_unit",
                *outcome.demand.layers,
                *(["road"] if outcome.distances.road is not None else []),
            ],
            on=plan.on,
        ),
        command=plan.request.command(),
    )


def _assumptions(
    plan: Plan,
    supply: Supply,
    outcome: Outcome,
    share: float,
    band: tuple[tuple[float, float, float | None], ...],
) -> tuple[Text, ...]:
    notes = [*plan.assumptions, *supply.assumptions, *outcome.demand.assumptions, *outcome.assumptions]
    if plan.definition.id not in {"C1", "C2"}:
        notes.append(
            Text(
                f"单元内达到 {share:.0%} 才计为“已覆盖”。",
                f"A unit counts as covered from {share:.0%} upwards.",
            )
        )
    if band:
        flips = band[-1][1] - band[0][1]
        unit = outcome.demand.unit_of_measure
        notes.append(
            Text(
                f"主要结果用中间步速 {plan.speeds_m_s[plan.main]:g} 米/秒；"
                f"在 {band[0][0]:g} 到 {band[-1][0]:g} 米/秒之间，{tidy(flips)} {unit}是否被覆盖取决于步速。",
                f"The main value uses the middle speed, {plan.speeds_m_s[plan.main]:g} m/s; between {band[0][0]:g} and "
                f"{band[-1][0]:g} m/s, {tidy(flips)} ({outcome.demand.measure.en}) change sides.",
            )
        )
    return tuple(dict.fromkeys(notes))


def _typical_point(plan: Plan, has_reasons: bool) -> tuple[Text, ...]:  # noqa: FBT001 - private
    """Say from where the distances of a unit are measured, when rows show any for a gap in people covered."""
    if not (has_reasons and plan.definition.of_people):
        return ()
    along = Text("沿路网", "by road") if plan.by_road else Text("按直线", "in a straight line")
    return (
        Text(
            "单元的最近设施和距离，是从其未覆盖人口（已覆盖的单元为全部人口）中距离居中的一处量得的，"
            f"{along.zh}确定哪处设施最近；同一单元里其他人的距离不同，换一种覆盖定义所取的这一处也会不同。",
            "The nearest facility and the distances of a unit are those of one typical point, the median of its people "
            f"not covered (of all, where the unit is covered), nearest {along.en}; other people of the unit have other "
            "distances, and another definition takes another point.",
        ),
    )
