"""Nine towns and some 130 villages and communities: an exact partition of the district.

Units grow over the mesh from their seats, rivers and hills slow them down, so limits tend to follow water and
ridges. The cell edges between two units are one line shared by both.
"""

# ruff: noqa: ANN401 - shapely is untyped

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from data.samples.chance import stream
from data.samples.curves import rounded
from data.samples.mesh import Mesh
from data.samples.plane import Bools, Floats, Ints
from data.samples.terrain import Terrain

URBAN_UNITS = 44
RURAL_UNITS = 81
DISTRICT_CODE = "329901"


@dataclass(frozen=True)
class Grown:
    """The partition before anybody lives there.

    Attributes
    ----------
    unit_of
        Unit of every mesh point, -1 outside the district.
    town_of
        Town of every unit.
    seats
        Mesh point of every unit's seat.
    shapes
        One polygon per unit, in local metres; neighbours share their vertices exactly.
    urban
        Whether the unit lies in the city; ``town_seat`` whether it holds a town's seat.
    """

    unit_of: Ints
    town_of: Ints
    seats: Ints
    shapes: tuple[shapely.Polygon, ...]
    urban: Bools
    town_seat: Bools


def grow_units(terrain: Terrain, mesh: Mesh, seed: int) -> Grown:
    """Divide the district."""
    city = (mesh.lattice == 0) & mesh.inside
    seats, urban, town_seat = _seats(terrain, mesh, city, seed)
    unit_of = _grown(terrain, mesh, seats)
    shapes = _shapes(mesh, unit_of, len(seats))
    town_of = _towns(terrain, mesh, unit_of, seats)
    return Grown(unit_of, town_of, seats, shapes, urban, town_seat)


def _seats(terrain: Terrain, mesh: Mesh, city: Bools, seed: int) -> tuple[Ints, Bools, Bools]:
    """Choose the seats: the city by blocks, the country by even spread, town seats where they were drawn."""
    rng = stream(seed, "seats")
    middle = np.array(terrain.plan["city"]["at"]) * 1000
    blocks = np.flatnonzero(city)
    crowd = 1.0 / (0.35 + (np.hypot(*(mesh.xy[blocks] - middle).T) / 3600) ** 2)
    urban = _spread(mesh.xy, blocks, np.empty(0, dtype=np.int64), URBAN_UNITS, crowd, rng)
    seats = [np.array(town["seat"]) * 1000 for town in terrain.plan["town"] if town["kind"] == "town"]
    dry = mesh.inside & mesh.dry
    fixed = np.array([np.flatnonzero(dry)[np.hypot(*(mesh.xy[dry] - at).T).argmin()] for at in seats])
    on_island = _on(terrain.island, mesh) & dry
    island = np.flatnonzero(on_island)[
        [np.hypot(*(mesh.xy[on_island] - mesh.xy[on_island].mean(0)).T).argmin()]
    ]
    land = np.flatnonzero(dry & ~city & ~on_island & (mesh.lattice < 0))
    weight = 1.0 / (1 + terrain.height_m(mesh.xy[land]) / 55)
    rural = _spread(mesh.xy, land, np.concatenate([fixed, island, urban]), RURAL_UNITS, weight, rng)
    chosen = np.concatenate([urban, fixed, island, rural])
    is_urban = np.arange(len(chosen)) < len(urban)
    is_seat = (np.arange(len(chosen)) >= len(urban)) & (np.arange(len(chosen)) < len(urban) + len(fixed))
    return chosen.astype(np.int64), is_urban, is_seat


def _on(shape: shapely.Polygon, mesh: Mesh) -> Bools:
    inside: Bools = shapely.contains(shape, shapely.points(mesh.xy))
    return inside


def _spread(
    xy: Floats, pool: Ints, fixed: Ints, count: int, weight: Floats, rng: np.random.Generator
) -> Ints:
    """Spread ``count`` seats over the points of ``pool`` evenly by weight (Lloyd), around the fixed ones."""
    at = xy[rng.choice(pool, count, replace=False, p=weight / weight.sum())]
    for _ in range(14):
        centres = np.vstack([at, xy[fixed]])
        nearest = _nearest(xy[pool], centres)
        for one in range(count):
            mine = nearest == one
            if mine.any():
                at[one] = np.average(xy[pool][mine], axis=0, weights=weight[mine])
    return np.unique(pool[_nearest(at, xy[pool])])


def _nearest(points: Floats, centres: Floats) -> Ints:
    square = (points[:, None, 0] - centres[None, :, 0]) ** 2 + (points[:, None, 1] - centres[None, :, 1]) ** 2
    found: Ints = square.argmin(axis=1)
    return found


