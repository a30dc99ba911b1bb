"""A real network, held against scipy searching the same edges one source at a time."""

from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from gis.network import Network

EXTRACT = Path(__file__).resolve().parents[2] / "../shared/data/chengdu/chengdu_CD.osm.pbf"


@pytest.fixture(scope="module")
def chengdu():
    if not EXTRACT.is_file():
        pytest.skip("../shared/data is not here")
    return Network.from_osm(EXTRACT)


def test_the_network_has_the_size_of_the_city(chengdu):
    assert 30_000 < chengdu.node_count < 60_000
    main = np.bincount(chengdu.component)[0] / chengdu.node_count
    assert main > 0.95


def test_one_search_for_all_sources_equals_one_search_for_each(chengdu):
    sources = np.random.default_rng(7).choice(chengdu.node_count, 12, replace=False)
    edges = chengdu.edges
    low, high = (one(edges.u, edges.v).astype(np.int64) for one in (np.minimum, np.maximum))
    order = np.lexsort((edges.cost, high, low))
    _, first = np.unique(low[order] * chengdu.node_count + high[order], return_index=True)
    kept = order[first]
    plain = csr_matrix((edges.cost[kept], (low[kept], high[kept])), shape=(chengdu.node_count,) * 2)
    alone = dijkstra(plain, directed=False, indices=sources).min(axis=0)
    np.testing.assert_allclose(chengdu.nearest(sources).cost, alone, rtol=0, atol=1e-6)


def test_parallel_edges_are_there_and_do_not_add_up(chengdu):
    edges = chengdu.edges
    pairs = np.unique(np.column_stack([np.minimum(edges.u, edges.v), np.maximum(edges.u, edges.v)]), axis=0)
    assert len(pairs) < chengdu.edge_count
    assert len(chengdu.graph.indices) == 2 * int((pairs[:, 0] != pairs[:, 1]).sum())


def test_no_place_is_nearer_by_road_than_in_a_straight_line(chengdu):
    random = np.random.default_rng(3)
    nodes = random.choice(chengdu.node_count, 300)
    x, y = (
        chengdu.edges.x[nodes] + random.normal(0, 60, 300),
        chengdu.edges.y[nodes] + random.normal(0, 60, 300),
    )
    homes, sites = chengdu.snap(x[:200], y[:200], 500), chengdu.snap(x[200:], y[200:], 500)
    found = chengdu.cost_of(homes, sites)
    straight = np.hypot(x[:200] - x[200:][found.source], y[:200] - y[200:][found.source])
    reached = found.source >= 0
    assert (found.cost[reached] >= straight[reached] * 0.9995).all()
