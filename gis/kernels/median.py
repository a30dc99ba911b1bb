"""p-median on a dense cost table: interchange for a good plan, a Lagrangian bound for how good it is.

Only the cheapest columns of a row matter to either, so both walk along ``near``: the columns of every row by rising
cost, as many as are worth sorting, with their costs in ``near_cost``. Where a row needs more it is searched whole.
"""

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.compiling import compiled

_LEAST_GAIN = 1e-9
"""Share of the total below which an exchange gains nothing."""
_PATIENCE = 5
"""Rounds without a better bound after which moves get shorter."""


@compiled
def two_nearest(cost: Floats, chosen: Ints) -> tuple[Ints, Floats, Floats]:
    """Return for every row the chosen column that is cheapest, its cost, and the cost of the second cheapest."""
    rows = cost.shape[0]
    nearest = np.full(rows, -1, np.int64)
    first, second = np.full(rows, np.inf), np.full(rows, np.inf)
    for i in range(rows):
        for j in chosen:
            c = cost[i, j]
            if c < first[i]:
                second[i] = first[i]
                first[i], nearest[i] = c, j
            elif c < second[i]:
                second[i] = c
    return nearest, first, second


@compiled
def greedy_median(cost: Floats, near: Ints, near_cost: Floats, chosen: Flags, wanted: int) -> None:
    """Add columns to ``chosen`` until ``wanted`` are chosen; each takes the most off the total of the row minima.

    A row that no chosen column serves yet counts with the last cost sorted for it.
    """
    rows, columns = cost.shape
    depth = near.shape[1]
    current = near_cost[:, depth - 1].copy()
    for i in range(rows):
        for j in range(columns):
            if chosen[j] and cost[i, j] < current[i]:
                current[i] = cost[i, j]
    for _ in range(wanted - np.sum(chosen)):
        gain = np.zeros(columns)
        for i in range(rows):
            for k in range(depth):
                if near_cost[i, k] >= current[i]:
                    break
                gain[near[i, k]] += current[i] - near_cost[i, k]
        best = -1
        for j in range(columns):
            if not chosen[j] and (best < 0 or gain[j] > gain[best]):
                best = j
        chosen[best] = True
        for i in range(rows):
            current[i] = min(current[i], cost[i, best])


@compiled
def interchange(cost: Floats, near: Ints, near_cost: Floats, chosen: Flags, fixed: Flags, rounds: int) -> int:
    """Exchange chosen for other columns while the total of the row minima falls; count the exchanges.

    Every round looks at all exchanges in one pass over the table and makes the best (fast interchange, Whitaker
    1983). Costs must be finite.
    """
    columns = cost.shape[1]
    slot = np.full(columns, -1, np.int64)
    made = 0
    for _ in range(rounds):
        picked = np.flatnonzero(chosen)
        movable = 0
        for j in picked:
            slot[j] = -1
            if not fixed[j]:
                slot[j] = movable
                movable += 1
        if movable == 0:
            return made
        net, total = _exchange_values(cost, near, near_cost, picked, slot, movable)
        best_in, best_out, most = -1, -1, _LEAST_GAIN * max(total, 1e-30)
        for a in range(columns):
            if chosen[a]:
                continue
            for r in range(movable):
                if net[a, r] > most:
                    best_in, best_out, most = a, r, net[a, r]
        if best_in < 0:
            return made
        for j in picked:
            if slot[j] == best_out and not fixed[j]:
                chosen[j] = False
        chosen[best_in] = True
        made += 1
    return made


@compiled
def best_exchange(
    cost: Floats, near: Ints, near_cost: Floats, chosen: Flags, out: Ints, allowed: Flags
) -> tuple[int, int]:
    """Return the column to take in and the position in ``out`` of the one to drop that lower the total most.

    ``allowed`` is (n_columns, len(out)): which exchanges may be made. (-1, -1) where none lowers the total. Costs
    must be finite.
    """
    columns = cost.shape[1]
    slot = np.full(columns, -1, np.int64)
    for r in range(len(out)):
        slot[out[r]] = r
    net, total = _exchange_values(cost, near, near_cost, np.flatnonzero(chosen), slot, len(out))
    best_in, best_out, most = -1, -1, _LEAST_GAIN * max(total, 1e-30)
    for a in range(columns):
        for r in range(len(out)):
            if allowed[a, r] and net[a, r] > most:
                best_in, best_out, most = a, r, net[a, r]
    return best_in, best_out


