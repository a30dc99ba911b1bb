"""Whose answer hangs on the speed: served at the fastest of the band and not at the slowest, or the other way round."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gis.coverage.outcome import Outcome
from gis.coverage.plan import Plan
from gis.coverage.units import Units
from gis.kernels.arrays import Floats, Ints

SHOWN = 1000
"""Points written into JSON, those with most people first; how many are left out is written too."""


class Flip(NamedTuple):
    """One point of demand: how many change sides, how far they go, and the slowest speed at which they are served."""

    unit_code: str
    lon: float | None
    lat: float | None
    people: float
    metres: float | None
    speed_m_s: float | None

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return self._asdict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flips:
    """Everything that is served at the fast and not at the slow speed.

    Attributes
    ----------
    total
        Served at the fastest minus served at the slowest speed, exactly. A faster band may also lose people (C7, C8:
        others come and take the room); they count below zero.
    by_unit
        Code, name and number of each unit where somebody changes sides, most first.
    points
        Every such point of demand, most people first.
    """

    total: float
    by_unit: tuple[tuple[str, str, float], ...]
    points: tuple[Flip, ...]

    def as_json(self) -> dict[str, Any]:
        """Return JSON values; at most ``SHOWN`` points."""
        return {
            "total": round(self.total, 2),
            "by_unit": [
                {"code": code, "name": name, "people": round(people, 2)}
                for code, name, people in self.by_unit
            ],
            "points": [one.as_json() for one in self.points[:SHOWN]],
            "points_left_out": max(len(self.points) - SHOWN, 0),
        }


def flips_of(plan: Plan, outcome: Outcome, units: Units) -> Flips | None:
    """List who changes sides between the slowest and the fastest speed; None without a band."""
    if not plan.speeds_m_s:
        return None
    weight = np.where(outcome.counted, outcome.demand.weight, 0.0)
    change = (outcome.served[-1] - outcome.served[0]) * weight
    at = np.flatnonzero(change != 0)
    at = at[np.argsort(-np.abs(change[at]), kind="stable")]
    codes, names = _labels(units)
    return Flips(
        total=float(change.sum()),
        by_unit=_by_unit(outcome.demand.unit, change, codes, names),
        points=_points(plan, outcome, at, change, codes),
    )


def _labels(units: Units) -> tuple[list[str], list[str]]:
    """Return codes and names, with one more entry for what lies in no unit."""
    codes, names = (units.frame[name].astype(str).tolist() for name in ("code", "name"))
    return [*codes, ""], [*names, ""]


def _by_unit(
    unit: Ints, change: Floats, codes: list[str], names: list[str]
) -> tuple[tuple[str, str, float], ...]:
    slot = np.where(unit < 0, len(codes) - 1, unit)
    sums = np.bincount(slot, weights=change, minlength=len(codes))
    some = np.flatnonzero(np.bincount(slot, weights=np.abs(change), minlength=len(codes)) > 0)
    order = some[np.argsort(-sums[some], kind="stable")]
    return tuple((codes[one], names[one], float(sums[one])) for one in order.tolist())


def _points(plan: Plan, outcome: Outcome, at: Ints, change: Floats, codes: list[str]) -> tuple[Flip, ...]:
    served, speeds = outcome.served[:, at], np.append(np.asarray(plan.speeds_m_s), np.nan)
    better = served > served[0]
    first = np.where(better.any(axis=0), np.argmax(better, axis=0), len(plan.speeds_m_s))
    speed = np.where(served[0] > 0, plan.speeds_m_s[0], speeds[first])
    metres = np.round(outcome.distances.walked.cost[at], 1)
    lon, lat = np.round(outcome.demand.lon[at], 6), np.round(outcome.demand.lat[at], 6)
    columns = (_or_none(one) for one in (lon, lat))
    return tuple(
        Flip(codes[unit], x, y, people, far, pace)
        for unit, x, y, people, far, pace in zip(
            outcome.demand.unit[at].tolist(),
            *columns,
            np.round(change[at], 2).tolist(),
            _or_none(metres),
            _or_none(speed),
            strict=True,
        )
    )


def _or_none(values: Floats) -> list[float | None]:
    return [float(one) if np.isfinite(one) else None for one in values.tolist()]
