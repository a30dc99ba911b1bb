"""From a workspace and a request to a coverage report."""

from dataclasses import replace
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.coverage.demand import DemandLayers, demand_of
from gis.coverage.land import Land, all_land_of, land_of
from gis.coverage.outcome import Outcome, distances_of, land_reach, reach_of, unit_reach
from gis.coverage.plan import LEVELS, Plan, check_request, plan_of
from gis.coverage.report import CoverageReport
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import district_row, rows_of, tidy
from gis.coverage.supply import Supply, supply_of
from gis.coverage.units import Units, units_of
from gis.network import Network, workspace_network
from layers.errors import NotFoundError
from layers.norms import NormProfile, load_profile, printed
from layers.progress import Progress, silent
from layers.text import Text
from layers.vocabulary import label_of

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
    units, plan = _units(workspace, plan)
    supply = supply_of(layer, on=plan.on, filters=request.filters)
    progress(Text("计算可达范围", "Searching what is in reach"), 1, 3)
    outcome = _outcome(workspace, plan, units, supply, network, profile)
    progress(Text("汇总", "Adding up"), 2, 3)
    report = _report(workspace, plan, units, supply, outcome, profile)
    progress(Text("汇总", "Adding up"), 3, 3)
    return report


def _units(workspace: "Workspace", plan: Plan) -> tuple[Units, Plan]:
    """Take the units; where none is of the level asked for, report by the finest there is and say so."""
    layer = workspace.layer_or_none("admin_unit")
    units = units_of(layer, on=plan.on, settings=workspace.settings)
    asked = plan.request.by
    if len(units.at(asked)):
        return units, plan
    if units.whole and plan.definition.id in {"C1", "C2"}:
        workspace.layer("admin_unit")
    by = units.finest()
    note = Text(
        f"没有“{_level(asked).zh}”一级的单元，改按“{_level(by).zh}”汇总。",
        f"There are no units of level {_level(asked).en!r}; rows are by {_level(by).en!r} instead.",
    )
    return units, replace(plan, request=replace(plan.request, by=by), assumptions=(*plan.assumptions, note))


def _level(level: str) -> Text:
    return label_of("unit_level", level)


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
    layers = DemandLayers(
        population=workspace.layer_or_none("population"),
        quarters=workspace.layer_or_none("residential_quarter"),
        units=workspace.layer_or_none("admin_unit"),
    )
    demand = demand_of(layers, units, level=plan.request.by, field=plan.request.population_field)
    if demand is None:
        raise NotFoundError(
            Text(
                "没有人口、居住区或行政区划数据，不知道要服务谁。",
                "There is no population, residential or unit data: nobody to be served is known.",
            ),
            Text(
                "先导入其中之一：fangyu import population 文件名。",
                "Import one of them: fangyu import population FILE.",
            ),
        )
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
        provenance=_provenance(workspace, plan, outcome, network_used=outcome.distances.road is not None),
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


def _provenance(
    workspace: "Workspace", plan: Plan, outcome: Outcome, *, network_used: bool
) -> dict[str, Any]:
    used = [plan.request.layer_id, "admin_unit", *outcome.demand.layers, *(["road"] if network_used else [])]
    present = [one for one in dict.fromkeys(used) if one in workspace.store.layer_ids()]
    return {
        "program": f"fangyu {_version()}",
        "layers": {one: _origin(workspace, one) for one in present},
        "as_of": plan.on.isoformat(),
    }


def _origin(workspace: "Workspace", layer_id: str) -> dict[str, Any]:
    summary = workspace.store.summary(layer_id)
    return {
        "version": summary.version,
        "as_of": summary.as_of.isoformat() if summary.as_of else None,
        "sources": list(summary.sources),
        "synthetic": summary.synthetic,
    }


def _version() -> str:
    try:
        return version("fangyu")
    except PackageNotFoundError:
        return "0"
