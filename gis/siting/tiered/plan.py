"""What a model of two tiers answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from gis.kernels.arrays import Floats, Ints
from layers.text import Text

REASONS: Mapping[str, Text] = {
    "no_place_in_reach": Text(
        "范围内没有任何助餐点，也没有候选点", "No point is in reach, nor is any candidate"
    ),
    "no_point_in_reach": Text(
        "范围内没有助餐点；有候选点，方案没有选",
        "No point is in reach; there are candidates that were not chosen",
    ),
    "no_kitchen_in_time": Text(
        "范围内有助餐点，但没有厨房能在保热时限内送到",
        "A point is in reach, but no kitchen is within the hot minutes",
    ),
    "capacity": Text("范围内的助餐点或厨房已满", "The points in reach, or their kitchens, are full"),
}
"""Why a meal is not served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTierPlan:
    """Open sites, who gets a meal from where, and how good that is for certain.

    Attributes
    ----------
    kitchens, points
        Numbers of those open, existing ones included; new ones nobody would use are left out.
    supply
        (k, c) meals from kitchen to point; ``cooked`` (c,) meals a point cooks itself.
    eat_in, delivered
        (i, c) meals; what is not stored is none.
    hot_minutes
        (c,) longest time a meal of the point is held hot, kitchen to table or door; nan where it serves nobody.
        Quick kitchens are taken for long deliveries.
    wanted, served
        Meals. ``unserved`` by reason (``REASONS``); served and unserved add up to wanted.
    unserved_eat_in, unserved_delivered
        (i,) meals; ``reason_eat_in`` and ``reason_delivered`` say why, empty where nothing is unserved.
    objective
        Meals served; ``bound`` is what no plan can beat, ``gap`` how far that is, ``proven`` that they meet.
    travel_minutes
        Minutes over both legs, summed over the meals: the least with these sites, unless time ran out.
    """

    kitchens: Ints
    points: Ints
    supply: Floats
    cooked: Floats
    eat_in: csr_matrix
    delivered: csr_matrix
    hot_minutes: Floats
    wanted: float
    served: float
    unserved: Mapping[str, float]
    unserved_eat_in: Floats
    unserved_delivered: Floats
    reason_eat_in: npt.NDArray[np.str_]
    reason_delivered: npt.NDArray[np.str_]
    objective: float
    travel_minutes: float
    bound: float
    gap: float
    proven: bool
    seconds: float
    notes: tuple[Text, ...] = field(default=())

    @property
    def point_loads(self) -> Floats:
        """Meals each point gives out, (c,)."""
        return np.asarray((self.eat_in + self.delivered).sum(axis=0), np.float64).reshape(-1)

    @property
    def kitchen_loads(self) -> Floats:
        """Meals each kitchen sends out, (k,)."""
        return np.asarray(self.supply.sum(axis=1))

    def as_json(self) -> dict[str, Any]:
        """Return the plan as JSON values, without the tables of who eats where."""
        return {
            "kitchens": self.kitchens.tolist(),
            "points": self.points.tolist(),
            "kitchen_loads": self.kitchen_loads.tolist(),
            "point_loads": self.point_loads.tolist(),
            "wanted": self.wanted,
            "served": self.served,
            "unserved": dict(self.unserved),
            "objective": self.objective,
            "travel_minutes": self.travel_minutes,
            "bound": self.bound,
            "gap": self.gap,
            "proven": self.proven,
            "seconds": round(self.seconds, 3),
            "notes": [note._asdict() for note in self.notes],
        }
