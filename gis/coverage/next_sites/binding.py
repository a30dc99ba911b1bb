"""Which rule keeps a plan from more sites, and which rule is kept already without any."""

import numpy as np

from gis.coverage.next_sites.blocking import rules_in, stopped
from gis.coverage.next_sites.question import Question
from gis.coverage.next_sites.request import BY_COST, SiteRequest
from gis.kernels.arrays import Flags
from gis.siting import SitingPlan
from gis.siting.constraints import Rules
from gis.siting.merging import assigned
from layers.text import Text, counted
from layers.vocabulary import label_of


def binding(question: Question, plan: SitingPlan) -> tuple[Text, ...]:
    """Say, where fewer sites are placed than asked for or a budget buys none, what is in the way of one more."""
    request = question.request
    placed = len(plan.sites) - question.existing
    if not _short(request, placed):
        return ()
    why = _reasons(question, plan)
    zh, en = "；".join(one.zh for one in why), "; ".join(one.en for one in why)
    if request.sites is None:
        return (Text(f"没有新增站点：{zh}。", f"No new site: {en}."),)
    return (
        Text(f"要新增 {request.sites} 处，只放了 {placed} 处：{zh}。",
             f"{counted(request.sites, 'new site was', 'new sites were')} asked for, {placed} are placed: {en}."),
    )  # fmt: skip


def _short(request: SiteRequest, placed: int) -> bool:
    """Tell whether the plan has fewer sites than asked for, or none for the money."""
    if request.sites is not None:
        return placed < request.sites
    return request.budget is not None and placed == 0


def _reasons(question: Question, plan: SitingPlan) -> list[Text]:
    chosen = np.zeros(question.table.shape[1], bool)
    chosen[plan.sites] = True
    gains = _gaining(question, chosen)
    other = ("其余", "the other ") if len(plan.sites) > question.existing else ("", "the ")
    nobody = Text(f"{other[0]}候选点不再增加覆盖", f"{other[1]}candidates add nobody")
    if question.request.model in BY_COST:
        nobody = Text(f"{other[0]}候选点不再缩短任何人的路程", f"{other[1]}candidates bring nobody nearer")
    rules = rules_in(question)
    if rules is None or not gains.any():
        return [nobody]
    if (rules.open_to(chosen) & gains).any():
        return [
            Text(
                "换别的组合才放得下更多，不会更好", "more fit only in other combinations, which are no better"
            )
        ]
    return _blocked(question, rules, chosen, gains)


def _gaining(question: Question, chosen: Flags) -> Flags:
    """Tell which columns would reach somebody the plan does not; by cost, which would bring somebody nearer."""
    within = question.table.copy()
    if question.request.model in BY_COST:
        place = assigned(within, chosen)
        now = np.full(within.shape[0], np.inf)
        served = np.flatnonzero(place >= 0)
        now[served] = np.asarray(within[served, place[served]]).ravel()
        rows = np.repeat(np.arange(within.shape[0]), np.diff(within.indptr))
        within.data = (within.data < now[rows]).astype(float)
        return np.asarray((within.T @ question.people > 0) & ~chosen)
    left = question.people - question.covered(np.flatnonzero(chosen))
    within.data = (within.data <= question.limit_m).astype(float)
    return np.asarray((within.T @ left > 0) & ~chosen)


def _blocked(question: Question, rules: Rules, chosen: Flags, gains: Flags) -> list[Text]:
    """Name the rules that stand in the way of candidates that would add somebody, each with how many."""
    request, out = question.request, stopped(rules, chosen)
    crowded, full, dear = (gains & out[name] for name in ("spacing", "per_unit", "budget"))
    said = []
    if full.any():
        most = 1 if request.at_most_per is None else request.at_most_per
        level = label_of("unit_level", str(request.per))
        said.append(
            Text(f"每个{level.zh}至多 {most} 处（现有的也算）已满，拦住 {int(full.sum())} 个候选点",
                 f"each {level.en} may have {most} at most, standing ones counted, which stops {int(full.sum())} "
                 "candidates")
        )  # fmt: skip
    if crowded.any():
        said.append(
            Text(f"间距 {request.apart_m:g} 米（含现有设施），拦住 {int(crowded.sum())} 个候选点",
                 f"the spacing of {request.apart_m:g} m, standing ones counted, stops "
                 f"{counted(int(crowded.sum()), 'candidate')}")
        )  # fmt: skip
    if dear.any():
        said.append(_too_dear(question, rules, chosen, dear))
    return said


def _too_dear(question: Question, rules: Rules, chosen: Flags, dear: Flags) -> Text:
    """Say that the budget is spent, or how much the cheapest candidate costs that it does not pay for."""
    budget, spent, count = question.request.budget, float(rules.cost[chosen].sum()), int(dear.sum())
    cheapest = float(rules.cost[dear].min())
    stops = counted(count, "candidate")
    if spent >= rules.budget - 1e-9 or not np.isfinite(cheapest):
        return Text(f"预算 {budget:g} 用完，拦住 {count} 个候选点",
                    f"the budget of {budget:g} is spent, which stops {stops}")  # fmt: skip
    if spent > 0:
        left = rules.budget - spent
        return Text(f"预算 {budget:g} 余 {left:g}，不够再放一处（最便宜的 {cheapest:g}），拦住 {count} 个候选点",
                    f"{left:g} is left of the budget of {budget:g}, and the cheapest candidate costs {cheapest:g}, "
                    f"which stops {stops}")  # fmt: skip
    return Text(f"预算 {budget:g} 不够任何一处（最便宜的 {cheapest:g}），拦住 {count} 个候选点",
                f"the budget of {budget:g} pays for none (the cheapest costs {cheapest:g}), which stops "
                f"{stops}")  # fmt: skip


def already(question: Question) -> tuple[Text, ...]:
    """Say that what stands alone has as many sites per unit as were asked for."""
    request, rules = question.request, question.constraints
    if not request.at_least_per or rules is None or rules.group is None:
        return ()
    group = rules.group[rules.group >= 0]
    standing = np.bincount(rules.group[: question.existing][rules.group[: question.existing] >= 0],
                           minlength=int(group.max(initial=-1)) + 1)  # fmt: skip
    if not len(group) or (standing[np.unique(group)] < request.at_least_per).any():
        return ()
    level = label_of("unit_level", str(request.per))
    return (
        Text(f"每个{level.zh}至少 {request.at_least_per} 处：现有设施已经做到，这一条不起作用。",
             f"At least {request.at_least_per} in each {level.en}: what stands does that; the rule changes nothing."),
    )  # fmt: skip
