"""Rows of a report: how much of each unit is served, and if not, why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gis.coverage.definitions import UNIT_DEFINITIONS
from gis.coverage.gaps.reasons import Gap, Reason
from gis.coverage.nearest import NearestFacility, nearest_facility
from gis.coverage.outcome import Outcome
from gis.coverage.plan import Plan
from gis.coverage.supply import Supply
from gis.coverage.typical import typical_gaps
from gis.coverage.units import Units
from gis.kernels.arrays import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One unit of a report.

    Attributes
    ----------
    numerator, denominator, share
        Served, known, and their ratio; share is None where nothing is known.
    unknown
        Of known number, but nobody can say whether they are served.
    unknown_points
        Points of demand whose number is unknown.
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
    unknown: float = 0.0
    unknown_points: int = 0

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
            "unknown": tidy(self.unknown),
            "unknown_points": self.unknown_points,
        }


class _Unit(NamedTuple):
    code: str
    name: str
    level: str
    parent_code: str | None
    lon: float | None
    lat: float | None


def rows_of(
    plan: Plan, outcome: Outcome, supply: Supply, units: Units, *, level: str, covered_share: float
) -> tuple[Row, ...]:
    """Make the rows of one level, in the order of the unit layer.

    Points that lie in no unit of the level make one more row without a code, so that rows always add up. No rows when
    the layer has no unit of the level.
    """
    members = units.at(level)
    if len(members) == 0:
        return ()
    lifted = outcome.demand.unit if level == plan.request.by else units.lifted(outcome.demand.unit, level)
    slot_of = np.full(len(units.frame) + 1, len(members))
    slot_of[members] = np.arange(len(members))
    slot = slot_of[lifted]
    labels = [*_labels(units, members), _Unit("", _NO_UNIT, level, None, None, None)]
    rows = _made(plan, outcome, supply, slot, covered_share, labels)
    return rows if outcome.counted[slot == len(members)].any() else rows[:-1]


def _made(
    plan: Plan, outcome: Outcome, supply: Supply, slot: Ints, covered_share: float, labels: list[_Unit]
) -> tuple[Row, ...]:
    sums = _sums(plan, outcome, slot, len(labels))
    least = 1.0 if plan.definition.id in UNIT_DEFINITIONS else covered_share
    covered = np.array([one.total > 0 and one.served[plan.main] / one.total >= least - 1e-12 for one in sums])
    gaps = typical_gaps(plan, outcome, supply, slot, covered)
    return tuple(
        _row(plan, outcome, supply, unit, one, gap) for unit, one, gap in zip(labels, sums, gaps, strict=True)
    )


class _Sum(NamedTuple):
    """What one unit adds up to: served at each speed, known, unknown, and points of unknown number."""

    served: list[float]
    total: float
    unknown: float
    unknown_points: int


def _sums(plan: Plan, outcome: Outcome, slot: Ints, size: int) -> list[_Sum]:
    """Add up every unit at once; ``slot`` is the row each point belongs to."""
    weight = outcome.demand.weight
    known = np.where(outcome.counted, weight, 0.0)
    lost = np.where(outcome.counted | np.isnan(weight), 0.0, weight)
    if outcome.unjudged is not None:
        lost = lost + outcome.unjudged[plan.main] * known
    served = [np.bincount(slot, weights=one * known, minlength=size) for one in outcome.served]
    total, unknown, silent = (
        np.bincount(slot, weights=one, minlength=size) for one in (known, lost, np.isnan(weight))
    )
    columns = zip(np.stack(served, axis=1).tolist(), total.tolist(), unknown.tolist(), silent, strict=True)
    return [_Sum(one, whole, lost_, int(points)) for one, whole, lost_, points in columns]


def district_row(
    plan: Plan, outcome: Outcome, supply: Supply, named: tuple[str, str], *, covered_share: float
) -> Row:
    """Make one row of everything, for a district (code and name) that the unit layer does not hold."""
    unit = _Unit(named[0], named[1], "county", None, None, None)
    slot = np.zeros(len(outcome.demand), np.int64)
    return _made(plan, outcome, supply, slot, covered_share, [unit])[0]


_NO_UNIT = "（不在任何单元内）"


def _labels(units: Units, members: Ints) -> list[_Unit]:
    frame = units.frame
    codes, names, levels, above = (
        frame[one].to_numpy(object) for one in ("code", "name", "level", "parent_code")
    )
    parent = units.parent
    return [
        _Unit(
            str(codes[at]),
            str(names[at]),
            str(levels[at]),
            above[at] if parent[at] < 0 else codes[parent[at]],
            *_place(units.lon[at], units.lat[at]),
        )
        for at in members.tolist()
    ]


def _place(lon: float, lat: float) -> tuple[float | None, float | None]:
    return (round(float(lon), 6), round(float(lat), 6)) if np.isfinite(lon) else (None, None)


def _row(plan: Plan, outcome: Outcome, supply: Supply, unit: _Unit, sums: _Sum, gap: Gap) -> Row:
    shares = tuple(one / sums.total if sums.total > 0 else None for one in sums.served)
    place = (unit.lon, unit.lat)
    if unit.lon is None and gap.point >= 0:
        place = _place(outcome.demand.lon[gap.point], outcome.demand.lat[gap.point])
    return Row(
        code=unit.code,
        name=unit.name,
        level=unit.level,
        parent_code=unit.parent_code,
        numerator=sums.served[plan.main],
        denominator=sums.total,
        share=shares[plan.main],
        shares=shares if plan.speeds_m_s else (),
        covered=gap.reason is None,
        reason=gap.reason,
        nearest=nearest_facility(outcome, supply, gap.point),
        lon=place[0],
        lat=place[1],
        unknown=sums.unknown,
        unknown_points=sums.unknown_points,
    )


def tidy(number: float) -> float | int:
    """Return a whole number as int, anything else to two decimals."""
    return int(number) if float(number).is_integer() else round(float(number), 2)
