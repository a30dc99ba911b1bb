"""Which part of each edge lies within reach: exact intervals, entered from both ends and from sources on the edge."""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints


class EdgeIntervals(NamedTuple):
    """Stretches of edges, disjoint, sorted by edge and start; positions count from the edge's ``u`` end."""

    edge: Ints
    start: Floats
    stop: Floats


def reached_from_ends(length: Floats, cost_u: Floats, cost_v: Floats, *, limit: float) -> EdgeIntervals:
    """Give the stretch reached from each end that is itself within ``limit``; stretches may still overlap."""
    from_u, from_v = np.flatnonzero(cost_u <= limit), np.flatnonzero(cost_v <= limit)
    far = np.minimum(limit - cost_u[from_u], length[from_u])
    back = length[from_v] - np.minimum(limit - cost_v[from_v], length[from_v])
    return EdgeIntervals(
        np.concatenate([from_u, from_v]),
        np.concatenate([np.zeros(len(from_u)), back]),
        np.concatenate([far, length[from_v]]),
    )


def reached_around(
    edge: Ints, position: Floats, off: Floats, *, length: Floats, limit: float
) -> EdgeIntervals:
    """Give the stretch around each source that lies on an edge itself."""
    near = np.flatnonzero((edge >= 0) & (off <= limit))
    on, left = edge[near], limit - off[near]
    return EdgeIntervals(
        on, np.maximum(position[near] - left, 0.0), np.minimum(position[near] + left, length[on])
    )


def dissolved(parts: tuple[EdgeIntervals, ...], length: Floats) -> EdgeIntervals:
    """Unite overlapping and touching stretches of each edge."""
    edge = np.concatenate([part.edge for part in parts]).astype(np.int64)
    start = np.concatenate([part.start for part in parts])
    stop = np.concatenate([part.stop for part in parts])
    if len(edge) == 0:
        return EdgeIntervals(edge, start, stop)
    order = np.lexsort((start, edge))
    edge, start, stop = edge[order], start[order], stop[order]
    # Lay all edges end to end with a gap of one, so that one running maximum serves every edge at once.
    base = np.concatenate([np.zeros(1), np.cumsum(length + 1.0)[:-1]])[edge]
    reach = np.maximum.accumulate(base + stop)
    opens = np.ones(len(edge), bool)
    opens[1:] = base[1:] + start[1:] > reach[:-1]
    first = np.flatnonzero(opens)
    return EdgeIntervals(edge[first], start[first], np.maximum.reduceat(stop, first))


def whole(intervals: EdgeIntervals, length: Floats) -> Flags:
    """Tell which intervals are whole edges."""
    return (intervals.start <= 0.0) & (intervals.stop >= length[intervals.edge])
