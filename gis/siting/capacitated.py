"""Maximal covering with capacities: a site serves no more people than it can hold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import (
    Clock,
    Matrix,
    bad_value,
    checked_fixed,
    checked_gap,
    checked_reach,
    checked_weight,
)
from gis.siting.constraints import Constraints, Rules, number_or_budget, rules_of
from gis.siting.cover_programs import constrained
from gis.siting.highs import Program, solve
from gis.siting.merging import covered_by, merged
from gis.siting.plan import SitingPlan, nobody_reaches, out_of_time, relative_gap
from gis.siting.transport import served_by
from layers.errors import InputError
from layers.text import Text, counted

_LINKED = 60_000
"""Pairs up to which every one is tied to its site: a tighter model, but a larger one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacitatedPlan(SitingPlan):
    """A plan whose sites hold only so many; ``assignment`` is the site that serves most of each demand.

    Attributes
    ----------
    flow
        People of each demand served by each site: (n_demand, n_candidates).
    perhaps
        (n_demand,) people not served for certain, but in reach of a fixed site of unknown capacity.
    """

    flow: csr_matrix
    perhaps: Floats


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question, with demands in reach of the same candidates together."""

    table: csr_matrix
    weight: Floats
    room: Floats
    rules: Rules
    number: int | None


def capacitated_mclp(  # noqa: PLR0913 - the parts of one model
    reach_csr: Matrix,
    weight: npt.ArrayLike,
    capacity: npt.ArrayLike,
    sites: int | None = None,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
    constraints: Constraints | None = None,
) -> CapacitatedPlan:
    """Serve as many people as ``sites`` sites can hold (capacitated maximal covering; Current and Storbeck 1988).

    People of one demand may be shared between sites. Among plans that serve as many, the sites chosen serve those
    for whom they are nearest (by the stored values) first.

    Parameters
    ----------
    reach_csr
        (n_demand, n_candidates): a stored entry is "in reach", and orders who is nearer; a stored 0 is nearest.
    weight
        (n_demand,): people, none negative.
    capacity
        (n_candidates,): people each can hold; 0 holds nobody, inf has no limit, nan is unknown: such a candidate is not
        chosen, and a fixed one stays without being counted on, see ``perhaps``.
    sites
        Most sites in all, fixed ones included; None where a budget decides.
    fixed, constraints
        As for ``mclp``.
    time_limit_s, gap
        When the search may stop; a plan that was not found in time is not called impossible.

    Raises
    ------
    InputError
        As ``mclp``, and when capacities do not fit the candidates or one is negative.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    people, must = checked_weight(weight, reach.shape[0]), checked_fixed(fixed, reach.shape[1])
    wanted_gap, room = checked_gap(gap), _checked_capacity(capacity, reach.shape[1])
    rules = rules_of(constraints or Constraints(), must)
    rules = replace(rules, closed=rules.closed | (np.isnan(room) & ~must))
    asked = _asked(reach, people, room, rules, number_or_budget(sites, must, constraints))
    chosen, most = _chosen(asked, wanted_gap, clock)
    flow = served_by(reach, people, np.nan_to_num(room, posinf=np.inf), chosen)
    return _plan(reach, people, room, chosen, flow, most, clock)


def _checked_capacity(capacity: npt.ArrayLike, columns: int) -> Floats:
    room = np.atleast_1d(np.asarray(capacity, np.float64))
    if room.shape != (columns,):
        raise InputError(
            Text(f"容量有 {room.size} 个，候选点有 {columns} 个，个数应相同。",
                 f"There are {room.size} capacities for {counted(columns, 'candidate')}.")
        )  # fmt: skip
    wrong = np.flatnonzero(room < 0)
    if len(wrong):
        raise bad_value("capacity", str(wrong[0]), room[wrong[0]])
    return room


