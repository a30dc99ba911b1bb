"""What came out of a precheck, and how it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gis.names.candidate import Candidate
from gis.names.listing.judging import finding_json
from gis.names.listing.rows import class_label
from gis.names.namesakes import Namesake
from gis.names.precheck.location import LocationFit
from gis.names.precheck.place import Place
from gis.names.segment import Segments
from layers.findings import Finding
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another name that passes the same precheck.

    Attributes
    ----------
    why
        How it was made, and of what.
    source
        The local feature it is taken from, as JSON values, or None when it is made of the name itself.
    """

    name: str
    why: Text
    source: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the alternative as JSON values."""
        return {
            "name": self.name,
            "why": self.why._asdict(),
            "source": dict(self.source) if self.source else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How a precheck was made: the day, the packs, and the data it was compared with."""

    on: date
    pack: str
    pack_title: Text
    index_size: int
    layers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "on": self.on.isoformat(),
            "pack": self.pack,
            "pack_title": self.pack_title._asdict(),
            "index_size": self.index_size,
            "layers": dict(self.layers),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecheckReport:
    """May this name be given? A suspicion with its grounds, never an approval.

    Attributes
    ----------
    status
        ``clear``, ``review`` or ``suspect``, summed up over all findings.
    findings
        Of the rules, against the namesakes, and of the place; most severe first.
    namesakes
        Names like it inside the legal scope, strongest and nearest first.
    unit
        The division the place lies in, or None.
    alternatives
        Names that pass the same precheck; empty when the name itself is clear, or when none was asked for.
    notes
        What else the reader has to know: of the county asked for, or why no other name is offered.
    """

    candidate: Candidate
    segments: Segments
    status: str
    findings: tuple[Finding, ...]
    namesakes: tuple[Namesake, ...]
    location: LocationFit
    reading: Mapping[str, Any]
    alternatives: tuple[Alternative, ...]
    place: Place | None
    unit: Mapping[str, str] | None
    made: Made
    notes: tuple[Text, ...] = ()

    @property
    def sentence(self) -> Text:
        """The outcome in one plain sentence."""
        name = self.candidate.name
        if self.status == "clear":
            return _clear(name, self.location)
        worst = self.findings[0].message
        more = (
            len([one for one in self.findings if one.severity.value in {"suspect", "review", "unknown"}]) - 1
        )
        also = Text(f"另有 {more} 处待看。", f" {more} more to look at.") if more > 0 else Text("", "")
        if self.status == "suspect":
            return Text(
                f"“{name}”疑似不合规定，不宜直接采用：{worst.zh}{also.zh}",
                f"{name} is suspected to break a rule and should not be given as it is: {worst.en}{also.en}",
            )
        return Text(
            f"“{name}”须先核实：{worst.zh}{also.zh}", f"{name} needs a look first: {worst.en}{also.en}"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        one = self.candidate
        return {
            "name": one.name,
            "class": self.segments.entity_class,
            "class_label": class_label(self.segments.entity_class)._asdict(),
            "class_from": self.segments.class_from,
            "parts": self.segments.as_json(),
            "jurisdiction": one.jurisdiction,
            "unit": dict(self.unit) if self.unit else None,
            "place": None if self.place is None else {"lon": self.place.lon, "lat": self.place.lat},
            "status": self.status,
            "sentence": self.sentence._asdict(),
            "findings": [finding_json(finding) for finding in self.findings],
            "namesakes": [_namesake_json(same) for same in self.namesakes],
            "location": self.location.as_json(),
            "reading": dict(self.reading),
            "alternatives": [other.as_json() for other in self.alternatives],
            "notes": [one._asdict() for one in self.notes],
            "made": self.made.as_json(),
        }


def _clear(name: str, location: LocationFit) -> Text:
    if location.outcome == "unknown":
        return Text(
            f"“{name}”未发现不合规定之处；{location.text.zh}",
            f"Nothing was found against {name}. {location.text.en}",
        )
    return Text(
        f"“{name}”未发现不合规定之处，可以进入申报程序。",
        f"Nothing was found against {name}; the application can go ahead.",
    )


def _namesake_json(same: Namesake) -> dict[str, Any]:
    other = same.candidate
    return {
        "id": other.id,
        "layer": other.layer_id,
        "name": other.name,
        "class": other.entity_class,
        "grade": same.grade.value,
        "grade_label": same.grade.label._asdict(),
        "distance_m": same.distance_m,
        "scope": same.scope._asdict(),
        "scope_is_exact": same.scope_is_exact,
        "unsure": same.unsure,
        "lon": other.lon,
        "lat": other.lat,
    }
