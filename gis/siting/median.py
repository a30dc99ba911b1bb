"""p-median: the least weighted cost with so many sites."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.median import greedy_median, interchange, median_bound, two_nearest
from gis.siting.asking import (
    Clock,
    Matrix,
    checked_cost,
    checked_fixed,
    checked_gap,
    checked_sites,
    checked_weight,
)
from gis.siting.highs import Program, solve
from gis.siting.plan import ROUNDING, SitingPlan, nobody_reaches, out_of_time, relative_gap
from layers.text import Text

_ROUNDS_AT_ONCE = 20
_ROUNDS = 1200
_LAST_STEP, _SETTLING = 1e-4, 1.0
_LEAST_DEPTH = 32
_Near = tuple[Ints, Floats]
_PROVABLE_CELLS, _GAP_OF_LARGE = 1_000_000, 0.01
_EXACT_CELLS = 40_000
"""Size of the table (after columns are ruled out) up to which the solver is asked to close the gap."""


def p_median(
    cost: Matrix,
    weight: npt.ArrayLike,
    sites: int,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float | None = None,
) -> SitingPlan:
    """Serve everybody at the least weighted cost with ``sites`` sites (Hakimi 1964).

    Parameters
    ----------
    cost
        (n_demand, n_candidates): inf, or not stored in a sparse table, where a candidate does not reach a demand.
    weight
        (n_demand,): people, none negative.
    sites
        Sites in all, fixed ones included.
    fixed
        Columns that are in the plan in any case.
    time_limit_s
        Wall time after which the best plan found is given with its gap; 0 gives the greedy plan and no bound.
    gap
        Relative gap at which to stop. Without it 0 (proof) for tables of up to a million cells, 1 % above.

    Returns
    -------
    SitingPlan
        ``objective`` is Σ weight · cost over those served. Where the sites cannot reach everybody, as few people as
        possible are left out; they have assignment -1 and are named in ``notes``.

    Raises
    ------
    InputError
        When a cost or weight is negative or no number, more sites are wanted than there are candidates or less than
        are fixed, or a fixed site is no candidate or named twice.
    """
    clock, table = Clock.start(time_limit_s), checked_cost(cost)
    people = checked_weight(weight, table.shape[0])
    must = checked_fixed(fixed, table.shape[1])
    number, wanted_gap = checked_sites(sites, must), _stop_at(gap, table)
    rows = np.flatnonzero((people > 0) & np.isfinite(table).any(axis=1))
    priced, penalty = _priced(table[rows], people[rows])
    chosen, least = _searched(priced, must, number, wanted_gap, clock)
    return _plan(table, people, chosen, least - _total(priced, chosen), penalty, clock)


def _stop_at(gap: float | None, table: Floats) -> float:
    if gap is None:
        return 0.0 if table.size <= _PROVABLE_CELLS else _GAP_OF_LARGE
    return checked_gap(gap)


def _priced(table: Floats, people: Floats) -> tuple[Floats, float]:
    """Return weighted costs, with a price for leaving a person out that exceeds all travel; 0 when nobody can be."""
    reachable = np.isfinite(table)
    if reachable.all():
        return np.ascontiguousarray(table * people[:, None]), 0.0
    farthest = np.where(reachable, table, 0.0).max(axis=1)
    penalty = float((farthest * people).sum() / people.min()) + 1.0
    return np.ascontiguousarray(np.where(reachable, table, penalty) * people[:, None]), penalty


def _searched(table: Floats, must: Flags, number: int, gap: float, clock: Clock) -> tuple[Flags, float]:
    """Return the chosen columns and a proven least total."""
    chosen = must.copy()
    if table.size == 0:
        chosen[np.flatnonzero(~chosen)[: number - int(chosen.sum())]] = True
        return chosen, 0.0
    near = _sorted(table, number)
    greedy_median(table, *near, chosen, number)
    if clock.left_s <= 0:
        return chosen, 0.0
    interchange(table, *near, chosen, must, 10 * number + 100)
    start = two_nearest(table, np.flatnonzero(chosen))[2]
    start = np.where(np.isfinite(start), start, table.max(axis=1))
    bound, value, step, done = -np.inf, np.zeros(table.shape[1]), 2.0, 0
    while done < _ROUNDS and step > _LAST_STEP and clock.left_s > 0:
        total = _total(table, chosen)
        if total <= 0 or relative_gap(total, max(bound, 0.0)) <= gap:
            break
        reached, start, value_now, used, step = median_bound(
            table, *near, must, number, start, step, total, _ROUNDS_AT_ONCE, total * (1 - gap)
        )
        done += _ROUNDS_AT_ONCE
        if reached > bound:
            bound, value = reached, value_now
        if step < _SETTLING:
            chosen = _better(table, near, chosen, used, must)
    bound = _rounded_up(table, max(bound, 0.0))
    return _closed(table, chosen, must, number, (bound, value), gap, clock)


def _sorted(table: Floats, number: int) -> _Near:
    """Return the cheapest columns of every row by rising cost: ten times as many as a row has per chosen one."""
    columns = table.shape[1]
    depth = min(columns, max(_LEAST_DEPTH, 10 * columns // number))
    if depth < columns:
        near = np.argpartition(table, depth - 1, axis=1)[:, :depth]
        near = np.take_along_axis(
            near, np.argsort(np.take_along_axis(table, near, 1), axis=1, kind="stable"), 1
        )
    else:
        near = np.argsort(table, axis=1, kind="stable")
    near = np.ascontiguousarray(near, np.int32)
    return near, np.ascontiguousarray(np.take_along_axis(table, near, 1))


def _better(table: Floats, near: _Near, chosen: Flags, used: Flags, must: Flags) -> Flags:
    """Return the better of the plan and the one the bound suggests, itself improved by interchange."""
    other = used.copy()
    if other.sum() != chosen.sum():
        return chosen
    interchange(table, *near, other, must, 10 * int(chosen.sum()))
    return other if _total(table, other) < _total(table, chosen) else chosen


def _closed(
    table: Floats,
    chosen: Flags,
    must: Flags,
    number: int,
    proven: tuple[float, Floats],
    gap: float,
    clock: Clock,
) -> tuple[Flags, float]:
    """Close the gap exactly where the columns that can still matter are few enough."""
    (bound, value), total = proven, _total(table, chosen)
    if relative_gap(total, bound) <= gap or clock.left_s <= 0:
        return chosen, bound
    open_columns = _still_possible(value, must, number, bound, total) | chosen
    kept = np.flatnonzero(open_columns)
    if len(kept) * table.shape[0] > _EXACT_CELLS:
        return chosen, bound
    solved = solve(
        _program(table[:, kept], must[kept], number),
        time_limit_s=clock.left_s,
        gap=gap,
        cutoff=total * (1 + 1e-6),
    )
    if solved.values is not None:
        better = np.zeros(len(chosen), bool)
        better[kept] = solved.values[: len(kept)] > 0.5  # noqa: PLR2004 - a rounded 0 or 1
        if _total(table, better) < total:
            chosen = better
    return chosen, max(bound, min(solved.bound, _total(table, chosen)))


def _still_possible(value: Floats, must: Flags, number: int, bound: float, total: float) -> Flags:
    """Tell which columns a better plan could hold: those whose price over the last one taken fits into the gap."""
    free = np.sort(value[~must])
    taken = number - int(np.count_nonzero(must))
    if taken <= 0 or taken >= len(free):
        return np.ones(len(must), bool)
    return np.asarray(must | (bound + value - free[taken - 1] <= total * (1 + ROUNDING)))


def _total(table: Floats, chosen: Flags) -> float:
    return float(table[:, chosen].min(axis=1).sum()) if len(table) else 0.0


def _rounded_up(table: Floats, bound: float) -> float:
    """Round the bound up where every weighted cost is a whole number: so is every total then."""
    whole = bool((table == np.rint(table)).all()) if table.size <= 10 * _EXACT_CELLS else False
    return float(np.ceil(bound - 1e-6)) if whole else bound


def _program(table: Floats, must: Flags, number: int) -> Program:
    """Build the textbook model: y per column, then x per cell; x <= y, every row served once."""
    rows, columns = table.shape
    cells = rows * columns
    x = columns + np.arange(cells)
    y = np.tile(np.arange(columns), rows)
    links = np.column_stack([y, x]).reshape(-1)
    signs = np.tile([1.0, -1.0], cells)
    ptr = np.concatenate(
        [2 * np.arange(cells), 2 * cells + columns * np.arange(rows + 1), [2 * cells + cells + columns]]
    )
    return Program(
        cost=np.concatenate([np.zeros(columns), table.reshape(-1)]),
        lower=np.concatenate([must.astype(float), np.zeros(cells)]),
        upper=np.ones(columns + cells),
        integer=np.concatenate([np.ones(columns, bool), np.zeros(cells, bool)]),
        row_ptr=ptr,
        columns=np.concatenate([links, x, np.arange(columns)]),
        values=np.concatenate([signs, np.ones(cells + columns)]),
        row_lower=np.concatenate([np.zeros(cells), np.ones(rows), [float(number)]]),
        row_upper=np.concatenate([np.full(cells, np.inf), np.ones(rows), [float(number)]]),
    )


def _plan(
    table: Floats, people: Floats, chosen: Flags, slack: float, penalty: float, clock: Clock
) -> SitingPlan:
    columns = np.flatnonzero(chosen)
    nearest, first, _ = two_nearest(np.ascontiguousarray(table), columns)
    served = np.isfinite(first)
    objective = float((first[served] * people[served]).sum())
    bound = max(objective + min(slack, 0.0), 0.0)
    apart = relative_gap(objective, bound)
    lost = np.flatnonzero(~np.isfinite(table).any(axis=1))
    left_out = np.flatnonzero(~served & np.isfinite(table).any(axis=1))
    notes = [nobody_reaches(lost)] if len(lost) else []
    notes += [_too_few(left_out, float(people[left_out].sum()))] if penalty and len(left_out) else []
    notes += [out_of_time()] if apart > 0 and clock.left_s <= 0 else []
    return SitingPlan(
        sites=columns,
        assignment=np.where(served, nearest, -1),
        objective=objective,
        bound=objective if apart == 0 else bound,
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        unserved=lost,
        notes=tuple(notes),
    )


def _too_few(rows: Ints, people: float) -> Text:
    return Text(
        f"站点数不足以到达所有需求：{len(rows)} 处（{people:g} 人）未被服务。",
        f"So many sites do not reach everybody: {len(rows)} demands ({people:g} people) are left out.",
    )
