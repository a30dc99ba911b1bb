"""From what was asked to what is computed: definition, limits and speeds, or a clear refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from gis.coverage.asked import LEVELS, check_request
from gis.coverage.definitions import BY_ROAD, UNIT_DEFINITIONS, Definition, definition_of, going
from gis.coverage.request import CoverageRequest
from layers.errors import InputError
from layers.norms import NormProfile, NormValue
from layers.text import Text

__all__ = ["LEVELS", "Plan", "check_request", "plan_of"]

SPEEDS: Mapping[str, tuple[str, str, str]] = {
    "walk": ("walk_speed_slow_m_s", "walk_speed_middle_m_s", "walk_speed_fast_m_s"),
    "e-bike": ("e_bike_speed_slow_m_s", "e_bike_speed_middle_m_s", "e_bike_speed_fast_m_s"),
    "drive": ("drive_speed_slow_m_s", "drive_speed_middle_m_s", "drive_speed_fast_m_s"),
}
"""Parameters of the norm profile, slow to fast, by mode of travel."""
THRESHOLDS = {
    "walk": "walk_threshold_min",
    "e-bike": "e_bike_threshold_min",
    "drive": "drive_threshold_min",
}
DEFAULT_RADIUS = "living_circle_10_min_m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is computed.

    Attributes
    ----------
    request
        What was asked, with everything left open filled in.
    by_road
        Whether distances follow the roads.
    limits_m
        Greatest distance, one per speed, or a single one; empty for C1 and C2.
    speeds_m_s
        Speeds of the band, slow to fast; empty when the question was in metres.
    """

    request: CoverageRequest
    on: date
    definition: Definition
    by_road: bool
    limits_m: tuple[float, ...] = ()
    speeds_m_s: tuple[float, ...] = ()
    norms: tuple[NormValue, ...] = ()
    assumptions: tuple[Text, ...] = ()

    @property
    def limit_text(self) -> Text:
        """Say the main limit in words."""
        if not self.limits_m:
            return Text("", "")
        metres, minutes = f"{self.limits_m[self.main]:,.0f}", self.request.within_min
        if minutes is None:
            return Text(f"{metres} 米", f"{metres} m")
        speed = f"{self.speeds_m_s[self.main]:g}"
        return Text(
            f"{metres} 米（{minutes:g} 分钟，{speed} 米/秒）", f"{metres} m ({minutes:g} min at {speed} m/s)"
        )

    @property
    def main(self) -> int:
        """Position of the value reported as the main one: the middle speed."""
        return len(self.limits_m) // 2


def plan_of(request: CoverageRequest, profile: NormProfile, *, has_roads: bool) -> Plan:
    """Decide what to compute.

    A time is walked at the three speeds of the profile. Without a road layer, and whenever a time is asked in a
    straight line, the straight radius is the walk divided by the profile's detour factor; the plan says so.

    Raises
    ------
    InputError
        When parameters are unknown, out of range or contradict each other.
    NotFoundError
        When the layer or the population field does not exist.
    """
    check_request(request)
    on = request.on or date.today()  # noqa: DTZ011 - the office's calendar day
    asked = _asked_definition(request)
    roads = has_roads and request.travel != "straight"
    if request.slope and not roads:
        raise _nowhere_to_climb()
    if asked in UNIT_DEFINITIONS:
        return Plan(
            request=replace(request, definition=asked, on=on),
            on=on,
            definition=definition_of(asked),
            by_road=roads,
        )
    by_road = asked in BY_ROAD and roads
    filled = _with_limit(request, asked, profile, on)
    plan = Plan(
        request=replace(filled, definition=asked, on=on),
        on=on,
        definition=definition_of(asked, request.mode),
        by_road=by_road,
    )
    asked_straight = request.travel == "straight" and request.within_min is None
    return _limited(plan, profile, approximates=asked in BY_ROAD and not by_road and not asked_straight)


def _nowhere_to_climb() -> InputError:
    return InputError(
        Text(
            "没有可用的道路图层，不能计入坡度（--slope）。",
            "There is no usable road layer: slope (--slope) cannot count.",
        ),
        Text("先导入道路，或去掉 --slope。", "Import roads, or leave out --slope."),
    )


def _asked_definition(request: CoverageRequest) -> str:
    """Choose the definition: metres in a straight line are C5, everything else is a walk."""
    return request.definition or ("C5" if request.travel == "straight" else "C6")


def _with_limit(request: CoverageRequest, asked: str, profile: NormProfile, on: date) -> CoverageRequest:
    """Fill in the profile's threshold where none was asked."""
    if request.within_min is not None or request.within_m is not None:
        return request
    if asked in BY_ROAD and (asked != "C4" or request.slope):
        return replace(request, within_min=profile.number(THRESHOLDS[request.mode], on=on))
    return replace(request, within_m=profile.number(DEFAULT_RADIUS, on=on))


def _limited(plan: Plan, profile: NormProfile, *, approximates: bool) -> Plan:
    """Work out the distances, and say which norm values and assumptions they rest on."""
    request, on = plan.request, plan.on
    norms: list[NormValue] = []
    speeds: tuple[float, ...] = ()
    limits: tuple[float, ...] = (request.within_m or 0.0,)
    if request.within_min is not None:
        names = SPEEDS[request.mode]
        norms += [profile.value(name, on=on) for name in names]
        speeds = tuple(profile.number(name, on=on) for name in names)
        limits = tuple(speed * 60.0 * request.within_min for speed in speeds)
    assumptions: tuple[Text, ...] = ()
    if approximates or (not plan.by_road and speeds):
        detour = profile.number("detour_factor", on=on)
        norms.append(profile.value("detour_factor", on=on))
        limits = tuple(limit / detour for limit in limits)
        no_roads = approximates and request.travel != "straight"
        assumptions = (_straight_note(plan.definition.id, request.mode, limits, detour, no_roads=no_roads),)
    definition = definition_of("C5") if approximates and plan.definition.id == "C6" else plan.definition
    return replace(
        plan,
        definition=definition,
        limits_m=limits,
        speeds_m_s=speeds,
        norms=tuple(norms),
        assumptions=assumptions,
    )


def _straight_note(
    definition: str, mode: str, limits_m: tuple[float, ...], detour: float, *, no_roads: bool
) -> Text:
    radii = " / ".join(f"{limit:.0f}" for limit in limits_m)
    why, words = _no_roads(definition, mode) if no_roads else _AS_ASKED, going(mode)
    return Text(
        f"{why.zh}直线半径 = {words.zh}路程 ÷ 绕行系数 {detour:g} = {radii} 米。这是近似，不是路网结果。",
        f"{why.en}straight radius = distance {words.en} / detour factor {detour:g} = {radii} m. This is an "
        "approximation, not a result by road.",
    )


_AS_ASKED = Text("按要求用直线距离：", "Straight distance as asked: ")


def _no_roads(definition: str, mode: str) -> Text:
    words = going(mode)
    instead = (
        Text("，改用 C5", " and C5 is used")
        if definition == "C6"
        else Text("，改用直线", ", straight instead")
    )
    return Text(
        f"没有可用的道路图层，不能计算 {definition}（路网{words.zh}）{instead.zh}：",
        f"There is no usable road layer, so {definition} (by road) cannot be computed{instead.en}: ",
    )
