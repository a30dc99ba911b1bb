"""Search from any number of entries, open nodes in buckets of cost (Dial 1969; Meyer and Sanders 2003, one thread)."""

from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled

USED, FREE, WAITING, NOW, MARKED = range(5)
"""What the numbers of ``Search.state`` are."""
STEPS = 8
"""Edges followed at once along a road that does not branch, before what it leads to waits its turn."""
TWO = np.uint32(2)
NO_WAY, FORK = np.uint32(0xFFFFFFFF), np.uint32(0xFFFFFFFE)


class Search(NamedTuple):
    """One search under way.

    Attributes
    ----------
    cost, source
        Per node: smallest cost so far (inf: not met), and where it comes from.
    marked
        Nodes that were met, ``state[MARKED]`` of them.
    first, last
        Slot of the first and last entry of each bucket, 0 for an empty one; a power of two buckets, in a ring.
    key, node, after
        Slots: cost and node of an entry, and the next slot of its bucket; slot 0 is never used.
    state
        Slots used, first free one of them, entries waiting, bucket at hand, nodes marked.
    """

    cost: Floats
    source: Ints
    marked: Ints
    first: Ints
    last: Ints
    key: Floats
    node: Ints
    after: Ints
    state: Ints


@compiled
def begun(nodes: int, count: int, slots: int) -> Search:
    """Return a search of a graph with so many nodes that has not met any; ``count`` buckets."""
    state = np.zeros(5, np.int64)
    state[USED] = 1
    return Search(
        np.full(nodes, np.inf),
        np.empty(nodes, np.int32),
        np.empty(nodes, np.uint32),
        np.zeros(count, np.uint32),
        np.zeros(count, np.uint32),
        np.empty(slots),
        np.empty(slots, np.uint32),
        np.zeros(slots, np.uint32),
        state,
    )


@compiled
def with_room(search: Search) -> Search:
    """Return the same search with twice the slots."""
    return Search(
        search.cost,
        search.source,
        search.marked,
        search.first,
        search.last,
        np.concatenate((search.key, search.key)),
        np.concatenate((search.node, search.node)),
        np.concatenate((search.after, search.after)),
        search.state,
    )


@compiled
def entered(search: Search, nodes: Ints, cost: Floats, limit: float, inverse: float) -> Search:
    """Start a search of one source, whose working arrays know of no node, at its entries within the limit."""
    while len(search.key) <= len(nodes):
        search = with_room(search)
    search.state[:] = 0
    search.state[USED] = 1
    for k in range(len(nodes)):
        if cost[k] <= limit:
            enter(search, nodes[k], cost[k], 0, inverse)
    return search


@compiled
def enter(search: Search, node: int, cost: float, source: int, inverse: float) -> None:
    """Enter the graph at a node, if that is cheaper than what is known; needs one slot of room."""
    at = np.uint32(node)
    if not cost < search.cost[at]:
        return
    state = search.state
    if search.cost[at] == np.inf:
        search.marked[state[MARKED]] = at
        state[MARKED] += 1
    search.cost[at], search.source[at] = cost, source
    slot = np.uint32(state[USED])
    state[USED] += 1
    state[WAITING] += 1
    search.key[slot], search.node[slot] = cost, at
    _queue(
        search.first,
        search.last,
        search.after,
        np.uint64(cost * inverse) & np.uint64(len(search.first) - 1),
        slot,
    )


@compiled
def _queue(first: Ints, last: Ints, after: Ints, bucket: np.uint64, slot: np.uint32) -> None:
    """Put a slot at the end of a bucket."""
    after[slot] = 0
    if first[bucket] == 0:
        first[bucket] = slot
    else:
        after[last[bucket]] = slot
    last[bucket] = slot