@compiled
def _exchange_values(
    cost: Floats, near: Ints, near_cost: Floats, picked: Ints, slot: Ints, movable: int
) -> tuple[Floats, float]:
    """Return what every exchange (column in, movable column out) takes off the total, and the total."""
    rows, columns = cost.shape
    depth = near.shape[1]
    nearest, first, second = two_nearest(cost, picked)
    loss, gain = np.zeros(movable), np.zeros(columns)
    correction = np.zeros((columns, movable))
    for i in range(rows):
        r = slot[nearest[i]]
        if r >= 0:
            loss[r] += second[i] - first[i]
        whole = depth < columns and near_cost[i, depth - 1] < second[i]
        for k in range(columns if whole else depth):
            a = k if whole else near[i, k]
            c = cost[i, k] if whole else near_cost[i, k]
            if c < first[i]:
                gain[a] += first[i] - c
                if r >= 0:
                    correction[a, r] += second[i] - first[i]
            elif c < second[i]:
                if r >= 0:
                    correction[a, r] += second[i] - c
            elif not whole:
                break
    for a in range(columns):
        for r in range(movable):
            correction[a, r] += gain[a] - loss[r]
    return correction, np.sum(first)


@compiled
def addition_gains(cost: Floats, current: Floats) -> Floats:
    """Return what every column, added, takes off the total of the costs ``current`` of the rows."""
    rows, columns = cost.shape
    gain = np.zeros(columns)
    for i in range(rows):
        for j in range(columns):
            if cost[i, j] < current[i]:
                gain[j] += current[i] - cost[i, j]
    return gain


@compiled
def priced_columns(near: Ints, near_cost: Floats, multiplier: Floats, columns: int) -> Floats:
    """Return the reduced value of every column at multipliers of "every row is served once"; none is above 0."""
    value = np.zeros(columns)
    for i in range(near.shape[0]):
        for k in range(near.shape[1]):
            saving = near_cost[i, k] - multiplier[i]
            if saving >= 0.0:
                break
            value[near[i, k]] += saving
    return value


@compiled
def unserved_once(near: Ints, near_cost: Floats, multiplier: Floats, used: Flags) -> Floats:
    """Return 1 less the columns in use that would serve each row at its multiplier."""
    left = np.ones(near.shape[0])
    for i in range(near.shape[0]):
        for k in range(near.shape[1]):
            if near_cost[i, k] >= multiplier[i]:
                break
            if used[near[i, k]]:
                left[i] -= 1.0
    return left


@compiled
def median_bound(
    cost: Floats,
    near: Ints,
    near_cost: Floats,
    fixed: Flags,
    wanted: int,
    start: Floats,
    step: float,
    found: float,
    rounds: int,
    target: float,
) -> tuple[float, Floats, Floats, Flags, float]:
    """Bound the total from below by subgradient ascent on the multipliers of "every row is served once".

    Source: Cornuéjols, Fisher and Nemhauser (1977). Costs must be finite. Begins with the multipliers ``start`` and
    the factor ``step`` (2 at first) on the length of a move. A multiplier never rises above the last cost sorted
    for its row, which keeps the bound valid and the walk short. Stops after ``rounds``, or when the bound reaches
    ``target``.

    Returns
    -------
    tuple
        The bound; its multipliers; the reduced value of every column at them; the columns it would choose; the
        factor to go on with.
    """
    rows, columns = cost.shape
    depth = near.shape[1]
    multiplier = start.copy()
    if depth < columns:
        multiplier = np.minimum(multiplier, near_cost[:, depth - 1])
    best_multiplier = multiplier.copy()
    best, best_value, best_used = -np.inf, np.zeros(columns), fixed.copy()
    value, used = np.zeros(columns), np.zeros(columns, np.bool_)
    stale = 0
    served = np.zeros(rows)
    for _ in range(rounds):
        value[:] = 0.0
        for i in range(rows):
            for k in range(depth):
                saving = near_cost[i, k] - multiplier[i]
                if saving >= 0.0:
                    break
                value[near[i, k]] += saving
        used[:] = fixed
        left = wanted - np.sum(fixed)
        for j in np.argsort(np.where(fixed, np.inf, value)):
            if left <= 0:
                break
            used[j] = True
            left -= 1
        total = np.sum(multiplier)
        for j in range(columns):
            if used[j]:
                total += value[j]
        if best == -np.inf or total > best + 1e-12 * abs(best):
            best, stale = total, 0
            best_multiplier[:], best_value[:], best_used[:] = multiplier, value, used
        else:
            stale += 1
        if best >= target:
            break
        if stale >= _PATIENCE:
            step, stale = step * 0.7, 0
            multiplier[:] = best_multiplier
        norm = 0.0
        for i in range(rows):
            served[i] = 1.0
            for k in range(depth):
                if near_cost[i, k] >= multiplier[i]:
                    break
                if used[near[i, k]]:
                    served[i] -= 1.0
            norm += served[i] * served[i]
        if norm == 0.0:
            break
        move = step * max(found - total, 1e-9) / norm
        for i in range(rows):
            multiplier[i] += move * served[i]
            if depth < columns:
                multiplier[i] = min(multiplier[i], near_cost[i, depth - 1])
    return best, best_multiplier, best_value, best_used, step
