"""A small made-up district for tests of maps and pages: 4 towns of 4 villages, a river, streets, services."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

WEST, SOUTH, STEP = 119.40, 31.60, 0.02
SIDE = 4
HOSTILE = "<script>alert(1)</script>&\"'店"
AS_OF = date(2024, 6, 30)

Row = Mapping[str, Any]


def _cell(column: float, row: float, size: float = 1.0) -> shapely.Polygon:
    west, south = WEST + column * STEP, SOUTH + row * STEP
    return shapely.box(west, south, west + size * STEP, south + size * STEP)


def _at(column: float, row: float) -> shapely.Point:
    return shapely.Point(WEST + column * STEP, SOUTH + row * STEP)


def _units() -> Iterable[Row]:
    yield {
        "id": "d",
        "name": "测试区",
        "code": "320499",
        "level": "county",
        "geometry": _cell(0, 0, SIDE),
        "as_of": AS_OF,
    }
    for town in range(4):
        column, row = 2 * (town % 2), 2 * (town // 2)
        code = f"3204991{town:02d}"
        shape = _cell(column, row, 2)
        yield {
            "id": code,
            "name": f"{'东南西北'[town]}山镇",
            "code": code,
            "level": "town",
            "parent_code": "320499",
        } | {"geometry": shape}
        for number in range(4):
            village = _cell(column + number % 2, row + number // 2)
            yield {
                "id": f"{code}{number + 1:03d}",
                "name": f"{'东南西北'[town]}{'湖桥塘岭'[number]}村",
                "code": f"{code}{number + 1:03d}",
                "level": "village",
                "parent_code": code,
                "population": 1200 + 90 * number,
                "pop_65_plus": 4 if (town, number) == (0, 0) else 210 + 10 * number,
                "geometry": village,
                "as_of": AS_OF,
            }


def _roads() -> Iterable[Row]:
    classes = ("residential", "tertiary", "primary", "tertiary", "residential")
    for i, road_class in enumerate(classes):
        along = [_at(j / 2, i + 0.02) for j in range(2 * SIDE + 1)]
        across = [_at(i + 0.02, j / 2) for j in range(2 * SIDE + 1)]
        for name, points in ((f"横{i + 1}路", along), (f"纵{i + 1}路", across)):
            for k in range(len(points) - 1):
                line = shapely.LineString([points[k], points[k + 1]])
                yield {"id": f"{name}{k}", "name": name, "road_class": road_class, "geometry": line}


def _services() -> Mapping[str, list[Row]]:
    care = [
        {
            "id": f"c{i}",
            "name": f"第{i}居家养老服务中心",
            "kind": ("home_care_centre", "care_home", "day_care")[i % 3],
            "state": "suspended" if i == 5 else "operating",
            "address": f"横{i % 4 + 1}路{i}号",
            "phone": f"0519-8200{i:04d}",
            "hours": "8:00–17:00",
            "beds": 20 + i,
            "contact": "院长某",
            "geometry": _at(0.5 + i % 4, 0.45 + (i * 3 % 7) / 2),
            "as_of": AS_OF,
        }
        for i in range(8)
    ]
    meals = [
        {"id": f"m{i}", "name": f"幸福食堂{i}号店", "tier": ("canteen", "point")[i % 2], "state": "operating"}
        | {"geometry": _at(0.3 + i % 4, 0.6 + i // 2), "meals_per_day": 120}
        for i in range(6)
    ] + [
        {"id": "m-hostile", "name": HOSTILE, "tier": "point", "state": "operating", "geometry": _at(2.2, 2.3)}
    ]
    tombs = [{"id": "t1", "name": "青山公墓", "kind": "public_benefit", "plots": 900, "plots_used": 700}]
    tombs[0]["geometry"] = _at(3.4, 3.5)
    homes = [
        {"id": "s1", "name": "中心小学避灾点", "kind": "town", "capacity": 300, "geometry": _at(1.4, 2.6)}
    ]
    return {"care_facility": care, "meal_point": meals, "cemetery": tombs, "shelter": homes}


def _ground() -> Mapping[str, list[Row]]:
    river = shapely.LineString([_at(x / 4, 1.5 + 0.25 * (x % 3)) for x in range(4 * SIDE + 1)])
    lake = _at(2.6, 1.2).buffer(0.006)
    places: list[Row] = [
        {"id": "p1", "name": "测河", "generic": "河", "entity_class": "natural", "geometry": river},
        {
            "id": "p2",
            "name": "镜湖",
            "generic": "湖",
            "entity_class": "natural",
            "geometry": lake,
        },
        {
            "id": "p3",
            "name": "牛头山",
            "generic": "山",
            "entity_class": "natural",
            "geometry": _cell(3, 3, 0.8),
        },
    ]
    places += [
        {
            "id": f"n{i}",
            "name": f"测试庄{i}",
            "entity_class": "settlement",
            "geometry": _at(i % 8 / 2 + 0.2, i // 8 / 2),
        }
        for i in range(48)
    ]
    zone = {
        "id": "z1",
        "name": "镜湖水源保护区",
        "kind": "water_source",
        "geometry": _at(2.6, 1.2).buffer(0.009),
    }
    quarters = [{"id": "q1", "name": "锦绣花园", "households": 600, "geometry": _cell(1.2, 1.2, 0.3)}]
    line = shapely.LineString([_at(0, 0), _at(0, SIDE)])
    border = {"id": "l1", "name": "测邻线", "line_number": "3204", "geometry": line}
    marker = {"id": "k1", "name": "1号界桩", "raw_number": "32040001", "geometry": _at(0, 1.5)}
    return {
        "place_name": places,
        "no_burial_zone": [zone],
        "residential_quarter": quarters,
        "boundary_line": [border],
        "boundary_marker": [marker],
    }


def district(folder: Path, **settings: Any) -> Workspace:
    """Create and open a workspace with the district in ``folder``."""
    workspace = Workspace.create(folder, Settings("320499", "测试区", **({"synthetic": True} | settings)))
    rows: dict[str, list[Row]] = {"admin_unit": list(_units()), "road": list(_roads())}
    for layer_id, some in (rows | _services() | _ground()).items():
        layer = layer_from_rows(spec_of(layer_id), [{"source": "made for the tests"} | one for one in some])
        source = ImportSource(f"{layer_id}.geojson", synthetic=True)
        with workspace.store.importing(layer_id, source, By("测试")) as sink:
            refused = sink.append(layer.frame)
        if refused:
            raise AssertionError(refused)
    return workspace
