"""Covering models: everybody with the fewest sites (LSCP), the most people with so many sites (MCLP)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Ints
from gis.kernels.covering import greedy_cover, shaken_cover, swap_cover
from gis.siting.asking import (
    Clock,
    Matrix,
    checked_fixed,
    checked_gap,
    checked_reach,
    checked_weight,
)
from gis.siting.constrained import fewest, most_covered
from gis.siting.constraints import Constraints, number_or_budget, rules_of
from gis.siting.cover_programs import better_of, max_cover, set_cover, weight_of
from gis.siting.highs import solve
from gis.siting.merging import Cover, assigned, covered_by, merged
from gis.siting.plan import SitingPlan, nobody_reaches, out_of_time, relative_gap
from gis.siting.pricing import narrowed, priced_of, suggested

_PASSES = 1000
_ROUNDS, _LONG = (60, 150, 600), 600
_SHAKES_AT_ONCE, _IDLE_SHAKES = 20, 5
_SAME = 1e-9


def lscp(
    reach_csr: Matrix,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
    constraints: Constraints | None = None,
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
    constraints
        What the plan has to keep besides.

    Returns
    -------
    SitingPlan
        ``objective`` counts the sites, fixed ones included. Demands no candidate reaches are in ``unserved`` and
        named in ``notes``; everybody else is served.

    Raises
    ------
    InputError
        When a value is negative or no number, there are no candidates, a fixed site is no candidate or named twice, or
        the constraints contradict each other or leave somebody out who can be reached.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    must, wanted_gap = checked_fixed(fixed, reach.shape[1]), checked_gap(gap)
    cover = merged(reach, np.ones(reach.shape[0]), leave_out=covered_by(reach, must))
    if constraints is not None and constraints.any:
        chosen, least = fewest(cover, rules_of(constraints, must), wanted_gap, clock)
        return _plan(reach, chosen, float(chosen.sum()), min(least, float(chosen.sum())), clock)
    chosen = must.copy()
    greedy_cover(cover.col_ptr, cover.col_rows, np.ones(cover.rows), chosen, reach.shape[1])
    _drop_needless(cover, chosen, must)
    least = float(np.count_nonzero(must)) + (1.0 if cover.rows else 0.0)
    if cover.rows and clock.left_s > 0 and relative_gap(chosen.sum(), least) > wanted_gap:
        solved = solve(
            set_cover(cover, must), time_limit_s=clock.left_s, gap=wanted_gap, start=chosen.astype(float)
        )
        if solved.values is not None:
            chosen = solved.values > 0.5  # noqa: PLR2004 - a rounded 0 or 1
        least = max(least, float(np.ceil(solved.bound - 1e-6)))
    return _plan(reach, chosen, float(chosen.sum()), min(least, float(chosen.sum())), clock)


def mclp(
    reach_csr: Matrix,
    weight: npt.ArrayLike,
    sites: int | None = None,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
    constraints: Constraints | None = None,
) -> SitingPlan:
    """Cover as much weight as ``sites`` sites can (maximal covering; Church and ReVelle 1974).

    Parameters
    ----------
    reach_csr
        (n_demand, n_candidates): a stored entry is "in reach", a stored 0 too.
    weight
        (n_demand,): people, none negative.
    sites
        Sites in all, fixed ones included. Sites that would add nobody are still chosen, to make up the number. None
        where a budget decides.
    fixed
        Columns that are in the plan in any case.
    time_limit_s, gap
        As for ``lscp``. A gap above 0 is tried first with a Lagrangian bound, which takes a fraction of a second.
    constraints
        Spacing, groups, budget. With them ``sites`` is the most sites, not the exact number: fewer where more find no
        room or would add nobody.

    Returns
    -------
    SitingPlan
        ``objective`` is the weight covered.

    Raises
    ------
    InputError
        As ``lscp``, and when more sites are wanted than there are candidates or less than are fixed, neither a number
        nor a budget is given, or weights do not fit the demands.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    people, must = checked_weight(weight, reach.shape[0]), checked_fixed(fixed, reach.shape[1])
    wanted_gap, already = checked_gap(gap), covered_by(reach, must)
    cover = merged(reach, people, leave_out=already | (people == 0))
    if constraints is not None and constraints.any:
        most_sites = number_or_budget(sites, must, constraints)
        chosen, most = most_covered(cover, rules_of(constraints, must), most_sites, wanted_gap, clock)
        objective = float(people[covered_by(reach, chosen)].sum())
        return _plan(reach, chosen, objective, max(most + float(people[already].sum()), objective), clock)
    number = number_or_budget(sites, must, None) or 0
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
    found = base + weight_of(cover, chosen)
    if clock.left_s <= 0 or relative_gap(found, most) <= gap:
        return chosen, most
    enough = max(gap, _SAME)
    for rounds in _ROUNDS if gap else (_LONG,):
        goal = found * (1.0 + enough) - base
        priced = priced_of(cover, must, number, found - base, goal, rounds=rounds)
        most = min(most, base + priced.bound)
        chosen = better_of(cover, chosen, suggested(cover, priced, must, number))
        found = base + weight_of(cover, chosen)
        if relative_gap(found, most) <= enough or clock.left_s <= 0:
            return chosen, most
    chosen = _shaken(cover, chosen, must, most - base, gap, clock)
    found = base + weight_of(cover, chosen)
    if relative_gap(found, most) <= enough or clock.left_s <= 0:
        return chosen, most
    program, start = narrowed(max_cover(cover, must, number), cover, priced, must, number, chosen)
    solved = solve(program, time_limit_s=clock.left_s, gap=gap, start=start)
    if solved.infeasible:
        return chosen, found
    if solved.values is not None:
        chosen = better_of(cover, chosen, solved.values[: len(chosen)] > 0.5)  # noqa: PLR2004 - a rounded 0 or 1
    return chosen, min(most, max(base - solved.bound, base + weight_of(cover, chosen)))


def _shaken(cover: Cover, chosen: Flags, must: Flags, most: float, gap: float, clock: Clock) -> Flags:
    """Improve a plan by shaking it, until that stops helping or the gap is closed.

    The solver proves well, but finds good plans late.
    """
    better, idle, seed = chosen.copy(), 0, 0
    while idle < _IDLE_SHAKES and clock.left_s > 0:
        if relative_gap(weight_of(cover, better), most) <= max(gap, _SAME):
            break
        gained = shaken_cover(
            cover.col_ptr, cover.col_rows, cover.weight, better, must, _SHAKES_AT_ONCE, seed
        )
        idle, seed = 0 if gained > 0 else idle + 1, seed + 1
    return better


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
