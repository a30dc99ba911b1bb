"""Tables of burial: zones where no grave may be, and the cemeteries and columbaria, most of them well placed."""

# ruff: noqa: ANN401, PLR2004 - shapely is untyped, measures of the drawing

from typing import Any

import numpy as np
import shapely

from data.samples.chance import stream
from data.samples.curves import blob
from data.samples.district import District
from data.samples.plane import Bools, Floats
from data.samples.tables import Row, Table, phone

CEMETERIES = 32
IN_ZONE = {5: "云溪河两岸", 14: "石门水库水源保护区", 27: "横泾镇第一片永久基本农田"}
"""Which cemeteries (from 0) stand in which zone on purpose."""
_CLEAR_M = 330.0
_LAW = "殡葬管理条例第十条"


def zone_table(district: District) -> Table:
    """List the zones: banks, shores, sides of trunk lines, hills, forest, farmland, parks, old sites, the city."""
    table = Table(
        "no_burial_zone", "禁坟区.geojson", "geojson", "EPSG:4490", None, "禁止、限制建造坟墓区域范围"
    )
    for number, (name, kind, shape) in enumerate(_zones(district), start=1):
        row: Row = {
            "编号": f"JF{number:03d}",
            "名称": name,
            "类型": kind,
            "划定依据": _LAW,
            "生效日期": "2019-01-01",
        }
        table.add(row, shapely.simplify(shape.intersection(district.shape), 12.0))
    return table


def _zones(district: District) -> list[tuple[str, str, Any]]:
    terrain, rng = district.terrain, stream(district.seed, "zones")
    found: list[tuple[str, str, Any]] = []
    for river in terrain.rivers:
        if river.rank in {"border", "main", "canal", "branch"}:
            reach = {"border": 300.0, "main": 200.0, "canal": 120.0, "branch": 80.0}[river.rank]
            found.append(
                (
                    f"{river.name}两岸",
                    "水库及河流堤坝附近",
                    river.path.buffer(river.width_m / 2 + reach, quad_segs=3),
                )
            )
    found.append(("白鹭湖沿岸", "水库及河流堤坝附近", terrain.lake.buffer(300.0, quad_segs=3)))
    found.append(("石门水库水源保护区", "水源保护区", terrain.reservoir.buffer(600.0, quad_segs=3)))
    for plan in (*terrain.plan["motorway"].values(), terrain.plan["railway"]):
        ways = [shapely.LineString(edge.line) for edge in district.network.edges if edge.way == plan["name"]]
        found.append(
            (
                f"{plan['name']}两侧",
                "铁路、公路主干线两侧",
                shapely.line_merge(shapely.union_all(ways)).buffer(150.0, quad_segs=3),
            )
        )
    hills = [np.array(hill["at"]) * 1000 for hill in terrain.hills]
    scenic = blob(
        (float(hills[0][0]) + 300, float(hills[0][1]) + 900),
        rng,
        radius_m=1100,
        stretch=1.8,
        turn=1.3,
        rough=0.12,
    )
    forest = blob(
        (float(hills[2][0]), float(hills[2][1])), rng, radius_m=900, stretch=2.0, turn=2.3, rough=0.14
    )
    found += [("栖云山风景名胜区", "风景名胜区", scenic), ("青螺山林地", "林地", forest)]
    for town in district.towns:
        if not town.subdistrict:
            found += _farmland(district, town.name, town.shape, rng)
    blocks = [block.shape for block in district.quarters + district.others if block.lattice == 0]
    city = shapely.union_all(blocks).buffer(160.0, quad_segs=2).buffer(-60.0, quad_segs=2)
    found.append(("城区禁坟区", "禁坟区", max(shapely.get_parts(city), key=lambda part: part.area)))
    parks = [
        entry.shape
        for entry in district.names.entries
        if entry.entity_class == "park" and entry.shape.geom_type == "Polygon"
    ]
    found.append(("城市公园", "城市公园", shapely.union_all(parks[:12])))
    old = next(entry.shape for entry in district.names.entries if entry.name == "崧墩遗址")
    found.append(("崧墩遗址保护范围", "文物保护区", old.buffer(180.0, quad_segs=4)))
    return found