def _asked(reach: csr_matrix, people: Floats, room: Floats, rules: Rules, number: int | None) -> _Asked:
    """Merge demands in reach of the same candidates; candidates that can hold nobody reach nobody."""
    useful = np.nan_to_num(room, posinf=np.inf) > 0
    parts = (np.where(useful[reach.indices], 1.0, 0.0), reach.indices, reach.indptr)
    kept = csr_matrix(parts, shape=reach.shape, copy=True)
    kept.eliminate_zeros()
    cover = merged(kept, people, leave_out=people == 0)
    table = csr_matrix(
        (np.ones(len(cover.row_cols)), cover.row_cols, cover.row_ptr), (cover.rows, reach.shape[1])
    )
    around = np.asarray(table.T @ cover.weight).ravel()
    return _Asked(table, cover.weight, np.minimum(np.nan_to_num(room, posinf=np.inf), around), rules, number)


def _chosen(asked: _Asked, gap: float, clock: Clock) -> tuple[Flags, float]:
    """Return the columns to choose and a number of people no plan exceeds."""
    start, most = _greedy(asked), _ceiling(asked)
    if clock.left_s <= 0 or not asked.table.nnz:
        return _kept(start, asked), most
    flow = served_by(asked.table, asked.weight, asked.room, start)
    if relative_gap(float(flow.sum()), most) <= gap and asked.rules.kept_by(start):
        return start, most
    given = _point(asked, start, flow) if asked.rules.kept_by(start) else None
    solved = solve(_program(asked), time_limit_s=clock.left_s, gap=gap, start=given)
    if solved.infeasible:
        raise _impossible()
    most = min(most, -solved.bound)
    if solved.values is None:
        return _kept(start, asked), most
    better = solved.values[: len(start)] > 0.5  # noqa: PLR2004 - a rounded 0 or 1
    found = served_by(asked.table, asked.weight, asked.room, better).sum()
    return (better if given is None or found >= flow.sum() else start), most


def _kept(start: Flags, asked: _Asked) -> Flags:
    if not asked.rules.kept_by(start):
        raise InputError(
            Text("限时内没有找到满足全部条件的方案；这不等于没有。",
                 "No plan that keeps every constraint was found in time; that does not mean there is none."),
            Text("请放宽时限。", "Allow more time."),
        )  # fmt: skip
    return start


def _impossible() -> InputError:
    return InputError(
        Text("没有满足全部条件的方案。", "No plan keeps every constraint."),
        Text("请放宽间距、每组数量或预算。", "Relax the spacing, the number per group or the budget."),
    )


def _greedy(asked: _Asked) -> Flags:
    """Add the open column that still serves most, filling each with its demands in turn."""
    rules, left = asked.rules, asked.weight.copy()
    columns = asked.table.T.tocsr()
    chosen = rules.must.copy()
    for one in np.flatnonzero(chosen):
        _fill(columns, int(one), asked.room[one], left)
    limit = len(chosen) if asked.number is None else asked.number
    while np.count_nonzero(chosen) < limit:
        lacking = rules.lacking(chosen)
        can = rules.open_to(chosen) & (lacking if lacking.any() else True)
        gain = np.where(can, np.minimum(columns @ left, asked.room), -1.0)
        best = int(np.argmax(gain))
        if gain[best] < 0 or (gain[best] <= 0 and not lacking.any()):
            break
        chosen[best] = True
        _fill(columns, best, asked.room[best], left)
    return chosen


def _fill(columns: csr_matrix, column: int, room: float, left: Floats) -> None:
    """Take from the demands of a column what it can hold, those that few others reach first."""
    rows = columns.indices[columns.indptr[column] : columns.indptr[column + 1]]
    before = np.concatenate([[0.0], np.cumsum(left[rows])[:-1]])
    left[rows] -= np.clip(room - before, 0.0, left[rows])


def _ceiling(asked: _Asked) -> float:
    """Bound what can be served: by who is in reach, and by the roomiest sites."""
    in_reach = float(asked.weight.sum())
    if asked.number is None:
        return in_reach
    must = asked.rules.must
    free = np.sort(asked.room[~must])[::-1][: asked.number - np.count_nonzero(must)]
    return min(in_reach, float(asked.room[must].sum() + free.sum()))


