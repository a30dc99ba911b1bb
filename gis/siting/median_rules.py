"""p-median under rules: additions and exchanges that keep them, and a Lagrangian bound that prices them.

How many of a group and how many in all are kept by the relaxed problem itself; spacing and budget get prices.
"""

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.kernels.median import addition_gains, best_exchange, priced_columns, unserved_once
from gis.siting.constraints import Rules
from gis.siting.cover_programs import priced_rows
from gis.siting.median_task import Priced

_PATIENCE, _SHORTER = 5, 0.7
_FEES_FROM = 0.5
"""Factor of a move below which spacing gets prices: before, the columns suggested stand too close for that to help."""
_LEAST_GAIN = 1e-9


def filled(table: Floats, rules: Rules, number: int, chosen: Flags) -> Flags:
    """Add the open column that takes most off the total, again and again; groups that lack a site come first.

    ``table`` is finite; stops at ``number`` columns, or where none that is open takes anything off.
    """
    chosen = chosen.copy()
    current = table[:, chosen].min(axis=1, initial=np.inf)
    if not np.isfinite(current).all():
        current = table.max(axis=1, initial=0.0)
    while np.count_nonzero(chosen) < number:
        can, lacking = rules.open_to(chosen), rules.lacking(chosen)
        can = can & lacking if lacking.any() else can
        if not can.any():
            return chosen
        gain = np.where(can, addition_gains(table, current), -1.0)
        best = int(np.argmax(gain))
        if gain[best] <= _LEAST_GAIN * float(current.sum()) and not lacking.any():
            return chosen
        chosen[best] = True
        current = np.minimum(current, table[:, best])
    return chosen


def exchanged(priced: Priced, rules: Rules, number: int, chosen: Flags) -> Flags:
    """Add and exchange columns while the total falls and every rule is kept."""
    chosen = filled(priced.cost, rules, number, chosen)
    for _ in range(10 * number + 100):
        out = np.flatnonzero(chosen & ~rules.must)
        if not len(out):
            return chosen
        into, at = best_exchange(*priced, chosen, out, _allowed(rules, chosen, out))
        if into < 0:
            return chosen
        chosen[out[at]], chosen[into] = False, True
        chosen = filled(priced.cost, rules, number, chosen)
    return chosen


def _allowed(rules: Rules, chosen: Flags, out: Ints) -> Flags:
    """Tell which columns may take the place of each column in ``out``, every rule kept: (n_columns, len(out))."""
    table = np.zeros((len(chosen), len(out)), np.bool_)
    for at, one in enumerate(out.tolist()):
        rest = chosen.copy()
        rest[one] = False
        can, lacking = rules.open_to(rest), rules.lacking(rest)
        table[:, at] = can & lacking if lacking.any() else can
        table[one, at] = False
    return table


def fitting(rules: Rules, number: int, used: Flags, value: Floats) -> Flags | None:
    """Take columns by rising value, those in use first, as far as the rules allow; None where they end up broken."""
    chosen = rules.must.copy()
    order = np.lexsort((value, ~used))
    for one in (*order[rules.lacking(chosen)[order]].tolist(), *order[used[order]].tolist()):
        if np.count_nonzero(chosen) >= number:
            break
        wanted = used[one] or rules.lacking(chosen)[one]
        if wanted and not chosen[one] and rules.open_to(chosen)[one]:
            chosen[one] = True
    return chosen if rules.kept_by(chosen) else None


