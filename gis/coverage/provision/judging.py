"""Beds, floor area, land and single sites in every unit, held against the norm of the place and the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.grounds import units_in
from gis.coverage.plan import Plan, plan_of
from gis.coverage.provenance import provenance
from gis.coverage.provision.amounts import Found, facility_amounts, people_amounts, quarter_amounts
from gis.coverage.provision.measures import Known, Measure
from gis.coverage.provision.report import IndicatorReport, UnitIndicators
from gis.coverage.provision.request import IndicatorRequest
from gis.coverage.provision.sites import (
    care_sites,
    meal_sites,
    shelter_sites,
    sites_of,
    without_village_kinds,
)
from gis.coverage.provision.table import MEASURES
from gis.coverage.provision.values import Amount, Value
from gis.coverage.shown import Shown
from gis.coverage.supply import supply_of
from gis.coverage.units import Units
from layers.errors import InputError, NotFoundError
from layers.norms import NormProfile, NormValue, load_profile
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Held:
    """A measure with the norm it is held against, or why there is none."""

    measure: Measure
    norm: NormValue | None
    note: Text | None


def indicators(workspace: "Workspace", request: IndicatorRequest) -> IndicatorReport:
    """Work out every indicator for every unit.

    Facilities that do not tell a figure and units without people are counted as unknown, never as zero; a value they
    could move says in which direction. What a norm asks of every single site or village is held against each, and
    only where the profile has such a norm.

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
    held = _held(profile, request.zone, plan.on)
    since = request.new_since or _since(one.norm for one in held)
    found = (
        facility_amounts(supply, units, plan.request.by),
        people_amounts(workspace, plan, units),
        quarter_amounts(workspace, plan, units, since),
        care_sites(supply, units, plan.request.by),
        *_asked_for(held, workspace, plan, units),
    )
    report = _report(workspace, request, (profile, held), (units, plan, supply.assumptions), found)
    return replace(report, shown=Shown(units.frame, supply.frame))


def _held(profile: NormProfile, zone: str, on: date) -> list[_Held]:
    """Take the measures of a report, each with its norm."""
    every = (_Held(one, *_norm(profile, one, zone, on)) for one in MEASURES)
    return [one for one in every if one.measure.always or one.norm is not None]


def _asked_for(held: Sequence[_Held], workspace: "Workspace", plan: Plan, units: Units) -> list[Found]:
    """Read the layers of meal points and shelters, and mind the kinds of villages, only where a norm speaks of them."""
    params = {one.measure.param for one in held if not one.measure.always}
    found = []
    if "meal_point_diners_min" in params:
        found.append(meal_sites(workspace, plan, units))
    if "shelter_capacity_min" in params:
        found.append(shelter_sites(workspace, plan, units))
    if "care_facilities_per_village_min" in params or any(
        one.measure.applies_to == "village" for one in held
    ):
        found.append(Found({}, without_village_kinds(units), ()))
    return found


def _report(
    workspace: "Workspace",
    request: IndicatorRequest,
    against: tuple[NormProfile, list[_Held]],
    where: tuple[Units, Plan, tuple[Text, ...]],
    found: tuple[Found, ...],
) -> IndicatorReport:
    profile, held = against
    units, plan, said = where
    known = Known({name: one for part in found for name, one in part.amounts.items()}, sites_of(found))
    layers = ("care_facility", "admin_unit", *(name for part in found for name in part.layers))
    notes = [*plan.assumptions, *said, *(note for part in found for note in part.notes), _elderly_note(plan)]
    return IndicatorReport(
        request=replace(request, by=plan.request.by, on=plan.on),
        measures=tuple(one.measure for one in held),
        norms=tuple(one.norm for one in held),
        norm_notes=tuple(one.note for one in held),
        rows=tuple(
            UnitIndicators(
                code=str(units.frame["code"].iloc[at]),
                name=str(units.frame["name"].iloc[at]),
                values=_values(known, at, held),
            )
            for at in units.at(plan.request.by).tolist()
        ),
        total=_values(Known(_over(known, units, plan), known.sites), -1, held),
        assumptions=tuple(dict.fromkeys(notes)),
        profile=profile,
        made=provenance(workspace, tuple(dict.fromkeys(layers)), on=plan.on),
    )


def _over(known: Known, units: Units, plan: Plan) -> dict[str, Amount]:
    """Take the total over the units of the level only."""
    members = units.at(plan.request.by)
    return {
        name: Amount(
            *(np.append(one, one[members].sum()) for one in (amount.sum, amount.told, amount.silent))
        )
        for name, amount in known.amounts.items()
    }


def _values(known: Known, at: int, held: Sequence[_Held]) -> tuple[Value, ...]:
    return tuple(one.measure.value_at(known, at, one.norm) for one in held)


def _check_zone(profile: NormProfile, zone: str) -> None:
    """Refuse a zone that no indicator has a value for."""
    params = {one.param for one in MEASURES if one.always and not one.applies_to}
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
    others = others if one.always else []
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


def _since(norms: Iterable[NormValue | None]) -> date | None:
    """Return the day the norm of new quarters took effect, None where it does not say."""
    days = [one.effective_from for one in norms if one is not None and one.applies_to == "new_quarter"]
    return min((day for day in days if day is not None), default=None)


def _elderly_note(plan: Plan) -> Text:
    return Text(
        f"“老人”按 {plan.request.population_field} 计；规范未写明年龄口径时请核对（多为60岁以上）。",
        f"Older people are {plan.request.population_field}; where a norm names no age it is mostly 60 and over.",
    )
