"""From a workspace to a plan for meals: who gets one today, where the next kitchens and points go, what each adds."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.meals.numbers import MealNumbers, numbers_of
from gis.coverage.meals.report import MealPlanReport
from gis.coverage.meals.request import MealRequest
from gis.coverage.meals.sites import MealSites, offered, offered_kitchens, standing
from gis.coverage.meals.stock import candidates_for, spread_out
from gis.coverage.meals.unopened import Wanted, why_unopened
from gis.coverage.meals.ways import Ways, ways_of
from gis.coverage.next_sites.candidates import Candidates
from gis.coverage.provenance import provenance
from gis.coverage.situation import Situation, situation_of
from gis.kernels.arrays import Floats, Ints
from gis.siting.asking import Clock
from gis.siting.tiered import Tiers, TwoTierPlan, trade_off, two_tier
from gis.siting.tiered.curve import Step, in_order
from layers.norms import printed
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace


_FOR_THE_PLAN = 0.7
"""Share of the time for the plan itself; the rest is for the order of its sites and the curve."""
_CURVE_GAP = 0.002
"""Relative gap at which the steps of a curve may stop: finer than it can be drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything a plan is made from: who wants meals, what there is, and the program's question."""

    here: Situation
    numbers: MealNumbers
    kitchens: MealSites
    points: MealSites
    tiers: Tiers
    ways: Ways
    layers: tuple[str, ...]
    assumptions: tuple[Text, ...]


def plan_meals(workspace: "Workspace", request: MealRequest, progress: Progress = silent) -> MealPlanReport:
    """Plan kitchens and points for meals; those in service stay where they are.

    Raises
    ------
    InputError
        When a parameter is out of range, or candidates cannot be used.
    NotFoundError
        When there are no meal points, no candidates, or nobody to be served is known.
    """
    request.checked()
    progress(Text("准备路网与需求", "Preparing roads and demand"), 0, 4)
    asked = _question(workspace, request)
    clock = Clock.start(request.time_limit_s)
    progress(Text("计算现状", "Working out today"), 1, 4)
    limits = {"new_points": request.points, "new_kitchens": request.kitchens}
    before = two_tier(asked.tiers, time_limit_s=clock.left_s)
    progress(Text("求解方案", "Solving"), 2, 4)
    plan = two_tier(
        asked.tiers,
        **limits,
        budget=request.budget,
        time_limit_s=clock.left_s * _FOR_THE_PLAN,
        gap=request.gap,
    )
    progress(Text("逐点增益与曲线", "What each site adds"), 3, 4)
    order = in_order(asked.tiers, *_new(asked, plan))
    curve = _curve(request, asked, plan, clock)
    plan = replace(plan, notes=(*plan.notes, *_unopened(request, asked, plan)))
    progress(Text("逐点增益与曲线", "What each site adds"), 4, 4)
    return _report(workspace, request, asked, before, plan, order, curve)


def _unopened(request: MealRequest, asked: Question, plan: TwoTierPlan) -> tuple[Text, ...]:
    kitchens = Wanted(
        label=Text("新厨房", "New kitchens"),
        most=request.kitchens,
        sites=asked.kitchens,
        opened=plan.kitchens,
    )
    points = Wanted(
        label=Text("新助餐点", "New points"), most=request.points, sites=asked.points, opened=plan.points
    )
    return why_unopened(plan, (kitchens, points), budget=request.budget)


def _curve(request: MealRequest, asked: Question, plan: TwoTierPlan, clock: Clock) -> tuple[Step, ...]:
    """Solve for fewer points than the plan has; the plan itself is the last step."""
    kitchens, points = _new(asked, plan)
    cost = asked.kitchens.cost[kitchens].sum() + asked.points.cost[points].sum()
    last = Step(
        new_points=request.points,
        cost=float(cost),
        served=plan.served,
        unserved=plan.wanted - plan.served,
        bound=plan.bound,
        proven=plan.proven,
    )
    fewer = trade_off(
        asked.tiers,
        up_to=request.points - 1,
        new_kitchens=request.kitchens,
        budget=request.budget,
        time_limit_s=clock.left_s,
        gap=max(request.gap, _CURVE_GAP),
    )
    return (*fewer, last)


