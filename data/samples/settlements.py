"""Where people live in the country: natural villages, from hamlets in the hills to large villages on the plain."""

# ruff: noqa: PLR2004 - measures of the drawing

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from data.samples.chance import stream
from data.samples.mesh import Mesh
from data.samples.plane import Floats, Ints
from data.samples.terrain import Terrain
from data.samples.units import Grown

PLAIN_GAP_M, HILL_GAP_M = 690.0, 1500.0


@dataclass(frozen=True)
class Settlements:
    """Natural villages.

    Attributes
    ----------
    node
        Mesh point of each village.
    unit
        Village unit it belongs to.
    size
        Relative number of people, about 1 on average.
    """

    node: Ints
    unit: Ints
    size: Floats


def settle(terrain: Terrain, mesh: Mesh, grown: Grown, seed: int) -> Settlements:
    """Choose the natural villages; the seat of every rural unit is one of them, the largest."""
    rng = stream(seed, "settlements")
    land = mesh.inside & mesh.dry & (mesh.lattice < 0)
    near_edge = shapely.distance(shapely.points(mesh.xy), terrain.area.boundary) < 120.0
    pool = np.flatnonzero(land & ~near_edge)
    height = terrain.height_m(mesh.xy)
    gap = PLAIN_GAP_M + (HILL_GAP_M - PLAIN_GAP_M) * np.clip(height / 160, 0, 1)
    seats = grown.seats[~grown.urban & (mesh.lattice[grown.seats] < 0)]
    towns = np.flatnonzero(mesh.lattice >= 0)
    order = np.concatenate([seats, rng.permutation(pool)])
    node = _thinned(mesh.xy, order, gap, towns)
    size = rng.lognormal(-0.15, 0.55, len(node)) / (1 + height[node] / 90)
    size[np.isin(node, seats)] += 1.4
    return Settlements(node, grown.unit_of[node], size)


def _thinned(xy: Floats, order: Ints, gap: Floats, built: Ints) -> Ints:
    """Keep points in the given order unless one that was kept, or a town street, is too near."""
    free = np.ones(len(xy), dtype=bool)
    blocked, _ = cKDTree(xy[built]).query(xy)
    free[blocked < 330.0] = False
    near = cKDTree(xy).query_ball_point(xy[order], gap[order])
    kept = []
    for point, around in zip(order.tolist(), near, strict=True):
        if free[point]:
            kept.append(point)
            free[around] = False
    return np.asarray(kept, dtype=np.int64)
