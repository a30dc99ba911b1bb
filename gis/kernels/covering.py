"""Choosing columns that cover rows: greedy, swaps, and a Lagrangian bound on what any choice can cover.

Covers are given twice, in compressed rows: ``row_*`` lists the columns that cover each row, ``col_*`` the rows each
column covers. ``count`` says how often each row is covered by what is chosen.
"""

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.compiling import compiled

_PATIENCE = 8
"""Rounds without a better bound after which moves get shorter."""


@compiled
def greedy_cover(col_ptr: Ints, col_rows: Ints, weight: Floats, chosen: Flags, wanted: int) -> None:
    """Add columns to ``chosen`` until ``wanted`` are chosen or nothing is left to gain; each adds the most weight.

    Source: Church and ReVelle (1974), greedy adding; at least 1 - 1/e of the best gain (Nemhauser et al. 1978).
    """
    columns = len(col_ptr) - 1
    covered = np.zeros(len(weight), np.bool_)
    gain = np.zeros(columns)
    taken = 0
    for j in range(columns):
        if chosen[j]:
            taken += 1
            for k in range(col_ptr[j], col_ptr[j + 1]):
                covered[col_rows[k]] = True
    for j in range(columns):
        gain[j] = _gain(col_ptr, col_rows, weight, covered, j)
    while taken < wanted:
        best, most = -1, 0.0
        for j in range(columns):
            if chosen[j] or gain[j] <= most:
                continue
            # Gains only fall as more is covered, so a stale one that loses needs no new count.
            gain[j] = _gain(col_ptr, col_rows, weight, covered, j)
            if gain[j] > most:
                best, most = j, gain[j]
        if best < 0:
            return
        chosen[best] = True
        taken += 1
        for k in range(col_ptr[best], col_ptr[best + 1]):
            covered[col_rows[k]] = True


@compiled
def _gain(col_ptr: Ints, col_rows: Ints, weight: Floats, covered: Flags, column: int) -> float:
    total = 0.0
    for k in range(col_ptr[column], col_ptr[column + 1]):
        if not covered[col_rows[k]]:
            total += weight[col_rows[k]]
    return total


@compiled
def swap_cover(
    col_ptr: Ints, col_rows: Ints, weight: Floats, chosen: Flags, fixed: Flags, passes: int
) -> int:
    """Exchange chosen for other columns while that covers more; count the exchanges made.

    Every pass makes the best exchange there is (Teitz and Bart 1968). Columns in ``fixed`` stay.
    """
    columns, made = len(col_ptr) - 1, 0
    count, only = _counts(col_ptr, col_rows, chosen, len(weight))
    shared = np.zeros(columns)
    for _ in range(passes):
        loss = _losses(count, only, weight, columns)
        cheapest = -1
        for r in range(columns):
            if chosen[r] and not fixed[r] and (cheapest < 0 or loss[r] < loss[cheapest]):
                cheapest = r
        if cheapest < 0:
            return made
        best_in, best_out, most = -1, -1, 1e-9
        for a in range(columns):
            if chosen[a]:
                continue
            gain = 0.0
            for k in range(col_ptr[a], col_ptr[a + 1]):
                row = col_rows[k]
                if count[row] == 0:
                    gain += weight[row]
                elif count[row] == 1:
                    shared[only[row]] += weight[row]
            out = cheapest
            for k in range(col_ptr[a], col_ptr[a + 1]):
                row = col_rows[k]
                if count[row] == 1:
                    r = only[row]
                    if not fixed[r] and shared[r] - loss[r] > shared[out] - loss[out]:
                        out = r
            net = gain + shared[out] - loss[out]
            if net > most:
                best_in, best_out, most = a, out, net
            for k in range(col_ptr[a], col_ptr[a + 1]):
                shared[only[col_rows[k]]] = 0.0
        if best_in < 0:
            return made
        chosen[best_in], chosen[best_out] = True, False
        made += 1
        count, only = _counts(col_ptr, col_rows, chosen, len(weight))
    return made


@compiled
def _counts(col_ptr: Ints, col_rows: Ints, chosen: Flags, rows: int) -> tuple[Ints, Ints]:
    """Count the chosen columns over each row, and name one of them (the only one where the count is 1)."""
    count = np.zeros(rows, np.int32)
    only = np.zeros(rows, np.int32)
    for j in range(len(col_ptr) - 1):
        if chosen[j]:
            for k in range(col_ptr[j], col_ptr[j + 1]):
                count[col_rows[k]] += 1
                only[col_rows[k]] = j
    return count, only


