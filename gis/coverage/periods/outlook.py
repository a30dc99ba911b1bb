"""What happens without new sites: how long coverage, or what there is per 1,000 people, stays above a target."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.kernels.arrays import Flags, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A figure by year without new sites.

    Attributes
    ----------
    values
        (years,) share covered, or supply per 1,000 people; nan where nobody is left.
    target
        Below which to warn; None where there is none.
    """

    years: tuple[int, ...]
    values: Floats
    target: float | None

    @property
    def first_below(self) -> int | None:
        """First year below the target; None when none is, or there is no target."""
        if self.target is None:
            return None
        low = np.flatnonzero(np.nan_to_num(self.values, nan=np.inf) < self.target - 1e-12)
        return self.years[int(low[0])] if len(low) else None

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        first = self.first_below
        return {
            "target": self.target,
            "first_below": first,
            "years_left": None if first is None else first - self.years[0],
            "by_year": [
                {"year": year, "value": round(float(value), 4) if np.isfinite(value) else None}
                for year, value in zip(self.years, self.values, strict=True)
            ],
        }


def share_outlook(years: list[int], people: Floats, covered: Flags, target: float | None) -> Outlook:
    """Follow the share of people within the limit of what stands; ``people`` is (years, n)."""
    total = people.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(total > 0, people[:, covered].sum(axis=1) / total, np.nan)
    return Outlook(years=tuple(years), values=share, target=target)


def supply_outlook(years: list[int], people: Floats, supply: float, target: float | None) -> Outlook:
    """Follow what stands per 1,000 people; ``people`` is (years,)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        per = np.where(people > 0, 1000.0 * supply / people, np.nan)
    return Outlook(years=tuple(years), values=per, target=target)
