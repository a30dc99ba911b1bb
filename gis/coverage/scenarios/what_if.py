"""The planner's question: these changes, what then?"""

from dataclasses import dataclass
from typing import Any

from gis.coverage.changes import Change
from gis.coverage.report import CoverageReport
from gis.coverage.rows import Row, tidy
from gis.coverage.scenarios.adding import CurvePoint, curve_of
from gis.coverage.scenarios.difference import Difference, difference_of
from gis.coverage.scenarios.standing import Standing

_GAPS_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The situation as it is, the one after changes, and what lies between them."""

    before: CoverageReport
    after: CoverageReport
    difference: Difference
    curve: tuple[CurvePoint, ...]

    def as_json(self) -> dict[str, Any]:
        """Return JSON values: totals before, the whole report after, units that changed, first gaps, curve."""
        changed = self.difference.changed
        return {
            "before": totals(self.before),
            "after": self.after.as_json(),
            "rows_changed": [one.as_json() for one in changed],
            "gained": tidy(self.difference.gained),
            "lost": tidy(self.difference.lost),
            "gaps": [_gap(row) for row in self.after.uncovered[:_GAPS_SHOWN]],
            "curve": [one.as_json() for one in self.curve],
        }


def what_if(base: Standing, changes: tuple[Change, ...], *, scenario: str = "") -> WhatIf:
    """Answer changes to what the workspace has, from a situation that was judged once.

    Everything is measured as ``cover`` measures it; only what depends on the facilities is measured again.

    Raises
    ------
    InputError
        When changes contradict each other or the layer.
    NotFoundError
        When a facility to be changed is not in the layer.
    """
    after = base.after(changes, scenario=scenario)
    return WhatIf(
        before=base.report,
        after=after.report,
        difference=difference_of(base, after),
        curve=curve_of(base, after),
    )


def totals(report: CoverageReport) -> dict[str, Any]:
    """Return the figures of a report over all rows, as JSON values."""
    return {
        "definition": report.definition.as_json(),
        "numerator": tidy(report.numerator),
        "denominator": tidy(report.denominator),
        "share": report.share,
        "people": report.people.as_json(),
        "band": [
            {"speed_m_s": speed, "numerator": tidy(served), "share": share}
            for speed, served, share in report.band
        ],
    }


def _gap(row: Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "people": tidy(row.denominator - row.numerator),
        "share": row.share,
        "reason": row.reason.as_json() if row.reason else None,
        "nearest": row.nearest.as_json() if row.nearest else None,
        "lon": row.lon,
        "lat": row.lat,
    }
