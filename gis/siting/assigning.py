"""Who can be taken where nobody takes more than fits: the most people, then the least travel, as one flow."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.highs import Program, solve
from layers.errors import InputError
from layers.text import Text

_LARGE = 30_000
"""Entries of a linear program from which an interior point is faster than the simplex."""
_STEPS_PER_ENTRY = 100
"""Steps per entry after which the network simplex counts as stuck in rounding; it takes less than one."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who goes where.

    Attributes
    ----------
    served
        (n_demand,) people of each demand that are taken by some supply.
    used
        (n_supply,) people each supply takes.
    travel
        Sum of people times travel.
    """

    served: Floats
    used: Floats
    travel: float


def assign_within_capacity(travel_csr: csr_matrix, people: Floats, capacity: Floats) -> Assigned:
    """Assign as many people as capacities allow, and among all such ways one with the least travel.

    Parts of a demand may go to different supplies. Demands that differ in nothing but their number are solved as one;
    who reaches a supply that can take everybody who reaches it, and none nearer, goes there beforehand. The rest is a
    network simplex (``gis.kernels.shipping``): exact, in whole numbers where people and capacities are whole.

    Parameters
    ----------
    travel_csr
        (n_supply, n_demand): travel from each supply; a stored entry is in reach, a stored 0 is no distance.
    people
        (n_demand,), none negative.
    capacity
        (n_supply,) people each can take; ``inf`` where nothing limits it.

    Returns
    -------
    Assigned
        Never NaN; all zeros where nothing is in reach.

    Raises
    ------
    InputError
        When shapes do not fit, or a number is negative or not a number.
    """
    table = csr_matrix(travel_csr)
    _check("people", people, table.shape[1], finite=True)
    _check("capacity", capacity, table.shape[0], finite=False)
    rows = csr_matrix(table.T.tocsr())
    rows.sort_indices()
    group, first, weight = _merged(rows, np.asarray(people, np.float64))
    cost = rows[first]
    served, used, travel = _solved(cost, weight, np.asarray(capacity, np.float64))
    share = np.divide(served, weight, out=np.zeros(len(weight)), where=weight > 0)
    return Assigned(np.minimum(share, 1.0)[group] * people, used, travel)


def _check(name: str, values: Floats, size: int, *, finite: bool) -> None:
    if np.shape(values) != (size,):
        raise InputError(
            Text(f"{name} 有 {np.size(values)} 个值，表里有 {size} 个，个数应相同。",
                 f"{name} has {np.size(values)} values where the table has {size}."),
            Text("travel_csr 的形状是（供给，需求）。", "travel_csr is (supply, demand)."),
        )  # fmt: skip
    good = (values >= 0) & (np.isfinite(values) | (not finite))
    if not good.all():
        at = int(np.flatnonzero(~good)[0])
        raise InputError(
            Text(
                f"{name}[{at}] 是 {values[at]}，应为零或正数。",
                f"{name}[{at}] is {values[at]}, not zero or more.",
            )
        )


def _merged(rows: csr_matrix, people: Floats) -> tuple[Ints, Ints, Floats]:
    """Group demands with the same travel to the same supplies (to the millimetre, when travel is in metres)."""
    seeds = np.random.default_rng(20260101).integers(1, 2**63, size=(2, rows.shape[1]), dtype=np.uint64)
    scaled = np.rint(rows.data * 1000.0).astype(np.uint64) + np.uint64(1)
    parts = np.concatenate(
        [np.zeros((2, 1), np.uint64), np.cumsum(seeds[:, rows.indices] * scaled, axis=1)], 1
    )
    sums = (parts[:, rows.indptr[1:]] - parts[:, rows.indptr[:-1]]).T
    _, first, group = np.unique(sums, axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    return group, first, np.asarray(np.bincount(group, weights=people, minlength=len(first)), np.float64)


def _solved(cost: csr_matrix, weight: Floats, capacity: Floats) -> tuple[Floats, Floats, float]:
    settled, nearest = _settled(cost, weight, capacity)
    served = np.where(settled, weight, 0.0)
    used = np.bincount(nearest[settled], weights=weight[settled], minlength=cost.shape[1]).astype(float)
    travel = float((weight * _least(cost))[settled].sum())
    open_ = np.flatnonzero(~settled & (weight > 0) & (np.diff(cost.indptr) > 0))
    if len(open_):
        part = cost[open_]
        flow = cheapest_flow(part, weight[open_], capacity - used)
        row = np.repeat(np.arange(len(open_)), np.diff(part.indptr))
        served[open_] = np.bincount(row, weights=flow, minlength=len(open_))
        used += np.bincount(part.indices, weights=flow, minlength=cost.shape[1])
        travel += float(flow @ part.data)
    return served, used, travel


def _least(cost: csr_matrix) -> Floats:
    least = np.zeros(cost.shape[0])
    some = np.diff(cost.indptr) > 0
    if some.any():
        least[some] = np.minimum.reduceat(cost.data, cost.indptr[:-1][some])
    return least


def _nearest(cost: csr_matrix) -> Ints:
    """Return the nearest supply of each row, the lowest number among equals; -1 for a row without any."""
    rows = np.repeat(np.arange(cost.shape[0]), np.diff(cost.indptr))
    found = np.full(cost.shape[0], cost.shape[1], np.int64)
    least = np.flatnonzero(cost.data == _least(cost)[rows])
    np.minimum.at(found, rows[least], cost.indices[least])
    return np.where(found < cost.shape[1], found, -1)


def _settled(cost: csr_matrix, weight: Floats, capacity: Floats) -> tuple[Flags, Ints]:
    """Tell whose nearest supply can take everybody who may still come to it; repeated until nobody more is found."""
    nearest = _nearest(cost)
    rows = np.repeat(np.arange(cost.shape[0]), np.diff(cost.indptr))
    settled = np.zeros(cost.shape[0], bool)
    left = capacity.astype(float).copy()
    while True:
        asking = np.where(settled, 0.0, weight)[rows]
        wide = np.bincount(cost.indices, weights=asking, minlength=cost.shape[1]) <= left
        more = ~settled & (nearest >= 0) & wide[nearest]
        if not more.any():
            return settled, nearest
        settled |= more
        left -= np.bincount(nearest[more], weights=weight[more], minlength=cost.shape[1])


def cheapest_flow(cost: csr_matrix, weight: Floats, capacity: Floats) -> Floats:
    """Return people per stored entry of ``cost``: the most that can be taken, with the least travel of all such ways.

    Parameters
    ----------
    cost
        (n_demand, n_supply): travel; a stored entry is in reach.
    weight
        (n_demand,) people, every one above zero.
    capacity
        (n_supply,) people each supply can take, none where it is not above zero; inf where nothing limits it.
    """
    from gis.kernels.shipping import Ways, shipped  # noqa: PLC0415 - numba loads here

    rows = np.repeat(np.arange(cost.shape[0]), np.diff(cost.indptr))
    flow = np.zeros(cost.nnz)
    used = np.flatnonzero(capacity[cost.indices] > 0)
    if not len(used):
        return flow
    travel = np.asarray(cost.data[used], np.float64)
    demands, tail = np.unique(rows[used], return_inverse=True)
    supplies, head = np.unique(cost.indices[used], return_inverse=True)
    ways = Ways(tail, head, travel, weight[demands], np.asarray(capacity[supplies], np.float64))
    found, best = shipped(ways, np.argsort(travel, kind="stable"), _STEPS_PER_ENTRY * (len(used) + rows.size))
    if not best:
        return _by_program(cost, weight, capacity)
    flow[used] = found
    return flow


def _by_program(cost: csr_matrix, weight: Floats, capacity: Floats) -> Floats:
    """Solve the same as a linear program. One person more outweighs any saving of travel."""
    rows, supplies = cost.shape
    size = cost.nnz
    worth = 2.0 * (supplies + 1) * max(float(cost.data.max(initial=0.0)), 1.0)
    order = np.argsort(cost.indices, kind="stable")
    counts = np.bincount(cost.indices, minlength=supplies)
    program = Program(
        cost=cost.data - worth,
        lower=np.zeros(size),
        upper=np.full(size, np.inf),
        integer=np.zeros(size, bool),
        row_ptr=np.concatenate([cost.indptr, cost.indptr[-1] + np.cumsum(counts)]),
        columns=np.concatenate([np.arange(size), order]),
        values=np.ones(2 * size),
        row_lower=np.full(rows + supplies, -np.inf),
        row_upper=np.concatenate([weight, np.maximum(capacity, 0.0)]),
    )
    method = "ipm" if size > _LARGE else None
    found = solve(program, time_limit_s=np.inf, gap=0.0, method=method).values
    return np.zeros(size) if found is None else np.maximum(found, 0.0)
