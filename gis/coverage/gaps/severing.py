"""What lies between people and a facility that is near in a straight line and far to walk."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from gis.coverage.gaps.barriers import KINDS, Barriers
from gis.kernels.arrays import Flags, Floats, Ints

if TYPE_CHECKING:
    from gis.coverage.demand import Demand
    from gis.coverage.outcome import Distances, Outcome
    from gis.coverage.plan import Plan
    from gis.coverage.supply import Supply
    from layers.norms import NormProfile

RATIO = "detour_ratio_severed"
"""Norm of the detour from which a barrier is blamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Severing:
    """The barrier between each point of demand and the facility nearest to it in a straight line.

    Attributes
    ----------
    barrier
        Index into ``barriers`` for each point; -1 where nothing lies between, or where it was not asked.
    lon, lat
        Where the straight way meets the barrier; nan elsewhere.
    severed
        Which points a barrier severs: it lies between, and the way round is long enough to blame it.
    least_ratio
        Way by road over straight distance from which a barrier is blamed.
    """

    barriers: Barriers
    barrier: Ints
    lon: Floats
    lat: Floats
    severed: Flags
    least_ratio: float

    def spared(self, point: int) -> bool:
        """Tell whether a barrier lies before a point that is not blamed."""
        return bool(self.barrier[point] >= 0 and not self.severed[point])

    def codes(self, points: Ints) -> "npt.NDArray[np.str_]":
        """Return the reason code of severed points: ``severed_by_river`` …; meaningless for others."""
        words = np.array([f"severed_by_{kind}" for kind in KINDS])
        if not len(self.barriers):
            return np.full(len(points), words[-1])
        return words[self.barriers.kind[np.maximum(self.barrier[points], 0)]]

    def kind(self, point: int) -> str:
        """Return the kind of the barrier before a severed point."""
        return KINDS[int(self.barriers.kind[self.barrier[point]])]

    def name(self, point: int) -> str:
        """Return the name of the barrier before a severed point; empty where it has none."""
        return self.barriers.name[int(self.barrier[point])]


def with_severing(
    outcome: "Outcome",
    plan: "Plan",
    supply: "Supply",
    barriers: Callable[[], Barriers],
    *,
    profile: "NormProfile",
) -> "Outcome":
    """Add to an outcome what severs its people; ``barriers`` is asked only where some are near yet far to walk.

    Nothing is added where distances do not follow roads: then there is no walk to be long. The detour from which a
    barrier is blamed is ``detour_ratio_severed`` of the profile, which is among the norms of the outcome then.
    """
    if not plan.by_road or not plan.limits_m or outcome.distances.road is None:
        return outcome
    near = near_but_far(outcome.distances, plan.limits_m[plan.main]) & outcome.counted
    if not near.any():
        return outcome
    found = severing(
        outcome.demand,
        supply,
        outcome.distances,
        near,
        barriers(),
        least_ratio=profile.number(RATIO, on=plan.on),
    )
    return replace(outcome, severed=found, norms=(*outcome.norms, profile.value(RATIO, on=plan.on)))


def near_but_far(distances: "Distances", limit_m: float) -> Flags:
    """Tell which points have a facility within the limit in a straight line but not by road, though a road is near."""
    if distances.road is None:
        return np.zeros(len(distances.on_road), bool)
    return distances.on_road & (distances.straight.cost <= limit_m) & ~(distances.road.cost <= limit_m)


def severing(
    demand: "Demand",
    supply: "Supply",
    distances: "Distances",
    asked: Flags,
    barriers: Barriers,
    *,
    least_ratio: float,
) -> Severing:
    """Find the barriers that the straight ways of some points to their nearest facilities meet.

    One query for all ways. Where several barriers lie between, the first kind of ``KINDS`` is named, of one kind the
    first in its layer. Ways are straight in degrees, which over the distances people walk is straight on the ground
    within centimetres.

    A barrier is blamed where the way by road is at least ``least_ratio`` times the straight way it cuts, or where no
    road leads anywhere. The road may end at another, nearer facility, so the way round the barrier is at least as long.

    Parameters
    ----------
    asked
        (n_demand,) which points to look at: those whom the straight way, were it open, would bring within the limit.
    """
    barrier = np.full(len(demand), -1, np.int64)
    lon, lat = np.full(len(demand), np.nan), np.full(len(demand), np.nan)
    points = np.flatnonzero(asked & (distances.straight.source >= 0))
    severed = np.zeros(len(demand), bool)
    found = Severing(
        barriers=barriers, barrier=barrier, lon=lon, lat=lat, severed=severed, least_ratio=least_ratio
    )
    if not len(points) or not len(barriers):
        return found
    to = distances.straight.source[points]
    ends = [[demand.lon[points], demand.lat[points]], [supply.lon[to], supply.lat[to]]]
    ways = shapely.linestrings(np.array(ends).transpose(2, 0, 1))
    way, met = barriers.tree.query(ways, predicate="intersects")
    order = np.lexsort((met, barriers.kind[met], way))
    first = order[np.unique(way[order], return_index=True)[1]]
    way, met = way[first], met[first]
    meeting = shapely.centroid(shapely.intersection(ways[way], barriers.shapes[met]))
    barrier[points[way]] = met
    lon[points[way]], lat[points[way]] = shapely.get_x(meeting), shapely.get_y(meeting)
    straight, road = distances.straight.cost[points[way]], distances.walked.cost[points[way]]
    severed[points[way]] = road >= least_ratio * straight
    return found
