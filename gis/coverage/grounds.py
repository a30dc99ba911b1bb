"""What a question counts, taken from a workspace: units to report by, and people, land, buildings or units."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely

from gis.coverage.asked import LEVELS, area_layers
from gis.coverage.buildings import buildings_of
from gis.coverage.definitions import UNIT_DEFINITIONS
from gis.coverage.demand import Demand, DemandLayers, demand_of, units_as_demand
from gis.coverage.land import Land, all_land_of, land_of
from gis.coverage.plan import Plan
from gis.coverage.request import CoverageRequest
from gis.coverage.units import Units, units_of, with_areas
from gis.network import Network, workspace_network
from layers.errors import InputError, NotFoundError
from layers.specs import spec_of
from layers.text import Text
from layers.vocabulary import label_of

if TYPE_CHECKING:
    from layers.model import Layer
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ground:
    """What is counted; ``land`` holds its polygons where it is land."""

    demand: Demand
    land: Land | None = None


def network_in(workspace: "Workspace", request: CoverageRequest) -> Network | None:
    """Take the network a request travels on; None for straight distances and where there are no usable roads."""
    if request.travel == "straight":
        return None
    return workspace_network(workspace, request.mode, request.barriers, slope=request.slope)


def ground_in(workspace: "Workspace", plan: Plan, units: Units) -> Ground:
    """Take what the plan's definition counts.

    Raises
    ------
    InputError
        When C3 finds no areas.
    NotFoundError
        When a layer the definition needs has no data.
    """
    kind, level = plan.definition.id, plan.request.by
    if kind in UNIT_DEFINITIONS:
        return Ground(units_as_demand(units, units.at(level)))
    if kind == "C3":
        land = _land(workspace, units, level)
        return Ground(land.demand, land)
    if kind == "C4":
        return Ground(buildings_of(workspace.layer("building"), units, level=level))
    return Ground(demand_in(workspace, plan, units))


def _land(workspace: "Workspace", units: Units, level: str) -> Land:
    quarters, all_units = (
        workspace.layer_or_none("residential_quarter"),
        workspace.layer_or_none("admin_unit"),
    )
    if quarters is None and all_units is not None:
        return all_land_of(all_units, units, level=level)
    return land_of(workspace.layer("residential_quarter"), units, level=level)


def units_in(workspace: "Workspace", plan: Plan) -> tuple[Units, Plan]:
    """Take the units; where none is of the level asked for, report by the finest there is and say so.

    Raises
    ------
    InputError
        When the layer to report by holds no areas.
    NotFoundError
        When the layer of areas to report by has no data, or units are counted and there are none.
    """
    layer = workspace.layer_or_none("admin_unit")
    units = units_of(layer, on=plan.on, settings=workspace.settings)
    asked = plan.request.by
    if asked not in LEVELS:
        areas = with_areas(units, workspace.layer(asked))
        if not len(areas.at(asked)):
            raise _without_areas(workspace, asked)
        return areas, plan
    if len(units.at(asked)):
        return units, plan
    if units.whole and plan.definition.id in UNIT_DEFINITIONS:
        workspace.layer("admin_unit")
    by = units.finest()
    note = Text(
        f"没有“{label_of('unit_level', asked).zh}”一级的单元，改按“{label_of('unit_level', by).zh}”汇总。",
        f"There are no units of level {label_of('unit_level', asked).en!r}; rows are by "
        f"{label_of('unit_level', by).en!r} instead.",
    )
    return units, replace(plan, request=replace(plan.request, by=by), assumptions=(*plan.assumptions, note))


def _without_areas(workspace: "Workspace", layer_id: str) -> InputError:
    """Refuse to report by a layer of points, naming the layers of the workspace that hold areas."""
    present = workspace.store.layer_ids()
    having = [one for one in area_layers() if one in present and _has_areas(workspace.layer(one))]
    label = spec_of(layer_id).label
    words = (*LEVELS, *having)
    return InputError(
        Text(
            f"图层“{label.zh}”（{layer_id}）里都是点，没有面，不能按它汇总。",
            f"Layer {layer_id} holds points and no areas: nothing can be reported by it.",
        ),
        Text(f"可用：{'、'.join(words)}。", f"Use one of: {', '.join(words)}."),
    )


def _has_areas(layer: "Layer") -> bool:
    return bool((shapely.get_dimensions(layer.frame.geometry.to_numpy()) == 2).any())  # noqa: PLR2004 - areas


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