def _new(asked: Question, plan: TwoTierPlan) -> tuple[Ints, Ints]:
    return (
        plan.kitchens[~asked.kitchens.stands[plan.kitchens]],
        plan.points[~asked.points.stands[plan.points]],
    )


def _question(workspace: "Workspace", request: MealRequest) -> Question:
    here = situation_of(workspace, request.reach())
    numbers = numbers_of(request, here.profile, on=here.plan.on)
    kitchens, points = standing(here.supply, numbers)
    candidates = None
    if request.points or request.kitchens:
        candidates, cooks = candidates_for(workspace, request, here)
        if request.points:
            points = points.and_also(offered(candidates, numbers, cooks))
        if request.kitchens:
            kitchens = kitchens.and_also(offered_kitchens(spread_out(candidates), numbers))
    ways = ways_of(workspace, here, kitchens, points, numbers, relink=request.relink)
    eat_in, delivered = _wanted(here, numbers)
    tiers = Tiers(
        kitchen_capacity=kitchens.capacity,
        kitchen_stands=kitchens.stands,
        point_capacity=points.capacity,
        point_seats=points.seats,
        point_cooks=points.cooks,
        point_stands=points.stands,
        eat_in=eat_in,
        delivered=delivered,
        supply_min=ways.supply,
        eat_in_min=ways.eat_in,
        delivery_min=ways.delivery,
        hot_minutes=numbers.hot_minutes,
        kitchen_cost=kitchens.cost,
        point_cost=points.cost,
    )
    said = (
        *here.supply.assumptions, *here.demand.assumptions, _need_note(numbers), *points.assumptions,
        *kitchens.assumptions, *ways.assumptions,
    )  # fmt: skip
    return Question(
        here=here,
        numbers=numbers,
        kitchens=kitchens,
        points=points,
        tiers=tiers,
        ways=ways,
        layers=(*here.layer_ids, *_layers(request, candidates)),
        assumptions=tuple(dict.fromkeys(said)),
    )


def _layers(request: MealRequest, candidates: Candidates | None) -> tuple[str, ...]:
    if candidates is None:
        return ()
    return (*dict.fromkeys(candidates.layers), *request.exclude)


def _wanted(here: Situation, numbers: MealNumbers) -> tuple[Floats, Floats]:
    """Return meals a day wanted at the table and at the door; of unknown number or place none."""
    known = np.isfinite(here.demand.weight) & np.isfinite(here.demand.lon)
    meals = np.where(known, here.demand.weight, 0.0) * numbers.need_per_1000 / 1000.0
    return meals * (1.0 - numbers.disabled_share), meals * numbers.disabled_share


def _need_note(numbers: MealNumbers) -> Text:
    return Text(
        f"需求按每千人每日 {numbers.need_per_1000:g} 份计，其中 {numbers.disabled_share:.0%} 须送餐上门，其余堂食。",
        f"{numbers.need_per_1000:g} meals a day are wanted per 1,000 people, {numbers.disabled_share:.0%} of them at "
        "the door, the others at a table.",
    )


def _report(
    workspace: "Workspace",
    request: MealRequest,
    asked: Question,
    before: TwoTierPlan,
    plan: TwoTierPlan,
    order: list[tuple[str, int, float]],
    curve: tuple[Step, ...],
) -> MealPlanReport:
    here, on = asked.here, asked.here.plan.on
    norms = [*asked.numbers.norms, here.profile.value("snap_max_m", on=on)]
    return MealPlanReport(
        request=replace(request, on=on, by=here.plan.request.by),
        demand=here.demand,
        units=here.units,
        kitchens=asked.kitchens,
        points=asked.points,
        tiers=asked.tiers,
        supply_min=asked.ways.supply,
        before=before,
        plan=plan,
        order=tuple(order),
        curve=curve,
        assumptions=asked.assumptions,
        norms=printed(here.profile, norms),
        made=provenance(workspace, asked.layers, on=on),
    )
