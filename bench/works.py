"""The pieces of work that ``run.py`` measures, ours and the peers', each prepared apart from what is timed."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from measuring import Work, answer

BBOX_NEAR_CENTRE_DEG = 0.004
EVERY_NTH_NODE_A_SOURCE = 200


def import_osm_ours(pbf: str, folder: str) -> Callable[[], Any]:
    """Take an OSM extract into a fresh workspace and build its walking network."""
    from gis.network import workspace_network
    from layers.importing import ImportOptions, import_osm
    from layers.store.protocol import By
    from layers.workspace import Settings, Workspace

    shutil.rmtree(folder, ignore_errors=True)
    space = Workspace.create(Path(folder), Settings(code="510100", name="bench"))

    def work() -> Any:
        reports = import_osm(space, Path(pbf), ImportOptions(), By("bench"))
        network = workspace_network(space)
        rows = sum(report.rows_imported for report in reports)
        return {"rows": rows, "nodes": len(network.edges.x) if network else 0}

    return work


def import_osm_gdal(pbf: str, target: str) -> Callable[[], Any]:
    """Copy points, lines and areas of the extract into a GeoPackage with GDAL: no checks, fields or network."""
    import pyogrio

    Path(target).unlink(missing_ok=True)

    def work() -> Any:
        rows = 0
        for layer in ("points", "lines", "multipolygons"):
            frame = pyogrio.read_dataframe(pbf, layer=layer)
            pyogrio.write_dataframe(frame, target, layer=layer, driver="GPKG")
            rows += len(frame)
        return rows

    return work


def reopen_network(folder: str) -> Callable[[], Any]:
    """Open the cached, memory-mapped network of a workspace."""
    from gis.network import workspace_network
    from layers.workspace import Workspace

    space = Workspace.open(Path(folder))

    def work() -> Any:
        network = workspace_network(space)
        return len(network.edges.x) if network else 0

    return work


def cover_hospitals(folder: str) -> Callable[[], Any]:
    """Coverage of residential areas by hospitals within 1 km of path, once the network is there."""
    from gis.coverage import CoverageRequest, cover
    from gis.network import workspace_network
    from layers.workspace import Workspace

    space = Workspace.open(Path(folder))
    workspace_network(space)
    request = CoverageRequest(
        layer_id="point_of_interest", within_m=1000, travel="network", where={"kind": "hospital"}
    )
    return lambda: cover(space, request).share


def _graph(folder: str) -> Any:
    from gis.network import workspace_network
    from layers.workspace import Workspace

    network = workspace_network(Workspace.open(Path(folder)))
    if network is None:
        raise RuntimeError("the workspace has no roads")
    return network


def nearest_ours(folder: str) -> Callable[[], Any]:
    """Distance from every node to the nearest of the sources."""
    network = _graph(folder)
    sources = list(range(0, len(network.edges.x), EVERY_NTH_NODE_A_SOURCE))

    def work() -> Any:
        cost, _ = network.nearest(sources)
        return round(float(cost[cost < float("inf")].sum()), 1)

    return work


def nearest_networkx(folder: str) -> Callable[[], Any]:
    """Ask networkx the same question on the same graph."""
    import networkx as nx

    network = _graph(folder)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.edges.x)))
    for u, v, cost in zip(
        network.edges.u.tolist(), network.edges.v.tolist(), network.edges.cost.tolist(), strict=True
    ):
        if not graph.has_edge(u, v) or graph[u][v]["weight"] > cost:
            graph.add_edge(u, v, weight=cost)
    sources = set(range(0, len(network.edges.x), EVERY_NTH_NODE_A_SOURCE))
    return lambda: round(sum(nx.multi_source_dijkstra_path_length(graph, sources).values()), 1)


def _centre_box(folder: str) -> tuple[float, float, float, float]:
    from layers.workspace import Workspace

    with Workspace.open(Path(folder)) as space:
        west, south, east, north = space.store.summary("road").bbox or (0, 0, 0, 0)
    lon, lat = (west + east) / 2, (south + north) / 2
    return (
        lon - BBOX_NEAR_CENTRE_DEG,
        lat - BBOX_NEAR_CENTRE_DEG,
        lon + BBOX_NEAR_CENTRE_DEG,
        lat + BBOX_NEAR_CENTRE_DEG,
    )


def bbox_ours(folder: str) -> Callable[[], Any]:
    """Read the roads of one small window a hundred times through the store."""
    from layers.workspace import Workspace

    box, space = _centre_box(folder), Workspace.open(Path(folder))
    return lambda: [len(space.store.read("road", bbox=box)) for _ in range(100)][-1]


def bbox_pyogrio(folder: str) -> Callable[[], Any]:
    """Read the same window a hundred times through the file driver."""
    import pyogrio

    box, path = _centre_box(folder), Path(folder) / "layers.gpkg"
    return lambda: [len(pyogrio.read_dataframe(path, layer="road", bbox=box)) for _ in range(100)][-1]


WORKS: Mapping[str, Work] = {
    work.__name__: work
    for work in (
        import_osm_ours,
        import_osm_gdal,
        reopen_network,
        cover_hospitals,
        nearest_ours,
        nearest_networkx,
        bbox_ours,
        bbox_pyogrio,
    )
}

if __name__ == "__main__":
    answer(WORKS)
