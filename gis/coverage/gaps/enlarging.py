"""Room added to a facility in reach: how many more beds or meals would serve the people of a gap."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.calling import called
from gis.coverage.capacity import Holding, holding_of, kernel_of
from gis.coverage.definitions import ON_CAPACITY
from gis.coverage.gaps.effects import Shortfall, best_places, gains
from gis.coverage.gaps.effort import efforts
from gis.coverage.gaps.judged import Judged
from gis.coverage.gaps.remedies import Remedy
from gis.coverage.gaps.wording import enlarging_text
from gis.coverage.kernels import within_share
from gis.coverage.situation import travel_m

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from gis.kernels.arrays import Floats, Ints

_PER = 1000.0


def enlargements(judged: Judged, shortfall: Shortfall, points: "Ints") -> dict[int, Remedy]:
    """Enlarge, for each gap, the facility that most people of it reach who find no room now (C7) or too little (C8).

    Facilities that do not tell what they hold are left out. ``shortfall`` is told by ``points`` of demand. Nothing
    under definitions that know no capacity.
    """
    plan, supply = judged.plan, judged.supply
    if plan.definition.id not in ON_CAPACITY:
        return {}
    holding = holding_of(plan, judged.situation.profile, supply)
    telling = np.flatnonzero(~holding.silent & np.isfinite(supply.lon))
    lon, lat = supply.lon[telling], supply.lat[telling]
    table = travel_m(judged.only(points), lon, lat, limit_m=plan.limits_m[plan.main])
    best = best_places(*gains(table, shortfall), shortfall.lacking)
    shared = _sharing(judged, holding, telling) if plan.definition.id == "C8" else None
    effort, unit = efforts()["add_capacity"], judged.demand.unit_of_measure
    found: dict[int, Remedy] = {}
    for gap in np.flatnonzero(best.place >= 0).tolist():
        at = int(best.place[gap])
        reached = _reached(table, at, shortfall, gap)
        lacking = float(shortfall.weight[reached].sum()) * holding.need_per_1000
        if shared is not None:
            lacking = shared.lacking(holding.need_per_1000, at, points[reached])
        if not math.isfinite(lacking):
            continue
        beds = math.ceil(lacking / _PER - 1e-9)
        facility, here = int(telling[at]), float(best.here[gap])
        found[gap] = Remedy(
            kind="add_capacity",
            rank=effort.rank,
            text=enlarging_text(
                called(supply.name(facility), supply.ids[facility]), beds, holding.field, here, unit
            ),
            adds_people=here,
            adds_everywhere=here,
            adds_amount=beds,
            partial=not bool(best.covers[gap]),
            facility_id=str(supply.frame["id"].iloc[facility]),
            facility=supply.name(facility),
            lon=float(lon[at]),
            lat=float(lat[at]),
            unit_cost=effort.unit_cost,
        )
    return found


def _reached(table: "csr_matrix", place: int, shortfall: Shortfall, gap: int) -> "Ints":
    """Return the points of a gap that a facility reaches and that lack something."""
    near = table.indices[table.indptr[place] : table.indptr[place + 1]]
    return np.asarray(near[(shortfall.gap[near] == gap) & (shortfall.weight[near] > 0)], np.int64)


@dataclass(frozen=True, slots=True)
class _Sharing:
    """The index of every point per 1,000 people, the weight of each pair, and the people who share each facility."""

    index: "Floats"
    pulls: "csr_matrix"
    people: "Floats"

    def lacking(self, need_per_1000: float, at: int, points: "Ints") -> float:
        """Return what a facility lacks for all points to have enough, times 1,000; inf where it counts for nothing."""
        row = slice(self.pulls.indptr[at], self.pulls.indptr[at + 1])
        pull = np.zeros(self.pulls.shape[1])
        pull[self.pulls.indices[row]] = self.pulls.data[row]
        short = need_per_1000 - self.index[points]
        share = np.divide(short, pull[points], out=np.full(len(points), np.inf), where=pull[points] > 0)
        return float(share.max() * self.people[at])


def _sharing(judged: Judged, holding: Holding, telling: "Ints") -> _Sharing:
    one, plan = judged.situation, judged.plan
    people = np.where(judged.outcome.counted, np.nan_to_num(judged.demand.weight), 0.0)
    limit = plan.limits_m[plan.main]
    share = within_share(travel_m(one, one.supply.lon, one.supply.lat, limit_m=limit), limit)
    kernel = kernel_of(plan)
    index = kernel.scores(share, np.nan_to_num(holding.amount), people).values * _PER
    pulls = kernel.pulls(share)[telling]
    return _Sharing(index, pulls, np.asarray(pulls @ people))
