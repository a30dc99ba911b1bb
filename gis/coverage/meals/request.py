"""What is asked of a plan for meals, and the command that asks it again."""

import shlex
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from gis.coverage.changes import digits
from gis.coverage.request import CoverageRequest, Travel
from layers.errors import InputError
from layers.text import Text

STOCK = "stock"
_NAMES = {
    "points": Text("新增助餐点数", "points"),
    "kitchens": Text("新增厨房数", "kitchens"),
    "budget": Text("预算", "budget"),
    "need_per_1000": Text("每千人每日份数", "need per 1,000"),
    "hot_minutes": Text("热食时限（分钟）", "hot minutes"),
    "eat_in_min": Text("堂食步行分钟数", "minutes to a table"),
    "delivery_min": Text("送餐骑行分钟数", "minutes to a door"),
    "new_meals": Text("新点日供餐能力", "meals of a new point"),
    "spacing_m": Text("网格间距（米）", "spacing"),
    "disabled_share": Text("送餐上门的份额", "share delivered"),
}
"""What a clerk calls the numbers asked for."""
_OWN = {"kitchens": 0, "spacing_m": 500.0, "time_limit_s": 30.0, "gap": 0.0, "relink": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class MealRequest:
    """What is asked.

    Attributes
    ----------
    points, kitchens
        At most so many new points or canteens, and new central kitchens.
    budget
        Most that new sites may cost together, in 10,000 yuan; None for no limit.
    need_per_1000
        Meals a day 1,000 people want; None takes the profile's.
    disabled_share
        Share of the meals that go to the door; None takes the profile's.
    hot_minutes
        Longest time from kitchen to table, or to door; None takes the profile's.
    eat_in_min
        Longest walk to a table; None takes the profile's.
    delivery_min
        Longest ride to a door; None takes the profile's radius in metres.
    candidates
        ``stock`` (care homes and restaurants, which cook themselves), ``grid`` or a layer (points that are supplied).
    spacing_m, exclude
        As for choosing sites.
    new_meals
        Meals a day of a new point; None takes the least a canteen has to make.
    relink
        Let any kitchen supply a point, whatever kitchen it names.
    by, on, population_field, travel, norms
        As for coverage.
    time_limit_s, gap
        When a search may stop; the time is for plan, order and curve together.
    """

    points: int = 5
    kitchens: int = 0
    budget: float | None = None
    need_per_1000: float | None = None
    disabled_share: float | None = None
    hot_minutes: float | None = None
    eat_in_min: float | None = None
    delivery_min: float | None = None
    candidates: str = STOCK
    spacing_m: float = 500.0
    exclude: tuple[str, ...] = ()
    new_meals: float | None = None
    relink: bool = False
    by: str = "village"
    on: date | None = None
    population_field: str = "pop_65_plus"
    travel: Travel | None = None
    norms: str | None = None
    time_limit_s: float = 30.0
    gap: float = 0.0

    def checked(self) -> "MealRequest":
        """Return the request.

        Raises
        ------
        InputError
            When a number is out of range.
        """
        for name in ("points", "kitchens", "budget", "need_per_1000"):
            _check(name, getattr(self, name), least=0.0)
        for name in ("hot_minutes", "eat_in_min", "delivery_min", "new_meals", "spacing_m"):
            _check(name, getattr(self, name), least=0.0, above=True)
        _check("disabled_share", self.disabled_share, least=0.0, most=1.0)
        return self

    def reach(self) -> CoverageRequest:
        """Return the question about coverage that takes the same people and the same meal points."""
        return CoverageRequest(
            layer_id="meal_point",
            by=self.by,
            on=self.on,
            population_field=self.population_field,
            travel=self.travel,
            norms=self.norms,
        )

    def as_json(self) -> dict[str, Any]:
        """Return every parameter as JSON values."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**said, "on": self.on.isoformat() if self.on else None, "exclude": list(self.exclude)}

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = ["fangyu", "meals"]
        for one in fields(self):
            value, option = getattr(self, one.name), f"--{one.name.replace('_', '-')}"
            if value is None or (one.name in _OWN and value == _OWN[one.name]):
                continue
            if isinstance(value, bool):
                words.append(option)
            elif isinstance(value, tuple):
                words += [word for layer in value for word in (option, layer)]
            else:
                words += [option, digits(value) if isinstance(value, float) else str(value)]
        return shlex.join(words)


def _check(
    name: str, value: float | None, *, least: float, most: float = float("inf"), above: bool = False
) -> None:
    """Refuse what lies outside; infinite and no number are outside too."""
    if value is None or (least <= value <= most and value < float("inf") and not (above and value == least)):
        return
    option = f"--{name.replace('_', '-')}"
    limits = Text("大于 0 的数" if above else "零或正数", "above 0" if above else "zero or more")
    if most < float("inf"):
        limits = Text(f"{least:g} 至 {most:g}", f"between {least:g} and {most:g}")
    raise InputError(
        Text(
            f"{_NAMES[name].zh}（{option}）是 {value:g}，应为{limits.zh}。",
            f"{_NAMES[name].en} ({option}) is {value:g}; it has to be {limits.en}.",
        )
    )
