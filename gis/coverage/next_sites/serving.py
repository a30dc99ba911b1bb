"""Whom a plan serves: site by site, and who stays without."""

from dataclasses import dataclass

import numpy as np

from gis.coverage.next_sites.question import Question
from gis.kernels.arrays import Floats, Ints
from gis.siting import CapacitatedPlan, SitingPlan
from gis.siting.merging import assigned
from gis.siting.transport import served_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a plan buys.

    Attributes
    ----------
    order
        New columns, in the order of what each adds to what stands and those before it; ``adds`` is that.
    serves
        People for whom each is the nearest site of the plan, or whom it holds.
    before, after, perhaps
        People served by what stands, with the plan, and perhaps (only a site of unknown capacity reaches them).
    left
        (n_demand,) people who stay without service.
    """

    order: Ints
    adds: Floats
    serves: Floats
    before: float
    after: float
    perhaps: float
    left: Floats


def served_by_plan(question: Question, plan: SitingPlan) -> Served:
    """Add up what a plan buys."""
    if isinstance(plan, CapacitatedPlan):
        return _with_room(question, plan)
    new = plan.sites[plan.sites >= question.existing]
    order, curve = _in_order(question, new)
    chosen = np.zeros(question.table.shape[1], bool)
    chosen[plan.sites] = True
    nearest = assigned(question.table, chosen)
    reached = question.covered(plan.sites)
    serves = np.bincount(nearest[nearest >= 0], weights=reached[nearest >= 0], minlength=len(chosen))
    return Served(
        order=order,
        adds=np.diff(curve),
        serves=np.asarray(serves[order], float),
        before=float(curve[0]),
        after=float(curve[-1]),
        perhaps=0.0,
        left=question.people - reached,
    )


def _with_room(question: Question, plan: CapacitatedPlan) -> Served:
    """Order by what each serves; what each adds is the rise of what all so far can serve."""
    new = plan.sites[plan.sites >= question.existing]
    serves = np.asarray(plan.flow.sum(axis=0)).ravel()
    order = new[np.argsort(-serves[new], kind="stable")]
    room = np.nan_to_num(np.asarray(question.room), posinf=np.inf)
    chosen = np.zeros(question.table.shape[1], bool)
    chosen[: question.existing] = True
    curve = []
    for one in (None, *order.tolist()):
        if one is not None:
            chosen[one] = True
        curve.append(float(served_by(question.table, question.people, room, chosen).sum()))
    left = np.maximum(question.people - np.asarray(plan.flow.sum(axis=1)).ravel() - plan.perhaps, 0.0)
    return Served(
        order=order,
        adds=np.diff(curve),
        serves=np.asarray(serves[order], float),
        before=curve[0],
        after=plan.objective,
        perhaps=float(plan.perhaps.sum()),
        left=np.where(left > 1e-6 * question.people, left, 0.0),  # what is left of rounding is nobody
    )


def _in_order(question: Question, new: Ints) -> tuple[Ints, Floats]:
    """Order new sites by what each adds to those before it; also return people covered after each."""
    people = question.people
    covered = question.covered(question.fixed) > 0
    reach = {int(one): question.covered(np.array([one])) > 0 for one in new}
    order, curve = [], [float(people[covered].sum())]
    while reach:
        best = max(reach, key=lambda one: (float(people[reach[one] & ~covered].sum()), -one))
        covered |= reach.pop(best)
        order.append(best)
        curve.append(float(people[covered].sum()))
    return np.array(order, np.int64), np.array(curve)
