"""What each further site buys: meals served against the number of new points, and new sites in order."""

from dataclasses import dataclass

import numpy as np

from gis.kernels.arrays import Flags, Ints
from gis.siting.asking import Clock, checked_gap
from gis.siting.plan import relative_gap
from gis.siting.tiered.model import Model
from gis.siting.tiered.question import Tiers
from gis.siting.tiered.solving import best_sites, checked_limits, held

_MOST_IN_ORDER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One point of a trade-off curve: the best plan with at most so many new points or so much money."""

    new_points: int
    cost: float
    served: float
    unserved: float
    bound: float
    proven: bool


def trade_off(
    tiers: Tiers,
    *,
    up_to: int,
    new_kitchens: int | None = 0,
    budget: float | None = None,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> tuple[Step, ...]:
    """Solve for 0, 1, … ``up_to`` new points; below 0 there is no step.

    Each step is the best of its own, so sites may change between them. Served meals never fall along the curve. The
    time limit is for all steps together. Raises as ``two_tier`` does.
    """
    clock, asked, wanted_gap = Clock.start(time_limit_s), tiers.checked(), checked_gap(gap)
    model, steps, found = Model.of(asked), list[Step](), None
    stands = np.concatenate([asked.kitchen_stands, asked.point_stands])
    cost = np.concatenate([np.asarray(asked.kitchen_cost), np.asarray(asked.point_cost)])
    wanted = float(asked.eat_in.sum() + asked.delivered.sum())
    for number in range(up_to + 1):
        limits = checked_limits(new_points=number, new_kitchens=new_kitchens, budget=budget)
        part = Clock.start(clock.left_s / (up_to + 1 - number)) if np.isfinite(clock.limit_s) else clock
        found = best_sites(model, limits, gap=wanted_gap, clock=part, known=found)
        proven = relative_gap(found.served, found.bound) <= 1e-6  # noqa: PLR2004 - the solver's rounding
        steps.append(Step(new_points=number, cost=float(cost[found.is_open & ~stands].sum()), served=found.served,
                          unserved=wanted - found.served, bound=found.bound, proven=proven))  # fmt: skip
    return tuple(steps)


def in_order(tiers: Tiers, kitchens: Ints, points: Ints) -> list[tuple[str, int, float]]:
    """Put new sites in the order of what each adds to those before it: ``kitchen`` or ``point``, its number, meals.

    More than a dozen come in the order of their numbers, since every step asks once for each of those left.
    """
    asked = tiers.checked()
    model = Model.of(asked)
    is_open = np.concatenate([asked.kitchen_stands, asked.point_stands])
    waiting = [int(one) for one in kitchens] + [asked.kitchens + int(one) for one in points]
    order: list[tuple[str, int, float]] = []
    served = held(model, is_open)[1]
    while waiting:
        asked_of = waiting if len(waiting) <= _MOST_IN_ORDER else waiting[:1]
        gains = [held(model, _with(is_open, one))[1] for one in asked_of]
        best = int(np.argmax(gains))
        one, gain = asked_of[best], max(gains[best] - served, 0.0)
        is_open, served = _with(is_open, one), max(gains[best], served)
        waiting.remove(one)
        kind = "kitchen" if one < asked.kitchens else "point"
        order.append((kind, one if kind == "kitchen" else one - asked.kitchens, gain))
    return order


def _with(is_open: Flags, one: int) -> Flags:
    flags = is_open.copy()
    flags[one] = True
    return flags
