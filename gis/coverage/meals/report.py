"""The report of a plan for meals: today, the plan, what each new site adds, loads, minutes, and who is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from gis.coverage.demand import Demand
from gis.coverage.meals.request import MealRequest
from gis.coverage.meals.sites import MealSites
from gis.coverage.shown import Tabular
from gis.coverage.units import Units
from gis.kernels.arrays import Flags, Floats
from gis.siting.tiered import REASONS, Tiers, TwoTierPlan
from gis.siting.tiered.curve import Step
from layers.rounding import adding_up
from layers.text import Text

_TODAY = {
    "no_place_in_reach": Text("范围内没有助餐点，也没有候选点", "No point is in reach, nor is any candidate"),
    "no_point_in_reach": Text("范围内没有助餐点，有候选点", "No point is in reach; there are candidates"),
}
_ONLY_TODAY = {
    "no_place_in_reach": Text(
        "范围内没有助餐点；没有求新点，未查看候选点",
        "No point is in reach; no new ones were asked for, and candidates were not looked at",
    )
}
"""What reasons are called when no plan was made yet, and when none was asked for."""
_LEAST = 0.05
"""Meals below which a flow is not listed: the solver's rounding."""


@dataclass(frozen=True, kw_only=True)
class MealPlanReport(Tabular):
    """Who gets a meal today, and where the next kitchens and points go.

    Attributes
    ----------
    demand, units
        Who is to be served, and the units reported by.
    kitchens, points
        Those in service, then candidates; ``tiers`` is the question asked of them, ``supply_min`` the minutes between.
    before, plan
        What those in service serve, and what the plan serves. Meals served and unserved add up to those wanted.
    order
        New sites by what each adds to those before it: ``kitchen`` or ``point``, its number, meals.
    curve
        The best plans with 0, 1, … new points.
    """

    request: MealRequest
    demand: Demand
    units: Units
    kitchens: MealSites
    points: MealSites
    tiers: Tiers
    supply_min: Floats = field(repr=False)
    before: TwoTierPlan
    plan: TwoTierPlan
    order: tuple[tuple[str, int, float], ...]
    curve: tuple[Step, ...]
    assumptions: tuple[Text, ...]
    norms: Mapping[str, Any]
    made: Mapping[str, Any] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values; every text in both languages."""
        known = np.isfinite(self.demand.weight) & np.isfinite(self.demand.lon)
        return {
            "request": self.request.as_json(),
            "people": round(float(self.demand.weight[known].sum()), 1),
            "unknown": {
                "points": int((~known).sum()),
                "people_without_place": round(float(np.nansum(self.demand.weight[~known])), 1),
            },
            "wanted": round(self.plan.wanted, 1),
            "before": _state(self.before, {**_TODAY, **self._without_candidates()}),
            "after": _state(self.plan, self._without_candidates()),
            "new_sites": self.new_sites,
            "kitchens": self._kitchen_rows(),
            "points": self._point_rows(),
            "units": self._unit_rows(),
            "curve": [_step(one, self.plan.wanted) for one in self.curve],
            "objective": round(self.plan.objective, 1),
            "bound": round(self.plan.bound, 1),
            "gap": self.plan.gap if np.isfinite(self.plan.gap) else None,
            "proven": self.plan.proven,
            "seconds": round(self.plan.seconds, 2),
            "notes": [one._asdict() for one in self.plan.notes],
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": dict(self.norms),
            "provenance": dict(self.made),
            "command": self.request.command(),
        }

    @cached_property
    def new_sites(self) -> list[dict[str, Any]]:
        """New sites in the order of what each adds."""
        rows = []
        for place, (kind, number, adds) in enumerate(self.order, start=1):
            sites = self.kitchens if kind == "kitchen" else self.points
            rows.append({"order": place} | _site(sites, number) | {
                "unit": self._unit_at(float(sites.lon[number]), float(sites.lat[number])),
                "capacity": _number(float(sites.capacity[number])),
                "cost": round(float(sites.cost[number]), 1),
                "adds": round(adds, 1),
            })  # fmt: skip
        return rows

    def _without_candidates(self) -> Mapping[str, Text]:
        return {} if self.request.points else _ONLY_TODAY

    def _unit_at(self, lon: float, lat: float) -> str:
        if self.units.whole:
            return ""
        inside = int(self.units.locate(np.array([lon]), np.array([lat]), [None], self.request.by)[0])
        return str(self.units.frame["name"].iloc[inside]) if inside >= 0 else ""

    def _kitchen_rows(self) -> list[dict[str, Any]]:
        loads = self.plan.kitchen_loads
        return [
            _site(self.kitchens, int(one)) | _load(float(loads[one]), float(self.kitchens.capacity[one])) | {
                "points": int(np.count_nonzero(self.plan.supply[one] > _LEAST)),
            }
            for one in self.plan.kitchens
        ]  # fmt: skip

    def _point_rows(self) -> list[dict[str, Any]]:
        loads, plan = self.plan.point_loads, self.plan
        at_table = np.asarray(plan.eat_in.sum(axis=0)).reshape(-1)
        to_door = np.asarray(plan.delivered.sum(axis=0)).reshape(-1)
        return [
            _site(self.points, int(one)) | _load(float(loads[one]), float(self.points.capacity[one])) | {
                "eat_in": round(float(at_table[one]), 1),
                "delivered": round(float(to_door[one]), 1),
                "cooked": round(float(plan.cooked[one]), 1),
                "hot_minutes": _number(float(plan.hot_minutes[one])),
                "supply": [
                    {"kitchen": self.kitchens.ids[k], "meals": round(float(plan.supply[k, one]), 1),
                     "minutes": round(float(self.supply_min[k, one]), 1)}
                    for k in np.flatnonzero(plan.supply[:, one] > _LEAST)
                ],
            }
            for one in plan.points
        ]  # fmt: skip

    def _unit_rows(self) -> list[dict[str, Any]]:
        """Give one row per unit with demand, and one without a code for what lies in none; worst first.

        Meals are rounded so that units add up to the whole, and reasons to what is unserved.
        """
        units = np.unique(self.demand.unit)
        members = [self.demand.unit == unit for unit in units]
        wanted_at = self.tiers.eat_in + self.tiers.delivered
        wanted = adding_up(self.plan.wanted, [float(wanted_at[one].sum()) for one in members], digits=1)
        before, after = (_missing(plan, members, wanted) for plan in (self.before, self.plan))
        rows = [
            self._unit_row(int(unit), mine, dict(zip(("wanted", "before", "unserved"), meals, strict=True)))
            for unit, mine, *meals in zip(units, members, wanted, before, after, strict=True)
        ]
        return sorted(rows, key=lambda row: (-row["unserved"], row["code"] or ""))

    def _unit_row(self, unit: int, mine: Flags, meals: Mapping[str, float]) -> dict[str, Any]:
        eat, door = self.plan.unserved_eat_in[mine], self.plan.unserved_delivered[mine]
        why_eat, why_door = self.plan.reason_eat_in[mine], self.plan.reason_delivered[mine]
        reasons = [
            max(float(eat[why_eat == code].sum() + door[why_door == code].sum()), 0.0) for code in REASONS
        ]
        parts = adding_up(meals["unserved"], reasons, digits=1)
        named = self.units.frame.iloc[unit] if unit >= 0 else None
        return {
            "code": None if named is None else str(named["code"]),
            "name": None if named is None else str(named["name"]),
            "wanted": meals["wanted"],
            "served_before": round(meals["wanted"] - meals["before"], 1),
            "served": round(meals["wanted"] - meals["unserved"], 1),
            "unserved": meals["unserved"],
            "unknown": int((~np.isfinite(self.demand.weight[mine])).sum()),
            "reasons": {code: one for code, one in zip(REASONS, parts, strict=True) if one > 0},
        }


def _missing(plan: TwoTierPlan, members: Sequence[Flags], wanted: Sequence[float]) -> list[float]:
    """Round the meals units do not get so that they make the plan's, and are nowhere more than is wanted."""
    lost = plan.unserved_eat_in + plan.unserved_delivered
    return adding_up_within(_unserved(plan), [max(float(lost[one].sum()), 0.0) for one in members], wanted)


