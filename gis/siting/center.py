"""p-centre: the least greatest cost with so many sites."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock, Matrix, checked_cost, checked_fixed, checked_gap, checked_sites
from gis.siting.covering import lscp
from gis.siting.merging import assigned
from gis.siting.plan import SitingPlan, nobody_reaches, out_of_time, relative_gap
from layers.errors import InputError
from layers.text import Text


def p_center(
    cost: Matrix,
    sites: int,
    fixed: Sequence[int] | Ints = (),
    *,
    time_limit_s: float | None = None,
    gap: float = 0.0,
) -> SitingPlan:
    """Make the greatest cost anybody has as small as ``sites`` sites allow (Minieka 1970: bisection over covering).

    Parameters
    ----------
    cost
        (n_demand, n_candidates): inf, or not stored in a sparse table, where a candidate does not reach a demand.
    sites
        Sites in all, fixed ones included.
    fixed
        Columns that are in the plan in any case.
    time_limit_s, gap
        When the search may stop. A cover that was not found in time does not count as impossible: the bound then
        stays where it was proven.

    Returns
    -------
    SitingPlan
        ``objective`` is the greatest cost. Demands no candidate reaches are left out of it, in ``unserved`` and named.

    Raises
    ------
    InputError
        When a cost is negative or no number, the number of sites or a fixed site does not fit, no choice of so many
        sites reaches everybody who can be reached, or none was found in time, which is said to be something else.
    """
    clock, table = Clock.start(time_limit_s), checked_cost(cost)
    must = checked_fixed(fixed, table.shape[1])
    number, wanted_gap = checked_sites(sites, must), checked_gap(gap)
    lost = np.flatnonzero(~np.isfinite(table).any(axis=1))
    reachable = table[np.isfinite(table).any(axis=1)]
    steps = np.unique(reachable[np.isfinite(reachable)]) if reachable.size else np.zeros(1)
    chosen, radius, least = _bisected(reachable, steps, must, number, wanted_gap, clock)
    apart = relative_gap(radius, least)
    notes = [nobody_reaches(lost)] if len(lost) else []
    notes += [out_of_time()] if apart > 0 and clock.left_s <= 0 else []
    return SitingPlan(
        sites=np.flatnonzero(chosen),
        assignment=assigned(_within(table, np.inf), chosen),
        objective=radius,
        bound=radius if apart == 0 else least,
        gap=apart,
        proven=apart == 0,
        seconds=clock.seconds,
        unserved=lost,
        notes=tuple(notes),
    )


def _bisected(
    table: Floats, steps: Floats, must: Flags, number: int, gap: float, clock: Clock
) -> tuple[Flags, float, float]:
    """Return the best columns, their greatest cost, and the proven least one."""
    chosen = _farthest_first(table, must, number)
    radius = _radius(table, chosen)
    low = _lowest(table)
    below = int(np.searchsorted(steps, low))
    above = int(np.searchsorted(steps, radius)) if np.isfinite(radius) else len(steps)
    while below < above and clock.left_s > 0:
        if above < len(steps) and relative_gap(radius, steps[below]) <= gap:
            break
        middle = (below + above) // 2
        found, impossible = _covers(table, float(steps[middle]), must, number, clock)
        if found is not None:
            chosen, radius = found, _radius(table, found)
            above = int(np.searchsorted(steps, radius))
        elif impossible:
            below = middle + 1
        else:
            break
    if not np.isfinite(radius):
        raise _too_few(number) if below >= len(steps) else _out_of_time(number)
    return chosen, radius, float(steps[min(below, above)]) if len(steps) else 0.0


def _covers(
    table: Floats, radius: float, must: Flags, number: int, clock: Clock
) -> tuple[Flags | None, bool]:
    """Look for a cover within a radius: the columns when there is one, and whether there is none for certain."""
    reach = _within(table, radius)
    if (np.diff(reach.indptr) == 0).any():
        return None, True
    plan = lscp(
        reach, np.flatnonzero(must), time_limit_s=clock.left_s if np.isfinite(clock.limit_s) else None
    )
    if len(plan.sites) > number:
        return None, plan.bound > number
    chosen = np.zeros(table.shape[1], bool)
    chosen[plan.sites] = True
    chosen[np.flatnonzero(~chosen)[: number - len(plan.sites)]] = True
    return chosen, False


def _within(table: Floats, radius: float) -> csr_matrix:
    """Return the cells within a radius as a sparse table that keeps zeros."""
    rows, columns = np.nonzero(np.isfinite(table) & (table <= radius))
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(table)))])
    return csr_matrix((table[rows, columns], columns, ptr), shape=table.shape)


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


def _radius(table: Floats, chosen: Flags) -> float:
    return float(table[:, chosen].min(axis=1).max()) if len(table) else 0.0


def _lowest(table: Floats) -> float:
    """Return what even all candidates together cannot beat."""
    return float(table.min(axis=1).max()) if len(table) else 0.0


def _out_of_time(number: int) -> InputError:
    return InputError(
        Text(
            f"限时内没有找到用 {number} 个站点到达所有人的方案；这不等于没有。",
            f"No plan in which {number} sites reach everybody was found in time; that does not mean there is none.",
        ),
        Text("请放宽时限或增加站点数。", "Allow more time, or ask for more sites."),
    )


def _too_few(number: int) -> InputError:
    return InputError(
        Text(
            f"{number} 个站点无法到达所有可达的需求。",
            f"{number} sites do not reach everybody who can be reached.",
        ),
        Text(
            "请增加站点数，或用 mclp 看最多能覆盖多少。",
            "Ask for more sites, or let mclp say how many can be covered.",
        ),
    )
