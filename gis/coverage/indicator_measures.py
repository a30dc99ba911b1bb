"""What the indicators divide by what, unit by unit, and how much of either is not known."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from gis.kernels.arrays import Flags, Floats, Ints
from layers.norms import NormValue
from layers.text import Text

Bound = Literal["exact", "at_least", "at_most", "unsure"]


@dataclass(frozen=True, slots=True)
class Amount:
    """Per unit the sum of what is known, and how many rows tell nothing; a last place holds the total of all units."""

    sum: Floats
    told: Ints
    silent: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator: so much of ``top`` for every ``per`` of ``bottom``.

    Attributes
    ----------
    top, bottom
        Names of amounts. The same rows count on both sides where ``paired``: a row that does not tell both is left out
        of both.
    unit, deficit_unit
        Of the value, and of what lacks to the norm.
    param, applies_to
        The norm it is held against, in ``data/norms``.
    """

    id: str
    label: Text
    top: str
    bottom: str
    per: float
    unit: str
    deficit_unit: str
    param: str
    applies_to: str = ""
    paired: bool = False


_BEDS = "张"
_ROUNDING = 1e-9
_AREA = "care_area_m2_per_100_households"
MEASURES: tuple[Measure, ...] = (
    Measure(
        id="beds_per_1000_elderly",
        label=Text("每千名老人养老床位", "Care beds per 1,000 older people"),
        top="beds", bottom="elderly", per=1000.0, unit="张/千名老人", deficit_unit="张",
        param="beds_per_1000_elderly",
    ),
    Measure(
        id="nursing_bed_share",
        label=Text("护理型床位占比", "Share of nursing beds"),
        top="nursing_beds", bottom="beds_paired", per=1.0, unit="", deficit_unit="张",
        param="nursing_bed_share", paired=True,
    ),
    Measure(
        id="care_area_m2_per_1000_residents",
        label=Text("每千名常住人口养老设施建筑面积", "Care floor area per 1,000 residents"),
        top="area_m2", bottom="residents", per=1000.0, unit="m²/千人", deficit_unit="m²",
        param="care_area_m2_per_1000_residents",
    ),
    Measure(
        id="care_area_m2_per_elderly",
        label=Text("老人人均养老设施建筑面积", "Care floor area per older person"),
        top="area_m2", bottom="elderly", per=1.0, unit="m²/人", deficit_unit="m²",
        param="care_area_m2_per_elderly",
    ),
    Measure(
        id="care_land_m2_per_elderly",
        label=Text("老人人均养老设施用地", "Care land per older person"),
        top="land_m2", bottom="elderly", per=1.0, unit="m²/人", deficit_unit="m²",
        param="care_land_m2_per_elderly",
    ),
    Measure(
        id="care_land_m2_per_person",
        label=Text("常住人口人均养老设施用地", "Care land per resident"),
        top="land_m2", bottom="residents", per=1.0, unit="m²/人", deficit_unit="m²",
        param="care_land_m2_per_person",
    ),
    Measure(
        id=f"{_AREA}_new",
        label=Text("每百户养老用房：新建小区", "Care floor area per 100 households, new quarters"),
        top="new_care_area_m2", bottom="new_households", per=100.0, unit="m²/百户", deficit_unit="m²",
        param=_AREA, applies_to="new_quarter", paired=True,
    ),
    Measure(
        id=f"{_AREA}_existing",
        label=Text("每百户养老用房：已建小区", "Care floor area per 100 households, existing quarters"),
        top="existing_care_area_m2", bottom="existing_households", per=100.0, unit="m²/百户", deficit_unit="m²",
        param=_AREA, applies_to="existing_quarter", paired=True,
    ),
    Measure(
        id="care_area_share_of_floor",
        label=Text("新建小区养老用房占住宅建筑面积", "Care floor area over residential floor area, new quarters"),
        top="new_care_area_of_floor_m2", bottom="new_floor_m2", per=1.0, unit="", deficit_unit="m²",
        param="care_area_share_of_floor", applies_to="new_quarter", paired=True,
    ),
)  # fmt: skip
"""Every indicator, in the order of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An indicator in one unit, held against the norm.

    Attributes
    ----------
    value
        None where nobody or nothing is known to divide by, or nothing is known to divide.
    deficit
        What lacks to the norm over what is known, beds in whole; None without a norm or a value.
    bound
        Whether what is not known could move the value: ``exact``, ``at_least``, ``at_most`` or ``unsure``.
    meets
        Whether the norm is met; None where what is not known could decide it.
    """

    value: float | None
    top: float
    bottom: float
    deficit: float | None
    bound: Bound
    meets: bool | None
    silent_top: int
    silent_bottom: int

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


def value_at(measure: Measure, amounts: Mapping[str, Amount], at: int, norm: NormValue | None) -> Value:
    """Work out an indicator in one unit (or at the last place, in all of them)."""
    top, bottom = amounts[measure.top], amounts[measure.bottom]
    over, under = float(top.sum[at]), float(bottom.sum[at])
    silent_over, silent_under = int(top.silent[at]), int(bottom.silent[at])
    bound = _bound(silent_over, silent_under, paired=measure.paired)
    known = under > 0 and not (silent_over and not top.told[at])
    value = over / under * measure.per if known else None
    needed = None if norm is None or isinstance(norm.value, str) else float(norm.value)
    deficit = None
    if value is not None and needed is not None:
        deficit = max(needed * under / measure.per - over, 0.0)
        deficit = math.ceil(deficit - _ROUNDING) if measure.deficit_unit == _BEDS else deficit
    return Value(
        value=value,
        top=over,
        bottom=under,
        deficit=deficit,
        bound=bound,
        meets=None if value is None or needed is None else _meets(value >= needed, bound),
        silent_top=silent_over,
        silent_bottom=silent_under,
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
