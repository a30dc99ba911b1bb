"""Kitchens and points: those in service from the layer of meal points, and candidates for new ones."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from gis.coverage.meals.numbers import MealNumbers
from gis.kernels.arrays import Flags, Floats, Ints
from layers.text import Text, counted

if TYPE_CHECKING:
    from gis.coverage.next_sites.candidates import Candidates
    from gis.coverage.supply import Supply


@dataclass(frozen=True, slots=True, kw_only=True)
class MealSites:
    """Kitchens or points.

    Attributes
    ----------
    ids, names, tiers
        One each; of candidates the tier they would have.
    capacity, seats, cooks
        Meals a day: in all, at the table, and cooked on the spot.
    delivers
        Whether meals go from there to the door.
    kitchen
        Number of the kitchen each names, -1 for none, -2 for one that is not in service.
    stands
        Whether it exists.
    cost
        Of a new one, 10,000 yuan; 0 for those that stand.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    tiers: tuple[str, ...]
    lon: Floats
    lat: Floats
    capacity: Floats
    seats: Floats
    cooks: Floats
    delivers: Flags
    kitchen: Ints
    stands: Flags
    cost: Floats
    assumptions: tuple[Text, ...] = ()

    def __len__(self) -> int:
        """Count them."""
        return len(self.ids)

    def and_also(self, other: "MealSites") -> "MealSites":
        """Return both, one after the other."""
        arrays = ("lon", "lat", "capacity", "seats", "cooks", "delivers", "kitchen", "stands", "cost")
        return MealSites(
            ids=self.ids + other.ids,
            names=self.names + other.names,
            tiers=self.tiers + other.tiers,
            **{name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in arrays},
            assumptions=(*self.assumptions, *other.assumptions),
        )


_ELSEWHERE = -2


def standing(supply: "Supply", numbers: MealNumbers) -> tuple[MealSites, MealSites]:
    """Split the meal points in service into kitchens and points.

    A kitchen serves nobody at a table; a canteen cooks itself unless it names a kitchen; a point is supplied by the
    kitchen it names, or by any. Where the layer holds no kitchen at all, points that name none cook themselves.
    """
    frame = supply.frame
    ids = frame["id"].astype(str).to_numpy(object)
    tier = frame["tier"].fillna("point").to_numpy(object)
    named = frame["kitchen_id"].fillna("").astype(str).to_numpy(object)
    supplies = (tier == "kitchen") | np.isin(ids, named[named != ""])
    kitchen_rows, point_rows = np.flatnonzero(supplies), np.flatnonzero(tier != "kitchen")
    number_of = {ids[row]: number for number, row in enumerate(kitchen_rows)}
    kitchen = np.array([number_of.get(one, _ELSEWHERE) if one else -1 for one in named], np.int64)
    own = (kitchen == -1) & ((tier == "canteen") | (len(kitchen_rows) == 0)) & ~supplies
    kitchen = np.where(supplies & (tier != "kitchen"), [number_of.get(one, -1) for one in ids], kitchen)
    meals, notes = _meals(frame, tier, numbers)
    notes += _said(frame, tier, own, kitchen)
    everything = _sites(frame, supply, tier, meals, numbers, np.where(own, meals, 0.0), kitchen)
    return _rows(everything, kitchen_rows, ()), _rows(everything, point_rows, tuple(notes))


def _sites(
    frame: pd.DataFrame, supply: "Supply", tier: "np.typing.NDArray[np.object_]", meals: Floats, numbers: MealNumbers,
    cooks: Floats, kitchen: Ints,
) -> MealSites:  # fmt: skip
    seats = _floats(frame["seats"])
    return MealSites(
        ids=tuple(frame["id"].astype(str)),
        names=tuple(frame["name"].fillna("").astype(str)),
        tiers=tuple(tier.tolist()),
        lon=supply.lon,
        lat=supply.lat,
        capacity=meals,
        seats=np.where(np.isnan(seats), np.inf, seats * numbers.sittings),
        cooks=cooks,
        delivers=frame["delivers"].fillna(value=False).to_numpy(bool),
        kitchen=kitchen,
        stands=np.ones(len(frame), bool),
        cost=np.zeros(len(frame)),
    )


def _floats(column: "pd.Series[float]") -> Floats:
    return np.asarray(column.to_numpy(dtype=float, na_value=np.nan))


