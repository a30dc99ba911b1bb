"""From what was asked to what is computed: definition, limits and speeds, or a clear refusal."""

from dataclasses import dataclass, replace
from datetime import date

from gis.coverage.definitions import DEFINITIONS, Definition
from gis.coverage.request import SERVICE_LAYERS, CoverageRequest
from layers.errors import InputError
from layers.norms import NormProfile, NormValue
from layers.specs import spec_of
from layers.text import Text

LEVELS = ("village", "town", "county", "city", "province")
SPEEDS = ("walk_speed_slow_m_s", "walk_speed_middle_m_s", "walk_speed_fast_m_s")
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
    if asked in {"C1", "C2"}:
        return Plan(
            request=replace(request, definition=asked, on=on),
            on=on,
            definition=DEFINITIONS[asked],
            by_road=has_roads and request.travel != "straight",
        )
    by_road = asked == "C6" and has_roads and request.travel != "straight"
    filled = _with_limit(request, asked, profile, on)
    plan = Plan(
        request=replace(filled, definition=asked, on=on),
        on=on,
        definition=DEFINITIONS["C6" if by_road else asked],
        by_road=by_road,
    )
    return _limited(plan, profile, approximates=asked == "C6" and not by_road)


def check_request(request: CoverageRequest) -> None:
    """Refuse parameters that are unknown, out of range or contradict each other; raises as ``plan_of`` does."""
    spec = spec_of(request.layer_id)
    if request.layer_id not in SERVICE_LAYERS:
        raise InputError(
            Text(
                f"图层“{spec.label.zh}”（{spec.id}）不是服务设施。",
                f"Layer {spec.id} does not hold facilities that serve people.",
            ),
            Text(f"可用：{'、'.join(SERVICE_LAYERS)}。", f"Use one of: {', '.join(SERVICE_LAYERS)}."),
        )
    _one_of("definition", request.definition, (*DEFINITIONS, None))
    _one_of("travel", request.travel, ("network", "straight", None))
    _one_of("by", request.by, LEVELS)
    for name in ("within_min", "within_m"):
        value = getattr(request, name)
        if value is not None and not 0 < value < float("inf"):
            raise InputError(
                Text(f"{name} 应大于 0，给出的是 {value:g}。", f"{name} must be above 0, not {value:g}.")
            )
    if not spec_of("population").field(request.population_field).count_of_people:
        raise InputError(
            Text(
                f"{request.population_field} 不是人数。", f"{request.population_field} does not count people."
            )
        )
    for field, _ in request.filters:
        spec.field(field)
    _check_together(request)


def _one_of(name: str, value: str | None, allowed: tuple[str | None, ...]) -> None:
    if value not in allowed:
        words = [one for one in allowed if one]
        raise InputError(
            Text(f"{name} 不能是“{value}”。", f"{name} cannot be {value!r}."),
            Text(f"可用：{'、'.join(words)}。", f"Use one of: {', '.join(words)}."),
        )


def _check_together(request: CoverageRequest) -> None:
    if request.within_min is not None and request.within_m is not None:
        raise InputError(
            Text("within_min 与 within_m 只能给一个。", "Give within_min or within_m, not both."),
            Text(
                "按时间用 within_min，按距离用 within_m。", "within_min asks by time, within_m by distance."
            ),
        )
    if request.definition in {"C3", "C5"} and request.travel == "network":
        raise InputError(
            Text(
                f"{request.definition} 按直线距离定义，不能沿路网。",
                f"{request.definition} is straight by definition.",
            ),
            Text("沿路网请用 C6。", "By road ask for C6."),
        )
    if request.definition == "C6" and request.travel == "straight":
        raise InputError(
            Text("C6 按路网步行定义，不能用直线。", "C6 is by road by definition, not straight."),
            Text("直线距离请用 C5。", "In a straight line ask for C5."),
        )
    if request.definition in {"C1", "C2"} and (request.within_min or request.within_m):
        raise InputError(
            Text(
                f"{request.definition} 不看距离，不能给 within_min 或 within_m。",
                f"{request.definition} knows no distance: leave out within_min and within_m.",
            )
        )


def _asked_definition(request: CoverageRequest) -> str:
    """Choose the definition: metres in a straight line are C5, everything else is a walk."""
    return request.definition or ("C5" if request.travel == "straight" else "C6")


def _with_limit(request: CoverageRequest, asked: str, profile: NormProfile, on: date) -> CoverageRequest:
    """Fill in the profile's threshold where none was asked."""
    if request.within_min is not None or request.within_m is not None:
        return request
    if asked == "C6":
        return replace(request, within_min=profile.number("walk_threshold_min", on=on))
    return replace(request, within_m=profile.number(DEFAULT_RADIUS, on=on))


def _limited(plan: Plan, profile: NormProfile, *, approximates: bool) -> Plan:
    """Work out the distances, and say which norm values and assumptions they rest on."""
    request, on = plan.request, plan.on
    norms: list[NormValue] = []
    speeds: tuple[float, ...] = ()
    limits: tuple[float, ...] = (request.within_m or 0.0,)
    if request.within_min is not None:
        norms += [profile.value(name, on=on) for name in SPEEDS]
        speeds = tuple(profile.number(name, on=on) for name in SPEEDS)
        limits = tuple(speed * 60.0 * request.within_min for speed in speeds)
    assumptions: tuple[Text, ...] = ()
    if approximates or (not plan.by_road and speeds):
        detour = profile.number("detour_factor", on=on)
        norms.append(profile.value("detour_factor", on=on))
        limits = tuple(limit / detour for limit in limits)
        no_roads = approximates and request.travel != "straight"
        assumptions = (_straight_note(limits, detour, no_roads=no_roads),)
    definition = DEFINITIONS["C5"] if approximates else plan.definition
    return replace(
        plan,
        definition=definition,
        limits_m=limits,
        speeds_m_s=speeds,
        norms=tuple(norms),
        assumptions=assumptions,
    )


def _straight_note(limits_m: tuple[float, ...], detour: float, *, no_roads: bool) -> Text:
    radii = " / ".join(f"{limit:.0f}" for limit in limits_m)
    why = _NO_ROADS if no_roads else _AS_ASKED
    return Text(
        f"{why.zh}直线半径 = 步行路程 ÷ 绕行系数 {detour:g} = {radii} 米。这是近似，不是路网结果。",
        f"{why.en}straight radius = walking distance / detour factor {detour:g} = {radii} m. This is an approximation, "
        "not a result by road.",
    )


_AS_ASKED = Text("按要求用直线距离：", "Straight distance as asked: ")
_NO_ROADS = Text(
    "没有可用的道路图层，不能计算 C6（路网步行），改用 C5：",
    "There is no usable road layer, so C6 (by road) cannot be computed and C5 is used: ",
)
