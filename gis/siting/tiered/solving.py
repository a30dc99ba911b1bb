"""The best sites of two tiers, and the least travel with them."""

from dataclasses import dataclass, replace

import numpy as np

from gis.kernels.arrays import Flags, Floats
from gis.siting.asking import Clock, bad_value, checked_gap
from gis.siting.highs import solve
from gis.siting.plan import out_of_time, relative_gap
from gis.siting.tiered.flows import Flows, flows_of, reasons_of
from gis.siting.tiered.model import Model
from gis.siting.tiered.plan import REASONS, TwoTierPlan
from gis.siting.tiered.question import Tiers
from gis.siting.tiered.start import greedy

_OPEN = 0.5
_USED = 1e-6
_ALWAYS_S = 60.0
"""Seconds a linear program with settled sites may take even when no time is left: without it there is no answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """Open sites (a flag per kitchen, then per point), the columns of the program, meals served and a bound."""

    is_open: Flags
    values: Floats
    served: float
    bound: float


def two_tier(
    tiers: Tiers,
    *,
    new_points: int | None = 0,
    new_kitchens: int | None = 0,
    budget: float | None = None,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> TwoTierPlan:
    """Choose new points and kitchens so that most meals are served, then, with these sites, in the least travel.

    A two-level capacitated location model with a bound on the time over both legs. Existing sites stay open.

    Parameters
    ----------
    tiers
        Kitchens, points, homes and the minutes between them.
    new_points, new_kitchens
        At most so many new ones; None for no limit.
    budget
        Most that new sites may cost together, by the costs in ``tiers``; None for no limit.
    time_limit_s
        Wall time after which the best plan found is given with its gap; 0 gives the greedy plan.
    gap
        Relative gap at which to stop.

    Returns
    -------
    TwoTierPlan
        New sites that nobody would use are left out. Nobody to serve, no kitchens or no points is an answer, not an
        error: everything wanted is then unserved, with its reason.

    Raises
    ------
    InputError
        When a value of ``tiers``, a limit, the time limit or the gap is negative or no number, or shapes do not fit.
    """
    clock, asked, wanted_gap = Clock.start(time_limit_s), tiers.checked(), checked_gap(gap)
    limits = checked_limits(new_points=new_points, new_kitchens=new_kitchens, budget=budget)
    model = Model.of(asked)
    found = best_sites(model, limits, gap=wanted_gap, clock=clock)
    is_open = used(model, found)
    flows = settled(asked, is_open, found.served, clock) or flows_of(model, found.values)
    return _plan(asked, is_open, flows, found.bound, clock)


def checked_limits(**limits: float | None) -> dict[str, float | None]:
    """Return the limits on new sites; raises InputError when one is negative or no number."""
    for name, one in limits.items():
        if one is not None and not one >= 0:
            raise bad_value(name, "", one)
    return {
        name: None if one is None else (one if name == "budget" else int(one)) for name, one in limits.items()
    }


def best_sites(
    model: Model, limits: dict[str, float | None], *, gap: float, clock: Clock, known: Found | None = None
) -> Found:
    """Choose the sites that serve most, from a greedy choice or a known one on; limits as of ``checked_limits``."""
    start = greedy(model, **limits)  # type: ignore[arg-type]
    values, served = held(model, start)
    if known is not None and known.served > served:
        start, values, served = known.is_open, known.values, known.served
    most = float(model.eat.wanted.sum() + model.door.wanted.sum())
    free = not (model.tiers.kitchen_stands.all() and model.tiers.point_stands.all())
    if not free or clock.left_s <= 0 or relative_gap(served, most) <= gap:
        return Found(start, values, served, served if not free else most)
    solved = solve(
        model.limited(**limits).program,  # type: ignore[arg-type]
        time_limit_s=clock.left_s,
        gap=gap,
        start=values,
    )
    bound = min(most, -solved.bound)
    if solved.values is not None:
        is_open = solved.values[: model.sites] > _OPEN
        better, better_served = held(model, is_open)
        if better_served > served:
            start, values, served = is_open, better, better_served
    return Found(start, values, served, max(bound, served))


def held(model: Model, is_open: Flags) -> tuple[Floats, float]:
    """Return the columns and the meals served most when the sites are settled."""
    if not len(model.program.cost):
        return np.empty(0), 0.0
    solved = solve(model.held(is_open), time_limit_s=_ALWAYS_S, gap=0.0)
    if solved.values is None:
        values = np.zeros(len(model.program.cost))
        values[: model.sites] = is_open
        return values, 0.0
    return solved.values, max(-float(model.program.cost @ solved.values), 0.0)


def used(model: Model, found: Found) -> Flags:
    """Return the open sites without the new ones that nothing goes through."""
    flows = flows_of(model, found.values)
    through = np.concatenate([
        flows.supply.sum(axis=1),
        np.asarray(flows.eat_in.sum(axis=0)).reshape(-1) + np.asarray(flows.delivered.sum(axis=0)).reshape(-1),
    ])  # fmt: skip
    stands = np.concatenate([model.tiers.kitchen_stands, model.tiers.point_stands])
    return np.asarray(stands | (found.is_open & (through > _USED)))


def settled(tiers: Tiers, is_open: Flags, served: float, clock: Clock) -> Flows | None:
    """Return the flows of least travel that serve as many with these sites; None when time ran out."""
    if clock.left_s <= 0:
        return None
    model = Model.of(_only(tiers, is_open), merge=False)
    limit = clock.left_s if np.isfinite(clock.limit_s) else 10 * _ALWAYS_S
    everything = np.ones(model.sites, bool)
    solved = solve(model.least_travel(everything, served), time_limit_s=limit, gap=0.0)
    if solved.values is None:
        return None
    flows = flows_of(model, solved.values)
    return flows if flows.served >= served * (1 - 1e-6) - 1e-6 else None


def _only(tiers: Tiers, is_open: Flags) -> Tiers:
    """Return the question without the sites that are not open: they keep their numbers, but nothing reaches them."""
    kitchens, points = is_open[: tiers.kitchens], is_open[tiers.kitchens :]
    supply = np.where(kitchens[:, None] & points[None, :], np.asarray(tiers.supply_min), np.inf)
    return replace(
        tiers,
        supply_min=supply,
        point_cooks=np.where(points, tiers.point_cooks, 0.0),
        kitchen_stands=np.ones(tiers.kitchens, bool),
        point_stands=np.ones(tiers.points, bool),
    )


def _plan(tiers: Tiers, is_open: Flags, flows: Flows, bound: float, clock: Clock) -> TwoTierPlan:
    eat, door, why_eat, why_door = reasons_of(tiers, flows, is_open)
    wanted = float(tiers.eat_in.sum() + tiers.delivered.sum())
    served = wanted - float(eat.sum() + door.sum())
    apart = relative_gap(served, bound) if abs(bound - served) > 1e-6 * max(1.0, served) else 0.0
    by_reason = {code: float(eat[why_eat == code].sum() + door[why_door == code].sum()) for code in REASONS}
    return TwoTierPlan(
        kitchens=np.flatnonzero(is_open[: tiers.kitchens]),
        points=np.flatnonzero(is_open[tiers.kitchens :]),
        supply=flows.supply,
        cooked=flows.cooked,
        eat_in=flows.eat_in,
        delivered=flows.delivered,
        hot_minutes=flows.hot_minutes,
        wanted=wanted,
        served=served,
        unserved={code: one for code, one in by_reason.items() if one > 0},
        unserved_eat_in=eat,
        unserved_delivered=door,
        reason_eat_in=why_eat,
        reason_delivered=why_door,
        objective=served,
        travel_minutes=flows.travel_minutes,
        bound=served if apart == 0 else bound,
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        notes=(out_of_time(),) if apart > 0 and clock.left_s <= 0 else (),
    )
