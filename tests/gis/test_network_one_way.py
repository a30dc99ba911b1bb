"""One-way streets: every question, in both directions, against a networkx graph with the edges cut at every place."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.network import Network, Places

SIZE = 7
edge = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(0, 40), st.booleans())
place = st.tuples(st.integers(0, 100), st.integers(0, 4), st.integers(0, 30))
graphs = st.lists(edge, min_size=1, max_size=14)
places = st.lists(place, min_size=1, max_size=5)
directions = pytest.mark.parametrize("towards", [True, False])


def network_of(edges):
    u, v, cost, oneway = (np.asarray(one) for one in zip(*edges, strict=True))
    x, y = np.arange(SIZE) % 3 * 10.0, np.arange(SIZE) // 3 * 10.0
    return Network.from_edges(x, y, u, v, length_m=cost, oneway=oneway)


def placed(some, edges):
    on = np.asarray([one % len(edges) for one, _, _ in some])
    length = np.asarray([one[2] for one in edges], float)[on]
    share = np.asarray([quarter / 4 for _, quarter, _ in some])
    return Places(on, share * length, np.asarray([off for *_, off in some], float))


def split_graph(edges, **groups):
    """Return a DiGraph with every edge cut at every place; place ``k`` of a group is node ``(name, k)``."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(SIZE))
    for number, (u, v, cost, oneway) in enumerate(edges):
        stops = [(0.0, 0, u), (float(cost), 2, v)]
        for name, some in groups.items():
            for k in np.flatnonzero(some.edge == number):
                stops.append((some.position[k], 1, (name, int(k), "foot")))
                off = float(some.off[k])
                graph.add_edge((name, int(k)), (name, int(k), "foot"), weight=off)
                graph.add_edge((name, int(k), "foot"), (name, int(k)), weight=off)
        stops.sort(key=lambda stop: stop[:2])
        for (before, _, a), (after, _, b) in itertools.pairwise(stops):
            graph.add_edge(a, b, weight=after - before)
            if not oneway or (before == after and not (a == u and b == v)):
                graph.add_edge(b, a, weight=after - before)
    return graph


def costs(graph, sources, targets, *, towards):
    """Cost between each source and each target; inf where there is no way."""
    graph = graph.reverse() if towards else graph
    found = [nx.single_source_dijkstra_path_length(graph, one) for one in sources]
    return np.asarray([[row.get(target, math.inf) for target in targets] for row in found])


def dense(table):
    out = np.full(table.shape, np.inf)
    rows = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr))
    out[rows, table.indices] = table.data
    return out


def one_way_loops_apart(edges):
    """Leave out one-way loops of no length with a place on them: which end is which is then undecided."""
    return [one for one in edges if not (one[3] and one[2] == 0)] or [(0, 1, 5, True)]


@directions
@given(graphs, st.lists(st.integers(0, SIZE - 1), min_size=1, max_size=3, unique=True), st.integers(0, 60))
def test_nodes(towards, edges, sources, limit):
    network = network_of(edges)
    expected = costs(split_graph(edges), sources, range(SIZE), towards=towards)
    np.testing.assert_array_equal(network.nearest(sources, towards=towards).cost, expected.min(axis=0))
    bounded = np.where(expected <= limit, expected, np.inf)
    np.testing.assert_array_equal(dense(network.within(sources, limit, towards=towards)), bounded)
    asked = dense(network.within(sources, limit, targets=[5, 0, 3], towards=towards))
    np.testing.assert_array_equal(asked, bounded[:, [5, 0, 3]])


@directions
@given(graphs.map(one_way_loops_apart), places, places)
def test_places_on_edges(towards, edges, homes, sites):
    network, at, to = network_of(edges), placed(homes, edges), placed(sites, edges)
    graph = split_graph(edges, home=at, site=to)
    names = [("site", k) for k in range(len(to))], [("home", k) for k in range(len(at))]
    expected = costs(graph, *names, towards=towards)
    np.testing.assert_allclose(network.cost_of(at, to, towards=towards).cost, expected.min(axis=0), atol=1e-9)
    table = dense(network.travel(to, at, 70, towards=towards))
    clear = np.abs(expected - 70) > 1e-6
    np.testing.assert_allclose(table[clear], np.where(expected <= 70, expected, np.inf)[clear], atol=1e-9)


@directions
@given(graphs.map(one_way_loops_apart), places, st.integers(0, 120))
def test_a_spot_is_in_the_service_area_exactly_if_it_is_in_reach(towards, edges, sites, limit):
    network, to = network_of(edges), placed(sites, edges)
    on = np.repeat(np.arange(len(edges)), 3)
    spots = Places(on, np.tile([0.1, 0.5, 0.9], len(edges)) * network.edges.cost[on], np.zeros(len(on)))
    cost = network.cost_of(spots, to, towards=towards).cost
    area = network.service_area(to, limit, towards=towards)
    inside = np.zeros(len(on), bool)
    for number, start, stop in zip(*area, strict=True):
        inside |= (on == number) & (start - 1e-9 <= spots.position) & (spots.position <= stop + 1e-9)
    clear = np.abs(cost - limit) > 1e-6
    np.testing.assert_array_equal(inside[clear], (cost <= limit)[clear])


@given(graphs, places, places)
def test_one_way_streets_never_make_a_way_shorter(edges, homes, sites):
    both = [(u, v, cost, False) for u, v, cost, _ in edges]
    at, to = placed(homes, edges), placed(sites, edges)
    free, bound = network_of(both).cost_of(at, to).cost, network_of(edges).cost_of(at, to).cost
    assert (bound >= free).all()


def test_a_source_behind_on_the_same_one_way_street_is_reached_round_the_block():
    ring = Network.from_edges(
        [0, 100, 100, 0], [0, 0, 100, 100], [0, 1, 2, 3], [1, 2, 3, 0], length_m=[100] * 4, oneway=[True] * 4
    )
    home, site = ring.snap([80.0], [0.0], 1), ring.snap([20.0], [0.0], 1)
    assert ring.cost_of(home, site).cost.tolist() == [340]
    assert ring.cost_of(home, site, towards=False).cost.tolist() == [60]


def test_both_ends_of_a_one_way_street_are_one_connected_part():
    network = Network.from_edges([0, 1, 2], [0, 0, 0], [0, 2], [1, 1], [1.0, 1.0], oneway=[True, True])
    assert network.component.tolist() == [0, 0, 0]
