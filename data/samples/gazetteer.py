"""The register of place names: about two thousand entries, the planted ones among them."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.landmarks import (
    Land,
    bridge_names,
    building_names,
    fresh,
    heritage_names,
    natural_names,
    park_names,
    station_names,
)
from data.samples.names import PlaceName, composed, settlement_names, unit_names, way_names, with_dates
from data.samples.planted import Planted, as_entry, planted_names, standing_estates
from data.samples.quarters import Block
from data.samples.words import Register, Word, pairs, words

ESTATES = 285


@dataclass(frozen=True)
class Gazetteer:
    """All names, and what other files need of them.

    Attributes
    ----------
    entries
        The register in its order; ``truth`` pairs an entry's number with what was planted there.
    road_name
        Name of every way of the network.
    quarter_name
        Name of every residential quarter, by number; quarters nobody named are missing.
    """

    entries: tuple[PlaceName, ...]
    truth: tuple[tuple[int, Planted], ...]
    road_name: dict[str, str]
    quarter_name: dict[int, str]


def name_everything(land: Land, seed: int) -> Gazetteer:
    """Enter every name, standing ones first, planted ones in the places kept for them."""
    rng = stream(seed, "names")
    point = shapely.Point
    ways = way_names(land.network, land.terrain, land.units, stream(seed, "way names"))
    places = np.array(
        [
            land.network.nodes[land.network.at[p]] if p in land.network.at else land.mesh.xy[p]
            for p in land.homes.node.tolist()
        ]
    )
    villages = settlement_names(land.homes, land.units, land.terrain, places, point, stream(seed, "villages"))
    plants = list(planted_names())
    road_name, roads, planted_roads = _roads(
        land, ways, [one for one in plants if one.entity_class == "road"], rng
    )
    quarter_name, estates, planted_estates = _estates(
        land, [one for one in plants if one.entity_class == "residential"], rng
    )
    quarter_name |= _village_quarters(land, villages, places)
    entries = [
        *unit_names(land.units, land.towns, land.terrain, point),
        *natural_names(land, stream(seed, "natural")),
        *roads,
        *bridge_names(land, ways, stream(seed, "bridges")),
        *estates,
        *building_names(land, stream(seed, "buildings")),
        *park_names(land, stream(seed, "parks")),
        *station_names(land, stream(seed, "stations")),
        *heritage_names(land, stream(seed, "heritage")),
        *villages,
    ]
    entries = [with_dates(entry, rng) for entry in entries]
    planted = [*planted_roads, *planted_estates, *_other_planted(land, plants, stream(seed, "planted"))]
    for entry, _ in planted:
        entries.append(entry)
    first = len(entries) - len(planted)
    truth = tuple((first + number, plant) for number, (_, plant) in enumerate(planted))
    return Gazetteer(tuple(entries), truth, road_name, quarter_name)


def _roads(
    land: Land, ways: dict[str, tuple[Word, Word]], plants: list[Planted], rng: np.random.Generator
) -> tuple[dict[str, str], list[PlaceName], list[tuple[PlaceName, Planted]]]:
    """Enter the roads; planted road names take city streets nobody named, far from the standing road they repeat."""
    lines: dict[str, list[Any]] = {}
    for edge in land.network.edges:
        if edge.way is not None:
            lines.setdefault(edge.way, []).append(shapely.LineString(edge.line))
    course = {way: shapely.line_merge(shapely.MultiLineString(parts)) for way, parts in lines.items()}
    kept = {way for way in course if way.startswith("grid/0/") and course[way].length > 500.0}
    spare = [way for way in sorted(kept) if way not in ways]
    short = sorted(
        (way for way in kept if way in ways and ways[way][0].text not in _REPEATED),
        key=lambda way: course[way].length,
    )
    spare += short[: max(0, len(plants) - len(spare))]
    names = {
        way: specific.text + generic.text for way, (specific, generic) in ways.items() if way not in spare
    }
    entries = [
        composed(*ways[way], "road", course[way]) for way in ways if way in course and way not in spare
    ]
    planted = []
    for plant, way in zip(plants, rng.permutation(np.array(spare, dtype=object)).tolist(), strict=False):
        names[way] = plant.name
        planted.append((as_entry(plant, course[way], -1, rng), plant))
    names["湖心渡口"] = "湖心渡"
    return names, entries, planted


_REPEATED = frozenset({"建设", "解放", "和平", "文昌", "春晖", "滨河", "健康", "学府"})


def _estates(
    land: Land, plants: list[Planted], rng: np.random.Generator
) -> tuple[dict[int, str], list[PlaceName], list[tuple[PlaceName, Planted]]]:
    """Name the estates of the city and towns; sizes fit their generic terms unless planted otherwise."""
    grid = [number for number, block in enumerate(land.quarters) if block.lattice >= 0]
    city = [number for number in grid if land.quarters[number].lattice == 0]
    chosen = rng.permutation(city).tolist()
    planted_at, rest = chosen[: len(plants)], chosen[len(plants) :]
    rest += [number for number in grid if land.quarters[number].lattice > 0]
    names: dict[int, str] = {}
    planted = []
    for plant, number in zip(plants, planted_at, strict=True):
        block = land.quarters[number]
        names[number] = plant.name
        planted.append((_sized(as_entry(plant, block.shape, block.unit, rng), rng), plant))
    bases = [one for one in pairs(words("estate_starts"), words("estate_ends")) if one.text[0] != one.text[1]]
    order = iter(rng.permutation(len(bases)).tolist())
    register = Register()
    for one in ("qingyi", "xingfu", "yangguang", "dongfang"):
        register.taken.add(one)
    entries = []
    fixed = iter(standing_estates())
    for number in rest[: ESTATES - len(plants)]:
        block = land.quarters[number]
        text = next(fixed, None)
        if text is not None:
            entry = PlaceName(
                text,
                "residential",
                block.shape,
                text[:-2],
                text[-2:],
                unit=block.unit,
                approved_on="1996-05-20",
            )
        else:
            base = fresh(bases, order, register)
            entry = composed(base, _generic(block, rng), "residential", block.shape, unit=block.unit)
        names[number] = entry.name
        entries.append(_sized(entry, rng))
    return names, entries, planted


def _generic(block: Block, rng: np.random.Generator) -> Word:
    """Choose the generic term a block is large enough for."""
    large = block.shape.area > 30_000.0
    generics = words("estate_generics") if large else words("estate_generics")[3:]
    return generics[int(rng.integers(0, len(generics)))]


def _sized(entry: PlaceName, rng: np.random.Generator) -> PlaceName:
    """Add site, floor area and green rate where nobody gave them."""
    if entry.site_m2 is not None:
        return entry
    site = float(round(entry.shape.area / 10) * 10)
    floor = float(
        round(
            max(site * rng.uniform(1.5, 2.4), 112_000.0 if entry.generic in {"花园", "新村"} else 52_000.0)
            / 10
        )
        * 10
    )
    green = float(round(rng.uniform(40.5, 46.0), 1))
    return replace(entry, site_m2=site, floor_area_m2=floor, green_rate=green)


def _village_quarters(land: Land, villages: list[PlaceName], places: Any) -> dict[int, str]:
    names = {}
    for number, block in enumerate(land.quarters):
        if block.lattice < 0:
            near = int(np.hypot(*(places - np.array(block.shape.centroid.coords[0])).T).argmin())
            names[number] = villages[near].name
    return names


def _other_planted(
    land: Land, plants: list[Planted], rng: np.random.Generator
) -> list[tuple[PlaceName, Planted]]:
    """Set the planted names that are neither roads nor estates."""
    blocks = [block for block in land.others if block.lattice == 0]
    found = []
    for plant in plants:
        if plant.entity_class in {"road", "residential"}:
            continue
        if plant.entity_class == "building":
            block = blocks[int(rng.integers(0, len(blocks)))]
            number, shape = (
                block.unit,
                shapely.Point(block.shape.centroid.x + rng.uniform(-40, 40), block.shape.centroid.y),
            )
        else:
            number = int(rng.integers(0, len(land.units)))
            shape = _somewhere(land, number, rng)
        found.append((as_entry(plant, shape, number, rng), plant))
    return found


def _somewhere(land: Land, number: int, rng: np.random.Generator) -> shapely.Point:
    """Take a dry place in a unit, not far from its seat."""
    unit = land.units[number]
    for _ in range(60):
        at = shapely.Point(unit.seat[0] + rng.uniform(-900, 900), unit.seat[1] + rng.uniform(-900, 900))
        if unit.shape.contains(at) and not land.terrain.banks.contains(at):
            return at
    return shapely.Point(unit.seat)
