"""What a scenario changes: people gained and lost, unit by unit."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.rows import Row, tidy
from gis.coverage.scenarios.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDifference:
    """One unit before and after.

    Attributes
    ----------
    before, after
        Shares; None where nothing is known.
    gained, lost
        People (or what is counted) served after and not before, and the other way round.
    """

    code: str
    name: str
    level: str
    denominator: float
    served_before: float
    served_after: float
    before: float | None
    after: float | None
    gained: float
    lost: float

    @property
    def changed(self) -> bool:
        """Whether anybody gained or lost."""
        return self.gained > 0 or self.lost > 0

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        known = self.before is not None and self.after is not None
        return {
            "code": self.code,
            "name": self.name,
            "level": self.level,
            "denominator": tidy(self.denominator),
            "numerator_before": tidy(self.served_before),
            "numerator_after": tidy(self.served_after),
            "before": self.before,
            "after": self.after,
            "difference": (self.after or 0.0) - (self.before or 0.0) if known else None,
            "gained": tidy(self.gained),
            "lost": tidy(self.lost),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two situations with the same demand; ``units`` holds every row, in the order of the report."""

    gained: float
    lost: float
    units: tuple[UnitDifference, ...]

    @property
    def changed(self) -> tuple[UnitDifference, ...]:
        """Units in which anybody gained or lost, those with most first."""
        some = [one for one in self.units if one.changed]
        return tuple(sorted(some, key=lambda one: (-one.gained - one.lost, one.code)))


def difference_of(before: Standing, after: Standing) -> Difference:
    """Compare two situations with the same demand, point by point, so that gains and losses do not cancel out."""
    change = after.served - before.served
    up, down = np.maximum(change, 0.0), np.maximum(-change, 0.0)
    unit = before.outcome.demand.unit
    size = len(before.situation.units.frame)
    slot = np.where(unit >= 0, unit, size)
    gained, lost = (np.bincount(slot, weights=one, minlength=size + 1) for one in (up, down))
    codes = before.situation.units.frame["code"].astype(str)
    index = {code: at for at, code in reversed(list(enumerate(codes)))}
    earlier = {row.code: row for row in before.report.rows}
    units = [
        _unit(earlier[row.code], row, float(gained[at]), float(lost[at]))
        for row in after.report.rows
        if row.code in earlier and (at := index.get(row.code, size)) >= 0
    ]
    return Difference(gained=float(up.sum()), lost=float(down.sum()), units=tuple(units))


def _unit(before: Row, after: Row, gained: float, lost: float) -> UnitDifference:
    return UnitDifference(
        code=after.code,
        name=after.name,
        level=after.level,
        denominator=after.denominator,
        served_before=before.numerator,
        served_after=after.numerator,
        before=before.share,
        after=after.share,
        gained=gained,
        lost=lost,
    )
