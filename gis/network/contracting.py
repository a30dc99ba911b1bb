"""Nodes that only join two edges, taken out: the roads stay what they are, and searches meet fewer nodes."""

import numpy as np

from gis.kernels.arrays import Flags, Ints, ragged
from gis.network.edges import Edges, Shapes


def contracted(edges: Edges) -> Edges:
    """Return the same roads with the edges that meet end to end made one.

    A node goes where exactly two edges meet that are both or neither one-way (the one leading on from the other) and
    both or neither a bridge or tunnel. Nothing goes where the ways of an edge have paces of their own (slope), nor on
    roads that come back to where they left. Every cost between places on edges stays what it was, but for the order
    in which lengths are added.
    """
    if len(edges.ahead) or len(edges.u) == 0:
        return edges
    from gis.kernels.chains import strung  # noqa: PLC0415 - numba loads with the first network

    at, through = _joints(edges)
    offsets, codes = strung(edges.u, edges.v, at, through)
    return _joined(edges, offsets, codes) if len(offsets) - 1 < len(edges.u) else edges


def _joints(edges: Edges) -> tuple[Ints, Flags]:
    """Return the two edges at every node that only joins them, and which nodes those are."""
    count, size = len(edges.u), len(edges.x)
    ends = np.concatenate([edges.u, edges.v])
    two = np.bincount(ends, minlength=size) == 2  # noqa: PLR2004 - one edge on, one edge off
    order = np.argsort(ends, kind="stable")
    order = order[two[ends[order]]]
    at = np.zeros((size, 2), np.int64)
    at[two] = (order % count).reshape(-1, 2)
    one, other = at[:, 0], at[:, 1]
    through = two & (one != other)
    through &= (edges.oneway[one] == edges.oneway[other]) & (edges.raised[one] == edges.raised[other])
    node = np.arange(size)
    leads_on = (edges.u[one] == node) != (edges.u[other] == node)
    return at, through & (leads_on | ~edges.oneway[one])


def _joined(edges: Edges, offsets: Ints, codes: Ints) -> Edges:
    edge, turned = codes >> 1, (codes & 1).astype(bool)
    first, last = offsets[:-1], offsets[1:] - 1
    u = np.where(turned[first], edges.v[edge[first]], edges.u[edge[first]])
    v = np.where(turned[last], edges.u[edge[last]], edges.v[edge[last]])
    kept, number = np.unique(np.concatenate([u, v]), return_inverse=True)
    flipped = turned[first] & edges.oneway[edge[first]]
    u, v = number[: len(u)], number[len(u) :]
    return Edges(
        edges.x[kept], edges.y[kept], np.where(flipped, v, u), np.where(flipped, u, v),
        np.add.reduceat(edges.cost[edge], first), edges.oneway[edge[first]], edges.raised[edge[first]],
        _drawn(edges, offsets, edge, turned, flipped),
    )  # fmt: skip


def _drawn(edges: Edges, offsets: Ints, edge: Ints, turned: Flags, flipped: Flags) -> Shapes:
    """Give the vertices of edges strung together; where two meet, the vertex they share is there once."""
    shapes = edges.drawn()
    begin, end = shapes.offsets[edge], shapes.offsets[edge + 1]
    flat, pieces = ragged(begin, end)
    which = np.repeat(np.arange(len(edge)), np.diff(pieces))
    within = np.arange(len(flat)) - pieces[which]
    flat = np.where(turned[which], begin[which] + end[which] - 1 - flat, flat)
    opens = np.zeros(len(edge), bool)
    opens[offsets[:-1]] = True
    chain = np.cumsum(opens)[which] - 1
    kept = (within > 0) | opens[which]
    flat, chain = flat[kept], chain[kept]
    sizes = np.bincount(chain, minlength=len(offsets) - 1)
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    place = np.arange(len(flat))
    place = np.where(flipped[chain], starts[chain] + starts[chain + 1] - 1 - place, place)
    return Shapes(shapes.x[flat[place]], shapes.y[flat[place]], starts)
