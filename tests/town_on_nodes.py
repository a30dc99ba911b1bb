"""People and facilities put exactly on nodes of a real road layer, and networkx walking the same roads."""

from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pyproj
import shapely

from layers.importing import ImportOptions, import_file
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("测试", "真实数据")
NOT_WALKED = {"motorway", "motorway_link", "railway", "ferry"}
GEOD = pyproj.Geod(ellps="GRS80")


def opened(folder: Path, name: str) -> Workspace:
    return Workspace.create(folder, Settings(code="329901", name=name))


def taken(place: Workspace, layer: str, path: Path, **options):
    return import_file(place, layer, path, ImportOptions(**options), BY)


@dataclass(frozen=True)
class OnNodes:
    """Where people and facilities were put: node names, and coordinates of each (n, 2)."""

    graph: nx.Graph
    people: list[str]
    people_at: np.ndarray
    sites: list[str]
    sites_at: np.ndarray


def walkable(place: Workspace) -> pd.DataFrame:
    frame = place.layer("road").frame
    told = frame["walkable"]
    return frame[
        (told.fillna(value=False).astype(bool)) | (told.isna() & ~frame["road_class"].isin(NOT_WALKED))
    ]


def put_on_nodes(place: Workspace, folder: Path, *, people: int, sites: int, seed: int = 5) -> OnNodes:
    """Put one person each on some nodes and facilities on others, import both, and make the graph."""
    roads = walkable(place)
    graph = nx.Graph()
    for u, v, metres in zip(roads["node_from"], roads["node_to"], roads["length_m"], strict=True):
        if u != v and metres < graph.get_edge_data(u, v, {"metres": np.inf})["metres"]:
            graph.add_edge(u, v, metres=metres)
    at = _places(roads)
    chosen = np.random.default_rng(seed).choice(sorted(at), people + sites, replace=False).tolist()
    where = np.array([at[one] for one in chosen])
    for name, layer, part in (
        ("people", "population", slice(0, people)),
        ("care", "care_facility", slice(people, None)),
    ):
        table = pd.DataFrame(
            {"id": chosen[part], "name": chosen[part], "lon": where[part, 0], "lat": where[part, 1]}
        )
        table["pop_65_plus"] = 1
        table.to_csv(folder / f"{name}.csv", index=False)
        assert taken(place, layer, folder / f"{name}.csv", crs="cgcs2000").rows_imported == len(table)
    return OnNodes(graph, chosen[:people], where[:people], chosen[people:], where[people:])


def _places(roads: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Give coordinates of nodes that no other node lies within a metre of."""
    at: dict[str, tuple[float, float]] = {}
    for u, v, shape in zip(roads["node_from"], roads["node_to"], roads.geometry, strict=True):
        at[u], at[v] = shape.coords[0], shape.coords[-1]
    names, points = list(at), shapely.points(np.array(list(at.values())))
    near, far = shapely.STRtree(points).query(points, predicate="dwithin", distance=1e-5)
    alone = np.bincount(near[near != far], minlength=len(names)) == 0
    return {name: at[name] for name, lonely in zip(names, alone, strict=True) if lonely}


def walked_m(town: OnNodes) -> np.ndarray:
    """Walk with networkx from every person to the nearest facility; never shorter than the straight line."""
    found = nx.multi_source_dijkstra_path_length(town.graph, set(town.sites), weight="metres")
    road = np.array([found.get(one, np.inf) for one in town.people])
    return np.maximum(road, straight_m(town.people_at, town.sites_at).min(axis=1))


def straight_m(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Measure every pair on the ellipsoid: (n_first, n_second)."""
    a, b = np.repeat(first, len(second), axis=0), np.tile(second, (len(first), 1))
    return GEOD.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2].reshape(len(first), len(second))
