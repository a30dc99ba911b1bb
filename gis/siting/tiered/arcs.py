"""Who can be served from where: merged homes, and how far down a point's kitchens a home can still be served hot."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Floats, Ints
from gis.siting.tiered.question import Tiers

_ROUNDING_MIN = 1e-9


@dataclass(frozen=True, slots=True)
class Sources:
    """What can bring meals to each point in time, quickest first.

    Attributes
    ----------
    point, kitchen, minutes
        One row per pair; kitchen is -1 where the point cooks itself.
    start
        (c + 1,) rows of each point.
    """

    point: Ints
    kitchen: Ints
    minutes: Floats
    start: Ints

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.point)


@dataclass(frozen=True, slots=True)
class Arcs:
    """Pairs of merged homes and points.

    Attributes
    ----------
    group, point
        One row per pair.
    level
        How many of the point's sources, quickest first, are quick enough for this home.
    minutes
        Between home and point; of merged homes those of the first one.
    wanted
        Meals wanted by each group.
    group_of
        (homes,) group of each home, -1 where nothing is wanted or nothing reaches.
    """

    group: Ints
    point: Ints
    level: Ints
    minutes: Floats
    wanted: Floats
    group_of: Ints

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.group)


def sources_of(tiers: Tiers) -> Sources:
    """List what can supply each point within the hot minutes; a point that cooks itself is its own first source."""
    supply = np.asarray(tiers.supply_min)
    kitchen, point = np.nonzero(supply <= tiers.hot_minutes)
    own = np.flatnonzero(tiers.point_cooks > 0)
    points = np.concatenate([own, point])
    kitchens = np.concatenate([np.full(len(own), -1), kitchen])
    minutes = np.concatenate([np.zeros(len(own)), supply[kitchen, point]])
    order = np.lexsort((kitchens, minutes, points))
    start = np.concatenate([[0], np.cumsum(np.bincount(points, minlength=tiers.points))])
    return Sources(points[order], kitchens[order], minutes[order], start)


def arcs_of(
    table: csr_matrix, wanted: Floats, sources: Sources, tiers: Tiers, *, delivered: bool, merge: bool
) -> Arcs:
    """Pair homes with points, equal homes merged when asked; pairs no source is quick enough for are left out."""
    home = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    point, minutes = table.indices.astype(np.int64), table.data
    level = _levels(sources, point, minutes if delivered else np.zeros(len(point)), tiers.hot_minutes)
    kept = (level > 0) & (wanted[home] > 0)
    home, point, minutes, level = home[kept], point[kept], minutes[kept], level[kept]
    keys = point * (int(level.max(initial=0)) + 1) + (level if delivered else 0)
    group_of, first = _grouped(home, keys, len(wanted), merge=merge)
    mine = first[group_of[home]] == home if len(home) else np.zeros(0, bool)
    held = group_of >= 0
    together = np.bincount(group_of[held], weights=wanted[held], minlength=len(first)).astype(np.float64)
    return Arcs(group_of[home[mine]], point[mine], level[mine], minutes[mine], together, group_of)


def _levels(sources: Sources, point: Ints, minutes: Floats, hot: float) -> Ints:
    """Count the sources of each pair's point that are quick enough, by one search in all of them."""
    apart = 2.0 * hot + 2.0
    keys = sources.point * apart + sources.minutes
    asked = point * apart + np.maximum(hot - minutes, -1.0) + _ROUNDING_MIN * hot
    return np.asarray(np.maximum(np.searchsorted(keys, asked, side="right") - sources.start[point], 0))


def _grouped(home: Ints, keys: Ints, homes: int, *, merge: bool) -> tuple[Ints, Ints]:
    """Give every home its group, those with equal keys the same where merged; also the first home of each group."""
    reached = np.zeros(homes, bool)
    reached[home] = True
    rows = np.flatnonzero(reached)
    group_of = np.full(homes, -1, np.int64)
    if not merge or not len(rows):
        group_of[rows] = np.arange(len(rows))
        return group_of, rows
    numbers = np.random.default_rng(20260101).integers(0, 2**63, (2, int(keys.max()) + 1), dtype=np.uint64)
    sums = np.zeros((2, homes), np.uint64)
    for one, values in zip(sums, numbers, strict=True):
        np.add.at(one, home, values[keys])
    _, first, group = np.unique(sums[:, rows].T, axis=0, return_index=True, return_inverse=True)
    group_of[rows] = group.reshape(-1)
    return group_of, rows[first]
