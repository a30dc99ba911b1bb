"""Travel tables: from every source to everything within a limit; sparse, made once, used for access and siting."""

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Floats, Ints, ragged
from gis.kernels.on_edges import Roads, by_direction
from gis.kernels.search import Entries, Ground
from gis.network.places import Places
from layers.errors import InputError
from layers.text import Text

_LEAST_SHARE = 64
"""Sources a thread is worth starting for."""


_Part = tuple[Ints, Ints, Floats]


class Beside(NamedTuple):
    """Places beside nodes in compressed rows, and the cost from the node to each; ``size`` places in all."""

    ptr: Ints
    place: Ints
    cost: Floats
    size: int

    def columns(self) -> "Columns":
        """Return columns for the nodes that have places beside them, numbered as the nodes."""
        nodes = len(self.ptr) - 1
        return Columns(np.where(np.diff(self.ptr) > 0, np.arange(nodes), -1).astype(np.int32), nodes)


class Columns(NamedTuple):
    """Column of a table for each node (-1: none), and how many columns there are."""

    of_node: Ints
    width: int


def columns_of(wanted: Ints, *, nodes: int, asked: Ints | None = None) -> Columns:
    """Give each of the wanted nodes its column, in their order.

    Raises InputError, naming the node as it was ``asked`` for, when one is wanted twice.
    """
    of_node = np.full(nodes, -1, np.int32)
    of_node[wanted] = np.arange(len(wanted), dtype=np.int32)
    if asked is not None and (of_node >= 0).sum() < len(wanted):
        values, times = np.unique(asked, return_counts=True)
        node = values[times > 1][0]
        raise InputError(Text(f"节点 {node} 在 targets 中出现两次。", f"Node {node} is in targets twice."))
    return Columns(of_node, len(wanted))


def travel_table(
    ground: Ground, entries: Entries, *, sources: int, limit: float, columns: Columns | None = None
) -> csr_matrix:
    """Return the cost from every source to every node within ``limit``: (sources, nodes), a stored 0 is no distance.

    With ``columns`` only the nodes that have one are written: (sources, columns).

    Raises
    ------
    InputError
        When the limit is negative, infinite or not a number.
    """
    from gis.kernels.bounded import bounded_searches  # noqa: PLC0415 - numba loads with the first table

    check_limit(limit)
    turn = _neighbours_together(entries, sources)
    place = np.argsort(turn)
    order = np.argsort(place[entries.source], kind="stable")
    counts = np.bincount(entries.source, minlength=sources)[turn]
    ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    node, cost = entries.node[order].astype(np.int64), entries.cost[order].astype(np.float64)
    column = np.empty(0, np.int32) if columns is None else columns.of_node.astype(np.int32, copy=False)

    def part(ends: tuple[int, int]) -> _Part:
        rows = ptr[ends[0] : ends[1] + 1]
        found = bounded_searches(
            *ground.graph, rows, node, cost, column, float(limit), ground.step, ground.dead, ground.taken()
        )
        ground.give(found[-1])
        return found[:3]

    shares = _shares(sources)
    width = ground.graph.size if columns is None else columns.width
    if len(shares) == 1:
        return _in_order([part(shares[0])], turn, width)
    with ThreadPoolExecutor(max_workers=len(shares)) as pool:
        return _in_order(list(pool.map(part, shares)), turn, width)


def _neighbours_together(entries: Entries, sources: int) -> Ints:
    """Return the order in which to search from the sources: near ones in turn, as they touch the same memory.

    Nodes are numbered along a curve, so the smallest node a source enters at tells where it is.
    """
    first = np.full(sources, np.iinfo(np.int64).max)
    np.minimum.at(first, entries.source, entries.node)
    return np.argsort(first, kind="stable")


def beside_nodes(ways: Entries, *, nodes: int, places: int) -> Beside:
    """Sort the ways between places and nodes by node."""
    order = np.argsort(ways.node, kind="stable")
    counts = np.bincount(ways.node, minlength=nodes)
    ptr = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    return Beside(ptr, ways.source[order].astype(np.int32), ways.cost[order], places)


def carried_on(table: csr_matrix, beside: Beside, *, limit: float) -> csr_matrix:
    """Carry a table of sources and nodes (those with places beside them) on to the places: (sources, places)."""
    from gis.kernels.bounded import to_places  # noqa: PLC0415 - as above

    ptr, place, cost = to_places(
        table.indptr.astype(np.int64), table.indices, table.data, beside.ptr, beside.place, beside.cost,
        beside.size, float(limit),
    )  # fmt: skip
    return csr_matrix((cost, place, ptr), shape=(table.shape[0], beside.size))


