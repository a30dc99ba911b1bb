"""A fine mesh over the district whose edges run along rivers, shores and the district's limit.

Seeds lie in mirrored pairs beside every natural line, so the cells between them meet on that line. City and town
centres get a bent street grid instead. Units are unions of cells; country roads follow the links between cells.
"""

# ruff: noqa: PLR2004 - measures of the drawing

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.spatial import Voronoi, cKDTree

from data.samples.chance import stream
from data.samples.curves import evenly
from data.samples.plane import Bools, Floats, Ints
from data.samples.terrain import Terrain

SPACING_M = 330.0
MARGIN_M = 1500.0
PAIR_OFFSET_M = 85.0


@dataclass(frozen=True)
class Lattice:
    """One bent street grid: which mesh points belong to it, and their row and column."""

    number: int
    points: Ints
    column: Ints
    row: Ints


@dataclass(frozen=True)
class Mesh:
    """Points, the links between neighbours and the cells around them.

    Attributes
    ----------
    xy
        ``(n, 2)`` local metres; lattice points first.
    links
        ``(m, 2)`` neighbouring points; ``ridge_ends`` the two ends of the cell edge between them.
    inside, dry
        Whether the point is in the district; whether it is on land.
    lattice
        Number of the lattice of each point, -1 in the country.
    """

    xy: Floats
    links: Ints
    ridge_ends: Floats
    inside: Bools
    dry: Bools
    lattice: Ints
    lattices: tuple[Lattice, ...]


def make_mesh(terrain: Terrain, seed: int) -> Mesh:
    """Spread the points over the district and a margin around it, and link the neighbours."""
    grids = [_lattice_points(terrain, number, seed) for number in range(1 + len(_country_towns(terrain)))]
    lattice_xy = np.vstack([xy for xy, _, _ in grids])
    paired = _paired_points(terrain)
    country = _country_points(terrain, seed)
    paired = _away_from(paired, lattice_xy, 150.0)
    country = _away_from(country, np.vstack([lattice_xy, paired]), SPACING_M * 0.62)
    xy = np.vstack([lattice_xy, paired, country])
    number = np.full(len(xy), -1, dtype=np.int64)
    lattices, start = [], 0
    for index, (points, column, row) in enumerate(grids):
        ids = np.arange(start, start + len(points))
        number[ids] = index
        lattices.append(Lattice(index, ids, column, row))
        start += len(points)
    return _linked(xy, number, tuple(lattices), terrain)


def _linked(xy: Floats, number: Ints, lattices: tuple[Lattice, ...], terrain: Terrain) -> Mesh:
    diagram = Voronoi(xy)
    ends = np.asarray(diagram.ridge_vertices)
    finite = (ends >= 0).all(axis=1)
    points = shapely.points(xy)
    soaked = terrain.water.buffer(14.0)
    shapely.prepare(soaked)
    return Mesh(
        xy=xy,
        links=np.asarray(diagram.ridge_points, dtype=np.int64)[finite],
        ridge_ends=diagram.vertices[ends[finite]],
        inside=shapely.contains(terrain.area, points),
        dry=~shapely.contains(soaked, points),
        lattice=number,
        lattices=lattices,
    )


def _country_towns(terrain: Terrain) -> list[dict[str, Any]]:
    return [town for town in terrain.plan["town"] if town["kind"] == "town"]


