"""Who stays without service after the plan, unit by unit, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.next_sites.blocking import what_stops
from gis.coverage.next_sites.question import Question
from gis.coverage.outcome import distances_of
from gis.coverage.situation import travel_m
from gis.coverage.supply import Supply
from gis.kernels.arrays import Flags, Floats, Ints
from layers.text import Text

REASONS: Mapping[str, Text] = {
    "no_candidate": Text("界限内没有候选点", "no candidate within the limit"),
    "detour": Text(
        "候选点直线在界限内，走路网超过界限", "a candidate is near in a straight line, too far by road"
    ),
    "excluded": Text(
        "够得着的候选点都在禁入范围内，没有参选",
        "the candidates in reach lie in an exclusion and took no part",
    ),
    "not_connected": Text("路网到不了任何候选点", "no candidate can be reached by road"),
    "off_road": Text("离道路太远，接不上路网", "too far from a road to join the network"),
    "not_chosen": Text("有候选点，但名额用在了别处", "a candidate is in reach, but the sites went elsewhere"),
    "left_out": Text("有候选点，但方案没有选", "a candidate is in reach, but the plan does not take it"),
    "budget": Text(
        "有候选点，但（余下的）预算不够",
        "a candidate is in reach, but (what is left of) the budget is too small",
    ),
    "per_unit": Text(
        "有候选点，但所在单元的处数已满",
        "a candidate is in reach, but its unit has as many sites as it may",
    ),
    "spacing": Text(
        "有候选点，但与别的站点间距不够", "a candidate is in reach, but too close to another site"
    ),
    "rules": Text(
        "有候选点，但都被间距、每单元处数或预算挡住",
        "candidates are in reach, but spacing, numbers per unit or the budget stop each of them",
    ),
    "full": Text("够得着的设施已经满员", "the facilities in reach are full"),
}
_CODES = tuple(REASONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """People of one unit who stay without service for one reason; metres to the nearest place, least and most."""

    code: str
    unit: str
    reason: str
    people: float
    nearest_m: tuple[float, float] | None

    @property
    def text(self) -> Text:
        """Say the reason with its distances."""
        why = REASONS[self.reason]
        if self.nearest_m is None:
            return why
        low, high = (f"{one:,.0f}" for one in self.nearest_m)
        apart = low if low == high else f"{low}–{high}"
        return Text(f"{why.zh}；最近的候选点或设施 {apart} 米", f"{why.en}; the nearest is {apart} m away")

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "code": self.code,
            "unit": self.unit,
            "people": round(self.people, 1),
            "reason": {"code": self.reason, "text": self.text._asdict()},
            "nearest_m": None if self.nearest_m is None else [round(one) for one in self.nearest_m],
        }


def unserved_of(question: Question, left: Floats, sites: Ints) -> tuple[Unserved, ...]:
    """Explain the people ``left`` of each demand by a plan, by unit and reason; those with the most people first.

    Units are those of the request; people in no unit come under an empty name.
    """
    rows = np.flatnonzero(left > 0)
    if not len(rows):
        return ()
    reason, far = _reasons(question, rows, sites)
    unit = question.here.demand.unit[rows]
    found = []
    for one, why in sorted(set(zip(unit.tolist(), reason.tolist(), strict=True))):
        part = (unit == one) & (reason == why)
        metres = far[part][np.isfinite(far[part])]
        code, name = _unit(question, one)
        found.append(
            Unserved(
                code=code,
                unit=name,
                reason=_CODES[why],
                people=float(left[rows][part].sum()),
                nearest_m=(float(metres.min()), float(metres.max())) if len(metres) else None,
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.people, one.code, one.reason)))


def _reasons(question: Question, rows: Ints, sites: Ints) -> tuple[Ints, Floats]:
    """Return the position of each reason in ``REASONS``, and the metres to the nearest place."""
    here, offered = question.here, question.offered
    everywhere = Supply(
        here.supply.frame,
        np.concatenate([here.supply.lon, offered.lon]),
        np.concatenate([here.supply.lat, offered.lat]),
        (),
    )
    apart = distances_of(here.demand, everywhere, here.network, snap_max_m=here.snap_max_m)
    far = apart.walked.cost[rows]
    reason = np.full(len(rows), _CODES.index("no_candidate"))
    near = apart.straight.cost[rows] <= question.limit_m
    reason[near & (far > question.limit_m)] = _CODES.index("detour")
    reason[_within_excluded(question, rows)] = _CODES.index("excluded")
    reason[~np.isfinite(far)] = _CODES.index("not_connected")
    reason[~np.isfinite(far) & ~apart.on_road[rows]] = _CODES.index("off_road")
    could = np.flatnonzero(question.covered(np.arange(question.table.shape[1]))[rows] > 0)
    reason[could] = _not_taken(question, rows[could], sites)
    reason[question.covered(sites)[rows] > 0] = _CODES.index("full")
    return reason, np.where(np.isfinite(far), far, apart.straight.cost[rows])


def _not_taken(question: Question, rows: Ints, sites: Ints) -> list[int]:
    """Say why no candidate in reach of a row is in the plan: a rule, or the sites went elsewhere."""
    chosen = np.zeros(question.table.shape[1], bool)
    chosen[sites] = True
    elsewhere = "not_chosen" if len(sites) > question.existing else "left_out"
    return [_CODES.index(one or elsewhere) for one in what_stops(question, rows, chosen)]


def _within_excluded(question: Question, rows: Ints) -> Flags:
    """Tell which rows a candidate in an exclusion would reach."""
    if not len(question.excluded):
        return np.zeros(len(rows), bool)
    table = travel_m(question.here, question.excluded.lon, question.excluded.lat, limit_m=question.limit_m)
    reached = np.bincount(table.indices, minlength=table.shape[1]) > 0
    return np.asarray(reached[rows])


def _unit(question: Question, index: int) -> tuple[str, str]:
    units = question.here.units
    if index < 0:
        return "", ""
    row = units.frame.iloc[index]
    return str(row["code"]), str(row["name"])
