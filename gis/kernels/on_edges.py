"""Costs to and from places that lie on edges, not on nodes."""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints, Nearest, ragged
from gis.kernels.search import Entries

LEVEL: Floats = np.empty(0)
"""Paces of edges on which every unit of length costs one."""


class Spots(NamedTuple):
    """Places on edges.

    ``position`` counts from the edge's ``u`` end, ``off`` is the cost from the place to its edge; a place whose edge
    is -1 has none.
    """

    edge: Ints
    position: Floats
    off: Floats


class Roads(NamedTuple):
    """Edges between nodes ``u`` and ``v``; one-way ones lead from ``u`` to ``v``.

    ``ahead`` and ``back`` are what a unit of length costs from ``u`` to ``v`` and from ``v`` to ``u``; empty
    (``LEVEL``) where it costs one.
    """

    u: Ints
    v: Ints
    length: Floats
    oneway: Flags
    ahead: Floats = LEVEL
    back: Floats = LEVEL

    def turned(self) -> "Roads":
        """Return the same edges with the paces of either direction exchanged."""
        return self._replace(ahead=self.back, back=self.ahead)


def at_pace(length: Floats, pace: Floats, edge: Ints) -> Floats:
    """Return the cost of lengths on edges."""
    return length if len(pace) == 0 else length * pace[edge]


def by_direction(length: Floats, roads: Roads, edge: Ints, *, forward: Flags) -> Floats:
    """Return the cost of lengths on edges, some from ``u`` to ``v`` (``forward``), the others the other way."""
    if len(roads.ahead) == 0:
        return length
    return np.asarray(length * np.where(forward, roads.ahead[edge], roads.back[edge]))


def _to_both_ends(spots: Spots, roads: Roads, *, leaving: bool) -> tuple[Floats, Floats]:
    """Give the cost between places, all with an edge, and the ``u`` and ``v`` ends of their edges.

    Who leaves a place on a one-way edge gets to ``v`` only, who arrives there comes from ``u`` only: the other end
    costs inf, unless the place is right there.
    """
    left = np.maximum(roads.length[spots.edge] - spots.position, 0.0)
    to_u, to_v = (roads.back, roads.ahead) if leaving else (roads.ahead, roads.back)
    by_u = spots.off + at_pace(spots.position, to_u, spots.edge)
    by_v = spots.off + at_pace(left, to_v, spots.edge)
    shut, away = (by_u, spots.position) if leaving else (by_v, left)
    shut[roads.oneway[spots.edge] & (away > 0)] = np.inf
    return by_u, by_v


def entries_from_edges(spots: Spots, roads: Roads, *, leaving: bool) -> Entries:
    """Give the ways between sources on edges and the graph; sources without an edge have none."""
    placed = np.flatnonzero(spots.edge >= 0)
    on = Spots(spots.edge[placed], spots.position[placed], spots.off[placed])
    cost = np.concatenate(_to_both_ends(on, roads, leaving=leaving))
    way = np.flatnonzero(cost < np.inf)
    node = np.concatenate([roads.u[on.edge], roads.v[on.edge]])[way]
    return Entries(np.concatenate([placed, placed])[way], node.astype(np.int64), cost[way])


def through_ends(spots: Spots, roads: Roads, *, leaving: bool, nodes: Nearest) -> Nearest:
    """Give the cost of places on edges by way of either end, given the cost of every node."""
    cost = np.full(len(spots.edge), np.inf)
    source = np.full(len(spots.edge), -1, np.int64)
    placed = np.flatnonzero(spots.edge >= 0)
    on = Spots(spots.edge[placed], spots.position[placed], np.zeros(len(placed)))
    to_u, to_v = _to_both_ends(on, roads, leaving=leaving)
    u, v = roads.u[on.edge], roads.v[on.edge]
    by_u, by_v = nodes.cost[u] + to_u, nodes.cost[v] + to_v
    cost[placed] = np.minimum(by_u, by_v) + spots.off[placed]
    source[placed] = np.where(by_u <= by_v, nodes.source[u], nodes.source[v])
    source[~(cost < np.inf)] = -1
    return Nearest(cost, source)


def along_same_edge(spots: Spots, at: Spots, roads: Roads | None = None, *, towards: bool = True) -> Nearest:
    """Give the cost of places to (or, not ``towards``, from) sources ``at`` along an edge they share.

    Inf and -1 where no source lies ahead on the same edge. Without ``roads`` none of them is one-way or sloped.
    """
    cost = np.full(len(spots.edge), np.inf)
    source = np.full(len(spots.edge), -1, np.int64)
    order = np.argsort(at.edge, kind="stable")
    order = order[at.edge[order] >= 0]
    low = np.searchsorted(at.edge[order], spots.edge, side="left")
    high = np.searchsorted(at.edge[order], spots.edge, side="right")
    shared = np.flatnonzero((high > low) & (spots.edge >= 0))
    if len(shared) == 0:
        return Nearest(cost, source)
    flat, offsets = ragged(low[shared], high[shared])
    place, other = np.repeat(shared, np.diff(offsets)), order[flat]
    ahead = at.position[other] - spots.position[place]
    on, forward = spots.edge[place], (ahead > 0) if towards else (ahead < 0)
    length = np.abs(ahead) if roads is None else by_direction(np.abs(ahead), roads, on, forward=forward)
    pairs = length + spots.off[place] + at.off[other]
    if roads is not None:
        pairs[roads.oneway[on] & ~forward & (ahead != 0)] = np.inf
    best = np.lexsort((pairs, place))
    first = best[offsets[:-1]]
    cost[shared] = pairs[first]
    source[shared] = np.where(pairs[first] < np.inf, other[first], -1)
    return Nearest(cost, source)


def cheaper(one: Nearest, other: Nearest) -> Nearest:
    """Take the cheaper of two answers place by place."""
    wins = other.cost < one.cost
    return Nearest(np.where(wins, other.cost, one.cost), np.where(wins, other.source, one.source))