@compiled
def _way_on(indptr: Ints, indices: Ints, node: np.uint32, came: np.uint32) -> np.uint32:
    """Return the only way (its place in ``indices``) that leads on from a node one came to, or NO_WAY or FORK."""
    way, end = np.uint32(indptr[node]), np.uint32(indptr[np.uint32(node + np.uint32(1))])
    ways = end - way
    if ways > TWO:
        return FORK
    if ways == 0:
        return NO_WAY
    if np.uint32(indices[way]) == came:
        return NO_WAY if ways == 1 else np.uint32(way + np.uint32(1))
    return way if ways == 1 or np.uint32(indices[np.uint32(way + np.uint32(1))]) == came else FORK


@compiled
def finished(
    indptr: Ints, indices: Ints, weights: Floats, search: Search, limit: float, inverse: float
) -> bool:
    """Follow the edges of open nodes in order of cost; False when slots ran out before the end.

    Within a bucket nodes come in the order they were opened, and again when a cheaper way turns up: answers are exact
    whatever the width ``1 / inverse`` of a bucket. A node with one way on is not opened: the way is followed at once,
    which adds the same costs in the same order, so that answers are the same to the last bit; and a dead end opens
    nothing. Neither needs a prepared graph, as a contraction of chains would.
    """
    cost, source, marked = search.cost, search.source, search.marked
    first, last, key, nodes, after = search.first, search.last, search.key, search.node, search.after
    ring, room = np.uint64(len(first) - 1), len(key)
    used, free = np.uint32(search.state[USED]), np.uint32(search.state[FREE])
    waiting, now, met = search.state[WAITING], np.uint64(search.state[NOW]), np.uint64(search.state[MARKED])
    done = True
    while waiting > 0 and done:
        while first[now] != 0:
            entry = first[now]
            here, node = key[entry], nodes[entry]
            begin, end = np.uint32(indptr[node]), np.uint32(indptr[np.uint32(node + np.uint32(1))])
            if used + (end - begin) > room:
                done = False
                break
            first[now] = after[entry]
            after[entry], free = free, entry
            waiting -= 1
            if here > cost[node]:
                continue
            origin = source[node]
            for k in range(begin, end):
                came, other, there = node, np.uint32(indices[k]), here + weights[k]
                for step in range(STEPS):
                    before = cost[other]
                    if not (there < before and there <= limit):
                        break
                    if before == np.inf:
                        marked[met] = other
                        met += np.uint64(1)
                    cost[other], source[other] = there, origin
                    way = _way_on(indptr, indices, other, came)
                    if way < FORK and step < STEPS - 1:
                        came, other, there = other, np.uint32(indices[way]), there + weights[way]
                        continue
                    if way == NO_WAY:
                        break
                    slot = free
                    if slot != 0:
                        free = after[slot]
                    else:
                        slot = used
                        used += np.uint32(1)
                    key[slot], nodes[slot] = there, other
                    waiting += 1
                    _queue(first, last, after, np.uint64(there * inverse) & ring, slot)
                    break
        if done:
            now = (now + np.uint64(1)) & ring
    state = search.state
    state[USED], state[FREE], state[WAITING], state[NOW], state[MARKED] = used, free, waiting, now, met
    return done


@compiled
def one_search(
    indptr: Ints,
    indices: Ints,
    weights: Floats,
    entry_source: Ints,
    entry_node: Ints,
    entry_cost: Floats,
    limit: float,
    width: float,
    count: int,
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
    width, count
        Width of a bucket and how many there are, a power of two; together wider than any weight or entry cost up to
        the limit.

    Returns
    -------
    tuple
        Cost per node (inf out of reach) and source (-1 out of reach).
    """
    inverse = 1.0 / width
    search = begun(len(indptr) - 1, count, len(entry_node) + 4096)
    search.source[:] = -1
    for k in range(len(entry_node)):
        if entry_cost[k] <= limit:
            enter(search, entry_node[k], entry_cost[k], entry_source[k], inverse)
    while not finished(indptr, indices, weights, search, limit, inverse):
        search = with_room(search)
    return search.cost, search.source
