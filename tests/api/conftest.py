"""A tiny workspace and its application."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from shapely import LineString, Point, box

from api.app import create_app
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

KEY = "open-sesame"
WEST, SOUTH = 119.50, 31.70

ROWS = {
    "admin_unit": [
        {"id": "t1", "name": "清溪镇", "code": "320413100000", "level": "town", "pop_65_plus": 300,
         "geometry": box(WEST, SOUTH, WEST + 0.04, SOUTH + 0.02)},
        {"id": "v1", "name": "东村", "code": "320413100201", "level": "village", "parent_code": "320413100000",
         "pop_65_plus": 296, "population": 1500, "geometry": box(WEST, SOUTH, WEST + 0.02, SOUTH + 0.02)},
        {"id": "v2", "name": "西村", "code": "320413100202", "level": "village", "parent_code": "320413100000",
         "pop_65_plus": 4, "population": 9, "geometry": box(WEST + 0.02, SOUTH, WEST + 0.04, SOUTH + 0.02)},
    ],
    "care_facility": [
        {"id": "c1", "name": "东村养老院", "kind": "care_home", "beds": 40, "contact": "院长某", "residents": 31,
         "geometry": Point(WEST + 0.01, SOUTH + 0.01)},
        {"id": "c2", "name": "=HYPERLINK(1)", "kind": "care_home", "geometry": Point(WEST + 0.011, SOUTH + 0.012)},
    ],
    "place_name": [
        {"id": f"n{number}", "name": f"幸福路{number}号Plaza", "geometry": Point(WEST + number / 1000, SOUTH + 0.005)}
        for number in range(30)
    ] + [{"id": "n-list", "name": "无图名单"}],
    "boundary_marker": [
        {"id": "m1", "raw_number": "320413001", "geometry": Point(WEST, SOUTH)},
    ],
    "road": [
        {"id": "r1", "name": "中心路", "road_class": "residential",
         "geometry": LineString([(WEST, SOUTH + 0.01), (WEST + 0.02, SOUTH + 0.01)])},
    ],
}  # fmt: skip


def fill(folder: Path, rows: dict[str, list[dict[str, object]]] = ROWS) -> Path:
    """Make a workspace in ``folder`` through the store and return the folder."""
    with Workspace.create(folder, Settings(code="320413", name="金坛区")) as workspace:
        for layer_id, features in rows.items():
            frame = layer_from_rows(spec_of(layer_id), features).frame
            source = ImportSource(file_name=f"{layer_id}.geojson")
            with workspace.store.importing(layer_id, source, By("test")) as sink:
                sink.append(frame)
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two villages, two facilities, 31 names, a marker and a road; tests only read it."""
    return fill(tmp_path_factory.mktemp("tiny") / "ws")


@pytest.fixture
def visitor(tiny: Path) -> Iterator[TestClient]:
    """Somebody without a session."""
    with TestClient(create_app(tiny, key=KEY)) as client:
        yield client


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    """Somebody who showed the key."""
    assert visitor.get(f"/login?key={KEY}", follow_redirects=False).status_code == 303
    return visitor
