"""Tables of name signs and number plates: streets with a sign at both ends, plates left and right of them."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.district import District
from data.samples.names import a_day
from data.samples.plane import Floats
from data.samples.tables import Row, Table

SIGNS, PLATES = "地名标志.xlsx", "门楼牌.csv"
_ESTATES = 62
_SIGNED_BEFORE = frozenset({"primary", "secondary"})


@dataclass(frozen=True)
class Street:
    """One named street as one line, running the way its numbers rise: from east to west, from south to north.

    Attributes
    ----------
    road_class
        The class most of its pieces have.
    pieces
        What is built of the line: it bridges gaps.
    """

    name: str
    way: str
    road_class: str
    line: Any
    pieces: Any


def streets(district: District) -> list[Street]:
    """Give the named streets and highways on which signs stand, in the order of their ways."""
    lines: dict[str, list[Any]] = {}
    classes: dict[str, list[str]] = {}
    for edge in district.network.edges:
        if edge.way in district.names.road_name and edge.road_class not in {"motorway", "rail", "ferry"}:
            lines.setdefault(edge.way, []).append(shapely.LineString(edge.line))
            classes.setdefault(edge.way, []).append(edge.road_class)
    found = []
    for way in sorted(lines):
        pieces = shapely.line_merge(shapely.MultiLineString(lines[way]))
        road_class = max(sorted(set(classes[way])), key=classes[way].count)
        found.append(Street(district.names.road_name[way], way, road_class, _course(pieces), pieces))
    return found


def _course(merged: Any) -> Any:
    """Join the pieces of a street, over gaps as well, and turn it the way its numbers rise."""
    west, south, east, north = merged.bounds
    axis = np.array([-1.0, 0.0]) if east - west >= north - south else np.array([0.0, 1.0])
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(merged)]
    parts = [xy if (xy[-1] - xy[0]) @ axis >= 0 else xy[::-1] for xy in parts]
    parts.sort(key=lambda xy: float(xy[0] @ axis))
    return shapely.LineString(np.vstack(parts))


def toneless(pinyin: str) -> str:
    """Write pinyin the way it stands on a sign: capitals without tone marks."""
    plain = unicodedata.normalize("NFD", pinyin.replace("ü", "Ü"))
    return unicodedata.normalize(
        "NFC", "".join(one for one in plain if one not in "\u0300\u0301\u0304\u030c")
    ).upper()


def sign_table(district: District) -> Table:
    """List the signs: two for every street of the city and every main road, one for every third village."""
    table = Table("road_sign", SIGNS, "xlsx", "gcj02", "gcj02", "路名牌、村牌台账，坐标取自互联网地图")
    rng = stream(district.seed, "name signs")
    spelt = {one.name: one.pinyin for one in district.names.entries if one.pinyin}
    for name, kind, at in _sign_places(district, rng):
        row: Row = {
            "编号": f"LP{len(table.rows) + 1:04d}",
            "牌面文字": name,
            "牌面拼音": toneless(spelt[name]) if name in spelt else None,
            "标志类型": kind,
            "对应地名": name,
            "状况": "完好",
            "设置日期": a_day(rng, 2008, 2023),
            "要求设置日期": None,
            "完成期限": None,
            "发现问题日期": None,
            "巡查日期": a_day(rng, 2025, 2025),
            "管护单位": "云溪区地名管理所",
        }
        table.add(row, at)
    return table


def _sign_places(district: District, rng: np.random.Generator) -> Iterator[tuple[str, str, Any]]:
    for street in streets(district):
        if not (street.way.startswith("grid/0") or street.road_class in _SIGNED_BEFORE):
            continue
        inset = min(14.0, street.line.length / 4)
        for along in (inset, street.line.length - inset):
            yield street.name, "路名牌", _beside(street.line, np.array([along]), np.array([9.0]))[0]
    for unit in district.units[2::3]:
        if not unit.community:
            yield unit.name, "村牌", shapely.Point(unit.seat[0] + rng.uniform(-20, 20), unit.seat[1] + 25.0)


def _beside(line: Any, along: Floats, offset: Floats) -> Any:
    """Give the points that many metres along the line and off it, positive to the left."""
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    back = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 2.0, 0.0)))
    on = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(along + 2.0, line.length)))
    way = (on - back) / np.hypot(*(on - back).T)[:, None]
    return shapely.points(here + np.column_stack([-way[:, 1], way[:, 0]]) * offset[:, None])


def plate_table(district: District) -> Table:
    """List the plates: odd numbers left, even ones right of the streets of the city, buildings of its quarters."""
    table = Table(
        "door_plate",
        PLATES,
        "csv",
        "gcj02",
        "gcj02",
        "大门牌、小门牌、楼栋牌台账，坐标取自互联网地图",
        encoding="gb18030",
    )
    rng = stream(district.seed, "number plates")
    found = [*_street_plates(district, rng), *_building_plates(district, rng)]
    places = np.array([at for _, at in found], dtype=object)
    units = _units_at(district, places)
    for number, ((row, at), unit) in enumerate(zip(found, units, strict=True), start=1):
        here = district.units[unit]
        street_or_quarter = str(row["所在道路"] or row["小区名称"])
        row["地址"] = f"云溪区{district.towns[here.town].name}{street_or_quarter}{row['号码']}"
        table.add({"编号": f"MP{number:05d}"} | row | {"村居代码": here.code}, at)
    return table


def _units_at(district: District, places: Any) -> list[int]:
    shapes = np.array([unit.shape for unit in district.units], dtype=object)
    plate, unit = shapely.STRtree(shapes).query_nearest(places, all_matches=False)
    order = np.argsort(plate, kind="stable")
    return [int(one) for one in unit[order]]


def _street_plates(district: District, rng: np.random.Generator) -> Iterator[tuple[Row, Any]]:
    loose = {one.name for one in district.names.entries if one.status == "nonstandard"}
    for street in streets(district):
        if not street.way.startswith("grid/0") or street.name in loose:
            continue
        for first, side in ((1, 1.0), (2, -1.0)):
            steps = rng.uniform(70.0, 168.0, int(street.line.length / 70.0) + 1)
            along = np.cumsum(steps) - 50.0
            along = along[along < street.line.length - 16.0]
            built = shapely.dwithin(shapely.line_interpolate_point(street.line, along), street.pieces, 1.0)
            along = along[built]
            spare = np.cumsum(rng.random(len(along)) < 0.06) * 2
            numbers = first + 2 * np.arange(len(along)) + spare
            spots = _beside(street.line, along, side * rng.uniform(12.0, 17.0, len(along)))
            small = rng.random(len(along)) < 0.3
            for number, at, is_small in zip(numbers.tolist(), spots, small.tolist(), strict=True):
                yield _plate(rng, "小门牌" if is_small else "大门牌", f"{number}号", street=street.name), at


def _building_plates(district: District, rng: np.random.Generator) -> Iterator[tuple[Row, Any]]:
    city = [number for number, block in enumerate(district.quarters) if block.lattice == 0]
    named = [number for number in city if number in district.names.quarter_name][:_ESTATES]
    for quarter in named:
        block = district.quarters[quarter].shape
        middle = np.array(block.representative_point().coords[0])
        for number in range(1, int(rng.integers(6, 12))):
            at = shapely.Point(middle + rng.uniform(-40.0, 40.0, 2))
            row = _plate(rng, "楼栋牌", f"{number}幢", quarter=district.names.quarter_name[quarter])
            yield row, at


def _plate(
    rng: np.random.Generator, kind: str, number: str, *, street: str | None = None, quarter: str | None = None
) -> Row:
    year, month, day = rng.integers(2005, 2025), rng.integers(1, 13), rng.integers(1, 29)
    return {
        "类型": kind,
        "号码": number,
        "所在道路": street,
        "小区名称": quarter,
        "地址": None,
        "状况": "完好",
        "设置日期": f"{year}-{month:02d}-{day:02d}",
        "发现问题日期": None,
    }
