"""Coining the standing names: roads by their course, villages by clan and land, estates by trees and weather."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data.samples.network import Network
from data.samples.people import Town, Unit
from data.samples.plane import Floats
from data.samples.settlements import Settlements
from data.samples.terrain import Terrain
from data.samples.words import Register, Word, pairs, sound, spelled, word, words


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One entry of the name register; empty values are None.

    Attributes
    ----------
    shape
        Point, line or polygon in local metres.
    unit
        Number of the unit it lies in, -1 when it lies in several.
    """

    name: str
    entity_class: str
    shape: Any
    specific: str = ""
    generic: str = ""
    pinyin: str | None = None
    unit: int = -1
    status: str = "standard"
    approved_on: str | None = None
    in_use_since: int | None = None
    former_names: str | None = None
    registered_name: str | None = None
    origin: str | None = None
    heritage: bool = False
    site_m2: float | None = None
    floor_area_m2: float | None = None
    floors: int | None = None
    green_rate: float | None = None


def composed(specific: Word, generic: Word, entity_class: str, shape: Any, **more: Any) -> PlaceName:
    """Put a name together from its two parts, spelled apart; the name of a village is one word."""
    whole = specific + generic
    return PlaceName(
        specific.text + generic.text,
        entity_class,
        shape,
        specific.text,
        generic.text,
        spelled(whole) if generic.text == "村" else spelled(specific, generic),
        **more,
    )


def a_day(rng: np.random.Generator, first_year: int, last_year: int) -> str:
    """Draw a day."""
    year, month, day = rng.integers(first_year, last_year + 1), rng.integers(1, 13), rng.integers(1, 29)
    return f"{year}-{month:02d}-{day:02d}"


def way_names(
    network: Network, terrain: Terrain, units: tuple[Unit, ...], rng: np.random.Generator
) -> dict[str, tuple[Word, Word]]:
    """Name every way (specific and generic part): highways as drawn, city streets, town streets, village roads."""
    length = _lengths(network)
    register = Register()
    named: dict[str, tuple[Word, Word]] = {}
    drawn = [*terrain.plan["highway"], *terrain.plan["motorway"].values(), terrain.plan["railway"]]
    for entry in drawn:
        generic = next(one for one in ("高速公路", "公路", "铁路") if entry["name"].endswith(one))
        reading = {"高速公路": "gāosù gōnglù", "公路": "gōnglù", "铁路": "tiělù"}[generic]
        specific = Word(entry["name"].removesuffix(generic), entry["pinyin"].split(" ")[0])
        named[entry["name"]] = (specific, Word(generic, reading))
        register.claim(specific + Word(generic, reading.replace(" ", "")))
    named |= _city_ways([way for way in length if way.startswith("grid/0/")], length, register, rng)
    towns = [one.split() for one in _letters()]
    for number, (_, letter, reading) in enumerate(towns, start=1):
        ways = sorted(
            (way for way in length if way.startswith(f"grid/{number}/")), key=lambda way: -length[way]
        )
        named |= _town_ways(ways, Word(letter, reading), register, rng)
    named |= _unit_ways([way for way in length if way.startswith("unit/")], units, register)
    spare = pairs(words("land_starts"), words("land_ends"))
    rest = sorted(way for way in length if way.startswith("pair/") and length[way] > 900.0)
    order = iter(rng.permutation(len(spare)).tolist())
    for way in rest:
        named[way] = _next_free(order, spare, word("路 lù"), register)
    return named


def _letters() -> list[str]:
    return [f"{one.text} {one.reading}" for one in words("town_letters")]


def _lengths(network: Network) -> dict[str, float]:
    length: dict[str, float] = {}
    for edge in network.edges:
        if edge.way is not None:
            length[edge.way] = length.get(edge.way, 0.0) + float(np.hypot(*(edge.line[-1] - edge.line[0])))
    return length


def _next_free(
    order: Iterator[int], spare: list[Word], generic: Word, register: Register
) -> tuple[Word, Word]:
    while True:
        specific = spare[next(order)]
        if register.claim(specific + generic):
            return specific, generic


