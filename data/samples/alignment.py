"""How roads lie on the ground: corners relaxed, bends rounded, dry feet, no crossing without a junction."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from data.samples.mesh import Mesh
from data.samples.plane import Bools, Floats, Ints
from data.samples.routes import NO_ROAD, Plan
from data.samples.terrain import Terrain

ROUNDS = (14, 14, 12, 5, 2)
"""How often a point is relaxed, by the class of its road."""


@dataclass(frozen=True)
class Aligned:
    """Roads with their place on the ground.

    Attributes
    ----------
    xy
        Place of every mesh point once roads are relaxed.
    links
        The links that are roads (numbers of links of the plan).
    lines
        One line per such link.
    """

    xy: Floats
    links: Ints
    lines: Any


def align(terrain: Terrain, mesh: Mesh, plan: Plan) -> Aligned:
    """Relax the roads, taking back every move that wets a road or crosses another."""
    links = np.flatnonzero(plan.rank < NO_ROAD)
    ends, rank = plan.links[links], plan.rank[links]
    crosses = plan.crosses[links]
    pinned = np.zeros(len(mesh.xy), dtype=bool)
    pinned[ends[crosses].ravel()] = True
    pinned |= mesh.lattice == 0
    first, second, rounds = _neighbours(len(mesh.xy), ends, rank)
    xy = mesh.xy
    for _ in range(8):
        xy = _relaxed(mesh.xy, first, second, np.where(pinned, 0, rounds))
        bad = _faulty(terrain, shapely.linestrings(xy[ends]), crosses)
        if not bad.any():
            break
        pinned[ends[bad].ravel()] = True
    lines = _bent(xy, ends, first, second, crosses, mesh)
    straight = shapely.linestrings(xy[ends])
    for _ in range(4):
        bad = _faulty(terrain, lines, crosses)
        if not bad.any():
            break
        lines[bad] = straight[bad]
    return Aligned(xy, links, lines)


def _neighbours(size: int, ends: Ints, rank: Ints) -> tuple[Ints, Ints, Ints]:
    """Give the two points a road of the highest class leads to (-1 unless two), and how often to relax the point."""
    best = np.full(size, NO_ROAD)
    np.minimum.at(best, ends.ravel(), np.repeat(rank, 2))
    first, second, third = (np.full(size, -1) for _ in range(3))
    both = np.vstack([ends, ends[:, ::-1]])
    for (point, other), level in zip(both.tolist(), np.tile(rank, 2).tolist(), strict=True):
        if level == best[point]:
            if first[point] < 0:
                first[point] = other
            elif second[point] < 0:
                second[point] = other
            else:
                third[point] = other
    twice = (second >= 0) & (third < 0)
    rounds = np.array([*ROUNDS, 0])[best]
    return np.where(twice, first, -1), np.where(twice, second, -1), rounds


def _relaxed(xy: Floats, first: Ints, second: Ints, rounds: Ints) -> Floats:
    """Move every free point towards the middle of its neighbours along the road, as often as its class allows."""
    for turn in range(max(ROUNDS)):
        free = np.flatnonzero((first >= 0) & (rounds > turn))
        moved = xy.copy()
        moved[free] = 0.4 * xy[free] + 0.3 * (xy[first[free]] + xy[second[free]])
        xy = moved
    return xy


def _bent(xy: Floats, ends: Ints, first: Ints, second: Ints, crosses: Bools, mesh: Mesh) -> Any:
    """Draw each link as a smooth curve that leaves its ends in the direction the road runs through them."""
    tangent = np.zeros_like(xy)
    through = first >= 0
    tangent[through] = (xy[second[through]] - xy[first[through]]) / 2
    start, stop = xy[ends[:, 0]], xy[ends[:, 1]]
    chord = stop - start
    length = np.hypot(*chord.T)[:, None]
    lines = np.empty(len(ends), dtype=object)
    leave, arrive = (_heading(tangent[ends[:, side]], chord, length) for side in (0, 1))
    on_line = [
        ((first[ends[:, side]] == ends[:, 1 - side]) | (second[ends[:, side]] == ends[:, 1 - side]))
        for side in (0, 1)
    ]
    leave = np.where(on_line[0][:, None], leave, chord)
    arrive = np.where(on_line[1][:, None], arrive, chord)
    straight = crosses | (mesh.lattice[ends] == 0).all(axis=1)
    for number in range(len(ends)):
        steps = 1 if straight[number] or length[number, 0] < 60.0 else 3
        t = np.linspace(0, 1, steps + 1)[:, None]
        path = (
            (2 * t**3 - 3 * t**2 + 1) * start[number]
            + (t**3 - 2 * t**2 + t) * leave[number]
            + (-2 * t**3 + 3 * t**2) * stop[number]
            + (t**3 - t**2) * arrive[number]
        )
        lines[number] = shapely.LineString(path)
    return lines


def _heading(tangent: Floats, chord: Floats, length: Floats) -> Floats:
    """Turn a direction along the road into one along the link, as long as the link; the chord when there is none."""
    size = np.hypot(*tangent.T)[:, None]
    forward = np.where((tangent * chord).sum(axis=1)[:, None] < 0, -tangent, tangent)
    return np.where(size > 0, forward / np.where(size > 0, size, 1.0) * length, chord)


def _faulty(terrain: Terrain, lines: Any, crosses: Bools) -> Bools:
    """Tell which roads stand in water without being a crossing, or cross another road between junctions."""
    bad: Bools = ~crosses & shapely.intersects(terrain.banks, lines)
    bad |= crosses & shapely.intersects(terrain.wide_water, lines)
    tree = shapely.STRtree(lines)
    one, other = tree.query(lines, predicate="crosses")
    bad[one] = True
    bad[other] = True
    return bad
