"""Who lives where: names, codes, households and age groups of units, towns and the district.

Shares of the aged follow the 2020 census of the counties the sample is modelled on: 60+ between a fifth and a third,
65+ about a fifth, more in the country than in the city.
"""

# ruff: noqa: PLR2004 - measures of the drawing

from dataclasses import dataclass

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.mesh import Mesh
from data.samples.plane import Bools, Floats, Ints
from data.samples.settlements import Settlements
from data.samples.terrain import Terrain
from data.samples.units import DISTRICT_CODE, Grown
from data.samples.words import Word, word, words

DEATHS_PER_YEAR = 2380
POPULATION = 326_400
CITY_SHARE = 0.55
_COMMUNITY_FROM, _VILLAGE_FROM = 1, 200
_WHERE = {
    "人民路": (0.0, 0.6),
    "钟楼": (0.6, 0.9),
    "鼓楼": (-0.6, 0.9),
    "县前": (0.1, 1.3),
    "学前": (1.0, 1.4),
    "东门": (1.8, 0.2),
    "西门": (-1.8, 0.1),
    "南门": (0.0, -1.5),
    "北门": (0.2, 2.0),
    "城东": (3.4, 0.2),
    "东湖": (3.9, 1.3),
    "城西": (-3.6, 0.2),
    "城北": (-0.2, 3.3),
    "水关": (-1.0, -0.2),
    "河滨": (1.4, -0.3),
}
"""Where a community must lie for its name to be true, in kilometres east and north of the city's middle."""


@dataclass(frozen=True)
class Unit:
    """A village or community with its people."""

    code: str
    name: str
    reading: str
    town: int
    community: bool
    urban: bool
    shape: shapely.Polygon
    seat: tuple[float, float]
    households: int
    population: int
    pop_60_plus: int
    pop_65_plus: int
    pop_80_plus: int
    deaths: int


@dataclass(frozen=True)
class Town:
    """A town or subdistrict; its people are the sum of its units."""

    code: str
    name: str
    subdistrict: bool
    seat: tuple[float, float]
    units: tuple[int, ...]
    shape: shapely.Geometry


def inhabit(
    terrain: Terrain, mesh: Mesh, grown: Grown, homes: Settlements, seed: int
) -> tuple[tuple[Unit, ...], tuple[Town, ...]]:
    """Give every unit a name, a code and people, and gather the towns."""
    rng = stream(seed, "people")
    community = grown.urban | grown.town_seat
    names = _names(terrain, mesh, grown, community)
    codes = _codes(grown, community)
    people = _people(terrain, mesh, grown, homes, rng)
    units = []
    for number, seat in enumerate(grown.seats.tolist()):
        rural = not bool(community[number])
        counts = _ages(int(people[number]), rng, rural=rural)
        units.append(
            Unit(
                codes[number], names[number].text, names[number].reading, int(grown.town_of[number]), not rural,
                bool(community[number]), grown.shapes[number], (float(mesh.xy[seat, 0]), float(mesh.xy[seat, 1])),
                round(int(people[number]) / rng.normal(2.42 if rural else 2.58, 0.12)), *counts, 0,
            )
        )  # fmt: skip
    return _with_deaths(units), _towns(terrain, units)


def _names(terrain: Terrain, mesh: Mesh, grown: Grown, community: Bools) -> list[Word]:
    """Name communities by their list, town seats by their town, villages so that water and hills fit."""
    ending = {True: word("社区 shèqū"), False: word("村 cūn")}
    city, villages = _city_names(terrain, mesh, grown), list(words("villages"))
    (island,) = words("island_village")
    wet = {"渔业", "鹭洲", "湖滨", "菱湖", "堤下"}
    names = []
    for number, seat in enumerate(grown.seats.tolist()):
        place = shapely.Point(mesh.xy[seat])
        if grown.town_seat[number]:
            town = terrain.plan["town"][int(grown.town_of[number])]
            base = Word(town["name"][:-1], town["reading"])
        elif community[number]:
            base = city[number]
        elif terrain.island.contains(place):
            base = island
        else:
            by_lake = terrain.lake.distance(place) < 2500.0
            fits = [one for one in villages if (one.text in wet) == by_lake] or villages
            base = fits[(number * 7) % len(fits)]
            villages.remove(base)
        names.append(base + ending[bool(community[number])])
    return names


