"""p-median: the least weighted cost with so many sites."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.median import two_nearest
from gis.siting.asking import (
    Clock,
    Matrix,
    checked_cost,
    checked_fixed,
    checked_gap,
    checked_weight,
)
from gis.siting.constrained import most_covered
from gis.siting.constraints import Constraints, Rules, number_or_budget, rules_of
from gis.siting.cover_programs import weight_of
from gis.siting.median_search import Found, searched
from gis.siting.median_task import Median
from gis.siting.merging import merged
from gis.siting.plan import SitingPlan, nobody_reaches, out_of_time, relative_gap
from layers.text import Text, counted

_PROVABLE_CELLS, _GAP_OF_LARGE = 1_000_000, 0.01
_SHARE_FOR_REACH, _SAME = 0.3, 1e-9


def p_median(
    cost: Matrix,
    weight: npt.ArrayLike,
    sites: int | None = None,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float | None = None,
    constraints: Constraints | None = None,
) -> SitingPlan:
    """Serve everybody at the least weighted cost with ``sites`` sites (Hakimi 1964).

    Parameters
    ----------
    cost
        (n_demand, n_candidates): inf, or not stored in a sparse table, where a candidate does not reach a demand.
    weight
        (n_demand,): people, none negative.
    sites
        Sites in all, fixed ones included. None where a budget decides.
    fixed
        Columns that are in the plan in any case.
    time_limit_s
        Wall time after which the best plan found is given with its gap; 0 gives the greedy plan and no bound.
    gap
        Relative gap at which to stop. Without it 0 (proof) for tables of up to a million cells, 1 % above.
    constraints
        Spacing, groups, budget. With them ``sites`` is the most sites, not the exact number: fewer where more find no
        room or would bring nobody nearer.

    Returns
    -------
    SitingPlan
        ``objective`` is Σ weight · cost over those served. Where the sites cannot reach everybody, as few people as
        possible are left out, and among such plans the cost is the least; whoever is left out has assignment -1 and is
        named in ``notes``. ``bound`` and ``gap`` are of that cost alone.

    Raises
    ------
    InputError
        When a cost or weight is negative or no number, more sites are wanted than there are candidates or less than
        are fixed, or a fixed site is no candidate or named twice; neither a number nor a budget is given; constraints
        contradict each other, or no plan that keeps them was found in time, which is said to be something else.
    """
    clock, table = Clock.start(time_limit_s), checked_cost(cost)
    people = checked_weight(weight, table.shape[0])
    must = checked_fixed(fixed, table.shape[1])
    most, wanted_gap = number_or_budget(sites, must, constraints), _stop_at(gap, table)
    if constraints is not None and constraints.any:
        rules = rules_of(constraints, must)
        found = _under_rules(table, people, rules, most, wanted_gap, clock)
        return _plan(table, people, found.chosen, found, clock)
    number = most or 0
    rows = np.flatnonzero((people > 0) & np.isfinite(table).any(axis=1))
    task, back = _task(table[rows], people[rows], must, number, wanted_gap)
    found = searched(task, clock)
    chosen = must.copy()
    chosen[back[np.flatnonzero(found.chosen[len(found.chosen) - len(back) :])]] = True
    return _plan(table, people, chosen, found, clock)


def _stop_at(gap: float | None, table: Floats) -> float:
    if gap is None:
        return 0.0 if table.size <= _PROVABLE_CELLS else _GAP_OF_LARGE
    return checked_gap(gap)


def _task(table: Floats, people: Floats, must: Flags, number: int, gap: float) -> tuple[Median, Ints]:
    """Put all fixed columns into one, which serves a row where nothing is nearer; return the others' columns, too."""
    free = np.flatnonzero(~must)
    cost, stands = table[:, free], bool(must.any())
    if stands:
        base = table[:, must].min(axis=1, initial=np.inf)[:, None]
        cost = np.hstack([base, np.minimum(cost, base)])
    task = Median(
        cost=np.ascontiguousarray(cost * people[:, None]),
        people=people,
        must=np.concatenate([np.ones(int(stands), bool), np.zeros(len(free), bool)]),
        number=number - int(must.sum()) + int(stands),
        gap=gap,
    )
    return task, free


