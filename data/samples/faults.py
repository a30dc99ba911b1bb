"""Faults of the kind offices' files have, planted on purpose and written down with what should become of them."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import shapely

from data.samples.district import District
from data.samples.plane import degrees
from data.samples.tables import Cell, Row, Table

Fate: TypeAlias = Literal["reject-row", "reject-cell", "missing", "repaired", "finding", "not-counted"]
"""What should become of it: the row or cell is refused, the value is taken as missing, the shape is repaired, a check
reports it, or the facility is left out of coverage."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault.

    Attributes
    ----------
    row
        Line of the file (heading is line 1), or number of the feature in a GeoJSON file, from 1.
    fate
        What should become of it.
    """

    layer_id: str
    file_name: str
    row: int
    key: str
    column: str
    kind: str
    value: str
    fate: Fate
    why: str


class Planting:
    """Plants faults in tables and keeps the list of them."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.faults: list[Fault] = []

    def note(
        self, file: str, key: str, column: str, kind: str, fate: Fate, why: str, *, at: int | None = None
    ) -> None:
        """Write a fault down as it stands in the table."""
        table = self.tables[file]
        position = table.position(key) if at is None else at
        first = 1 if table.form in {"geojson", "shapefile"} else 2
        value = table.rows[position].get(column)
        self.faults.append(
            Fault(
                table.layer_id,
                table.file_name,
                position + first,
                key,
                column,
                kind,
                "" if value is None else str(value),
                fate,
                why,
            )
        )

    def put(self, file: str, key: str, values: Row, kind: str, fate: Fate, why: str) -> None:
        """Overwrite cells of a row and write the fault down under the first of them."""
        self.tables[file].row(key).update(values)
        self.note(file, key, next(iter(values)), kind, fate, why)

    def move(self, file: str, key: str, shape: Any, kind: str, fate: Fate, why: str) -> None:
        """Move a row elsewhere."""
        table = self.tables[file]
        table.shapes[table.position(key)] = shape
        self.note(file, key, "geometry", kind, fate, why)


CENTRES, HOMES, MEALS = "居家养老服务设施.csv", "养老机构.xlsx", "老年助餐点.csv"
SHELTERS, CEMETERIES = "避灾安置场所.xlsx", "公墓骨灰堂年检.xlsx"
MARKERS, LINES = "界桩登记表.xlsx", "行政区域界线.geojson"
QUARTERS, UNITS, NAMES, PLACES = (
    "居住区.geojson",
    "行政区划与村居.geojson",
    "地名_点.csv",
    "医疗餐饮等场所.csv",
)


def plant_faults(district: District, tables: Mapping[str, Table]) -> tuple[Fault, ...]:
    """Plant all faults in the tables and return the list."""
    planting = Planting(tables)
    _care(district, planting)
    _others(district, planting)
    _graves(district, planting)
    _markers(planting)
    return tuple(planting.faults)


def _care(district: District, planting: Planting) -> None:
    put = planting.put
    put(CENTRES, "JJ0012", {"经度": 0, "纬度": 0}, "坐标为0", "reject-row", "取点失败，坐标写成0,0")
    table = planting.tables[CENTRES]
    lonlat = _lonlat(table, "JJ0030")
    put(
        CENTRES,
        "JJ0030",
        {"经度": lonlat[1], "纬度": lonlat[0]},
        "经纬度颠倒",
        "reject-row",
        "经度列里是纬度",
    )
    copy = dict(table.row("JJ0045"))
    table.rows.append(copy | {"名称": f"{copy['名称']}（副本）"})
    table.shapes.append(table.shapes[table.position("JJ0045")])
    planting.note(
        CENTRES, "JJ0045", "编号", "编号重复", "reject-row", "同一编号登记两次", at=len(table.rows) - 1
    )
    outside = shapely.Point(district.shape.bounds[2] + 6000.0, float(district.shape.centroid.y))
    planting.move(CENTRES, "JJ0058", outside, "点在区外", "finding", "坐标落在本区以东数公里")
    put(CENTRES, "JJ0071", {"启用日期": "2021-02-30"}, "日期不存在", "reject-cell", "2月没有30日")
    put(
        CENTRES,
        "JJ0066",
        {"启用日期": "2025-06-30"},
        "关停早于启用",
        "finding",
        "关停日期2025-03-31早于启用日期",
    )
    put(CENTRES, "JJ0079", {"联系电话": "0000-8**1079"}, "脱敏标记", "missing", "**表示已脱敏，应作缺失")
    put(HOMES, "YL009", {"床位数": "约120"}, "数字不规范", "reject-cell", "“约120”不是数字")
    put(HOMES, "YL017", {"入住人数": "**"}, "脱敏标记", "missing", "**表示已脱敏，不得当作0")
    beds = int(str(planting.tables[HOMES].row("YL024")["床位数"]))
    put(HOMES, "YL024", {"护理型床位": beds + 15}, "护理床位多于床位", "finding", "护理型床位是床位的一部分")
    planting.note(HOMES, "YL053", "运营状态", "暂停运营", "not-counted", "暂停的机构不计入在营覆盖")
    planting.note(CENTRES, "JJ0007", "运营状态", "暂停运营", "not-counted", "暂停的设施不计入在营覆盖")
    planting.note(CENTRES, "JJ0088", "运营状态", "已关停", "not-counted", "关停的设施不计入在营覆盖")


