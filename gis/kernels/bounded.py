"""One bounded search per source: who is within a limit of whom, as a sparse table, never a dense one."""

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled


@compiled
def _push(keys: Floats, nodes: Ints, size: int, key: float, node: int) -> None:
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if keys[above] <= key:
            break
        keys[at], nodes[at] = keys[above], nodes[above]
        at = above
    keys[at], nodes[at] = key, node


@compiled
def _pop(keys: Floats, nodes: Ints, size: int) -> None:
    """Move the last of ``size`` entries into the place of the first."""
    key, node, end, at = keys[size - 1], nodes[size - 1], size - 1, 0
    while True:
        below = 2 * at + 1
        if below >= end:
            break
        if below + 1 < end and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[at], nodes[at] = keys[below], nodes[below]
        at = below
    keys[at], nodes[at] = key, node


@compiled
def bounded_searches(
    indptr: Ints,
    indices: Ints,
    weights: Floats,
    entry_ptr: Ints,
    entry_node: Ints,
    entry_cost: Floats,
    limit: float,
) -> tuple[Ints, Ints, Floats]:
    """Search from every source up to a limit (Dijkstra 1959, binary heap; only what was touched is reset).

    Parameters
    ----------
    indptr, indices, weights
        The graph in compressed rows; no weight negative.
    entry_ptr, entry_node, entry_cost
        Where each source enters the graph and at which cost: source ``k`` has entries ``entry_ptr[k]:entry_ptr[k+1]``.
    limit
        Costs up to and including it are found.

    Returns
    -------
    tuple
        Compressed rows: offsets per source, nodes in the order they were settled, costs.
    """
    size, sources = len(indptr) - 1, len(entry_ptr) - 1
    cost = np.full(size, np.inf)
    touched = np.empty(1024, np.int32)
    keys, nodes = np.empty(1024), np.empty(1024, np.int32)
    out_ptr = np.zeros(sources + 1, np.int64)
    out_node, out_cost = np.empty(4096, np.int32), np.empty(4096)
    filled = 0
    for source in range(sources):
        heap, marked = 0, 0
        for k in range(entry_ptr[source], entry_ptr[source + 1]):
            node = entry_node[k]
            if entry_cost[k] <= limit and entry_cost[k] < cost[node]:
                if cost[node] == np.inf:
                    if marked == len(touched):
                        touched = np.concatenate((touched, np.empty_like(touched)))
                    touched[marked] = node
                    marked += 1
                cost[node] = entry_cost[k]
                if heap == len(keys):
                    keys, nodes = np.concatenate((keys, keys)), np.concatenate((nodes, nodes))
                _push(keys, nodes, heap, entry_cost[k], node)
                heap += 1
        while heap > 0:
            here, node = keys[0], nodes[0]
            _pop(keys, nodes, heap)
            heap -= 1
            if here > cost[node]:
                continue
            if filled == len(out_node):
                out_node = np.concatenate((out_node, np.empty_like(out_node)))
                out_cost = np.concatenate((out_cost, np.empty_like(out_cost)))
            out_node[filled], out_cost[filled] = node, here
            filled += 1
            for k in range(indptr[node], indptr[node + 1]):
                other, there = indices[k], here + weights[k]
                if there <= limit and there < cost[other]:
                    if cost[other] == np.inf:
                        if marked == len(touched):
                            touched = np.concatenate((touched, np.empty_like(touched)))
                        touched[marked] = other
                        marked += 1
                    cost[other] = there
                    if heap == len(keys):
                        keys, nodes = np.concatenate((keys, keys)), np.concatenate((nodes, nodes))
                    _push(keys, nodes, heap, there, other)
                    heap += 1
        for k in range(marked):
            cost[touched[k]] = np.inf
        out_ptr[source + 1] = filled
    return out_ptr, out_node[:filled].copy(), out_cost[:filled].copy()


@compiled
def to_places(
    ptr: Ints,
    node: Ints,
    cost: Floats,
    place_ptr: Ints,
    place: Ints,
    extra: Floats,
    places: int,
    limit: float,
) -> tuple[Ints, Ints, Floats]:
    """Carry a table of sources and nodes on to places beside the nodes, the cheaper way where there are two.

    ``place_ptr``, ``place``, ``extra`` list the places at each node and the cost from the node to them.
    """
    best = np.full(places, np.inf)
    touched = np.empty(places, np.int32)
    out_ptr = np.zeros(len(ptr), np.int64)
    out_place, out_cost = np.empty(4096, np.int32), np.empty(4096)
    filled = 0
    for source in range(len(ptr) - 1):
        marked = 0
        for k in range(ptr[source], ptr[source + 1]):
            for at in range(place_ptr[node[k]], place_ptr[node[k] + 1]):
                there = cost[k] + extra[at]
                if there <= limit and there < best[place[at]]:
                    if best[place[at]] == np.inf:
                        touched[marked] = place[at]
                        marked += 1
                    best[place[at]] = there
        while filled + marked > len(out_place):
            out_place = np.concatenate((out_place, np.empty_like(out_place)))
            out_cost = np.concatenate((out_cost, np.empty_like(out_cost)))
        for k in range(marked):
            out_place[filled], out_cost[filled] = touched[k], best[touched[k]]
            best[touched[k]] = np.inf
            filled += 1
        out_ptr[source + 1] = filled
    return out_ptr, out_place[:filled].copy(), out_cost[:filled].copy()
