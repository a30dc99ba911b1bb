"""Indicators per unit and in all, against the norm."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gis.coverage.provision.measures import Measure
from gis.coverage.provision.request import IndicatorRequest
from gis.coverage.provision.values import Bound, Value, bound_of
from gis.coverage.shown import Shown, Tabular
from layers.norms import NormProfile, NormValue, printed
from layers.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitIndicators:
    """The indicators of one unit, in the order of the report's ``measures``."""

    code: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReport(Tabular):
    """Indicators per unit and in all, against the norm.

    Attributes
    ----------
    measures
        The indicators: those that say something without a norm, and those the profile has a norm for on the day.
    norms
        Per measure the norm value in force, None where the profile has none.
    total
        The same over all units together.
    shown
        What it can be drawn on.
    """

    request: IndicatorRequest
    measures: tuple[Measure, ...]
    norms: tuple[NormValue | None, ...]
    norm_notes: tuple[Text | None, ...]
    rows: tuple[UnitIndicators, ...]
    total: tuple[Value, ...]
    assumptions: tuple[Text, ...]
    profile: NormProfile
    made: Mapping[str, Any] = field(repr=False)
    shown: Shown | None = field(default=None, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "request": self.request.as_json(),
            "indicators": [self._indicator(at, one) for at, one in enumerate(self.measures)],
            "rows": [
                {
                    "code": row.code,
                    "name": row.name,
                    "indicators": {
                        one.id: value.as_json() for one, value in zip(self.measures, row.values, strict=True)
                    },
                }
                for row in self.rows
            ],
            "deficits": self.deficits(),
            "assumptions": [one._asdict() for one in self.assumptions],
            "norms": printed(self.profile, [one for one in self.norms if one is not None]),
            "provenance": self.made,
            "command": self.request.command(),
        }

    def deficits(self) -> list[dict[str, Any]]:
        """List what lacks where, indicator by indicator, the most first."""
        return [
            {
                "code": row.code,
                "name": row.name,
                "indicator": one.id,
                "deficit": round(value.deficit, 2),
                "unit": one.deficit_unit,
                "bound": value.bound,
                "deficit_bound": value.deficit_bound,
            }
            for at, one in enumerate(self.measures)
            for row, value in sorted(
                ((row, row.values[at]) for row in self.rows),
                key=lambda pair: (-(pair[1].deficit or 0.0), pair[0].code),
            )
            if value.deficit
        ]

    def sum_bound(self, at: int) -> Bound:
        """Say in which direction what is not known could move the sum of the deficits of all units."""
        values = [row.values[at] for row in self.rows]
        told = [one.deficit_bound for one in values if one.deficit is not None]
        unheard = any(one.deficit is None and one.silent_top + one.silent_bottom > 0 for one in values)
        return bound_of(
            may_rise=unheard or bool({"at_least", "unsure"} & set(told)),
            may_fall=bool({"at_most", "unsure"} & set(told)),
        )

    def _indicator(self, at: int, one: Measure) -> dict[str, Any]:
        norm, note = self.norms[at], self.norm_notes[at]
        lacking = [row.values[at].deficit for row in self.rows]
        known = [value for value in lacking if value is not None]
        return {
            "id": one.id,
            "label": one.label._asdict(),
            "unit": one.unit,
            "deficit_unit": one.deficit_unit,
            "norm": norm.as_json() if norm else None,
            "norm_note": note._asdict() if note else None,
            "total": self.total[at].as_json(),
            "sum_of_deficits": round(sum(known), 2) if known else None,
            "sum_of_deficits_bound": self.sum_bound(at) if known else None,
            "units_judged": len(known),
            "units_below": sum(row.values[at].meets is False for row in self.rows),
            "units_unknown": sum(row.values[at].unsettled for row in self.rows) if norm else None,
        }
