"""The sites a norm holds for one by one: care facilities by tier, villages, meal points and shelters."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from gis.coverage.asked import LEVELS
from gis.coverage.plan import Plan
from gis.coverage.provision.amounts import Found, drawn_land_m2, numbers
from gis.coverage.provision.values import Sites
from gis.coverage.supply import Supply, points_of, supply_of
from gis.coverage.units import Units
from gis.kernels.arrays import Flags, Floats, Ints
from layers.text import Text

if TYPE_CHECKING:
    from layers.workspace import Workspace

_MU_PER_M2 = 15 / 10_000
_SHELTERS = ("district", "town", "village")


def care_sites(supply: Supply, units: Units, level: str) -> Found:
    """Take the facilities in service by tier, care homes, and villages with how many facilities each has.

    A facility without a tier (a home: without a kind) may be one the norm holds for; it is not taken for one.
    A rural site is one of a village or community that is a village by its kind.
    """
    frame = supply.frame
    unit = units.locate(supply.lon, supply.lat, frame["unit_code"].tolist(), level)
    area, beds, land = numbers(frame, "area_m2"), numbers(frame, "beds"), drawn_land_m2(frame)
    tier, rural = _words(frame, "tier"), _rural(supply, units)
    is_rural = _both(_is(tier, "community"), rural)
    per_bed = np.divide(area, beds, out=np.full(len(frame), np.nan), where=beds > 0)
    home = _is(_words(frame, "kind"), "care_home")
    made = {
        "community_area_m2": _sites(unit, area, _is(tier, "community")),
        "town_area_m2": _sites(unit, area, _is(tier, "town")),
        "rural_area_m2": _sites(unit, area, is_rural),
        "rural_beds": _sites(unit, beds, is_rural),
        "rural_land_mu": _sites(unit, land * _MU_PER_M2, is_rural),
        "homes_area_per_bed": _sites(unit, per_bed, _both(home, beds != 0), np.nan_to_num(beds)),
        "facilities_of_villages": _villages(supply, units, level),
    }
    return Found({}, (), (), made)


def meal_sites(workspace: "Workspace", plan: Plan, units: Units) -> Found:
    """Take the meal points in service (canteens and kitchens are other things) with their seats."""
    layer = workspace.layer_or_none("meal_point")
    if layer is None or not len(layer):
        return Found({}, (), (), {"meal_point_seats": _nowhere()})
    supply = supply_of(layer, on=plan.on)
    unit = units.locate(supply.lon, supply.lat, supply.frame["unit_code"].tolist(), plan.request.by)
    kept = _is(_words(supply.frame, "tier"), "point")
    seats = _sites(unit, numbers(supply.frame, "seats"), kept)
    return Found({}, (), ("meal_point",), {"meal_point_seats": seats})


def shelter_sites(workspace: "Workspace", plan: Plan, units: Units) -> Found:
    """Take the shelters by level with how many people each holds."""
    layer = workspace.layer_or_none("shelter")
    if layer is None or not len(layer):
        return Found({}, (), (), {f"{one}_shelters": _nowhere() for one in _SHELTERS})
    frame = layer.frame
    lon, lat = points_of(frame.geometry.to_numpy())
    unit = units.locate(lon, lat, frame["unit_code"].tolist(), plan.request.by)
    kind, capacity = _words(frame, "kind"), numbers(frame, "capacity")
    made = {f"{one}_shelters": _sites(unit, capacity, _is(kind, one)) for one in _SHELTERS}
    return Found({}, (), ("shelter",), made)


def without_village_kinds(units: Units) -> tuple[Text, ...]:
    """Say how many units of village level do not tell whether they are villages."""
    lost = int(np.isnan(_village(units)[units.at("village")]).sum())
    if not lost:
        return ()
    return (
        Text(
            f"{lost} 个村居没有写明是村还是社区，只对村提的要求对它们是否适用，列为未知。",
            f"Units that do not tell whether they are a village or a community: {lost}. Whether norms for villages "
            "hold there is unknown.",
        ),
    )


def _villages(supply: Supply, units: Units, level: str) -> Sites:
    """Count the facilities of every village; one known only by its town may stand in any village of it."""
    villages = np.zeros(0, np.int64) if units.whole else units.at("village")
    codes = supply.frame["unit_code"].tolist()
    found = units.locate(supply.lon, supply.lat, codes, "village")
    count = np.bincount(found[found >= 0], minlength=len(units.frame)).astype(float)
    kind = _village(units)[villages]
    within = kind != 0
    villages, kind = villages[within], kind[within]
    return Sites(
        unit=_level_of(units, villages, level),
        amount=count[villages],
        weight=np.ones(len(villages)),
        sure=kind == 1,
        more=_perhaps_more(supply, units, found, villages),
    )


def _perhaps_more(supply: Supply, units: Units, found: Ints, villages: Ints) -> Flags:
    """Tell which villages may hold a facility whose village is not known."""
    more = np.zeros(len(villages), bool)
    open_ = np.flatnonzero(found < 0)
    codes = supply.frame["unit_code"].iloc[open_].tolist()
    lon, lat = supply.lon[open_], supply.lat[open_]
    for level in LEVELS[1:]:
        above = units.locate(lon, lat, codes, level)
        more |= np.isin(units.lifted(villages, level), above[above >= 0])
        left = above < 0
        lon, lat, codes = lon[left], lat[left], [code for code, one in zip(codes, left, strict=True) if one]
    return more | bool(np.isnan(lon).any())


def _level_of(units: Units, villages: Ints, level: str) -> Ints:
    if level in LEVELS:
        return units.lifted(villages, level)
    return units.locate(units.lon[villages], units.lat[villages], [None] * len(villages), level)


def _rural(supply: Supply, units: Units) -> Floats:
    """Tell which facilities stand in a village: 1, 0, nan where that is not known."""
    found = units.locate(supply.lon, supply.lat, supply.frame["unit_code"].tolist(), "village")
    if units.whole:
        return np.full(len(supply), np.nan)
    return np.where(found >= 0, _village(units)[found], np.nan)


def _village(units: Units) -> Floats:
    """Tell which units are villages by their kind: 1, 0, nan where that is not told."""
    return _is(_words(units.frame, "kind"), "village")


def _words(frame: pd.DataFrame, field: str) -> "pd.Series[str]":
    if field not in frame:
        return pd.Series([None] * len(frame), index=frame.index, dtype="object")
    return frame[field].astype("object")


def _is(words: "pd.Series[str]", word: str) -> Floats:
    """Tell which are a word: 1, 0, nan where nothing is told."""
    return np.where(words.isna(), np.nan, (words == word).to_numpy(dtype=float, na_value=np.nan))


def _both(one: Floats, other: "Floats | Flags") -> Floats:
    """Tell where both are so: 0 as soon as one is 0, else nan where one is not told."""
    return np.where((one == 0) | (other == 0), 0.0, one * other)


def _sites(unit: Ints, amount: Floats, kept: Floats, weight: Floats | None = None) -> Sites:
    """Take the rows that are (1) or may be (nan) of a kind."""
    rows = kept != 0
    return Sites(
        unit=unit[rows],
        amount=amount[rows],
        weight=(np.ones(len(unit)) if weight is None else weight)[rows],
        sure=kept[rows] == 1,
        more=np.zeros(int(rows.sum()), bool),
    )


def _nowhere() -> Sites:
    return _sites(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))


def sites_of(found: tuple[Found, ...]) -> Mapping[str, Sites]:
    """Put the sites of several findings together."""
    return {name: one for part in found for name, one in part.sites.items()}
