"""Which candidates a plan leaves no way to take, and which rule stands in their way."""

from collections.abc import Mapping

import numpy as np

from gis.coverage.next_sites.question import Question
from gis.kernels.arrays import Flags, Ints
from gis.siting.asking import checked_fixed
from gis.siting.constraints import Rules, rules_of

_ROUNDING = 1e-9
OPEN, SEVERAL = "", "rules"


def rules_in(question: Question) -> Rules | None:
    """Return the rules of a question over its columns; None where there is nothing to keep."""
    if question.constraints is None:
        return None
    return rules_of(question.constraints, checked_fixed(question.fixed, question.table.shape[1]))


def stopped(rules: Rules, chosen: Flags) -> Mapping[str, Flags]:
    """Tell for every rule which columns it keeps out of a plan: ``budget``, ``per_unit`` and ``spacing``."""
    crowded = np.asarray(rules.near @ chosen.astype(np.int64)) > 0
    count = rules.counts(chosen)
    full = rules.group >= 0
    full[full] = (count >= rules.most)[rules.group[full]]
    dear = rules.cost > rules.budget - float(rules.cost[chosen].sum()) + _ROUNDING
    return {"budget": dear, "per_unit": full, "spacing": crowded}


def what_stops(question: Question, rows: Ints, chosen: Flags) -> list[str]:
    """Say for each row which rule keeps every candidate in its reach out of the plan.

    Returns
    -------
    list of str
        A key of ``stopped``; ``rules`` where no single one does, but each candidate is kept out by some; empty
        where a candidate in reach could still join.
    """
    rules = rules_in(question)
    if rules is None:
        return [OPEN] * len(rows)
    by_rule, open_ = stopped(rules, chosen), rules.open_to(chosen)
    said = []
    for row in rows.tolist():
        first, last = question.table.indptr[row], question.table.indptr[row + 1]
        near = question.table.data[first:last] <= question.limit_m
        columns = question.table.indices[first:last][near]
        said.append(_why(columns[~chosen[columns]], by_rule, open_))
    return said


def _why(columns: Ints, by_rule: Mapping[str, Flags], open_: Flags) -> str:
    if not len(columns) or open_[columns].any():
        return OPEN
    return next((name for name, out in by_rule.items() if out[columns].all()), SEVERAL)
