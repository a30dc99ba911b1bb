"""What a question about services starts from: who is to be served, what serves, and the way between them."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyproj
from scipy.sparse import csr_matrix

from gis.coverage.demand import Demand, DemandLayers, demand_of
from gis.coverage.plan import Plan, plan_of
from gis.coverage.request import CoverageRequest
from gis.coverage.supply import Supply, supply_of
from gis.coverage.units import Units, units_of
from gis.kernels.arrays import Floats
from gis.kernels.straight import pairs_straight
from gis.network import Network, Places, workspace_network
from gis.network.travel import kept_within, looked_up
from layers.crs import metric_crs
from layers.errors import NotFoundError
from layers.norms import NormProfile, load_profile
from layers.text import Text
from layers.vocabulary import label_of

if TYPE_CHECKING:
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
    """

    plan: Plan
    profile: NormProfile
    units: Units
    supply: Supply
    demand: Demand
    network: Network | None
    snap_max_m: float

    @property
    def layer_ids(self) -> tuple[str, ...]:
        """Layers the answer rests on."""
        roads = () if self.network is None else ("road",)
        return (self.plan.request.layer_id, "admin_unit", *self.demand.layers, *roads)


def situation_of(workspace: "Workspace", request: CoverageRequest) -> Situation:
    """Take demand, supply and network from a workspace.

    Raises
    ------
    InputError
        When parameters are unknown, out of range or contradict each other.
    NotFoundError
        When the layer of facilities has no data, or nobody to be served is known.
    """
    profile = load_profile(workspace.settings.norm_profile)
    layer = workspace.layer(request.layer_id)
    network = None if request.travel == "straight" else workspace_network(workspace)
    dated = replace(request, on=request.on or workspace.day)
    units, plan = units_in(workspace, plan_of(dated, profile, has_roads=network is not None))
    return Situation(
        plan=plan,
        profile=profile,
        units=units,
        supply=supply_of(layer, on=plan.on, filters=request.filters),
        demand=demand_in(workspace, plan, units),
        network=network if plan.by_road else None,
        snap_max_m=profile.number("snap_max_m", on=plan.on),
    )


def units_in(workspace: "Workspace", plan: Plan) -> tuple[Units, Plan]:
    """Take the units; where none is of the level asked for, report by the finest there is and say so."""
    layer = workspace.layer_or_none("admin_unit")
    units = units_of(layer, on=plan.on, settings=workspace.settings)
    asked = plan.request.by
    if len(units.at(asked)):
        return units, plan
    if units.whole and plan.definition.id in {"C1", "C2"}:
        workspace.layer("admin_unit")
    by = units.finest()
    note = Text(
        f"没有“{_level(asked).zh}”一级的单元，改按“{_level(by).zh}”汇总。",
        f"There are no units of level {_level(asked).en!r}; rows are by {_level(by).en!r} instead.",
    )
    return units, replace(plan, request=replace(plan.request, by=by), assumptions=(*plan.assumptions, note))


def demand_in(workspace: "Workspace", plan: Plan, units: Units) -> Demand:
    """Take the people of a workspace from the best source there is.

    Raises
    ------
    NotFoundError
        When there is neither population nor residential nor unit data.
    """
    layers = DemandLayers(
        population=workspace.layer_or_none("population"),
        quarters=workspace.layer_or_none("residential_quarter"),
        units=workspace.layer_or_none("admin_unit"),
    )
    demand = demand_of(layers, units, level=plan.request.by, field=plan.request.population_field)
    if demand is None:
        raise NotFoundError(
            Text(
                "没有人口、居住区或行政区划数据，不知道要服务谁。",
                "There is no population, residential or unit data: nobody to be served is known.",
            ),
            Text(
                "先导入其中之一：fangyu import population 文件名。",
                "Import one of them: fangyu import population FILE.",
            ),
        )
    return demand


def travel_m(situation: Situation, lon: Floats, lat: Floats, *, limit_m: float) -> csr_matrix:
    """Return the metres from every given place to every point of demand within ``limit_m``: (places, n_demand).

    By road where the situation has a network, else straight; as in coverage a road is never shorter than the straight
    line, and what lies closer together than to any road is walked straight. A stored 0 is no distance; places and
    demand of unknown position reach nothing.
    """
    straight = _straight_m(situation.demand, lon, lat, limit_m)
    network = situation.network
    if network is None:
        return straight
    sites = network.snap(*network.to_plane(lon, lat), max_m=situation.snap_max_m)
    homes = network.snap(
        *network.to_plane(situation.demand.lon, situation.demand.lat), max_m=situation.snap_max_m
    )
    road = looked_up(network.travel(sites, homes, limit_m), straight)
    beside = (straight.data <= _off_road(homes, sites, straight, situation.snap_max_m)) & (
        straight.data < road
    )
    cost = np.where(beside, straight.data, np.maximum(road, straight.data))
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


def _level(level: str) -> Text:
    return label_of("unit_level", level)
