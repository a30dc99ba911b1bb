"""Names of what is neither road nor home: rivers, hills, bridges, tall buildings, parks, stations, old sites."""

# ruff: noqa: PLR2004 - measures of the drawing

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from data.samples.curves import blob
from data.samples.mesh import Mesh
from data.samples.names import PlaceName, composed
from data.samples.network import Network
from data.samples.people import Town, Unit
from data.samples.quarters import Block
from data.samples.settlements import Settlements
from data.samples.terrain import River, Terrain
from data.samples.words import Register, Word, pairs, spelled, word, words

BUILDINGS, PARKS, STATIONS = 46, 34, 62


@dataclass(frozen=True)
class Land:
    """What names are given to."""

    terrain: Terrain
    mesh: Mesh
    homes: Settlements
    units: tuple[Unit, ...]
    towns: tuple[Town, ...]
    network: Network
    quarters: list[Block]
    others: list[Block]
    district: Any


def fresh(bases: list[Word], order: Iterator[int], register: Register) -> Word:
    """Take the next word whose sound nobody has taken."""
    while True:
        base = bases[next(order)]
        if register.claim(base):
            return base


def natural_names(land: Land, rng: np.random.Generator) -> list[PlaceName]:
    """Enter rivers, lake, island, reservoir and hills."""
    terrain = land.terrain
    entries = [_river(river, land) for river in terrain.rivers]
    entries.append(
        composed(
            word("白鹭 báilù"),
            word("湖 hú"),
            "natural",
            terrain.lake.difference(terrain.island),
            in_use_since=1550,
        )
    )
    entries.append(
        composed(word("湖心 húxīn"), word("洲 zhōu"), "natural", terrain.island, in_use_since=1550)
    )
    entries.append(
        composed(word("石门 shímén"), word("水库 shuǐkù"), "facility", terrain.reservoir, in_use_since=1958)
    )
    masses = [tuple(value * 1000 for value in hill["at"]) for hill in terrain.hills]
    for number, name in enumerate(words("hills")):
        if number < len(masses):
            hill = terrain.hills[number]
            shape = blob(
                masses[number],
                rng,
                radius_m=float(hill["spread"]) * 620,
                stretch=float(hill["stretch"]),
                turn=float(hill["turn"]),
                rough=0.13,
            )
            shape = max(
                shapely.get_parts(shape.intersection(land.district).difference(terrain.banks)),
                key=lambda part: part.area,
            )
        else:
            shape = _hilltop(land, rng)
        specific, generic = name.reading.rsplit(" ", 1)
        entries.append(
            composed(
                Word(name.text[: -len("山")], specific),
                Word(name.text[-1], generic),
                "natural",
                shape,
                in_use_since=int(rng.integers(1480, 1900)),
            )
        )
    return entries


def _river(river: River, land: Land) -> PlaceName:
    shape: Any = river.path.buffer(river.width_m / 2) if river.width_m > 60 else river.path
    shape = shapely.simplify(shape.intersection(land.district), 4.0)
    specific, generic = river.pinyin.split(" ")
    return composed(
        Word(river.name[: -len(_river_generic(river.name))], specific),
        Word(_river_generic(river.name), generic),
        "natural",
        shape,
        in_use_since=1500,
    )


def _river_generic(name: str) -> str:
    return "运河" if name.endswith("运河") else name[-1]


def _hilltop(land: Land, rng: np.random.Generator) -> shapely.Point:
    high = np.flatnonzero((land.terrain.height_m(land.mesh.xy) > 50.0) & land.mesh.inside & land.mesh.dry)
    return shapely.Point(land.mesh.xy[int(rng.choice(high))])


def bridge_names(land: Land, ways: dict[str, tuple[Word, Word]], rng: np.random.Generator) -> list[PlaceName]:
    """Name the bridges: after their road when it is a large one, after a clan or the land otherwise."""
    register = Register()
    spare = pairs(words("surnames"), (word("家 jiā"),))
    order = iter(rng.permutation(len(spare)).tolist())
    entries: list[PlaceName] = []
    rivers = [(river, river.path.buffer(river.width_m)) for river in land.terrain.rivers]
    for edge in land.network.edges:
        if not edge.bridge or edge.road_class in {"motorway", "rail", "ferry"}:
            continue
        line = shapely.LineString(edge.line)
        river = next((river for river, wet in rivers if wet.intersects(line)), land.terrain.rivers[1])
        big = line.length > 100.0
        generic = word("大桥 dàqiáo") if big else word("桥 qiáo")
        road = ways.get(edge.way or "")
        if (
            road
            and big
            and river.rank == "main"
            and road[1].text == "路"
            and len(road[0].text) == 2
            and register.claim(road[0])
        ):
            entries.append(composed(road[0], generic, "bridge", line))
            continue
        base = fresh(spare, order, register)
        entries.append(composed(base, generic, "bridge", line))
    return entries


