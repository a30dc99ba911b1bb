"""Several services, definitions and tiers at once: one report each, one summary, and the common work done once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gis.coverage.cover import cover_in
from gis.coverage.definitions import UNIT_DEFINITIONS
from gis.coverage.grounds import units_in
from gis.coverage.plan import plan_of
from gis.coverage.report import CoverageReport
from gis.coverage.request import CoverageRequest
from gis.coverage.rows import tidy
from gis.coverage.situation import Situation, made_of, prepare, sloping
from gis.coverage.supply import supply_of
from layers.errors import FangyuError, InputError, NotFoundError
from layers.progress import Progress, silent
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

_KINDS = {
    "C6": "people by road",
    "C7": "people by road",
    "C8": "people by road",
    "C1": "units",
    "C2": "units",
}


@dataclass(frozen=True, slots=True)
class NotComputed:
    """A question that could not be answered, and why."""

    request: CoverageRequest
    why: FangyuError

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "layer": self.request.layer_id,
            "definition": self.request.definition,
            "why": self.why.message._asdict(),
        }


@dataclass(frozen=True, slots=True)
class CoverageSet:
    """Reports in the order they were asked for, and what could not be computed."""

    reports: tuple[CoverageReport, ...]
    not_computed: tuple[NotComputed, ...] = ()

    @property
    def summary(self) -> tuple[dict[str, Any], ...]:
        """One line per report: service, definition, limit, share with its band, people, units covered."""
        return tuple(_line(one) for one in self.reports)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What keeps the lines of the summary from being held against each other."""
        shrunk = [
            one for one in self.reports if one.definition.id == "C5" and one.request.within_min is not None
        ]
        by_road = any(
            one.definition.id == "C6" and one.request.within_min is not None for one in self.reports
        )
        return (_DETOUR_NOTE,) if shrunk and by_road else ()

    def as_json(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "summary": list(self.summary),
            "notes": [one._asdict() for one in self.notes],
            "not_computed": [one.as_json() for one in self.not_computed],
            "reports": [one.as_json() for one in self.reports],
        }


_DETOUR_NOTE = Text(
    "按时间算的 C5，直线半径是路程除以绕行系数，比同一时间的 C6 路程短，所以有的单元 C6 会高于 C5；"
    "按同一距离（--within-m）算时 C6 不会超过 C5。",
    "By time, the straight radius of C5 is the distance by road divided by the detour factor, so that in some units C6 "
    "may exceed C5; by the same distance (--within-m) it never does.",
)


def _line(report: CoverageReport) -> dict[str, Any]:
    asked = report.request
    return {
        "layer": asked.layer_id,
        "definition": report.definition.id,
        "label": report.definition.label._asdict(),
        "within_min": asked.within_min,
        "within_m": asked.within_m,
        "limit_m": None if report.limit_m is None else round(report.limit_m, 1),
        "limit": report.limit._asdict(),
        "mode": asked.mode,
        "scenario": asked.scenario,
        "measure": {"label": report.measure._asdict(), "unit": report.unit_of_measure},
        "numerator": tidy(report.numerator),
        "denominator": tidy(report.denominator),
        "share": report.share,
        "band_share": report.band_share,
        "people": report.people.as_json(),
        "units_covered": sum(row.covered for row in report.rows),
        "units": len(report.rows),
    }


def by_definitions(limits: Sequence[CoverageRequest], definitions: Sequence[str]) -> list[CoverageRequest]:
    """Ask questions that differ in their limits by several definitions; without any, as they are.

    Among several definitions C1 and C2 are asked once, without a limit: they know none.
    """
    if not definitions:
        return list(limits)
    wanted: list[CoverageRequest] = []
    for one in dict.fromkeys(definitions):
        if one in UNIT_DEFINITIONS and len(definitions) > 1:
            wanted.append(replace(limits[0], definition=one, within_min=None, within_m=None))
        else:
            wanted += [replace(limit, definition=one) for limit in limits]
    if len(definitions) > 1:
        wanted = [one if one.definition == "C8" else replace(one, kernel=None) for one in wanted]
    return wanted


def cover_several(
    workspace: "Workspace",
    requests: Sequence[CoverageRequest],
    progress: Progress = silent,
    *,
    leave_out: bool = False,
) -> CoverageSet:
    """Compute several reports; people, units and roads that questions share are taken once.

    Parameters
    ----------
    leave_out
        Go on where a question cannot be answered (no buildings, no capacity, a contradiction) and list it.

    Raises
    ------
    InputError, NotFoundError
        As ``cover`` does; with ``leave_out`` only when no question at all can be answered, or none is asked.
    """
    if not requests:
        raise InputError(Text("没有要测算的内容。", "There is nothing to measure."))
    kept: dict[tuple[object, ...], Situation] = {}
    reports, failed = [], []
    for at, request in enumerate(requests):
        progress(Text("准备道路、人口和设施", "Preparing roads, people and facilities"), at, len(requests))
        try:
            here = _situation(workspace, request, kept)
            progress(Text("测算覆盖", "Measuring coverage"), at, len(requests))
            reports.append(cover_in(here))
        except (InputError, NotFoundError) as why:
            if not leave_out:
                raise
            failed.append(NotComputed(request, why))
    if not reports:
        raise failed[0].why
    progress(Text("测算覆盖", "Measuring coverage"), len(requests), len(requests))
    return CoverageSet(tuple(reports), tuple(failed))


def _situation(
    workspace: "Workspace", request: CoverageRequest, kept: dict[tuple[object, ...], Situation]
) -> Situation:
    """Prepare a question, from another one that counts the same in the same place where there was one."""
    asked = request.definition or ("C5" if request.travel == "straight" else "C6")
    key = (
        _KINDS.get(asked, asked), request.by, request.on, request.population_field, request.travel, request.mode,
        request.norms, request.barriers, request.slope,
    )  # fmt: skip
    base = kept.get(key)
    if base is None:
        kept[key] = prepare(workspace, request)
        return kept[key]
    return _asking(workspace, base, request)


def _asking(workspace: "Workspace", base: Situation, request: CoverageRequest) -> Situation:
    dated = replace(request, on=base.plan.on)
    plan = sloping(plan_of(dated, base.profile, has_roads=base.network is not None), base.network)
    if plan.request.by != base.plan.request.by:
        plan = units_in(workspace, plan)[1]
    same = request.layer_id == base.plan.request.layer_id
    layer = base.layer if same else workspace.layer(request.layer_id)
    supply = supply_of(layer, on=plan.on, filters=request.filters, changes=request.changes)
    here = replace(base, plan=plan, layer=layer, supply=supply)
    return replace(here, made=made_of(workspace, here))
