"""p-centre under rules: choices that keep them and serve everybody within a cost."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.asking import Clock
from gis.siting.constrained import started
from gis.siting.constraints import Rules
from gis.siting.contradictions import contradiction, not_found_in_time
from gis.siting.cover_programs import constrained, rows_of, set_cover
from gis.siting.highs import solve
from gis.siting.median_rules import filled
from gis.siting.merging import Cover, covered_by, merged
from layers.errors import InputError
from layers.text import Text, counted, joined

_SHOWN = 10


def cells_within(table: Floats, radius: float) -> csr_matrix:
    """Return the cells within a radius as a sparse table that keeps zeros."""
    rows, columns = np.nonzero(np.isfinite(table) & (table <= radius))
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(table)))])
    return csr_matrix((table[rows, columns], columns, ptr), shape=table.shape)


def radius_of(table: Floats, chosen: Flags) -> float:
    """Return the greatest cost of any row; inf where a row is out of reach."""
    return float(table[:, chosen].min(axis=1, initial=np.inf).max()) if len(table) else 0.0


class OnlyRuledOutError(InputError):
    """Some demands are in reach only of candidates that the rules close.

    Attributes
    ----------
    rows
        Their rows in the table that was asked about.
    """

    def __init__(self, rows: Ints) -> None:
        shown = joined([*map(str, rows[:_SHOWN].tolist()), *(["…"] if len(rows) > _SHOWN else [])])
        count = counted(len(rows), "demand is", "demands are")
        told = only_ruled_out(
            Text(f"{len(rows)} 处需求", count), Text(f"第 {shown.zh} 行", f"rows {shown.en}")
        )
        super().__init__(told, RELAX)
        self.rows = rows


RELAX = Text("请放宽该条件，或改用 p-median、mclp。", "Relax that constraint, or use p-median or mclp.")
"""What to do about demands that only closed candidates reach."""


def only_ruled_out(who: Text, which: Text) -> Text:
    """Say who is in reach only of candidates that rules close (``who`` with its verb in English), and name them."""
    return Text(
        f"{who.zh}只有被条件排除的候选点（与固定点太近、所在组已满或超出预算）够得着：{which.zh}。",
        f"{who.en} in reach only of candidates that the constraints rule out (too near a fixed site, in a full group, "
        f"or beyond the budget): {which.en}.",
    )


@dataclass(frozen=True, slots=True)
class RuledWithin:
    """Choices of at most ``number`` columns (None: any number) that keep the rules.

    ``table`` is (n_rows, n_columns), every row finite somewhere, perhaps in a column that the rules close; ``rows`` are
    the numbers its rows go by elsewhere.
    """

    table: Floats
    rows: Ints
    rules: Rules
    number: int | None

    def start(self) -> Flags | None:
        """Serve, again and again, whoever is worst off by an open column; None where that breaks a rule."""
        chosen = self.rules.must.copy()
        current = self.table[:, chosen].min(axis=1, initial=np.inf)
        while np.count_nonzero(chosen) < self._most:
            can, lacking = self.rules.open_to(chosen), self.rules.lacking(chosen)
            can = can & lacking if lacking.any() else can
            if not can.any() or not len(current):
                break
            cost = np.where(can, self.table[int(np.argmax(current))], np.inf)
            best = int(np.argmin(cost)) if np.isfinite(cost).any() else int(np.flatnonzero(can)[0])
            chosen[best] = True
            current = np.minimum(current, self.table[:, best])
        return chosen if self.rules.kept_by(chosen) else None

    def covering(self, radius: float, clock: Clock) -> tuple[Flags | None, bool]:
        """Look for a choice within a radius: the columns when there is one, and whether there is none for certain."""
        reach = cells_within(self.table, radius)
        if not covered_by(reach, ~self.rules.closed).all():
            return None, True
        cover = self._cover(reach)
        found = started(cover, self.rules, self.number)
        if found is None or not rows_of(cover, found).all():
            if clock.left_s <= 0:
                return None, False
            program = replace(set_cover(cover, self.rules.must), cost=np.zeros(self.table.shape[1]))
            solved = solve(
                constrained(program, self.rules, number=self.number), time_limit_s=clock.left_s, gap=0.0
            )
            if solved.values is None:
                return None, solved.infeasible
            found = solved.values > 0.5  # noqa: PLR2004 - a rounded 0 or 1
        return self._filled(found), False

    def impossible(self) -> InputError:
        """Say which demands only closed candidates reach; else which rules are in the way."""
        reach = cells_within(self.table, np.inf)
        shut = np.flatnonzero(~covered_by(reach, ~self.rules.closed))
        if len(shut):
            return OnlyRuledOutError(self.rows[shut])
        program = set_cover(self._cover(reach), self.rules.must)
        return contradiction(self.rules, self.number, replace(program, cost=np.zeros(self.table.shape[1])))

    def not_in_time(self) -> InputError:
        """Say that none was found in time."""
        return not_found_in_time()

    @property
    def _most(self) -> int:
        return self.table.shape[1] if self.number is None else self.number

    def _cover(self, reach: csr_matrix) -> Cover:
        return merged(reach, np.ones(len(self.table)), leave_out=covered_by(reach, self.rules.must))

    def _filled(self, chosen: Flags) -> Flags:
        """Add columns that lower the sum of all costs, as far as rules and number allow."""
        farthest = float(self.table[np.isfinite(self.table)].max(initial=0.0))
        table = np.where(np.isfinite(self.table), self.table, farthest)
        return filled(table, self.rules, self._most, chosen) if len(table) else chosen
