"""Several periods, growing demand: which site opens when, when a site once open is never closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import (
    Clock,
    Matrix,
    checked_fixed,
    checked_gap,
    checked_reach,
    checked_sites,
    checked_weight,
)
from gis.siting.covering import mclp
from gis.siting.highs import Program, solve
from gis.siting.merging import Cover, covered_by, merged
from gis.siting.plan import nobody_reaches, out_of_time, relative_gap
from layers.errors import InputError
from layers.text import Text, counted

NEVER = -1
_OPEN = 0.5


@dataclass(frozen=True, slots=True)
class Opening:
    """When each candidate opens, and what that covers.

    Attributes
    ----------
    opened_in
        (n_candidates,) number of the period, ``NEVER`` (-1) for those not opened; fixed ones open in period 0.
    covered
        (n_periods,) weight covered in each period.
    """

    opened_in: Ints
    covered: Floats

    @property
    def objective(self) -> float:
        """Weight covered, summed over the periods."""
        return float(self.covered.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPlan:
    """The best order of openings, and how good it is for certain.

    Attributes
    ----------
    opened_in, covered
        As of ``Opening``.
    objective
        Weight covered, summed over the periods; ``bound`` is what no order of openings can beat.
    gap, proven, seconds, unserved, notes
        As of ``SitingPlan``.
    myopic
        The plan of somebody who chooses period by period without looking ahead.
    """

    opened_in: Ints
    covered: Floats
    objective: float
    bound: float
    gap: float
    proven: bool
    seconds: float
    unserved: Ints
    myopic: Opening
    notes: tuple[Text, ...] = ()

    def open_in(self, period: int) -> Ints:
        """Give the columns open in a period, fixed ones included."""
        return np.flatnonzero((self.opened_in >= 0) & (self.opened_in <= period))

    def as_json(self) -> dict[str, Any]:
        """Return the plan as JSON values."""
        return {
            "opened_in": self.opened_in.tolist(),
            "covered": self.covered.tolist(),
            "objective": self.objective,
            "bound": self.bound,
            "gap": self.gap,
            "proven": self.proven,
            "seconds": round(self.seconds, 3),
            "unserved": self.unserved.tolist(),
            "myopic": {
                "opened_in": self.myopic.opened_in.tolist(),
                "covered": self.myopic.covered.tolist(),
                "objective": self.myopic.objective,
            },
            "notes": [note._asdict() for note in self.notes],
        }


def over_periods(
    reach_csr: Matrix,
    weights: npt.ArrayLike,
    sites_per_period: Sequence[int],
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> PeriodPlan:
    """Cover as much weight as can be, summed over periods, when sites never close.

    The multi-period maximal covering model (Gunawardane 1982, European Journal of Operational Research 10), solved as
    one program with demands of equal reach merged.

    Parameters
    ----------
    reach_csr
        (n_demand, n_candidates): a stored entry is "in reach", a stored 0 too.
    weights
        (n_periods, n_demand): people in each period, none negative.
    sites_per_period
        Sites in all by the end of each period, fixed ones included; never falling.
    fixed
        Columns that stand from the start.
    time_limit_s, gap
        As for ``mclp``; a limit of 0 gives the better of the two quick plans, choosing period by period and choosing
        the last period first.

    Raises
    ------
    InputError
        When a value is negative or no number, shapes do not fit, the number of sites falls from one period to the
        next, exceeds the candidates or is less than the fixed ones, or a fixed site is no candidate or named twice.
    """
    clock, reach = Clock.start(time_limit_s), checked_reach(reach_csr)
    must, wanted_gap = checked_fixed(fixed, reach.shape[1]), checked_gap(gap)
    people = _checked_weights(weights, reach.shape[0], len(sites_per_period))
    numbers = _checked_numbers(sites_per_period, must)
    already = covered_by(reach, must)
    most = people.sum(axis=1) - _lost(reach, people)
    myopic, best, most = _quick_plans(reach, people, numbers, must, most, clock)
    bound = float(most.sum())
    if clock.left_s > 0 and relative_gap(best.objective, bound) > wanted_gap:
        best, bound = _exact(reach, people, numbers, must, already, best, bound, wanted_gap, clock)
    return _plan(reach, best, myopic, max(bound, best.objective), clock)


def _checked_weights(weights: npt.ArrayLike, rows: int, periods: int) -> Floats:
    table = np.atleast_2d(np.asarray(weights, np.float64))
    if periods == 0 or table.shape[0] != periods:
        raise InputError(
            Text(
                f"权重有 {table.shape[0]} 期，站点数有 {periods} 期，期数应相同且至少一期。",
                f"There are weights for {counted(table.shape[0], 'period')} and numbers of sites for {periods}.",
            )
        )
    return np.stack([checked_weight(one, rows) for one in table])


def _checked_numbers(numbers: Sequence[int], must: Flags) -> list[int]:
    """Return the numbers of sites; 0 is allowed as long as nothing is fixed."""
    checked = [0 if one == 0 and not must.any() else checked_sites(one, must) for one in numbers]
    for before, after in pairwise(checked):
        if after < before:
            raise InputError(
                Text(f"站点总数从 {before} 降到 {after}，但站点开了就不关。",
                     f"The number of sites falls from {before} to {after}, but sites never close."),
                Text("给出的应是各期末的累计数。", "Give the totals by the end of each period."),
            )  # fmt: skip
    return checked


def _lost(reach: csr_matrix, people: Floats) -> Floats:
    return np.asarray(people[:, np.diff(reach.indptr) == 0].sum(axis=1))


def _quick_plans(
    reach: csr_matrix, people: Floats, numbers: list[int], must: Flags, most: Floats, clock: Clock
) -> tuple[Opening, Opening, Floats]:
    """Return the plan period by period, the better of it and the one made backwards, and a bound for each period."""
    limit_s = _part_of(clock, len(numbers))
    forward, bounds = np.where(must, 0, NEVER), most.copy()
    for period, number in enumerate(numbers):
        chosen = _chosen(reach, people[period], number, np.flatnonzero(forward >= 0), limit_s)
        forward[chosen & (forward < 0)] = period
    last = _chosen(reach, people[-1], numbers[-1], np.flatnonzero(must), limit_s)
    backward = _spread(reach, people, numbers, must, last)
    for period, number in enumerate(numbers):
        if number and clock.left_s > 0:
            plan = mclp(reach, people[period], number, np.flatnonzero(must), time_limit_s=_part_of(clock, 4))
            bounds[period] = min(bounds[period], plan.bound)
    myopic, other = (_opening(reach, people, one) for one in (forward, backward))
    return myopic, max((myopic, other), key=lambda one: one.objective), bounds


def _part_of(clock: Clock, parts: int) -> float:
    return clock.left_s / (4 * parts) if np.isfinite(clock.limit_s) else 60.0


def _chosen(reach: csr_matrix, people: Floats, number: int, fixed: Ints, limit_s: float) -> Flags:
    flags = np.zeros(reach.shape[1], bool)
    if number:
        flags[mclp(reach, people, number, fixed, time_limit_s=limit_s).sites] = True
    return flags


def _spread(reach: csr_matrix, people: Floats, numbers: list[int], must: Flags, last: Flags) -> Ints:
    """Open the sites of the last period in the order of what each adds on the day."""
    opened = np.where(must, 0, NEVER)
    by_column = reach.tocsc()
    for period, number in enumerate(numbers):
        while np.count_nonzero(opened >= 0) < number:
            covered = covered_by(reach, opened >= 0)
            rest = np.where(covered, 0.0, people[period])
            waiting = np.flatnonzero(last & (opened < 0))
            gains = [
                float(rest[by_column.indices[by_column.indptr[one] : by_column.indptr[one + 1]]].sum())
                for one in waiting
            ]
            opened[waiting[int(np.argmax(gains))]] = period
    return opened


def _opening(reach: csr_matrix, people: Floats, opened: Ints) -> Opening:
    covered = [
        float(weight[covered_by(reach, (opened >= 0) & (opened <= period))].sum())
        for period, weight in enumerate(people)
    ]
    return Opening(opened.astype(np.int64), np.array(covered))


def _exact(  # noqa: PLR0913, PLR0917 - the parts of one question
    reach: csr_matrix,
    people: Floats,
    numbers: list[int],
    must: Flags,
    already: Flags,
    best: Opening,
    bound: float,
    gap: float,
    clock: Clock,
) -> tuple[Opening, float]:
    """Solve the whole program from the best plan so far."""
    idle = already | (people.sum(axis=0) == 0)
    covers = [merged(reach, one, leave_out=idle) for one in people]
    weight = np.stack([one.weight for one in covers])
    base = float(people[:, already].sum())
    solved = solve(
        _program(covers[0], weight, numbers, must),
        time_limit_s=clock.left_s,
        gap=gap,
        start=_point(covers[0], best.opened_in, len(numbers)),
    )
    if solved.values is not None:
        columns = len(must)
        is_open = solved.values[: len(numbers) * columns].reshape(len(numbers), columns) > _OPEN
        opened = np.where(is_open.any(axis=0), is_open.argmax(axis=0), NEVER)
        found = _opening(reach, people, opened)
        best = found if found.objective > best.objective else best
    return best, min(bound, base - solved.bound)


def _program(cover: Cover, weight: Floats, numbers: list[int], must: Flags) -> Program:
    """Build: minimise -Σ w z; z <= Σ y of its candidates; y never falls; Σ y is the number of each period."""
    periods, columns, rows = len(numbers), len(must), cover.rows
    opens = periods * columns
    y = np.arange(opens).reshape(periods, columns)
    z = opens + np.arange(periods * rows).reshape(periods, rows)
    sizes = np.diff(cover.row_ptr)
    reaching = np.concatenate([np.insert(one[cover.row_cols], cover.row_ptr[1:], at)
                               for one, at in zip(y, z, strict=True)])  # fmt: skip
    signs = np.tile(np.insert(np.ones(len(cover.row_cols)), cover.row_ptr[1:], -1.0), periods)
    staying = np.stack([y[1:], y[:-1]], axis=-1).reshape(-1)
    lengths = np.concatenate([
        np.tile(sizes + 1, periods), np.full((periods - 1) * columns, 2), np.full(periods, columns)
    ])  # fmt: skip
    free = len(lengths) - periods
    return Program(
        cost=np.concatenate([np.zeros(opens), -weight.reshape(-1)]),
        lower=np.concatenate([np.tile(must.astype(float), periods), np.zeros(periods * rows)]),
        upper=np.ones(opens + periods * rows),
        integer=np.concatenate([np.ones(opens, bool), np.zeros(periods * rows, bool)]),
        row_ptr=np.concatenate([[0], np.cumsum(lengths)]),
        columns=np.concatenate([reaching, staying, y.reshape(-1)]),
        values=np.concatenate([signs, np.tile([1.0, -1.0], len(staying) // 2), np.ones(opens)]),
        row_lower=np.concatenate([np.zeros(free), np.array(numbers, float)]),
        row_upper=np.concatenate([np.full(free, np.inf), np.array(numbers, float)]),
    )


def _point(cover: Cover, opened: Ints, periods: int) -> Floats:
    is_open = (opened >= 0) & (opened <= np.arange(periods)[:, None])
    hits = np.concatenate([np.zeros((periods, 1)), np.cumsum(is_open[:, cover.row_cols], axis=1)], axis=1)
    served = hits[:, cover.row_ptr[1:]] > hits[:, cover.row_ptr[:-1]]
    return np.concatenate([is_open.reshape(-1).astype(float), served.reshape(-1).astype(float)])


def _plan(reach: csr_matrix, best: Opening, myopic: Opening, bound: float, clock: Clock) -> PeriodPlan:
    lost = np.flatnonzero(np.diff(reach.indptr) == 0)
    apart = relative_gap(best.objective, bound)
    notes = [nobody_reaches(lost)] if len(lost) else []
    notes += [out_of_time()] if apart > 0 and clock.left_s <= 0 else []
    return PeriodPlan(
        opened_in=best.opened_in,
        covered=best.covered,
        objective=best.objective,
        bound=best.objective if apart == 0 else bound,
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        unserved=lost,
        myopic=myopic,
        notes=tuple(notes),
    )