def _grown(terrain: Terrain, mesh: Mesh, seats: Ints) -> Ints:
    """Give every point inside to the seat that reaches it most easily."""
    keep = mesh.inside[mesh.links].all(axis=1)
    links = mesh.links[keep]
    lines = shapely.linestrings(mesh.xy[links])
    cost = shapely.length(lines)
    for river in terrain.rivers:
        slow = {"border": 9000.0, "main": 2600.0, "canal": 1500.0, "branch": 900.0, "ditch": 450.0}[
            river.rank
        ]
        path = river.path
        shapely.prepare(path)
        cost = cost + slow * shapely.intersects(path, lines)
    rise = np.abs(np.diff(terrain.height_m(mesh.xy[links].reshape(-1, 2)).reshape(-1, 2), axis=1)[:, 0])
    cost = cost + 14.0 * rise + 1.2 * terrain.height_m(mesh.xy[links].mean(axis=1))
    graph = _graph(links, cost, len(mesh.xy))
    _, _, source = dijkstra(graph, directed=False, indices=seats, min_only=True, return_predecessors=True)
    order = np.full(len(mesh.xy) + 1, -1, dtype=np.int64)
    order[seats] = np.arange(len(seats))
    unit = np.where(source >= 0, order[source], -1)
    return np.where(mesh.inside, unit, -1)


def _graph(links: Ints, cost: Floats, size: int) -> Any:
    return csr_array((cost, (links[:, 0], links[:, 1])), shape=(size, size))


def _shapes(mesh: Mesh, unit_of: Ints, count: int) -> tuple[shapely.Polygon, ...]:
    """Round the shared cell edges between units, once for both sides, and close them to polygons."""
    apart = unit_of[mesh.links[:, 0]] != unit_of[mesh.links[:, 1]]
    edges = shapely.linestrings(np.round(mesh.ridge_ends[apart], 2))
    arcs = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(edges)))
    for times in (2, 1, 0):
        smooth = [shapely.LineString(rounded(shapely.get_coordinates(arc), times=times)) for arc in arcs]
        smooth = shapely.set_precision(
            shapely.simplify(smooth, 7.0 if times else 0.0), 0.01, mode="pointwise"
        )
        faces = shapely.get_parts(shapely.polygonize(smooth))
        owner = _owners(faces, mesh, unit_of)
        if len(faces) == count and len(np.unique(owner)) == count:
            return tuple(shapely.normalize(faces[np.argsort(owner)]))
    raise ValueError(f"the seed draws {len(faces)} faces for {count} units; take another seed")


def _owners(faces: Any, mesh: Mesh, unit_of: Ints) -> Ints:
    """Tell which unit has most of its mesh points in each face."""
    tree = shapely.STRtree(shapely.points(mesh.xy))
    face, point = tree.query(faces, predicate="contains")
    owner = np.full(len(faces), -1, dtype=np.int64)
    for one in range(len(faces)):
        units = unit_of[point[face == one]]
        if len(units):
            owner[one] = np.bincount(units + 1).argmax() - 1
    return owner


def _towns(terrain: Terrain, mesh: Mesh, unit_of: Ints, seats: Ints) -> Ints:
    """Gather neighbouring units into towns, each grown from the unit that holds its seat."""
    pairs = unit_of[mesh.links]
    pairs = np.unique(np.sort(pairs[(pairs[:, 0] != pairs[:, 1]) & (pairs >= 0).all(axis=1)], axis=1), axis=0)
    at = mesh.xy[seats]
    length = np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T)
    lines = shapely.linestrings(at[pairs])
    wide = shapely.union_all([river.path for river in terrain.rivers if river.rank in {"main", "canal"}])
    length = length * np.where(shapely.intersects(lines, wide), 1.9, 1.0)
    homes = np.array(
        [np.hypot(*(at - np.array(town["seat"]) * 1000).T).argmin() for town in terrain.plan["town"]]
    )
    reach = np.array([1.25 if town["kind"] == "subdistrict" else 1.0 for town in terrain.plan["town"]])
    cost = dijkstra(_graph(pairs, length, len(seats)), directed=False, indices=homes) * reach[:, None]
    return np.asarray(_contiguous(cost, pairs, homes), dtype=np.int64)


def _contiguous(cost: Floats, pairs: Ints, homes: Ints) -> Ints:
    """Take the cheapest town for each unit, but only through neighbours of the same town."""
    town = np.full(cost.shape[1], -1, dtype=np.int64)
    town[homes] = np.arange(len(homes))
    beside: list[list[int]] = [[] for _ in range(cost.shape[1])]
    for one, other in pairs.tolist():
        beside[one].append(other)
        beside[other].append(one)
    while (town < 0).any():
        offers = [
            (float(cost[town[one], other]), other, int(town[one]))
            for one in np.flatnonzero(town >= 0).tolist()
            for other in beside[one]
            if town[other] < 0
        ]
        if not offers:
            break
        _, unit, winner = min(offers)
        town[unit] = winner
    return town
