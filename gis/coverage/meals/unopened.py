"""Why fewer kitchens or points are opened than might be."""

from dataclasses import dataclass

import numpy as np

from gis.coverage.meals.sites import MealSites
from gis.kernels.arrays import Floats, Ints
from gis.siting.tiered import TwoTierPlan
from layers.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Sites of one tier that a plan might open.

    Attributes
    ----------
    label
        What they are called.
    most
        How many the request allows.
    sites, opened
        Those that stand and candidates; numbers of those the plan has.
    """

    label: Text
    most: int
    sites: MealSites
    opened: Ints


def why_unopened(plan: TwoTierPlan, tiers: tuple[Wanted, ...], *, budget: float | None) -> tuple[Text, ...]:
    """Say for every tier why fewer were opened than asked for; nothing where all were.

    Parameters
    ----------
    budget
        Most that new sites of all tiers may cost together, 10,000 yuan; None for no limit.
    """
    spent = sum(float(one.sites.cost[one.opened[~one.sites.stands[one.opened]]].sum()) for one in tiers)
    left = np.inf if budget is None else budget - spent
    return tuple(said for one in tiers if one.most and (said := _why(plan, one, float(left))) is not None)


def _why(plan: TwoTierPlan, tier: Wanted, left: float) -> Text | None:
    stands = tier.sites.stands
    placed = int((~stands[tier.opened]).sum())
    if placed >= tier.most:
        return None
    free = ~stands
    free[tier.opened] = False
    why = _reason(plan, left, tier.sites.cost[free])
    return Text(
        f"{tier.label.zh}最多可开 {tier.most} 处，方案开了 {placed} 处：{why.zh}。",
        f"{tier.label.en}: {placed} opened of at most {tier.most}, since {why.en}.",
    )


def _reason(plan: TwoTierPlan, left: float, costs: Floats) -> Text:
    if not len(costs):
        return Text("没有其余候选点", "there are no other candidates")
    if costs.min() > left:
        return Text(
            f"预算还剩 {left:g} 万元，不够再开一处", f"the {left:g} left of the budget pay for no other one"
        )
    if plan.served >= plan.wanted * (1 - 1e-6):
        return Text("需求已全部满足", "everybody is served")
    if plan.proven:
        return Text("再开也不能多供一份（已证明）", "another one serves nobody more (proven)")
    return Text(
        "时限内没有找到用得上更多的方案，这不等于再开没有用；请加大 --time-limit-s",
        "no plan that uses more was found in time, which does not mean there is none: raise --time-limit-s",
    )
