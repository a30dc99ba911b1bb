"""Compressed rows filled in two passes over the edges."""

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.compiling import compiled

MANY = 16
"""Rows longer than this remember where each neighbour stands, instead of looking for it."""


@compiled
def packed_rows(size: int, u: Ints, v: Ints, weights: Floats, oneway: Flags) -> tuple[Ints, Ints, Floats]:
    """Return offsets, neighbours and weights of every node: no loops, of parallel edges the cheapest.

    Neighbours come in the order of the edges. Edges marked ``oneway`` lead from ``u`` to ``v`` only.
    """
    ptr = np.zeros(size + 1, np.int32)
    for k in range(len(u)):
        here, there = np.uint32(u[k]), np.uint32(v[k])
        if here != there:
            ptr[here + np.uint32(1)] += 1
            if not oneway[k]:
                ptr[there + np.uint32(1)] += 1
    for node in range(size):
        ptr[node + 1] += ptr[node]
    at = ptr[:-1].astype(np.uint32)
    node_at, weight_at = np.empty(ptr[size], np.int32), np.empty(ptr[size])
    for k in range(len(u)):
        here, there = np.uint32(u[k]), np.uint32(v[k])
        if here != there:
            node_at[at[here]], weight_at[at[here]] = there, weights[k]
            at[here] += np.uint32(1)
            if not oneway[k]:
                node_at[at[there]], weight_at[at[there]] = here, weights[k]
                at[there] += np.uint32(1)
    filled = _cheapest(ptr, node_at, weight_at)
    return ptr, node_at[:filled], weight_at[:filled]


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
