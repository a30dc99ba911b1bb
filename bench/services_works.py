"""The pieces of work that ``services.py`` measures, ours and the peers', each prepared apart from what is timed."""

from collections.abc import Callable
from typing import Any

import numpy as np
from measuring import answer
from scipy.sparse import csr_matrix

FACILITIES, DEMAND, LIMIT_MIN, M_PER_MIN = 2_000, 100_000, 15.0, 72.0


def town(nodes: str | int) -> dict[str, Any]:
    """Draw a network like roads: a spanning tree of a triangulation and a third more of its short edges.

    Edges / nodes = 1.35, 24 m a step, every one walkable both ways at 1.2 m/s. Seeded: the same on every run.
    """
    from scipy.sparse.csgraph import minimum_spanning_tree
    from scipy.spatial import Delaunay

    size, rng = int(nodes), np.random.default_rng(20260101)
    side = 25_000.0 * np.sqrt(size / 500_000)
    x, y = rng.random((2, size)) * side
    corners = Delaunay(np.column_stack([x, y])).simplices
    pairs = np.unique(
        np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]]), axis=1), axis=0
    )
    length = np.hypot(*(one[pairs[:, 0]] - one[pairs[:, 1]] for one in (x, y)))
    tree = minimum_spanning_tree(csr_matrix((length, pairs.T), shape=(size, size))).tocoo()
    short = rng.choice(len(pairs), int(0.35 * size), replace=False, p=(1 / length) / (1 / length).sum())
    u, v = np.concatenate([tree.row, pairs[short, 0]]), np.concatenate([tree.col, pairs[short, 1]])
    minutes = np.hypot(x[u] - x[v], y[u] - y[v]) / M_PER_MIN
    return {
        "x": x, "y": y, "u": u, "v": v, "minutes": minutes,
        "sources": rng.choice(size, min(FACILITIES, size), replace=False),
        "demand": rng.choice(size, min(DEMAND, size), replace=False),
    }  # fmt: skip


def _ours(drawn: dict[str, Any]) -> Any:
    from gis.network import Network

    return Network.from_edges(drawn["x"], drawn["y"], drawn["u"], drawn["v"], drawn["minutes"])


def _pandana(drawn: dict[str, Any]) -> Any:
    import pandana
    import pandas as pd

    return pandana.Network(
        pd.Series(drawn["x"]), pd.Series(drawn["y"]), pd.Series(drawn["u"]), pd.Series(drawn["v"]),
        pd.DataFrame({"minutes": drawn["minutes"]}), twoway=True,
    )  # fmt: skip


def build_ours(nodes: str) -> Callable[[], Any]:
    """Build our network."""
    drawn = town(nodes)
    _ours(town(1000))
    return lambda: _ours(drawn).edge_count


def build_pandana(nodes: str) -> Callable[[], Any]:
    """Build pandana's network, contraction hierarchy included."""
    drawn = town(nodes)
    return lambda: len(_pandana(drawn).node_ids)


def nearest_ours(nodes: str) -> Callable[[], Any]:
    """Find the nearest of 2,000 facilities for every node within 15 minutes."""
    drawn = town(nodes)
    network = _ours(drawn)
    return lambda: int(np.isfinite(network.nearest(drawn["sources"], LIMIT_MIN).cost).sum())


def nearest_pandana(nodes: str) -> Callable[[], Any]:
    """Ask the same of pandana."""
    drawn = town(nodes)
    network = _pandana(drawn)
    at = drawn["sources"]

    def work() -> Any:
        network.set_pois("all", LIMIT_MIN, 1, drawn["x"][at], drawn["y"][at])
        found = network.nearest_pois(LIMIT_MIN, "all", num_pois=1)
        return int((found[1] < LIMIT_MIN).sum())

    return work


def pairs_ours(nodes: str) -> Callable[[], Any]:
    """Find every pair of facility and demand within 15 minutes."""
    drawn = town(nodes)
    network = _ours(drawn)
    network.within(drawn["sources"][:2], 1.0)
    return lambda: int(network.within(drawn["sources"], LIMIT_MIN)[:, drawn["demand"]].nnz)


def pairs_pandana(nodes: str) -> Callable[[], Any]:
    """Ask the same of pandana."""
    drawn = town(nodes)
    network = _pandana(drawn)
    wanted = np.zeros(int(nodes), bool)
    wanted[drawn["demand"]] = True

    def work() -> Any:
        table = network.nodes_in_range(drawn["sources"].tolist(), LIMIT_MIN)
        return int(wanted[table["destination"].to_numpy()].sum())

    return work


def _scores() -> tuple[csr_matrix, Any, Any]:
    rng = np.random.default_rng(1)
    supply, demand = 1_500, 20_000
    rows, columns = rng.integers(0, supply, 680_000), rng.integers(0, demand, 680_000)
    table = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(supply, demand))
    table.data = rng.uniform(0.5, 30, table.nnz)
    return table, rng.integers(1, 99, supply).astype(float), rng.integers(1, 999, demand).astype(float)


STEPS = ((10.0, 1.0), (20.0, 0.68), (30.0, 0.22))


