"""What must hold for any network: against an explicitly split graph, any node order, any parallel edges."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from gis.network import Network, Places

SIZE = 8
edge = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(0, 40))
place = st.tuples(st.integers(0, 100), st.floats(0, 1), st.integers(0, 30))
graphs = st.lists(edge, min_size=1, max_size=16)
places = st.lists(place, min_size=1, max_size=5)


def network_of(edges, order=None):
    order = np.arange(SIZE) if order is None else np.asarray(order)
    u, v, cost = (np.asarray(one) for one in zip(*edges, strict=True))
    rank = np.argsort(order)
    x, y = np.arange(SIZE) % 3 * 10.0, np.arange(SIZE) // 3 * 10.0
    return Network.from_edges(x[order], y[order], rank[u], rank[v], length_m=cost)


def placed(some, edges):
    on = np.asarray([one % len(edges) for one, _, _ in some])
    length = np.asarray([cost for _, _, cost in edges], float)[on]
    return Places(
        on, np.asarray([share for _, share, _ in some]) * length, np.asarray([off for *_, off in some], float)
    )


def by_split_graph(edges, homes, sites):
    """Cut every edge at every place, give every place its own node, and search from each site alone."""
    links = []
    count = SIZE + len(homes) + len(sites)
    for number, (u, v, cost) in enumerate(edges):
        stops = [(0.0, u), (float(cost), v)]
        for first, some in ((SIZE, homes), (SIZE + len(homes), sites)):
            for k in np.flatnonzero(some.edge == number):
                stops.append((some.position[k], count))
                links.append((first + k, count, some.off[k]))
                count += 1
        stops.sort()
        links += [(a, b, y - x) for (x, a), (y, b) in itertools.pairwise(stops)]
    dense = np.full((count, count), np.inf)
    for a, b, cost in links:
        dense[a, b] = dense[b, a] = min(dense[a, b], cost)
    rows, columns = np.nonzero(np.isfinite(dense))
    found = dijkstra(
        csr_matrix((dense[rows, columns], (rows, columns)), shape=dense.shape),
        indices=range(SIZE + len(homes), SIZE + len(homes) + len(sites)),
    )
    return found[:, SIZE : SIZE + len(homes)].min(axis=0)


@given(graphs, places, places)
def test_costs_equal_those_on_an_explicitly_split_graph(edges, homes, sites):
    network, at, to = network_of(edges), placed(homes, edges), placed(sites, edges)
    found = network.cost_of(at, to)
    np.testing.assert_allclose(found.cost, by_split_graph(edges, at, to), rtol=0, atol=1e-9)


@given(graphs, places, places)
def test_the_named_source_costs_what_is_said(edges, homes, sites):
    network, at, to = network_of(edges), placed(homes, edges), placed(sites, edges)
    found = network.cost_of(at, to)
    for k in np.flatnonzero(found.source >= 0):
        alone = Places(*(np.asarray(one)[[found.source[k]]] for one in (to.edge, to.position, to.off)))
        assert network.cost_of(at, alone).cost[k] == found.cost[k]


@given(graphs, places, st.integers(0, 120))
def test_a_place_is_in_reach_exactly_if_it_lies_on_a_stretch_of_the_service_area(edges, sites, limit):
    network, to = network_of(edges), placed(sites, edges)
    area = network.service_area(to, limit)
    for share in (0.0, 0.3, 1.0):
        on = np.arange(len(edges))
        spots = Places(on, share * network.edges.cost, np.zeros(len(edges)))
        cost = network.cost_of(spots, to).cost
        inside = np.zeros(len(edges), bool)
        for number, start, stop in zip(*area, strict=True):
            inside[number] |= start - 1e-9 <= spots.position[number] <= stop + 1e-9
        clear = np.abs(cost - limit) > 1e-6
        assert (inside == (cost <= limit))[clear].all()


@given(graphs, st.permutations(range(SIZE)), st.integers(0, SIZE - 1))
def test_the_order_of_nodes_does_not_matter(edges, order, source):
    straight, mixed = network_of(edges), network_of(edges, order)
    rank = np.argsort(np.asarray(order))
    found = mixed.nearest([rank[source]]).cost[rank]
    np.testing.assert_array_equal(straight.nearest([source]).cost, found)


@given(graphs, st.integers(0, 16), st.integers(0, 40), st.integers(0, SIZE - 1))
def test_a_longer_parallel_edge_changes_nothing(edges, which, more, source):
    u, v, cost = edges[which % len(edges)]
    doubled = [*edges, (v, u, cost + more)]
    np.testing.assert_array_equal(
        network_of(edges).nearest([source]).cost, network_of(doubled).nearest([source]).cost
    )


@given(graphs, places, places, place)
def test_one_more_source_never_makes_a_way_longer(edges, homes, sites, new):
    network, at = network_of(edges), placed(homes, edges)
    before = network.cost_of(at, placed(sites, edges)).cost
    assert (network.cost_of(at, placed([*sites, new], edges)).cost <= before).all()
