"""The gap list: every unit that is not covered, why, and the cheapest single remedy of each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.coverage.cover import outcome_of, report_of
from gis.coverage.gaps.effects import shortfall_of
from gis.coverage.gaps.effort import efforts
from gis.coverage.gaps.finding import Found, remedies_of
from gis.coverage.gaps.judged import Judged
from gis.coverage.gaps.reasons import LABELS, gap_of
from gis.coverage.gaps.unit_gaps import UnitGap, parts_of, point_gaps, unit_gap
from gis.coverage.people import People
from gis.coverage.provenance import provenance
from gis.coverage.report import CoverageReport
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import tidy
from gis.coverage.shown import Tabular
from gis.coverage.situation import prepare
from layers.norms import printed
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

_ROUNDING = 1e-6
_UNSURE = "capacity_unknown"
_NO_GAPS = ("no_people", "no_points")
_OF_THE_REPORT = ("definition", "request", "measure", "numerator", "denominator", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class GapReport(Tabular):
    """Who is not served, and what would help.

    Attributes
    ----------
    report
        The coverage report the list belongs to.
    gaps
        Units not covered, or points of demand not served; most people first, those of unknown number last.
    by_points
        Whether ``gaps`` lists points of demand.
    people
        Served, not served (of units that count as covered too) and unknown in all.
    parts
        People not served by the reason of the point they live at, most first; they add up to ``people.unserved``.
    unlisted_people
        Of them those in units that count as covered; 0 where points are listed.
    unsure_people
        People of whom nobody can say, because what is in reach does not tell what it holds; not among
        ``people.unserved``.
    norms
        Profile and values used, those of the coverage report first.
    provenance
        Program, layers and day; the layers of barriers and of places that stand are among them where they were used.
    """

    report: CoverageReport
    gaps: tuple[UnitGap, ...]
    by_points: bool
    people: People
    parts: tuple[tuple[str, float], ...]
    unlisted_people: float
    unsure_people: float
    assumptions: tuple[Text, ...]
    norms: dict[str, Any]
    provenance: dict[str, Any]
    command: str

    def as_json(self) -> dict[str, Any]:
        """Return JSON values; every text in both languages."""
        whole = self.report.as_json()
        return {
            **{name: whole[name] for name in _OF_THE_REPORT},
            "people": self.people.as_json(),
            "people_in_covered_units": tidy(self.unlisted_people),
            "by_points": self.by_points,
            "by_reason": self.by_reason(),
            "gaps": [one.as_json() for one in self.gaps],
            "assumptions": [text._asdict() for text in self.assumptions],
            "norms": self.norms,
            "provenance": self.provenance,
            "command": self.command,
        }

    def by_reason(self) -> list[dict[str, Any]]:
        """Count by reason, most people first: the people it keeps from being served, and the gaps it is main in.

        People are counted where they live, in units that count as covered too, so that they add up to all who are not
        served; None where the reason is that nobody knows them. Where what is in reach does not tell what it holds,
        people are those of whom nobody can say, beside all who are not served.
        """
        people = dict(self.parts)
        codes = dict.fromkeys((*people, *(one.reason.code for one in self.gaps)))
        if self.unsure_people > 0 and _UNSURE in codes and _UNSURE not in people:
            people[_UNSURE] = self.unsure_people
        counts = {code: sum(one.reason.code == code for one in self.gaps) for code in codes}
        order = sorted(codes, key=lambda code: (-people.get(code, 0.0), code))
        return [
            {
                "code": code,
                "label": LABELS[code]._asdict(),
                "gaps": counts[code],
                "people": tidy(people[code]) if code in people else None,
            }
            for code in order
        ]


def gap_list(
    workspace: "Workspace", request: CoverageRequest, progress: Progress = silent, *, by_points: bool = False
) -> GapReport:
    """List the units that are not covered, each with its reason and what would help.

    With ``by_points`` list the points of demand that are not served, each with its reason. Units where nobody is to
    be served are no gaps. Raises as ``cover`` does.
    """
    situation = prepare(workspace, request)
    progress(Text("计算可达范围", "Searching what is in reach"), 1, 3)
    judged = Judged(situation, outcome_of(situation))
    progress(Text("查找原因和补救办法", "Looking for reasons and remedies"), 2, 3)
    report = report_of(situation, judged.outcome)
    found = Found(remedies=())
    if by_points:
        listed = _points(judged)
    else:
        listed, found = _units(workspace, judged, report)
    more = printed(judged.situation.profile, found.norms)["values"]
    made = _made(workspace, judged, report, with_remedies=not by_points)
    progress(Text("查找原因和补救办法", "Looking for reasons and remedies"), 3, 3)
    return GapReport(
        report=report,
        gaps=tuple(sorted(listed, key=lambda one: (one.people is None, -(one.people or 0.0)))),
        by_points=by_points,
        people=report.people,
        parts=parts_of(judged, np.flatnonzero(judged.unserved > 0)),
        unlisted_people=_unlisted(judged, listed),
        unsure_people=_unsure(judged),
        assumptions=tuple(dict.fromkeys((*report.assumptions, *found.notes))),
        norms={**report.norms, "values": [*report.norms["values"], *more]},
        provenance=made,
        command=_command(report.command, by_points=by_points),
    )


def _unsure(judged: Judged) -> float:
    """Return the people of whom nobody can say, because what is in reach does not tell what it holds."""
    unjudged = judged.outcome.unjudged
    return 0.0 if unjudged is None else float((judged.people * unjudged[judged.plan.main]).sum())


def _unlisted(judged: Judged, listed: tuple[UnitGap, ...]) -> float:
    """Return the people not served whom no gap of the list holds: those of units that count as covered."""
    left = float(judged.unserved.sum()) - sum(people for one in listed for _, people in one.parts)
    return left if left > _ROUNDING else 0.0


def _made(
    workspace: "Workspace", judged: Judged, report: CoverageReport, *, with_remedies: bool
) -> dict[str, Any]:
    """Add to how the report was made the layers that reasons and remedies rest on."""
    severed = judged.outcome.severed
    hosts = efforts()["host_in_stock"].hosts.get(report.request.layer_id, ()) if with_remedies else ()
    used = (
        *(severed.barriers.layer_ids if severed else ()),
        *(one.partition(":")[0] for one in hosts),
    )
    more = provenance(workspace, used, on=judged.plan.on)["layers"]
    return {**report.provenance, "layers": {**report.provenance["layers"], **more}}


def _units(
    workspace: "Workspace", judged: Judged, report: CoverageReport
) -> tuple[tuple[UnitGap, ...], Found]:
    plan, outcome, supply = judged.plan, judged.outcome, judged.supply
    told = []
    for row in report.rows:
        points = judged.members(row.code)
        gap = gap_of(plan, outcome, supply, points, covered=row.covered)
        if gap.reason is not None and gap.reason.code not in _NO_GAPS:
            told.append((row, gap.reason, gap.point, points))
    shortfall = shortfall_of(
        judged.people,
        outcome.served[plan.main],
        judged.unserved,
        members=[points for _, _, _, points in told],
        least=judged.least,
    )
    found = remedies_of(workspace, judged, shortfall, [reason.code for _, reason, _, _ in told])
    listed = tuple(
        unit_gap(row, reason, judged, (point, points), remedies)
        for (row, reason, point, points), remedies in zip(told, found.remedies, strict=True)
    )
    return listed, found


def _points(judged: Judged) -> tuple[UnitGap, ...]:
    points = np.flatnonzero(judged.unserved > 0)
    frame, unit = judged.situation.units.frame, judged.demand.unit[points]
    codes, names = frame["code"].astype(str).tolist(), frame["name"].astype(str).tolist()
    units = [(codes[at], names[at]) if at >= 0 else ("", "") for at in unit.tolist()]
    return point_gaps(judged, points, units)


def _command(covering: str, *, by_points: bool) -> str:
    """Return the command line that lists the same: that of the coverage report, under its own name."""
    return covering.replace("fangyu cover ", "fangyu gaps ", 1) + (" --points" if by_points else "")
