"""Edges to compressed rows, parallel edges kept as their minimum."""

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from gis.kernels.arrays import Adjacency, Floats, Ints


def adjacency(size: int, u: Ints, v: Ints, weights: Floats) -> Adjacency:
    """Build the undirected adjacency of ``size`` nodes.

    Parallel edges keep the smallest weight (a sparse matrix would add them up); loops are left out; a weight of zero
    is an edge of no length and connects.
    """
    rows = np.concatenate([u, v]).astype(np.int64)
    columns = np.concatenate([v, u]).astype(np.int64)
    both = np.concatenate([weights, weights]).astype(np.float64)
    key = rows * size + columns
    order = np.lexsort((both, key))
    order = order[rows[order] != columns[order]]
    first = np.ones(len(order), bool)
    first[1:] = key[order[1:]] != key[order[:-1]]
    kept = order[first]
    counts = np.bincount(rows[kept], minlength=size)
    indptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.int32)
    return Adjacency(indptr, columns[kept].astype(np.int32), both[kept])


def components(graph: Adjacency) -> Ints:
    """Label the connected parts of a graph: 0 for the one with most nodes, then by falling size."""
    if graph.size == 0:
        return np.empty(0, np.int64)
    count, label = connected_components(_ones(graph), directed=False)
    sizes = np.bincount(label, minlength=count)
    rank = np.empty(count, np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(count)
    return rank[label]


def _ones(graph: Adjacency) -> csr_matrix:
    """Return the pattern of the graph, so that no weight can be taken for "no edge"."""
    return csr_matrix(
        (np.ones(len(graph.indices), np.int8), graph.indices, graph.indptr), shape=(graph.size, graph.size)
    )