def pairs_along_edges(
    sources: Places, places: Places, roads: Roads, *, limit: float, towards: bool
) -> csr_matrix:
    """Return the costs between sources and places that lie on one and the same edge, straight along it.

    On one-way edges from the place to the source, or the other way if not ``towards``.
    """
    order = np.argsort(places.edge, kind="stable")
    order = order[places.edge[order] >= 0]
    low = np.searchsorted(places.edge[order], sources.edge, side="left")
    high = np.searchsorted(places.edge[order], sources.edge, side="right")
    flat, offsets = ragged(low, np.where(sources.edge >= 0, high, low))
    source, place = np.repeat(np.arange(len(sources)), np.diff(offsets)), order[flat]
    ahead = sources.position[source] - places.position[place]
    on, forward = places.edge[place], (ahead > 0) if towards else (ahead < 0)
    length = by_direction(np.abs(ahead), roads, on, forward=forward)
    cost = length + sources.off[source] + places.off[place]
    against = roads.oneway[on] & ~forward & (ahead != 0)
    kept = (cost <= limit) & ~against
    ptr = np.concatenate([[0], np.cumsum(np.bincount(source[kept], minlength=len(sources)))])
    return csr_matrix((cost[kept], place[kept], ptr), shape=(len(sources), len(places)))


def looked_up(table: csr_matrix, pattern: csr_matrix) -> Floats:
    """Return what a table holds in the cells stored in ``pattern``, in their order; inf where it holds nothing."""
    columns = table.shape[1]
    keys = _rows(table).astype(np.int64) * columns + table.indices
    asked = _rows(pattern).astype(np.int64) * columns + pattern.indices
    if len(keys) == 0:
        return np.full(len(asked), np.inf)
    order = np.argsort(keys)
    at = np.minimum(np.searchsorted(keys[order], asked), len(keys) - 1)
    return np.where(keys[order][at] == asked, table.data[order][at], np.inf)


def kept_within(pattern: csr_matrix, cost: Floats, *, limit: float) -> csr_matrix:
    """Return the cells of ``pattern`` with new costs, those within the limit only."""
    kept = cost <= limit
    ptr = np.concatenate([[0], np.cumsum(np.bincount(_rows(pattern)[kept], minlength=pattern.shape[0]))])
    return csr_matrix((cost[kept], pattern.indices[kept], ptr), shape=pattern.shape)


def cheaper_of(one: csr_matrix, other: csr_matrix) -> csr_matrix:
    """Return the smaller of two tables cell by cell; what is stored in one only stays."""
    rows = np.concatenate([_rows(one), _rows(other)])
    columns = np.concatenate([one.indices, other.indices])
    cost = np.concatenate([one.data, other.data])
    order = np.lexsort((cost, columns, rows))
    rows, columns, cost = rows[order], columns[order], cost[order]
    first = np.ones(len(rows), bool)
    first[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows[first], minlength=one.shape[0]))])
    return csr_matrix((cost[first], columns[first], ptr), shape=one.shape)


def _rows(table: csr_matrix) -> Ints:
    return np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))


def check_limit(limit: float) -> None:
    """Refuse a limit that is negative, infinite or no number."""
    if not (limit >= 0 and math.isfinite(limit)):
        raise InputError(
            Text(f"界限 {limit} 不是零或正数。", f"The limit {limit} is not zero or a positive number."),
            Text(
                "表格只存界限之内的，请给一个有限的界限。",
                "A table holds what is within; give a finite limit.",
            ),
        )


def _shares(sources: int) -> list[tuple[int, int]]:
    """Cut the sources into runs, one per thread, none too small to be worth it."""
    pieces = max(1, min(os.cpu_count() or 1, sources // _LEAST_SHARE))
    ends = np.linspace(0, sources, pieces + 1).astype(int).tolist()
    return list(pairwise(ends))


def _in_order(parts: Sequence[_Part], turn: Ints, columns: int) -> csr_matrix:
    """Put the rows of the parts, which follow ``turn``, where they belong."""
    from gis.kernels.bounded import in_rows  # noqa: PLC0415 - as above

    sizes = np.zeros(len(turn) + 1, np.int64)
    sizes[turn + 1] = np.concatenate([np.diff(ptr) for ptr, _, _ in parts])
    ptr = np.cumsum(sizes)
    node, cost = np.empty(ptr[-1], np.int32), np.empty(ptr[-1])
    begin = 0
    for one in parts:
        rows = len(one[0]) - 1
        in_rows(turn[begin : begin + rows], *one, ptr, node, cost)
        begin += rows
    return csr_matrix((cost, node, ptr), shape=(len(turn), columns))