def _program(asked: _Asked) -> Program:
    """Build: y per column, x per pair; x shares out each demand, and only so far as the site has room."""
    table = asked.table
    rows, columns, pairs = *table.shape, table.nnz
    row = np.repeat(np.arange(rows), np.diff(table.indptr))
    most = np.minimum(asked.weight[row], asked.room[table.indices])
    by_column = np.argsort(table.indices, kind="stable")
    counts = np.bincount(table.indices, minlength=columns)
    held = np.insert(columns + by_column, np.cumsum(counts), np.arange(columns))
    factor = np.insert(np.ones(pairs), np.cumsum(counts), -asked.room)
    linked = np.arange(pairs) if pairs <= _LINKED else np.empty(0, np.int64)
    ties = np.column_stack([columns + linked, table.indices[linked]]).reshape(-1)
    tied = np.column_stack([np.ones(len(linked)), -most[linked]]).reshape(-1)
    ends = (table.indptr.astype(np.int64)[1:], np.cumsum(counts + 1), 2 * (np.arange(len(linked)) + 1))
    ptr = [np.zeros(1, np.int64)]
    for one in ends:
        ptr.append(ptr[-1][-1] + one)
    below = np.concatenate([asked.weight, np.zeros(columns + len(linked))])
    program = Program(
        cost=np.concatenate([np.zeros(columns), -np.ones(pairs)]),
        lower=np.concatenate([asked.rules.must.astype(float), np.zeros(pairs)]),
        upper=np.concatenate([np.ones(columns), most]),
        integer=np.concatenate([np.ones(columns, bool), np.zeros(pairs, bool)]),
        row_ptr=np.concatenate(ptr),
        columns=np.concatenate([columns + np.arange(pairs), held, ties]),
        values=np.concatenate([np.ones(pairs), factor, tied]),
        row_lower=np.full(len(below), -np.inf),
        row_upper=below,
    )
    return constrained(program, asked.rules, number=asked.number)


def _point(asked: _Asked, chosen: Flags, flow: csr_matrix) -> Floats:
    """Return the variables of the program at a choice of columns and who they serve."""
    row = np.repeat(np.arange(asked.table.shape[0]), np.diff(asked.table.indptr))
    return np.concatenate([chosen.astype(float), np.asarray(flow[row, asked.table.indices]).ravel()])


def _plan(
    reach: csr_matrix,
    people: Floats,
    room: Floats,
    chosen: Flags,
    flow: csr_matrix,
    most: float,
    clock: Clock,
) -> CapacitatedPlan:
    objective = float(flow.sum())
    apart = relative_gap(objective, max(most, objective))
    served = np.asarray(flow.sum(axis=1)).ravel()
    beside = covered_by(reach, chosen & np.isnan(room))
    lost = np.flatnonzero(np.diff(reach.indptr) == 0)
    notes = [nobody_reaches(lost)] if len(lost) else []
    notes += [_unknown_rooms(int(np.isnan(room).sum()))] if np.isnan(room).any() else []
    notes += [out_of_time()] if apart > 0 and clock.left_s <= 0 else []
    most_of = np.asarray(flow.argmax(axis=1)).ravel()
    return CapacitatedPlan(
        sites=np.flatnonzero(chosen),
        assignment=np.where(served > 0, most_of, -1),
        objective=objective,
        bound=objective if apart == 0 else max(most, objective),
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        unserved=lost,
        notes=tuple(notes),
        flow=flow,
        perhaps=np.where(beside, np.maximum(people - served, 0.0), 0.0),
    )


def _unknown_rooms(count: int) -> Text:
    return Text(
        f"{count} 个候选点或固定点的容量未知：不选用，也不当作零；固定点能到的人列为未知。",
        f"The capacity of {counted(count, 'candidate or fixed site', 'candidates or fixed sites')} is unknown: "
        "not chosen and not taken as zero; "
        "people whom only such a fixed site reaches are unknown.",
    )
