"""The report of a plan over periods: which site opens when, coverage by period, and what looking ahead gains."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gis.coverage.next_sites.candidates import Candidates
from gis.coverage.periods.growth import Growth
from gis.coverage.periods.outlook import Outlook
from gis.coverage.periods.request import PhaseRequest
from gis.coverage.shown import Tabular
from gis.kernels.arrays import Floats, Ints
from gis.siting.periods import PeriodPlan
from layers.text import Text

_REFUSED_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSite:
    """A candidate that opens in a year; ``adds`` people are covered then beyond what is open before it."""

    column: int
    year: int
    adds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseReport(Tabular):
    """Which site opens when, and what that buys.

    Attributes
    ----------
    plan
        Of the model; its columns are the facilities in service, then the candidates.
    units_named
        Name of the unit each candidate lies in, empty where that is not known.
    people, without_new
        (periods,) everybody of known number and place, and those whom what stands covers.
    unplaced
        (periods,) people the table expects where nobody is placed today; in no other number.
    coverage, supply
        What happens without new sites; ``supply`` is None where the layer has no field of what facilities hold.
    """

    request: PhaseRequest
    growth: Growth
    plan: PeriodPlan
    existing: int
    offered: Candidates
    units_named: tuple[str, ...]
    opened: tuple[OpenedSite, ...]
    people: Floats
    without_new: Floats
    unreachable: Floats
    unplaced: Floats
    unknown: int
    coverage: Outlook
    supply: Outlook | None
    supply_field: str
    assumptions: tuple[Text, ...]
    norms: Mapping[str, Any]
    made: Mapping[str, Any] = field(repr=False)

    @property
    def years(self) -> list[int]:
        """Years of the periods."""
        return [year for year, _ in self.request.periods]

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values; every text in both languages."""
        plan = self.plan
        return {
            "request": self.request.as_json(),
            "base_year": self.growth.base_year,
            "growth": self._growth(),
            "existing": self.existing,
            "sites": [self._site(order, one) for order, one in enumerate(self.opened, start=1)],
            "periods": [self._period(at) for at in range(len(self.years))],
            "unknown": self.unknown,
            "objective": round(plan.objective, 1),
            "bound": round(plan.bound, 1),
            "gap": plan.gap if np.isfinite(plan.gap) else None,
            "proven": plan.proven,
            "seconds": round(plan.seconds, 2),
            "myopic": {
                "objective": round(plan.myopic.objective, 1),
                "gained": round(plan.objective - plan.myopic.objective, 1),
                "sites": self._myopic_sites(plan.myopic.opened_in),
            },
            "outlook": {
                "coverage": self.coverage.as_json(),
                "supply": None
                if self.supply is None
                else {"field": self.supply_field} | self.supply.as_json(),
            },
            "notes": [one._asdict() for one in plan.notes],
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": dict(self.norms),
            "provenance": dict(self.made),
            "command": self.request.command(),
        }

    def _growth(self) -> dict[str, Any]:
        table = self.growth.table
        said: dict[str, Any] = {"rate": self.growth.rate, "table": None}
        if table is not None:
            said["table"] = {
                "name": table.name,
                "rows": table.rows,
                "units": len(table.people),
                "refused_rows": len(table.refused),
                "refused": [one.as_json() for one in table.refused[:_REFUSED_SHOWN]],
            }
        return said

    def _site(self, order: int, one: OpenedSite) -> dict[str, Any]:
        at = one.column - self.existing
        return {
            "order": order,
            "opens": one.year,
            "id": self.offered.ids[at],
            "name": self.offered.names[at],
            "unit": self.units_named[at],
            "lon": round(float(self.offered.lon[at]), 7),
            "lat": round(float(self.offered.lat[at]), 7),
            "adds": round(one.adds, 1),
        }

    def _myopic_sites(self, opened_in: Ints) -> list[dict[str, Any]]:
        new = np.flatnonzero((opened_in >= 0) & (np.arange(len(opened_in)) >= self.existing))
        rows = [
            {"opens": self.years[int(opened_in[one])], "id": self.offered.ids[int(one) - self.existing],
             "name": self.offered.names[int(one) - self.existing]}
            for one in new
        ]  # fmt: skip
        return sorted(rows, key=lambda row: (row["opens"], row["id"]))

    def _period(self, at: int) -> dict[str, Any]:
        people, covered = float(self.people[at]), float(self.plan.covered[at])

        def shared(part: float) -> dict[str, Any]:
            return {"people": round(part, 1), "share": part / people if people > 0 else None}

        year, new = self.request.periods[at]
        return {
            "year": year,
            "new": new,
            "open": len(self.plan.open_in(at)),
            "people": round(people, 1),
            "covered": shared(covered),
            "unserved": round(people - covered, 1),
            "unreachable": round(float(self.unreachable[at]), 1),
            "without_new": shared(float(self.without_new[at])),
            "myopic": shared(float(self.plan.myopic.covered[at])),
            "unplaced": round(float(self.unplaced[at]), 1),
        }
