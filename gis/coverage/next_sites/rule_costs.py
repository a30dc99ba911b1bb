"""What spacing, numbers per unit and a budget cost: the same question without one of them."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from gis.coverage.next_sites.question import Question
from gis.coverage.next_sites.solving import by_model
from gis.siting import Constraints, SitingPlan
from layers.errors import InputError
from layers.text import Text, counted
from layers.vocabulary import label_of

_SECONDS, _KM = 3.0, 1000.0


def rule_costs(question: Question, plan: SitingPlan) -> tuple[Text, ...]:
    """Say for every rule what a plan without it gains for certain; nothing where it gains nothing.

    Each is solved for at most three seconds: what is found is a plan, so the gain is "at least".
    """
    request, rules = question.request, question.constraints
    if rules is None or request.target_share is not None:
        return ()
    number = None if request.sites is None else question.existing + request.sites
    said = []
    for name, looser in _each_loosened(question, rules, budget_too=number is not None):
        if number is None and looser.budget is None and request.model != "lscp":
            continue
        try:
            free = by_model(question, number, looser, time_limit_s=min(_SECONDS, request.time_limit_s))
        except InputError:
            continue
        gain = _gain(question, plan, free)
        if gain is not None:
            said.append(Text(f"{name.zh}的代价：不要这一条，{gain.zh}。",
                             f"What {name.en} costs: without it, {gain.en}."))  # fmt: skip
    return tuple(said)


def _each_loosened(
    question: Question, rules: Constraints, *, budget_too: bool
) -> Iterator[tuple[Text, Constraints]]:
    """Give the rules without one of them, each with its name."""
    request = question.request
    if len(rules.conflicts):
        apart = f"{request.apart_m:g}"
        yield (
            Text(f"间距 {apart} 米", f"the spacing of {apart} m"),
            replace(rules, conflicts=np.empty((0, 2), np.int64)),
        )
    if rules.group is not None:
        level = label_of("unit_level", str(request.per))
        if rules.at_most is not None:
            yield (
                Text(f"每个{level.zh}至多 {rules.at_most} 处", f"at most {rules.at_most} in each {level.en}"),
                replace(rules, at_most=None),
            )
        if rules.at_least:
            yield (
                Text(
                    f"每个{level.zh}至少 {rules.at_least} 处", f"at least {rules.at_least} in each {level.en}"
                ),
                replace(rules, at_least=0),
            )
    if budget_too and rules.budget is not None:
        yield (
            Text(f"预算 {rules.budget:g}", f"the budget of {rules.budget:g}"),
            replace(rules, budget=None, cost=None),
        )


def _gain(question: Question, plan: SitingPlan, free: SitingPlan) -> Text | None:
    """Say what the plan without a rule does better."""
    model = question.request.model
    if model == "lscp":
        fewer = round(plan.objective - free.objective)
        return Text(f"至少可少 {fewer} 处", f"{counted(fewer, 'site')} fewer will do") if fewer > 0 else None
    if model == "p-median":
        return _nearer_in_all(question, plan, free)
    if model == "p-center":
        nearer = plan.objective - free.objective
        return _metres(nearer) if nearer >= 1 else None
    more = free.objective - plan.objective
    if round(more) < 1:
        return None
    return Text(
        f"至少可多覆盖 {more:,.0f} 人",
        f"at least {counted(more, 'more person', 'more people')} can be covered",
    )


def _nearer_in_all(question: Question, plan: SitingPlan, free: SitingPlan) -> Text | None:
    left, other = (float(question.people[one.assignment < 0].sum()) for one in (plan, free))
    if round(left - other) >= 1:
        return Text(f"至少可多到达 {left - other:,.0f} 人",
                    f"at least {counted(left - other, 'more person', 'more people')} can be reached")  # fmt: skip
    shorter = (plan.objective - free.objective) / _KM
    if round(other - left) >= 1 or shorter < 0.05:  # noqa: PLR2004 - one decimal of what is shown
        return None
    share = shorter * _KM / plan.objective
    return Text(f"总里程至少可少 {shorter:,.1f} 人·公里（{share:.1%}）",
                f"at least {shorter:,.1f} person-km ({share:.1%}) less are walked in all")  # fmt: skip


def _metres(nearer: float) -> Text:
    return Text(
        f"最远的人至少可近 {nearer:,.0f} 米", f"the farthest walk is at least {nearer:,.0f} m shorter"
    )
