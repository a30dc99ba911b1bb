"""The answer: the plan, what it buys site by site, how sure that is, and what else could be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gis.coverage.changes import Change
from gis.coverage.next_sites.explaining import Unserved
from gis.coverage.next_sites.request import SiteRequest
from gis.coverage.next_sites.result import OBJECTIVE_UNITS, model_label, result_of
from gis.coverage.shown import Shown, Tabular
from gis.siting import CurvePoint, SitingPlan
from layers.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSite:
    """A chosen place.

    Attributes
    ----------
    id, name, layer
        As in the layer of candidates; ``grid`` for a point of the grid.
    unit
        Name of the unit it lies in, empty where that is not known.
    adds
        People covered by it beyond what stands and the sites before it in the order.
    serves
        People for whom it is the nearest site of the plan, or whom it has room for.
    capacity
        People it can hold; None where that is not asked or not known.
    cost
        What it costs; None without a budget.
    stock
        A place of another service that could be converted.
    standing
        State by layer of exclusions: clear, review, prohibited, unknown.
    """

    id: str
    name: str
    layer: str
    lon: float
    lat: float
    unit: str
    adds: float
    serves: float
    capacity: float | None
    cost: float | None
    stock: bool
    standing: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "id": self.id,
            "name": self.name,
            "layer": self.layer,
            "unit": self.unit,
            "lon": round(self.lon, 7),
            "lat": round(self.lat, 7),
            "adds": round(self.adds, 1),
            "serves": round(self.serves, 1),
            "capacity": None if self.capacity is None else round(self.capacity, 1),
            "cost": self.cost,
            "stock": self.stock,
            "standing": dict(self.standing),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPlan:
    """A plan nearly as good: what it drops and takes instead (ids and names), and the share it loses."""

    dropped: tuple[tuple[str, str], ...]
    added: tuple[tuple[str, str], ...]
    objective: float
    loss: float

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "dropped": [{"id": one, "name": name} for one, name in self.dropped],
            "added": [{"id": one, "name": name} for one, name in self.added],
            "objective": round(self.objective, 1),
            "loss": round(self.loss, 6),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A facility in service, in a unit (empty where unknown), that lies in an exclusion: reported, not moved."""

    id: str
    name: str
    unit: str
    layer: str

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {"id": self.id, "name": self.name, "unit": self.unit, "layer": self.layer}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport(Tabular):
    """The plan, what it buys, and how sure that is.

    Attributes
    ----------
    before, after
        People served by what stands, and with the plan; ``people`` is everybody of known number and place.
    perhaps
        People of whom it is not known whether they are served: only a facility of unknown capacity reaches them.
    unknown
        Points of demand whose number or place is not known.
    unreachable
        People whom no candidate and no facility reaches within the limit.
    beyond
        People no site of the plan reaches at all, within ten times the limit (``p-median``); 0 by other models.
    curve
        People covered with 0, 1, … new sites, each number solved for itself, with its bound.
    swaps, others
        The best replacement of every new site, and whole plans nearly as good.
    unserved
        Who stays without service, by unit and reason.
    least
        New sites that the target takes at least, for certain; None without a target.
    rules
        Which rule is in the way of more sites, what each rule costs, and which changes nothing.
    shown
        What it can be drawn on.
    """

    request: SiteRequest
    new_sites: tuple[NewSite, ...]
    existing: int
    existing_excluded: tuple[Standing, ...]
    people: float
    unknown: int
    before: float
    after: float
    perhaps: float
    unreachable: float
    beyond: float
    unserved: tuple[Unserved, ...]
    curve: tuple[CurvePoint, ...]
    swaps: tuple[OtherPlan, ...]
    others: tuple[OtherPlan, ...]
    plan: SitingPlan
    least: int | None
    rules: tuple[Text, ...]
    changes: tuple[Change, ...]
    assumptions: tuple[Text, ...]
    norms: Mapping[str, Any]
    made: Mapping[str, Any] = field(repr=False)
    shown: Shown | None = field(default=None, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values; served, unserved and unknown people add up to ``people``."""
        return {
            "model": self.request.model,
            "model_label": model_label(self.request)._asdict(),
            "result": [one._asdict() for one in result_of(self)],
            "request": self.request.reach.as_json(),
            "least": self.least,
            "existing": self.existing,
            "existing_excluded": [one.as_json() for one in self.existing_excluded],
            "new_sites": [
                {"order": order} | one.as_json() for order, one in enumerate(self.new_sites, start=1)
            ],
            "people": round(self.people, 1),
            "unknown": self.unknown,
            "before": self._counted(self.before),
            "after": self._counted(self.after),
            "unserved": round(self.people - self.after - self.perhaps, 1),
            "unknown_people": round(self.perhaps, 1),
            "unreachable": round(self.unreachable, 1),
            "unserved_by_unit": [one.as_json() for one in self.unserved],
            "curve": [
                {"sites": one.sites} | self._counted(one.covered) | {"bound": round(one.bound, 1)}
                for one in self.curve
            ],
            "alternatives": {
                "within": self.request.within,
                "swaps": [one.as_json() for one in self.swaps],
                "plans": [one.as_json() for one in self.others],
            },
            "changes": [one.as_json() for one in self.changes],
            **self._proof(),
            "notes": [one._asdict() for one in self.notes],
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": self.norms,
            "provenance": self.made,
            "command": self.request.command(),
        }

    @property
    def reached_people(self) -> float:
        """People of known number and place whom some site of the plan reaches at all, however far."""
        return self.people - self.beyond

    @property
    def notes(self) -> tuple[Text, ...]:
        """Remarks of the model; the one that lists rows nobody reaches is told by unit in ``unserved`` instead."""
        return self.plan.notes[1:] if len(self.plan.unserved) else self.plan.notes

    def _counted(self, part: float) -> dict[str, Any]:
        return {"people": round(part, 1), "share": part / self.people if self.people > 0 else None}

    def _proof(self) -> dict[str, Any]:
        plan = self.plan
        return {
            "objective": plan.objective,
            "objective_unit": OBJECTIVE_UNITS[self.request.model],
            "bound": plan.bound,
            "gap": plan.gap if plan.gap < float("inf") else None,
            "proven": plan.proven,
            "seconds": round(plan.seconds, 2),
        }