def adding_up_within(total: float, parts: Sequence[float], most: Sequence[float]) -> list[float]:
    """Round parts to tenths as ``adding_up`` does, none above its most; what is cut goes where there is most room.

    Parameters
    ----------
    total
        What the parts make together; the sum of ``most`` or less.
    parts, most
        Of one length; ``most`` in whole tenths. Empty gives an empty list.
    """
    tenths = [round(one * 10) for one in adding_up(total, parts, digits=1)]
    caps = [round(one * 10) for one in most]
    kept = [min(one, cap) for one, cap in zip(tenths, caps, strict=True)]
    for _ in range(sum(tenths) - sum(kept)):
        room = [(part * 10 - one, -at) for at, (part, one, cap) in enumerate(zip(parts, kept, caps, strict=True))
                if one < cap]  # fmt: skip
        if not room:
            break
        kept[-max(room)[1]] += 1
    return [one / 10 for one in kept]


def _unserved(plan: TwoTierPlan) -> float:
    return adding_up(round(plan.wanted, 1), [plan.served, plan.wanted - plan.served], digits=1)[1]


def _state(plan: TwoTierPlan, called: Mapping[str, Text]) -> dict[str, Any]:
    """Say who gets a meal, by way, and who does not, by reason; every part is rounded so that the parts add up."""
    eat, door = plan.unserved_eat_in, plan.unserved_delivered
    wanted = round(plan.wanted, 1)
    unserved = _unserved(plan)
    served = round(wanted - unserved, 1)
    at_table, to_door = adding_up(served, [float(plan.eat_in.sum()), float(plan.delivered.sum())], digits=1)
    meals = _by_reason(unserved, plan.unserved)
    by = [
        {
            "code": code,
            "text": called.get(code, text)._asdict(),
            **_by_way(meals[code], eat[plan.reason_eat_in == code], door[plan.reason_delivered == code]),
        }
        for code, text in REASONS.items()
        if code in plan.unserved
    ]
    hot = plan.hot_minutes[np.isfinite(plan.hot_minutes)]
    return {
        "served": served,
        "share": plan.served / plan.wanted if plan.wanted > 0 else None,
        "eat_in": at_table,
        "delivered": to_door,
        "unserved": unserved,
        "unserved_by": by,
        "minutes_per_meal": round(plan.travel_minutes / plan.served, 1) if plan.served > 0 else None,
        "hot_minutes_max": round(float(hot.max()), 1) if len(hot) else None,
        "points": len(plan.points),
        "kitchens": len(plan.kitchens),
    }


