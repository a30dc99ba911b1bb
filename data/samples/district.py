"""The whole fictional district, drawn step by step from one seed."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from data.samples.gazetteer import Gazetteer, name_everything
from data.samples.landmarks import Land
from data.samples.mesh import Mesh, make_mesh
from data.samples.network import Network
from data.samples.people import Town, Unit, inhabit
from data.samples.quarters import Block, Cell, housing, population_cells
from data.samples.roads import build_roads
from data.samples.routes import plan_roads
from data.samples.settlements import Settlements, settle
from data.samples.terrain import Terrain, make_terrain
from data.samples.through import add_through_lines
from data.samples.units import Grown, grow_units

NOT_WALKED = frozenset({"motorway", "rail", "ferry"})


@dataclass(frozen=True)
class District:
    """Everything the files are written from, in local metres."""

    seed: int
    terrain: Terrain
    mesh: Mesh
    homes: Settlements
    units: tuple[Unit, ...]
    towns: tuple[Town, ...]
    shape: Any
    network: Network
    quarters: list[Block]
    others: list[Block]
    cells: list[Cell]
    names: Gazetteer

    @cached_property
    def doorsteps(self) -> tuple[list[tuple[float, float]], ...]:
        """Places on streets people walk, unit by unit, nearest to the seat first."""
        used = sorted(
            {
                n
                for e in self.network.edges
                if e.road_class in _DOORS and not e.bridge
                for n in (e.start, e.stop)
            }
        )
        places = np.array([self.network.nodes[node] for node in used])
        tree = shapely.STRtree(shapely.points(places))
        found = []
        for unit in self.units:
            mine = np.sort(tree.query(unit.shape, predicate="contains"))
            order = np.argsort(np.hypot(*(places[mine] - np.array(unit.seat)).T), kind="stable")
            found.append([(float(x), float(y)) for x, y in places[mine[order]]] or [unit.seat])
        return tuple(found)

    def address(self, unit: int, number: int) -> str:
        """Write the address of a house of a unit."""
        here = self.units[unit]
        return f"云溪区{self.towns[here.town].name}{here.name}{number % 180 + 1}号"

    def doorstep(self, unit: int, rng: np.random.Generator, *, reach: int = 10) -> shapely.Point:
        """Take a place beside a street of a unit, among the ``reach`` nearest to its seat."""
        near = self.doorsteps[unit][:reach]
        for _ in range(20):
            x, y = near[int(rng.integers(0, len(near)))]
            at = shapely.Point(x + rng.uniform(-35, 35), y + rng.uniform(-35, 35))
            if self.units[unit].shape.contains(at) and not self.terrain.banks.contains(at):
                return at
        return shapely.Point(near[0])


_DOORS = frozenset({"primary", "secondary", "tertiary", "residential"})


def rehomed(homes: Settlements, mesh: Mesh, network: Network, grown: Grown) -> Settlements:
    """Give every village the unit it lies in now that roads were straightened and villages moved with them."""
    places = [
        network.nodes[network.at[p]] if p in network.at else tuple(mesh.xy[p]) for p in homes.node.tolist()
    ]
    village, unit = shapely.STRtree(list(grown.shapes)).query(
        shapely.points(np.array(places)), predicate="within"
    )
    units = homes.unit.copy()
    units[village] = unit
    return replace(homes, unit=units)


def draw_district(seed: int) -> District:
    """Draw the district: land, units, villages, roads, people, homes, names."""
    terrain = make_terrain(seed)
    mesh = make_mesh(terrain, seed)
    grown = grow_units(terrain, mesh, seed)
    homes = settle(terrain, mesh, grown, seed)
    shape = shapely.coverage_union_all(list(grown.shapes))
    network = build_roads(terrain, mesh, plan_roads(terrain, mesh, grown, homes, seed), homes, seed)
    add_through_lines(network, terrain, shape)
    homes = rehomed(homes, mesh, network, grown)
    units, towns = inhabit(terrain, mesh, grown, homes, seed)
    quarters, others = housing(terrain, mesh, grown, homes, network, seed)
    cells = population_cells(terrain, units, quarters, homes, network)
    land = Land(terrain, mesh, homes, units, towns, network, quarters, others, shape)
    names = name_everything(land, seed)
    return District(seed, terrain, mesh, homes, units, towns, shape, network, quarters, others, cells, names)
