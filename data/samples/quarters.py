"""Where homes stand: blocks of the city and towns, clusters in the country, and the people on a grid of cells."""

# ruff: noqa: PLR2004 - measures of the drawing

from dataclasses import dataclass

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.curves import blob
from data.samples.mesh import Lattice, Mesh
from data.samples.network import Network
from data.samples.people import Unit, parted
from data.samples.plane import Bools, Floats, Ints
from data.samples.settlements import Settlements
from data.samples.terrain import Terrain
from data.samples.units import Grown

CELL_M = 200.0
SMALLEST_CLUSTER = 0.9


@dataclass(frozen=True)
class Block:
    """One block of a street grid that is not housing, or one residential quarter."""

    shape: shapely.Polygon
    unit: int
    weight: float
    lattice: int


@dataclass(frozen=True)
class Cell:
    """One cell of the population grid: its centre, its unit and its people."""

    x: float
    y: float
    unit: int
    population: int
    pop_60_plus: int
    pop_65_plus: int
    pop_80_plus: int


def housing(
    terrain: Terrain, mesh: Mesh, grown: Grown, homes: Settlements, network: Network, seed: int
) -> tuple[list[Block], list[Block]]:
    """Return the residential quarters, and the blocks left for parks, schools and works."""
    rng = stream(seed, "housing")
    quarters: list[Block] = []
    others: list[Block] = []
    for lattice in mesh.lattices:
        for shape in _blocks(lattice, network):
            unit = _unit_at(grown, mesh, shape)
            if unit < 0 or terrain.banks.intersects(shape):
                continue
            homes_here = rng.random() < (0.66 if lattice.number == 0 else 0.72)
            block = Block(shape, unit, shape.area / 1e4 * rng.uniform(0.6, 1.4), lattice.number)
            (quarters if homes_here else others).append(block)
    quarters += _clusters(terrain, grown, homes, network, rng)
    return quarters, others


def _blocks(lattice: Lattice, network: Network) -> list[shapely.Polygon]:
    """Give the inside of every whole mesh of a street grid, set back from the streets."""
    at = {
        (c, r): p
        for c, r, p in zip(
            lattice.column.tolist(), lattice.row.tolist(), lattice.points.tolist(), strict=True
        )
    }
    found = []
    for column, row in sorted(at):
        corners = [
            at.get(key)
            for key in ((column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1))
        ]
        if any(corner is None or corner not in network.at for corner in corners):
            continue
        ring = [network.nodes[network.at[corner]] for corner in corners if corner is not None]
        shape = shapely.Polygon(ring).buffer(-22.0 if lattice.number == 0 else -16.0, join_style="mitre")
        if shape.geom_type == "Polygon" and shape.area > 6000.0:
            found.append(shape)
    return found


def _unit_at(grown: Grown, mesh: Mesh, shape: shapely.Polygon) -> int:
    near = np.hypot(*(mesh.xy - np.array(shape.centroid.coords[0])).T).argmin()
    hit = (
        [int(grown.unit_of[near])] if grown.shapes[int(grown.unit_of[near])].contains(shape.centroid) else []
    )
    hit += (
        [number for number, unit in enumerate(grown.shapes) if unit.contains(shape.centroid)]
        if not hit
        else []
    )
    return hit[0] if hit else -1


def _clusters(
    terrain: Terrain, grown: Grown, homes: Settlements, network: Network, rng: np.random.Generator
) -> list[Block]:
    """Draw the larger natural villages as clusters of houses, long ones along dikes."""
    wet = terrain.water.buffer(6.0)
    clusters = []
    for point, unit, size in zip(homes.node.tolist(), homes.unit.tolist(), homes.size.tolist(), strict=True):
        stretch, turn, rough = rng.uniform(1.0, 3.2), rng.uniform(0, np.pi), rng.uniform(0.08, 0.2)
        if size < SMALLEST_CLUSTER or point not in network.at:
            continue
        centre = network.nodes[network.at[point]]
        shape = blob(centre, rng, radius_m=62 + 38 * size, stretch=stretch, turn=turn, rough=rough, count=9)
        shape = shapely.simplify(shape.difference(wet).intersection(grown.shapes[unit]), 3.0)
        parts = [
            part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 900.0
        ]
        if parts:
            clusters.append(Block(max(parts, key=lambda part: part.area), unit, size * 3.2, -1))
    return clusters


