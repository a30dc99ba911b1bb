"""One case: a name under review with everything found on it, where it stands and what was done."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gis.names.review.clocks import Clock
from gis.names.review.milestones import Milestones
from gis.names.review.states import ACTIONS, REASONS, STATE_LABELS, Action, State
from layers.findings import SEVERITY_LABELS, Severity
from layers.store.case_protocol import CaseStep
from layers.text import Text


def case_id_of(layer_id: str, feature_id: str) -> str:
    """Return the id of the case of a feature: twelve hex digits, the same on every run."""
    return hashlib.sha256(f"{layer_id}\x1f{feature_id}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One name under review.

    Attributes
    ----------
    version
        Number of the last decision; 0 while nobody has acted. Whoever decides must name the version they saw.
    categories
        Of the findings that are open, or of all when none is.
    category
        As confirmed by a person; None before.
    severity
        Worst of the open findings, or of all when none is.
    town_code, town_name
        First nine digits of the division code, and its name where the units are known; else empty.
    opened_on
        Day since which it counts as found: when the name was imported, or first acted upon.
    dismissed
        Keys of findings set aside with a reason, on the name as it is.
    new_findings
        Keys found since the case was excluded or archived; they bring it back as suspected.
    present
        False when nothing is found on the name any more.
    number
        What the office calls it, such as ``云溪地名〔2025〕001``; None while nobody has acted.
    dates
        The days of its steps.
    """

    id: str
    version: int
    layer_id: str
    feature_id: str
    name: str
    new_name: str | None
    state: State
    categories: tuple[str, ...]
    category: str | None
    severity: Severity
    town_code: str
    town_name: str
    lon: float | None
    lat: float | None
    opened_on: date
    age_days: int
    clocks: tuple[Clock, ...]
    dismissed: tuple[str, ...]
    new_findings: tuple[str, ...]
    reason: str | None
    present: bool
    number: str | None = None
    dates: Milestones = field(default_factory=Milestones)

    @property
    def overdue(self) -> bool:
        """Tell whether a deadline has passed."""
        return any(one.overdue for one in self.clocks)

    @property
    def state_label(self) -> Text:
        """Where the case stands, in words."""
        return STATE_LABELS[self.state]

    def as_json(self) -> dict[str, Any]:
        """Return the case as JSON values."""
        return {
            "id": self.id,
            "number": self.number,
            "version": self.version,
            "layer": self.layer_id,
            "feature_id": self.feature_id,
            "name": self.name,
            "new_name": self.new_name,
            "state": self.state.value,
            "state_label": self.state_label._asdict(),
            "categories": list(self.categories),
            "category": self.category,
            "severity": self.severity.value,
            "severity_label": SEVERITY_LABELS[self.severity]._asdict(),
            "town": {"code": self.town_code, "name": self.town_name},
            "lon": self.lon,
            "lat": self.lat,
            "opened_on": self.opened_on.isoformat(),
            "age_days": self.age_days,
            "dates": self.dates.as_json(),
            "clocks": [one.as_json() for one in self.clocks],
            "overdue": self.overdue,
            "dismissed": list(self.dismissed),
            "new_findings": list(self.new_findings),
            "reason": self.reason,
            "reason_label": None if self.reason is None else REASONS[self.reason]._asdict(),
            "present": self.present,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """A case with its findings, namesakes, history, and what can be done now.

    Attributes
    ----------
    findings
        ``Finding.as_json()`` of each, with ``dismissed``; when nothing is found any more, as last seen.
    namesakes
        ``id, name, lon, lat, distance_m, grade`` of each, nearest first.
    """

    case: Case
    findings: tuple[Mapping[str, Any], ...]
    namesakes: tuple[Mapping[str, Any], ...]
    history: tuple[CaseStep, ...]
    actions: tuple[Action, ...]

    def as_json(self) -> dict[str, Any]:
        """Return case and detail as one JSON object."""
        return self.case.as_json() | {
            "findings": [dict(one) for one in self.findings],
            "namesakes": [dict(one) for one in self.namesakes],
            "history": [step_json(one) for one in self.history],
            "actions": [one.as_json() for one in self.actions],
        }


def step_json(step: CaseStep) -> dict[str, Any]:
    """Return a step as JSON values, with labels for action and states."""
    return {
        "seq": step.seq,
        "action": step.action,
        "label": ACTIONS[step.action].label._asdict(),
        "from": step.from_state,
        "to": step.to_state,
        "to_label": STATE_LABELS[step.to_state]._asdict(),
        "who": step.who,
        "at": step.at.isoformat(),
        "on": step.on.isoformat(),
        "note": step.note,
        "reason": step.reason,
        "values": dict(step.values),
    }
