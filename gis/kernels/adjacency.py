"""Edges to compressed rows, parallel edges kept as their minimum."""

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from gis.kernels.arrays import Adjacency, Flags, Floats, Ints


def adjacency(size: int, u: Ints, v: Ints, weights: Floats, oneway: Flags | None = None) -> Adjacency:
    """Build the adjacency of ``size`` nodes.

    Parallel edges keep the smallest weight (a sparse matrix would add them up); loops are left out; a weight of zero
    is an edge of no length and connects. Edges marked ``oneway`` lead from ``u`` to ``v`` only.
    """
    from gis.kernels.rows import packed_rows  # noqa: PLC0415 - numba loads with the first network

    bound = np.zeros(len(u), bool) if oneway is None else oneway
    return Adjacency(*packed_rows(size, u, v, weights, bound))


def reversed_ways(graph: Adjacency) -> Adjacency:
    """Return the graph with every way led the other way."""
    back = csr_matrix(
        (np.arange(len(graph.indices)), graph.indices, graph.indptr), shape=(graph.size, graph.size)
    ).tocsc()
    return Adjacency(
        back.indptr.astype(np.int32), back.indices.astype(np.int32), np.asarray(graph.weights)[back.data]
    )


def components(graph: Adjacency) -> Ints:
    """Label the connected parts of a graph: 0 for the one with most nodes, then by falling size.

    One-way edges connect both their ends.
    """
    if graph.size == 0:
        return np.empty(0, np.int64)
    count, label = connected_components(_ones(graph), directed=True, connection="weak")
    sizes = np.bincount(label, minlength=count)
    rank = np.empty(count, np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(count)
    return rank[label]


def _ones(graph: Adjacency) -> csr_matrix:
    """Return the pattern of the graph, so that no weight can be taken for "no edge"."""
    return csr_matrix(
        (np.ones(len(graph.indices), np.int8), graph.indices, graph.indptr), shape=(graph.size, graph.size)
    )
