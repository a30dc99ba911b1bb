"""Covering under constraints: greedy and exchanges that keep the rules for a start, then the solver."""

from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock
from gis.siting.constraints import Rules
from gis.siting.cover_programs import (
    constrained,
    max_cover,
    point,
    rows_of,
    set_cover,
    weight_of,
    without_last_row,
)
from gis.siting.highs import Program, solve
from gis.siting.merging import Cover
from gis.siting.plan import relative_gap
from layers.errors import InputError
from layers.text import Text

_SLACK = 1e-9


def most_covered(
    cover: Cover, rules: Rules, number: int | None, gap: float, clock: Clock
) -> tuple[Flags, float]:
    """Cover the most weight with at most ``number`` columns under the rules.

    Returns
    -------
    tuple
        The columns chosen, and a weight no plan exceeds.

    Raises
    ------
    InputError
        When no choice keeps the rules, or none was found in time, which is said to be something else.
    """
    chosen = _started(cover, rules, number)
    most = float(cover.weight.sum())
    if chosen is not None and relative_gap(weight_of(cover, chosen), most) <= gap:
        return chosen, most
    if clock.left_s > 0:
        program = constrained(without_last_row(max_cover(cover, rules.must, 0)), rules, number=number)
        start = None if chosen is None else point(cover, chosen)
        solved = solve(program, time_limit_s=clock.left_s, gap=gap, start=start)
        if solved.infeasible:
            raise _impossible(rules, number)
        most = min(most, -solved.bound)
        if solved.values is not None:
            better = solved.values[: len(rules.must)] > 0.5  # noqa: PLR2004 - a rounded 0 or 1
            if chosen is None or weight_of(cover, better) > weight_of(cover, chosen):
                chosen = better
    if chosen is None:
        raise _out_of_time()
    return chosen, most


def fewest(cover: Cover, rules: Rules, gap: float, clock: Clock) -> tuple[Flags, float]:
    """Cover every row with the fewest columns under the rules; return them and a proven least number.

    Raises
    ------
    InputError
        As ``most_covered``; where rows cannot all be covered, the message says how many and which.
    """
    start = _started(cover, rules, None)
    whole = start is not None and bool(rows_of(cover, start).all())
    chosen, least = (start if whole else None), float(np.count_nonzero(rules.must))
    if clock.left_s > 0:
        program = constrained(set_cover(cover, rules.must), rules, number=None)
        given = chosen.astype(float) if chosen is not None else None
        solved = solve(program, time_limit_s=clock.left_s, gap=gap, start=given)
        if solved.infeasible:
            raise _uncoverable(cover, rules, clock)
        least = max(least, float(np.ceil(solved.bound - 1e-6)))
        if solved.values is not None:
            chosen = solved.values > 0.5  # noqa: PLR2004 - a rounded 0 or 1
    if chosen is None:
        raise _out_of_time()
    return chosen, least


def _started(cover: Cover, rules: Rules, number: int | None) -> Flags | None:
    """Return a good choice that keeps the rules; None where greedy finds none."""
    by_row = _by_column(cover)
    limit = len(rules.must) if number is None else number
    worth = (np.ones(len(rules.must)), 1.0 / np.maximum(rules.cost, _SLACK))
    tries = [
        _greedy(by_row, cover.weight, rules, limit, one) for one in worth[: 1 + np.isfinite(rules.budget)]
    ]
    fit = [one for one in tries if rules.kept_by(one)]
    if not fit:
        return None
    best = max(fit, key=lambda one: weight_of(cover, one))
    return _exchanged(by_row, cover, rules, best)


def _by_column(cover: Cover) -> csr_matrix:
    """Return the cover as a table (n_candidates, n_rows)."""
    return csr_matrix(
        (np.ones(len(cover.col_rows)), cover.col_rows, cover.col_ptr),
        shape=(len(cover.col_ptr) - 1, cover.rows),
    )


