"""Rows of a report: how much of each unit is served, and if not, why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gis.coverage.nearest import NearestFacility, nearest_facility
from gis.coverage.outcome import Outcome
from gis.coverage.plan import Plan
from gis.coverage.reasons import Reason, gap_of
from gis.coverage.supply import Supply
from gis.coverage.units import Units
from gis.kernels.arrays import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit of a report.

    Attributes
    ----------
    numerator, denominator, share
        Served, known, and their ratio; share is None where nothing is known.
    shares
        The share at each speed of the band; empty without a band.
    covered
        Whether the share reaches the profile's threshold (for C1 and C2: the whole).
    reason
        Why the unit is not covered; None where it is.
    """

    code: str
    name: str
    level: str
    parent_code: str | None
    numerator: float
    denominator: float
    share: float | None
    shares: tuple[float | None, ...]
    covered: bool
    reason: Reason | None
    nearest: NearestFacility | None
    lon: float | None
    lat: float | None

    def as_json(self, speeds: Sequence[float]) -> dict[str, Any]:
        """Return JSON values; ``speeds`` name the shares of the band."""
        band = [
            {"speed_m_s": speed, "share": share} for speed, share in zip(speeds, self.shares, strict=False)
        ]
        return {
            "code": self.code,
            "name": self.name,
            "level": self.level,
            "parent_code": self.parent_code,
            "numerator": tidy(self.numerator),
            "denominator": tidy(self.denominator),
            "share": self.share,
            "covered": self.covered,
            "band": band,
            "reason": self.reason.as_json() if self.reason else None,
            "nearest": self.nearest.as_json() if self.nearest else None,
            "lon": self.lon,
            "lat": self.lat,
        }


def rows_of(
    plan: Plan, outcome: Outcome, supply: Supply, units: Units, *, level: str, covered_share: float
) -> tuple[Row, ...]:
    """Make the rows of one level, in the order of the unit layer.

    Points that lie in no unit of the level make one more row without a code, so that rows always add up. No rows when
    the layer has no unit of the level.
    """
    if len(units.at(level)) == 0:
        return ()
    lifted = outcome.demand.unit if level == plan.request.by else units.lifted(outcome.demand.unit, level)
    members = units.at(level)
    order = np.argsort(lifted, kind="stable")
    starts = np.searchsorted(lifted[order], members, side="left")
    stops = np.searchsorted(lifted[order], members, side="right")
    rows = [
        _row(plan, outcome, supply, order[start:stop], covered_share, _unit_of(units, int(unit)))
        for unit, start, stop in zip(members, starts, stops, strict=True)
    ]
    outside = np.flatnonzero(lifted < 0)
    if outcome.counted[outside].any():
        rows.append(
            _row(plan, outcome, supply, outside, covered_share, _Unit("", _NO_UNIT, level, None, None, None))
        )
    return tuple(rows)


def district_row(
    plan: Plan, outcome: Outcome, supply: Supply, named: tuple[str, str], *, covered_share: float
) -> Row:
    """Make one row of everything, for a district (code and name) that the unit layer does not hold."""
    unit = _Unit(named[0], named[1], "county", None, None, None)
    return _row(plan, outcome, supply, np.arange(len(outcome.demand)), covered_share, unit)


_NO_UNIT = "（不在任何单元内）"


class _Unit(NamedTuple):
    code: str
    name: str
    level: str
    parent_code: str | None
    lon: float | None
    lat: float | None


def _unit_of(units: Units, index: int) -> _Unit:
    row = units.frame.iloc[index]
    parent = int(units.parent[index])
    above = row["parent_code"] if parent < 0 else units.frame["code"].iloc[parent]
    return _Unit(
        str(row["code"]),
        str(row["name"]),
        str(row["level"]),
        above,
        *_place(units.lon[index], units.lat[index]),
    )


def _place(lon: float, lat: float) -> tuple[float | None, float | None]:
    return (round(float(lon), 6), round(float(lat), 6)) if np.isfinite(lon) else (None, None)


def _row(
    plan: Plan, outcome: Outcome, supply: Supply, points: Ints, covered_share: float, unit: _Unit
) -> Row:
    known = points[outcome.counted[points]]
    weight = outcome.demand.weight[known]
    served, total = (outcome.served[:, known] * weight).sum(axis=1), float(weight.sum())
    shares = tuple(float(one / total) if total > 0 else None for one in served)
    share = shares[plan.main]
    least = 1.0 if plan.definition.id in {"C1", "C2"} else covered_share
    covered = share is not None and share >= least - 1e-12
    gap = gap_of(plan, outcome, supply, points, covered=covered)
    place = (unit.lon, unit.lat)
    if unit.lon is None and gap.point >= 0:
        place = _place(outcome.demand.lon[gap.point], outcome.demand.lat[gap.point])
    return Row(
        code=unit.code,
        name=unit.name,
        level=unit.level,
        parent_code=unit.parent_code,
        numerator=float(served[plan.main]),
        denominator=total,
        share=share,
        shares=shares if plan.speeds_m_s else (),
        covered=covered,
        reason=gap.reason,
        nearest=nearest_facility(outcome, supply, gap.point),
        lon=place[0],
        lat=place[1],
    )


def tidy(number: float) -> float | int:
    """Return a whole number as int, anything else to two decimals."""
    return int(number) if float(number).is_integer() else round(float(number), 2)
