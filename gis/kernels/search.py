"""A graph made ready to be searched, and the nearest source of every node: one search for all sources together."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from gis.kernels.arrays import Adjacency, Floats, Ints, Nearest

if TYPE_CHECKING:
    from gis.kernels.piles import Search

_ROOM = 4096
_STEP = 2.0
"""How many mean weights the near pile reaches; anything from 1 to 8 takes as long on real roads."""


class Entries(NamedTuple):
    """Where sources enter the graph: ``source[k]`` reaches ``node[k]`` at ``cost[k]``. A source may enter often."""

    source: Ints
    node: Ints
    cost: Floats


@dataclass(frozen=True, slots=True)
class Ground:
    """A graph to search, with what every search of it needs.

    Attributes
    ----------
    graph
        No weight negative.
    step
        How far the near pile of a search reaches, see ``piles.finished``.
    dead
        Nodes with so many edges lead nowhere but back: 1 where every edge leads both ways, 0 elsewhere.
    idle
        Working arrays of searches that are over, for the next one; what is in use by a thread is not in the list.
    """

    graph: Adjacency
    step: float
    dead: int
    idle: "list[Search]" = field(default_factory=list)

    @classmethod
    def of(cls, graph: Adjacency, *, both_ways: bool = False) -> Self:
        """Look at a graph once; ``both_ways`` tells that every edge leads both ways."""
        weights = graph.weights
        return cls(graph, _STEP * float(np.mean(weights)) if len(weights) else 0.0, int(both_ways))

    def taken(self) -> "Search":
        """Take working arrays that know of no node yet; give them back with ``give``."""
        from gis.kernels.piles import begun  # noqa: PLC0415 - numba loads with the first search

        try:
            return self.idle.pop()
        except IndexError:
            return begun(self.graph.size, _ROOM)

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
    from gis.kernels.piles import one_search  # noqa: PLC0415 - as above

    most = np.inf if limit is None else float(limit)
    source, node = (np.asarray(one, np.int64) for one in (entries.source, entries.node))
    cost = np.asarray(entries.cost, np.float64)
    return Nearest(*one_search(*graph, source, node, cost, most, ground.step, ground.dead))
