"""Which links of the mesh are roads, of which class and name: highways first, then ever smaller ones.

Every route is a cheapest path on which links that are roads already cost less, so routes merge as real ones do.
Crossing a stream costs as much as a detour of several hundred metres; lake, reservoir and border river are barred.
"""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from data.samples.chance import stream
from data.samples.mesh import Lattice, Mesh
from data.samples.plane import Bools, Floats, Ints
from data.samples.settlements import Settlements
from data.samples.terrain import Terrain
from data.samples.units import Grown

CLASSES = ("trunk", "primary", "secondary", "tertiary", "residential")
NO_ROAD = len(CLASSES)
CROSSING_M = {"main": 2500.0, "canal": 1400.0, "branch": 700.0, "ditch": 420.0}
DISCOUNT = (0.55, 0.6, 0.65, 0.7, 0.8, 1.0)


@dataclass
class Plan:
    """The roads so far, link by link (changed in place while routes are added, then read only).

    Attributes
    ----------
    links
        ``(m, 2)`` mesh links a road may follow.
    crosses
        Whether the link goes over a stream.
    rank
        Position in ``CLASSES``, ``NO_ROAD`` when there is none.
    name
        Index of the road's name in ``names``, -1 when it has none.
    """

    links: Ints
    crosses: Bools
    cost: Floats
    rank: Ints
    name: Ints
    size: int
    names: list[str] = field(default_factory=list)

    @cached_property
    def rows(self) -> Any:
        """The links both ways as a sparse matrix holding link number + 1."""
        ends = np.vstack([self.links, self.links[:, ::-1]])
        number = np.tile(np.arange(1, len(self.links) + 1), 2)
        return csr_array((number, (ends[:, 0], ends[:, 1])), shape=(self.size, self.size))

    @cached_property
    def index(self) -> Mapping[tuple[int, int], int]:
        """The link of every ordered pair of points."""
        ends = np.sort(self.links, axis=1).tolist()
        return {(one, other): number for number, (one, other) in enumerate(ends)}

    def graph(self) -> Any:
        """Give the cost of every link as a sparse matrix, cheaper where there is a road."""
        cost = self.cost * np.array(DISCOUNT)[self.rank]
        return csr_array(
            (cost[self.rows.data - 1], self.rows.indices, self.rows.indptr), shape=self.rows.shape
        )

    def ways(self, start: int, goals: Iterable[int], *, within: float = np.inf) -> list[Ints]:
        """Give the links of the cheapest way from ``start`` to each goal (empty when there is none within)."""
        begin = np.array(start)
        _, before = dijkstra(self.graph(), indices=begin, return_predecessors=True, limit=within)
        return [self.walk(before, goal) for goal in goals]

    def walk(self, before: Any, goal: int) -> Ints:
        """Give the links from ``goal`` back to where the search began."""
        links = []
        while before[goal] >= 0:
            step = int(before[goal])
            links.append(self.index[(min(step, goal), max(step, goal))])
            goal = step
        return np.asarray(links, dtype=np.int64)

    def mark(self, chosen: Ints, rank: int, name: str | None = None) -> None:
        """Make links roads of at least this class; the first name of a link stays."""
        if name is not None:
            if name not in self.names:
                self.names.append(name)
            fresh = chosen[self.name[chosen] < 0]
            self.name[fresh] = self.names.index(name)
        self.rank[chosen] = np.minimum(self.rank[chosen], rank)


def plan_roads(terrain: Terrain, mesh: Mesh, grown: Grown, homes: Settlements, seed: int) -> Plan:
    """Choose the roads of the whole district."""
    plan = _possible(terrain, mesh)
    rng = stream(seed, "routes")
    for lattice in mesh.lattices:
        _streets(plan, lattice, rng)
    seats = {town["name"]: np.array(town["seat"]) * 1000 for town in terrain.plan["town"]}
    for highway in terrain.plan["highway"]:
        _highway(plan, mesh, highway, seats)
    _unit_roads(plan, mesh, grown)
    _village_roads(plan, grown, homes, rng)
    return plan


def _possible(terrain: Terrain, mesh: Mesh) -> Plan:
    land = mesh.inside & mesh.dry
    links = mesh.links[land[mesh.links].all(axis=1)]
    lines = shapely.linestrings(mesh.xy[links])
    length = shapely.length(lines)
    barred = shapely.intersects(terrain.wide_water, lines) | ~shapely.contains(terrain.area, lines)
    barred |= (length > 900.0) | _diagonal(mesh, links)
    toll = np.zeros(len(links))
    for river in terrain.rivers:
        if river.rank != "border":
            wet = river.path.buffer(river.width_m / 2 + 3.0)
            shapely.prepare(wet)
            toll += CROSSING_M[river.rank] * shapely.intersects(wet, lines)
    ends = terrain.height_m(mesh.xy[links.ravel()]).reshape(-1, 2)
    cost = length * (1 + ends.mean(axis=1) / 90) + 9.0 * np.abs(ends[:, 0] - ends[:, 1]) + toll
    keep = ~barred
    count = int(keep.sum())
    return Plan(
        links=links[keep],
        crosses=toll[keep] > 0,
        cost=cost[keep],
        rank=np.full(count, NO_ROAD),
        name=np.full(count, -1),
        size=len(mesh.xy),
    )


def _diagonal(mesh: Mesh, links: Ints) -> Bools:
    """Tell which links run across a block of a street grid instead of along it."""
    column, row = np.zeros(len(mesh.xy), dtype=np.int64), np.zeros(len(mesh.xy), dtype=np.int64)
    for lattice in mesh.lattices:
        column[lattice.points], row[lattice.points] = lattice.column, lattice.row
    number = mesh.lattice[links]
    same = (number[:, 0] == number[:, 1]) & (number[:, 0] >= 0)
    steps = np.abs(np.diff(column[links], axis=1)) + np.abs(np.diff(row[links], axis=1))
    across: Bools = same & (steps[:, 0] != 1)
    return across


