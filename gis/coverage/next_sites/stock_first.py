"""Stock before new sites: the best plan of stock, and a new site only where it serves clearly more."""

from dataclasses import replace

import numpy as np

from gis.coverage.next_sites.question import Question
from gis.kernels.arrays import Flags
from gis.siting import SitingPlan, mclp
from gis.siting.merging import assigned
from gis.siting.plan import relative_gap


def stock_first(question: Question, number: int) -> SitingPlan:
    """Choose ``number`` sites in all, stock first.

    Begins with the best plan of stock alone, filled up with new sites where stock does not do. Then a stock site gives
    way to a new one as long as that serves, beyond what the other sites serve, more than ``1 + prefer_stock`` times as
    many people; the greatest gain first. The bound is that of all candidates alike, so the gap shows the price of the
    preference.
    """
    request, existing = question.request, question.existing
    is_stock = np.concatenate([np.zeros(existing, bool), question.offered.stock])
    free = mclp(
        question.table,
        question.people,
        number,
        question.fixed,
        time_limit_s=request.time_limit_s,
        gap=request.gap,
    )
    chosen = _of_stock(question, is_stock, number)
    while _gave_way(question, chosen, is_stock, 1.0 + float(request.prefer_stock or 0.0)):
        pass
    columns = np.flatnonzero(chosen)
    objective = float(question.covered(columns).sum())
    apart = relative_gap(objective, max(free.bound, objective))
    return replace(
        free,
        sites=columns,
        assignment=assigned(question.table, chosen),
        objective=objective,
        bound=max(free.bound, objective),
        gap=apart,
        proven=apart == 0,
    )


def _of_stock(question: Question, is_stock: Flags, number: int) -> Flags:
    """Return the best plan of stock; places stock does not fill, or where it adds nobody, go to new sites."""
    request, existing = question.request, question.existing
    standing = np.arange(len(is_stock)) < existing
    kept = np.flatnonzero(is_stock | standing)
    chosen = standing.copy()
    within = min(number, len(kept))
    if within:
        plan = mclp(
            question.table[:, kept],
            question.people,
            within,
            question.fixed,
            gap=request.gap,
            time_limit_s=request.time_limit_s,
        )
        chosen[kept[plan.sites]] = True
    for one in np.flatnonzero(chosen & is_stock):
        trial = chosen.copy()
        trial[one] = False
        if question.covered(np.flatnonzero(trial)).sum() >= question.covered(np.flatnonzero(chosen)).sum():
            chosen = trial
    if chosen.sum() == number:
        return chosen
    filled = mclp(
        question.table,
        question.people,
        number,
        np.flatnonzero(chosen),
        gap=request.gap,
        time_limit_s=request.time_limit_s,
    )
    chosen[filled.sites] = True
    return chosen


def _gave_way(question: Question, chosen: Flags, is_stock: Flags, times: float) -> bool:
    """Exchange the stock site that gains most for a new one, in place; tell whether any gave way."""
    table = question.table.copy()
    table.data[:] = 1.0
    by_column, count = table.T.tocsr(), np.asarray(table @ chosen.astype(float))
    new = ~chosen & ~is_stock
    new[: question.existing] = False
    best, pair = 0.0, None
    for one in np.flatnonzero(chosen & is_stock):
        alone = by_column.indices[by_column.indptr[one] : by_column.indptr[one + 1]]
        alone = alone[count[alone] == 1]
        left = np.where(count == 0, question.people, 0.0)
        left[alone] = question.people[alone]
        gain = np.where(new, np.asarray(by_column @ left), -1.0)
        into, own = int(np.argmax(gain)), float(question.people[alone].sum())
        if gain[into] > times * own * (1 + 1e-9) and gain[into] - own > best:
            best, pair = float(gain[into]) - own, (int(one), into)
    if pair is None:
        return False
    chosen[pair[0]], chosen[pair[1]] = False, True
    return True
