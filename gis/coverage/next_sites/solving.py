"""From a question to a plan: the model asked for, the fewest sites that reach a target, or stock before new sites."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.next_sites.explaining import unserved_of
from gis.coverage.next_sites.question import Question
from gis.coverage.next_sites.stock_first import stock_first
from gis.coverage.next_sites.target import Target, fewest_for
from gis.kernels.arrays import Ints
from gis.siting import Constraints, SitingPlan, capacitated_mclp, lscp, mclp, p_center, p_median
from gis.siting.asking import checked_fixed
from gis.siting.center_rules import RELAX, OnlyRuledOutError, only_ruled_out
from gis.siting.constraints import rules_of
from layers.errors import InputError
from layers.text import Text, counted, joined
from layers.vocabulary import label_of

_MOST_NEW = 200
_NAMED = 3
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan; with a target, how many new sites it takes at least, for certain (None where none is asked for)."""

    plan: SitingPlan
    least: int | None = None


def solved(question: Question) -> Answer:
    """Solve the model.

    Raises
    ------
    InputError
        When there are fewer candidates than sites wanted, constraints contradict each other, or a target cannot be
        reached.
    """
    request = question.request
    _check_enough(question)
    _check_units(question)
    if request.target_share is not None:
        return _to_target(question)
    number = None if request.sites is None else question.existing + request.sites
    if request.prefer_stock is not None and number is not None:
        return Answer(stock_first(question, number))
    return Answer(by_model(question, number, question.constraints, time_limit_s=request.time_limit_s))


def by_model(
    question: Question, number: int | None, constraints: Constraints | None, *, time_limit_s: float
) -> SitingPlan:
    """Solve the model of the question for a number of sites in all, under the constraints given."""
    request, table, people, fixed = question.request, question.table, question.people, question.fixed
    how: dict[str, Any] = {"time_limit_s": time_limit_s, "gap": request.gap, "constraints": constraints}
    asked = np.flatnonzero(people > 0)
    if request.model == "lscp":
        return lscp(table[asked], fixed, **how)
    if request.model == "p-median":
        return p_median(table, people, number, fixed, **how)
    if request.model == "p-center":
        return _centred(question, number, how)
    if question.room is not None:
        return capacitated_mclp(table, people, question.room, number, fixed, **how)
    return mclp(table, people, number, fixed, **how)


def _centred(question: Question, number: int | None, how: dict[str, Any]) -> SitingPlan:
    """Solve the p-centre; where only candidates that rules close reach somebody, say who by unit."""
    asked = np.flatnonzero(question.people > 0)
    try:
        return p_center(question.table[asked], number, question.fixed, **how)
    except OnlyRuledOutError as error:
        points = asked[error.rows]
        people = f"{question.people[points].sum():,.0f}"
        count = counted(len(points), "point of demand", "points of demand")
        verb = "is" if len(points) == 1 else "are"
        who = Text(f"{len(points)} 个需求点（{people} 人）", f"{count} ({people} people) {verb}")
        raise InputError(only_ruled_out(who, _places(question, points)), RELAX) from error


def _places(question: Question, points: Ints) -> Text:
    """Name the units some points lie in, those with most people first, each with its people; without a unit, where."""
    demand, unit = question.here.demand, question.here.demand.unit[points]
    names = question.here.units.frame["name"].astype(str).tolist()
    parts = [
        (float(question.people[points[unit == one]].sum()), names[one]) for one in set(unit.tolist()) - {-1}
    ]
    parts += [
        (float(question.people[at]), f"{demand.lon[at]:.5f}, {demand.lat[at]:.5f}")
        for at in points[unit < 0].tolist()
    ]
    parts.sort(key=lambda one: (-one[0], one[1]))
    shown = joined([f"{name} ({people:,.0f})" for people, name in parts[:_NAMED]])
    more = " …" if len(parts) > _NAMED else ""
    return Text(f"{shown.zh}{more}", f"{shown.en}{more}")


def _check_enough(question: Question) -> None:
    wanted, there = question.request.sites or 0, len(question.offered)
    if wanted > there:
        raise InputError(
            Text(f"要新增 {wanted} 处，只有 {there} 个候选点。",
                 f"{counted(wanted, 'new site is', 'new sites are')} wanted, but there are only "
                 f"{counted(there, 'candidate')}."),
            Text("请减少站点数或增加候选点。", "Ask for fewer sites or give more candidates."),
        )  # fmt: skip


def _check_units(question: Question) -> None:
    """Refuse numbers per unit that some unit has too few candidates for, by name."""
    request, constraints = question.request, question.constraints
    if constraints is None or constraints.group is None or not constraints.at_least:
        return
    must = checked_fixed(question.fixed, question.table.shape[1])
    rules = rules_of(constraints, must)
    lacks = rules.least - rules.counts(must)
    free = rules.counts(~rules.closed & ~must)
    short = np.flatnonzero(lacks > free)
    if len(short):
        names = joined(question.here.units.frame["name"].iloc[short[:_NAMED]].astype(str))
        more = " …" if len(short) > _NAMED else ""
        level = label_of("unit_level", str(request.per))
        raise InputError(
            Text(f"每个{level.zh}至少 {constraints.at_least} 处做不到：{len(short)} 个单元的可用候选点不够"
                 f"（{names.zh}{more}）。",
                 f"At least {constraints.at_least} in each {level.en} cannot be: "
                 f"{counted(len(short), 'unit has', 'units have')} too few candidates that can be used "
                 f"({names.en}{more})."),
            Text("请增加候选点，或放宽间距、预算、每单元至少的处数。",
                 "Give more candidates, or relax the spacing, the budget or the least number per unit."),
        )  # fmt: skip


def _to_target(question: Question) -> Answer:
    """Find how few new sites reach the target, and how few it takes for certain."""
    request, people = question.request, question.people
    asked = Target(
        table=question.table,
        people=people,
        fixed=question.fixed,
        constraints=question.constraints,
        wanted=float(request.target_share or 0.0) * float(people.sum()),
        most=min(len(question.offered), _MOST_NEW),
    )
    found = fewest_for(asked, time_limit_s=request.time_limit_s, gap=request.gap)
    if found.plan.objective < asked.wanted * (1 - _ROUNDING):
        raise _out_of_reach(question, asked.most, found.plan.objective)
    return Answer(found.plan, found.least)


def _out_of_reach(question: Question, most: int, reached: float) -> InputError:
    """Say how far the target is missed, and who cannot be served, and why."""
    people, target = question.people, question.request.target_share
    share = reached / people.sum() if people.sum() else 0.0
    everything = np.arange(question.table.shape[1])
    left = unserved_of(question, people - question.covered(everything), question.fixed)
    worst = left[:_NAMED]
    zh = "；".join(f"{one.unit} {one.people:,.0f} 人（{one.text.zh}）" for one in worst)
    en = "; ".join(f"{one.unit}: {one.people:,.0f} ({one.text.en})" for one in worst)
    return InputError(
        Text(f"{most} 个新站点也只能覆盖 {share:.1%}，达不到 {target:.1%}。{zh and f'够不着的：{zh}。'}",
             f"Even {most} new sites cover only {share:.1%}, not {target:.1%}.{en and f' Out of reach: {en}.'}"),
        Text("请放宽距离、增加候选点或降低目标。", "Allow a longer way, more candidates or a lower target."),
    )  # fmt: skip
