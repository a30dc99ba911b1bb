"""Scenarios side by side."""

import shlex
from dataclasses import dataclass
from typing import Any

from gis.coverage.report import CoverageReport
from gis.coverage.rows import tidy
from gis.coverage.scenarios.adding import Contribution
from gis.coverage.scenarios.carrying import Carried
from gis.coverage.scenarios.difference import Difference
from gis.coverage.scenarios.scenario import Scenario
from gis.coverage.scenarios.what_if import totals
from gis.coverage.shown import Tabular


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One scenario against the situation as it is.

    Attributes
    ----------
    contributions
        What the changes to each facility add.
    facilities
        Every facility in service after the changes.
    """

    scenario: Scenario
    report: CoverageReport
    difference: Difference
    contributions: tuple[Contribution, ...]
    facilities: tuple[Carried, ...]

    def as_json(self, base: CoverageReport) -> dict[str, Any]:
        """Return JSON values; differences are against ``base``."""
        changed = self.difference.changed
        return {
            "scenario": {**self.scenario.as_json(), "version": self.scenario.version},
            "totals": totals(self.report),
            "numerator_difference": tidy(self.report.numerator - base.numerator),
            "share_difference": _less(self.report.share, base.share),
            "gained": tidy(self.difference.gained),
            "lost": tidy(self.difference.lost),
            "units_gained": [
                {"code": one.code, "name": one.name, "people": tidy(one.gained)} for one in changed if one.gained > 0
            ],
            "units_lost": [
                {"code": one.code, "name": one.name, "people": tidy(one.lost)} for one in changed if one.lost > 0
            ],
            "contributions": [one.as_json() for one in self.contributions],
            "facilities": [one.as_json() for one in self.facilities],
            "assumptions": [text._asdict() for text in self.report.assumptions],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ByDefinition:
    """Totals under a further definition: the situation as it is, and each scenario in order."""

    base: CoverageReport
    after: tuple[CoverageReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Tabular):
    """The situation as it is and scenarios side by side.

    Attributes
    ----------
    outages
        What every facility carries as things are.
    others
        Totals under further definitions.
    """

    base: CoverageReport
    outages: tuple[Carried, ...]
    compared: tuple[Compared, ...]
    others: tuple[ByDefinition, ...] = ()

    @property
    def command(self) -> str:
        """The command that compares again; its scenarios must still be kept as they were."""
        words = shlex.split(self.base.command)
        names = [one.scenario.name for one in self.compared]
        further = [word for one in self.others for word in ("--also", one.base.definition.id)]
        return shlex.join(
            ["fangyu", "scenarios", "compare", *names, "--layer", words[2], *words[3:], *further]
        )

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        base = self.base
        return {
            "request": base.request.as_json(),
            "definition": base.definition.as_json(),
            "measure": {"label": base.measure._asdict(), "unit": base.unit_of_measure},
            "base": totals(base),
            "scenarios": [one.as_json(base) for one in self.compared],
            "definitions": [
                {"base": totals(one.base), "scenarios": [totals(report) for report in one.after]}
                for one in self.others
            ],
            "rows": self._rows(),
            "outages": [one.as_json() for one in self.outages],
            "assumptions": [text._asdict() for text in base.assumptions],
            "norms": dict(base.norms),
            "provenance": dict(base.provenance),
            "command": self.command,
        }

    def _rows(self) -> list[dict[str, Any]]:
        """Return every unit: as it is, and under each scenario in order."""
        units = [{one.code: one for one in compared.difference.units} for compared in self.compared]
        return [
            {
                "code": row.code,
                "name": row.name,
                "level": row.level,
                "denominator": tidy(row.denominator),
                "numerator": tidy(row.numerator),
                "share": row.share,
                "scenarios": [
                    {
                        "numerator": tidy(of[row.code].served_after),
                        "share": of[row.code].after,
                        "difference": _less(of[row.code].after, row.share),
                        "gained": tidy(of[row.code].gained),
                        "lost": tidy(of[row.code].lost),
                    }
                    for of in units
                ],
            }
            for row in self.base.rows
        ]


def _less(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before
