"""Compressed rows filled in two passes over the edges."""

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.compiling import compiled

MANY = 16
"""Rows longer than this remember where each neighbour stands, instead of looking for it."""


def packed_rows(size: int, u: Ints, v: Ints, weights: Floats, oneway: Flags) -> tuple[Ints, Ints, Floats]:
    """Return offsets, neighbours and weights of every node: no loops, of parallel edges the cheapest.

    Neighbours come in the order of the edges. Edges marked ``oneway`` lead from ``u`` to ``v`` only. Large arrays are
    asked of numpy, which asks for large pages of memory.
    """
    ptr = _ways_at_nodes(size, u, v, oneway)
    node_at, weight_at = np.empty(ptr[-1], np.int32), np.empty(ptr[-1])
    filled = _filled(ptr, node_at, weight_at, u, v, weights, oneway)
    return ptr, node_at[:filled], weight_at[:filled]


@compiled
def _ways_at_nodes(size: int, u: Ints, v: Ints, oneway: Flags) -> Ints:
    """Return where the row of each node ends, and at last how many ways there are; loops are left out."""
    ptr = np.zeros(size + 1, np.int32)
    for k in range(len(u)):
        here, there = np.uint32(u[k]), np.uint32(v[k])
        ptr[here] += here != there
        ptr[there] += (here != there) & (not oneway[k])
    for node in range(size):
        ptr[node + 1] += ptr[node]
    return ptr


@compiled
def _filled(
    ptr: Ints, node_at: Ints, weight_at: Floats, u: Ints, v: Ints, weights: Floats, oneway: Flags
) -> int:
    """Fill the rows and return how many entries they have.

    First with edges (2 x edge, 1 more from ``v`` to ``u``) and from behind, so that what told their ends tells their
    beginnings; then with neighbours.
    """
    for k in range(len(u) - 1, -1, -1):
        here, there = np.uint32(u[k]), np.uint32(v[k])
        if here != there:
            if not oneway[k]:
                ptr[there] -= 1
                node_at[ptr[there]] = 2 * k + 1
            ptr[here] -= 1
            node_at[ptr[here]] = 2 * k
    for k in range(len(node_at)):
        edge, turned = np.uint32(node_at[k]) >> np.uint32(1), node_at[k] & 1
        node_at[k] = u[edge] if turned else v[edge]
        weight_at[k] = weights[edge]
    return _cheapest(ptr, node_at, weight_at) if _any_parallel(ptr, node_at) else len(node_at)


@compiled
def _any_parallel(ptr: Ints, nodes: Ints) -> bool:
    """Tell if any row names a neighbour twice.

    Neighbours leave a mark in 64 bits by their number; only where one finds a mark is the row looked through.
    """
    for node in range(len(ptr) - 1):
        marks, met = np.uint64(0), np.uint64(0)
        for k in range(ptr[node], ptr[node + 1]):
            mark = np.uint64(1) << np.uint64(nodes[k] & 63)
            met |= marks & mark
            marks |= mark
        if met:
            for k in range(ptr[node], ptr[node + 1]):
                for other in range(ptr[node], k):
                    if nodes[k] == nodes[other]:
                        return True
    return False


@compiled
def _cheapest(ptr: Ints, nodes: Ints, weights: Floats) -> int:
    """Pull rows together in place, one entry for each neighbour; return how many are left."""
    place = np.empty(0, np.int32)
    filled, begin = 0, 0
    for node in range(len(ptr) - 1):
        end, first = ptr[node + 1], filled
        if end - begin > MANY and len(place) == 0:
            place = np.full(len(ptr) - 1, -1, np.int32)
        for k in range(begin, end):
            other, weight = nodes[k], weights[k]
            if end - begin > MANY:
                same = place[other] if place[other] >= first else filled
                place[other] = same
            else:
                same = first
                while same < filled and nodes[same] != other:
                    same += 1
            if same == filled:
                nodes[filled], weights[filled] = other, weight
                filled += 1
            elif weight < weights[same]:
                weights[same] = weight
        ptr[node + 1], begin = filled, end
    return filled


@compiled
def edges_at_nodes(size: int, u: Ints, v: Ints, shut_u: Flags, shut_v: Flags) -> tuple[Ints, Ints]:
    """List the edges at every node, parallel ones and loops included.

    Returns offsets per node and codes ``2 x edge`` (the node is its ``u`` end) or ``2 x edge + 1`` (its ``v`` end);
    ends marked as shut are left out.
    """
    ptr = np.zeros(size + 1, np.int32)
    for k in range(len(u)):
        if not shut_u[k]:
            ptr[u[k] + 1] += 1
        if not shut_v[k]:
            ptr[v[k] + 1] += 1
    for node in range(size):
        ptr[node + 1] += ptr[node]
    at = ptr[:-1].copy()
    codes = np.empty(ptr[size], np.int32)
    for k in range(len(u)):
        if not shut_u[k]:
            codes[at[u[k]]] = 2 * k
            at[u[k]] += 1
        if not shut_v[k]:
            codes[at[v[k]]] = 2 * k + 1
            at[v[k]] += 1
    return ptr, codes
