"""Everything a planning set prints, computed once: coverage, gaps, indicators, sites, and who is where."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from gis.coverage import (
    CoverageReport,
    CoverageRequest,
    CoverageSet,
    GapReport,
    IndicatorReport,
    IndicatorRequest,
    SiteReport,
    SiteRequest,
    cover_several,
    gap_list,
    indicators,
    place_sites,
)
from gis.coverage.changes import Change
from gis.coverage.scenarios import load_scenario
from gis.coverage.supply import Supply, supply_of
from gis.coverage.units import Units, units_of
from layers.errors import InputError, NotFoundError
from layers.specs import spec_of
from layers.text import Lang, Text, counted
from web.planning_set.effects import Effect, effect_of
from web.planning_set.figures import Figures
from web.planning_set.request import USUAL_LAYERS, PlanningSetRequest
from web.planning_set.steps import Steps, part_of

if TYPE_CHECKING:
    from layers.workspace import Workspace

_COVERAGE = Text("测算覆盖", "Measuring coverage")
_EFFECTS = Text("对比变动前后", "Comparing before and after")
_GAPS = Text("查找缺口和补救", "Looking for gaps and remedies")
_INDICATORS = Text("计算指标", "Working out indicators")
_SITES = Text("选址", "Placing sites")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A facility in service: its number on every map, and what a list says of it."""

    number: int
    row: Mapping[Any, Any]
    lon: float
    lat: float
    town: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was computed.

    Attributes
    ----------
    layers
        Services in the order of print.
    matrix
        Every definition, tier and service; ``tiers`` are its reports by C6, by service, narrowest first.
    gaps
        By service, at the widest tier.
    indicators
        None where there is no layer of care facilities; ``no_indicators`` says why.
    near, far
        Sites of the two terms; None where none were asked for.
    effects
        What the changes do, by service; empty where the set shows things as they are.
    facilities
        By service; ``town`` of each is an index into ``units``, -1 for none.
    towns
        Indices of the towns in ``units``.
    """

    workspace: "Workspace"
    request: PlanningSetRequest
    lang: Lang
    on: date
    figures: Figures
    layers: tuple[str, ...]
    matrix: CoverageSet
    tiers: Mapping[str, tuple[CoverageReport, ...]]
    gaps: Mapping[str, GapReport]
    indicators: IndicatorReport | None
    no_indicators: Text | None
    near: SiteReport | None
    far: SiteReport | None
    units: Units
    towns: tuple[int, ...]
    effects: Mapping[str, Effect]
    facilities: Mapping[str, tuple[Facility, ...]]

    @property
    def service(self) -> Mapping[str, Text]:
        """What each service is called."""
        return {one: spec_of(one).label for one in self.layers}

    @property
    def state(self) -> Text:
        """What the set shows: things as they are, after a saved scenario, or after changes nobody saved."""
        count, name = sum(len(one.changes) for one in self.effects.values()), self.request.scenario
        if not count:
            return Text("现状，没有方案变动", "things as they are, without changes")
        if name and not self.request.changes:
            return Text(
                f"方案“{name}”变动之后（{count} 项变动）",
                f"after scenario {name!r} ({counted(count, 'change')})",
            )
        if name:
            return Text(f"方案“{name}”和另外的变动之后（共 {count} 项变动）",
                        f"after scenario {name!r} and further changes ({counted(count, 'change')} in all)")  # fmt: skip
        return Text(
            f"变动之后（{count} 项变动，没有存为方案）",
            f"after {counted(count, 'change')} not saved as a scenario",
        )

    @property
    def widest(self) -> float:
        """Minutes of the widest tier."""
        return self.request.within_min[-1]


def steps_of(request: PlanningSetRequest) -> int:
    """Count the steps that ``gathered`` goes through."""
    changed = bool(request.scenario or request.changes)
    return 3 + changed + (request.sites is not None) + (request.far_sites is not None)


def gathered(workspace: "Workspace", request: PlanningSetRequest, steps: Steps, lang: Lang) -> Gathered:
    """Compute everything, step by step.

    Raises
    ------
    NotFoundError
        When none of the services has data, a named one has none, or there is nobody to be served.
    InputError
        When the scenario is about another service, or a question contradicts itself.
    """
    layers = _layers(workspace, request)
    changes = _changes(workspace, request, layers)
    asked = [one for layer in layers for one in request.matrix(layer, changes.get(layer, ()))]
    matrix = cover_several(workspace, asked, steps.next(_COVERAGE), leave_out=True)
    tiers = {layer: _tiers(matrix, layer) for layer in layers}
    effects = _effects(workspace, request, changes, steps)
    reaches = {one: request.reach(one, request.within_min[-1], changes.get(one, ())) for one in layers}
    gaps, telling = {}, steps.next(_GAPS)
    for at, layer in enumerate(layers):
        gaps[layer] = gap_list(workspace, reaches[layer], part_of(telling, at, len(layers)))
    steps.next(_INDICATORS)
    told, why = _indicators(workspace, request, changes.get("care_facility", ()))
    near, far = _sites(workspace, request, reaches[layers[0]], steps)
    on = request.on or workspace.day
    units = units_of(workspace.layer_or_none("admin_unit"), on=on, settings=workspace.settings)
    public = request.profile == "public"
    return Gathered(
        workspace=workspace,
        request=request,
        lang=lang,
        on=on,
        figures=Figures(public, workspace.settings.public_min_count, lang),
        layers=layers,
        matrix=matrix,
        tiers=tiers,
        gaps=gaps,
        indicators=told,
        no_indicators=why,
        near=near,
        far=far,
        units=units,
        towns=tuple(units.at("town").tolist()),
        effects=effects,
        facilities={one: _facilities(workspace, one, units, on, changes.get(one, ())) for one in layers},
    )


def _layers(workspace: "Workspace", request: PlanningSetRequest) -> tuple[str, ...]:
    if request.layers:
        for one in request.layers:
            workspace.layer(one)
        return request.layers
    filled = set(workspace.store.layer_ids())
    found = tuple(one for one in USUAL_LAYERS if one in filled)
    if not found:
        raise NotFoundError(
            Text("没有养老设施，也没有助餐点，没有可编的图册。",
                 "There are neither care facilities nor meal points: nothing to make a planning set of."),
            Text("先导入：fangyu import care_facility 文件名。", "Import some: fangyu import care_facility FILE."),
        )  # fmt: skip
    return found


def _changes(
    workspace: "Workspace", request: PlanningSetRequest, layers: tuple[str, ...]
) -> dict[str, tuple[Change, ...]]:
    """Give the changes by service: those of the scenario first."""
    changes = {layers[0]: request.changes} if request.changes else {}
    if request.scenario:
        saved = load_scenario(workspace, request.scenario)
        if saved.layer_id not in layers:
            raise InputError(
                Text(f"方案“{request.scenario}”说的是图层 {saved.layer_id}，没有问到它。",
                     f"Scenario {request.scenario!r} is about layer {saved.layer_id}, which is not asked for."),
                Text(f"请加 --layer {saved.layer_id}。", f"Add --layer {saved.layer_id}."),
            )  # fmt: skip
        changes[saved.layer_id] = (*saved.changes, *changes.get(saved.layer_id, ()))
    return changes


def _effects(
    workspace: "Workspace",
    request: PlanningSetRequest,
    changes: Mapping[str, tuple[Change, ...]],
    steps: Steps,
) -> dict[str, Effect]:
    if not request.scenario and not request.changes:
        return {}
    telling = steps.next(_EFFECTS)
    return {
        layer: effect_of(
            workspace, tuple(request.reach(layer, one, some) for one in request.within_min), telling
        )
        for layer, some in changes.items()
    }


def _tiers(matrix: CoverageSet, layer: str) -> tuple[CoverageReport, ...]:
    """Take the reports by C6 of a service; where there are no roads they say C5."""
    return tuple(
        one for one in matrix.reports if one.request.layer_id == layer and one.request.definition == "C6"
    )


def _indicators(
    workspace: "Workspace", request: PlanningSetRequest, changes: tuple[Change, ...]
) -> tuple[IndicatorReport | None, Text | None]:
    asked = IndicatorRequest(
        by="town",
        on=request.on,
        population_field=request.population_field,
        norms=request.norms,
        changes=changes,
    )
    try:
        return indicators(workspace, asked), None
    except (NotFoundError, InputError) as why:
        return None, why.message


def _sites(
    workspace: "Workspace", request: PlanningSetRequest, reach: CoverageRequest, steps: Steps
) -> tuple[SiteReport | None, SiteReport | None]:
    """Place the sites of the near term, then those of the far term with the near ones standing."""
    if request.sites is None:
        return None, None
    near = place_sites(workspace, SiteRequest(reach=reach, sites=request.sites), steps.next(_SITES))
    if request.far_sites is None:
        return near, None
    after = replace(reach, changes=(*reach.changes, *near.changes))
    further = SiteRequest(reach=after, sites=request.far_sites)
    return near, place_sites(workspace, further, steps.next(_SITES))


def _facilities(
    workspace: "Workspace", layer_id: str, units: Units, on: date, changes: tuple[Change, ...]
) -> tuple[Facility, ...]:
    supply = supply_of(workspace.layer(layer_id), on=on, changes=changes)
    towns = _towns_of(units, supply)
    rows = pd.DataFrame(supply.frame.drop(columns="geometry")).astype(object)
    rows = rows.where(rows.notna(), None)
    return tuple(
        Facility(number=at + 1, row=row, lon=float(supply.lon[at]), lat=float(supply.lat[at]), town=towns[at])
        for at, row in enumerate(rows.to_dict("records"))
    )


def _towns_of(units: Units, supply: Supply) -> list[int]:
    if units.whole or not len(units.at("town")):
        return [-1] * len(supply)
    codes = supply.frame["unit_code"] if "unit_code" in supply.frame else [None] * len(supply)
    known = [None if pd.isna(one) else one for one in codes]
    return [int(one) for one in units.locate(supply.lon, supply.lat, known, "town")]
