"""Why a unit is not covered: one code and one sentence with the numbers behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gis.coverage.asked import LEVELS
from gis.coverage.gaps.sentences import WITHOUT_NUMBERS, sentence
from gis.kernels.arrays import Ints
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.outcome import Outcome
    from gis.coverage.plan import Plan
    from gis.coverage.supply import Supply

LABELS: Mapping[str, Text] = {
    "too_far": Text("距离过远", "Too far"),
    "detour": Text("绕行过远", "Detour"),
    "severed_by_river": Text("被河流隔断", "Severed by a river"),
    "severed_by_rail": Text("被铁路隔断", "Severed by a railway"),
    "severed_by_expressway": Text("被高速公路隔断", "Severed by an expressway"),
    "severed_by_wall": Text("被围墙隔断", "Severed by a wall"),
    "severed_by_other": Text("被阻隔物隔断", "Severed"),
    "out_of_capacity": Text("容量不足", "Out of capacity"),
    "below_standard": Text("供给低于标准", "Below the standard"),
    "capacity_unknown": Text("容量不明", "Capacity unknown"),
    "not_connected": Text("道路不通", "Not connected"),
    "off_road": Text("附近没有道路", "Off the roads"),
    "no_facility": Text("没有在营设施", "No facility in service"),
    "none_inside": Text("境内没有设施", "None inside"),
    "not_assigned": Text("没有列入服务范围", "Not assigned"),
    "location_unknown": Text("位置不明", "Place unknown"),
    "roads_end": Text("在道路资料之外", "Beyond the roads known"),
    "population_unknown": Text("人数不明", "Number unknown"),
    "no_people": Text("没有服务对象", "Nobody to be served"),
    "no_points": Text("区内没有人口点", "No point of demand inside"),
}
"""What every reason is called in short, by its code."""
CODES = tuple(LABELS)
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
        code = _unknown_code(outcome, points) if len(points) else empty_code(plan)
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


def _unknown_code(outcome: "Outcome", points: Ints) -> str:
    """Give the code of a unit of whose points none counts: no roads, no place, or no number."""
    told = np.isfinite(outcome.demand.weight[points])
    if (told & outcome.distances.beyond[points]).any():
        return "roads_end"
    return "location_unknown" if told.any() else "population_unknown"


def empty_code(plan: "Plan") -> str:
    """Give the code of a unit without any point of demand.

    An administrative unit nobody wrote a number for is unknown; in an area that was only drawn, and where buildings
    are counted (C4), there is nothing to count.
    """
    counted_people = plan.request.by in LEVELS and plan.definition.id != "C4"
    return "population_unknown" if counted_people else "no_points"


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