def _farmland(
    district: District, name: str, shape: Any, rng: np.random.Generator
) -> list[tuple[str, str, Any]]:
    """Lay two patches of permanent farmland on the plain of a town, clear of its villages."""
    points = district.mesh.xy[_covering(shape, shapely.points(district.mesh.xy))]
    plain = points[district.terrain.height_m(points) < 12.0]
    if len(plain) < 40:
        return []
    homes = shapely.union_all(
        [block.shape.buffer(70.0) for block in district.quarters if shape.intersects(block.shape)]
    )
    found = []
    for number, centre in enumerate(plain[rng.choice(len(plain), 2, replace=False)], start=1):
        patch = blob(
            (float(centre[0]), float(centre[1])),
            rng,
            radius_m=1250,
            stretch=1.3,
            turn=rng.uniform(0, 3),
            rough=0.2,
        )
        patch = patch.intersection(shape).difference(district.terrain.banks).difference(homes)
        parts = [
            part for part in shapely.get_parts(patch) if part.geom_type == "Polygon" and part.area > 60_000.0
        ]
        if parts:
            found.append(
                (f"{name}第{'一二'[number - 1]}片永久基本农田", "永久基本农田", shapely.MultiPolygon(parts))
            )
    return found


def cemetery_table(district: District, zones: Table) -> Table:
    """List the cemeteries: free room from plenty to nearly none, most inspected this year."""
    table = Table(
        "cemetery", "公墓骨灰堂年检.xlsx", "xlsx", "EPSG:4490", "EPSG:4490", "公墓、骨灰堂年检情况表"
    )
    rng = stream(district.seed, "cemeteries")
    sites = _sites(district, zones, rng)
    names = ("青松", "翠柏", "长青", "福安", "静园", "怀恩", "归园", "永思", "慈云", "仙鹤", "松鹤", "安息")
    for number, (x, y) in enumerate(sites.tolist()):
        at = shapely.Point(x, y)
        unit_number = next(i for i, unit in enumerate(district.units) if unit.shape.covers(at))
        unit = district.units[unit_number]
        town = district.towns[unit.town]
        kind = _kind(number)
        suffix = {
            "公益性公墓": "公墓",
            "经营性公墓": "陵园",
            "骨灰堂": "骨灰堂",
            "生态葬区": "生态葬园",
            "烈士陵园": "烈士陵园",
        }[kind]
        row: Row = {
            "编号": f"GM{number + 1:03d}",
            "名称": f"{unit.name.removesuffix('社区').removesuffix('村')}{names[number % 12]}{suffix}",
            "公墓性质": kind,
            **_places(kind, number, rng),
            "绿化覆盖率": round(float(np.clip(rng.normal(95.4, 1.6), 88, 99)), 1),
            **_inspection(number, rng),
            "管理单位": f"{unit.name}{'居' if unit.community else '村'}民委员会"
            if kind != "经营性公墓"
            else "云溪殡葬服务有限公司",
            "服务村居": "、".join(district.units[one].name for one in _served(district, unit_number)),
            "村居代码": unit.code,
            "地址": f"云溪区{town.name}{unit.name}",
            "电话": phone(4000 + number),
        }
        table.add(row, at)
    return table


def _kind(number: int) -> str:
    fixed = {0: "经营性公墓", 1: "经营性公墓", 2: "烈士陵园", 3: "生态葬区"}
    return fixed.get(number, "骨灰堂" if number >= CEMETERIES - 9 else "公益性公墓")


