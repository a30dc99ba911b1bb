"""A workspace of a small town in which every question about coverage has an answer."""

from pathlib import Path
from typing import Any

from shapely import LineString, Point, box

from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

WEST, SOUTH = 119.50, 31.70
ROWS: dict[str, list[dict[str, Any]]] = {
    "admin_unit": [
        {"id": "t1", "name": "清溪镇", "code": "320413100000", "level": "town",
         "geometry": box(WEST, SOUTH, WEST + 0.04, SOUTH + 0.02)},
        {"id": "v1", "name": "东村", "code": "320413100201", "level": "village", "parent_code": "320413100000",
         "geometry": box(WEST, SOUTH, WEST + 0.02, SOUTH + 0.02)},
        {"id": "v2", "name": "西村", "code": "320413100202", "level": "village", "parent_code": "320413100000",
         "geometry": box(WEST + 0.02, SOUTH, WEST + 0.04, SOUTH + 0.02)},
    ],
    "population": [
        {"id": "p1", "pop_65_plus": 1000, "population": 5000, "geometry": Point(WEST + 0.002, SOUTH + 0.01)},
        {"id": "p2", "pop_65_plus": 600, "population": 2000, "geometry": Point(WEST + 0.035, SOUTH + 0.01)},
        {"id": "p3", "pop_65_plus": 200, "population": 900, "geometry": Point(WEST + 0.015, SOUTH + 0.01)},
    ],
    "care_facility": [
        {"id": "c1", "name": "东村养老院", "kind": "care_home", "beds": 40,
         "geometry": Point(WEST + 0.01, SOUTH + 0.01)},
        {"id": "c2", "name": "西村养老院", "kind": "care_home", "beds": 30,
         "geometry": Point(WEST + 0.034, SOUTH + 0.01)},
    ],
    "meal_point": [
        {"id": "m1", "name": "东村食堂", "tier": "canteen", "meals_per_day": 20, "delivers": True,
         "geometry": Point(WEST + 0.003, SOUTH + 0.01)},
    ],
    "residential_quarter": [
        {"id": "q1", "name": "东苑", "households": 500,
         "geometry": box(WEST + 0.001, SOUTH + 0.008, WEST + 0.004, SOUTH + 0.012)},
    ],
    "building": [
        {"id": "b1", "households": 40, "geometry": box(WEST + 0.002, SOUTH + 0.0095, WEST + 0.0022, SOUTH + 0.0097)},
        {"id": "b2", "households": 30, "geometry": box(WEST + 0.035, SOUTH + 0.0095, WEST + 0.0352, SOUTH + 0.0097)},
    ],
    "road": [
        {"id": "r1", "name": "中心路", "road_class": "residential",
         "geometry": LineString([(WEST + step / 500, SOUTH + 0.01) for step in range(21)])},
    ],
}  # fmt: skip


def build(folder: Path) -> Path:
    """Make the workspace in ``folder`` and return the folder."""
    with Workspace.create(folder, Settings(code="320413", name="金坛区")) as workspace:
        for layer_id, features in ROWS.items():
            source = ImportSource(file_name=f"{layer_id}.geojson")
            with workspace.store.importing(layer_id, source, By("test")) as sink:
                sink.append(layer_from_rows(spec_of(layer_id), features).frame)
    return folder
