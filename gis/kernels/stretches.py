"""Stretches of edges within reach of one search; touches what it reaches only."""

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled
from gis.kernels.on_edges import Roads
from gis.kernels.piles import MARKED, Search, entered, finished, with_room


@compiled
def stretches_within(
    indptr: Ints,
    indices: Ints,
    weights: Floats,
    entry_node: Ints,
    entry_cost: Floats,
    ptr: Ints,
    codes: Ints,
    roads: Roads,
    limit: float,
    step: float,
    dead: int,
    search: Search,
) -> tuple[Ints, Floats, Floats, Search]:
    """Return edge, start and stop of the stretches reached by way of nodes, two of one edge united where they meet.

    Parameters
    ----------
    indptr, indices, weights
        The graph in compressed rows; no weight negative.
    entry_node, entry_cost
        Where sources enter it.
    ptr, codes
        Edges at each node (``rows.edges_at_nodes``), one-way edges at one of their ends only.
    roads
        The edges, with the paces as ``intervals.EdgesAt`` has them.
    limit, step, dead, search
        As for ``bounded.bounded_searches``.

    Returns
    -------
    tuple
        Stretches, those of one edge one after the other, and the working arrays.
    """
    search = entered(search, entry_node, entry_cost, limit)
    while not finished(indptr, indices, weights, search, None, limit, step, dead):
        search = with_room(search)
    nodes = search.marked[: np.int64(search.state[MARKED])]
    edge, start, stop = _beside(nodes, search.cost, ptr, codes, roads, limit)
    for node in nodes:
        search.cost[node] = np.inf
    return edge, start, stop, search


@compiled
def _beside(
    nodes: Ints,
    cost: Floats,
    ptr: Ints,
    codes: Ints,
    roads: Roads,
    limit: float,
) -> tuple[Ints, Floats, Floats]:
    """Return the stretches of the edges at nodes whose cost is known."""
    u, v, length, oneway, by_u, by_v = roads
    level = len(by_u) == 0
    most = 0
    for node in nodes:
        most += 2 * (ptr[node + 1] - ptr[node])
    edge, start, stop = np.empty(most, np.int64), np.empty(most), np.empty(most)
    filled = 0
    for node in nodes:
        for k in range(ptr[node], ptr[node + 1]):
            on, at_v = codes[k] >> 1, codes[k] & 1
            both = not oneway[on] and cost[u[on]] < np.inf and cost[v[on]] < np.inf
            if at_v and both:
                continue
            from_u = limit - cost[u[on]] if both or not at_v else -1.0
            from_v = limit - cost[v[on]] if both or at_v else -1.0
            if not level:
                from_u, from_v = from_u / by_u[on], from_v / by_v[on]
            far, back = min(from_u, length[on]), length[on] - min(from_v, length[on])
            if both and back <= far:
                far, from_v = length[on], -1.0
            if from_u >= 0.0:
                edge[filled], start[filled], stop[filled] = on, 0.0, far
                filled += 1
            if from_v >= 0.0:
                edge[filled], start[filled], stop[filled] = on, back, length[on]
                filled += 1
    return edge[:filled].copy(), start[:filled].copy(), stop[:filled].copy()