class RuledBound:
    """A bound on the total from below, raised by subgradient steps on the prices of rows and rules.

    Source: Cornuéjols, Fisher and Nemhauser (1977) for the rows; Fisher (1981) for further constraints priced alike.
    """

    def __init__(self, priced: Priced, rules: Rules, number: int) -> None:
        self._priced, self._rules = priced, rules
        self._taken = number - int(rules.must.sum())
        table, limit, self._apart = priced_rows(rules)
        scale = np.sqrt(len(priced.cost) / max(self._taken, 1))
        self._table, self._limit = csr_matrix(table * scale), limit * scale
        self._fee = np.zeros(len(limit))

    def raised(
        self, start: Floats, step: float, found: float, rounds: int, goal: float
    ) -> tuple[float, float, Floats, Floats, Flags, float]:
        """Go on from the multipliers ``start`` and the factor ``step`` of a move.

        Returns
        -------
        tuple
            The bound; the one by the number of columns alone, at the same prices; its multipliers; the reduced value
            of every column at them; the columns it would choose; the factor to go on with.
        """
        columns = self._priced.cost.shape[1]
        ceiling = self._priced.near_cost[:, -1] if self._priced.near.shape[1] < columns else np.inf
        multiplier, fee = np.minimum(start, ceiling), self._fee.copy()
        best: tuple[float, float, Floats, Floats, Flags] | None = None
        kept, stale = (multiplier, fee), 0
        for _ in range(rounds):
            value = priced_columns(self._priced.near, self._priced.near_cost, multiplier, columns)
            value += np.asarray(self._table.T @ fee)
            used = self._cheapest(value)
            constant = float(multiplier.sum() - fee @ self._limit)
            total = constant + float(value[used].sum())
            if best is None or total > best[0] + 1e-12 * abs(best[0]):
                best, stale = (total, constant + self._loose(value), multiplier, value, used), 0
                kept = multiplier, fee
            else:
                stale += 1
            if best[0] >= goal:
                break
            if stale >= _PATIENCE:
                step, stale = step * _SHORTER, 0
                multiplier, fee = kept
            served = unserved_once(self._priced.near, self._priced.near_cost, multiplier, used)
            over = np.asarray(self._table @ used.astype(float)) - self._limit
            over = np.where((self._apart & (step > _FEES_FROM)) | ((over < 0) & (fee <= 0)), 0.0, over)
            norm = float(served @ served + over @ over)
            if norm <= 0:
                break
            move = step * max(found - total, 1e-9) / norm
            multiplier = np.minimum(multiplier + move * served, ceiling)
            fee = np.maximum(fee + move * over, 0.0)
        if best is None:
            return -np.inf, -np.inf, multiplier, np.zeros(columns), self._rules.must, step
        self._fee = kept[1]
        return best[0], best[1], best[2], best[3], best[4], step

    def _cheapest(self, value: Floats) -> Flags:
        """Choose the columns of the least value that keep the numbers per group and in all.

        First what each group needs, then by value: least in all, as the value of one more of a group only rises.
        """
        rules, used = self._rules, self._rules.must.copy()
        order = np.argsort(np.where(rules.must | rules.closed, np.inf, value), kind="stable")
        order = order[~(rules.must | rules.closed)[order]]
        place, group = _places(rules.group[order]), rules.group[order]
        grouped = group >= 0
        needed = np.zeros(len(order), bool)
        needed[grouped] = place[grouped] < rules.least[group[grouped]]
        room = np.ones(len(order), bool)
        room[grouped] = place[grouped] < rules.most[group[grouped]]
        used[order[needed]] = True
        more = order[room & ~needed & (value[order] < 0)]
        used[more[: max(self._taken - int(needed.sum()), 0)]] = True
        return used

    def _loose(self, value: Floats) -> float:
        """Return the least value by the number of columns alone."""
        free = np.sort(np.minimum(value[~self._rules.must], 0.0))[: self._taken]
        return float(free.sum() + value[self._rules.must].sum())


def _places(group: Ints) -> Ints:
    """Count, for every entry, the entries of the same group before it."""
    order = np.argsort(group, kind="stable")
    ends = np.flatnonzero(np.diff(group[order], prepend=group[order][:1] - 1)) if len(group) else order
    first = np.repeat(ends, np.diff(np.append(ends, len(group))))
    place = np.empty(len(group), np.int64)
    place[order] = np.arange(len(group)) - first
    return place
