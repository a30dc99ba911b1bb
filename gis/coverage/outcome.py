"""What is within reach of each point of demand, under each definition."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyproj

from gis.coverage.assignment import assigned_units, holding_units
from gis.coverage.demand import Demand, units_as_demand
from gis.coverage.land import Land
from gis.coverage.plan import Plan
from gis.coverage.supply import Supply
from gis.coverage.units import Units
from gis.kernels.arrays import Flags, Floats, Nearest
from gis.kernels.straight import nearest_straight
from gis.network import Places
from layers.crs import geodesic_m, metric_crs
from layers.text import Text

if TYPE_CHECKING:
    from gis.network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """Nearest facility of each point of demand.

    Attributes
    ----------
    straight, road
        In metres: on the ellipsoid, and walking by road (None where there is no network).
    on_road
        Which points have a road within the snapping distance.
    """

    straight: Nearest
    road: Nearest | None
    on_road: Flags
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
        Which points count at all: the number and (where distance matters) the place are known.
    """

    demand: Demand
    served: Floats
    counted: Flags
    distances: Distances
    assumptions: tuple[Text, ...] = ()


def distances_of(
    demand: Demand, supply: Supply, network: "Network | None", *, snap_max_m: float
) -> Distances:
    """Measure from every point of demand to its nearest facility, straight and (with a network) by road."""
    straight = _straight(demand, supply)
    if network is None:
        return Distances(straight=straight, road=None, on_road=np.isfinite(demand.lon))
    homes = network.snap(*network.to_plane(demand.lon, demand.lat), max_m=snap_max_m)
    sites = network.snap(*network.to_plane(supply.lon, supply.lat), max_m=snap_max_m)
    road = network.cost_of(homes, sites)
    beside = (straight.cost <= _off_road(homes, sites, straight, snap_max_m)) & (straight.cost < road.cost)
    cost = np.where(beside, straight.cost, np.maximum(road.cost, straight.cost))
    road = Nearest(cost, np.where(beside, straight.source, road.source))
    placed = np.isfinite(supply.lon)
    return Distances(
        straight=straight,
        road=road,
        on_road=homes.found,
        assumptions=(
            *network.notes,
            *_snap_notes(int((placed & ~sites.found).sum()), int(beside.sum()), snap_max_m),
        ),
    )


def _off_road(homes: Places, sites: Places, straight: Nearest, snap_max_m: float) -> Floats:
    """Give the longer way to a road, of a point or of the facility nearest to it in a straight line."""
    home = np.where(homes.found, homes.off, snap_max_m)
    site = np.append(np.where(sites.found, sites.off, snap_max_m), 0.0)
    return np.asarray(np.maximum(home, site[straight.source]))


def _straight(demand: Demand, supply: Supply) -> Nearest:
    lon = np.concatenate([demand.lon, supply.lon])
    lat = np.concatenate([demand.lat, supply.lat])
    if not np.isfinite(lon).any():
        return Nearest(np.full(len(demand), np.inf), np.full(len(demand), -1, np.int64))
    crs = metric_crs((np.nanmin(lon), np.nanmin(lat), np.nanmax(lon), np.nanmax(lat)))
    x, y = pyproj.Transformer.from_crs("EPSG:4490", crs, always_xy=True).transform(lon, lat)
    size = len(demand)
    found = nearest_straight(x[:size], y[:size], source_x=x[size:], source_y=y[size:])
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
                f"{sites} facilities have no road within {snap_max_m:g} m and cannot be reached by road.",
            )
        )
    if beside:
        notes.append(
            Text(
                f"{beside} 个需求点到设施比到道路更近，按直线步行计。",
                f"{beside} points of demand are nearer to a facility than to a road and walk straight to it.",
            )
        )
    return notes


def reach_of(plan: Plan, demand: Demand, distances: Distances) -> Outcome:
    """Judge C5 and C6: is the nearest facility within each limit?"""
    cost = (distances.road if plan.by_road and distances.road is not None else distances.straight).cost
    served = np.stack([cost <= limit for limit in plan.limits_m]).astype(np.float64)
    counted = np.isfinite(demand.weight) & np.isfinite(demand.lon)
    notes = (*distances.assumptions, *_placeless_note(demand))
    return Outcome(demand=demand, served=served, counted=counted, distances=distances, assumptions=notes)


def _placeless_note(demand: Demand) -> tuple[Text, ...]:
    lost = demand.weight[np.isfinite(demand.weight) & ~np.isfinite(demand.lon)]
    if len(lost) == 0:
        return ()
    return (
        Text(
            f"{lost.sum():,.0f} {demand.unit_of_measure}（{len(lost)} 处）没有位置，不能判断，不计入分子和分母。",
            f"{lost.sum():,.0f} ({demand.measure.en}, {len(lost)} entries) have no location: they cannot be judged and "
            "count on neither side.",
        ),
    )


def land_reach(plan: Plan, land: Land, supply: Supply, distances: Distances) -> Outcome:
    """Judge C3: the share of residential land within each limit."""
    served = np.stack([land.share_within(supply, limit) for limit in plan.limits_m])
    counted = np.ones(len(land.demand), bool)
    return Outcome(demand=land.demand, served=served, counted=counted, distances=distances)


def unit_reach(
    plan: Plan, units: Units, supply: Supply, network: "Network | None", *, snap_max_m: float
) -> Outcome:
    """Judge C1 and C2: does the unit hold a facility, or is it assigned to one?"""
    members = units.at(plan.request.by)
    holding, notes = holding_units(units, supply, level=plan.request.by)
    served = holding[members]
    if plan.definition.id == "C2":
        assigned, more = assigned_units(units, supply, level=plan.request.by)
        served = served | assigned[members]
        notes = (*notes, *more)
    demand = units_as_demand(units, members)
    distances = distances_of(demand, supply, network, snap_max_m=snap_max_m)
    counted = np.ones(len(demand), bool)
    return Outcome(
        demand=demand,
        served=served[None, :].astype(np.float64),
        counted=counted,
        distances=distances,
        assumptions=notes,
    )