def _by_reason(unserved: float, reasons: Mapping[str, float]) -> dict[str, float]:
    """Round the reasons so that they add up; the first, which no plan changes, is rounded by itself."""
    codes = [one for one in REASONS if one in reasons]
    if not codes:
        return {}
    if len(codes) == 1:
        return {codes[0]: unserved}
    first = min(round(reasons[codes[0]], 1), unserved)
    rest = adding_up(round(unserved - first, 1), [max(reasons[one], 0.0) for one in codes[1:]], digits=1)
    return dict(zip(codes, (first, *rest), strict=True))


def _by_way(meals: float, eat: Floats, door: Floats) -> dict[str, float]:
    at_table, to_door = adding_up(meals, [float(eat.sum()), float(door.sum())], digits=1)
    return {"eat_in": at_table, "delivered": to_door, "meals": meals}


def _site(sites: MealSites, number: int) -> dict[str, Any]:
    return {
        "id": sites.ids[number],
        "name": sites.names[number],
        "tier": sites.tiers[number],
        "new": not bool(sites.stands[number]),
        "lon": _number(float(sites.lon[number]), 7),
        "lat": _number(float(sites.lat[number]), 7),
    }


def _load(load: float, capacity: float) -> dict[str, Any]:
    return {
        "load": round(load, 1),
        "capacity": _number(capacity),
        "use": load / capacity if 0 < capacity < float("inf") else None,
    }


def _number(value: float, digits: int = 1) -> float | None:
    return round(value, digits) if np.isfinite(value) else None


def _step(step: Step, wanted: float) -> dict[str, Any]:
    return {
        "new_points": step.new_points,
        "cost": round(step.cost, 1),
        "served": round(step.served, 1),
        "unserved": round(step.unserved, 1),
        "share": step.served / wanted if wanted > 0 else None,
        "proven": step.proven,
    }
