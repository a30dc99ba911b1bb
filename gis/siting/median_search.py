"""The search for a p-median: as few people left out as can be, then the least cost, with a bound on that cost."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.median import greedy_median, interchange, median_bound, two_nearest
from gis.siting.asking import Clock
from gis.siting.cover_programs import constrained, without_last_row
from gis.siting.covering import mclp
from gis.siting.highs import solve
from gis.siting.median_program import median_program
from gis.siting.median_rules import RuledBound, exchanged, fitting
from gis.siting.median_task import Median
from gis.siting.plan import ROUNDING, relative_gap

_ROUNDS_AT_ONCE = 20
_ROUNDS = 1200
_LAST_STEP, _SETTLING = 1e-4, 1.0
_LEAST_DEPTH = 32
_EXACT_CELLS = 40_000
"""Cells that can still matter (after columns are ruled out) up to which the solver is asked to close the gap."""
_DEARER, _MOST_PRICES = 4.0, 6
_SHARE_FOR_REACH = 0.3
_SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The plan; the least cost of any plan that leaves out no more people; and whether none leaves out fewer."""

    chosen: Flags
    bound: float
    fewest_left_out: bool


@dataclass(slots=True)
class _Proof:
    """The best bound so far: on the cost; in the priced table it was found in, by number alone; and the prices."""

    bound: float = 0.0
    priced: float = -np.inf
    price: float = 0.0
    value: Floats | None = None


def searched(task: Median, clock: Clock) -> Found:
    """Search until the bound meets the cost within the gap, or time or ideas run out."""
    if task.rules is None and task.number <= int(task.must.sum()):
        return Found(chosen=task.must.copy(), bound=task.value(task.must), fewest_left_out=True)
    near = _sorted(task.cost, task.number)
    start, fewest = _reaching(task, near, clock)
    chosen = _improved(task, near, start)
    if clock.left_s <= 0:
        return Found(chosen=chosen, bound=0.0, fewest_left_out=fewest)
    chosen, proof = _bounded(task, near, chosen, clock)
    proof.bound = _rounded_up(task.cost, proof.bound)
    chosen, bound = _closed(task, chosen, proof, clock)
    return Found(chosen=chosen, bound=bound, fewest_left_out=fewest)


