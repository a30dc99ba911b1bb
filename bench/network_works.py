"""Work on large and on real networks that ``services.py`` measures, each prepared apart from what is timed."""

import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from measuring import answer
from services_works import LIMIT_MIN, ours, warm_up
from towns import town

SPOTS, TIMES = 8_000, 20
WALK_M = 1080.0
"""15 minutes at 1.2 m/s."""


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def nearest_everywhere_ours(nodes: str) -> Callable[[], Any]:
    """Find the nearest of 2,000 facilities for every node, however far; says how much memory it took."""
    drawn = town(nodes)
    network = ours(drawn)
    warm_up()

    def work() -> Any:
        before = _peak_mb()
        reached = int(np.isfinite(network.nearest(drawn["sources"]).cost).sum())
        return {"reached": reached, "extra MB": round(_peak_mb() - before)}

    return work


def dissolved_ours(nodes: str) -> Callable[[], Any]:
    """Draw the dissolved service area of 200 facilities, search included."""
    from gis.network import covered_area

    drawn = town(nodes)
    network = ours(drawn)
    warm_up()

    def work() -> Any:
        area = covered_area(network, network.service_area(drawn["sources"][:200], LIMIT_MIN))
        return {"km2": round(area.area / 1e6, 1), "valid": bool(area.is_valid)}

    return work


def _spots(drawn: dict[str, Any]) -> tuple[Any, Any, Any]:
    """Draw spots on edges round the first source, and tell by networkx which are within the limit."""
    import networkx as nx

    origin = int(drawn["sources"][0])
    graph = nx.Graph()
    for u, v, cost in zip(drawn["u"].tolist(), drawn["v"].tolist(), drawn["minutes"].tolist(), strict=True):
        graph.add_edge(u, v, weight=min(cost, graph.get_edge_data(u, v, {"weight": cost})["weight"]))
    reached = nx.single_source_dijkstra_path_length(graph, origin, cutoff=2 * LIMIT_MIN)
    node = np.full(len(drawn["x"]), np.inf)
    node[list(reached)] = list(reached.values())
    u, v, length = drawn["u"], drawn["v"], drawn["minutes"]
    near = np.flatnonzero(np.isfinite(node[u]) | np.isfinite(node[v]))
    on = np.random.default_rng(5).choice(near, SPOTS)
    share = np.random.default_rng(6).random(SPOTS)
    cost = np.minimum(node[u[on]] + share * length[on], node[v[on]] + (1 - share) * length[on])
    return on, share, cost <= LIMIT_MIN


def area_ours(nodes: str) -> Callable[[], Any]:
    """Give the exact stretches within 15 minutes of one place, 20 times; says how many spots on edges it gets wrong."""
    drawn = town(nodes)
    network = ours(drawn)
    on, share, truth = _spots(drawn)
    area = network.service_area(drawn["sources"][:1], LIMIT_MIN)
    inside = np.zeros(SPOTS, bool)
    for edge, start, stop in zip(*area, strict=True):
        at = share * drawn["minutes"][on]
        inside |= (on == edge) & (start <= at + 1e-9) & (at <= stop + 1e-9)

    def work() -> Any:
        for _ in range(TIMES):
            found = network.service_area(drawn["sources"][:1], LIMIT_MIN)
        return {"stretches": len(found.edge), **_wrong(inside, truth)}

    return work


def area_hull(nodes: str) -> Callable[[], Any]:
    """Draw a hull round the nodes within 15 minutes, as often, by the recipe of osmnx for isochrones; says the same.

    The recipe (osmnx examples, isolines): ``networkx.ego_graph`` by travel time, ``osmnx.graph_to_gdfs``, convex hull.
    """
    import networkx as nx
    import osmnx as ox
    import shapely

    drawn = town(nodes)
    x, y, u, v = drawn["x"], drawn["y"], drawn["u"], drawn["v"]
    graph = nx.MultiDiGraph(crs="EPSG:32648")
    graph.add_nodes_from((k, {"x": at_x, "y": at_y}) for k, (at_x, at_y) in enumerate(zip(x, y, strict=True)))
    for one, other in ((u, v), (v, u)):
        graph.add_weighted_edges_from(
            zip(one.tolist(), other.tolist(), drawn["minutes"].tolist(), strict=True), "minutes"
        )
    origin = int(drawn["sources"][0])

    def hull() -> Any:
        inside = nx.ego_graph(graph, origin, radius=LIMIT_MIN, distance="minutes")
        return ox.graph_to_gdfs(inside, edges=False).union_all().convex_hull

    on, share, truth = _spots(drawn)
    spot_x, spot_y = (one[u[on]] + share * (one[v[on]] - one[u[on]]) for one in (x, y))
    told = _wrong(shapely.contains_xy(hull(), spot_x, spot_y), truth)
    return lambda: {"km2": round(max(hull().area for _ in range(TIMES)) / 1e6, 2), **told}


def _wrong(inside: Any, truth: Any) -> dict[str, str]:
    wrong = f"{int((inside & ~truth).sum())} false in, {int((~inside & truth).sum())} false out of {SPOTS}"
    return {"spots": wrong}


def real_ours(path: str, mode: str) -> Callable[[], Any]:
    """Ask a real network three things: nearest of 500, pairs within 1 km, the exact area of 200."""
    from gis.network import Network

    network = Network.from_osm(Path(path), mode)
    sources = np.random.default_rng(3).choice(network.node_count, 500, replace=False)
    warm_up()

    def work() -> Any:
        reached = int(np.isfinite(network.nearest(sources).cost).sum())
        pairs = network.within(sources, WALK_M).nnz
        stretches = len(network.service_area(sources[:200], WALK_M).edge)
        return {"nodes": network.node_count, "reached": reached, "pairs": pairs, "stretches": stretches}

    return work


def real_scipy(path: str, mode: str) -> Callable[[], Any]:
    """Ask the first two of scipy on the same graph."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    from gis.network import Network

    network = Network.from_osm(Path(path), mode)
    sources = np.random.default_rng(3).choice(network.node_count, 500, replace=False)
    graph = network.graph
    matrix = csr_matrix(
        (graph.weights, graph.indices, graph.indptr), shape=(graph.size, graph.size)
    ).T.tocsr()

    def work() -> Any:
        cost = dijkstra(matrix, indices=sources, min_only=True)
        pairs = sum(int((dijkstra(matrix, indices=one, limit=WALK_M) <= WALK_M).sum()) for one in sources)
        return {"reached": int(np.isfinite(cost).sum()), "pairs": pairs}

    return work


_ENDS = ("_ours", "_hull", "_scipy")

if __name__ == "__main__":
    answer({name: work for name, work in list(globals().items()) if name.endswith(_ENDS)})
