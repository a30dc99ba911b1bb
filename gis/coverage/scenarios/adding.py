"""What each change adds: alone, in order, and as a curve of people against added facilities."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.changes import Change
from gis.coverage.cover import outcome_of
from gis.coverage.rows import tidy
from gis.coverage.scenarios.standing import Standing, served_by
from gis.coverage.situation import travel_m
from gis.kernels.arrays import Flags, Floats

BY_DISTANCE = frozenset({"C4", "C5", "C6"})
"""Definitions under which a point is served as soon as any one facility is near enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What the changes to one facility add to the people served.

    Attributes
    ----------
    alone
        Against the situation as it is, with no other change.
    in_order
        On top of the changes before it; these add up to the whole difference.
    """

    id: str
    actions: tuple[str, ...]
    alone: float
    in_order: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "id": self.id,
            "actions": list(self.actions),
            "alone": tidy(self.alone),
            "in_order": tidy(self.in_order),
        }


def contributions(base: Standing, changes: tuple[Change, ...]) -> tuple[Contribution, ...]:
    """Measure what the changes to each facility add, in the order they are first named; raises as ``after`` does."""
    groups: dict[str, list[Change]] = {}
    for one in changes:
        groups.setdefault(one.id, []).append(one)
    start = float(base.served.sum())
    reached, so_far, found = start, list[Change](), []
    for id_, group in groups.items():
        alone = base.people_after(tuple(group))
        together = base.people_after((*so_far, *group)) if so_far else alone
        found.append(
            Contribution(
                id=id_,
                actions=tuple(one.action for one in group),
                alone=alone - start,
                in_order=together - reached,
            )
        )
        so_far += group
        reached = together
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """People served with so many facilities in service; ``id`` is the one added last, empty for the first point."""

    sites: int
    people: float
    share: float | None
    id: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {"sites": self.sites, "id": self.id, "people": tidy(self.people), "share": self.share}


def curve_of(base: Standing, after: Standing) -> tuple[CurvePoint, ...]:
    """Draw people served against added facilities, the one that adds most first.

    The first point is everything but the added facilities (moves, closures and the like are done), the last one the
    situation after all changes. Where a definition knows no distance or shares out what facilities hold, facilities
    come in the order they are named.
    """
    changes = after.situation.plan.request.changes
    adds = [one for one in changes if one.action == "add"]
    others = tuple(one for one in changes if one.action != "add")
    first = base.served
    if others and adds:
        first = served_by(outcome_of(base.situation.after(others)), base.situation.plan.main)
    last, total = float(after.served.sum()), after.report.denominator
    steps = _steps(base, after, first, adds, others) if adds else []
    standing = len(after.situation.supply) - len(adds)
    points = [("", float(first.sum()) if adds else last), *steps]
    return tuple(
        CurvePoint(sites=standing + k, people=people, share=people / total if total > 0 else None, id=id_)
        for k, (id_, people) in enumerate(points)
    )


def _steps(
    base: Standing, after: Standing, first: Floats, adds: list[Change], others: tuple[Change, ...]
) -> list[tuple[str, float]]:
    last = float(after.served.sum())
    if len(adds) == 1:
        return [(adds[0].id, last)]
    if after.situation.plan.definition.id not in BY_DISTANCE:
        steps = [(one.id, base.people_after((*others, *adds[: k + 1]))) for k, one in enumerate(adds[:-1])]
        return [*steps, (adds[-1].id, last)]
    reach = _reached(after, adds)
    known = np.where(after.outcome.counted, after.outcome.demand.weight, 0.0)
    order = _greedy(reach, np.where(first > 0, 0.0, known))
    gains = np.cumsum([gain for _, gain in order])
    people = np.minimum(float(first.sum()) + gains, last)
    people[-1] = last
    return [(adds[at].id, float(one)) for (at, _), one in zip(order, people, strict=True)]


def _reached(after: Standing, adds: list[Change]) -> Flags:
    """Tell which points of demand each added facility reaches: (n_adds, n_demand)."""
    plan = after.situation.plan
    lon = np.array([one.lon for one in adds], float)
    lat = np.array([one.lat for one in adds], float)
    table = travel_m(after.situation, lon, lat, limit_m=plan.limits_m[plan.main])
    reach = np.zeros(table.shape, bool)
    reach[np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)), table.indices] = True
    return reach


def _greedy(reach: Flags, open_: Floats) -> list[tuple[int, float]]:
    """Order facilities by what each adds to those before it; ties in the order given."""
    left, waiting, order = open_.copy(), list(range(len(reach))), []
    while waiting:
        gains = reach[waiting] @ left
        best = int(np.argmax(gains))
        at = waiting.pop(best)
        order.append((at, float(gains[best])))
        left[reach[at]] = 0.0
    return order