def _sorted(cost: Floats, number: int) -> Ints:
    """Return the cheapest columns of every row by rising cost: ten times as many as a row has per chosen one."""
    columns = cost.shape[1]
    depth = min(columns, max(_LEAST_DEPTH, 10 * columns // number))
    if depth < columns:
        near = np.argpartition(cost, depth - 1, axis=1)[:, :depth]
        near = np.take_along_axis(
            near, np.argsort(np.take_along_axis(cost, near, 1), axis=1, kind="stable"), 1
        )
    else:
        near = np.argsort(cost, axis=1, kind="stable")
    return np.ascontiguousarray(near, np.int32)


def _reaching(task: Median, near: Ints, clock: Clock) -> tuple[Flags, bool]:
    """Return columns that leave out as few people as could be found, and whether none can leave out fewer."""
    if task.start is not None:
        return task.start, task.fewest
    chosen, farthest = task.must.copy(), task.farthest
    priced = task.priced(near, farthest * len(task.people))
    greedy_median(*priced, chosen, task.number)
    if task.left_out(chosen) <= 0 or farthest == 0:
        return chosen, True
    plan = mclp(
        csr_matrix(np.isfinite(task.cost).astype(float)),
        task.people,
        task.number,
        np.flatnonzero(task.must),
        time_limit_s=_SHARE_FOR_REACH * clock.left_s,
    )
    other = task.must.copy()
    other[plan.sites] = True
    greedy_median(*priced, other, task.number)
    best = other if task.better(other, chosen) else chosen
    missed = task.left_out(best) - (float(task.people.sum()) - plan.bound)
    return best, missed <= _SAME * float(task.people.sum())


def _improved(task: Median, near: Ints, chosen: Flags) -> Flags:
    """Return the choice after exchanges of columns; no more people are left out."""
    farthest = task.farthest
    for price in (farthest * len(task.people), farthest)[: 1 + (farthest > 0)]:
        trial = chosen.copy()
        if task.rules is None:
            interchange(*task.priced(near, price), trial, task.must, 10 * task.number + 100)
        else:
            trial = exchanged(task.priced(near, price), task.rules, task.number, trial)
        chosen = trial if task.better(trial, chosen) else chosen
    return chosen


def _bounded(task: Median, near: Ints, chosen: Flags, clock: Clock) -> tuple[Flags, _Proof]:
    """Raise the bound; where it is reached by leaving people out, raise their price and go on."""
    proof, price = _Proof(), task.farthest
    for _ in range(_MOST_PRICES):
        chosen, used = _climbed(task, near, chosen, price, proof, clock)
        cheap = task.left_out(used) > task.left_out(chosen) * (1 + _SAME) if used is not None else False
        if not cheap or clock.left_s <= 0:
            break
        price *= _DEARER
    return chosen, proof


def _climbed(
    task: Median, near: Ints, chosen: Flags, price: float, proof: _Proof, clock: Clock
) -> tuple[Flags, Flags | None]:
    """Climb at one price; return the best choice, and the one the bound suggests (None once the gap is closed).

    For any price, cost + price * left out is at least the bound ``priced``: of plans that leave out no more than
    ``chosen`` the cost is at least ``priced - price * left_out(chosen)``.
    """
    priced = task.priced(near, price)
    start = two_nearest(priced.cost, np.flatnonzero(chosen))[2]
    start = np.where(np.isfinite(start), start, priced.cost.max(axis=1))
    ruled = None if task.rules is None else RuledBound(priced, task.rules, task.number)
    step, done, used = 2.0, 0, None
    while done < _ROUNDS and step > _LAST_STEP and clock.left_s > 0:
        value, extra = task.value(chosen), price * task.left_out(chosen)
        if value <= 0 or relative_gap(value, proof.bound) <= task.gap:
            return chosen, None
        goal = value * (1 - task.gap) + extra
        if ruled is None:
            reached, start, prices, used, step = median_bound(
                *priced, task.must, task.number, start, step, value + extra, _ROUNDS_AT_ONCE, goal
            )
            loose = reached
        else:
            reached, loose, start, prices, used, step = ruled.raised(
                start, step, value + extra, _ROUNDS_AT_ONCE, goal
            )
        done += _ROUNDS_AT_ONCE
        if reached - extra > proof.bound:
            proof.bound, proof.priced, proof.price, proof.value = reached - extra, loose, price, prices
        if step < _SETTLING:
            chosen = _suggested(task, near, chosen, used, prices)
    return chosen, used


def _suggested(task: Median, near: Ints, chosen: Flags, used: Flags, prices: Floats) -> Flags:
    """Return the choice the bound suggests, improved, where that is better; what breaks a rule is left out of it."""
    if task.rules is None and used.sum() != chosen.sum():
        return chosen
    fit = used if task.rules is None else fitting(task.rules, task.number, used, prices)
    if fit is None:
        return chosen
    other = _improved(task, near, fit)
    return other if task.better(other, chosen) else chosen


def _closed(task: Median, chosen: Flags, proof: _Proof, clock: Clock) -> tuple[Flags, float]:
    """Close the gap exactly where the cells that can still matter are few enough."""
    value, left = task.value(chosen), task.left_out(chosen)
    if relative_gap(value, proof.bound) <= task.gap or clock.left_s <= 0:
        return chosen, proof.bound
    kept = np.flatnonzero(_still_possible(task, proof, value + proof.price * left) | chosen)
    program = median_program(
        task.cost[:, kept], task.people, task.must[kept], task.number, left, most_cells=_EXACT_CELLS
    )
    if program is None:
        return chosen, proof.bound
    constant, model = program
    if task.rules is not None:
        model = constrained(without_last_row(model), task.rules.over(kept), number=task.number)
    solved = solve(
        model, time_limit_s=clock.left_s, gap=_gap_without(constant, value, task.gap),
        cutoff=value - constant + 1e-6 * value,
    )  # fmt: skip
    if solved.values is not None:
        other = np.zeros(len(chosen), bool)
        other[kept] = solved.values[: len(kept)] > 0.5  # noqa: PLR2004 - a rounded 0 or 1
        fits = other.sum() == chosen.sum() if task.rules is None else task.rules.kept_by(other)
        chosen = other if fits and task.better(other, chosen) else chosen
    return chosen, max(proof.bound, min(solved.bound + constant, task.value(chosen)))


def _gap_without(constant: float, value: float, gap: float) -> float:
    """Turn a gap relative to the cost into one relative to what the solver sees."""
    seen = abs(value - constant)
    return gap * value / seen if seen > 0 else gap


def _still_possible(task: Median, proof: _Proof, total: float) -> Flags:
    """Tell which columns a better plan could hold: those whose price over the last one taken fits into the gap."""
    taken = task.number - int(np.count_nonzero(task.must))
    if proof.value is None or not 0 < taken <= np.count_nonzero(~task.must):
        return np.ones(len(task.must), bool)
    free = np.sort(np.minimum(proof.value[~task.must], 0.0))
    fits = proof.priced + proof.value - free[taken - 1] <= total * (1 + ROUNDING)
    return np.asarray(task.must | fits)


def _rounded_up(cost: Floats, bound: float) -> float:
    """Round the bound up where every weighted cost is a whole number: so is every total then."""
    if cost.size > 10 * _EXACT_CELLS:
        return bound
    seen = cost[np.isfinite(cost)]
    return float(np.ceil(bound - 1e-6)) if bool((seen == np.rint(seen)).all()) else bound
