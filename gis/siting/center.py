"""p-centre: the least greatest cost with so many sites."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock, Matrix, checked_cost, checked_fixed, checked_gap
from gis.siting.center_rules import RuledWithin, cells_within, radius_of
from gis.siting.constraints import Constraints, number_or_budget, rules_of
from gis.siting.covering import lscp
from gis.siting.merging import assigned
from gis.siting.plan import SitingPlan, nobody_reaches, out_of_time, relative_gap
from layers.errors import InputError
from layers.text import Text, counted


def p_center(
    cost: Matrix,
    sites: int | None = None,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
    constraints: Constraints | None = None,
) -> SitingPlan:
    """Make the greatest cost anybody has as small as ``sites`` sites allow (Minieka 1970: bisection over covering).

    Parameters
    ----------
    cost
        (n_demand, n_candidates): inf, or not stored in a sparse table, where a candidate does not reach a demand.
    sites
        Sites in all, fixed ones included. None where a budget decides.
    fixed
        Columns that are in the plan in any case.
    time_limit_s, gap
        When the search may stop. A cover that was not found in time does not count as impossible: the bound then
        stays where it was proven.
    constraints
        Spacing, groups, budget. With them ``sites`` is the most sites, not the exact number; those beyond what the
        greatest cost needs go where they lower the sum of all costs most.

    Returns
    -------
    SitingPlan
        ``objective`` is the greatest cost. Demands no candidate reaches are left out of it, in ``unserved`` and named.

    Raises
    ------
    InputError
        When a cost is negative or no number, the number of sites or a fixed site does not fit, no choice of so many
        sites reaches everybody who can be reached (under constraints: which of them is in the way, or which demands
        only candidates reach that they rule out), or none was found in time, which is said to be something else.
    """
    clock, table = Clock.start(time_limit_s), checked_cost(cost)
    must = checked_fixed(fixed, table.shape[1])
    number, wanted_gap = number_or_budget(sites, must, constraints), checked_gap(gap)
    some = np.isfinite(table).any(axis=1)
    lost, reachable = np.flatnonzero(~some), table[some]
    if constraints is not None and constraints.any:
        within: Within = RuledWithin(reachable, np.flatnonzero(some), rules_of(constraints, must), number)
    else:
        within = _SoMany(reachable, must, number or 0)
    chosen, radius, least = _bisected(within, wanted_gap, clock)
    apart = relative_gap(radius, least)
    notes = [nobody_reaches(lost)] if len(lost) else []
    notes += [out_of_time()] if apart > 0 and clock.left_s <= 0 else []
    return SitingPlan(
        sites=np.flatnonzero(chosen),
        assignment=assigned(cells_within(table, np.inf), chosen),
        objective=radius,
        bound=radius if apart == 0 else least,
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        unserved=lost,
        notes=tuple(notes),
    )


class Within(Protocol):
    """Looks for choices that serve everybody within a cost."""

    @property
    def table(self) -> Floats:
        """Costs (n_rows, n_columns), every row finite somewhere."""

    def start(self) -> Flags | None:
        """Return a choice to begin with; None where none is at hand."""

    def covering(self, radius: float, clock: Clock) -> tuple[Flags | None, bool]:
        """Look for a choice within a radius: the columns when there is one, and whether there is none for certain."""

    def impossible(self) -> InputError:
        """Say why no choice serves everybody at any cost."""

    def not_in_time(self) -> InputError:
        """Say that none was found in time."""


def _bisected(within: Within, gap: float, clock: Clock) -> tuple[Flags, float, float]:
    """Return the best columns, their greatest cost, and the proven least one."""
    table = within.table
    steps = np.unique(table[np.isfinite(table)]) if table.size else np.zeros(1)
    chosen = within.start()
    radius = np.inf if chosen is None else radius_of(table, chosen)
    below = int(np.searchsorted(steps, _lowest(table)))
    above = int(np.searchsorted(steps, radius)) if np.isfinite(radius) else len(steps)
    while below < above and clock.left_s > 0:
        if above < len(steps) and relative_gap(radius, steps[below]) <= gap:
            break
        middle = (below + above) // 2
        found, none = within.covering(float(steps[middle]), clock)
        if found is not None:
            chosen, radius = found, radius_of(table, found)
            above = int(np.searchsorted(steps, radius))
        elif none:
            below = middle + 1
        else:
            break
    if chosen is None or not np.isfinite(radius):
        raise within.impossible() if below >= len(steps) else within.not_in_time()
    return chosen, radius, float(steps[min(below, above)]) if len(steps) else 0.0


@dataclass(frozen=True, slots=True)
class _SoMany:
    """Choices of exactly so many columns."""

    table: Floats
    must: Flags
    number: int

    def start(self) -> Flags | None:
        return _farthest_first(self.table, self.must, self.number)

    def covering(self, radius: float, clock: Clock) -> tuple[Flags | None, bool]:
        reach = cells_within(self.table, radius)
        if (np.diff(reach.indptr) == 0).any():
            return None, True
        plan = lscp(
            reach,
            np.flatnonzero(self.must),
            time_limit_s=clock.left_s if np.isfinite(clock.limit_s) else None,
        )
        if len(plan.sites) > self.number:
            return None, plan.bound > self.number
        chosen = np.zeros(self.table.shape[1], bool)
        chosen[plan.sites] = True
        chosen[np.flatnonzero(~chosen)[: self.number - len(plan.sites)]] = True
        return chosen, False

    def impossible(self) -> InputError:
        return _too_few(self.number)

    def not_in_time(self) -> InputError:
        return _out_of_time(self.number)


def _farthest_first(table: Floats, must: Flags, number: int) -> Flags:
    """Serve, again and again, whoever is worst off at the least cost (Gonzalez 1985)."""
    chosen = must.copy()
    if len(table) == 0:
        chosen[np.flatnonzero(~chosen)[: number - int(chosen.sum())]] = True
        return chosen
    current = table[:, must].min(axis=1) if must.any() else np.full(len(table), np.inf)
    while np.count_nonzero(chosen) < number:
        worst = table[int(np.argmax(current))]
        best = int(np.argmin(np.where(chosen, np.inf, worst)))
        if chosen[best]:
            best = int(np.flatnonzero(~chosen)[0])
        chosen[best] = True
        current = np.minimum(current, table[:, best])
    return chosen


def _lowest(table: Floats) -> float:
    """Return what even all candidates together cannot beat."""
    return float(table.min(axis=1).max()) if len(table) else 0.0


def _out_of_time(number: int) -> InputError:
    return InputError(
        Text(
            f"限时内没有找到用 {number} 个站点到达所有人的方案；这不等于没有。",
            f"No plan in which {counted(number, 'site reaches', 'sites reach')} everybody was found in time; "
            "that does not mean there is none.",
        ),
        Text("请放宽时限或增加站点数。", "Allow more time, or ask for more sites."),
    )


def _too_few(number: int) -> InputError:
    return InputError(
        Text(
            f"{number} 个站点无法到达所有可达的需求。",
            f"{counted(number, 'site does', 'sites do')} not reach everybody who can be reached.",
        ),
        Text(
            "请增加站点数，或用 mclp 看最多能覆盖多少。",
            "Ask for more sites, or let mclp say how many can be covered.",
        ),
    )
