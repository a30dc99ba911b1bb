"""One bounded search per source: who is within a limit of whom, as a sparse table, never a dense one."""

from typing import Any

import numpy as np

from gis.kernels.arrays import Floats, Ints
from gis.kernels.compiling import compiled
from gis.kernels.piles import MARKED, Search, entered, finished, with_room


@compiled
def bounded_searches(
    indptr: Ints,
    indices: Ints,
    weights: Floats,
    entry_ptr: Ints,
    entry_node: Ints,
    entry_cost: Floats,
    column: Ints,
    limit: float,
    step: float,
    dead: int,
    search: Search,
) -> tuple[Ints, Ints, Floats, Search]:
    """Search from every source up to a limit; only what was touched is reset.

    Parameters
    ----------
    indptr, indices, weights
        The graph in compressed rows; no weight negative.
    entry_ptr, entry_node, entry_cost
        Where each source enters the graph and at which cost: source ``k`` has entries ``entry_ptr[k]:entry_ptr[k+1]``.
    column
        Column of the table for each node; nodes with -1 are searched through and not written. Empty: nodes are
        their own columns.
    limit
        Costs up to and including it are found.
    step, dead
        As for ``piles.finished``.
    search
        Working arrays that know of no node.

    Returns
    -------
    tuple
        Compressed rows: offsets per source, columns in the order their nodes were met, costs; and the working arrays.
    """
    sources = len(entry_ptr) - 1
    out_ptr = np.zeros(sources + 1, np.int64)
    out_column, out_cost = np.empty(4096, np.int32), np.empty(4096)
    filled = 0
    for row in range(sources):
        here, end = entry_ptr[row], entry_ptr[row + 1]
        search = entered(search, entry_node[here:end], entry_cost[here:end], limit)
        while not finished(indptr, indices, weights, search, None, limit, step, dead):
            search = with_room(search)
        marked = np.int64(search.state[MARKED])
        if filled + marked > len(out_column):
            room = 2 * (filled + marked) + (filled // (row + 1)) * (sources - row)
            out_column, out_cost = _longer(out_column, filled, room), _longer(out_cost, filled, room)
        filled = _written(search.marked[:marked], search.cost, column, out_column, out_cost, filled)
        out_ptr[row + 1] = filled
    return out_ptr, out_column[:filled], out_cost[:filled], search


@compiled
def _longer(values: Any, filled: int, room: Any) -> Any:  # noqa: ANN401 - of any kind of number
    """Return an array with room for more behind what is filled; memory that is never written costs nothing."""
    longer = np.empty(room, values.dtype)
    longer[:filled] = values[:filled]
    return longer


@compiled
def in_rows(
    place: Ints, ptr: Ints, column: Ints, cost: Floats, out_ptr: Ints, out_column: Ints, out_cost: Floats
) -> None:
    """Copy rows to where they belong in a table: row ``k`` becomes row ``place[k]``."""
    for row in range(len(ptr) - 1):
        begin, size, at = ptr[row], ptr[row + 1] - ptr[row], out_ptr[place[row]]
        out_column[at : at + size] = column[begin : begin + size]
        out_cost[at : at + size] = cost[begin : begin + size]


@compiled
def _written(
    marked: Ints, cost: Floats, column: Ints, out_column: Ints, out_cost: Floats, filled: int
) -> int:
    """Write the costs of the nodes that were met and forget them; return how many are written in all."""
    every = len(column) == 0
    for node in marked:
        at = np.int32(node) if every else column[node]
        out_column[filled], out_cost[filled] = at, cost[node]
        filled += int(at >= 0)
        cost[node] = np.inf
    return filled


@compiled
def to_places(
    ptr: Ints,
    node: Ints,
    cost: Floats,
    place_ptr: Ints,
    place: Ints,
    extra: Floats,
    places: int,
    limit: float,
) -> tuple[Ints, Ints, Floats]:
    """Carry a table of sources and nodes on to places beside the nodes, the cheaper way where there are two.

    ``place_ptr``, ``place``, ``extra`` list the places at each node and the cost from the node to them.
    """
    best = np.full(places, np.inf)
    touched = np.empty(places, np.int32)
    out_ptr = np.zeros(len(ptr), np.int64)
    out_place, out_cost = np.empty(4096, np.int32), np.empty(4096)
    filled = 0
    for source in range(len(ptr) - 1):
        marked = 0
        for k in range(ptr[source], ptr[source + 1]):
            for at in range(place_ptr[node[k]], place_ptr[node[k] + 1]):
                there = cost[k] + extra[at]
                if there <= limit and there < best[place[at]]:
                    if best[place[at]] == np.inf:
                        touched[marked] = place[at]
                        marked += 1
                    best[place[at]] = there
        while filled + marked > len(out_place):
            out_place = np.concatenate((out_place, np.empty_like(out_place)))
            out_cost = np.concatenate((out_cost, np.empty_like(out_cost)))
        for k in range(marked):
            out_place[filled], out_cost[filled] = touched[k], best[touched[k]]
            best[touched[k]] = np.inf
            filled += 1
        out_ptr[source + 1] = filled
    return out_ptr, out_place[:filled].copy(), out_cost[:filled].copy()
