"""What else could be done: replacements of single sites, whole plans nearly as good, and other numbers of sites."""

import numpy as np

from gis.coverage.next_sites.question import Question
from gis.coverage.next_sites.report import OtherPlan
from gis.coverage.next_sites.request import BY_COST
from gis.kernels.arrays import Ints
from gis.siting import CurvePoint, SitingPlan, alternatives, cost_alternatives, coverage_curve
from gis.siting.alternatives import Alternatives

_LEAST_CURVE, _MOST_CURVE = 10, 60
_ALTERNATIVES_S, _CURVE_S = 3.0, 10.0


def others_of(question: Question, plan: SitingPlan) -> tuple[tuple[OtherPlan, ...], tuple[OtherPlan, ...]]:
    """Return the best replacement of every new site, and whole plans within the loss asked for."""
    if not question.request.alternatives:
        return (), ()
    found = _found(question, plan)
    swaps = tuple(
        OtherPlan(
            dropped=(_named(question, one.out),),
            added=() if one.into < 0 else (_named(question, one.into),),
            objective=one.objective,
            loss=one.loss,
        )
        for one in found.swaps
    )
    plans = tuple(
        OtherPlan(
            dropped=tuple(_named(question, one) for one in np.setdiff1d(plan.sites, other.sites)),
            added=tuple(_named(question, one) for one in np.setdiff1d(other.sites, plan.sites)),
            objective=other.objective,
            loss=other.loss,
        )
        for other in found.plans
    )
    return swaps, plans


def _found(question: Question, plan: SitingPlan) -> Alternatives:
    request, table, people = question.request, question.table, question.people
    time_s = min(_ALTERNATIVES_S, request.time_limit_s)
    if request.model in BY_COST:
        return cost_alternatives(
            table,
            people,
            plan.sites,
            question.fixed,
            worst=request.model == "p-center",
            within=request.within,
            at_most=request.alternatives,
            constraints=question.constraints,
        )
    return alternatives(
        table,
        people,
        plan.sites,
        question.fixed,
        within=0.0 if request.model == "lscp" else request.within,
        at_most=request.alternatives,
        constraints=question.constraints,
        capacity=question.room,
        time_limit_s=time_s,
    )


def curve_of(question: Question, new: Ints) -> tuple[CurvePoint, ...]:
    """Return the people served with 0, 1, … new sites: twice as many as chosen, at least 10, at most 60."""
    asked = question.request.curve
    most = min(max(2 * len(new), _LEAST_CURVE), _MOST_CURVE) if asked is None else asked
    if most == 0:
        return ()
    table = question.table
    if question.request.model in BY_COST:
        table = table.copy()
        table.data[table.data > question.limit_m] = -1.0
        kept = table.data >= 0
        rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))[kept]
        table = type(table)((table.data[kept], (rows, table.indices[kept])), shape=table.shape)
    return coverage_curve(
        table,
        question.people,
        most,
        question.fixed,
        constraints=question.constraints,
        capacity=question.room,
        time_limit_s=min(_CURVE_S, question.request.time_limit_s),
    )


def _named(question: Question, column: int) -> tuple[str, str]:
    return question.id(int(column)), question.name(int(column))
