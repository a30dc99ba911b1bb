"""Covering under constraints: greedy and exchanges that keep the rules for a start, then the solver."""

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats
from gis.siting.asking import Clock
from gis.siting.constraints import Rules
from gis.siting.contradictions import contradiction, not_found_in_time
from gis.siting.cover_programs import (
    constrained,
    max_cover,
    point,
    rows_of,
    set_cover,
    weight_of,
    without_last_row,
)
from gis.siting.highs import solve
from gis.siting.merging import Cover
from gis.siting.plan import relative_gap
from layers.errors import InputError
from layers.text import Text, counted

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
    chosen = started(cover, rules, number)
    most = float(cover.weight.sum())
    if chosen is not None and relative_gap(weight_of(cover, chosen), most) <= gap:
        return chosen, most
    if clock.left_s > 0:
        program = constrained(without_last_row(max_cover(cover, rules.must, 0)), rules, number=number)
        start = None if chosen is None else point(cover, chosen)
        solved = solve(program, time_limit_s=clock.left_s, gap=gap, start=start)
        if solved.infeasible:
            raise contradiction(rules, number)
        most = min(most, -solved.bound)
        if solved.values is not None:
            better = solved.values[: len(rules.must)] > 0.5  # noqa: PLR2004 - a rounded 0 or 1
            if chosen is None or weight_of(cover, better) > weight_of(cover, chosen):
                chosen = better
    if chosen is None:
        raise not_found_in_time()
    return chosen, most


def fewest(cover: Cover, rules: Rules, gap: float, clock: Clock) -> tuple[Flags, float]:
    """Cover every row with the fewest columns under the rules; return them and a proven least number.

    Raises
    ------
    InputError
        As ``most_covered``; where rows cannot all be covered, the message says how many and which.
    """
    start = started(cover, rules, None)
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
        raise not_found_in_time()
    return chosen, least


def started(cover: Cover, rules: Rules, number: int | None) -> Flags | None:
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
            "Under these constraints not everybody can be covered: the best plan leaves "
            f"{counted(left, 'demand')} out.",
        ),
        Text("请放宽间距或每组上限，或改用 mclp。", "Relax the spacing or the limit per group, or use mclp."),
    )
