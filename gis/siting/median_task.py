"""A p-median to be searched: costs, people, what stands, the rules, and when one choice is better than another."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from gis.siting.constraints import Rules
from gis.siting.plan import ROUNDING

_SAME = 1e-9


@dataclass(frozen=True, kw_only=True)
class Median:
    """What is searched.

    Attributes
    ----------
    cost
        (n_rows, n_columns) weighted costs, inf where a column does not reach a row.
    people
        (n_rows,), all above zero.
    must
        Columns in the plan in any case.
    number, gap
        Columns to choose in all, and the relative gap of the cost at which to stop.
    rules
        What a choice has to keep besides; with them ``number`` is the most columns. None: nothing.
    start, fewest
        With rules: a choice that keeps them, and whether none that does leaves fewer people out.
    """

    cost: Floats
    people: Floats
    must: Flags
    number: int
    gap: float
    rules: Rules | None = None
    start: Flags | None = None
    fewest: bool = True

    def left_out(self, chosen: Flags) -> float:
        """Count the people no chosen column reaches."""
        reached = np.isfinite(self.cost[:, chosen]).any(axis=1)
        return float(self.people[~reached].sum())

    def value(self, chosen: Flags) -> float:
        """Add up the cost of everybody who is reached."""
        least = self.cost[:, chosen].min(axis=1, initial=np.inf)
        return float(least[np.isfinite(least)].sum())

    def better(self, one: Flags, other: Flags) -> bool:
        """Tell whether ``one`` leaves fewer people out, or as few at less cost."""
        apart = self.left_out(one) - self.left_out(other)
        if abs(apart) > _SAME * float(self.people.sum()):
            return apart < 0
        return self.value(one) < self.value(other) * (1 - ROUNDING)

    @cached_property
    def farthest(self) -> float:
        """A cost above the greatest of one person; 0 where every column reaches everybody: no price is needed."""
        reached = np.isfinite(self.cost)
        if reached.all():
            return 0.0
        return float((np.where(reached, self.cost, 0.0) / self.people[:, None]).max()) + 1.0

    def priced(self, near: Ints, price: float) -> "Priced":
        """Charge a price for every person left out; ``near`` holds the cheapest columns of each row."""
        last = self._priced.get(price)
        if last is not None and last.near is near:
            return last
        self._priced.clear()
        table = self.cost
        if self.farthest > 0:
            table = np.where(np.isfinite(table), table, (price * self.people)[:, None])
        table = np.ascontiguousarray(table)
        found = Priced(table, near, np.ascontiguousarray(np.take_along_axis(table, near.astype(np.int64), 1)))
        self._priced[price] = found
        return found

    @cached_property
    def _priced(self) -> "dict[float, Priced]":
        """Return the last table that was priced, by its price: searches ask for the same one many times."""
        return {}


class Priced(NamedTuple):
    """Finite costs (n_rows, n_columns), the cheapest columns of every row by rising cost, and what those cost."""

    cost: Floats
    near: Ints
    near_cost: Floats
