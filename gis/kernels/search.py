"""A graph made ready to be searched, and the nearest source of every node: one search for all sources together."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from gis.kernels.arrays import Adjacency, Floats, Ints, Nearest

if TYPE_CHECKING:
    from gis.kernels.buckets import Search

_MOST_BUCKETS = 1 << 16
_SLOTS = 4096


class Entries(NamedTuple):
    """Where sources enter the graph: ``source[k]`` reaches ``node[k]`` at ``cost[k]``. A source may enter often."""

    source: Ints
    node: Ints
    cost: Floats


class Buckets(NamedTuple):
    """How open nodes are kept in order of cost: buckets ``width`` wide, ``ring`` of them (a power of two)."""

    width: float
    ring: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A graph to search, with what every search of it needs.

    Attributes
    ----------
    graph
        No weight negative.
    mean, most
        Mean and largest weight; 0 without edges.
    idle
        Working arrays of searches that are over, for the next one; what is in use by a thread is not in the list.
    """

    graph: Adjacency
    mean: float
    most: float
    idle: "list[Search]" = field(default_factory=list)

    @classmethod
    def of(cls, graph: Adjacency) -> Self:
        """Look at a graph once."""
        weights = graph.weights
        return (
            cls(graph, float(np.mean(weights)), float(np.max(weights)))
            if len(weights)
            else cls(graph, 0.0, 0.0)
        )

    def buckets(self, entry_cost: Floats, *, limit: float) -> Buckets:
        """Choose buckets so that whatever is open at one time fits into the ring, unless a long road led to it.

        Narrow ones, so that few nodes are opened twice. What does not fit into the ring is opened early, and again if
        need be: answers do not depend on the choice.
        """
        within = entry_cost[entry_cost <= limit]
        most = max(min(self.most, limit), float(within.max()) if len(within) else 0.0)
        width = max(self.mean / 4.0, most / _MOST_BUCKETS)
        if not width > 0:
            return Buckets(1.0, 4)
        return Buckets(width, 1 << (int(most / width) + 3).bit_length())

    def taken(self, ring: int) -> "Search":
        """Take working arrays that know of no node yet, with so many buckets; give them back with ``give``."""
        from gis.kernels.buckets import begun  # noqa: PLC0415 - numba loads with the first search

        try:
            search = self.idle.pop()
        except IndexError:
            search = begun(self.graph.size, 4, _SLOTS)
        return search._replace(first=np.zeros(ring, np.uint32), last=np.zeros(ring, np.uint32))

    def give(self, search: "Search") -> None:
        """Give back the arrays of a search that forgot all it met."""
        self.idle.append(search)


def nearest_source(ground: Ground, entries: Entries, *, sources: int, limit: float | None = None) -> Nearest:
    """Find the cheapest source of every node.

    Parameters
    ----------
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
    graph = ground.graph
    if sources == 0 or len(entries.node) == 0 or graph.size == 0:
        return Nearest(np.full(graph.size, np.inf), np.full(graph.size, -1, np.int32))
    from gis.kernels.buckets import one_search  # noqa: PLC0415 - as above

    most = np.inf if limit is None else float(limit)
    source, node = (np.asarray(one, np.int64) for one in (entries.source, entries.node))
    cost = np.asarray(entries.cost, np.float64)
    return Nearest(*one_search(*graph, source, node, cost, most, *ground.buckets(cost, limit=most)))
