"""The reason that holds for most people of each unit and the point that shows it best, for all units in one go."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from gis.coverage.gaps.reasons import Gap, codes_of, empty_code, reason_at
from gis.kernels.arrays import Flags, Floats, Ints

if TYPE_CHECKING:
    from gis.coverage.outcome import Outcome
    from gis.coverage.plan import Plan
    from gis.coverage.supply import Supply


def typical_gaps(
    plan: "Plan", outcome: "Outcome", supply: "Supply", slot: Ints, covered: Flags
) -> tuple[Gap, ...]:
    """Explain every unit from its points of demand, as ``gaps.gap_of`` explains one.

    Parameters
    ----------
    slot
        (n_demand,) the unit of each point, 0 … len(covered) - 1.
    covered
        (n_units,) which units need no reason.
    """
    size, weight, counted = len(covered), outcome.demand.weight, outcome.counted
    known = np.bincount(slot[counted], minlength=size) > 0
    peopled = np.bincount(slot[counted & (weight > 0)], minlength=size) > 0
    beyond = outcome.distances.beyond & np.isfinite(weight)
    roadless = np.bincount(slot[beyond], minlength=size) > 0
    placeless = np.bincount(slot[np.isfinite(weight)], minlength=size) > 0
    empty = np.bincount(slot, minlength=size) == 0
    point = _medians(outcome, np.flatnonzero(counted), slot, size)
    open_ = known & peopled & ~covered
    most = _most(plan, outcome, supply, slot, open_)
    point = np.where(open_, _medians(outcome, most.points, slot, size), point)
    codes = np.select(
        [empty, ~known & roadless, ~known & placeless, ~known, ~peopled, ~covered],
        [empty_code(plan), "roads_end", "location_unknown", "population_unknown", "no_people", most.code],
        default="",
    )
    return tuple(
        Gap(reason_at(code, plan, outcome, supply, at) if code else None, at)
        for code, at in zip(codes.tolist(), point.tolist(), strict=True)
    )


class _Most(NamedTuple):
    """The code of most unserved people of each unit, and the points it holds for."""

    code: "np.ndarray[tuple[int], np.dtype[np.str_]]"
    points: Ints


def _most(plan: "Plan", outcome: "Outcome", supply: "Supply", slot: Ints, open_: Flags) -> _Most:
    size, served = len(open_), outcome.served[plan.main]
    points = np.flatnonzero(outcome.counted & (served < 1) & open_[slot])
    if not len(points):
        return _Most(np.full(size, "", dtype="<U1"), points)
    kinds, kind = np.unique(codes_of(plan, outcome, supply, points), return_inverse=True)
    key = slot[points] * len(kinds) + kind
    people = outcome.demand.weight[points] * (1.0 - served[points])
    sums = np.bincount(key, weights=people, minlength=size * len(kinds))
    sums[np.bincount(key, minlength=size * len(kinds)) == 0] = -1.0
    best = np.argmax(sums.reshape(size, len(kinds)), axis=1)
    return _Most(np.asarray(kinds)[best], points[kind == best[slot[points]]])


def _medians(outcome: "Outcome", points: Ints, slot: Ints, size: int) -> Ints:
    """Pick, of each unit's points given, the one whose distance is the weighted median; -1 where there is none."""
    cost: Floats = outcome.distances.walked.cost[points]
    order = points[np.lexsort((cost, slot[points]))]
    ends = np.searchsorted(slot[order], np.arange(size + 1))
    below = np.concatenate([[0.0], np.cumsum(outcome.demand.weight[order])])
    half = (below[ends[:-1]] + below[ends[1:]]) / 2
    at = np.clip(np.searchsorted(below[1:], half), ends[:-1], np.maximum(ends[1:] - 1, 0))
    found = np.append(order, -1)[np.minimum(at, len(order))]
    return np.where(ends[1:] > ends[:-1], found, -1)
