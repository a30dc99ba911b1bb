"""Who is to be served, and where they are taken to live."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from gis.coverage.asked import LEVELS
from gis.coverage.supply import points_of
from gis.coverage.units import Units
from gis.kernels.arrays import Floats, Ints
from layers.crs import to_metric
from layers.specs import spec_of
from layers.text import Text, counted

if TYPE_CHECKING:
    import geopandas as gpd

    from layers.model import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Weighted points of demand.

    Attributes
    ----------
    lon, lat
        Where each is; nan where its place is unknown.
    weight
        People (or what stands for them); nan where their number is unknown. Unknown is never zero.
    unit
        Unit of the report's level each belongs to, -1 where it lies in none.
    measure, unit_of_measure
        What the weights count.
    """

    lon: Floats
    lat: Floats
    weight: Floats
    unit: Ints
    measure: Text
    unit_of_measure: str
    layers: tuple[str, ...]
    assumptions: tuple[Text, ...] = ()

    def __len__(self) -> int:
        """Count the points."""
        return len(self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandLayers:
    """The layers demand can be taken from; None means that the layer is unknown."""

    population: "Layer | None"
    quarters: "Layer | None"
    units: "Layer | None"


def demand_of(layers: DemandLayers, units: Units, *, level: str, field: str) -> Demand | None:
    """Take demand from the best source there is, and say which.

    The population layer; else the population of units, spread over their residential quarters; else quarters, one
    each; else units, one each. None when there is nothing at all.
    """
    if layers.population is not None and layers.population.frame[field].notna().any():
        return _from_population(layers.population, units, level, field)
    found = _without_population(layers, units, level=level, field=field)
    if found is None or layers.population is None or not len(layers.population):
        return found
    return replace(found, assumptions=(_bare_note(layers.population, field), *found.assumptions))


def _without_population(layers: DemandLayers, units: Units, *, level: str, field: str) -> Demand | None:
    if field in units.frame and units.frame[field].notna().any():
        return _from_units(units, layers.quarters, level, field)
    if layers.quarters is not None and len(layers.quarters):
        return _from_quarters(layers.quarters, units, level)
    return None if units.whole else _units_alone(units, level)


def _bare_note(layer: "Layer", field: str) -> Text:
    """Say that the population layer has rows, none with the field asked for, and which others are filled in."""
    label, spec, frame = people_label(field), layer.spec, layer.frame
    counts = [one.name for one in spec.fields if one.count_of_people and one.name in frame]
    others = [spec.field(one).label for one in counts if frame[one].notna().any()]
    there = Text("", "")
    if others:
        there = Text(
            f"，填了的是{'、'.join(one.zh for one in others)}",
            f"; what is filled in: {', '.join(one.en for one in others)}",
        )
    return Text(
        f"人口图层有 {len(frame)} 行，但“{label.zh}”一列全空{there.zh}，没有用上。"
        f"文件里若有这一列，重新导入时写 --columns {field}=列名。",
        f"The population layer has {counted(len(frame), 'row')}, but {label.en} is empty in all of "
        f"them{there.en}: not used. If "
        f"the file has that column, import it again with --columns {field}=HEADING.",
    )


def people_label(field: str) -> Text:
    """Return the label of a field that counts people."""
    return spec_of("population").field(field).label


def _numbers(frame: "gpd.GeoDataFrame", field: str) -> Floats:
    return np.asarray(frame[field].to_numpy(dtype=float, na_value=np.nan))


def _from_population(layer: "Layer", units: Units, level: str, field: str) -> Demand:
    frame = layer.frame
    lon, lat = points_of(frame.geometry.to_numpy())
    weight = _numbers(frame, field)
    label = people_label(field)
    unknown = int(np.isnan(weight).sum())
    notes = [
        Text(
            f"{label.zh}取自人口图层的 {len(frame):,} 个点或格网，格网以其内部一点代表。",
            f"{label.en}: taken from {counted(len(frame), 'point or cell', 'points or cells')} of the population "
            "layer, a cell as a point inside.",
        )
    ]
    if unknown:
        notes.append(_unknown_note(unknown, Text("个点或格网", "points or cells")))
    located = units.locate(lon, lat, frame["unit_code"].tolist(), level)
    return Demand(
        lon=lon,
        lat=lat,
        weight=weight,
        unit=located,
        measure=label,
        unit_of_measure="人",
        layers=("population",),
        assumptions=tuple(notes),
    )


def _unknown_note(count: int, what: Text) -> Text:
    return Text(
        f"{count} {what.zh}的人数未知（空缺或已隐去），不计入分子和分母，不按零计。",
        f"The number of people of {count} {what.en} is unknown (missing or redacted): left out of both sides, "
        "not taken as zero.",
    )


def _from_units(units: Units, quarters: "Layer | None", level: str, field: str) -> Demand:
    """Place the people of units in their quarters; of a unit without quarters, at a point inside it."""
    base = next(one for one in _levels_with(units, field))
    members = units.at(base)
    people = _numbers(units.frame, field)
    homes = _homes(quarters, units, base)
    lone = np.setdiff1d(members, homes.unit)
    label = people_label(field)
    split = homes.unit[homes.unit >= 0]
    keep = homes.unit >= 0
    located = replace(
        homes,
        lon=np.concatenate([homes.lon[keep], units.lon[lone]]),
        lat=np.concatenate([homes.lat[keep], units.lat[lone]]),
        weight=np.concatenate([homes.weight[keep] * people[split], people[lone]]),
        unit=np.concatenate([split, lone]),
        measure=label,
        unit_of_measure="人",
    )
    unknown = int(np.isnan(people[members]).sum())
    notes = [*_placing_notes(label, len(members) - len(lone), len(lone))]
    if unknown:
        notes.append(_unknown_note(unknown, Text("个单元", "units")))
    return replace(
        located, unit=_report_units(located, units, level), assumptions=(*homes.assumptions, *notes)
    )


def _levels_with(units: Units, field: str) -> "list[str]":
    present = units.frame.loc[units.frame[field].notna(), "level"]
    return [level for level in LEVELS if (present == level).any()]


def _report_units(demand: Demand, units: Units, level: str) -> Ints:
    """Lift base units to the report's level; where rows are finer than the figures, go by location."""
    lifted = units.lifted(demand.unit, level)
    open_ = lifted < 0
    lifted[open_] = units.locate(demand.lon[open_], demand.lat[open_], [None] * int(open_.sum()), level)
    return lifted


def _placing_notes(label: Text, spread: int, lone: int) -> list[Text]:
    notes = []
    if spread:
        notes.append(
            Text(
                f"人口取自行政区划图层：{spread} 个单元的{label.zh}分摊到其居住区。",
                f"People are those of the unit layer: {label.en} of {counted(spread, 'unit')} are spread over "
                "their quarters.",
            )
        )
    if lone:
        notes.append(
            Text(
                f"{lone} 个单元没有居住区数据，其{label.zh}放在单元内一点。",
                f"{counted(lone, 'unit has', 'units have')} no residential quarters; their {label.en} are "
                "placed at one point inside the unit.",
            )
        )
    return notes


def _homes(quarters: "Layer | None", units: Units, base: str) -> Demand:
    """Give the quarters of each base unit, weighted so that every unit sums to one."""
    nothing = np.empty(0)
    if quarters is None or len(quarters) == 0:
        return _quarter_demand(nothing, nothing, nothing, np.empty(0, np.int64))
    frame = quarters.frame
    lon, lat = points_of(frame.geometry.to_numpy())
    unit = units.locate(lon, lat, frame["unit_code"].tolist(), base)
    weight, notes = _shares(frame, unit)
    return replace(_quarter_demand(lon, lat, weight, unit), assumptions=notes)


def _quarter_demand(lon: Floats, lat: Floats, weight: Floats, unit: Ints) -> Demand:
    layers = ("residential_quarter", "admin_unit") if len(lon) else ("admin_unit",)
    return Demand(
        lon=lon,
        lat=lat,
        weight=weight,
        unit=unit,
        measure=Text("居住区", "Residential quarters"),
        unit_of_measure="个",
        layers=layers,
    )


def _shares(frame: "gpd.GeoDataFrame", unit: Ints) -> tuple[Floats, tuple[Text, ...]]:
    """Split each unit by households where all its quarters tell them, else by area, else evenly."""
    size = int(unit.max(initial=-1)) + 1
    slot = np.where(unit >= 0, unit, size)
    households = _numbers(frame, "households")
    areas = np.asarray(to_metric(frame).area) if len(frame) else np.empty(0)
    weight = np.ones(len(frame))
    for values in (np.where(areas > 0, areas, np.nan), np.where(households > 0, households, np.nan)):
        lacking = np.bincount(slot, weights=np.isnan(values), minlength=size + 1)
        weight = np.where(lacking[slot] == 0, values, weight)
    total = np.bincount(slot, weights=weight, minlength=size + 1)
    note = Text(
        "分摊依据：居住区户数；户数不全的单元按居住区面积，面积不全的平均分摊。",
        "Spread by households of the quarters; in units where some are missing by area, else evenly.",
    )
    return weight / total[slot], (note,)


def _from_quarters(layer: "Layer", units: Units, level: str) -> Demand:
    frame = layer.frame
    lon, lat = points_of(frame.geometry.to_numpy())
    located = units.locate(lon, lat, frame["unit_code"].tolist(), level)
    note = Text(
        f"没有可用的人口数：以 {len(frame)} 个居住区代替人口，每个居住区同等权重（近似 C4 的居住区覆盖）。",
        f"There is no usable count of people: {len(frame)} residential quarters stand in for people, each with equal "
        "weight (close to C4, residential areas).",
    )
    return replace(
        _quarter_demand(lon, lat, np.ones(len(frame)), located),
        layers=("residential_quarter",),
        assumptions=(note,),
    )


def _units_alone(units: Units, level: str) -> Demand:
    members = units.at(level)
    note = Text(
        "没有可用的人口数，也没有居住区数据：以单元代替人口，每个单元同等权重，放在单元内一点。",
        "There is neither a usable count of people nor residential data: units stand in for people, each with equal "
        "weight at one point inside it.",
    )
    return units_as_demand(units, members, (note,))


def units_as_demand(units: Units, members: Ints, assumptions: tuple[Text, ...] = ()) -> Demand:
    """Take units themselves as demand, one each."""
    return Demand(
        lon=units.lon[members],
        lat=units.lat[members],
        weight=np.ones(len(members)),
        unit=members,
        measure=Text("单元", "Units"),
        unit_of_measure="个",
        layers=("admin_unit",),
        assumptions=assumptions,
    )