def _city_names(terrain: Terrain, mesh: Mesh, grown: Grown) -> dict[int, Word]:
    """Name the communities of the city; those named after a direction or a landmark first, where they belong."""
    middle = np.array(terrain.plan["city"]["at"])
    free = np.flatnonzero(grown.urban).tolist()
    listed = {one.text: one for one in words("communities")}
    named: dict[int, Word] = {}
    for text, offset in _WHERE.items():
        away = np.hypot(*(mesh.xy[grown.seats[free]] / 1000 - (middle + np.array(offset))).T)
        named[free.pop(int(away.argmin()))] = listed.pop(text)
    return named | dict(zip(free, listed.values(), strict=False))


def _codes(grown: Grown, community: Bools) -> list[str]:
    counters: dict[tuple[int, bool], int] = {}
    codes = []
    for town, is_community in zip(grown.town_of.tolist(), community.tolist(), strict=True):
        key = (town, is_community)
        first = _COMMUNITY_FROM if is_community else _VILLAGE_FROM
        counters[key] = counters.get(key, first - 1) + 1
        codes.append(f"{town_code(town)}{counters[key]:03d}")
    return codes


def town_code(town: int) -> str:
    """Give the nine digits of a town: subdistricts from 001, towns from 100."""
    subdistricts = 3
    return f"{DISTRICT_CODE}{town + 1 if town < subdistricts else 100 + town - subdistricts:03d}"


def _people(terrain: Terrain, mesh: Mesh, grown: Grown, homes: Settlements, rng: np.random.Generator) -> Ints:
    weight = np.zeros(len(grown.seats))
    area = shapely.area(list(grown.shapes)) / 1e6
    middle = np.array(terrain.plan["city"]["at"]) * 1000
    away = np.hypot(*(mesh.xy[grown.seats] - middle).T)
    dense = np.where(grown.urban, np.clip(area, 0.2, 2.2) ** 0.55 / (0.5 + (away / 3000) ** 2), 0.0)
    weight += dense / dense.sum() * CITY_SHARE
    rural = np.bincount(homes.unit, weights=homes.size, minlength=len(grown.seats)).astype(np.float64)
    rural = np.where(grown.urban, 0.0, rural) + grown.town_seat * rural.max() * 1.9
    weight += rural / rural.sum() * (1 - CITY_SHARE)
    weight *= rng.lognormal(0, 0.12, len(weight))
    people: Ints = np.maximum(np.round(weight / weight.sum() * POPULATION), 260).astype(np.int64)
    return people


def _ages(people: int, rng: np.random.Generator, *, rural: bool) -> tuple[int, int, int, int]:
    """Give population, 60+, 65+ and 80+."""
    share_65 = float(np.clip(rng.normal(0.262 if rural else 0.172, 0.026), 0.11, 0.36))
    share_60 = share_65 * float(rng.normal(1.34, 0.03))
    share_80 = share_65 * float(np.clip(rng.normal(0.205, 0.02), 0.13, 0.27))
    return people, round(people * share_60), round(people * share_65), round(people * share_80)


def _with_deaths(units: list[Unit]) -> tuple[Unit, ...]:
    """Spread the deaths of a year over the units by their aged."""
    weight = np.array(
        [0.008 * unit.population + 0.06 * unit.pop_65_plus + 0.3 * unit.pop_80_plus for unit in units]
    )
    deaths = parted(DEATHS_PER_YEAR, weight)
    return tuple(
        Unit(
            **{name: getattr(unit, name) for name in Unit.__dataclass_fields__ if name != "deaths"},
            deaths=int(count),
        )
        for unit, count in zip(units, deaths.tolist(), strict=True)
    )


def parted(total: int, weight: Floats) -> Ints:
    """Part a whole number by weight so that the parts are whole and add up (largest remainder)."""
    if total == 0 or not weight.sum() > 0:
        return np.zeros(len(weight), dtype=np.int64)
    exact = weight / weight.sum() * total
    parts: Ints = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - parts), kind="stable")[: total - int(parts.sum())]
    parts[order] += 1
    return parts


def _towns(terrain: Terrain, units: list[Unit]) -> tuple[Town, ...]:
    towns = []
    for number, plan in enumerate(terrain.plan["town"]):
        members = tuple(index for index, unit in enumerate(units) if unit.town == number)
        shape = shapely.coverage_union_all([units[index].shape for index in members])
        seat = (plan["seat"][0] * 1000.0, plan["seat"][1] * 1000.0)
        towns.append(
            Town(town_code(number), plan["name"], plan["kind"] == "subdistrict", seat, members, shape)
        )
    return tuple(towns)