def scores_ours() -> Callable[[], Any]:
    """Score 20,000 demands by E2SFCA over 678,000 pairs."""
    from gis.coverage import access_scores

    table, beds, people = _scores()
    access_scores(table[:, :9], beds, people[:9], "e2sfca", steps=STEPS)
    return lambda: float(np.asarray(access_scores(table, beds, people, "e2sfca", steps=STEPS)).sum())


def scores_access() -> Callable[[], Any]:
    """Ask the same of PySAL access."""
    import pandas as pd
    from access import Access, weights

    table, beds, people = _scores()
    long = table.tocoo()
    score = Access(
        demand_df=pd.DataFrame({"id": np.arange(len(people)), "people": people}).set_index("id"),
        demand_value="people",
        supply_df=pd.DataFrame({"id": np.arange(len(beds)), "beds": beds}).set_index("id"),
        supply_value="beds",
        cost_df=pd.DataFrame({"origin": long.col, "dest": long.row, "cost": long.data}),
        cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip
    weight = weights.step_fn(dict(STEPS))

    def work() -> Any:
        found = score.enhanced_two_stage_fca(name="e", cost="cost", weight_fn=weight, max_cost=30)
        return float(found.iloc[:, 0].sum())

    return work


def plane(demand: str, sites: str) -> tuple[csr_matrix, Any]:
    """Draw demand and candidates in a square, in reach of each other within 6 % of its side."""
    from scipy.spatial import KDTree

    rng = np.random.default_rng(1)
    homes, places = rng.random((int(demand), 2)), rng.random((int(sites), 2))
    near = KDTree(homes).sparse_distance_matrix(KDTree(places), 0.06, output_type="coo_matrix").tocsr()
    return near, rng.integers(1, 100, int(demand)).astype(float)


def cover_build_ours(demand: str, sites: str) -> Callable[[], Any]:
    """Build the MCLP model for the solver: rows merged, matrix passed, nothing solved."""
    import highspy

    from gis.siting.covering import _max_cover
    from gis.siting.highs import _model
    from gis.siting.merging import merged

    near, weight = plane(demand, sites)

    def work() -> Any:
        cover = merged(near, weight, leave_out=np.zeros(len(weight), bool))
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own way
        solver.passModel(_model(_max_cover(cover, np.zeros(int(sites), bool), 30)))
        return cover.rows

    return work


def cover_build_spopt(demand: str, sites: str) -> Callable[[], Any]:
    """Build the same model with spopt."""
    from spopt.locate import MCLP

    near, weight = plane(demand, sites)
    cost = np.full(near.shape, 1.0)
    rows = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
    cost[rows, near.indices] = 0.0
    return lambda: str(type(MCLP.from_cost_matrix(cost, weight, 0.5, p_facilities=30)).__name__)


def cover_fast(demand: str, sites: str, gap: str) -> Callable[[], Any]:
    """Solve the MCLP to a gap."""
    from gis.siting import mclp

    near, weight = plane(demand, sites)
    mclp(near[:50], weight[:50], 3, gap=0.5)

    def work() -> Any:
        plan = mclp(near, weight, 30, gap=float(gap), time_limit_s=300)
        return {"covered": plan.objective, "gap": round(plan.gap, 5), "proven": plan.proven}

    return work


def median_ours(demand: str, sites: str) -> Callable[[], Any]:
    """Solve the p-median to a proven gap of 1 %."""
    from gis.siting import p_median

    rng = np.random.default_rng(1)
    homes, places = rng.random((int(demand), 2)), rng.random((int(sites), 2))
    cost = np.hypot(*(homes[:, None, one] - places[None, :, one] for one in (0, 1)))
    weight = rng.integers(1, 100, int(demand)).astype(float)
    p_median(cost[:40, :9], weight[:40], 2)

    def work() -> Any:
        plan = p_median(cost, weight, 50, gap=0.01)
        return {"objective": round(plan.objective, 1), "gap": round(plan.gap, 5)}

    return work


def area_ours(nodes: str) -> Callable[[], Any]:
    """Give the exact stretches of road within 15 minutes of one place."""
    drawn = town(nodes)
    network = _ours(drawn)
    return lambda: len(network.service_area(drawn["sources"][:1], LIMIT_MIN).edge)


def area_hull(nodes: str) -> Callable[[], Any]:
    """Draw a hull round the nodes within 15 minutes of a networkx search."""
    import networkx as nx
    import shapely

    drawn = town(nodes)
    graph = nx.Graph()
    graph.add_weighted_edges_from(
        zip(drawn["u"].tolist(), drawn["v"].tolist(), drawn["minutes"].tolist(), strict=True)
    )
    origin = int(drawn["sources"][0])

    def work() -> Any:
        inside = nx.ego_graph(graph, origin, radius=LIMIT_MIN, distance="weight")
        at = np.array(list(inside.nodes))
        return round(
            shapely.convex_hull(shapely.multipoints(np.column_stack([drawn["x"][at], drawn["y"][at]]))).area
        )

    return work


_ENDS = ("_ours", "_pandana", "_access", "_spopt", "_hull", "_fast")

if __name__ == "__main__":
    answer({name: work for name, work in list(globals().items()) if name.endswith(_ENDS)})
