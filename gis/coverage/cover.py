"""From a workspace and a request to a coverage report."""

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.asked import LEVELS
from gis.coverage.capacity import held_reach, holding_of
from gis.coverage.definitions import ON_CAPACITY, UNIT_DEFINITIONS
from gis.coverage.flips import flips_of
from gis.coverage.gaps.severing import with_severing
from gis.coverage.idle import idle_options
from gis.coverage.outcome import Outcome, distances_of, land_reach, reach_of, unit_reach
from gis.coverage.people import people_of
from gis.coverage.report import CoverageReport
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import Row, district_row, rows_of, tidy
from gis.coverage.shown import Shown, Ways
from gis.coverage.situation import Situation, prepare, travel_m
from layers.norms import printed
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

_Band = tuple[tuple[float, float, float | None], ...]


def cover(workspace: "Workspace", request: CoverageRequest, progress: Progress = silent) -> CoverageReport:
    """Compute a coverage report.

    Raises
    ------
    InputError
        When parameters are unknown, out of range or contradict each other.
    NotFoundError
        When the layer of facilities, or a layer the definition needs, has no data.
    """
    progress(Text("准备路网", "Preparing the road network"), 0, 3)
    return cover_in(prepare(workspace, request), progress)


def cover_in(situation: Situation, progress: Progress = silent) -> CoverageReport:
    """Compute a coverage report in a situation that was prepared; nothing is read from the workspace.

    Raises
    ------
    InputError
        When the definition asks what facilities hold and the layer has no field for it.
    """
    progress(Text("计算可达范围", "Searching what is in reach"), 1, 3)
    outcome = outcome_of(situation)
    progress(Text("汇总", "Adding up"), 2, 3)
    report = report_of(situation, outcome)
    progress(Text("汇总", "Adding up"), 3, 3)
    return report


def outcome_of(situation: Situation) -> Outcome:
    """Judge every point of demand by the plan's definition; raises as ``cover_in`` does."""
    here, plan = situation, situation.plan
    distances = distances_of(
        here.demand, here.supply, here.network, snap_max_m=here.snap_max_m, homes=here.homes
    )
    if plan.definition.id in UNIT_DEFINITIONS:
        return unit_reach(plan, here.units, here.demand, here.supply, distances)
    if here.land is not None:
        return land_reach(plan, here.land, here.supply, distances)
    if plan.definition.id in ON_CAPACITY:
        holding = holding_of(plan, here.profile, here.supply)
        travel = travel_m(here, here.supply.lon, here.supply.lat, limit_m=max(plan.limits_m))
        reached = held_reach(plan, here.demand, here.supply, distances, holding=holding, travel=travel)
    else:
        reached = reach_of(plan, here.demand, distances)
    if here.barriers is None:
        return reached
    return with_severing(reached, plan, here.supply, here.barriers, profile=here.profile)


def report_of(here: Situation, outcome: Outcome) -> CoverageReport:
    """Make the report of a situation whose outcome is known; nothing is measured again."""
    plan = here.plan
    threshold = here.profile.value("unit_covered_share", on=plan.on)
    share = here.profile.number("unit_covered_share", on=plan.on)
    known = np.flatnonzero(outcome.counted)
    weight = outcome.demand.weight[known]
    served = (outcome.served[:, known] * weight).sum(axis=1)
    total = float(weight.sum())
    shares = [float(one / total) if total > 0 else None for one in served]
    band = tuple(zip(plan.speeds_m_s, (float(one) for one in served), shares, strict=False))
    rows = _rows_by_level(here, outcome, share)
    own = rows.pop(plan.request.by)
    return CoverageReport(
        request=plan.request,
        definition=plan.definition,
        measure=outcome.demand.measure,
        unit_of_measure=outcome.demand.unit_of_measure,
        numerator=float(served[plan.main]),
        denominator=total,
        share=shares[plan.main],
        band=band,
        people=people_of(plan, outcome),
        rows=own,
        totals_by=rows,
        flips=flips_of(plan, outcome, here.units),
        loads=outcome.loads,
        assumptions=(
            *_assumptions(here, outcome, share, band),
            *_typical_point(here, any(row.reason for row in own)),
        ),
        norms=printed(
            here.profile,
            [*plan.norms, *outcome.norms, here.profile.value("snap_max_m", on=plan.on), threshold],
        ),
        provenance=here.made,
        command=plan.request.command(),
        limit_m=plan.limits_m[plan.main] if plan.limits_m else None,
        limit=plan.limit_text,
        shown=Shown(here.units.frame, here.supply.frame, _ways(here, outcome)),
    )


