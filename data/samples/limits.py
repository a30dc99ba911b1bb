"""Tables of the district's limits: three boundary lines with neighbours, and the numbered markers on them."""

# ruff: noqa: ANN401 - shapely is untyped

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.district import District
from data.samples.names import a_day
from data.samples.plane import Floats
from data.samples.tables import Row, Table
from data.samples.units import DISTRICT_CODE

CORNERS = {"north-west": (6600.0, 30200.0), "north-east": (35400.0, 32200.0), "south": (24600.0, 1900.0)}
PAIRS, WEST_SINGLES, EAST_SINGLES = 10, 27, 26


@dataclass(frozen=True)
class Limit:
    """One boundary line, drawn from west to east or from north to south."""

    number: str
    neighbour: str
    neighbour_code: str
    line: Floats
    wet: bool


def limits(district: District) -> tuple[Limit, ...]:
    """Cut the district's ring at the three corners where two neighbours meet."""
    ring = shapely.get_coordinates(district.shape.exterior)[:-1]
    at = {name: int(np.hypot(*(ring - np.array(corner)).T).argmin()) for name, corner in CORNERS.items()}
    return (
        Limit("0181", "青墟市", "329981", _between(ring, at["north-west"], at["north-east"]), wet=True),
        Limit("0102", "石源区", "329902", _between(ring, at["north-west"], at["south"]), wet=False),
        Limit("0121", "望湖县", "329921", _between(ring, at["north-east"], at["south"]), wet=False),
    )


def _between(ring: Floats, start: int, stop: int) -> Floats:
    """Take the part of a ring from one vertex to another that misses the third corner (the shorter way round)."""
    ahead = np.vstack([ring, ring])[start : start + (stop - start) % len(ring) + 1]
    back = np.vstack([ring, ring])[stop : stop + (start - stop) % len(ring) + 1][::-1]
    return min(ahead, back, key=lambda line: float(np.hypot(*np.diff(line, axis=0).T).sum()))


def line_table(district: District) -> Table:
    """List the boundary lines."""
    table = Table(
        "boundary_line", "行政区域界线.geojson", "geojson", "EPSG:4490", None, "与相邻县级政区的界线"
    )
    for limit, day in zip(limits(district), ("2023-10-26", "2024-05-22", "2019-06-18"), strict=True):
        row: Row = {
            "编号": f"JX{limit.number}",
            "名称": f"云溪区与{limit.neighbour}行政区域界线",
            "界线编号": limit.number,
            "界线级别": "县级",
            "甲方": "云溪区",
            "乙方": limit.neighbour,
            "甲方代码": DISTRICT_CODE,
            "乙方代码": limit.neighbour_code,
            "联检日期": day,
        }
        table.add(row, shapely.LineString(limit.line))
    return table


def marker_table(district: District) -> Table:
    """List the markers: pairs on the banks of the border river, single ones on land, three at the southern corner."""
    table = Table(
        "boundary_marker",
        "界桩登记表.xlsx",
        "xlsx",
        "EPSG:4528",
        "EPSG:4528",
        "界桩登记表，2000国家大地坐标系3度带第40带（带号在东坐标前）",
    )
    rng = stream(district.seed, "markers")
    north, west, east = limits(district)
    for serial, share in enumerate(np.linspace(0.05, 0.95, PAIRS), start=1):
        _pair(table, north, serial, float(share), rng)
    for serial, share in enumerate(np.linspace(0.03, 0.965, WEST_SINGLES), start=1):
        _single(table, west, serial, float(share) + rng.uniform(-0.008, 0.008), rng)
    _triple(table, west, WEST_SINGLES + 1, rng)
    shares = iter(np.linspace(0.03, 0.97, EAST_SINGLES + 2).tolist())
    for serial in range(1, EAST_SINGLES + 3):
        if serial in {9, 20}:
            _pair(table, east, serial, next(shares), rng, apart_m=26.0)
        else:
            _single(table, east, serial, next(shares) + rng.uniform(-0.008, 0.008), rng)
    return table


def _pair(
    table: Table, limit: Limit, serial: int, share: float, rng: np.random.Generator, *, apart_m: float = 195.0
) -> None:
    """Set two markers on opposite banks; A stands on the side with the smaller code, which is ours."""
    line = shapely.LineString(limit.line)
    here, ahead = (np.array(line.interpolate(share * line.length + step).coords[0]) for step in (-60.0, 60.0))
    along = (ahead - here) / np.hypot(*(ahead - here))
    normal = np.array([along[1], -along[0]])
    middle = np.array(line.interpolate(share * line.length).coords[0])
    inward = normal if limit.wet or normal[0] < 0 else -normal
    for letter, side in (("A", 1.0), ("B", -1.0)):
        _add(table, limit, (serial, letter), shapely.Point(middle + inward * side * apart_m), rng)


def _single(table: Table, limit: Limit, serial: int, share: float, rng: np.random.Generator) -> None:
    line = shapely.LineString(limit.line)
    _add(table, limit, (serial, "Q"), line.interpolate(float(np.clip(share, 0.0, 1.0)) * line.length), rng)


def _triple(table: Table, limit: Limit, serial: int, rng: np.random.Generator) -> None:
    """Set three markers round the corner where three districts meet."""
    corner = limit.line[-1]
    for letter, angle in (("C", 1.6), ("D", 3.9), ("E", 5.7)):
        at = shapely.Point(corner + 24.0 * np.array([np.cos(angle), np.sin(angle)]))
        _add(table, limit, (serial, letter), at, rng)


def _add(table: Table, limit: Limit, number: tuple[int, str], at: Any, rng: np.random.Generator) -> None:
    serial, letter = number
    inspected = {"0181": (2022, 2023), "0102": (2023, 2024), "0121": (2018, 2021)}[limit.number]
    structure = {"Q": "单立", "A": "同号双立", "B": "同号双立"}.get(letter, "同号三立")
    row: Row = {
        "编号": f"JZ{limit.number}{serial:03d}{letter}",
        "界桩号": f"{limit.number}{serial:03d}{letter}",
        "界线编号": limit.number,
        "立桩类型": structure,
        "面数": 3 if structure == "同号三立" else 2,
        "完好状况": ("完好", "损坏", "丢失")[int(rng.choice(3, p=(0.93, 0.05, 0.02)))],
        "埋设日期": f"{int(rng.integers(1998, 2003))}-{int(rng.integers(3, 12)):02d}-01",
        "联检日期": a_day(rng, *inspected),
        "高程": round(float(rng.uniform(4.2, 9.5)), 1),
        "位置说明": ("河堤外侧", "田埂交会处", "道路北侧", "山脊线上", "沟渠转弯处")[int(rng.integers(0, 5))],
    }
    table.add(row, at)
