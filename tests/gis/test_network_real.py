"""Real networks, on foot and by car, against scipy and networkx searching the same edges."""

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from gis.network import Network, Places

EXTRACTS = {"chengdu": "chengdu/chengdu_CD.osm.pbf", "porto": "scale/porto_portugal.osm.pbf"}
TOWNS = [("chengdu", "walk"), ("chengdu", "drive"), ("porto", "e-bike")]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=TOWNS, ids="-".join)
def town(request, real_data):
    name, mode = request.param
    return Network.from_osm(real_data / EXTRACTS[name], mode)


def plain(network):
    """Edges as a sparse matrix along their directions, the cheapest of parallel ones."""
    edges, size = network.edges, network.node_count
    both = ~edges.oneway
    row = np.concatenate([edges.u, edges.v[both]]).astype(np.int64)
    column = np.concatenate([edges.v, edges.u[both]]).astype(np.int64)
    cost = np.concatenate([edges.cost, edges.cost[both]])
    order = np.lexsort((cost, column, row))
    order = order[np.unique(row[order] * size + column[order], return_index=True)[1]]
    order = order[row[order] != column[order]]
    return csr_matrix((cost[order], (row[order], column[order])), shape=(size, size))


@pytest.mark.parametrize("towards", [True, False])
def test_the_nearest_of_several_is_what_scipy_finds_one_by_one(town, towards):
    sources = np.random.default_rng(7).choice(town.node_count, 10, replace=False)
    graph = plain(town)
    alone = dijkstra(graph.T.tocsr() if towards else graph, indices=sources)
    np.testing.assert_allclose(
        town.nearest(sources, towards=towards).cost, alone.min(axis=0), rtol=0, atol=1e-6
    )
    table = town.within(sources, 3000, towards=towards)
    assert table.nnz == (alone <= 3000).sum()
    rows = np.repeat(np.arange(10), np.diff(table.indptr))
    np.testing.assert_allclose(table.data, alone[rows, table.indices], rtol=0, atol=1e-6)


def test_no_spot_on_an_edge_is_in_the_wrong_side_of_a_service_area(town):
    random, edges, limit = np.random.default_rng(11), town.edges, 1200.0
    node = int(random.choice(np.flatnonzero(town.component == 0)))
    sites = town.snap(edges.x[[node]] + 20, edges.y[[node]] + 20, 500)
    on = np.argsort(np.hypot(edges.x[edges.u] - edges.x[node], edges.y[edges.u] - edges.y[node]))[:6000]
    spots = Places(on, random.random(len(on)) * edges.cost[on], np.zeros(len(on)))
    cost = by_networkx(town, spots, sites)
    area = town.service_area(sites, limit)
    base = np.concatenate([[0.0], np.cumsum(edges.cost + 1.0)])
    at = base[on] + spots.position
    starts, stops = base[area.edge] + area.start, base[area.edge] + area.stop
    before = np.searchsorted(starts, at + 1e-7, side="right") - 1
    inside = (before >= 0) & (at <= stops[before] + 1e-7)
    clear = np.abs(cost - limit) > 1e-5
    assert inside.any()
    assert not inside.all()
    np.testing.assert_array_equal(inside[clear], (cost <= limit)[clear])


def by_networkx(town, spots, sites):
    """Cost of each spot to the only site, by either end of its edge or along it."""
    graph = nx.from_scipy_sparse_array(plain(town), create_using=nx.DiGraph)
    edges, site = town.edges, int(sites.edge[0])
    graph.add_edge(int(edges.u[site]), "site", weight=float(sites.position[0] + sites.off[0]))
    if not edges.oneway[site]:
        left = edges.cost[site] - sites.position[0]
        graph.add_edge(int(edges.v[site]), "site", weight=float(left + sites.off[0]))
    reached = nx.single_source_dijkstra_path_length(graph.reverse(copy=False), "site")
    node = np.full(town.node_count, np.inf)
    for one, cost in reached.items():
        if one != "site":
            node[one] = cost
    on = spots.edge
    by_u = np.where(edges.oneway[on], np.inf, node[edges.u[on]] + spots.position)
    cost = np.minimum(by_u, node[edges.v[on]] + edges.cost[on] - spots.position)
    ahead = sites.position[0] - spots.position
    along = np.where(edges.oneway[on] & (ahead < 0), np.inf, np.abs(ahead) + sites.off[0])
    return np.where(on == site, np.minimum(cost, along), cost)


def test_cars_have_one_way_streets_and_walkers_have_none(town):
    share = town.edges.oneway.mean()
    assert share == 0 or share > 0.02
