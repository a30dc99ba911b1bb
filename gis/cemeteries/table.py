"""Capacity of every cemetery and of the district: the sheet behind the capacity warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from gis.cemeteries.capacity import capacity_years, free_places, places_needed
from gis.cemeteries.units import Units
from layers.model import Layer
from layers.text import Lang, Text

NOT_COUNTED = ("martyrs",)
"""Kinds that take no ordinary burials."""

DISTRICT = Text("全区合计", "Whole district")


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places, use and demand of one cemetery, or of the district when ``id`` is empty. None is unknown.

    Attributes
    ----------
    deaths_per_year
        Deaths among the units served; where several cemeteries serve a unit, each takes a part of them in
        proportion to its free places.
    places_needed
        Places the whole planning period asks for.
    unresolved
        Served units that no unit of the layer goes by.
    unknown_parts
        For the district: cemeteries whose free places are unknown and therefore not counted.
    """

    id: str
    name: str
    kind: str | None
    total: float | None
    used: float | None
    free: float | None
    deaths_per_year: float | None
    years_left: float | None
    places_needed: float | None
    unresolved: tuple[str, ...] = ()
    unknown_parts: int = 0


def capacities(
    cemeteries: Layer, units: Units, *, years: float = 20.0, local_share: float = 0.5
) -> tuple[Capacity, ...]:
    """Work out the capacity of every cemetery, ordered by id, and of the district last.

    Parameters
    ----------
    years
        Planning period.
    local_share
        Share (0-1) of the ashes that are placed locally.
    """
    rows = [row for row in rows_of(cemeteries) if row["kind"] not in NOT_COUNTED]
    places = {row["id"]: _places(row) for row in rows}
    served = {row["id"]: units.resolve(_words(row["served_units"])) for row in rows}
    deaths = _shared_deaths({id_: codes for id_, (codes, _) in served.items()}, places, units)
    each = [
        _capacity(row, places[row["id"]], deaths[row["id"]], served[row["id"]][1], years, local_share)
        for row in rows
    ]
    return (*each, _district(each, units.district_deaths(), years, local_share))


def capacity_table(
    cemeteries: Layer,
    units: Layer | None,
    *,
    death_rate_per_1000: float = 7.6,
    years: float = 20.0,
    local_share: float = 0.5,
    lang: Lang = "zh",
) -> pd.DataFrame:
    """Tabulate capacity, one row per cemetery and the district in the last one (its ``id`` is empty).

    Columns: ``id name kind total used free deaths_per_year years_left places_needed``; unknown is NaN, and
    ``years_left`` is infinite where nothing is asked for.
    """
    rows = capacities(cemeteries, Units.of(units, death_rate_per_1000), years=years, local_share=local_share)
    columns = [
        "id",
        "name",
        "kind",
        "total",
        "used",
        "free",
        "deaths_per_year",
        "years_left",
        "places_needed",
    ]
    table = pd.DataFrame([[getattr(row, column) for column in columns] for row in rows], columns=columns)
    table.loc[table["id"] == "", "name"] = DISTRICT.pick(lang)
    return table.astype(dict.fromkeys(columns[3:], "float64"))


def rows_of(cemeteries: Layer) -> list[Mapping[str, Any]]:
    """Give the features as dictionaries without their geometry, ordered by id, missing values None."""
    frame = cemeteries.frame.drop(columns="geometry").astype("object")
    records = frame.where(frame.notna(), None).sort_values("id").to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]


def _words(served_units: str | None) -> list[str]:
    return [word.strip() for word in (served_units or "").split(";") if word.strip()]


def _places(row: Mapping[str, Any]) -> tuple[float | None, float | None, float | None]:
    """Give total, used and free places; a kind of place without a total is one the cemetery does not have."""
    parts = [
        (row[total], row[used])
        for total, used in (("plots", "plots_used"), ("niches", "niches_used"))
        if row[total] is not None
    ]
    if not parts:
        return None, None, None
    total = float(sum(part for part, _ in parts))
    if any(used is None for _, used in parts):
        return total, None, None
    return total, float(sum(used for _, used in parts)), sum(free_places(*part) or 0.0 for part in parts)


def _shared_deaths(
    served: Mapping[str, Sequence[str]],
    places: Mapping[str, tuple[float | None, float | None, float | None]],
    units: Units,
) -> Mapping[str, float | None]:
    """Give each cemetery its part of the deaths of the units it serves; None when those are unknown."""
    spread = {id_: [units.spread(code) for code in codes] for id_, codes in served.items()}
    serving: dict[str, list[str]] = {}
    for id_, parts in spread.items():
        for leaf in {leaf for part in parts if part is not None for leaf in part}:
            serving.setdefault(leaf, []).append(id_)
    free = {id_: place[2] for id_, place in places.items()}
    return {
        id_: sum(
            number * _part_of(id_, [(other, free[other]) for other in serving[leaf]])
            for part in parts
            for leaf, number in (part or {}).items()
        )
        if parts and all(part is not None for part in parts)
        else None
        for id_, parts in spread.items()
    }


def _part_of(id_: str, serving: Sequence[tuple[str, float | None]]) -> float:
    """Share of ``id_`` among the cemeteries that serve a unit: by free places, or even when these do not tell."""
    known = {other: free for other, free in serving if free is not None}
    total = sum(known.values())
    if len(known) < len(serving) or not total:
        return 1 / len(serving)
    return known[id_] / total


def _capacity(
    row: Mapping[str, Any],
    place: tuple[float | None, float | None, float | None],
    deaths: float | None,
    unresolved: tuple[str, ...],
    years: float,
    local_share: float,
) -> Capacity:
    total, used, free = place
    return Capacity(
        id=str(row["id"]),
        name=str(row["name"] or ""),
        kind=row["kind"],
        total=total,
        used=used,
        free=free,
        deaths_per_year=deaths,
        years_left=capacity_years(free, deaths, local_share=local_share),
        places_needed=None if deaths is None else places_needed(deaths, years=years, local_share=local_share),
        unresolved=unresolved,
    )


def _district(each: Sequence[Capacity], deaths: float | None, years: float, local_share: float) -> Capacity:
    known = [one for one in each if one.free is not None]
    free = sum(one.free or 0.0 for one in known) if known else None
    return Capacity(
        id="",
        name=DISTRICT.zh,
        kind=None,
        total=sum(one.total or 0.0 for one in known) if known else None,
        used=sum(one.used or 0.0 for one in known) if known else None,
        free=free,
        deaths_per_year=deaths,
        years_left=capacity_years(free, deaths, local_share=local_share),
        places_needed=None if deaths is None else places_needed(deaths, years=years, local_share=local_share),
        unknown_parts=len(each) - len(known),
    )