def _under_rules(
    table: Floats, people: Floats, rules: Rules, number: int | None, gap: float, clock: Clock
) -> Found:
    """Search with all fixed columns as the first; columns the rules close to any plan take no part."""
    free, most = np.flatnonzero(~rules.must & ~rules.closed), number or table.shape[1]
    base = table[:, rules.must].min(axis=1, initial=np.inf)[:, None]
    cost = np.hstack([base, np.minimum(table[:, free], base)])
    rows = np.flatnonzero((people > 0) & np.isfinite(cost).any(axis=1))
    cost = cost[rows]
    start, fewest = _reaching(cost, people[rows], free, rules, number, clock)
    task = Median(
        cost=np.ascontiguousarray(cost * people[rows][:, None]),
        people=people[rows],
        must=np.arange(len(free) + 1) == 0,
        number=min(most - int(rules.must.sum()), len(free)) + 1,
        gap=gap,
        rules=rules.beside(free),
        start=start,
        fewest=fewest,
    )
    found = searched(task, clock)
    chosen = rules.must.copy()
    chosen[free[found.chosen[1:]]] = True
    return replace(found, chosen=chosen)


def _reaching(
    cost: Floats, people: Floats, free: Ints, rules: Rules, number: int | None, clock: Clock
) -> tuple[Flags, bool]:
    """Return a choice of the first column and the ``free`` that keeps the rules and leaves few people out.

    Also tells whether no choice leaves out fewer. Rows in reach of the same columns count as one; of every column, too.
    """
    reached = np.isfinite(cost)
    some = np.flatnonzero(~reached[:, 0])
    everywhere = some[reached[some, 1:].all(axis=1)]
    some = np.concatenate([np.setdiff1d(some, everywhere), everywhere[:1]])
    weight = people[some].copy()
    weight[len(some) - len(everywhere[:1]) :] = people[everywhere].sum()
    row, column = np.nonzero(reached[some, 1:])
    reach = csr_matrix((np.ones(len(row)), (row, free[column])), shape=(len(some), len(rules.must)))
    cover = merged(reach, weight, leave_out=np.zeros(len(some), bool))
    part = Clock.start(_SHARE_FOR_REACH * clock.left_s)
    chosen, most = most_covered(cover, rules, number, 0.0, part)
    missed = most - weight_of(cover, chosen)
    start = np.concatenate([[True], chosen[free]])
    return start, missed <= _SAME * max(float(people.sum()), 1.0)


def _plan(table: Floats, people: Floats, chosen: Flags, found: Found, clock: Clock) -> SitingPlan:
    columns = np.flatnonzero(chosen)
    nearest, first, _ = two_nearest(np.ascontiguousarray(table), columns)
    served = np.isfinite(first)
    objective = float((first[served] * people[served]).sum())
    bound = min(max(found.bound, 0.0), objective)
    apart = relative_gap(objective, bound)
    lost = np.flatnonzero(~np.isfinite(table).any(axis=1))
    left_out = np.flatnonzero(~served & np.isfinite(table).any(axis=1) & (people > 0))
    notes = [nobody_reaches(lost)] if len(lost) else []
    if len(left_out):
        lost_people = float(people[left_out].sum())
        notes.append(_too_few(left_out, lost_people, fewest=found.fewest_left_out))
    notes += [out_of_time()] if apart > 0 and clock.left_s <= 0 else []
    return SitingPlan(
        sites=columns,
        assignment=np.where(served, nearest, -1),
        objective=objective,
        bound=objective if apart == 0 else bound,
        gap=apart,
        proven=apart == 0 and found.fewest_left_out,
        seconds=clock.seconds,
        unserved=lost,
        notes=tuple(notes),
    )


def _too_few(rows: Ints, people: float, *, fewest: bool) -> Text:
    zh = "这是最少的，上界与差距只就里程而言" if fewest else "是否最少未证明"
    en = (
        "no plan leaves out fewer; bound and gap are of the cost"
        if fewest
        else "that it is the least is not proven"
    )
    return Text(
        f"方案到不了所有需求：{len(rows)} 处（{people:g} 人）未被服务；{zh}。",
        f"The plan does not reach everybody: {counted(len(rows), 'demand')} ({people:g} people) left out; {en}.",
    )