def _streets(plan: Plan, lattice: Lattice, rng: np.random.Generator) -> None:
    """Open the streets of a grid: wide ones every few blocks, a few small ones missing, bridges on wide ones."""
    every = 3 if lattice.number == 0 else 2
    at = np.full(plan.size, -1, dtype=np.int64)
    at[lattice.points] = np.arange(len(lattice.points))
    mine = np.flatnonzero((at[plan.links] >= 0).all(axis=1))
    ends = at[plan.links[mine]]
    upright = lattice.column[ends[:, 0]] == lattice.column[ends[:, 1]]
    line = np.where(upright, lattice.column[ends[:, 0]], lattice.row[ends[:, 0]])
    wide = line % every == 0
    widest = line % (2 * every) == 0
    side = np.where(upright, lattice.row[ends].mean(axis=1), lattice.column[ends].mean(axis=1)) > 0
    gone = ~wide & (plan.crosses[mine] | (rng.random(len(mine)) < 0.13))
    city = lattice.number == 0
    rank = np.where(widest, 1 if city else 3, np.where(wide, 2 if city else 4, 3 if city else 4))
    rank = np.where(~wide & (rng.random(len(mine)) < 0.6), 4, rank)
    for way in np.unique(line).tolist():
        for is_upright in (True, False):
            for positive in (True, False):
                some = (line == way) & (upright == is_upright) & (side == positive) & ~gone
                for one in np.unique(rank[some]).tolist():
                    key = (
                        f"grid/{lattice.number}/{'c' if is_upright else 'r'}/{way}/{'+' if positive else '-'}"
                    )
                    plan.mark(mine[some & (rank == one)], one, key)


def _highway(plan: Plan, mesh: Mesh, highway: Mapping[str, Any], seats: Mapping[str, Floats]) -> None:
    usable = np.unique(plan.links)
    stops = [seats[stop] if isinstance(stop, str) else np.array(stop) * 1000 for stop in highway["by"]]
    nodes = [int(usable[np.hypot(*(mesh.xy[usable] - stop).T).argmin()]) for stop in stops]
    rank = CLASSES.index(highway["class"])
    for start, goal in itertools.pairwise(nodes):
        (links,) = plan.ways(start, [goal])
        plan.mark(links, rank, highway["name"])


def _unit_roads(plan: Plan, mesh: Mesh, grown: Grown) -> None:
    """Join every rural unit to its town seat, and neighbouring units with each other where that is short."""
    rural = np.flatnonzero(~grown.urban & ~grown.town_seat)
    for town in range(int(grown.town_of.max()) + 1):
        members = rural[grown.town_of[rural] == town]
        head = np.flatnonzero((grown.town_of == town) & (grown.town_seat | grown.urban))
        home = int(grown.seats[head[0]])
        ways = plan.ways(home, grown.seats[members].tolist())
        for unit, links in zip(members.tolist(), ways, strict=True):
            plan.mark(links, 3, f"unit/{unit}")
    pairs = grown.unit_of[mesh.links]
    pairs = np.unique(np.sort(pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs >= 0).all(axis=1)], axis=1), axis=0)
    both = pairs[~grown.urban[pairs].any(axis=1) & ((pairs.sum(axis=1) % 5) < 3)]
    for one in np.unique(both[:, 0]).tolist():
        others = both[both[:, 0] == one, 1].tolist()
        ways = plan.ways(int(grown.seats[one]), grown.seats[others].tolist(), within=6000.0)
        for other, links in zip(others, ways, strict=True):
            straight = float(np.hypot(*(mesh.xy[grown.seats[one]] - mesh.xy[grown.seats[other]])))
            if plan.cost[links].sum() < 1.7 * straight + 900.0:
                plan.mark(links, 3, f"pair/{one}/{other}")


def _village_roads(plan: Plan, grown: Grown, homes: Settlements, rng: np.random.Generator) -> None:
    """Join the natural villages to the nearest road, the nearer ones first."""
    waiting = homes.node
    for share in (0.45, 0.45, 0.5, 0.6, 0.7, 1.0):
        roads = np.unique(np.append(plan.links[plan.rank < NO_ROAD], grown.seats))
        waiting = waiting[~np.isin(waiting, roads)]
        if not len(waiting):
            return
        away, before, _ = dijkstra(plan.graph(), indices=roads, min_only=True, return_predecessors=True)
        waiting = waiting[np.isfinite(away[waiting])]
        limit = np.quantile(away[waiting], share)
        for node in waiting[away[waiting] <= limit].tolist():
            plan.mark(plan.walk(before, node), 4)
    extra = rng.choice(homes.node, len(homes.node) // 3, replace=False)
    plan.mark(_loops(plan, homes, extra), 4)


def _loops(plan: Plan, homes: Settlements, chosen: Ints) -> Ints:
    """Give short extra ways between neighbouring villages, so that the country is not only trees."""
    found, graph = [], plan.graph()
    for node in chosen.tolist():
        away, before = dijkstra(graph, indices=np.array(node), limit=1400.0, return_predecessors=True)
        others = homes.node[(homes.node != node) & np.isfinite(away[homes.node])]
        if len(others) > 1:
            goal = int(others[np.argsort(away[others])[1]])
            links = plan.walk(before, goal)
            if not plan.crosses[links].any():
                found.append(links)
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
