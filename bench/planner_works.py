"""Clicks of the planner on a real city: its roads from OSM, with people, facilities and villages invented on them."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from measuring import answer
from towns import OUT

PEOPLE, FACILITIES, SIDE, CLICKS = 10_000, 120, 12, 30
KEY = "bench"


def city(path: str) -> Path:
    """Return the workspace of a city, from an earlier run where there is one."""
    from layers.importing import ImportOptions, import_osm
    from layers.store.protocol import By
    from layers.workspace import Settings, Workspace

    folder = OUT / "planner"
    if folder.is_dir():
        return folder
    aside = OUT / ".planner"
    shutil.rmtree(aside, ignore_errors=True)
    by = By("bench", "invented on real roads")
    with Workspace.create(aside, Settings(code="510100", name="成都")) as made:
        list(import_osm(made, Path(path), ImportOptions(), by))
        _fill(made, by)
    aside.rename(folder)
    return folder


def _fill(made: Any, by: Any) -> None:
    from layers.frames import layer_from_rows
    from layers.specs import spec_of
    from layers.store.protocol import ImportSource

    source = ImportSource("invented.csv", synthetic=True)
    for layer_id, rows in _invented(*_nodes(made)).items():
        with made.store.importing(layer_id, source, by) as sink:
            sink.append(layer_from_rows(spec_of(layer_id), rows).frame)


def _nodes(made: Any) -> tuple[Any, Any]:
    """Return the longitude and latitude of the nodes of the walk network."""
    import pyproj

    from gis.network import workspace_network

    network: Any = workspace_network(made)
    to_degrees = pyproj.Transformer.from_crs(network.crs, "EPSG:4490", always_xy=True)
    lon, lat = to_degrees.transform(np.asarray(network.edges.x), np.asarray(network.edges.y))
    return np.asarray(lon), np.asarray(lat)


def _invented(lon: Any, lat: Any) -> dict[str, list[dict[str, Any]]]:
    from shapely.geometry import Point, box

    rng = np.random.default_rng(1)
    homes, sites = (rng.choice(len(lon), size, replace=False) for size in (PEOPLE, FACILITIES))
    beside = rng.normal(0, 3e-4, (2, PEOPLE))
    counts = rng.integers(1, 60, PEOPLE).tolist()
    west, east = np.linspace(lon.min(), lon.max(), SIDE + 1), np.linspace(lat.min(), lat.max(), SIDE + 1)
    return {
        "population": [
            {"id": f"p{k}", "pop_65_plus": counts[k], "geometry": Point(lon[at] + beside[0, k], lat[at] + beside[1, k])}
            for k, at in enumerate(homes)
        ],
        "care_facility": [
            {"id": f"f{k}", "name": f"站{k}", "state": "operating", "beds": 40, "geometry": Point(lon[at], lat[at])}
            for k, at in enumerate(sites)
        ],
        "admin_unit": [
            {"id": f"u{i}-{j}", "code": f"510104{i:03d}{j:03d}", "name": f"村{i}-{j}", "level": "village",
             "geometry": box(west[i], east[j], west[i + 1], east[j + 1])}
            for i in range(SIDE) for j in range(SIDE)
        ],
    }  # fmt: skip


def _clicks(action: str) -> list[dict[str, Any]]:
    """Draw clicks in the middle of the city; facilities are closed and moved in turn."""
    spots = np.random.default_rng(2).random((CLICKS, 2)) * (0.13, 0.10) + (104.0, 30.6)
    at = [{"lon": float(lon), "lat": float(lat)} for lon, lat in spots]
    who = [f"n{k}" if action == "add" else f"f{k}" for k in range(CLICKS)]
    return [{"action": action, "id": who[k], **({} if action == "close" else at[k])} for k in range(CLICKS)]


def _timed(work: Callable[[dict[str, Any]], Any], clicks: list[dict[str, Any]]) -> str:
    """Write median and 90th percentile in milliseconds of wall time; the first click is not counted."""
    spent = []
    for one in clicks:
        begun = time.perf_counter()
        work(one)
        spent.append((time.perf_counter() - begun) * 1000)
    return f"{np.median(spent[1:]):.0f}/{np.percentile(spent[1:], 90):.0f}"


def click_ours(path: str) -> Callable[[], Any]:
    """Answer one added facility in process; says the median/p90 milliseconds of clicks of every kind and by HTTP."""
    from fastapi.testclient import TestClient

    from api.app import create_app
    from gis.coverage.changes import Change
    from gis.coverage.request import CoverageRequest
    from gis.coverage.scenarios import judged, what_if
    from gis.coverage.situation import prepare
    from layers.workspace import Workspace

    folder = city(path)
    standing = judged(prepare(Workspace.open(folder), CoverageRequest()))  # stays open: clicks read barriers

    def click(one: dict[str, Any]) -> Any:
        return what_if(standing, (Change(**one),)).as_json()

    said = {action: _timed(click, _clicks(action)) for action in ("add", "close", "move")}
    with TestClient(create_app(folder, key=KEY)) as client:
        client.get(f"/login?key={KEY}", follow_redirects=False)

        def post(one: dict[str, Any]) -> None:
            client.post("/api/whatif", json={"changes": [one]}).raise_for_status()

        said["POST move"] = _timed(post, _clicks("move"))
        said["POST add"] = _timed(post, _clicks("add"))

    def work() -> Any:
        click(_clicks("add")[0])
        return {"ms median/p90": said}

    return work


if __name__ == "__main__":
    answer({"click_ours": click_ours})