def _lattice_points(terrain: Terrain, number: int, seed: int) -> tuple[Floats, Ints, Ints]:
    """Lay a bent grid over the city (number 0) or a town seat."""
    rng = stream(seed, f"lattice {number}")
    if number == 0:
        city = terrain.plan["city"]
        at, turn, step = np.array(city["at"]) * 1000, float(city["turn"]), float(city["block_m"])
        half = np.array([city["half_width"], city["half_height"]]) * 1000
    else:
        town = _country_towns(terrain)[number - 1]
        at, turn, step = np.array(town["seat"]) * 1000, float(town["turn"]), 205.0
        half = np.array([1.0, 0.78]) * rng.uniform(800, 1000)
    reach = int(half.max() / step) + 2
    column, row = (
        grid.ravel() for grid in np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    )
    flat = np.column_stack([column, row]) * step
    bend = step * 1.1
    phase = rng.uniform(0, 6.28, 4)
    wave = half.max() / 1.1
    flat = flat + bend * np.column_stack(
        [
            np.sin(flat[:, 1] / wave + phase[0]) + 0.3 * np.sin(flat[:, 0] / wave * 2.1 + phase[1]),
            np.sin(flat[:, 0] / wave + phase[2]) + 0.3 * np.sin(flat[:, 1] / wave * 2.3 + phase[3]),
        ]
    )
    flat += rng.normal(0, step * 0.05, flat.shape)
    angle = np.arctan2(flat[:, 1], flat[:, 0])
    edge = 1 + 0.16 * np.sin(3 * angle + phase[0]) + 0.10 * np.sin(5 * angle + phase[1])
    keep = np.hypot(flat[:, 0] / half[0], flat[:, 1] / half[1]) < edge
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    xy = flat[keep] @ spin + at
    clear = shapely.distance(terrain.water, shapely.points(xy)) > 22.0
    clear &= shapely.contains(terrain.area, shapely.points(xy))
    return xy[clear], column[keep][clear].astype(np.int64), row[keep][clear].astype(np.int64)


def _paired_points(terrain: Terrain) -> Floats:
    """Set mirrored seeds beside the district's limit, rivers and shores."""
    lines = [evenly(terrain.outline, step_m=170.0)]
    lines += [evenly(river.line, step_m=200.0) for river in terrain.rivers if river.rank != "border"]
    lines += [
        evenly(shapely.get_coordinates(shore.exterior), step_m=170.0)
        for shore in (terrain.island, terrain.lake, terrain.reservoir)
    ]
    sides = []
    for line in lines:
        direction = np.gradient(line, axis=0)
        direction /= np.hypot(*direction.T)[:, None]
        normal = np.column_stack([-direction[:, 1], direction[:, 0]]) * PAIR_OFFSET_M
        sides.append(np.stack([line + normal, line - normal], axis=1))
    kept = np.empty((0, 2))
    for pairs in sides:
        fresh = pairs
        if len(kept):
            near = np.asarray(cKDTree(kept).query(pairs.reshape(-1, 2))[0])
            fresh = pairs[(near.reshape(-1, 2) > 130.0).all(axis=1)]
        kept = np.vstack([kept, _thinned(fresh).reshape(-1, 2)])
    return kept


def _thinned(pairs: Floats) -> Floats:
    """Drop pairs that come too near an earlier pair of the same line (inside of tight bends)."""
    taken = np.ones(len(pairs), dtype=bool)
    tree = cKDTree(pairs.reshape(-1, 2))
    for one, other in sorted(tree.query_pairs(95.0)):
        first, second = one // 2, other // 2
        if first != second and taken[first] and taken[second]:
            taken[max(first, second)] = False
    return pairs[taken]


def _country_points(terrain: Terrain, seed: int) -> Floats:
    """Spread points in a jittered triangular grid over the district and a margin."""
    west, south, east, north = terrain.area.buffer(MARGIN_M).bounds
    rows = np.arange(south, north, SPACING_M * 0.866)
    grid = [
        np.column_stack(
            [
                np.arange(west, east, SPACING_M) + (i % 2) * SPACING_M / 2,
                np.full(len(np.arange(west, east, SPACING_M)), y),
            ]
        )
        for i, y in enumerate(rows)
    ]
    xy = np.vstack(grid)
    xy += stream(seed, "country").uniform(-0.34, 0.34, xy.shape) * SPACING_M
    wider = terrain.area.buffer(MARGIN_M)
    shapely.prepare(wider)
    near: Bools = shapely.contains(wider, shapely.points(xy))
    kept: Floats = xy[near]
    return kept


def _away_from(points: Floats, others: Floats, gap_m: float) -> Floats:
    distance = np.asarray(cKDTree(others).query(points)[0])
    kept: Floats = points[distance > gap_m]
    return kept
