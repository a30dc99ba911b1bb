"""A coverage question answered point by point: what the gap list and its remedies start from."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix

from gis.coverage.homes import homes_of
from gis.coverage.outcome import Outcome
from gis.coverage.situation import Situation

if TYPE_CHECKING:
    from gis.coverage.demand import Demand
    from gis.coverage.plan import Plan
    from gis.coverage.supply import Supply
    from gis.kernels.arrays import Floats, Ints

OF_UNITS = ("C1", "C2")
"""Definitions that look at units, not at distances."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a question starts from, and how much of each point of demand is served."""

    situation: Situation
    outcome: Outcome

    @property
    def plan(self) -> "Plan":
        """What is computed."""
        return self.situation.plan

    @property
    def supply(self) -> "Supply":
        """Facilities in service."""
        return self.situation.supply

    @property
    def demand(self) -> "Demand":
        """Points of demand, as they were judged."""
        return self.outcome.demand

    @property
    def by_units(self) -> bool:
        """Whether units count, wherever people live in them."""
        return self.plan.definition.id in OF_UNITS

    @property
    def least(self) -> float:
        """Share of its people from which a unit counts as covered."""
        if self.by_units:
            return 1.0
        return self.situation.profile.number("unit_covered_share", on=self.plan.on)

    @property
    def people(self) -> "Floats":
        """People of each point of demand whose number and place are known; else 0."""
        return np.where(self.outcome.counted, np.nan_to_num(self.demand.weight), 0.0)

    @property
    def unserved(self) -> "Floats":
        """People of each point of demand who are known and not served."""
        outcome, main = self.outcome, self.plan.main
        judged = 1.0 if outcome.unjudged is None else 1.0 - outcome.unjudged[main]
        return np.asarray(self.people * np.maximum(judged - outcome.served[main], 0.0))

    def members(self, code: str) -> "Ints":
        """Return the points of demand of a unit; an empty code asks for those that lie in no unit."""
        if not code:
            return np.flatnonzero(self.demand.unit < 0)
        at = np.flatnonzero(self.situation.units.frame["code"].astype(str).to_numpy(object) == code)
        return np.flatnonzero(np.isin(self.demand.unit, at))

    def only(self, points: "Ints") -> Situation:
        """Return the situation with some points of demand only, for ``travel_m``."""
        some = _only(self.demand, points)
        one = self.situation
        return replace(one, demand=some, homes=homes_of(some, one.network, snap_max_m=one.snap_max_m))

    def holding(
        self, lon: "Floats", lat: "Floats", codes: tuple[str | None, ...], points: "Ints"
    ) -> csr_matrix:
        """Return which points belong to the unit each place stands in: (places, points), ones."""
        unit = self.situation.units.locate(lon, lat, codes, self.plan.request.by)
        place, point = np.nonzero((unit[:, None] == self.demand.unit[points][None, :]) & (unit[:, None] >= 0))
        return csr_matrix((np.ones(len(place)), (place, point)), shape=(len(lon), len(points)))


def _only(demand: "Demand", points: "Ints") -> "Demand":
    return replace(
        demand,
        lon=demand.lon[points],
        lat=demand.lat[points],
        weight=demand.weight[points],
        unit=demand.unit[points],
    )
