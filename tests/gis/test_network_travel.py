import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from gis.network import Network
from layers.errors import InputError


def town(seed: int, nodes: int = 40) -> tuple[Network, csr_matrix]:
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(0, 100, size=(2, nodes))
    u, v = rng.integers(0, nodes, size=(2, 2 * nodes))
    cost = rng.integers(0, 9, size=2 * nodes).astype(float)
    table = np.full((nodes, nodes), np.inf)
    np.minimum.at(table, (u, v), cost)
    table = np.minimum(table, table.T)
    rows, columns = np.nonzero(np.isfinite(table) & ~np.eye(nodes, dtype=bool))
    return Network.from_edges(x, y, u, v, cost), csr_matrix(
        (table[rows, columns], (rows, columns)), shape=table.shape
    )


def dense(table: csr_matrix) -> np.ndarray:
    out = np.full(table.shape, np.inf)
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    out[rows, table.indices] = table.data
    return out


@given(st.integers(0, 10_000), st.floats(0, 30))
def test_everything_within_is_what_scipy_finds(seed, limit):
    network, graph = town(seed)
    sources = np.arange(0, 40, 3)
    expected = dijkstra(graph, directed=False, indices=sources)
    expected[expected > limit] = np.inf
    assert np.array_equal(dense(network.within(sources, limit)), expected)


@given(st.integers(0, 10_000))
def test_the_smallest_of_each_column_is_the_nearest(seed):
    network, _ = town(seed)
    table = dense(network.within([0, 7, 20], 12))
    assert np.array_equal(table.min(axis=0), network.nearest([0, 7, 20], 12).cost)


def test_many_sources_in_threads_are_the_same_as_one_by_one():
    network, _ = town(3, nodes=400)
    together = network.within(np.arange(300), 10)
    alone = [network.within([one], 10) for one in (0, 150, 299)]
    for row, one in zip((0, 150, 299), alone, strict=True):
        assert np.array_equal(dense(together[row]), dense(one))


@given(st.integers(0, 10_000))
def test_travel_between_places_on_edges_agrees_with_the_nearest_of_them(seed):
    rng = np.random.default_rng(seed)
    network, _ = town(seed)
    sources = network.snap(*rng.uniform(0, 100, size=(2, 4)), 1000)
    places = network.snap(*rng.uniform(0, 100, size=(2, 9)), 1000)
    table = dense(network.travel(sources, places, 30))
    best = network.cost_of(places, sources, 30)
    assert np.allclose(np.nan_to_num(table.min(axis=0), posinf=-1), np.nan_to_num(best.cost, posinf=-1))


def test_places_without_an_edge_reach_nothing():
    network = Network.from_edges([0, 100], [0, 0], [0], [1], length_m=[100])
    far, near = network.snap([5000], [0], 50), network.snap([10], [0], 50)
    assert network.travel(far, near, 500).nnz == 0
    assert network.travel(near, far, 500).nnz == 0
    assert network.travel(near, near, 500).toarray().tolist() == [[0.0]]


@pytest.mark.parametrize("limit", [-1, np.inf, np.nan])
def test_a_table_needs_a_finite_limit(limit):
    network, _ = town(1)
    with pytest.raises(InputError, match=f"界限 {limit} 不是零或正数"):
        network.within([0], limit)
