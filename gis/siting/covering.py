"""Covering models: everybody with the fewest sites (LSCP), the most people with so many sites (MCLP)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.covering import cover_bound, greedy_cover, shaken_cover, swap_cover
from gis.siting.asking import (
    Clock,
    Matrix,
    checked_fixed,
    checked_gap,
    checked_reach,
    checked_sites,
    checked_weight,
)
from gis.siting.highs import Program, solve
from gis.siting.merging import Cover, assigned, covered_by, merged
from gis.siting.plan import SitingPlan, nobody_reaches, out_of_time, relative_gap

_PASSES = 1000
_ROUNDS = 150
_SHAKES_AT_ONCE, _IDLE_SHAKES = 20, 5
_SAME = 1e-9


def lscp(
    reach_csr: Matrix,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> SitingPlan:
    """Cover every demand with the fewest sites (location set covering; Toregas et al. 1971).

    Parameters
    ----------
    reach_csr
        (n_demand, n_candidates): a stored entry is "in reach", a stored 0 too.
    fixed
        Columns that are in the plan in any case.
    time_limit_s
        Wall time after which the best plan found is given with its gap; 0 gives the greedy plan.
    gap
        Relative gap at which to stop.

    Returns
    -------
    SitingPlan
        ``objective`` counts the sites, fixed ones included. Demands no candidate reaches are in ``unserved`` and
        named in ``notes``; everybody else is served.

    Raises
    ------
    InputError
        When a value is negative or no number, there are no candidates, or a fixed site is no candidate or named twice.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    must, wanted_gap = checked_fixed(fixed, reach.shape[1]), checked_gap(gap)
    cover = merged(reach, np.ones(reach.shape[0]), leave_out=covered_by(reach, must))
    chosen = must.copy()
    greedy_cover(cover.col_ptr, cover.col_rows, np.ones(cover.rows), chosen, reach.shape[1])
    _drop_needless(cover, chosen, must)
    least = float(np.count_nonzero(must)) + (1.0 if cover.rows else 0.0)
    if cover.rows and clock.left_s > 0 and relative_gap(chosen.sum(), least) > wanted_gap:
        solved = solve(
            _set_cover(cover, must), time_limit_s=clock.left_s, gap=wanted_gap, start=chosen.astype(float)
        )
        if solved.values is not None:
            chosen = solved.values > 0.5  # noqa: PLR2004 - a rounded 0 or 1
        least = max(least, float(np.ceil(solved.bound - 1e-6)))
    return _plan(reach, chosen, float(chosen.sum()), min(least, float(chosen.sum())), clock)


