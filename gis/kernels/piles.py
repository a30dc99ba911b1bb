"""Search from any number of entries, open nodes on a near and a far pile (Davidson et al. 2014, IPDPS)."""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled

NEAR, DONE, FAR, MARKED = range(4)
"""What the numbers of ``Search.state`` are."""
ONE = np.uint64(1)
NEXT = np.uint32(1)


class Search(NamedTuple):
    """One search under way.

    Attributes
    ----------
    cost
        Per node: smallest cost so far, inf: not met.
    marked
        Nodes that were met, ``state[MARKED]`` of them, and one place more.
    near
        Nodes to be followed now, ``state[NEAR]`` of them, of which ``state[DONE]`` are done.
    far, far_cost
        Nodes to be followed later and what they cost when they were put there, ``state[FAR]`` of them.
    bound
        Costs up to ``bound[0]`` are near.
    state
        Counts of the above.
    """

    cost: Floats
    marked: Ints
    near: Ints
    far: Ints
    far_cost: Floats
    bound: Floats
    state: Ints


@compiled
def begun(nodes: int, room: int) -> Search:
    """Return a search of a graph with so many nodes that has not met any; piles for ``room`` nodes."""
    return Search(
        np.full(nodes, np.inf),
        np.empty(nodes + 1, np.uint32),
        np.empty(room, np.uint32),
        np.empty(room, np.uint32),
        np.empty(room),
        np.zeros(1),
        np.zeros(4, np.uint64),
    )


@compiled
def with_room(search: Search) -> Search:
    """Return the same search with piles of twice the size."""
    return Search(
        search.cost,
        search.marked,
        np.concatenate((search.near, search.near)),
        np.concatenate((search.far, search.far)),
        np.concatenate((search.far_cost, search.far_cost)),
        search.bound,
        search.state,
    )


@compiled
def entered(search: Search, nodes: Ints, cost: Floats, limit: float) -> Search:
    """Start a search of one source, whose working arrays know of no node, at its entries within the limit."""
    while len(search.far) < len(nodes):
        search = with_room(search)
    search.state[:] = 0
    for k in range(len(nodes)):
        if cost[k] <= limit:
            enter(search, nodes[k], cost[k])
    return search


@compiled
def enter(search: Search, node: int, cost: float) -> bool:
    """Enter the graph at a node and tell if that is cheaper than what is known; needs room on the far pile."""
    at, state = np.uint32(node), search.state
    if not cost < search.cost[at]:
        return False
    if search.cost[at] == np.inf:
        search.marked[state[MARKED]] = at
        state[MARKED] += ONE
    search.cost[at] = cost
    search.far[state[FAR]], search.far_cost[state[FAR]] = at, cost
    state[FAR] += ONE
    return True


@compiled
def finished(
    indptr: Ints,
    indices: Ints,
    weights: Floats,
    search: Search,
    source: Ints | None,
    limit: float,
    step: float,
    dead: int,
) -> bool:
    """Follow the edges of open nodes, near ones first; False when a pile was full before the end.

    A node is followed again when a cheaper way to it turns up: answers are exact whatever ``step``, by which the near
    pile reaches beyond the cheapest node of the far one. The loop over edges never jumps: it writes every time and
    counts what was new, as no processor foresees which edges lead to something new. Nodes with ``dead`` edges or
    fewer lead nowhere else and are not opened. ``source`` tells per node where its cost comes from, if given.
    """
    cost, marked, near, far, far_cost = search.cost, search.marked, search.near, search.far, search.far_cost
    room, bound = np.uint64(len(near)), search.bound[0]
    near_count, done, far_count, met = search.state
    while True:
        while done < near_count:
            node = near[done]
            begin, end = np.uint32(indptr[node]), np.uint32(indptr[np.uint32(node + NEXT)])
            if max(near_count, far_count) + np.uint64(end - begin) > room:
                search.bound[0] = bound
                _keep(search.state, near_count, done, far_count, met)
                return False
            done += ONE
            here = cost[node]
            for k in range(begin, end):
                other, there = np.uint32(indices[k]), here + weights[k]
                before = cost[other]
                better, close = (there < before) & (there <= limit), there <= bound
                marked[met] = other
                met += np.uint64(better & (before == np.inf))
                cost[other] = there if better else before
                if source is not None and better:
                    source[other] = source[node]
                ways = np.uint32(indptr[np.uint32(other + NEXT)]) - np.uint32(indptr[other])
                opens = better & (ways > dead)
                near[near_count] = far[far_count] = other
                far_cost[far_count] = there
                near_count += np.uint64(opens & close)
                far_count += np.uint64(opens & (not close))
        if far_count == 0:
            _keep(search.state, near_count, done, far_count, met)
            return True
        bound = far_cost[: np.int64(far_count)].min() + step
        done, (near_count, far_count) = np.uint64(0), _split(near, far, far_cost, cost, far_count, bound)


@compiled
def _keep(state: Ints, near_count: np.uint64, done: np.uint64, far_count: np.uint64, met: np.uint64) -> None:
    state[NEAR], state[DONE], state[FAR], state[MARKED] = near_count, done, far_count, met


@compiled
def _split(
    near: Ints, far: Ints, far_cost: Floats, cost: Floats, count: np.uint64, bound: float
) -> tuple[np.uint64, np.uint64]:
    """Bring what is near now from the far pile to the near one; what became cheaper since is there already."""
    near_count, kept = np.uint64(0), np.uint64(0)
    for k in range(count):
        node, then = far[k], far_cost[k]
        close = then <= bound
        near[near_count] = node
        near_count += np.uint64(close & (then == cost[node]))
        far[kept], far_cost[kept] = node, then
        kept += np.uint64(not close)
    return near_count, kept


@compiled
def one_search(
    indptr: Ints,
    indices: Ints,
    weights: Floats,
    entry_source: Ints,
    entry_node: Ints,
    entry_cost: Floats,
    limit: float,
    step: float,
    dead: int,
) -> tuple[Floats, Ints]:
    """Find the cost to, and the number of, the nearest source of every node.

    Parameters
    ----------
    indptr, indices, weights
        The graph in compressed rows; no weight negative.
    entry_source, entry_node, entry_cost
        Where sources enter the graph and at which cost.
    limit
        Costs above it are not searched; may be inf.
    step, dead
        As for ``finished``.

    Returns
    -------
    tuple
        Cost per node (inf out of reach) and source (-1 out of reach).
    """
    search, source = begun(len(indptr) - 1, len(entry_node) + 4096), np.full(len(indptr) - 1, -1, np.int32)
    for k in range(len(entry_node)):
        if entry_cost[k] <= limit and enter(search, entry_node[k], entry_cost[k]):
            source[entry_node[k]] = entry_source[k]
    while not finished(indptr, indices, weights, search, source, limit, step, dead):
        search = with_room(search)
    return search.cost, source
