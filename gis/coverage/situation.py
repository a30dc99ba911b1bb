"""What a question about services starts from: who is to be served, what serves, and the way between them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
from scipy.sparse import csr_matrix

from gis.coverage.changes import Change
from gis.coverage.demand import Demand
from gis.coverage.gaps.barriers import Barriers, barriers_of
from gis.coverage.grounds import Ground, demand_in, ground_in, network_in, units_in
from gis.coverage.homes import Homes, homes_of
from gis.coverage.land import Land
from gis.coverage.plan import LEVELS, Plan, check_request, plan_of
from gis.coverage.provenance import provenance
from gis.coverage.request import CoverageRequest
from gis.coverage.supply import Supply, supply_of
from gis.coverage.units import Units
from gis.kernels.arrays import Floats
from gis.kernels.straight import pairs_straight
from gis.network import Network, Places
from gis.network.slope import slope_note
from gis.network.travel import kept_within, looked_up
from layers.crs import metric_crs
from layers.norms import NormProfile, load_profile

if TYPE_CHECKING:
    from layers.model import Layer
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Demand, supply and the way between them on one day.

    Attributes
    ----------
    network
        None where there is no road layer, or a straight distance was asked for.
    snap_max_m
        Farthest a place may lie from a road.
    homes
        Where demand stands, in the plane and on the network.
    land
        The polygons of ``demand`` where it is land (C3).
    district
        Code and name of the district.
    made
        Program, layers and day the answer rests on.
    barriers
        Gives what nobody walks across, read when first asked for; None where nothing is known of it.
    layer
        The facilities as the workspace has them, before any change.
    """

    plan: Plan
    profile: NormProfile
    units: Units
    supply: Supply
    demand: Demand
    network: Network | None
    snap_max_m: float
    homes: Homes
    layer: "Layer"
    land: Land | None = None
    barriers: "Callable[[], Barriers] | None" = field(default=None, repr=False)
    district: tuple[str, str] = ("", "")
    made: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def after(self, changes: tuple[Change, ...], *, scenario: str = "") -> "Situation":
        """Return the situation after changes to the facilities as the workspace has them; cheap, nothing is read.

        Changes of an earlier ``after`` do not stay: ``after(())`` is the situation as it is.

        Raises
        ------
        InputError
            When changes contradict each other or the layer.
        NotFoundError
            When a facility to be changed is not in the layer.
        """
        request = replace(self.plan.request, changes=tuple(changes), scenario=scenario)
        supply = supply_of(self.layer, on=self.plan.on, filters=request.filters, changes=request.changes)
        return replace(self, plan=replace(self.plan, request=request), supply=supply)

    @property
    def layer_ids(self) -> tuple[str, ...]:
        """Layers the answer rests on."""
        asked = self.plan.request
        roads = () if self.network is None else ("road", *asked.barriers)
        areas = () if asked.by in LEVELS else (asked.by,)
        return (asked.layer_id, "admin_unit", *areas, *self.demand.layers, *roads)


def situation_of(workspace: "Workspace", request: CoverageRequest) -> Situation:
    """Take people, supply and network from a workspace; raises as ``prepare`` does."""
    return _situation(workspace, request, lambda plan, units: Ground(demand_in(workspace, plan, units)))


def prepare(workspace: "Workspace", request: CoverageRequest) -> Situation:
    """Take what the request's definition counts, supply (after the request's changes) and network from a workspace.

    Only the supply depends on the changes: ask ``after`` for others.

    Raises
    ------
    InputError
        When parameters are unknown, out of range or contradict each other.
    NotFoundError
        When the layer of facilities, or a layer the definition needs, has no data, or a facility to be changed is
        not in it.
    """
    return _situation(workspace, request, lambda plan, units: ground_in(workspace, plan, units))