def building_names(land: Land, rng: np.random.Generator) -> list[PlaceName]:
    """Name tall buildings, large enough to be called 大厦."""
    bases = pairs(words("estate_starts"), words("trade_ends"))
    order = iter(rng.permutation(len(bases)).tolist())
    register = Register()
    blocks = [block for block in land.others if block.lattice == 0]
    entries = []
    for number in rng.choice(len(blocks), min(BUILDINGS, len(blocks)), replace=False).tolist():
        block = blocks[number]
        tall = rng.random() < 0.7
        generic = word("大厦 dàshà") if tall else word("楼 lóu")
        floors = int(rng.integers(21, 33)) if tall else int(rng.integers(5, 12))
        entries.append(
            composed(
                fresh(bases, order, register),
                generic,
                "building",
                block.shape.centroid,
                unit=block.unit,
                floors=floors,
                floor_area_m2=float(floors * int(rng.integers(1500, 2100))),
                site_m2=float(int(rng.integers(6000, 12000))),
            )
        )
    return entries


def park_names(land: Land, rng: np.random.Generator) -> list[PlaceName]:
    """Name the parks of city and towns."""
    bases = [one for one in pairs(words("estate_starts"), words("estate_ends")) if one.text[0] != one.text[1]]
    order = iter(rng.permutation(len(bases)).tolist())
    register = Register()
    blocks = sorted(land.others, key=lambda block: -block.shape.area)
    chosen = [block for number, block in enumerate(blocks) if number % 4 == 1][:PARKS]
    entries = []
    for block in chosen:
        base = fresh(bases, order, register)
        shape = shapely.simplify(block.shape.buffer(-12.0).buffer(-8.0).buffer(18.0), 2.0)
        entries.append(
            composed(
                base, word("公园 gōngyuán"), "park", shape, unit=block.unit, site_m2=float(round(shape.area))
            )
        )
    return entries


def station_names(land: Land, rng: np.random.Generator) -> list[PlaceName]:
    """Name pumping stations, bus stops, works and landing places after the unit they lie in."""
    kinds = (
        "排涝站 páilàozhàn",
        "客运站 kèyùnzhàn",
        "自来水厂 zìláishuǐchǎng",
        "变电站 biàndiànzhàn",
        "文化站 wénhuàzhàn",
        "农贸市场 nóngmào shìchǎng",
    )
    villages = [number for number, unit in enumerate(land.units) if not unit.urban or unit.community]
    entries = []
    for count, number in enumerate(rng.choice(villages, STATIONS, replace=False).tolist()):
        unit = land.units[number]
        kind = word(kinds[count % len(kinds)])
        tail = "社区" if unit.community else "村"
        reading = unit.reading.removesuffix("shèqū").removesuffix("cūn")
        at = shapely.Point(unit.seat[0] + rng.uniform(-350, 350), unit.seat[1] + rng.uniform(-350, 350))
        shape = (
            at
            if unit.shape.contains(at) and not land.terrain.water.contains(at)
            else shapely.Point(unit.seat)
        )
        entries.append(
            composed(Word(unit.name.removesuffix(tail), reading), kind, "facility", shape, unit=number)
        )
    return entries


def heritage_names(land: Land, rng: np.random.Generator) -> list[PlaceName]:
    """Enter temples, halls, memorials and ruins."""
    entries = []
    for name in words("heritage"):
        number = int(rng.integers(0, len(land.units)))
        at = shapely.Point(land.units[number].seat).buffer(500).intersection(land.units[number].shape)
        shape = shapely.Point(at.representative_point())
        entries.append(
            PlaceName(
                name.text,
                "heritage",
                shape,
                name.text,
                "",
                spelled(name),
                number,
                in_use_since=int(rng.integers(1380, 1911)),
                heritage=bool(rng.random() < 0.5),
            )
        )
    return entries
