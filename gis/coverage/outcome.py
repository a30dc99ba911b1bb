"""What is within reach of each point of demand, under each definition."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.assignment import assigned_units, holding_units
from gis.coverage.demand import Demand
from gis.coverage.homes import Homes, homes_of
from gis.coverage.land import Land
from gis.coverage.plan import Plan
from gis.coverage.supply import Supply
from gis.coverage.units import Units
from gis.kernels.arrays import Flags, Floats, Nearest
from gis.kernels.straight import nearest_straight, pairs_straight
from gis.network import Places
from layers.crs import geodesic_m
from layers.text import Text, counted

if TYPE_CHECKING:
    from gis.coverage.capacity import Load
    from gis.coverage.gaps.severing import Severing
    from gis.network import Network
    from layers.norms import NormValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Nearest facility of each point of demand.

    Attributes
    ----------
    straight, road
        In metres: on the ellipsoid, and walking by road (None where there is no network).
    on_road
        Which points have a road within the snapping distance.
    beyond
        Which points have none because the roads end before: they lie outside the convex hull of all roads.
    """

    straight: Nearest
    road: Nearest | None
    on_road: Flags
    beyond: Flags
    assumptions: tuple[Text, ...] = ()

    @property
    def walked(self) -> Nearest:
        """By road where there is a network, else straight."""
        return self.straight if self.road is None else self.road


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How much of each point of demand is served.

    Attributes
    ----------
    served
        Share 0…1 of point ``i`` under limit ``k`` of the plan, as ``served[k, i]``.
    counted
        Which points count at all: the number and (where distance matters) the place and its roads are known.
    severed
        What lies between people and what is near in a straight line; None where nobody looked.
    unjudged
        Like ``served``, the share of which nobody can say whether it is served, because what is in reach does not tell
        what it holds; None where there is nothing of the kind.
    loads
        What facilities hold and take on (C7).
    norms
        Further values of the profile the answer rests on.
    """

    demand: Demand
    served: Floats
    counted: Flags
    distances: Distances
    assumptions: tuple[Text, ...] = ()
    severed: "Severing | None" = None
    unjudged: Floats | None = None
    loads: "tuple[Load, ...]" = ()
    norms: "tuple[NormValue, ...]" = ()


def distances_of(
    demand: Demand,
    supply: Supply,
    network: "Network | None",
    *,
    snap_max_m: float,
    homes: Homes | None = None,
) -> Distances:
    """Measure from every point of demand to its nearest facility, straight and (with a network) by road.

    ``homes``, from ``homes_of`` with the same demand and network, saves finding them again.
    """
    homes = homes or homes_of(demand, network, snap_max_m=snap_max_m)
    straight = _straight(demand, supply, homes)
    if network is None:
        placed, nowhere = np.isfinite(demand.lon), np.zeros(len(demand), bool)
        return Distances(straight=straight, road=None, on_road=placed, beyond=nowhere)
    places = homes.snapped(network)
    sites = network.snap(*network.to_plane(supply.lon, supply.lat), max_m=snap_max_m)
    road = network.cost_of(places, sites)
    off_road = _beside(demand, supply, homes, places, sites, snap_max_m=snap_max_m)
    beside = off_road.cost < road.cost
    least = straight.cost * network.edges.least_pace
    cost = np.where(beside, off_road.cost, np.maximum(road.cost, least))
    road = Nearest(cost, np.where(beside, off_road.source, road.source))
    placed = np.isfinite(supply.lon)
    beyond = homes.beyond(network)
    return Distances(
        straight=straight,
        road=road,
        on_road=places.found,
        beyond=beyond,
        assumptions=(
            *network.notes,
            *_snap_notes(int((placed & ~sites.found).sum()), int(beside.sum()), snap_max_m),
            *off_road_note(demand, places.found | beyond, snap_max_m=snap_max_m),
            *_beyond_note(demand, beyond),
        ),
    )


def _beside(
    demand: Demand, supply: Supply, homes: Homes, places: Places, sites: Places, *, snap_max_m: float
) -> Nearest:
    """Find the nearest of the facilities that lie closer to a point than the farther of the two lies from any road.

    Every facility is looked at, not only the nearest one, so that another facility never takes such a way away.
    """
    home, site = (np.where(one.found, one.off, snap_max_m) for one in (places, sites))
    x, y = homes.in_plane(supply.lon, supply.lat)
    limit = max(home.max(initial=0.0), site.max(initial=0.0))
    pairs = pairs_straight(homes.x, homes.y, source_x=x, source_y=y, limit=float(limit))
    to = np.repeat(np.arange(pairs.shape[0]), np.diff(pairs.indptr))
    near = np.flatnonzero(pairs.data <= np.maximum(home[pairs.indices], site[to]))
    order = near[np.lexsort((to[near], pairs.data[near], pairs.indices[near]))]
    point, first = np.unique(pairs.indices[order], return_index=True)
    source = to[order[first]]
    found = Nearest(np.full(len(demand), np.inf), np.full(len(demand), -1, np.int64))
    found.source[point] = source
    found.cost[point] = geodesic_m(
        demand.lon[point], demand.lat[point], supply.lon[source], supply.lat[source]
    )
    return found


def _straight(demand: Demand, supply: Supply, homes: Homes) -> Nearest:
    x, y = homes.in_plane(supply.lon, supply.lat)
    found = nearest_straight(homes.x, homes.y, source_x=x, source_y=y)
    reached = np.flatnonzero(found.source >= 0)
    to = found.source[reached]
    cost = found.cost.copy()
    cost[reached] = geodesic_m(demand.lon[reached], demand.lat[reached], supply.lon[to], supply.lat[to])
    return Nearest(cost, found.source)


def _snap_notes(sites: int, beside: int, snap_max_m: float) -> list[Text]:
    notes = [
        Text(
            f"需求点和设施接到 {snap_max_m:g} 米内最近的道路上，离路部分按步行计入路程。",
            f"Demand and facilities join the nearest road within {snap_max_m:g} m; the way to it counts as walked.",
        )
    ]
    if sites:
        notes.append(
            Text(
                f"{sites} 处设施 {snap_max_m:g} 米内没有道路，不能沿路网到达。",
                f"{counted(sites, 'facility has', 'facilities have')} no road within {snap_max_m:g} m and "
                "cannot be reached by road.",
            )
        )
    if beside:
        notes.append(
            Text(
                f"{beside} 个需求点到设施比到道路更近，按直线步行计。",
                f"{counted(beside, 'point of demand is', 'points of demand are')} nearer to a facility than to "
                "a road: straight to it.",
            )
        )
    return notes


def off_road_note(demand: Demand, on_road: Flags, *, snap_max_m: float) -> tuple[Text, ...]:
    """Say how many points, and how much of the demand known, no road comes near: the roads may not be complete.

    ``on_road`` tells of each point whether it joined a road. Nothing is said where all that have a place did.
    """
    placed = np.isfinite(demand.lon)
    off = placed & ~on_road & ~(demand.weight == 0)
    if not off.any():
        return ()
    people, total = float(np.nansum(demand.weight[off])), float(np.nansum(demand.weight[placed]))
    share = f"{people / total:.1%}" if total > 0 else "–"
    count, much = int(off.sum()), f"{people:,.0f} {demand.unit_of_measure}"
    return (
        Text(
            f"{count} 个需求点 {snap_max_m:g} 米内没有道路（{much}，占 {share}），除直线距离极近的以外按未覆盖计："
            "请核对道路资料是否覆盖全区。",
            f"{counted(count, 'point of demand has', 'points of demand have')} no road within {snap_max_m:g} m "
            f"({people:,.0f}, {share} of all) and count "
            "as not covered unless a facility is next to them: check whether the roads cover the whole area.",
        ),
    )


def _beyond_note(demand: Demand, beyond: Flags) -> tuple[Text, ...]:
    """Say how many points, and how much of the demand known, lie where the roads have ended; nothing for none."""
    out = beyond & ~(demand.weight == 0)
    if not out.any():
        return ()
    people, total = float(np.nansum(demand.weight[out])), float(np.nansum(demand.weight))
    share = f"{people / total:.1%}" if total > 0 else "–"
    count = int(out.sum())
    return (
        Text(
            f"{count} 个需求点在道路资料的范围（全部道路的凸包）之外"
            f"（{people:,.0f} {demand.unit_of_measure}，占 {share}）："
            "那里的路不清楚，除直线距离极近的以外按不明计，不算未覆盖，不计入分子和分母。请补全道路资料。",
            f"{counted(count, 'point of demand lies', 'points of demand lie')} beyond the extent of the roads (the "
            f"convex hull of them all; {people:,.0f}, {share} of all): which ways there are is not known; they count "
            "as unknown, not as unserved, on neither side of the share, unless a facility is next to them. Complete "
            "the roads.",
        ),
    )


def judged(demand: Demand, distances: Distances, served: Flags) -> Flags:
    """Tell which points count: number and place are known, and so is the way, unless a facility next to them serves.

    ``served`` tells which points are served, wholly or in part, under any limit.
    """
    return known(demand) & ~(distances.beyond & ~served)


def reach_of(plan: Plan, demand: Demand, distances: Distances) -> Outcome:
    """Judge C4, C5 and C6: is the nearest facility within each limit?"""
    cost = (distances.road if plan.by_road and distances.road is not None else distances.straight).cost
    served = np.stack([cost <= limit for limit in plan.limits_m]).astype(np.float64)
    notes = (*distances.assumptions, *placeless_note(demand))
    counts = judged(demand, distances, np.asarray(served.any(axis=0), bool))
    return Outcome(demand=demand, served=served, counted=counts, distances=distances, assumptions=notes)


def known(demand: Demand) -> Flags:
    """Tell of which points number and place are known."""
    return np.asarray(np.isfinite(demand.weight) & np.isfinite(demand.lon))


def placeless_note(demand: Demand) -> tuple[Text, ...]:
    """Say how many are known but not where; nothing where there are none."""
    lost = demand.weight[np.isfinite(demand.weight) & ~np.isfinite(demand.lon)]
    if len(lost) == 0:
        return ()
    return (
        Text(
            f"{lost.sum():,.0f} {demand.unit_of_measure}（{len(lost)} 处）没有位置，不能判断，不计入分子和分母。",
            f"{lost.sum():,.0f} ({demand.measure.en}, {counted(len(lost), 'entry', 'entries')}) have no "
            "location: they cannot be judged and "
            "count on neither side.",
        ),
    )


def land_reach(plan: Plan, land: Land, supply: Supply, distances: Distances) -> Outcome:
    """Judge C3: the share of residential land within each limit."""
    served = np.stack([land.share_within(supply, limit) for limit in plan.limits_m])
    counted = np.ones(len(land.demand), bool)
    return Outcome(demand=land.demand, served=served, counted=counted, distances=distances)


def unit_reach(plan: Plan, units: Units, demand: Demand, supply: Supply, distances: Distances) -> Outcome:
    """Judge C1 and C2: does the unit hold a facility, or is it assigned to one? ``demand`` is the units themselves."""
    members = demand.unit
    holding, notes = holding_units(units, supply, level=plan.request.by)
    served = holding[members]
    if plan.definition.id == "C2":
        assigned, more = assigned_units(units, supply, level=plan.request.by)
        served = served | assigned[members]
        notes = (*notes, *more)
    return Outcome(
        demand=demand,
        served=served[None, :].astype(np.float64),
        counted=np.ones(len(demand), bool),
        distances=distances,
        assumptions=notes,
    )