def _situation(
    workspace: "Workspace", request: CoverageRequest, take: Callable[[Plan, Units], Ground]
) -> Situation:
    check_request(request)
    profile = load_profile(request.norms or workspace.settings.norm_profile)
    layer = workspace.layer(request.layer_id)
    network = network_in(workspace, request)
    dated = replace(request, on=request.on or workspace.day)
    units, plan = units_in(
        workspace, sloping(plan_of(dated, profile, has_roads=network is not None), network)
    )
    supply = supply_of(layer, on=plan.on, filters=request.filters, changes=request.changes)
    ground = take(plan, units)
    travelled = network if plan.by_road else None
    snap_max_m = profile.number("snap_max_m", on=plan.on)
    here = Situation(
        plan=plan,
        profile=profile,
        units=units,
        supply=supply,
        demand=ground.demand,
        network=travelled,
        snap_max_m=snap_max_m,
        homes=homes_of(ground.demand, travelled, snap_max_m=snap_max_m),
        layer=layer,
        land=ground.land,
        barriers=partial(barriers_of, workspace, request.barriers),
        district=(workspace.settings.code, workspace.settings.name),
    )
    return replace(here, made=made_of(workspace, here))


def made_of(workspace: "Workspace", here: Situation, more: Iterable[str] = ()) -> dict[str, Any]:
    """Name program, day and layers (``more`` besides its own) of an answer, and the slope of roads where it counts."""
    made = provenance(workspace, (*here.layer_ids, *more), on=here.plan.on)
    slope = None if here.network is None else here.network.slope
    return made if slope is None else made | {"slope": slope.as_json()}


def sloping(plan: Plan, network: Network | None) -> Plan:
    """Say in a plan how slope counts, where it does."""
    if network is None or network.slope is None:
        return plan
    return replace(plan, assumptions=(*plan.assumptions, slope_note(network.slope)))


def travel_m(
    situation: Situation, lon: Floats, lat: Floats, *, limit_m: float, towards: bool = True
) -> csr_matrix:
    """Return the metres from every given place to every point of demand within ``limit_m``: (places, n_demand).

    By road where the situation has a network, else straight; as in coverage a road is never shorter than the straight
    line, and what lies closer together than to any road is walked straight. A stored 0 is no distance; places and
    demand of unknown position reach nothing. One-way streets bind the way to the places, or from them unless
    ``towards``. Where slope counts, metres are those of flat ground that take as long.
    """
    network = situation.network
    least = 1.0 if network is None else network.edges.least_pace
    straight = _straight_m(situation.demand, lon, lat, limit_m / least)
    if network is None:
        return straight
    sites = network.snap(*network.to_plane(lon, lat), max_m=situation.snap_max_m)
    homes = situation.homes.snapped(network)
    road = looked_up(network.travel(sites, homes, limit_m, towards=towards), straight)
    beside = (straight.data <= _off_road(homes, sites, straight, situation.snap_max_m)) & (
        straight.data < road
    )
    cost = np.where(beside, straight.data, np.maximum(road, straight.data * least))
    return kept_within(straight, cost, limit=limit_m)


def _off_road(home: Places, site: Places, pairs: csr_matrix, snap_max_m: float) -> Floats:
    """Give the longer way to a road of the two ends of each pair."""
    homes, sites = (np.where(one.found, one.off, snap_max_m) for one in (home, site))
    rows = np.repeat(np.arange(pairs.shape[0]), np.diff(pairs.indptr))
    return np.asarray(np.maximum(sites[rows], homes[pairs.indices]))


def _straight_m(demand: Demand, lon: Floats, lat: Floats, limit_m: float) -> csr_matrix:
    every_lon, every_lat = np.concatenate([lon, demand.lon]), np.concatenate([lat, demand.lat])
    if not np.isfinite(every_lon).any():
        return csr_matrix((len(lon), len(demand)))
    bounds = (np.nanmin(every_lon), np.nanmin(every_lat), np.nanmax(every_lon), np.nanmax(every_lat))
    plane = pyproj.Transformer.from_crs("EPSG:4490", metric_crs(bounds), always_xy=True)
    x, y = plane.transform(every_lon, every_lat)
    return pairs_straight(
        np.asarray(x[len(lon) :]),
        np.asarray(y[len(lon) :]),
        source_x=np.asarray(x[: len(lon)]),
        source_y=np.asarray(y[: len(lon)]),
        limit=limit_m,
    )
