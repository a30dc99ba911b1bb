"""Table of buildings: slabs in the city, rows of houses in the country; their households add up to the quarter."""

# ruff: noqa: ANN401 - shapely is untyped, measures of the drawing

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import shapely.affinity

from data.samples.chance import stream
from data.samples.district import District
from data.samples.ground import quarter_households
from data.samples.people import parted
from data.samples.quarters import Block
from data.samples.tables import Row, Table


@dataclass(frozen=True, slots=True)
class _Style:
    """How houses of one kind of place are laid out: length, depth and spacing in metres, homes in one, storeys."""

    length_m: float
    depth_m: float
    gap_m: float
    homes: int
    floors: tuple[int, int]


_CITY = _Style(56.0, 13.0, 15.0, 36, (5, 19))
_COUNTRY = _Style(48.0, 10.0, 8.0, 16, (2, 4))
_OTHER = (("学校", 5), ("商铺", 3), ("办公", 9), ("厂房", 2))


def building_table(district: District) -> Table:
    """List the buildings; those of a quarter hold its households exactly, and no building is a single household."""
    table = Table(
        "building",
        "建筑.zip",
        "shapefile",
        "EPSG:4549",
        None,
        "住宅楼与成排农房轮廓，含层数、户数；Shapefile，属性为 GBK 编码",
        encoding="gbk",
    )
    rng = stream(district.seed, "buildings")
    households = quarter_households(district)
    for number, block in enumerate(district.quarters):
        style = _CITY if block.lattice >= 0 else _COUNTRY
        count = int(households[number])
        home = shapely.intersection(block.shape, district.units[block.unit].shape)
        places = _laid_out(_largest(home), style, -(-count // style.homes))
        homes = parted(count, np.ones(len(places))) if places else ()
        name = district.names.quarter_name.get(number)
        for position, (place, inside) in enumerate(zip(places, homes, strict=True), start=1):
            called = f"{name}{position}幢" if name and style is _CITY else None
            floors = int(rng.integers(*style.floors))
            table.add(
                _row(table, called, ("住宅", floors, int(inside)), district.units[block.unit].code), place
            )
    _add_others(table, district, rng)
    return table


def _row(table: Table, name: str | None, what: tuple[str, int, int | None], unit_code: str) -> Row:
    kind, floors, households = what
    return {
        "编号": f"JZ{len(table.rows) + 1:05d}",
        "建筑名称": name,
        "建筑类型": kind,
        "层数": floors,
        "户数": households,
        "村居代码": unit_code,
    }


def _add_others(table: Table, district: District, rng: np.random.Generator) -> None:
    """Put one larger building on every block that is no housing."""
    for block in district.others:
        kind, floors = _OTHER[int(rng.integers(0, len(_OTHER)))]
        what = (kind, floors, None)
        table.add(_row(table, None, what, district.units[block.unit].code), _shrunk(block))


def _shrunk(block: Block) -> Any:
    return shapely.affinity.scale(block.shape.minimum_rotated_rectangle, 0.45, 0.3)


def _largest(shape: Any) -> Any:
    return max(shapely.get_parts(shape), key=lambda part: part.area)


def _laid_out(shape: Any, style: _Style, wanted: int) -> list[Any]:
    """Give at most ``wanted`` houses in rows along the longer side, spread evenly; one at least if any is wanted."""
    if wanted == 0:
        return []
    corners = shapely.get_coordinates(shape.minimum_rotated_rectangle)[:4]
    sides = np.roll(corners, -1, axis=0) - corners
    longest = sides[int(np.hypot(*sides.T).argmax())]
    turn = float(np.degrees(np.arctan2(longest[1], longest[0])))
    flat = shapely.affinity.rotate(shape, -turn, origin=(0, 0))
    west, south, east, north = flat.bounds
    xs = np.arange(west + 4, east - style.length_m, style.length_m + 10.0)
    ys = np.arange(south + 4, north - style.depth_m, style.depth_m + style.gap_m)
    x, y = (grid.ravel() for grid in np.meshgrid(xs, ys))
    boxes = shapely.box(x, y, x + style.length_m, y + style.depth_m)
    fitting = boxes[shapely.contains(flat, boxes)]
    if not len(fitting):
        return [shapely.affinity.scale(shape, 0.5, 0.5)]
    chosen = np.unique(np.linspace(0, len(fitting) - 1, min(wanted, len(fitting))).round().astype(int))
    return [shapely.affinity.rotate(box, turn, origin=(0, 0)) for box in fitting[chosen]]