def _greedy(table: csr_matrix, weight: Floats, rules: Rules, limit: int, worth: Floats) -> Flags:
    """Add, again and again, the open column that adds most for its worth; groups that lack a site come first."""
    chosen = rules.must.copy()
    left = np.where(table.T @ chosen.astype(float) > 0, 0.0, weight)
    while np.count_nonzero(chosen) < limit:
        can = rules.open_to(chosen)
        lacking = rules.lacking(chosen)
        can = can & lacking if lacking.any() else can
        gain = np.where(can, (table @ left) * worth, -1.0)
        best = int(np.argmax(gain))
        if gain[best] < 0 or (gain[best] <= 0 and not lacking.any()):
            return chosen
        chosen[best] = True
        left[table.indices[table.indptr[best] : table.indptr[best + 1]]] = 0.0
    return chosen


def _exchanged(table: csr_matrix, cover: Cover, rules: Rules, chosen: Flags) -> Flags:
    """Exchange one column for another while that covers more and keeps the rules."""
    chosen, better = chosen.copy(), True
    while better:
        better = False
        for out in np.flatnonzero(chosen & ~rules.must):
            now = weight_of(cover, chosen)
            chosen[out] = False
            left = np.where(rows_of(cover, chosen), 0.0, cover.weight)
            gain = np.where(rules.open_to(chosen), table @ left, -1.0)
            best = int(np.argmax(gain))
            trial = chosen.copy()
            trial[best] = True
            if weight_of(cover, trial) > now * (1 + _SLACK) and rules.kept_by(trial):
                chosen, better = trial, True
            else:
                chosen[out] = True
    return chosen


def _uncoverable(cover: Cover, rules: Rules, clock: Clock) -> InputError:
    """Say how many demands even the best choice under the rules leaves out."""
    chosen, _ = most_covered(cover, rules, None, 0.01, clock)
    left = float(cover.weight.sum()) - weight_of(cover, chosen)
    return InputError(
        Text(
            f"按这些条件无法覆盖所有需求：最好的方案也有 {left:g} 处覆盖不到。",
            f"Under these constraints not everybody can be covered: the best plan leaves {left:g} demands out.",
        ),
        Text("请放宽间距或每组上限，或改用 mclp。", "Relax the spacing or the limit per group, or use mclp."),
    )


def _impossible(rules: Rules, number: int | None) -> InputError:
    """Say which rules contradict each other: those without which a plan exists."""
    loose = {
        Text("站点数", "the number of sites"): (rules, None),
        Text("最小间距", "the spacing"): (_without(rules, near=True), number),
        Text("每组至少几处", "the least number per group"): (_without(rules, least=True), number),
        Text("预算", "the budget"): (_without(rules, budget=True), number),
    }
    why = [name for name, (fewer, count) in loose.items() if _possible(fewer, count)]
    zh = "、".join(one.zh for one in why) or "这些条件"
    en = ", ".join(one.en for one in why) or "the constraints"
    return InputError(
        Text(
            f"没有满足全部条件的方案，冲突在于：{zh}。", f"No plan keeps every constraint; in the way: {en}."
        ),
        Text("放宽其中一项即有方案。", "Relaxing one of them makes a plan possible."),
    )


def _without(rules: Rules, *, near: bool = False, least: bool = False, budget: bool = False) -> Rules:
    apart = rules.near.copy()
    apart.data[:] = 0
    loose = replace(
        rules,
        near=apart if near else rules.near,
        least=np.zeros_like(rules.least) if least else rules.least,
        budget=np.inf if budget else rules.budget,
        closed=~np.isfinite(rules.cost),
    )
    return replace(loose, closed=~rules.must & ~loose.open_to(rules.must))


def _possible(rules: Rules, number: int | None) -> bool:
    columns = len(rules.must)
    empty = Program(
        cost=np.zeros(columns),
        lower=rules.must.astype(float),
        upper=np.ones(columns),
        integer=np.ones(columns, bool),
        row_ptr=np.zeros(1, np.int64),
        columns=_none(),
        values=np.empty(0),
        row_lower=np.empty(0),
        row_upper=np.empty(0),
    )
    return not solve(constrained(empty, rules, number=number), time_limit_s=5.0, gap=0.0).infeasible


def _none() -> Ints:
    return np.empty(0, np.int64)


def _out_of_time() -> InputError:
    return InputError(
        Text("限时内没有找到满足全部条件的方案；这不等于没有。",
             "No plan that keeps every constraint was found in time; that does not mean there is none."),
        Text("请放宽时限。", "Allow more time."),
    )  # fmt: skip