def _places(kind: str, number: int, rng: np.random.Generator) -> Row:
    """Give plots or niches, how many are used, and the land they take."""
    big = 3.2 if kind == "经营性公墓" else 1.0
    total = round(int(rng.integers(520, 1500)) * big / 10) * 10
    used = round(total * float(np.clip(rng.beta(4.2, 2.2), 0.2, 0.97)))
    if number in {8, 17, 25}:
        used = round(total * 0.985)
    if kind == "骨灰堂":
        return {
            "墓穴总数": None,
            "已用墓穴": None,
            "格位总数": total * 2,
            "已用格位": used * 2,
            "占地面积": round(total * 1.1),
            "单穴面积": None,
        }
    plot = 1.0 if kind == "经营性公墓" else 0.8 if number in {9, 20} else 0.5
    return {
        "墓穴总数": total,
        "已用墓穴": used,
        "格位总数": None,
        "已用格位": None,
        "占地面积": round(total * rng.uniform(2.1, 3.2)),
        "单穴面积": plot,
    }


def _inspection(number: int, rng: np.random.Generator) -> Row:
    late = {6: "2023-05-18", 19: "2022-04-20", 29: "2024-03-12"}
    day = late.get(number, f"2025-{int(rng.integers(3, 7)):02d}-{int(rng.integers(1, 29)):02d}")
    result = {11: "限期整改", 22: "限期整改", 29: "延期"}.get(number, "合格")
    return {
        "最近年检日期": day,
        "年检结果": result,
        "许可有效期": "2025-10-31" if number in {7, 28} else "2027-12-31",
    }


def _served(district: District, unit: int) -> list[int]:
    """Give the units of the town that lie nearer than the others."""
    members = district.towns[district.units[unit].town].units
    seat = np.array(district.units[unit].seat)
    return sorted(
        members, key=lambda one: (float(np.hypot(*(np.array(district.units[one].seat) - seat))), one)
    )[:9]


def _sites(district: District, zones: Table, rng: np.random.Generator) -> Floats:
    """Choose sites: slopes and edges well clear of every zone and of homes, a few in a zone on purpose."""
    forbidden = shapely.union_all([shape for shape in zones.shapes if shape is not None])
    guarded = forbidden.buffer(_CLEAR_M, quad_segs=2)
    homes = shapely.union_all([block.shape for block in district.quarters]).buffer(120.0, quad_segs=2)
    shapely.prepare(guarded)
    shapely.prepare(homes)
    xy = district.mesh.xy
    points = shapely.points(xy)
    margin = district.shape.buffer(-350.0)
    shapely.prepare(margin)
    land = district.mesh.dry & shapely.contains(margin, points)
    height = district.terrain.height_m(xy)
    good = land & ~shapely.intersects(guarded, points) & ~shapely.intersects(homes, points)
    weight = np.where(good, 0.25 + np.exp(-(((height - 45) / 35) ** 2)) * 2.2, 0.0)
    named = {row["名称"]: shape for row, shape in zip(zones.rows, zones.shapes, strict=True)}
    lower = land & (height < 60.0)
    chosen: list[int] = []
    towns = [_covering(town.shape, points) for town in district.towns if not town.subdistrict]
    for number in range(CEMETERIES):
        if number in IN_ZONE:
            zone = named.get(IN_ZONE[number], zones.shapes[0])
            chosen.append(int(rng.choice(np.flatnonzero(lower & _covering(zone, points)))))
            continue
        here = weight * towns[number % len(towns)]
        for other in chosen:
            here = np.where(np.hypot(*(xy - xy[other]).T) < 1500.0, 0.0, here)
        here = here if here.sum() > 0 else weight
        chosen.append(int(rng.choice(len(xy), p=here / here.sum())))
    return np.round(xy[chosen], 1)


def _covering(shape: Any, points: Any) -> Bools:
    """Tell which points a shape contains, quickly for many points."""
    shapely.prepare(shape)
    found: Bools = shapely.contains(shape, points)
    return found
