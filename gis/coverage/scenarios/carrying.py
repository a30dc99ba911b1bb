"""What each facility carries: the people who would lose coverage if it closed, and those nearest to it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.changes import Change
from gis.coverage.definitions import ON_CAPACITY
from gis.coverage.rows import tidy
from gis.coverage.scenarios.adding import BY_DISTANCE
from gis.coverage.scenarios.standing import Standing
from gis.coverage.situation import travel_m
from gis.kernels.arrays import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One facility in service.

    Attributes
    ----------
    reached
        People (or what is counted) within its limit, others may reach them too; None where the definition knows no
        distance.
    carried
        Those who would lose coverage if it alone closed; where capacity counts, also those whom its users then crowd
        out elsewhere, so that they may be more than ``nearest``.
    nearest
        Those of known place whose nearest facility it is, in reach or not.
    """

    id: str
    name: str
    reached: float | None
    carried: float
    nearest: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "reached": None if self.reached is None else tidy(self.reached),
            "carried": tidy(self.carried),
            "nearest": tidy(self.nearest),
        }


def carried(standing: Standing) -> tuple[Carried, ...]:
    """List what every facility in service carries, those with most first.

    Where one facility in reach is enough to be served (C4, C5, C6), one table of distances answers for all facilities:
    a facility carries those whom no other one reaches. Under other definitions each facility is closed in turn.
    """
    supply, people = standing.situation.supply, standing.served
    nearest = nearest_people(standing)
    if standing.situation.plan.definition.id in BY_DISTANCE:
        reached, lost = _from_table(standing, people)
    else:
        reached, lost = _within_limit(standing), _closed_in_turn(standing, float(people.sum()))
    listed = [
        Carried(id=supply.ids[at], name=supply.names[at], reached=reached[at], carried=lost[at], nearest=nearest[at])
        for at in range(len(supply))
    ]  # fmt: skip
    return tuple(sorted(listed, key=lambda one: -one.carried))


def nearest_people(standing: Standing) -> list[float]:
    """Count, for every facility in service, the people whose nearest facility it is: (n_supply,)."""
    outcome = standing.outcome
    source = outcome.distances.walked.source
    known = outcome.counted & (source >= 0)
    weight = np.where(known, outcome.demand.weight, 0.0)
    counts = np.bincount(np.maximum(source, 0), weights=weight, minlength=len(standing.situation.supply))
    return [float(one) for one in counts[: len(standing.situation.supply)]]


def _within_limit(standing: Standing) -> list[float | None]:
    """Count the people within the limit of every facility, served or not; None where there is no limit."""
    here, outcome = standing.situation, standing.outcome
    if here.plan.definition.id not in ON_CAPACITY:
        return [None] * len(here.supply)
    table = travel_m(here, here.supply.lon, here.supply.lat, limit_m=here.plan.limits_m[here.plan.main])
    weight = np.where(outcome.counted, outcome.demand.weight, 0.0)
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    return [float(one) for one in np.bincount(row, weights=weight[table.indices], minlength=table.shape[0])]


def _from_table(standing: Standing, people: Floats) -> tuple[list[float | None], list[float]]:
    here = standing.situation
    limit_m = here.plan.limits_m[here.plan.main]
    table = travel_m(here, here.supply.lon, here.supply.lat, limit_m=limit_m)
    times = np.bincount(table.indices, minlength=table.shape[1])
    row = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    only = times[table.indices] == 1
    weight = people[table.indices]
    reached = np.bincount(row, weights=weight, minlength=table.shape[0])
    lost = np.bincount(row[only], weights=weight[only], minlength=table.shape[0])
    return [float(one) for one in reached], [float(one) for one in lost]


def _closed_in_turn(standing: Standing, people: float) -> list[float]:
    """Close one facility after the other, on top of the changes made already."""
    here = standing.situation
    done = here.plan.request.changes
    lost = []
    for id_ in here.supply.ids:
        added = any(one.id == id_ and one.action == "add" for one in done)
        others = tuple(one for one in done if one.id != id_)
        changes = others if added else (*others, Change(action="close", id=id_))
        lost.append(people - standing.people_after(changes))
    return lost
