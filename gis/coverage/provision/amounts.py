"""What a workspace has of beds, floor area, land and people, summed per unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from gis.coverage.grounds import demand_in
from gis.coverage.plan import Plan
from gis.coverage.provision.values import Amount, Sites, paired, summed
from gis.coverage.supply import Supply, points_of
from gis.coverage.units import Units
from gis.kernels.arrays import Flags, Floats, Ints
from layers.crs import to_metric
from layers.errors import NotFoundError
from layers.text import Text, counted

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Found:
    """Amounts and sites by name, what had to be assumed, and the layers they come from."""

    amounts: Mapping[str, Amount]
    notes: tuple[Text, ...]
    layers: tuple[str, ...]
    sites: Mapping[str, Sites] = field(default_factory=dict)


def facility_amounts(supply: Supply, units: Units, level: str) -> Found:
    """Sum beds, nursing beds, floor area and land of the facilities in service.

    Land is the area of a facility that is drawn as one; of a point it is not known.
    """
    frame, size = supply.frame, len(units.frame)
    unit = units.locate(supply.lon, supply.lat, frame["unit_code"].tolist(), level)
    beds, nursing = numbers(frame, "beds"), numbers(frame, "nursing_beds")
    nursing_paired, beds_paired = paired(nursing, beds)
    values = {
        "beds": beds,
        "nursing_beds": nursing_paired,
        "beds_paired": beds_paired,
        "area_m2": numbers(frame, "area_m2"),
        "land_m2": drawn_land_m2(frame),
    }
    nowhere = int(((unit < 0) & np.isnan(supply.lon)).sum())
    outside = int((unit < 0).sum()) - nowhere
    return Found(
        {name: summed(one, unit, size) for name, one in values.items()}, _placing(nowhere, outside), ()
    )


def _placing(nowhere: int, outside: int) -> tuple[Text, ...]:
    notes = []
    if nowhere:
        notes.append(
            Text(
                f"{nowhere} 处设施没有位置也没有村居代码，不知属于哪个单元，没有计入。",
                f"{counted(nowhere, 'facility has', 'facilities have')} neither place nor unit code: in which "
                "unit they are is unknown; left out.",
            )
        )
    if outside:
        notes.append(
            Text(
                f"{outside} 处设施在所有单元之外，没有计入。",
                f"{counted(outside, 'facility lies', 'facilities lie')} outside every unit and were left out.",
            )
        )
    return tuple(notes)


def people_amounts(workspace: "Workspace", plan: Plan, units: Units) -> Found:
    """Sum older people (the request's field) and residents; where a figure is nowhere, every unit's is unknown."""
    size = len(units.frame)
    amounts: dict[str, Amount] = {}
    notes: list[Text] = []
    layers: list[str] = []
    for name, heads in (("elderly", plan.request.population_field), ("residents", "population")):
        asked = replace(plan, request=replace(plan.request, population_field=heads))
        try:
            demand = demand_in(workspace, asked, units)
        except NotFoundError:
            demand = None
        if demand is None or demand.unit_of_measure != "人":
            nobody = np.append(np.zeros(size), 0.0)
            amounts[name] = Amount(nobody, nobody.astype(int), np.ones(size + 1, int))
            notes.append(
                Text(
                    f"没有 {heads}（人数），有关指标未知。",
                    f"There is no {heads}: what needs it is unknown.",
                )
            )
            continue
        amounts[name] = summed(demand.weight, demand.unit, size)
        notes += demand.assumptions
        layers += demand.layers
    return Found(amounts, tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(layers)))


def quarter_amounts(workspace: "Workspace", plan: Plan, units: Units, since: date | None) -> Found:
    """Sum care floor area and households of quarters, new and existing apart.

    New is delivered on ``since`` or later; without it every quarter counts as existing. A quarter whose date is not
    known is unknown on both sides. Quarters not delivered yet are left out.
    """
    layer = workspace.layer_or_none("residential_quarter")
    if layer is None or not len(layer):
        return Found(*_no_quarters(len(units.frame)), ())
    frame, on = layer.frame, pd.Timestamp(plan.on)
    delivered = ~(frame["delivered_on"] > on).to_numpy(bool)
    dated = frame["delivered_on"].notna().to_numpy(bool)
    new = np.zeros(len(frame), bool)
    if since is not None:
        new = (frame["delivered_on"] >= pd.Timestamp(since)).to_numpy(bool)
    undated = ~dated if since is not None else np.zeros(len(frame), bool)
    lon, lat = points_of(frame.geometry.to_numpy())
    unit = units.locate(lon, lat, frame["unit_code"].tolist(), plan.request.by)
    amounts = _quarter_sums(frame, unit, len(units.frame), (new & delivered, ~new & delivered, undated))
    waiting = int((~delivered).sum())
    return Found(amounts, _quarter_notes(since, waiting, int(undated.sum())), ("residential_quarter",))


def _quarter_sums(
    frame: "gpd.GeoDataFrame", unit: Ints, size: int, parts: tuple[Flags, Flags, Flags]
) -> dict[str, Amount]:
    new, existing, undated = parts
    area = np.where(undated, np.nan, numbers(frame, "care_area_m2"))
    by_home, homes = paired(area, numbers(frame, "households"))
    by_floor, floor = paired(area, numbers(frame, "floor_area_m2"))
    among_new, among_existing = new | undated, existing | undated
    return {
        "new_care_area_m2": summed(by_home, unit, size, among_new),
        "new_households": summed(homes, unit, size, among_new),
        "existing_care_area_m2": summed(by_home, unit, size, among_existing),
        "existing_households": summed(homes, unit, size, among_existing),
        "new_care_area_of_floor_m2": summed(by_floor, unit, size, among_new),
        "new_floor_m2": summed(floor, unit, size, among_new),
    }


def _quarter_notes(since: date | None, waiting: int, undated: int) -> tuple[Text, ...]:
    notes = [
        Text(
            "不知新建小区从哪一天起算（规范没有写生效日期，也没有指定），所有小区按已建计。",
            "From which day quarters count as new is said neither by the norm nor by you: all count as existing.",
        )
        if since is None
        else Text(f"{since} 起交付的小区算新建。", f"Quarters delivered from {since} on count as new.")
    ]
    if undated:
        notes.append(
            Text(
                f"{undated} 个小区没有交付日期，分不清新建已建，列为未知。",
                f"{counted(undated, 'quarter has', 'quarters have')} no date of delivery, new or existing is unknown.",
            )
        )
    if waiting:
        notes.append(
            Text(
                f"{waiting} 个小区尚未交付，没有计入。",
                f"{counted(waiting, 'quarter is', 'quarters are')} not delivered yet: left out.",
            )
        )
    return tuple(notes)


def _no_quarters(size: int) -> tuple[dict[str, Amount], tuple[Text, ...]]:
    nothing = Amount(np.zeros(size + 1), np.zeros(size + 1, int), np.ones(size + 1, int))
    names = ("care_area_m2", "households")
    amounts = {f"{age}_{name}": nothing for age in ("new", "existing") for name in names}
    note = Text(
        "没有居住区图层，每百户指标未知。", "There are no quarters: figures per 100 households are unknown."
    )
    return amounts | {"new_care_area_of_floor_m2": nothing, "new_floor_m2": nothing}, (note,)


def numbers(frame: "gpd.GeoDataFrame", name: str) -> Floats:
    """Return a field as numbers, nan where nothing is told."""
    return np.asarray(frame[name].to_numpy(dtype=float, na_value=np.nan))


def drawn_land_m2(frame: "gpd.GeoDataFrame") -> Floats:
    """Return the area of what is drawn as one, in m²; nan for anything else."""
    drawn = shapely.get_dimensions(frame.geometry.to_numpy()) == 2  # noqa: PLR2004 - areas
    if not drawn.any():
        return np.full(len(frame), np.nan)
    return np.where(drawn, np.asarray(to_metric(frame).area), np.nan)
