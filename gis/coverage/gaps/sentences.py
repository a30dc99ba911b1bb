"""Reasons in words, with the numbers of the point that shows them best."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gis.coverage.calling import called, first_word
from gis.coverage.gaps.barriers import named
from gis.coverage.nearest import NearestFacility, nearest_facility, whole_metres
from layers.text import Text

if TYPE_CHECKING:
    from gis.coverage.capacity import Load
    from gis.coverage.gaps.severing import Severing
    from gis.coverage.outcome import Outcome
    from gis.coverage.plan import Plan
    from gis.coverage.supply import Supply

WITHOUT_NUMBERS: Mapping[str, Text] = {
    "no_facility": Text("没有在营设施。", "There is no facility in service."),
    "location_unknown": Text(
        "人数已知，但没有位置（单元没有边界）。", "People are known but not where: the unit has no shape."
    ),
    "roads_end": Text(
        "在已导入道路的范围之外，没有道路资料，不能判断。",
        "It lies beyond the roads that were imported: without roads it cannot be judged.",
    ),
    "no_people": Text(
        "该单元没有服务对象（人数为 0）。", "Nobody to be served lives here (the number is 0)."
    ),
    "no_points": Text(
        "区内没有人口点（或居住用地、建筑），没有可统计的。",
        "No point of demand (people, land or buildings) lies inside: there is nothing to count.",
    ),
    "population_unknown": Text(
        "人数未知（空缺或已隐去），不能判断。", "The number of people is unknown (missing or redacted)."
    ),
}
"""Reasons that need no distance."""
_GOING: Mapping[str, Text] = {
    "walk": Text("步行", "on foot"),
    "e-bike": Text("骑行", "by e-bike"),
    "drive": Text("驾车", "by car"),
}


def sentence(code: str, plan: "Plan", outcome: "Outcome", supply: "Supply", point: int) -> Text:
    """Word a reason; ``point`` is the point of demand whose distances are told."""
    if code in WITHOUT_NUMBERS:
        unfit = supply.unfit if code == "no_facility" else None
        return unfit.short if unfit else WITHOUT_NUMBERS[code]
    nearest = nearest_facility(outcome, supply, point)
    if nearest is None:
        return Text(
            "单元或设施没有位置，不能说明最近的设施。",
            "The unit or the facilities have no location to measure from.",
        )
    going = _GOING[plan.request.mode]
    near_m = float(outcome.distances.straight.cost[point])
    if code == "detour":
        told = _detour(nearest, near_m, plan.limit_text, going)
        return _spared(_barriers_unknown(told, outcome.severed), outcome.severed, point)
    if code.startswith("severed_by_") and outcome.severed is not None:
        nearest_straight = int(outcome.distances.straight.source[point])
        across = called(supply.name(nearest_straight), supply.ids[nearest_straight])
        barrier = named(outcome.severed.kind(point), outcome.severed.name(point))
        return _severed(barrier, across, near_m, nearest.network_m, plan.limit_text)
    far = _how_far(nearest, going, searched_roads=outcome.distances.road is not None)
    if code in {"out_of_capacity", "below_standard", "capacity_unknown"}:
        return _of_room(
            code, called(nearest.name, nearest.id), far, _load_of(outcome, nearest.id), plan.limit_text
        )
    return _with_numbers(code, nearest, far, plan.limit_text)


def _barriers_unknown(text: Text, severed: "Severing | None") -> Text:
    """Add that nobody knows what lies between, where no barriers were drawn up."""
    if severed is None or severed.barriers.complete:
        return text
    return Text(
        f"{text.zh}没有阻隔图层，是否被河流、围墙等隔断不清楚。",
        f"{text.en} There is no layer of barriers: whether a river or a wall lies between is unknown.",
    )


def _spared(text: Text, severed: "Severing | None", point: int) -> Text:
    """Add which barrier lies between and is not blamed, the detour being short."""
    if severed is None or not severed.spared(point):
        return text
    barrier = named(severed.kind(point), severed.name(point))
    return Text(
        f"{text.zh}其间有{barrier.zh}，绕行不到 {severed.least_ratio:g} 倍，不算被它隔断。",
        f"{text.en} {barrier.en[0].upper()}{barrier.en[1:]} lies between, but the detour is below "
        f"{severed.least_ratio:g} times: that is not counted as severed.",
    )


def _how_far(facility: NearestFacility, going: Text, *, searched_roads: bool) -> Text:
    near = "—" if facility.straight_m is None else whole_metres(facility.straight_m)
    if facility.network_m is None and searched_roads:
        return Text(f"沿路不通（直线 {near} 米）", f"out of reach by road ({near} m straight)")
    if facility.network_m is None:
        return Text(f"直线 {near} 米", f"{near} m in a straight line")
    walked = whole_metres(facility.network_m)
    return Text(
        f"{going.zh} {walked} 米（直线 {near} 米）",
        f"{walked} m {going.en} ({near} m straight)",
    )


def _severed(barrier: Text, across: Text, near_m: float, road_m: float | None, limit: Text) -> Text:
    """Say what lies between; the walk told is that to the nearest facility by road, which may be another one."""
    near, start = whole_metres(near_m), first_word(across)
    if road_m is None:
        return Text(
            f"{across.zh}直线只有 {near} 米，但被{barrier.zh}隔断，没有路可到任何设施。",
            f"{start} is {near} m away in a straight line, but {barrier.en} lies between and no road leads to any "
            "facility.",
        )
    times = f"{road_m / near_m:.1f}" if near_m > 0 else "—"
    walked = whole_metres(road_m)
    return Text(
        f"{across.zh}直线只有 {near} 米，但被{barrier.zh}隔断，沿路到最近的设施要走 {walked} 米（绕行 {times} 倍），"
        f"超过 {limit.zh}。",
        f"{start} is {near} m away in a straight line, but {barrier.en} lies between: the nearest facility by road "
        f"is {walked} m away ({times} times), over {limit.en}.",
    )


def _load_of(outcome: "Outcome", facility_id: str) -> "Load | None":
    return next((one for one in outcome.loads if one.id == facility_id), None)


def _of_room(code: str, name: Text, far: Text, load: "Load | None", limit: Text) -> Text:
    """Say that what is in reach is not enough."""
    if code == "out_of_capacity" and load is not None and load.people_max is not None:
        most, used = f"{load.people_max:,.0f}", f"{load.used:,.0f}"
        return Text(
            f"{limit.zh}内的设施都已排满：最近的{name.zh}{far.zh}，可服务 {most} 人，已安排 {used} 人。",
            f"Every facility within {limit.en} is full: the nearest, {name.en}, is {far.en}, enough for {most} and "
            f"taken up by {used}.",
        )
    zh, en = _ROOM[code]
    return Text(
        f"{limit.zh}内{zh}；最近的是{name.zh}，{far.zh}。",
        f"{en} within {limit.en}; the nearest, {name.en}, is {far.en}.",
    )


_ROOM: Mapping[str, tuple[str, str]] = {
    "out_of_capacity": ("的设施都已排满", "Every facility is full"),
    "below_standard": ("每千人可达的供给低于标准", "Supply in reach per 1,000 people is below the standard"),
    "capacity_unknown": (
        "的设施有的没有填容量，能否容纳不能判断",
        "Some facility does not tell what it holds, so nobody can say whether there is room",
    ),
}


def _detour(facility: NearestFacility, nearest_straight_m: float, limit: Text, going: Text) -> Text:
    """Say that the walk is long; another facility than the one named may be the nearest in a straight line."""
    straight_m, road_m = facility.straight_m or 0.0, facility.network_m or 0.0
    name, near, walked = called(facility.name, facility.id), whole_metres(straight_m), whole_metres(road_m)
    times = f"{road_m / straight_m:.1f}" if straight_m > 0 else "—"
    if straight_m - nearest_straight_m < 1:
        return Text(
            f"最近的设施{name.zh}直线只有 {near} 米，但沿路要走 {walked} 米（绕行 {times} 倍），超过 {limit.zh}。",
            f"The nearest facility, {name.en}, is {near} m away in a straight line but {walked} m {going.en} "
            f"({times} times), over {limit.en}.",
        )
    other = whole_metres(nearest_straight_m)
    times = f"{road_m / nearest_straight_m:.1f}" if nearest_straight_m > 0 else "—"
    return Text(
        f"直线 {other} 米处有设施，但沿路最近的是{name.zh}（直线 {near} 米），要走 {walked} 米（前者的 {times} 倍），"
        f"超过 {limit.zh}。",
        f"There is a facility {other} m away in a straight line, but the nearest by road, {name.en} "
        f"({near} m straight), is {walked} m {going.en} ({times} times the first), over {limit.en}.",
    )


def _with_numbers(code: str, facility: NearestFacility, far: Text, limit: Text) -> Text:
    name, near = called(facility.name, facility.id), whole_metres(facility.straight_m or 0.0)
    return {
        "too_far": Text(
            f"最近的设施{name.zh}{far.zh}，超过 {limit.zh}。",
            f"The nearest facility, {name.en}, is {far.en}, over {limit.en}.",
        ),
        "not_connected": Text(
            f"道路与任何设施都不相通；直线最近的是{name.zh}，{near} 米。",
            f"Its roads are not connected to any facility; in a straight line {name.en} is nearest, {near} m.",
        ),
        "off_road": Text(
            f"附近没有道路，不能沿路网计算；直线最近的是{name.zh}，{near} 米。",
            f"There is no road nearby to walk on; in a straight line {name.en} is nearest, {near} m.",
        ),
        "none_inside": Text(
            f"境内没有在营设施；最近的是{name.zh}，{far.zh}。",
            f"No facility in service lies inside; the nearest, {name.en}, is {far.en}.",
        ),
        "not_assigned": Text(
            f"境内没有在营设施，也没有设施把它列入服务范围；最近的是{name.zh}，{far.zh}。",
            f"No facility lies inside or lists it as served; the nearest, {name.en}, is {far.en}.",
        ),
    }[code]
