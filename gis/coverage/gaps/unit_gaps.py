"""A gap as it is listed: who is not served, why, what lies between, and what would help."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.coverage.gaps.barriers import named
from gis.coverage.gaps.reasons import LABELS, Reason, codes_of, reason_at
from gis.coverage.gaps.remedies import Remedy
from gis.coverage.nearest import NearestFacility, nearest_facility
from gis.coverage.rows import Row, tidy

if TYPE_CHECKING:
    from gis.coverage.gaps.judged import Judged
    from gis.coverage.outcome import Outcome
    from gis.coverage.supply import Supply
    from gis.kernels.arrays import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """The facility near in a straight line, and the barrier before it."""

    kind: str
    name: str
    facility_id: str
    facility: str
    straight_m: float
    lon: float
    lat: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "kind": self.kind,
            "name": self.name or None,
            "label": named(self.kind, self.name)._asdict(),
            "facility_id": self.facility_id,
            "facility": self.facility,
            "straight_m": round(self.straight_m, 1),
            "lon": round(self.lon, 6),
            "lat": round(self.lat, 6),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGap:
    """One unit, or one point of demand, that is not served.

    Attributes
    ----------
    people
        Not served; None where that is unknown.
    unknown
        People of whom nobody can say whether they are served.
    served, total
        Of the people known; None for a point.
    reason
        The one that holds for most of them.
    parts
        People not served by reason code, most first.
    detour_ratio
        Way by road over straight distance, both to what is nearest each; None where one of them is not known.
    remedies
        What would help, best first; empty for a point.
    """

    code: str
    name: str
    level: str
    parent_code: str | None
    people: float | None
    unknown: float
    served: float | None
    total: float | None
    reason: Reason
    parts: tuple[tuple[str, float], ...]
    nearest: NearestFacility | None
    across: Across | None
    detour_ratio: float | None
    remedies: tuple[Remedy, ...]
    lon: float | None
    lat: float | None

    @property
    def remedy(self) -> Remedy | None:
        """The cheapest one that closes the gap, else the one that adds most; None where nothing is known to help."""
        return self.remedies[0] if self.remedies else None

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "code": self.code,
            "name": self.name,
            "level": self.level,
            "parent_code": self.parent_code,
            "people": _tidy(self.people),
            "unknown": tidy(self.unknown),
            "served": _tidy(self.served),
            "total": _tidy(self.total),
            "reason": self.reason.as_json(),
            "parts": [
                {"code": code, "label": LABELS[code]._asdict(), "people": tidy(people)}
                for code, people in self.parts
            ],
            "nearest": self.nearest.as_json() if self.nearest else None,
            "barrier": self.across.as_json() if self.across else None,
            "detour_ratio": None if self.detour_ratio is None else round(self.detour_ratio, 2),
            "remedy": self.remedy.as_json() if self.remedy else None,
            "others": [one.as_json() for one in self.remedies[1:]],
            "lon": self.lon,
            "lat": self.lat,
        }


def unit_gap(
    row: Row, reason: Reason, judged: "Judged", told: "tuple[int, Ints]", remedies: tuple[Remedy, ...]
) -> UnitGap:
    """List a unit; ``told`` is the point of demand its reason tells of (-1: none), and all points of the unit."""
    point, points = told
    known = row.share is not None
    people = float(judged.unserved[points].sum())
    return UnitGap(
        code=row.code,
        name=row.name,
        level=row.level,
        parent_code=row.parent_code,
        people=people if known else None,
        unknown=row.unknown,
        served=row.numerator if known else None,
        total=row.denominator if known else None,
        reason=reason,
        parts=parts_of(judged, points),
        nearest=row.nearest,
        across=_across(reason.code, judged.outcome, judged.supply, point),
        detour_ratio=detour_ratio(judged.outcome, point),
        remedies=remedies,
        lon=row.lon,
        lat=row.lat,
    )


def point_gaps(judged: "Judged", points: "Ints", units: Sequence[tuple[str, str]]) -> tuple[UnitGap, ...]:
    """List points of demand that are not (wholly) served; ``units`` holds code and name of the unit of each."""
    plan, outcome, supply = judged.plan, judged.outcome, judged.supply
    codes = codes_of(plan, outcome, supply, points).tolist()
    people = judged.unserved[points]
    return tuple(
        UnitGap(
            code=unit[0],
            name=unit[1],
            level=plan.request.by,
            parent_code=None,
            people=float(people[at]),
            unknown=0.0,
            served=None,
            total=float(outcome.demand.weight[point]),
            reason=reason_at(codes[at], plan, outcome, supply, point),
            parts=((codes[at], float(people[at])),),
            nearest=nearest_facility(outcome, supply, point),
            across=_across(codes[at], outcome, supply, point),
            detour_ratio=detour_ratio(outcome, point),
            remedies=(),
            lon=round(float(outcome.demand.lon[point]), 6),
            lat=round(float(outcome.demand.lat[point]), 6),
        )
        for at, (point, unit) in enumerate(zip(points.tolist(), units, strict=True))
    )


def parts_of(judged: "Judged", points: "Ints") -> tuple[tuple[str, float], ...]:
    """Add up the people of some points who are not served, by reason code, most first."""
    missing = points[judged.unserved[points] > 0]
    if not len(missing):
        return ()
    codes, code = np.unique(
        codes_of(judged.plan, judged.outcome, judged.supply, missing), return_inverse=True
    )
    people = np.bincount(code.reshape(-1), weights=judged.unserved[missing]).tolist()
    return tuple(sorted(zip(codes.tolist(), people, strict=True), key=lambda one: (-one[1], one[0])))


def _across(code: str, outcome: "Outcome", supply: "Supply", point: int) -> Across | None:
    """Name what lies between a severed point and the facility nearest in a straight line; None for other reasons."""
    severed = outcome.severed
    if severed is None or not code.startswith("severed_by_"):
        return None
    facility = int(outcome.distances.straight.source[point])
    return Across(
        kind=severed.kind(point),
        name=severed.name(point),
        facility_id=str(supply.frame["id"].iloc[facility]),
        facility=supply.name(facility),
        straight_m=float(outcome.distances.straight.cost[point]),
        lon=float(severed.lon[point]),
        lat=float(severed.lat[point]),
    )


def detour_ratio(outcome: "Outcome", point: int) -> float | None:
    """Return the way by road over the straight distance, to what is nearest each way; None where either is unknown."""
    if point < 0 or outcome.distances.road is None:
        return None
    road, straight = outcome.distances.road.cost[point], outcome.distances.straight.cost[point]
    return float(road / straight) if np.isfinite(road) and straight > 0 else None


def _tidy(number: float | None) -> float | int | None:
    return None if number is None else tidy(number)
