"""Why a unit is not covered: one code and one sentence with the numbers behind it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gis.coverage.gaps.sentences import WITHOUT_NUMBERS, sentence
from gis.kernels.arrays import Ints
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.outcome import Outcome
    from gis.coverage.plan import Plan
    from gis.coverage.supply import Supply

CODES = (
    "too_far",
    "detour",
    "severed_by_river",
    "severed_by_rail",
    "severed_by_expressway",
    "severed_by_wall",
    "severed_by_other",
    "out_of_capacity",
    "below_standard",
    "capacity_unknown",
    "not_connected",
    "off_road",
    "no_facility",
    "none_inside",
    "not_assigned",
    "location_unknown",
    "population_unknown",
    "no_people",
)
"""Every code a reason may have."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is not covered."""

    code: str
    text: Text

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {"code": self.code, "text": self.text._asdict()}


@dataclass(frozen=True, slots=True)
class Gap:
    """The reason of a unit, and the point of demand that shows it best (-1 when there is none)."""

    reason: Reason | None
    point: int


def gap_of(plan: "Plan", outcome: "Outcome", supply: "Supply", points: Ints, *, covered: bool) -> Gap:
    """Explain one unit from its points of demand.

    The reason that holds for most of its people who are not served, and the point whose distance is the median of
    theirs; for a covered unit no reason, and the median point of all its people.
    """
    known = points[outcome.counted[points]]
    if len(known) == 0:
        placeless = len(points) and bool(np.isfinite(outcome.demand.weight[points]).any())
        code = "location_unknown" if placeless else "population_unknown"
        return Gap(Reason(code, WITHOUT_NUMBERS[code]), -1)
    if not outcome.demand.weight[known].any():
        return Gap(Reason("no_people", WITHOUT_NUMBERS["no_people"]), _median(outcome, known))
    if covered:
        return Gap(None, _median(outcome, known))
    unserved = known[outcome.served[plan.main, known] < 1]
    codes = codes_of(plan, outcome, supply, unserved)
    open_ = outcome.demand.weight[unserved] * (1.0 - outcome.served[plan.main, unserved])
    kinds, kind = np.unique(codes, return_inverse=True)
    most = int(np.argmax(np.bincount(kind, weights=open_)))
    point = _median(outcome, unserved[kind == most])
    return Gap(reason_at(str(kinds[most]), plan, outcome, supply, point), point)


def reason_at(code: str, plan: "Plan", outcome: "Outcome", supply: "Supply", point: int) -> Reason:
    """Word a reason with the numbers of one point of demand."""
    return Reason(code, sentence(code, plan, outcome, supply, point))


def codes_of(plan: "Plan", outcome: "Outcome", supply: "Supply", points: Ints) -> "npt.NDArray[np.str_]":
    """Give the reason code of every point of demand given; the points must be known and not (wholly) served."""
    if len(supply) == 0:
        return np.full(len(points), "no_facility")
    if plan.definition.id in {"C1", "C2"}:
        return np.full(len(points), "none_inside" if plan.definition.id == "C1" else "not_assigned")
    near = outcome.distances.walked.cost[points] <= plan.limits_m[plan.main]
    if plan.definition.id in _OF_ROOM and near.any():
        unsaid = np.zeros(len(points)) if outcome.unjudged is None else outcome.unjudged[plan.main, points]
        room = np.where(unsaid > 0, "capacity_unknown", _OF_ROOM[plan.definition.id])
        return np.where(near, room, _codes_of_ways(plan, outcome, points))
    return _codes_of_ways(plan, outcome, points)


_OF_ROOM = {"C7": "out_of_capacity", "C8": "below_standard"}


def _codes_of_ways(plan: "Plan", outcome: "Outcome", points: Ints) -> "npt.NDArray[np.str_]":
    """Give the code of points that no facility is near enough to."""
    if not plan.by_road or outcome.distances.road is None:
        return np.full(len(points), "too_far")
    road, straight = outcome.distances.road.cost[points], outcome.distances.straight.cost[points]
    severed = np.zeros(len(points), bool) if outcome.severed is None else outcome.severed.severed[points]
    named = np.full(len(points), "") if outcome.severed is None else outcome.severed.codes(points)
    return np.select(
        [
            ~outcome.distances.on_road[points],
            severed,
            ~np.isfinite(road),
            straight <= plan.limits_m[plan.main],
        ],
        ["off_road", named, "not_connected", "detour"],
        default="too_far",
    )


def _median(outcome: "Outcome", points: Ints) -> int:
    """Pick the point whose distance is the weighted median."""
    order = points[np.argsort(outcome.distances.walked.cost[points], kind="stable")]
    weight = np.cumsum(outcome.demand.weight[order])
    return int(order[min(int(np.searchsorted(weight, weight[-1] / 2)), len(order) - 1)])
