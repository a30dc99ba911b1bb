"""Why a unit is not covered: one code and one sentence with the numbers behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.nearest import NearestFacility, nearest_facility, whole_metres
from gis.coverage.outcome import Outcome
from gis.coverage.plan import Plan
from gis.coverage.supply import Supply
from gis.kernels.arrays import Ints
from layers.text import Text

CODES = (
    "too_far",
    "detour",
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


_WITHOUT_NUMBERS: Mapping[str, Text] = {
    "no_facility": Text("没有在营设施。", "There is no facility in service."),
    "location_unknown": Text(
        "人数已知，但没有位置（单元没有边界）。", "People are known but not where: the unit has no shape."
    ),
    "no_people": Text(
        "该单元没有服务对象（人数为 0）。", "Nobody to be served lives here (the number is 0)."
    ),
    "population_unknown": Text(
        "人数未知（空缺或已隐去），不能判断。", "The number of people is unknown (missing or redacted)."
    ),
}


def gap_of(plan: Plan, outcome: Outcome, supply: Supply, points: Ints, *, covered: bool) -> Gap:
    """Explain one unit from its points of demand.

    The reason that holds for most of its people who are not served, and the point whose distance is the median of
    theirs; for a covered unit no reason, and the median point of all its people.
    """
    known = points[outcome.counted[points]]
    if len(known) == 0:
        placeless = len(points) and bool(np.isfinite(outcome.demand.weight[points]).any())
        code = "location_unknown" if placeless else "population_unknown"
        return Gap(Reason(code, _WITHOUT_NUMBERS[code]), -1)
    if not outcome.demand.weight[known].any():
        return Gap(Reason("no_people", _WITHOUT_NUMBERS["no_people"]), _median(outcome, known))
    if covered:
        return Gap(None, _median(outcome, known))
    unserved = known[outcome.served[plan.main, known] < 1]
    codes = _codes(plan, outcome, supply, unserved)
    kinds, kind = np.unique(codes, return_inverse=True)
    most = int(np.argmax(np.bincount(kind, weights=outcome.demand.weight[unserved])))
    point = _median(outcome, unserved[kind == most])
    code = str(kinds[most])
    return Gap(Reason(code, _text(code, plan, outcome, supply, point)), point)


def _codes(
    plan: Plan, outcome: Outcome, supply: Supply, points: Ints
) -> "np.ndarray[Any, np.dtype[np.str_]]":
    if len(supply) == 0:
        return np.full(len(points), "no_facility")
    if plan.definition.id in {"C1", "C2"}:
        return np.full(len(points), "none_inside" if plan.definition.id == "C1" else "not_assigned")
    if not plan.by_road or outcome.distances.road is None:
        return np.full(len(points), "too_far")
    road, straight = outcome.distances.road.cost[points], outcome.distances.straight.cost[points]
    return np.select(
        [~outcome.distances.on_road[points], ~np.isfinite(road), straight <= plan.limits_m[plan.main]],
        ["off_road", "not_connected", "detour"],
        default="too_far",
    )


def _median(outcome: Outcome, points: Ints) -> int:
    """Pick the point whose distance is the weighted median."""
    order = points[np.argsort(outcome.distances.walked.cost[points], kind="stable")]
    weight = np.cumsum(outcome.demand.weight[order])
    return int(order[min(int(np.searchsorted(weight, weight[-1] / 2)), len(order) - 1)])


def _text(code: str, plan: Plan, outcome: Outcome, supply: Supply, point: int) -> Text:
    if code in _WITHOUT_NUMBERS:
        return _WITHOUT_NUMBERS[code]
    nearest = nearest_facility(outcome, supply, point)
    if nearest is None:
        return Text(
            "单元或设施没有位置，不能说明最近的设施。",
            "The unit or the facilities have no location to measure from.",
        )
    far = _how_far(nearest, searched_roads=outcome.distances.road is not None)
    if code == "detour":
        return _detour(nearest, float(outcome.distances.straight.cost[point]), plan.limit_text)
    return _with_numbers(code, nearest, far, plan.limit_text)


def _how_far(facility: NearestFacility, *, searched_roads: bool) -> Text:
    near = "—" if facility.straight_m is None else whole_metres(facility.straight_m)
    if facility.network_m is None and searched_roads:
        return Text(f"沿路不通（直线 {near} 米）", f"with no road to it ({near} m straight)")
    if facility.network_m is None:
        return Text(f"直线 {near} 米", f"{near} m in a straight line")
    walked = whole_metres(facility.network_m)
    return Text(
        f"步行 {walked} 米（直线 {near} 米）",
        f"{walked} m on foot ({near} m straight)",
    )


def _detour(facility: NearestFacility, nearest_straight_m: float, limit: Text) -> Text:
    """Say that the walk is long; another facility than the one named may be the nearest in a straight line."""
    straight_m, road_m = facility.straight_m or 0.0, facility.network_m or 0.0
    name, near, walked = facility.name, whole_metres(straight_m), whole_metres(road_m)
    times = f"{road_m / straight_m:.1f}" if straight_m > 0 else "—"
    if straight_m - nearest_straight_m < 1:
        return Text(
            f"最近的设施“{name}”直线只有 {near} 米，但沿路要走 {walked} 米（绕行 {times} 倍），超过 {limit.zh}。",
            f"The nearest facility, {name}, is {near} m away in a straight line but {walked} m on foot "
            f"({times} times), over {limit.en}.",
        )
    other = whole_metres(nearest_straight_m)
    return Text(
        f"直线 {other} 米处有设施，但沿路最近的是“{name}”，要走 {walked} 米（直线 {near} 米），超过 {limit.zh}。",
        f"There is a facility {other} m away in a straight line, but the nearest by road, {name}, is {walked} m on "
        f"foot ({near} m straight), over {limit.en}.",
    )


def _with_numbers(code: str, facility: NearestFacility, far: Text, limit: Text) -> Text:
    name, near = facility.name, whole_metres(facility.straight_m or 0.0)
    return {
        "too_far": Text(
            f"最近的设施“{name}”{far.zh}，超过 {limit.zh}。",
            f"The nearest facility, {name}, is {far.en}, over {limit.en}.",
        ),
        "not_connected": Text(
            f"道路与任何设施都不相通；直线最近的是“{name}”，{near} 米。",
            f"Its roads are not connected to any facility; in a straight line {name} is nearest, {near} m.",
        ),
        "off_road": Text(
            f"附近没有道路，不能沿路网计算；直线最近的是“{name}”，{near} 米。",
            f"There is no road nearby to walk on; in a straight line {name} is nearest, {near} m.",
        ),
        "none_inside": Text(
            f"境内没有在营设施；最近的是“{name}”，{far.zh}。",
            f"No facility in service lies inside; the nearest, {name}, is {far.en}.",
        ),
        "not_assigned": Text(
            f"境内没有在营设施，也没有设施把它列入服务范围；最近的是“{name}”，{far.zh}。",
            f"No facility lies inside or lists it as served; the nearest, {name}, is {far.en}.",
        ),
    }[code]
