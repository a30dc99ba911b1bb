"""The pieces of work that ``services.py`` measures, ours and the peers', each prepared apart from what is timed."""

from collections.abc import Callable
from typing import Any

import numpy as np
from measuring import answer
from scipy.sparse import csr_matrix
from towns import town

LIMIT_MIN = 15.0


def ours(drawn: dict[str, Any]) -> Any:
    """Build our network of a town."""
    from gis.network import Network

    return Network.from_edges(drawn["x"], drawn["y"], drawn["u"], drawn["v"], drawn["minutes"])


def warm_up() -> None:
    """Ask a small town everything once, so that nothing is compiled while it is timed."""
    from gis.network import covered_area

    drawn = town(1000)
    network = ours(drawn)
    network.nearest(drawn["sources"][:9], LIMIT_MIN)
    network.within(drawn["sources"][:9], LIMIT_MIN, targets=drawn["demand"])
    covered_area(network, network.service_area(drawn["sources"][:1], 1.0))


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
    warm_up()
    return lambda: ours(drawn).edge_count


def build_pandana(nodes: str) -> Callable[[], Any]:
    """Build pandana's network, contraction hierarchy included."""
    drawn = town(nodes)
    return lambda: len(_pandana(drawn).node_ids)


def nearest_ours(nodes: str) -> Callable[[], Any]:
    """Find the nearest of 2,000 facilities for every node within 15 minutes."""
    drawn = town(nodes)
    network = ours(drawn)
    warm_up()
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
    network = ours(drawn)
    warm_up()
    return lambda: network.within(drawn["sources"], LIMIT_MIN, targets=drawn["demand"]).nnz


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


def built_pairs_ours(nodes: str) -> Callable[[], Any]:
    """Build our network and find the pairs."""
    drawn = town(nodes)
    warm_up()
    return lambda: ours(drawn).within(drawn["sources"], LIMIT_MIN, targets=drawn["demand"]).nnz


def built_pairs_pandana(nodes: str) -> Callable[[], Any]:
    """Ask both of pandana."""
    drawn = town(nodes)
    wanted = np.zeros(int(nodes), bool)
    wanted[drawn["demand"]] = True

    def work() -> Any:
        table = _pandana(drawn).nodes_in_range(drawn["sources"].tolist(), LIMIT_MIN)
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

    from gis.siting.cover_programs import max_cover
    from gis.siting.highs import _model
    from gis.siting.merging import merged

    near, weight = plane(demand, sites)

    def work() -> Any:
        cover = merged(near, weight, leave_out=np.zeros(len(weight), bool))
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver's own way
        solver.passModel(_model(max_cover(cover, np.zeros(int(sites), bool), 30)))
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
    mclp(near[:500], weight[:500], 9)

    def work() -> Any:
        plan = mclp(near, weight, 30, gap=float(gap), time_limit_s=300)
        return {"covered": plan.objective, "gap": round(plan.gap, 5), "proven": plan.proven}

    return work


def cover_total_spopt(demand: str, sites: str) -> Callable[[], Any]:
    """Build and solve the MCLP with spopt and HiGHS."""
    import pulp
    from spopt.locate import MCLP

    near, weight = plane(demand, sites)
    cost = np.full(near.shape, 1.0)
    rows = np.repeat(np.arange(near.shape[0]), np.diff(near.indptr))
    cost[rows, near.indices] = 0.0

    def work() -> Any:
        model = MCLP.from_cost_matrix(cost, weight, 0.5, p_facilities=30)
        return float(pulp.value(model.solve(pulp.HiGHS(msg=False, threads=1, gapRel=0.0)).problem.objective))

    return work


def cover_total_fast(demand: str, sites: str) -> Callable[[], Any]:
    """Build and solve the MCLP to proof."""
    return cover_fast(demand, sites, "0")


def curve_fast(demand: str, sites: str) -> Callable[[], Any]:
    """Cover as much as can be with 0, 1, … 30 sites, each within 1 %."""
    from gis.siting import coverage_curve, mclp

    near, weight = plane(demand, sites)
    mclp(near[:500], weight[:500], 9)

    def work() -> Any:
        curve = coverage_curve(near, weight, 30, time_limit_s=60)
        return {
            "numbers": len(curve),
            "gap": round(max(one.bound / max(one.covered, 1.0) - 1 for one in curve[1:]), 5),
        }

    return work


def _short_of_room() -> tuple[csr_matrix, Any, Any]:
    """Draw 2,000 homes round 100 sites, 40,000 pairs, with room for nine people in ten."""
    from scipy.spatial import KDTree

    rng = np.random.default_rng(0)
    homes, places = rng.random((2_000, 2)) * 2e4, rng.random((100, 2)) * 2e4
    far, near = (np.asarray(one) for one in KDTree(homes).query(places, k=400))
    people, room = rng.gamma(2, 10, len(homes)), rng.gamma(2, 1, len(places))
    room *= 0.9 * people.sum() / room.sum()
    at = np.repeat(np.arange(len(places)), far.shape[1])
    return csr_matrix((far.ravel(), (at, near.ravel())), shape=(len(places), len(homes))), people, room


def capacity_ours() -> Callable[[], Any]:
    """Send as many people as there is room for, the least way, and prove it."""
    from gis.siting.assigning import assign_within_capacity

    walk, people, room = _short_of_room()
    assign_within_capacity(walk[:, :400], people[:400], room)

    def work() -> Any:
        found = assign_within_capacity(walk, people, room)
        return round(float(found.served.sum()), 3)

    return work


def capacity_highs() -> Callable[[], Any]:
    """Ask the same of HiGHS through scipy, as two linear programmes: most people, then the least way."""
    from scipy.optimize import linprog
    from scipy.sparse import vstack

    walk, people, room = _short_of_room()
    pairs = walk.tocoo()
    arcs = np.arange(pairs.nnz)
    sides = ((pairs.col, len(people)), (pairs.row, len(room)))
    rows = vstack(
        [csr_matrix((np.ones(pairs.nnz), (one, arcs)), shape=(size, pairs.nnz)) for one, size in sides]
    )
    limits = np.concatenate([people, room])

    def work() -> Any:
        most = linprog(-np.ones(pairs.nnz), A_ub=rows, b_ub=limits, method="highs")
        total = csr_matrix(-np.ones((1, pairs.nnz)))
        least = linprog(
            pairs.data,
            A_ub=vstack([rows, total]),
            b_ub=np.append(limits, most.fun * (1 - 1e-9)),
            method="highs",
        )
        return round(float(least.x.sum()), 3)

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


_ENDS = ("_ours", "_pandana", "_access", "_spopt", "_highs", "_fast")

if __name__ == "__main__":
    answer({name: work for name, work in list(globals().items()) if name.endswith(_ENDS)})