def _rows(sites: MealSites, rows: Ints, notes: tuple[Text, ...]) -> MealSites:
    arrays = ("lon", "lat", "capacity", "seats", "cooks", "delivers", "kitchen", "stands", "cost")
    pick: dict[str, Any] = {name: getattr(sites, name)[rows] for name in arrays}
    words: dict[str, Any] = {
        name: tuple(getattr(sites, name)[row] for row in rows) for name in ("ids", "names", "tiers")
    }
    return MealSites(**pick, **words, assumptions=notes)


def _meals(
    frame: pd.DataFrame, tier: "np.typing.NDArray[np.object_]", numbers: MealNumbers
) -> tuple[Floats, list[Text]]:
    meals = _floats(frame["meals_per_day"])
    missing = np.isnan(meals)
    default = np.select(
        [tier == "kitchen", tier == "canteen"],
        [numbers.kitchen_meals, numbers.canteen_meals],
        numbers.point_meals,
    )
    if not missing.any():
        return meals, []
    note = Text(
        f"{int(missing.sum())} 处没有填日供餐能力，按规范取值的最低能力计（中央厨房 {numbers.kitchen_meals:g}、"
        f"老年食堂 {numbers.canteen_meals:g}、助餐点 {numbers.point_meals:g} 份/日）。",
        f"{counted(int(missing.sum()), 'site does', 'sites do')} not say how many meals they make a day; the "
        "least of the norm profile is taken "
        f"(central kitchen {numbers.kitchen_meals:g}, canteen {numbers.canteen_meals:g}, "
        f"point {numbers.point_meals:g}).",
    )
    return np.where(missing, default, meals), [note]


def _said(
    frame: pd.DataFrame, tier: "np.typing.NDArray[np.object_]", own: Flags, kitchen: Ints
) -> list[Text]:
    serving = tier != "kitchen"
    counts = {
        Text("没有写层级，按助餐点计", "do not say their tier and count as points"): frame["tier"].isna(),
        Text("没有写是否送餐，按不送餐计", "do not say whether they deliver and count as not delivering"):
            frame["delivers"].isna() & serving,
        Text("没有写餐位，堂食只受供餐能力限制", "do not say their seats; tables are limited by their meals only"):
            frame["seats"].isna() & serving,
        Text("所写的供餐厨房不在营或不在图层里，得不到供餐",
             "name a kitchen that is not in service or not in the layer: nothing reaches them"):
            kitchen == _ELSEWHERE,
        Text("没有写厨房，而图层里没有任何厨房：按自己做饭计",
             "name no kitchen, and the layer holds none: they count as cooking themselves"):
            own & (tier != "canteen"),
    }  # fmt: skip
    return [
        Text(f"{count} 处助餐点{text.zh}。", f"{count} meal points {text.en}.")
        for text, flags in counts.items()
        if (count := int(flags.sum()))
    ]


def offered(found: "Candidates", numbers: MealNumbers, cooks: Flags) -> MealSites:
    """Turn candidates into points that do not stand yet: canteens where they cook themselves, else supplied points."""
    costs = numbers.costs
    return _new(
        found,
        tiers=np.where(cooks, "canteen", "point").tolist(),
        meals=numbers.new_meals,
        cooks=cooks,
        cost=np.where(found.stock, costs.stock, costs.point) + costs.meal * numbers.new_meals,
    )


def offered_kitchens(found: "Candidates", numbers: MealNumbers) -> MealSites:
    """Turn candidates into central kitchens that do not stand yet."""
    cost = np.full(len(found), numbers.costs.kitchen + numbers.costs.meal * numbers.kitchen_meals)
    nobody = np.zeros(len(found), bool)
    return _new(found, tiers=["kitchen"] * len(found), meals=numbers.kitchen_meals, cooks=nobody, cost=cost)


def _new(found: "Candidates", *, tiers: list[str], meals: float, cooks: Flags, cost: Floats) -> MealSites:
    count = len(found)
    return MealSites(
        ids=found.ids,
        names=found.names,
        tiers=tuple(tiers),
        lon=found.lon,
        lat=found.lat,
        capacity=np.full(count, meals),
        seats=np.full(count, np.inf),
        cooks=np.where(cooks, meals, 0.0),
        delivers=np.ones(count, bool),
        kitchen=np.full(count, -1, np.int64),
        stands=np.zeros(count, bool),
        cost=cost,
        assumptions=found.assumptions,
    )
