"""Beds, floor area and land per head in every unit, held against the norm of the place and the day."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from gis.coverage.changes import Change
from gis.coverage.grounds import units_in
from gis.coverage.indicator_amounts import Found, facility_amounts, people_amounts, quarter_amounts
from gis.coverage.indicator_measures import MEASURES, Amount, Measure, Value, value_at
from gis.coverage.plan import Plan, plan_of
from gis.coverage.provenance import provenance
from gis.coverage.request import CoverageRequest
from gis.coverage.shown import Shown, Tabular
from gis.coverage.supply import supply_of
from gis.coverage.units import Units
from layers.errors import InputError, NotFoundError
from layers.norms import NormProfile, NormValue, load_profile, printed
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitIndicators:
    """The indicators of one unit, in the order of ``MEASURES``."""

    code: str
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReport(Tabular):
    """Indicators per unit and in all, against the norm.

    Attributes
    ----------
    norms
        Per measure the norm value in force, None where the profile has none.
    total
        The same over all units together.
    shown
        What it can be drawn on.
    """

    request: IndicatorRequest
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
            "indicators": [self._indicator(at, one) for at, one in enumerate(MEASURES)],
            "rows": [
                {
                    "code": row.code,
                    "name": row.name,
                    "indicators": {
                        one.id: value.as_json() for one, value in zip(MEASURES, row.values, strict=True)
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
            }
            for at, one in enumerate(MEASURES)
            for row, value in sorted(
                ((row, row.values[at]) for row in self.rows),
                key=lambda pair: (-(pair[1].deficit or 0.0), pair[0].code),
            )
            if value.deficit
        ]

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
            "units_judged": len(known),
            "units_below": sum(row.values[at].meets is False for row in self.rows),
            "units_unknown": sum(row.values[at].unsettled for row in self.rows) if norm else None,
        }


def indicators(workspace: "Workspace", request: IndicatorRequest) -> IndicatorReport:
    """Work out every indicator for every unit.

    Facilities that do not tell a figure and units without people are counted as unknown, never as zero; a value they
    could move says in which direction.

    Raises
    ------
    InputError
        When parameters (the zone too) are unknown or contradict each other.
    NotFoundError
        When there are no care facilities, or the profile or the layer of areas does not exist.
    """
    profile = load_profile(request.norms or workspace.settings.norm_profile)
    dated = replace(request.reach, on=request.on or workspace.day)
    units, plan = units_in(workspace, plan_of(dated, profile, has_roads=False))
    supply = supply_of(
        workspace.layer("care_facility"), on=plan.on, filters=dated.filters, changes=dated.changes
    )
    _check_zone(profile, request.zone)
    norms = [_norm(profile, one, request.zone, plan.on) for one in MEASURES]
    since = request.new_since or _since(norm for norm, _ in norms)
    found = (
        facility_amounts(supply, units, plan.request.by),
        people_amounts(workspace, plan, units),
        quarter_amounts(workspace, plan, units, since),
    )
    report = _report(workspace, request, (profile, norms), (units, plan, supply.assumptions), found)
    return replace(report, shown=Shown(units.frame, supply.frame))


def _report(
    workspace: "Workspace",
    request: IndicatorRequest,
    against: tuple[NormProfile, list[tuple[NormValue | None, Text | None]]],
    where: tuple[Units, Plan, tuple[Text, ...]],
    found: tuple[Found, ...],
) -> IndicatorReport:
    profile, norms = against
    units, plan, said = where
    amounts: dict[str, Amount] = {name: one for part in found for name, one in part.amounts.items()}
    layers = ("care_facility", "admin_unit", *(name for part in found for name in part.layers))
    notes = [*plan.assumptions, *said, *(note for part in found for note in part.notes), _elderly_note(plan)]
    return IndicatorReport(
        request=replace(request, by=plan.request.by, on=plan.on),
        norms=tuple(norm for norm, _ in norms),
        norm_notes=tuple(note for _, note in norms),
        rows=tuple(
            UnitIndicators(
                code=str(units.frame["code"].iloc[at]),
                name=str(units.frame["name"].iloc[at]),
                values=_values(amounts, at, norms),
            )
            for at in units.at(plan.request.by).tolist()
        ),
        total=_values(_over(amounts, units, plan), -1, norms),
        assumptions=tuple(dict.fromkeys(notes)),
        profile=profile,
        made=provenance(workspace, tuple(dict.fromkeys(layers)), on=plan.on),
    )


def _over(amounts: Mapping[str, Amount], units: Units, plan: Plan) -> dict[str, Amount]:
    """Take the total over the units of the level only."""
    members = units.at(plan.request.by)
    return {
        name: Amount(
            *(np.append(one, one[members].sum()) for one in (amount.sum, amount.told, amount.silent))
        )
        for name, amount in amounts.items()
    }


def _values(
    amounts: Mapping[str, Amount], at: int, norms: list[tuple[NormValue | None, Text | None]]
) -> tuple[Value, ...]:
    return tuple(value_at(one, amounts, at, norm) for one, (norm, _) in zip(MEASURES, norms, strict=True))


def _check_zone(profile: NormProfile, zone: str) -> None:
    """Refuse a zone that no indicator has a value for."""
    params = {one.param for one in MEASURES if not one.applies_to}
    zones = sorted({one.applies_to for one in profile.values if one.param in params and one.applies_to})
    if not zone or zone in zones:
        return
    hint = (
        Text(f"可用：{'、'.join(zones)}。", f"Zones: {', '.join(zones)}.")
        if zones
        else Text("这套方案没有分区取值，请去掉分区。", "It has no values by zone: leave the zone out.")
    )
    raise InputError(
        Text(
            f"规范方案“{profile.id}”没有分区“{zone}”。", f"Norm profile {profile.id!r} has no zone {zone!r}."
        ),
        hint,
    )


def _norm(profile: NormProfile, one: Measure, zone: str, on: date) -> tuple[NormValue | None, Text | None]:
    """Return the value in force, of the zone where it has one; else why there is none."""
    others = sorted({v.applies_to for v in profile.values if v.param == one.param and v.applies_to})
    wanted = zone if zone in others and not one.applies_to else one.applies_to
    try:
        norm = profile.value(one.param, applies_to=wanted, on=on)
    except NotFoundError:
        return None, Text(
            f"规范方案“{profile.id}”在 {on} 没有这一项的取值，只列数值，不判达标。",
            f"Norm profile {profile.id!r} has no value of it on {on}: the figure is given, not judged.",
        )
    if others and not wanted and not one.applies_to:
        names, english = "、".join(others), ", ".join(others)
        if zone:
            return norm, Text(
                f"本项不按 {zone} 分区（分区是 {names}），取通用值。",
                f"It has no value for {zone} (its zones are {english}): the general one counts.",
            )
        return norm, Text(f"另有分区取值，用 zone 指明：{names}。", f"There are values by zone: {english}.")
    return norm, None


def _since(norms: Any) -> date | None:  # noqa: ANN401 - any iterable of norm values
    """Return the day the norm of new quarters took effect, None where it does not say."""
    days = [one.effective_from for one in norms if one is not None and one.applies_to == "new_quarter"]
    return min((day for day in days if day is not None), default=None)


def _elderly_note(plan: Plan) -> Text:
    return Text(
        f"“老人”按 {plan.request.population_field} 计；规范未写明年龄口径时请核对（多为60岁以上）。",
        f"Older people are {plan.request.population_field}; where a norm names no age it is mostly 60 and over.",
    )
