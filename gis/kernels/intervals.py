"""Which part of each edge lies within reach: exact intervals, entered from both ends and from sources on the edge."""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.on_edges import Roads, Spots
from gis.kernels.search import Entries, Ground


class EdgeIntervals(NamedTuple):
    """Stretches of edges, disjoint, sorted by edge and start; positions count from the edge's ``u`` end."""

    edge: Ints
    start: Floats
    stop: Floats

    def sorted(self) -> "EdgeIntervals":
        """Return the stretches by edge, those of one edge in the order they have."""
        return self.some(np.argsort(self.edge, kind="stable"))

    def some(self, which: Ints | Flags) -> "EdgeIntervals":
        """Return some of the stretches."""
        return EdgeIntervals(self.edge[which], self.start[which], self.stop[which])


class EdgesAt(NamedTuple):
    """Edges by the nodes they can be travelled from or to.

    Those at node ``i`` are ``code[ptr[i]:ptr[i+1]]``: 2 x edge, and 1 more where the node is its ``v`` end.
    """

    ptr: Ints
    code: Ints
    roads: Roads
    """With the pace of the way taken as it is counted from the node: ``ahead`` from ``u``, ``back`` from ``v``."""


def edges_at(size: int, roads: Roads, *, towards: bool) -> EdgesAt:
    """List the edges at each of ``size`` nodes; one-way ones at the end they lead to (``towards``) or come from."""
    from gis.kernels.rows import edges_at_nodes  # noqa: PLC0415 - numba loads with the first area

    never = np.zeros(len(roads.u), bool)
    shut = (roads.oneway, never) if towards else (never, roads.oneway)
    seen = roads.turned() if towards else roads
    return EdgesAt(*edges_at_nodes(size, roads.u, roads.v, *shut), seen)


def reached_by_nodes(ground: Ground, entries: Entries, *, beside: EdgesAt, limit: float) -> EdgeIntervals:
    """Give the stretches within ``limit`` of any source by way of nodes; sources on edges are not looked at."""
    from gis.kernels.stretches import stretches_within  # noqa: PLC0415 - as above

    at = (beside.ptr, beside.code)
    edge, start, stop, search = stretches_within(
        *ground.graph, entries.node, entries.cost, *at, beside.roads, float(limit), ground.step, ground.dead,
        ground.taken(),
    )  # fmt: skip
    ground.give(search)
    return EdgeIntervals(edge, start, stop).sorted()


def reached_around(spots: Spots, roads: Roads, *, limit: float, towards: bool = True) -> EdgeIntervals:
    """Give the stretch around each source that lies on an edge itself.

    On one-way edges only what lies before the source reaches it (``towards``), or what lies behind is reached.
    """
    near = np.flatnonzero((spots.edge >= 0) & (spots.off <= limit))
    on, left, at = spots.edge[near], limit - spots.off[near], spots.position[near]
    bound = roads.oneway[on]
    seen = roads if towards else roads.turned()
    before = np.where(bound & (not towards), 0.0, _length(left, seen.ahead, on))
    behind = np.where(bound & towards, 0.0, _length(left, seen.back, on))
    return EdgeIntervals(on, np.maximum(at - before, 0.0), np.minimum(at + behind, roads.length[on]))


def _length(cost: Floats, pace: Floats, edge: Ints) -> Floats:
    """Return how far a cost leads on edges."""
    return cost if len(pace) == 0 else cost / pace[edge]


def with_sources(reached: EdgeIntervals, around: EdgeIntervals, length: Floats) -> EdgeIntervals:
    """Add the stretches around sources to those reached from nodes."""
    if len(around.edge) == 0:
        return reached
    touched = np.isin(reached.edge, around.edge)
    shared = dissolved((reached.some(touched), around), length)
    alone = reached.some(~touched)
    return EdgeIntervals(
        np.concatenate([alone.edge, shared.edge]),
        np.concatenate([alone.start, shared.start]),
        np.concatenate([alone.stop, shared.stop]),
    ).sorted()


def dissolved(parts: tuple[EdgeIntervals, ...], length: Floats) -> EdgeIntervals:
    """Unite overlapping and touching stretches of each edge."""
    edge = np.concatenate([part.edge for part in parts]).astype(np.int64)
    start = np.concatenate([part.start for part in parts])
    stop = np.concatenate([part.stop for part in parts])
    if len(edge) == 0:
        return EdgeIntervals(edge, start, stop)
    order = np.lexsort((start, edge))
    edge, start, stop = edge[order], start[order], stop[order]
    # Lay the edges end to end with a gap of one, so that one running maximum serves every edge at once.
    others = np.ones(len(edge), bool)
    others[1:] = edge[1:] != edge[:-1]
    room = length[edge[others]] + 1.0
    base = np.concatenate([np.zeros(1), np.cumsum(room)[:-1]])[np.cumsum(others) - 1]
    reach = np.maximum.accumulate(base + stop)
    opens = np.ones(len(edge), bool)
    opens[1:] = base[1:] + start[1:] > reach[:-1]
    first = np.flatnonzero(opens | others)
    return EdgeIntervals(edge[first], start[first], np.maximum.reduceat(stop, first))


def whole(intervals: EdgeIntervals, length: Floats) -> Flags:
    """Tell which intervals are whole edges."""
    return (intervals.start <= 0.0) & (intervals.stop >= length[intervals.edge])
