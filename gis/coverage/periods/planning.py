"""From a workspace to a plan over several periods: the elderly grow in number, and a site once open stays."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.catchments.accessing import SUPPLY_FIELDS
from gis.coverage.next_sites.candidates import Candidates
from gis.coverage.offering import candidates_from
from gis.coverage.periods.growth import Growth, read_growth
from gis.coverage.periods.outlook import Outlook, share_outlook, supply_outlook
from gis.coverage.periods.report import OpenedSite, PhaseReport
from gis.coverage.periods.request import PhaseRequest
from gis.coverage.situation import Situation, made_of, situation_of, travel_m
from gis.kernels.arrays import Flags, Floats
from gis.siting.merging import covered_by
from gis.siting.periods import PeriodPlan, over_periods
from layers.errors import InputError
from layers.norms import NormValue, printed
from layers.progress import Progress, silent
from layers.text import Text, counted

if TYPE_CHECKING:
    from layers.workspace import Workspace

_MOST = 5000
_TARGETS = {"beds": "beds_per_1000_elderly", "meals_per_day": "meal_need_per_1000"}
"""Norm of what 1,000 people need, by the field that says what facilities hold."""


def plan_phases(workspace: "Workspace", request: PhaseRequest, progress: Progress = silent) -> PhaseReport:
    """Choose which sites open in which period; facilities in service stay, and nothing closes.

    Raises
    ------
    InputError
        When periods or numbers are out of range, there are fewer candidates than new sites, or candidates cannot be
        used.
    ColumnError
        When the table of growth lacks a column, or none of its rows can be used.
    NotFoundError
        When a layer has no data, or nobody to be served is known.
    """
    progress(Text("准备路网", "Preparing the road network"), 0, 3)
    here = situation_of(workspace, request.reach)
    request.checked(here.plan.on.year)
    offered = candidates_from(
        workspace, here, request.candidates, spacing_m=request.spacing_m, exclude=request.exclude, most=_MOST
    )
    _check_enough(request, offered)
    growth, norms = _growth(request, here)
    progress(Text("计算到各候选点的距离", "Measuring to the candidates"), 1, 3)
    table = _table(here, offered)
    years = [year for year, _ in request.periods]
    people, unplaced = growth.weights(here.demand, here.units, years)
    progress(Text("求解", "Solving"), 2, 3)
    existing = len(here.supply)
    plan = over_periods(
        table,
        people,
        [existing + int(one) for one in np.cumsum([new for _, new in request.periods])],
        np.arange(existing),
        time_limit_s=request.time_limit_s,
        gap=request.gap,
    )
    progress(Text("求解", "Solving"), 3, 3)
    standing = covered_by(table, _first(table.shape[1], existing))
    coverage, supply, used = _outlooks(here, request, growth, standing)
    reachable = np.diff(table.indptr) > 0
    return PhaseReport(
        request=replace(request, reach=replace(request.reach, on=here.plan.on, by=here.plan.request.by)),
        growth=growth,
        plan=plan,
        existing=existing,
        offered=offered,
        units_named=_unit_names(here, offered),
        opened=_in_order(table, people, plan, years, existing),
        people=people.sum(axis=1),
        without_new=people[:, standing].sum(axis=1),
        unreachable=people[:, ~reachable].sum(axis=1),
        unplaced=unplaced,
        unknown=int((~(np.isfinite(here.demand.weight) & np.isfinite(here.demand.lon))).sum()),
        coverage=coverage,
        supply=supply,
        supply_field=SUPPLY_FIELDS.get(request.reach.layer_id, ""),
        assumptions=_assumptions(here, offered, growth),
        norms=printed(here.profile, [*here.plan.norms, *norms, *used]),
        made=made_of(workspace, here, (*offered.layers, *request.exclude)),
    )


def _check_enough(request: PhaseRequest, offered: Candidates) -> None:
    wanted = sum(new for _, new in request.periods)
    if wanted > len(offered):
        raise InputError(
            Text(f"各期共新增 {wanted} 处，只有 {len(offered)} 个候选点。",
                 f"{counted(wanted, 'new site is', 'new sites are')} wanted in all, but there are only "
                 f"{counted(len(offered), 'candidate')}."),
            Text("请减少新增数或增加候选点。", "Ask for fewer sites or give more candidates."),
        )  # fmt: skip


def _growth(request: PhaseRequest, here: Situation) -> tuple[Growth, list[NormValue]]:
    on, norms = here.plan.on, []
    rate = request.rate
    if rate is None:
        norms.append(here.profile.value("elderly_growth_per_year", on=on))
        rate = here.profile.number("elderly_growth_per_year", on=on)
    table = read_growth(request.growth, here.units) if isinstance(request.growth, Path) else None
    return Growth(rate, on.year, table), norms


def _table(here: Situation, offered: Candidates) -> csr_matrix:
    """Return metres (n_demand, existing + candidates) within the main limit; facilities in service come first."""
    lon = np.concatenate([here.supply.lon, offered.lon])
    lat = np.concatenate([here.supply.lat, offered.lat])
    return csr_matrix(travel_m(here, lon, lat, limit_m=here.plan.limits_m[here.plan.main]).T)


def _first(columns: int, count: int) -> Flags:
    return np.asarray(np.arange(columns) < count)


def _unit_names(here: Situation, offered: Candidates) -> tuple[str, ...]:
    inside = here.units.locate(offered.lon, offered.lat, [None] * len(offered), here.plan.request.by)
    names = here.units.frame["name"].astype(str).tolist()
    return tuple(names[at] if at >= 0 and not here.units.whole else "" for at in inside.tolist())


def _in_order(
    table: csr_matrix, people: Floats, plan: PeriodPlan, years: list[int], existing: int
) -> tuple[OpenedSite, ...]:
    """Order the sites of each period by what each adds in it to all that is open before it."""
    is_open = _first(table.shape[1], existing)
    opened = []
    for period, year in enumerate(years):
        waiting = np.flatnonzero((plan.opened_in == period) & ~is_open).tolist()
        while waiting:
            rest = np.where(covered_by(table, is_open), 0.0, people[period])
            gains = [
                float(rest[covered_by(table, np.arange(table.shape[1]) == one)].sum()) for one in waiting
            ]
            best = waiting.pop(int(np.argmax(gains)))
            is_open[best] = True
            opened.append(OpenedSite(column=best, year=year, adds=max(gains)))
    return tuple(opened)


def _outlooks(
    here: Situation, request: PhaseRequest, growth: Growth, standing: Flags
) -> tuple[Outlook, Outlook | None, list[NormValue]]:
    years = list(range(growth.base_year, growth.base_year + request.horizon_years + 1))
    people, unplaced = growth.weights(here.demand, here.units, years)
    coverage = share_outlook(years, people, standing, request.target_share)
    name = SUPPLY_FIELDS.get(request.reach.layer_id)
    if name is None or name not in here.supply.frame:
        return coverage, None, []
    holds = here.supply.frame[name].to_numpy(dtype=float, na_value=np.nan)
    norm = here.profile.value(_TARGETS[name], on=here.plan.on) if name in _TARGETS else None
    target = None if norm is None else float(norm.value)
    total = people.sum(axis=1) + unplaced
    return coverage, supply_outlook(years, total, float(np.nansum(holds)), target), [norm] if norm else []


def _assumptions(here: Situation, offered: Candidates, growth: Growth) -> tuple[Text, ...]:
    said = [*here.plan.assumptions, *here.supply.assumptions, *here.demand.assumptions, *offered.assumptions]
    said.append(
        Text(f"界限 {here.plan.limit_text.zh}；现有 {len(here.supply)} 处在用设施保留不动，新站点开了就不关。",
             f"The limit is {here.plan.limit_text.en}; those in service "
             f"({counted(len(here.supply), 'facility', 'facilities')}) stay, and sites "
             "never close.")
    )  # fmt: skip
    rest = Text(f"每年增长 {growth.rate:.1%}", f"growth of {growth.rate:.1%} a year")
    base = growth.base_year
    if growth.table is None:
        said.append(
            Text(f"人口以 {base} 年为基准，各处{rest.zh}。", f"People of {base}, with {rest.en} everywhere.")
        )
    else:
        count, lost = len(growth.table.people), len(growth.table.refused)
        said.append(
            Text(f"{growth.table.name}：{count} 个单元按表中人数，相邻年份间按直线插值，表以外的年份和单元{rest.zh}；"
                 f"{lost} 行未用。",
                 f"{growth.table.name}: {counted(count, 'unit follows', 'units follow')} the table, straight "
                 "between its years; other years and "
                 f"units have {rest.en}; {counted(lost, 'row was', 'rows were')} not used.")
        )  # fmt: skip
    unsaid = _unsaid(here)
    if unsaid:
        said.append(
            Text(f"{unsaid} 处设施没有填规模，不在每千人拥有量里，实际可能更高。",
                 f"{counted(unsaid, 'facility does', 'facilities do')} not say what they hold: they are not in "
                 "the figure per 1,000 people, which "
                 "may be higher.")
        )  # fmt: skip
    return tuple(dict.fromkeys(said))


def _unsaid(here: Situation) -> int:
    name = SUPPLY_FIELDS.get(here.plan.request.layer_id)
    return int(here.supply.frame[name].isna().sum()) if name in here.supply.frame else 0
