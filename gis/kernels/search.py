"""The nearest source of every node: one search for all sources together."""

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from gis.kernels.arrays import Adjacency, Floats, Ints, Nearest


class Entries(NamedTuple):
    """Where sources enter the graph: ``source[k]`` reaches ``node[k]`` at ``cost[k]``. A source may enter often."""

    source: Ints
    node: Ints
    cost: Floats


def nearest_source(
    graph: Adjacency, entries: Entries, *, sources: int, limit: float | None = None
) -> Nearest:
    """Find the cheapest source of every node.

    Parameters
    ----------
    graph
        Weights must not be negative.
    entries
        Ways into the graph; costs must not be negative.
    sources
        How many sources there are; one without an entry reaches nothing.
    limit
        Costs above it are not searched and come out as inf; None searches everything.

    Returns
    -------
    Nearest
        Per node the cost (inf out of reach) and the source (-1 out of reach).
    """
    if sources == 0 or len(entries.node) == 0 or graph.size == 0:
        return Nearest(np.full(graph.size, np.inf), np.full(graph.size, -1, np.int64))
    cost, _, origin = dijkstra(
        _with_sources(graph, entries, sources),
        directed=True,
        indices=np.arange(graph.size, graph.size + sources),
        min_only=True,
        return_predecessors=True,
        limit=np.inf if limit is None else limit,
    )
    reached = np.isfinite(cost[: graph.size])
    source = np.where(reached, origin[: graph.size].astype(np.int64) - graph.size, -1)
    return Nearest(cost[: graph.size], source)


def _with_sources(graph: Adjacency, entries: Entries, sources: int) -> csr_matrix:
    """Add one node per source with edges into the graph and none back, so that the graph stays as it was."""
    order = np.lexsort((entries.cost, entries.node, entries.source))
    source, node = entries.source[order], entries.node[order]
    cost = entries.cost[order]
    first = np.ones(len(order), bool)
    first[1:] = (source[1:] != source[:-1]) | (node[1:] != node[:-1])
    counts = np.bincount(source[first], minlength=sources)
    indptr = np.concatenate([graph.indptr, graph.indptr[-1] + np.cumsum(counts)]).astype(np.int32)
    indices = np.concatenate([graph.indices, node[first]]).astype(np.int32)
    weights = np.concatenate([graph.weights, cost[first]])
    size = graph.size + sources
    return csr_matrix((weights, indices, indptr), shape=(size, size))
