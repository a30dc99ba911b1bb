"""Costs to and from places that lie on edges, not on nodes."""

import numpy as np

from gis.kernels.arrays import Floats, Ints, Nearest, ragged
from gis.kernels.search import Entries


def entries_from_edges(
    edge: Ints, position: Floats, off: Floats, *, u: Ints, v: Ints, length: Floats
) -> Entries:
    """Give the ways from sources on edges into the graph: to both ends of their edge.

    ``position`` counts from the edge's ``u`` end, ``off`` is the cost from the source to its edge. Sources whose edge
    is -1 have no way in.
    """
    placed = np.flatnonzero(edge >= 0)
    on = edge[placed]
    node = np.concatenate([u[on], v[on]]).astype(np.int64)
    to_u, to_v = off[placed] + position[placed], off[placed] + length[on] - position[placed]
    return Entries(np.concatenate([placed, placed]), node, np.concatenate([to_u, to_v]))


def through_ends(
    edge: Ints, position: Floats, off: Floats, *, u: Ints, v: Ints, length: Floats, nodes: Nearest
) -> Nearest:
    """Give the cost of places on edges by way of either end, given the cost of every node."""
    cost = np.full(len(edge), np.inf)
    source = np.full(len(edge), -1, np.int64)
    placed = np.flatnonzero(edge >= 0)
    on = edge[placed]
    by_u = nodes.cost[u[on]] + position[placed]
    by_v = nodes.cost[v[on]] + length[on] - position[placed]
    cost[placed] = np.minimum(by_u, by_v) + off[placed]
    source[placed] = np.where(by_u <= by_v, nodes.source[u[on]], nodes.source[v[on]])
    return Nearest(cost, source)


def along_same_edge(
    edge: Ints, position: Floats, off: Floats, *, at_edge: Ints, at_position: Floats, at_off: Floats
) -> Nearest:
    """Give the cost of places (``edge``…) from sources (``at_…``) straight along an edge they share.

    Inf and -1 where no source lies on the same edge.
    """
    cost = np.full(len(edge), np.inf)
    source = np.full(len(edge), -1, np.int64)
    order = np.argsort(at_edge, kind="stable")
    order = order[at_edge[order] >= 0]
    low = np.searchsorted(at_edge[order], edge, side="left")
    high = np.searchsorted(at_edge[order], edge, side="right")
    shared = np.flatnonzero((high > low) & (edge >= 0))
    if len(shared) == 0:
        return Nearest(cost, source)
    flat, offsets = ragged(low[shared], high[shared])
    place, other = np.repeat(shared, np.diff(offsets)), order[flat]
    pairs = np.abs(position[place] - at_position[other]) + off[place] + at_off[other]
    best = np.lexsort((pairs, place))
    first = best[offsets[:-1]]
    cost[shared], source[shared] = pairs[first], other[first]
    return Nearest(cost, source)


def cheaper(one: Nearest, other: Nearest) -> Nearest:
    """Take the cheaper of two answers place by place."""
    wins = other.cost < one.cost
    return Nearest(np.where(wins, other.cost, one.cost), np.where(wins, other.source, one.source))
