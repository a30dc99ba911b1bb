"""Tables of the ground: units, roads, quarters, population cells, names."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from typing import Any

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.district import NOT_WALKED, District
from data.samples.names import PlaceName
from data.samples.people import Unit, parted
from data.samples.tables import Row, Table
from data.samples.units import DISTRICT_CODE

_CLASS = {
    "division": "行政区划",
    "committee": "群众自治组织",
    "settlement": "自然村",
    "natural": "自然地理实体",
    "road": "道路街巷",
    "bridge": "桥梁",
    "residential": "住宅区",
    "building": "楼宇",
    "facility": "公共设施",
    "park": "公园",
    "heritage": "纪念地与古迹",
}
_ROAD = {
    "motorway": "高速公路",
    "trunk": "国道",
    "primary": "主干路",
    "secondary": "次干路",
    "tertiary": "支路",
    "residential": "村道",
    "service": "内部道路",
    "path": "步行道",
    "ferry": "轮渡",
    "rail": "铁路",
}


def unit_table(district: District) -> Table:
    """List district, towns and units with their limits and people."""
    table = Table(
        "admin_unit", "行政区划与村居.geojson", "geojson", "EPSG:4490", None, "区、镇街、村居三级界线与人口"
    )
    units = list(district.units)
    whole: Row = {
        "编号": DISTRICT_CODE,
        "名称": "云溪区",
        "区划代码": DISTRICT_CODE,
        "级别": "区",
        "类别": "市辖区",
        "城乡": None,
        "上级代码": None,
    }
    table.add(whole | _people(units), district.shape)
    for town in district.towns:
        row: Row = {
            "编号": town.code,
            "名称": town.name,
            "区划代码": town.code,
            "级别": "镇街",
            "类别": "街道" if town.subdistrict else "镇",
            "城乡": None,
            "上级代码": DISTRICT_CODE,
        }
        table.add(row | _people([units[number] for number in town.units]), town.shape)
    for unit in units:
        row = {
            "编号": unit.code,
            "名称": unit.name,
            "区划代码": unit.code,
            "级别": "村居",
            "类别": "社区" if unit.community else "村",
            "城乡": "城镇" if unit.urban else "乡村",
            "上级代码": unit.code[:9],
        }
        table.add(row | _people([unit]), unit.shape)
    return table


def _people(units: list[Unit]) -> Row:
    return {
        "户数": sum(unit.households for unit in units),
        "常住人口": sum(unit.population for unit in units),
        "60岁以上": sum(unit.pop_60_plus for unit in units),
        "65岁以上": sum(unit.pop_65_plus for unit in units),
        "80岁以上": sum(unit.pop_80_plus for unit in units),
        "年死亡人数": sum(unit.deaths for unit in units),
    }


def road_table(district: District) -> Table:
    """List the pieces of the road network with their two ends."""
    table = Table(
        "road",
        "道路.zip",
        "shapefile",
        "EPSG:4549",
        None,
        "道路中心线，含起止节点；Shapefile，属性为 GBK 编码",
        encoding="gbk",
    )
    for number, edge in enumerate(district.network.edges, start=1):
        line = shapely.LineString(np.round(edge.line, 2))
        row: Row = {
            "编号": f"DL{number:05d}",
            "名称": district.names.road_name.get(edge.way or ""),
            "道路等级": _ROAD[edge.road_class],
            "可步行": "否" if edge.road_class in NOT_WALKED else "是",
            "桥梁": "是" if edge.bridge else "否",
            "隧道": "否",
            "起点编号": f"N{edge.start:05d}",
            "终点编号": f"N{edge.stop:05d}",
            "长度": round(float(line.length), 1),
        }
        table.add(row, line)
    return table


def quarter_table(district: District) -> Table:
    """List the residential quarters; newer ones were built with rooms for the aged, some with too few."""
    table = Table(
        "residential_quarter", "居住区.geojson", "geojson", "EPSG:4490", None, "城镇居住地块与乡村居民点范围"
    )
    rng = stream(district.seed, "quarter table")
    households = quarter_households(district)
    for number, block in enumerate(district.quarters):
        town = block.lattice >= 0
        count = int(households[number])
        floor = round(count * rng.uniform(92, 118) / 10) * 10
        year = int(rng.integers(1986, 2025)) if town else None
        care = round(count / 100 * rng.uniform(12, 26)) if year and year >= 2008 else (0 if town else None)
        row: Row = {
            "编号": f"JU{number + 1:04d}",
            "名称": district.names.quarter_name.get(number),
            "户数": count,
            "地上建筑面积": floor,
            "配建养老用房面积": care,
            "交付日期": f"{year}-{int(rng.integers(1, 13)):02d}-15" if year else None,
            "村居代码": district.units[block.unit].code,
        }
        table.add(row, block.shape)
    return table


def quarter_households(district: District) -> Any:
    """Part the households of every unit over its quarters; a little of the country lives outside them."""
    count = np.zeros(len(district.quarters), dtype=np.int64)
    owner = np.array([block.unit for block in district.quarters])
    weight = np.array([block.weight for block in district.quarters])
    for number, unit in enumerate(district.units):
        mine = np.flatnonzero(owner == number)
        inside = unit.households if unit.urban else round(unit.households * 0.86)
        count[mine] = parted(inside, weight[mine])
    return count


def population_table(district: District) -> Table:
    """List the inhabited cells; those of a unit add up to the unit."""
    table = Table(
        "population",
        "人口格网.csv",
        "csv",
        "EPSG:4490",
        "EPSG:4490",
        "200米格网常住人口，格网中心点",
        encoding="utf-8-sig",
    )
    for number, cell in enumerate(district.cells, start=1):
        row: Row = {
            "编号": f"GW{number:05d}",
            "常住人口": cell.population,
            "60岁以上": cell.pop_60_plus,
            "65岁以上": cell.pop_65_plus,
            "80岁以上": cell.pop_80_plus,
            "村居代码": district.units[cell.unit].code,
        }
        table.add(row, shapely.Point(cell.x, cell.y))
    return table


def name_tables(district: District) -> tuple[Table, Table]:
    """List the names: those with a course or an area, and those that are points."""
    shaped = Table(
        "place_name", "地名_线面.geojson", "geojson", "EPSG:4490", None, "道路、水系、住宅区等线状面状地名"
    )
    points = Table(
        "place_name",
        "地名_点.csv",
        "csv",
        "gcj02",
        "gcj02",
        "点状地名，坐标取自互联网地图",
        encoding="gb18030",
    )
    for number, entry in enumerate(district.names.entries, start=1):
        row = _name_row(district, number, entry)
        (points if entry.shape.geom_type == "Point" else shaped).add(row, entry.shape)
    return shaped, points


def name_id(number: int) -> str:
    """Give the id of an entry of the register, counted from 1."""
    return f"DM{number:05d}"


def _name_row(district: District, number: int, entry: PlaceName) -> Row:
    return {
        "编号": name_id(number),
        "名称": entry.name,
        "专名": entry.specific or None,
        "通名": entry.generic or None,
        "汉语拼音": entry.pinyin,
        "地名类别": _CLASS[entry.entity_class],
        "地名状态": "非标准" if entry.status == "nonstandard" else "标准",
        "批准日期": entry.approved_on,
        "始用日期": f"{entry.in_use_since}-01-01" if entry.in_use_since else None,
        "曾用名": entry.former_names,
        "备案名": entry.registered_name,
        "地名来历": entry.origin,
        "地名文化遗产": "是" if entry.heritage else None,
        "村居代码": district.units[entry.unit].code if entry.unit >= 0 else None,
        "用地面积": entry.site_m2,
        "建筑面积": entry.floor_area_m2,
        "层数": entry.floors,
        "绿地率": entry.green_rate,
    }