def _ways(here: Situation, outcome: Outcome) -> Ways | None:
    """Return how far people are from what is nearest; None where it is not people that are counted."""
    if not here.plan.definition.of_people:
        return None
    known = np.flatnonzero(outcome.counted)
    metres = np.asarray(outcome.distances.walked.cost)[known]
    return Ways(metres, outcome.demand.weight[known], here.plan.limits_m, here.plan.speeds_m_s)


def _rows_by_level(here: Situation, outcome: Outcome, share: float) -> dict[str, tuple[Row, ...]]:
    """Make the rows of the level asked for, and of town and county where they are coarser."""
    plan, asked = here.plan, here.plan.request.by
    coarser = LEVELS[LEVELS.index(asked) + 1 :] if asked in LEVELS else ("county",)
    levels = (asked, *(one for one in coarser if one in {"town", "county"}))
    of_level = partial(rows_of, plan, outcome, here.supply, here.units, covered_share=share)
    rows = {level: of_level(level=level) for level in levels if asked in LEVELS or level == asked}
    if "county" in levels and not rows.get("county"):
        rows["county"] = (district_row(plan, outcome, here.supply, here.district, covered_share=share),)
    return rows


def _assumptions(here: Situation, outcome: Outcome, share: float, band: _Band) -> tuple[Text, ...]:
    plan, supply = here.plan, here.supply
    notes = [*plan.assumptions, *supply.assumptions, *outcome.demand.assumptions, *outcome.assumptions]
    if plan.definition.id not in UNIT_DEFINITIONS:
        notes.append(
            Text(
                f"单元内达到 {share:.0%} 才计为“已覆盖”。",
                f"A unit counts as covered from {share:.0%} upwards.",
            )
        )
    notes += [*_areas_note(here), *idle_options(plan.request, (plan.definition.id,))]
    if band:
        notes.append(_band_note(here, outcome, band))
    return tuple(dict.fromkeys(notes))


def _areas_note(here: Situation) -> list[Text]:
    by = here.plan.request.by
    if by in LEVELS:
        return []
    return [
        Text(
            f"按图层 {by} 的面统计：只看位置；落在几个面里的，算在图层中排在前面的一个，各行之和等于总数。",
            f"Rows are the areas of layer {by}, by place alone; what lies in several counts in the first of the layer, "
            "so that rows add up.",
        )
    ]


def _band_note(here: Situation, outcome: Outcome, band: _Band) -> Text:
    flips = band[-1][1] - band[0][1]
    unit = outcome.demand.unit_of_measure
    pace = Text("步速", "speed") if here.plan.request.mode == "walk" else Text("车速", "speed")
    return Text(
        f"主要结果用中间{pace.zh} {here.plan.speeds_m_s[here.plan.main]:g} 米/秒；"
        f"在 {band[0][0]:g} 到 {band[-1][0]:g} 米/秒之间，{tidy(flips):,} {unit}是否被覆盖取决于{pace.zh}。",
        f"The main value uses the middle speed, {here.plan.speeds_m_s[here.plan.main]:g} m/s; between {band[0][0]:g} "
        f"and {band[-1][0]:g} m/s, {tidy(flips):,} ({outcome.demand.measure.en}) change sides.",
    )


def _typical_point(here: Situation, has_reasons: bool) -> tuple[Text, ...]:  # noqa: FBT001 - private
    """Say from where the distances of a unit are measured, when rows show any for a gap in people covered."""
    if not (has_reasons and here.plan.definition.of_people):
        return ()
    along = Text("沿路网", "by road") if here.plan.by_road else Text("按直线", "in a straight line")
    return (
        Text(
            "单元的最近设施和距离，是从其未覆盖人口（已覆盖的单元为全部人口）中距离居中的一处量得的，"
            f"{along.zh}确定哪处设施最近；同一单元里其他人的距离不同，换一种覆盖定义所取的这一处也会不同。",
            "The nearest facility and the distances of a unit are those of one typical point, the median of its people "
            f"not covered (of all, where the unit is covered), nearest {along.en}; other people of the unit have other "
            "distances, and another definition takes another point.",
        ),
    )