def population_cells(
    terrain: Terrain, units: tuple[Unit, ...], quarters: list[Block], homes: Settlements, network: Network
) -> list[Cell]:
    """Spread every unit's people over the cells its homes lie in; cells of a unit add up to the unit exactly."""
    weight: dict[tuple[int, int, int], float] = {}
    for block in quarters:
        _spread(weight, block, units)
    for point, unit, size in zip(homes.node.tolist(), homes.unit.tolist(), homes.size.tolist(), strict=True):
        if size < SMALLEST_CLUSTER and point in network.at:
            _add(weight, unit, np.array([network.nodes[network.at[point]]]), size * 2.6, units, terrain)
    for number, unit in enumerate(units):
        if not any(key[0] == number for key in weight):
            _add(weight, number, np.array([unit.seat]), 1.0, units, terrain)
    cells: list[Cell] = []
    keys = sorted(weight)
    owner = np.array([key[0] for key in keys])
    for number, unit in enumerate(units):
        mine = [keys[i] for i in np.flatnonzero(owner == number).tolist()]
        share = np.array([weight[key] for key in mine])
        counts = _nested(unit, share)
        for key, row in zip(mine, counts.tolist(), strict=True):
            if row[0]:
                cells.append(Cell((key[1] + 0.5) * CELL_M, (key[2] + 0.5) * CELL_M, number, *row))
    return cells


def _nested(unit: Unit, share: Floats) -> Ints:
    """Part population, 60+, 65+ and 80+ so that no cell has more of an older group than of a younger one."""
    people = parted(unit.population, share)
    sixty = parted(unit.pop_60_plus, people.astype(np.float64))
    older = parted(unit.pop_65_plus, sixty.astype(np.float64))
    oldest = parted(unit.pop_80_plus, older.astype(np.float64))
    return np.column_stack([people, sixty, older, oldest])


def _spread(weight: dict[tuple[int, int, int], float], block: Block, units: tuple[Unit, ...]) -> None:
    west, south, east, north = (int(np.floor(v / CELL_M)) for v in block.shape.bounds)
    columns, rows = (
        grid.ravel() for grid in np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1))
    )
    boxes = shapely.box(columns * CELL_M, rows * CELL_M, (columns + 1) * CELL_M, (rows + 1) * CELL_M)
    part = shapely.area(shapely.intersection(boxes, block.shape))
    part[~_inside(block.unit, columns, rows, units)] = 0.0
    if part.sum() <= 0:
        return
    for column, row, value in zip(
        columns.tolist(), rows.tolist(), (part / part.sum() * block.weight).tolist(), strict=True
    ):
        if value > block.weight * 0.06:
            key = (block.unit, column, row)
            weight[key] = weight.get(key, 0.0) + value


def _inside(unit: int, columns: Ints, rows: Ints, units: tuple[Unit, ...]) -> Bools:
    centres = shapely.points((columns + 0.5) * CELL_M, (rows + 0.5) * CELL_M)
    return np.asarray(shapely.contains(units[unit].shape, centres))


def _add(
    weight: dict[tuple[int, int, int], float],
    unit: int,
    xy: Floats,
    value: float,
    units: tuple[Unit, ...],
    terrain: Terrain,
) -> None:
    """Put homes into the nearest cell whose centre is in the unit and on land."""
    column, row = (int(np.floor(v / CELL_M)) for v in xy[0])
    around = [(column + i, row + j) for i in range(-4, 5) for j in range(-4, 5)]
    columns, rows = np.array(around).T
    good = _inside(unit, columns, rows, units)
    if not good.any():
        return
    centres = np.column_stack([(columns + 0.5) * CELL_M, (rows + 0.5) * CELL_M])
    good_dry = good & ~shapely.intersects(terrain.water, shapely.points(centres))
    usable = good_dry if good_dry.any() else good
    away = np.where(usable, np.hypot(*(centres - xy[0]).T), np.inf)
    best = int(away.argmin())
    key = (unit, int(columns[best]), int(rows[best]))
    weight[key] = weight.get(key, 0.0) + value
