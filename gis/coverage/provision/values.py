"""What is known of amounts and of single sites, unit by unit, and the value an indicator takes from it."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints

Bound = Literal["exact", "at_least", "at_most", "unsure"]


@dataclass(frozen=True, slots=True)
class Amount:
    """Per unit the sum of what is known, and how many rows tell nothing; a last place holds the total of all units."""

    sum: Floats
    told: Ints
    silent: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Single sites (or villages) a norm holds for one by one.

    Attributes
    ----------
    unit
        (n,): the unit each lies in, -1 for none.
    amount
        (n,): what each has, nan where it is not told.
    weight
        (n,): how much lacks for every 1 below the norm (the beds of a home, where the norm is per bed).
    sure
        (n,): whether the norm is known to hold for it.
    more
        (n,): whether it may have more than is told.
    """

    unit: Ints
    amount: Floats
    weight: Floats
    sure: Flags
    more: Flags


def bound_of(*, may_rise: bool, may_fall: bool) -> Bound:
    """Name in which direction what is not known could move a figure."""
    if may_rise and may_fall:
        return "unsure"
    return "at_least" if may_rise else "at_most" if may_fall else "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An indicator in one unit, held against the norm.

    Attributes
    ----------
    value
        None where nobody or nothing is known to divide by, or nothing is known to divide.
    top, bottom
        What is divided by what; of single sites, how many of how many known ones meet the norm.
    deficit
        What lacks to the norm over what is known, beds in whole; None without a norm or a value.
    bound
        Whether what is not known could move the value: ``exact``, ``at_least``, ``at_most`` or ``unsure``.
    deficit_bound
        The same of the deficit: where the value is a least, the deficit is a most.
    meets
        Whether the norm is met; None where what is not known could decide it.
    of_people
        False where ``bottom`` counts sites, so that nothing over few people is told.
    """

    value: float | None
    top: float
    bottom: float
    deficit: float | None
    bound: Bound
    meets: bool | None
    silent_top: int
    silent_bottom: int
    deficit_bound: Bound = "exact"
    of_people: bool = True

    @property
    def unsettled(self) -> bool:
        """Tell whether what is not known keeps it from being judged."""
        return self.meets is None and self.silent_top + self.silent_bottom > 0

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "value": None if self.value is None else float(f"{self.value:.6g}"),
            "numerator": round(self.top, 2),
            "denominator": round(self.bottom, 2),
            "deficit": None if self.deficit is None else round(self.deficit, 2),
            "deficit_bound": None if self.deficit is None else self.deficit_bound,
            "bound": self.bound,
            "meets": self.meets,
            "unknown": {"numerator": self.silent_top, "denominator": self.silent_bottom},
        }


def summed(values: Floats, unit: Ints, size: int, among: Flags | None = None) -> Amount:
    """Sum values per unit, nan told apart; rows of unit -1 are left out.

    Parameters
    ----------
    values, unit
        (n,): the value of each row, nan where it is not known, and its unit.
    size
        Number of units; the result has one place more, for the total.
    among
        Rows that count; None is all.
    """
    inside = (unit >= 0) if among is None else (unit >= 0) & among
    known = inside & np.isfinite(values)
    sums = np.bincount(unit[known], weights=values[known], minlength=size)
    told = np.bincount(unit[known], minlength=size)
    silent = np.bincount(unit[inside & ~known], minlength=size)
    return Amount(*(np.append(one, one.sum()) for one in (sums, told, silent)))


def paired(top: Floats, bottom: Floats) -> tuple[Floats, Floats]:
    """Return both with nan on both sides wherever one side is not known."""
    lost = np.isnan(top) | np.isnan(bottom)
    return np.where(lost, np.nan, top), np.where(lost, np.nan, bottom)
