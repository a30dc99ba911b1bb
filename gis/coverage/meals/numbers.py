"""The numbers a plan for meals rests on: as asked, else of the norm profile, which is then printed."""

from dataclasses import dataclass
from datetime import date

from gis.coverage.meals.request import MealRequest
from layers.norms import NormProfile, NormValue


@dataclass(frozen=True, slots=True, kw_only=True)
class MealNumbers:
    """Everything that is a number; minutes, metres per second, meals a day, 10,000 yuan.

    Attributes
    ----------
    delivery_m
        Longest delivery in metres; None where minutes were asked.
    """

    need_per_1000: float
    disabled_share: float
    hot_minutes: float
    eat_in_min: float
    delivery_min: float | None
    delivery_m: float | None
    walk_m_s: float
    e_bike_m_s: float
    drive_m_s: float
    detour: float
    sittings: float
    canteen_meals: float
    point_meals: float
    kitchen_meals: float
    new_meals: float
    costs: "Costs"
    norms: tuple[NormValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Fixed costs of a new site by kind, and the cost of a meal a day."""

    kitchen: float
    point: float
    stock: float
    meal: float


class _Reading:
    """Reads norm values and remembers which."""

    def __init__(self, profile: NormProfile, on: date) -> None:
        self.profile, self.on = profile, on
        self.used: list[NormValue] = []

    def number(self, param: str, asked: float | None = None, applies_to: str = "") -> float:
        """Return what was asked, else the norm value."""
        if asked is not None:
            return float(asked)
        self.used.append(self.profile.value(param, applies_to=applies_to, on=self.on))
        return self.profile.number(param, applies_to=applies_to, on=self.on)


def numbers_of(request: MealRequest, profile: NormProfile, *, on: date) -> MealNumbers:
    """Take the numbers of a request from it and from a norm profile; raises NotFoundError for one it lacks."""
    read = _Reading(profile, on)
    sittings = read.number("meal_sittings_per_day")
    canteen = read.number("canteen_meals_min") * sittings
    return MealNumbers(
        need_per_1000=read.number("meal_need_per_1000", request.need_per_1000),
        disabled_share=read.number("meal_delivered_share", request.disabled_share),
        hot_minutes=read.number("hot_meal_minutes", request.hot_minutes),
        eat_in_min=read.number("walk_threshold_min", request.eat_in_min),
        delivery_min=request.delivery_min,
        delivery_m=None if request.delivery_min is not None else read.number("delivery_radius_m"),
        walk_m_s=read.number("walk_speed_middle_m_s"),
        e_bike_m_s=read.number("e_bike_speed_middle_m_s"),
        drive_m_s=read.number("drive_speed_middle_m_s"),
        detour=read.number("detour_factor"),
        sittings=sittings,
        canteen_meals=canteen,
        point_meals=read.number("meal_point_meals_min") * sittings,
        kitchen_meals=read.number("kitchen_meals_per_day"),
        new_meals=canteen if request.new_meals is None else request.new_meals,
        costs=Costs(
            kitchen=read.number("cost_new_site", applies_to="kitchen"),
            point=read.number("cost_new_site", applies_to="meal_point"),
            stock=read.number("cost_new_site", applies_to="stock"),
            meal=read.number("cost_per_meal"),
        ),
        norms=tuple(dict.fromkeys(read.used)),
    )
