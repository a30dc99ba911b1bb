"""Kinds of indicators: so much for so many people, and the least of every site; what each says of one unit."""

import math
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gis.coverage.provision.values import Amount, Bound, Sites, Value, bound_of
from gis.kernels.arrays import Flags
from layers.norms import NormValue
from layers.text import Text

_WHOLE = frozenset({"张", "处", "个"})
"""Units of a deficit that are not divided."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the indicators are worked out from: amounts and sites by name."""

    amounts: Mapping[str, Amount]
    sites: Mapping[str, Sites]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator.

    Attributes
    ----------
    unit, deficit_unit
        Of the value, and of what lacks to the norm.
    param, applies_to
        The norm it is held against, in ``data/norms``.
    """

    id: str
    label: Text
    unit: str
    deficit_unit: str
    param: str
    applies_to: str = ""

    @property
    @abstractmethod
    def always(self) -> bool:
        """Whether it says something without a norm, too."""

    @abstractmethod
    def value_at(self, known: Known, at: int, norm: NormValue | None) -> Value:
        """Work out the indicator in one unit, or (-1) in all of them."""

    def lacking(self, amount: float) -> float:
        """Return what lacks, what is not divided in whole."""
        return float(math.ceil(amount - _ROUNDING)) if self.deficit_unit in _WHOLE else amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Measure):
    """So much of ``top`` for every ``per`` of ``bottom``.

    Attributes
    ----------
    top, bottom
        Names of amounts. The same rows count on both sides where ``paired``: a row that does not tell both is left out
        of both.
    """

    top: str
    bottom: str
    per: float = 1.0
    paired: bool = False

    @property
    def always(self) -> bool:
        """Whether it says something without a norm, too."""
        return True

    def value_at(self, known: Known, at: int, norm: NormValue | None) -> Value:
        """Divide the sums of one unit, or (-1) of all of them."""
        top, bottom = known.amounts[self.top], known.amounts[self.bottom]
        over, under = float(top.sum[at]), float(bottom.sum[at])
        silent_over, silent_under = int(top.silent[at]), int(bottom.silent[at])
        bound = _bound(silent_over, silent_under, paired=self.paired)
        told = under > 0 and not (silent_over and not top.told[at])
        value = over / under * self.per if told else None
        needed = _number(norm)
        deficit = None
        if value is not None and needed is not None:
            deficit = self.lacking(max(needed * under / self.per - over, 0.0))
        return Value(
            value=value,
            top=over,
            bottom=under,
            deficit=deficit,
            bound=bound,
            meets=None if value is None or needed is None else _meets(value >= needed, bound),
            silent_top=silent_over,
            silent_bottom=silent_under,
            deficit_bound=_deficit_bound(bound, deficit),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Least(Measure):
    """The least that any one of ``sites`` has: the norm holds for each, and what one has too much helps no other."""

    sites: str

    @property
    def always(self) -> bool:
        """Whether it says something without a norm, too."""
        return False

    def value_at(self, known: Known, at: int, norm: NormValue | None) -> Value:
        """Find the least of one unit, or (-1) of all of them, and what lacks at every site below the norm."""
        sites, needed = known.sites[self.sites], _number(norm)
        inside = (sites.unit >= 0) if at < 0 else sites.unit == at
        told = inside & np.isfinite(sites.amount)
        counts = told & sites.sure
        amount = sites.amount[counts]
        below = np.maximum((needed or 0.0) - amount, 0.0)
        judged = needed is not None and len(amount) > 0
        return Value(
            value=float(amount.min()) if len(amount) else None,
            top=float((below == 0).sum()) if judged else 0.0,
            bottom=float(len(amount)),
            deficit=self.lacking(float((below * sites.weight[counts]).sum())) if judged else None,
            bound=_least_bound(sites, inside, counts),
            meets=None if needed is None else _all_meet(sites, inside, counts, needed),
            silent_top=int((inside & ~(counts & ~sites.more)).sum()),
            silent_bottom=0,
            deficit_bound=_least_deficit_bound(sites, inside, counts, needed or 0.0),
            of_people=False,
        )


def _number(norm: NormValue | None) -> float | None:
    return None if norm is None or isinstance(norm.value, str) else float(norm.value)


def _deficit_bound(bound: Bound, deficit: float | None) -> Bound:
    """Turn the bound of a value round; nothing lacks less than nothing."""
    return bound_of(
        may_rise=bound in {"at_most", "unsure"}, may_fall=bound in {"at_least", "unsure"} and bool(deficit)
    )


def _least_deficit_bound(sites: Sites, inside: Flags, counts: Flags, needed: float) -> Bound:
    """Say where sites move the sum of what lacks: silent ones up, those that may have more than is told down."""
    may_rise = (inside & ~counts & ~(sites.amount >= needed)).any()
    return bound_of(
        may_rise=bool(may_rise), may_fall=bool((counts & sites.more & (sites.amount < needed)).any())
    )


def _bound(silent_top: int, silent_bottom: int, *, paired: bool) -> Bound:
    if not silent_top and not silent_bottom:
        return "exact"
    if paired or (silent_top and silent_bottom):
        return "unsure"
    return "at_least" if silent_top else "at_most"


def _meets(enough: bool, bound: Bound) -> bool | None:  # noqa: FBT001 - of one place only
    sure = bound == "exact" or (enough and bound == "at_least") or (not enough and bound == "at_most")
    return enough if sure else None


def _least_bound(sites: Sites, inside: Flags, counts: Flags) -> Bound:
    """Say where what is not told could move the least: a silent site down, one that may have more up."""
    least = sites.amount[counts].min() if counts.any() else np.inf
    may_fall = (inside & ~counts & ~(sites.amount >= least)).any()
    may_rise = (counts & sites.more & (sites.amount <= least)).any()
    return _bound(int(may_rise), int(may_fall), paired=False)


def _all_meet(sites: Sites, inside: Flags, counts: Flags, needed: float) -> bool | None:
    """Tell whether every site meets the norm; None where that is not known, or there is no site."""
    enough = sites.amount >= needed
    if (counts & ~enough & ~sites.more).any():
        return False
    return True if counts.any() and bool(enough[inside].all()) else None
