"""What is asked of the indicators of supply."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gis.coverage.changes import Change
from gis.coverage.request import CoverageRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRequest:
    """What is asked.

    Attributes
    ----------
    by
        Level of the rows, or a layer of areas, as for coverage.
    on
        Day on which facilities must be in service and norms in force; None is today.
    population_field
        Who counts as older people.
    norms
        Norm profile; None takes the workspace's own.
    zone
        Part of the jurisdiction with values of its own, as the norms name it in ``applies_to`` (``inner``).
    new_since
        Day from which delivered quarters count as new; None takes the day the norm took effect, where it says.
    where, changes
        Which facilities count, and changes to them, as for coverage.
    """

    by: str = "town"
    on: date | None = None
    population_field: str = "pop_65_plus"
    norms: str | None = None
    zone: str = ""
    new_since: date | None = None
    where: Mapping[str, str] | tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        """Keep ``where`` as pairs, so that a request can be compared and hashed."""
        pairs = self.where.items() if isinstance(self.where, Mapping) else self.where
        object.__setattr__(self, "where", tuple((str(name), str(value)) for name, value in pairs))

    @property
    def reach(self) -> CoverageRequest:
        """The same as a question of coverage: facilities, units and people; its distance is of no account."""
        return CoverageRequest(
            definition="C5",
            within_m=1.0,
            by=self.by,
            on=self.on,
            population_field=self.population_field,
            where=self.where,
            norms=self.norms,
            changes=self.changes,
        )

    def as_json(self) -> dict[str, Any]:
        """Return every parameter as JSON values."""
        return {
            "by": self.by,
            "on": self.on.isoformat() if self.on else None,
            "population_field": self.population_field,
            "norms": self.norms,
            "zone": self.zone,
            "new_since": self.new_since.isoformat() if self.new_since else None,
            "where": dict(self.reach.filters),
            "changes": [one.as_json() for one in self.changes],
        }

    def command(self) -> str:
        """Return the command line that asks the same."""
        words = ["fangyu", "access", "--indicators", "--by", self.by]
        for option, value in (
            ("--on", self.on),
            ("--population-field", self.population_field),
            ("--norms", self.norms),
            ("--zone", self.zone or None),
            ("--new-since", self.new_since),
        ):
            words += [] if value is None else [option, str(value)]
        words += [word for name, value in self.reach.filters for word in ("--where", f"{name}={value}")]
        words += [word for one in self.changes for word in (f"--{one.action}", one.written())]
        return shlex.join(words)
