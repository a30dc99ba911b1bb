"""Room added to a facility in reach: how many more beds or meals would serve the people of a gap."""

import math
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.access import access_scores
from gis.coverage.capacity import Holding, holding_of
from gis.coverage.definitions import ON_CAPACITY
from gis.coverage.gaps.effects import Shortfall, best_places, gains
from gis.coverage.gaps.effort import efforts
from gis.coverage.gaps.judged import Judged
from gis.coverage.gaps.remedies import Remedy
from gis.coverage.gaps.wording import enlarging_text
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
            lacking = float((holding.need_per_1000 - shared[0][points[reached]]).max() * shared[1][at])
        beds = math.ceil(lacking / _PER - 1e-9)
        facility, here = int(telling[at]), float(best.here[gap])
        found[gap] = Remedy(
            kind="add_capacity",
            rank=effort.rank,
            text=enlarging_text(supply.name(facility), beds, holding.field, here, unit),
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


def _sharing(judged: Judged, holding: Holding, telling: "Ints") -> "tuple[Floats, Floats]":
    """Return the index of every point per 1,000 people, and the people who share each telling facility."""
    one, plan = judged.situation, judged.plan
    people = np.where(judged.outcome.counted, np.nan_to_num(judged.demand.weight), 0.0)
    table = travel_m(one, one.supply.lon, one.supply.lat, limit_m=plan.limits_m[plan.main])
    index = access_scores(table, np.nan_to_num(holding.amount), people, "2sfca").scores * _PER
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    sharing = np.bincount(rows, weights=people[table.indices], minlength=table.shape[0])
    return index, np.asarray(sharing[telling])
