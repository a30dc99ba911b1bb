"""The fewest new sites that cover so many people: found by bisection, then proven, or how many fewer may do."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Floats, Ints
from gis.siting import Constraints, SitingPlan, mclp
from gis.siting.asking import Clock, checked_fixed
from gis.siting.constraints import rules_of
from gis.siting.plan import relative_gap

_ROUGH, _ROUNDING, _LEAST_S = 0.01, 1e-9, 0.05
_SHARE_OF_PROOF = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Metres (n_demand, n_columns) within the limit, people, standing columns, people wanted, and most new sites."""

    table: csr_matrix
    people: Floats
    fixed: Ints
    constraints: Constraints | None
    wanted: float
    most: int

    def reached_by(self, amount: float) -> bool:
        """Tell whether so many people are as many as wanted."""
        return amount >= self.wanted * (1 - _ROUNDING)

    @property
    def needed(self) -> int:
        """Count the new sites that groups need in any case."""
        if self.constraints is None or not self.constraints.any:
            return 0
        must = checked_fixed(self.fixed, self.table.shape[1])
        rules = rules_of(self.constraints, must)
        return int(np.maximum(rules.least - rules.counts(must), 0).sum())


@dataclass(frozen=True, slots=True)
class Fewest:
    """The plan, and how many new sites it takes at least, for certain."""

    plan: SitingPlan
    least: int


@dataclass(slots=True)
class _Tried:
    """Plans by number of new sites; ``least``: with fewer the target is out of reach for certain."""

    target: Target
    plans: dict[int, SitingPlan]
    least: int

    def reaches(self, number: int, *, gap: float, time_limit_s: float) -> bool:
        """Solve for a number; keep the better plan and bound of what was known and what is found."""
        target, how = self.target, dict[str, Any](gap=gap, time_limit_s=time_limit_s)
        known = self.plans.get(number)
        if number + len(target.fixed) == 0:
            return target.reached_by(0.0)
        plan = mclp(
            target.table,
            target.people,
            number + len(target.fixed),
            target.fixed,
            constraints=target.constraints,
            **how,
        )
        self.plans[number] = plan if known is None else _better(plan, known)
        if not target.reached_by(self.plans[number].bound):
            self.least = max(self.least, number + 1)
        return target.reached_by(self.plans[number].objective)


def fewest_for(target: Target, *, time_limit_s: float, gap: float) -> Fewest:
    """Find the fewest new sites by plans within 1 %, then solve one fewer exactly until that is proven too few.

    Where the target is out of reach the plan of the most sites is returned, which misses it.

    Raises
    ------
    InputError
        When the constraints contradict each other.
    """
    clock, needed = Clock.start(time_limit_s), min(target.needed, target.most)
    tried = _Tried(target, {}, needed)
    rough = {"gap": _ROUGH, "time_limit_s": time_limit_s}
    low, high = needed, target.most
    if not tried.reaches(high, **rough):
        tried.reaches(high, gap=0.0, time_limit_s=max(clock.left_s, _LEAST_S))
        if not target.reached_by(tried.plans[high].objective):
            return Fewest(tried.plans[high], high)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if tried.reaches(middle, **rough) else (middle + 1, high)
    high = _lowered(tried, high, Clock.start(_SHARE_OF_PROOF * clock.left_s))
    if high in tried.plans:
        tried.reaches(high, gap=gap, time_limit_s=max(clock.left_s, _LEAST_S))
    return Fewest(tried.plans[high] if high in tried.plans else _nothing(target), min(tried.least, high))


def _lowered(tried: _Tried, number: int, clock: Clock) -> int:
    """Solve for one fewer, exactly, as long as that reaches the target and time lasts."""
    while number > tried.least and clock.left_s > 0:
        if not tried.reaches(number - 1, gap=0.0, time_limit_s=clock.left_s):
            break
        number -= 1
    fewer = number - 2
    while fewer >= tried.least and fewer not in tried.plans:
        tried.reaches(fewer, gap=_ROUGH, time_limit_s=max(clock.left_s, _LEAST_S))
        fewer -= 1
    return number


def _better(one: SitingPlan, other: SitingPlan) -> SitingPlan:
    """Return the plan that covers more, with the lower of both bounds."""
    best = one if one.objective >= other.objective else other
    bound = max(min(one.bound, other.bound), best.objective)
    apart = relative_gap(best.objective, bound)
    return replace(best, bound=best.objective if apart == 0 else bound, gap=apart, proven=apart == 0)


def _nothing(target: Target) -> SitingPlan:
    """Return the plan of no site at all."""
    return SitingPlan(
        sites=np.empty(0, np.int64),
        assignment=np.full(target.table.shape[0], -1, np.int64),
        objective=0.0,
        bound=0.0,
        gap=0.0,
        proven=True,
        seconds=0.0,
    )