def _lonlat(table: Table, key: str) -> list[float]:
    spot = degrees_of(table.shapes[table.position(key)])
    return [float(spot[0]), float(spot[1])]


def degrees_of(point: Any) -> Any:
    """Give longitude and latitude of a point in local metres."""
    return degrees(shapely.get_coordinates(point))[0]


def _others(district: District, planting: Planting) -> None:
    put = planting.put
    served = str(planting.tables[MEALS].row("ZC007")["服务村居"])
    put(
        MEALS,
        "ZC007",
        {"服务村居": f"{served}、虹桥新社区"},
        "服务村居不存在",
        "finding",
        "名册里没有“虹桥新社区”",
    )
    put(MEALS, "ZC021", {"餐位数": -5}, "负数", "reject-cell", "餐位数不能为负")
    north = shapely.Point(float(district.shape.centroid.x), district.shape.bounds[3] + 4000.0)
    planting.move(SHELTERS, "BZ040", north, "点在区外", "finding", "坐标落在沧江以北")
    block = next(
        number
        for number, shape in enumerate(planting.tables[QUARTERS].shapes)
        if len(shape.exterior.coords) == 5
    )
    key = str(planting.tables[QUARTERS].rows[block]["编号"])
    a, b, c, d, _ = planting.tables[QUARTERS].shapes[block].exterior.coords
    planting.move(
        QUARTERS, key, shapely.Polygon([a, c, b, d]), "多边形自相交", "repaired", "边界打结（领结形）"
    )
    village = next(
        str(row["编号"]) for row in planting.tables[UNITS].rows if str(row["编号"]).endswith("203")
    )
    put(UNITS, village, {"年死亡人数": "**"}, "脱敏标记", "missing", "**表示已脱敏，不得当作0")
    names = planting.tables[NAMES]
    nameless: Row = {heading: None for heading in names.rows[0]}  # noqa: C420 - typed as cells
    names.rows.append(nameless | {"编号": "DM99999", "地名类别": "自然村"})
    names.shapes.append(shapely.Point(district.units[60].seat))
    planting.note(NAMES, "DM99999", "名称", "缺少名称", "reject-row", "名称是必填项")
    put(PLACES, "CS030", {"类型": "待核实"}, "类型不在词表", "reject-row", "类型是必填项，“待核实”无法识别")


def _graves(district: District, planting: Planting) -> None:
    del district
    table = planting.tables[CEMETERIES]
    plots = int(str(table.row("GM010")["墓穴总数"]))
    planting.put(
        CEMETERIES, "GM010", {"已用墓穴": plots + 46}, "已用多于总数", "finding", "已用墓穴超过墓穴总数"
    )
    planting.put(
        CEMETERIES, "GM021", {"绿化覆盖率": 958}, "超出范围", "reject-cell", "小数点漏写，绿化率不能超过100%"
    )
    for key in ("GM006", "GM015", "GM028"):
        planting.note(CEMETERIES, key, "geometry", "位于禁坟区", "finding", "位于划定的禁坟区或限制区内")
    for key in ("GM007", "GM020", "GM030"):
        planting.note(CEMETERIES, key, "最近年检日期", "年检超期", "finding", "距上次年检超过一年")


def _markers(planting: Planting) -> None:
    table = planting.tables[MARKERS]
    drop = table.position("JZ0181006B")
    del table.rows[drop], table.shapes[drop]
    planting.put(
        MARKERS, "JZ0102014Q", {"界桩号": "010014"}, "界桩号残缺", "finding", "六位，缺少线号一位和类型码"
    )
    planting.put(MARKERS, "JZ0121013Q", {"界桩号": "0121012Q"}, "界桩号重复", "finding", "与0121012Q重号")
    planting.note(MARKERS, "JZ0181006A", "界桩号", "双立缺一", "finding", "只有A桩，登记表里没有B桩")
    line = planting.tables[LINES].shapes[planting.tables[LINES].position("JX0102")]
    spot = shapely.get_coordinates(table.shapes[table.position("JZ0102021Q")])[0]
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    around = shapely.points(spot + 305.0 * np.column_stack([np.cos(turn), np.sin(turn)]))
    far = around[int(shapely.distance(around, line).argmax())]
    planting.move(MARKERS, "JZ0102021Q", far, "偏离界线", "finding", "距界线约300米")
    planting.put(
        MARKERS, "JZ0121005Q", {"联检日期": "2016-09-12"}, "联检超期", "finding", "距上次联检超过五年"
    )
    planting.note(
        LINES, "JX0121", "联检日期", "联检超期", "finding", "整条界线2019年后未联检，线上多数界桩同样超期"
    )


def status_report() -> list[Row]:
    """Give a report whose parts do not add up to its total, as a published report had it: 34 against 32."""
    parts: list[tuple[str, Cell]] = [
        ("完成备案登记", 7),
        ("按养老互助点改造", 8),
        ("关停取缔", 11),
        ("正在整改", 6),
    ]
    rows: list[Row] = [{"项目": "未经登记备案的民办养老机构（场所）", "数量": 34, "说明": "合计"}]
    return rows + [{"项目": name, "数量": count, "说明": "其中"} for name, count in parts]