def _city_ways(
    ways: list[str], length: dict[str, float], register: Register, rng: np.random.Generator
) -> dict[str, tuple[Word, Word]]:
    """Name the longest lines through the city once, with 东 西 南 北 for their halves; the others one by one."""
    supply = iter(words("city_roads"))
    road, street, lane = word("路 lù"), word("街 jiē"), word("巷 xiàng")
    halves = {"c+": word("北 běi"), "c-": word("南 nán"), "r+": word("东 dōng"), "r-": word("西 xī")}
    named: dict[str, tuple[Word, Word]] = {}
    whole: dict[str, list[str]] = {}
    for way in sorted(ways):
        whole.setdefault(way.rsplit("/", 1)[0], []).append(way)
    for line in sorted(whole, key=lambda one: -sum(length[way] for way in whole[one])):
        both = whole[line]
        if (
            min(length[way] for way in both) > 900.0
            and len(both) == 2
            and int(line.rsplit("/", 1)[1]) % 6 == 0
        ):
            base = next(supply, None)
            if base is None:
                break
            for way in both:
                part = halves[line.split("/")[2] + way[-1]]
                named[way] = (base if base.text in _KEPT else base + part, road)
                register.claim(named[way][0] + road)
            continue
        for way in both:
            base = next(supply, None)
            if base is None:
                break
            generic = road if length[way] > 1500.0 else (road, street, lane)[int(rng.integers(0, 3))]
            if base.text in _KEPT:
                generic = road
            if register.claim(base + generic):
                named[way] = (base, generic)
    return named


_KEPT = frozenset({"建设", "解放", "和平", "文昌", "春晖", "滨河", "健康", "学府"})
"""Standing road names that the doubled ones repeat: always with 路."""


def _town_ways(
    ways: list[str], letter: Word, register: Register, rng: np.random.Generator
) -> dict[str, tuple[Word, Word]]:
    ends = list(words("town_road_ends"))
    named: dict[str, tuple[Word, Word]] = {}
    for way in ways:
        while ends:
            base = letter + ends.pop(0)
            generic = (word("路 lù"), word("街 jiē"), word("巷 xiàng"))[int(rng.integers(0, 3))]
            if register.claim(base + generic):
                named[way] = (base, generic)
                break
    return named


def _unit_ways(ways: list[str], units: tuple[Unit, ...], register: Register) -> dict[str, tuple[Word, Word]]:
    named = {}
    for way in sorted(ways):
        unit = units[int(way.split("/")[1])]
        base = Word(unit.name.removesuffix("村"), unit.reading.removesuffix("cūn"))
        road = word("路 lù")
        if not unit.community and register.claim(base + road):
            named[way] = (base, road)
    return named


def unit_names(
    units: tuple[Unit, ...], towns: tuple[Town, ...], terrain: Terrain, point: Any
) -> list[PlaceName]:
    """Enter the district, towns, committees."""
    found = [
        composed(word("云溪 yúnxī"), word("区 qū"), "division", point(towns[0].seat), origin="以云溪河得名")
    ]
    for town, plan in zip(towns, terrain.plan["town"], strict=True):
        ending = word("街道 jiēdào") if town.subdistrict else word("镇 zhèn")
        base = Word(town.name.removesuffix(ending.text), plan["reading"])
        found.append(composed(base, ending, "division", point(town.seat)))
    for number, unit in enumerate(units):
        ending = word("社区 shèqū") if unit.community else word("村 cūn")
        base = Word(unit.name.removesuffix(ending.text), unit.reading.removesuffix(ending.reading))
        found.append(composed(base, ending, "committee", point(unit.seat), unit=number))
    return found


def settlement_names(
    homes: Settlements,
    units: tuple[Unit, ...],
    terrain: Terrain,
    places: Floats,
    point: Any,
    rng: np.random.Generator,
) -> list[PlaceName]:
    """Name every natural village; none sounds like another of the district, 大 and 新 not counted."""
    height = terrain.height_m(places)
    plain = pairs(words("surnames"), words("clan_endings")) + pairs(words("land_starts"), words("land_ends"))
    hill = pairs(words("surnames"), words("hill_endings")) + pairs(words("land_starts"), words("hill_ends"))
    orders = {
        False: iter(rng.permutation(len(plain)).tolist()),
        True: iter(rng.permutation(len(hill)).tolist()),
    }
    register = Register({sound(unit.reading.removesuffix("cūn")) for unit in units})
    found = []
    for number, unit in enumerate(homes.unit.tolist()):
        high = bool(height[number] > 45.0)
        spare = hill if high else plain
        while True:
            name = spare[next(orders[high])]
            if register.claim(name):
                break
        since = int(rng.integers(1620, 1950)) if rng.random() < 0.55 else None
        shape = point((float(places[number, 0]), float(places[number, 1])))
        found.append(
            PlaceName(
                name.text,
                "settlement",
                shape,
                name.text[:-1],
                name.text[-1],
                spelled(name),
                unit=unit,
                in_use_since=since,
            )
        )
    return found


def with_dates(entry: PlaceName, rng: np.random.Generator) -> PlaceName:
    """Give a newer standing name the day it was approved, and leave some spellings still to be entered."""
    approved = (
        a_day(rng, 1986, 2024) if entry.in_use_since is None and not entry.approved_on else entry.approved_on
    )
    pinyin = entry.pinyin if rng.random() < 0.88 else None
    return replace(entry, approved_on=approved, pinyin=pinyin)