def mclp(
    reach_csr: Matrix,
    weight: npt.ArrayLike,
    sites: int,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> SitingPlan:
    """Cover as much weight as ``sites`` sites can (maximal covering; Church and ReVelle 1974).

    Parameters
    ----------
    reach_csr
        (n_demand, n_candidates): a stored entry is "in reach", a stored 0 too.
    weight
        (n_demand,): people, none negative.
    sites
        Sites in all, fixed ones included. Sites that would add nobody are still chosen, to make up the number.
    fixed
        Columns that are in the plan in any case.
    time_limit_s, gap
        As for ``lscp``. A gap above 0 is tried first with a Lagrangian bound, which takes a fraction of a second.

    Returns
    -------
    SitingPlan
        ``objective`` is the weight covered.

    Raises
    ------
    InputError
        As ``lscp``, and when more sites are wanted than there are candidates or less than are fixed, or weights do
        not fit the demands.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    people, must = checked_weight(weight, reach.shape[0]), checked_fixed(fixed, reach.shape[1])
    number, wanted_gap = checked_sites(sites, must), checked_gap(gap)
    already = covered_by(reach, must)
    cover = merged(reach, people, leave_out=already | (people == 0))
    chosen = must.copy()
    greedy_cover(cover.col_ptr, cover.col_rows, cover.weight, chosen, number)
    swap_cover(cover.col_ptr, cover.col_rows, cover.weight, chosen, must, _PASSES)
    _make_up(chosen, number)
    base = float(people[already].sum())
    chosen, most = _improved(cover, chosen, must, number, base, wanted_gap, clock)
    objective = float(people[covered_by(reach, chosen)].sum())
    return _plan(reach, chosen, objective, max(most, objective), clock)


def _improved(
    cover: Cover, chosen: Flags, must: Flags, number: int, base: float, gap: float, clock: Clock
) -> tuple[Flags, float]:
    """Return the best columns and the proven bound on the weight covered."""
    most = base + float(cover.weight.sum())
    found = base + _weight_of(cover, chosen)
    if clock.left_s <= 0 or relative_gap(found, most) <= gap:
        return chosen, most
    goal = found * (1.0 + gap) if gap else found * (1.0 + _SAME)
    bound, _ = cover_bound(
        cover.row_ptr, cover.row_cols, cover.weight, must, number, found - base, _ROUNDS, goal - base
    )
    most = min(most, base + bound)
    chosen = _shaken(cover, chosen, must, most - base, gap, clock)
    found = base + _weight_of(cover, chosen)
    if relative_gap(found, most) <= max(gap, _SAME) or clock.left_s <= 0:
        return chosen, most
    solved = solve(
        _max_cover(cover, must, number),
        time_limit_s=clock.left_s,
        gap=gap,
        start=_point(cover, chosen),
    )
    if solved.values is not None:
        better = solved.values[: len(chosen)] > 0.5  # noqa: PLR2004 - a rounded 0 or 1
        if _weight_of(cover, better) > found - base:
            chosen = better
    return chosen, min(most, base - solved.bound)


def _shaken(cover: Cover, chosen: Flags, must: Flags, most: float, gap: float, clock: Clock) -> Flags:
    """Improve a plan by shaking it, until that stops helping or the gap is closed.

    The solver proves well, but finds good plans late.
    """
    better, idle, seed = chosen.copy(), 0, 0
    while idle < _IDLE_SHAKES and clock.left_s > 0:
        if relative_gap(_weight_of(cover, better), most) <= max(gap, _SAME):
            break
        gained = shaken_cover(
            cover.col_ptr, cover.col_rows, cover.weight, better, must, _SHAKES_AT_ONCE, seed
        )
        idle, seed = 0 if gained > 0 else idle + 1, seed + 1
    return better


def _weight_of(cover: Cover, chosen: Flags) -> float:
    return float(cover.weight[_rows_of(cover, chosen)].sum())


def _rows_of(cover: Cover, chosen: Flags) -> Flags:
    hits = np.concatenate([[0], np.cumsum(chosen[cover.row_cols])])
    return np.asarray(hits[cover.row_ptr[1:]] > hits[cover.row_ptr[:-1]])


def _make_up(chosen: Flags, number: int) -> None:
    """Add the first columns that are free until the number is reached."""
    missing = number - int(np.count_nonzero(chosen))
    chosen[np.flatnonzero(~chosen)[:missing]] = True


def _drop_needless(cover: Cover, chosen: Flags, must: Flags) -> None:
    """Take out columns whose rows are all covered by others too, those with fewest rows first."""
    count = np.bincount(np.repeat(np.arange(cover.rows), np.diff(cover.row_ptr))[chosen[cover.row_cols]],
                        minlength=cover.rows)  # fmt: skip
    sizes = np.diff(cover.col_ptr)
    for column in sorted(np.flatnonzero(chosen & ~must), key=lambda one: (sizes[one], -one)):
        rows = cover.col_rows[cover.col_ptr[column] : cover.col_ptr[column + 1]]
        if (count[rows] > 1).all():
            chosen[column] = False
            count[rows] -= 1


def _set_cover(cover: Cover, must: Flags) -> Program:
    columns = len(must)
    return Program(
        cost=np.ones(columns),
        lower=must.astype(float),
        upper=np.ones(columns),
        integer=np.ones(columns, bool),
        row_ptr=cover.row_ptr,
        columns=cover.row_cols,
        values=np.ones(len(cover.row_cols)),
        row_lower=np.ones(cover.rows),
        row_upper=np.full(cover.rows, np.inf),
    )


def _max_cover(cover: Cover, must: Flags, number: int) -> Program:
    """Build: minimise -Σ weight z, with z <= Σ y over its candidates and Σ y = number.

    A row with one candidate needs no z of its own: its weight goes to the candidate.
    """
    columns, alone, several = len(must), *_split(cover)
    cost_y = -np.bincount(
        cover.row_cols[cover.row_ptr[alone]], weights=cover.weight[alone], minlength=columns
    )
    ends, parts = _without(cover, several)
    ptr = np.concatenate([ends + np.arange(len(several) + 1), [len(parts) + len(several) + columns]])
    index = np.insert(parts, ends[1:], columns + np.arange(len(several)))
    values = np.insert(np.ones(len(parts)), ends[1:], -1.0)
    return Program(
        cost=np.concatenate([cost_y, -cover.weight[several]]),
        lower=np.concatenate([must.astype(float), np.zeros(len(several))]),
        upper=np.ones(columns + len(several)),
        integer=np.concatenate([np.ones(columns, bool), np.zeros(len(several), bool)]),
        row_ptr=ptr,
        columns=np.concatenate([index, np.arange(columns)]),
        values=np.concatenate([values, np.ones(columns)]),
        row_lower=np.concatenate([np.zeros(len(several)), [float(number)]]),
        row_upper=np.concatenate([np.full(len(several), np.inf), [float(number)]]),
    )


def _split(cover: Cover) -> tuple[Ints, Ints]:
    """Return the rows with one candidate, and those with several."""
    sizes = np.diff(cover.row_ptr)
    return np.flatnonzero(sizes == 1), np.flatnonzero(sizes > 1)


def _without(cover: Cover, rows: Ints) -> tuple[Ints, Ints]:
    """Return the compressed rows of some rows only."""
    part = csr_matrix(
        (np.ones(len(cover.row_cols), np.int8), cover.row_cols, cover.row_ptr),
        shape=(cover.rows, len(cover.col_ptr) - 1),
    )[rows]
    return part.indptr.astype(np.int64), part.indices.astype(np.int64)


def _point(cover: Cover, chosen: Flags) -> Floats:
    """Return the variables of the program at a choice of columns."""
    _, several = _split(cover)
    return np.concatenate([chosen.astype(float), _rows_of(cover, chosen)[several].astype(float)])


def _plan(reach: csr_matrix, chosen: Flags, objective: float, bound: float, clock: Clock) -> SitingPlan:
    lost = np.flatnonzero(np.diff(reach.indptr) == 0)
    apart = relative_gap(objective, bound)
    notes = [nobody_reaches(lost)] if len(lost) else []
    if apart > 0 and clock.left_s <= 0:
        notes.append(out_of_time())
    return SitingPlan(
        sites=np.flatnonzero(chosen),
        assignment=assigned(reach, chosen),
        objective=objective,
        bound=objective if apart == 0 else bound,
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        unserved=lost,
        notes=tuple(notes),
    )