@compiled
def _losses(count: Ints, only: Ints, weight: Floats, columns: int) -> Floats:
    loss = np.zeros(columns)
    for row in range(len(count)):
        if count[row] == 1:
            loss[only[row]] += weight[row]
    return loss


@compiled
def shaken_cover(
    col_ptr: Ints, col_rows: Ints, weight: Floats, chosen: Flags, fixed: Flags, rounds: int, seed: int
) -> float:
    """Take some columns out at random, fill up greedily, exchange, and keep what covers no less; the weight gained.

    Iterated local search (Lourenço, Martin and Stützle 2003). The same seed gives the same answer.
    """
    np.random.seed(seed)  # noqa: NPY002 - compiled code has no generators that can be seeded
    wanted = int(np.sum(chosen))
    best = _covered(col_ptr, col_rows, weight, chosen)
    first = best
    movable = wanted - int(np.sum(fixed))
    for _ in range(rounds):
        trial = chosen.copy()
        out = min(movable, 2 + np.random.randint(0, max(1, movable // 8)))  # noqa: NPY002 - as above
        free = np.flatnonzero(trial & ~fixed)
        for k in range(out):
            at = np.random.randint(k, len(free))  # noqa: NPY002 - as above
            free[k], free[at] = free[at], free[k]
            trial[free[k]] = False
        greedy_cover(col_ptr, col_rows, weight, trial, wanted)
        swap_cover(col_ptr, col_rows, weight, trial, fixed, 1000)
        reached = _covered(col_ptr, col_rows, weight, trial)
        if reached >= best and np.sum(trial) == wanted:
            best = reached
            chosen[:] = trial
    return best - first


@compiled
def _covered(col_ptr: Ints, col_rows: Ints, weight: Floats, chosen: Flags) -> float:
    total = 0.0
    count, _ = _counts(col_ptr, col_rows, chosen, len(weight))
    for row in range(len(count)):
        if count[row] > 0:
            total += weight[row]
    return total


@compiled
def cover_bound(
    row_ptr: Ints,
    row_cols: Ints,
    weight: Floats,
    fixed: Flags,
    wanted: int,
    found: float,
    rounds: int,
    target: float,
) -> tuple[float, Floats]:
    """Bound from above what ``wanted`` columns (``fixed`` among them) can cover, by subgradient ascent.

    Relaxes "a row counts only if a chosen column covers it" with one multiplier per row (Galvão and ReVelle 1996).
    Stops after ``rounds`` or when the bound is at most ``target``.

    Returns
    -------
    tuple
        The bound, and the multipliers it was reached with.
    """
    rows, columns = len(weight), len(fixed)
    multiplier = np.zeros(rows)
    for i in range(rows):
        if row_ptr[i + 1] > row_ptr[i]:
            multiplier[i] = weight[i]
    best, best_multiplier = np.inf, multiplier.copy()
    price, used = np.zeros(columns), np.zeros(columns, np.bool_)
    step, stale = 1.0, 0
    for _ in range(rounds):
        price[:] = 0.0
        total = 0.0
        for i in range(rows):
            total += max(weight[i] - multiplier[i], 0.0) if row_ptr[i + 1] > row_ptr[i] else 0.0
            for k in range(row_ptr[i], row_ptr[i + 1]):
                price[row_cols[k]] += multiplier[i]
        used[:] = fixed
        left = wanted - np.sum(fixed)
        for j in np.argsort(-np.where(fixed, -1.0, price)):
            if left <= 0:
                break
            if not fixed[j]:
                used[j] = True
                left -= 1
        for j in range(columns):
            if used[j]:
                total += price[j]
        if best == np.inf or total < best - 1e-12 * abs(best):
            best, stale = total, 0
            best_multiplier[:] = multiplier
        else:
            stale += 1
        if best <= target:
            break
        if stale >= _PATIENCE:
            step, stale = step * 0.6, 0
            multiplier[:] = best_multiplier
        norm, gradient = 0.0, np.zeros(rows)
        for i in range(rows):
            covers = 0
            for k in range(row_ptr[i], row_ptr[i + 1]):
                covers += 1 if used[row_cols[k]] else 0
            gradient[i] = covers - (1.0 if weight[i] > multiplier[i] else 0.0)
            norm += gradient[i] * gradient[i]
        if norm == 0.0:
            break
        move = step * max(total - found, 1e-9) / norm
        for i in range(rows):
            multiplier[i] = min(max(multiplier[i] - move * gradient[i], 0.0), weight[i])
    return best, best_multiplier
