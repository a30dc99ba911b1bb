"""Who is served, who is not, and of whom nobody can say: three numbers that add up to everybody known."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gis.coverage.outcome import Outcome
from gis.coverage.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """How everybody (or everything) is counted, in the report's unit of measure.

    Attributes
    ----------
    served, unserved
        Known to be served, known not to be.
    unknown
        Number known, answer unknown: of unknown place, or what is in reach does not tell what it holds.
    unknown_points
        Points of demand whose number is unknown; they are in none of the three.
    """

    served: float
    unserved: float
    unknown: float
    unknown_points: int

    @property
    def total(self) -> float:
        """Everybody whose number is known: served + unserved + unknown."""
        return self.served + self.unserved + self.unknown

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "served": round(self.served, 2),
            "unserved": round(self.unserved, 2),
            "unknown": round(self.unknown, 2),
            "unknown_points": self.unknown_points,
            "total": round(self.total, 2),
        }


def people_of(plan: Plan, outcome: Outcome) -> People:
    """Add up at the main speed of the plan."""
    weight, counted = outcome.demand.weight, outcome.counted
    known = np.where(counted, weight, 0.0)
    served = float((outcome.served[plan.main] * known).sum())
    unjudged = 0.0 if outcome.unjudged is None else float((outcome.unjudged[plan.main] * known).sum())
    placeless = float(np.nansum(np.where(counted, 0.0, weight)))
    return People(
        served=served,
        unserved=max(float(known.sum()) - served - unjudged, 0.0),
        unknown=placeless + unjudged,
        unknown_points=int(np.isnan(weight).sum()),
    )
