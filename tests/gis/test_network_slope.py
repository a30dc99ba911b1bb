"""Slope: the way up and the way down, by hand and against a networkx graph with the edges cut at every place."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest
from coverage_town import at, grid_roads, line, town
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from gis.network import Network, Places, workspace_network
from gis.network.slope import STEEPEST, pace, sloped
from layers.errors import InputError
from layers.frames import layer_from_rows
from layers.specs import spec_of

SIZE = 7
edge = st.tuples(
    st.integers(0, SIZE - 1), st.integers(0, SIZE - 1), st.integers(0, 40), st.booleans(),
    st.sampled_from([None, -60, -10, -5, 0, 4, 20]),
)  # fmt: skip
place = st.tuples(st.integers(0, 100), st.integers(0, 4), st.integers(0, 30))
graphs = st.lists(edge, min_size=1, max_size=14)
some_places = st.lists(place, min_size=1, max_size=5)
directions = pytest.mark.parametrize("towards", [True, False])


def hill(*inclines, **more):
    """Roads of 1 km one after the other, due east; None: nothing is known of the incline."""
    rows = [
        {"id": f"r{n}", "geometry": line((n * 1000, 0), (n * 1000 + 1000, 0)), "incline_percent": one,
         "length_m": 1000.0, "walkable": True, **more}
        for n, one in enumerate(inclines)
    ]  # fmt: skip
    return layer_from_rows(spec_of("road"), rows)


def spots(network, *where):
    return network.snap(*network.to_plane(*zip(*(at(*one) for one in where), strict=True)), max_m=5)


def walk(network, start, stop, **more):
    return float(network.cost_of(spots(network, start), spots(network, stop), **more).cost[0])


def test_the_pace_is_toblers_and_one_on_flat_ground():
    gradient = np.array([0.0, 0.05, -0.05, 0.1, -0.1, -0.2, np.nan])
    expected = [1.0, math.exp(0.175), math.exp(-0.175), math.exp(0.35), 1.0, math.exp(0.35), 1.0]
    np.testing.assert_allclose(pace(gradient), expected, rtol=1e-15)
    assert pace(np.array([0.0]))[0] == 1.0
    speed_km_h = 6.0 * np.exp(-3.5 * np.abs(gradient[:-1] + 0.05))
    np.testing.assert_allclose(pace(gradient[:-1]), 6.0 * math.exp(-0.175) / speed_km_h)


def test_what_is_steeper_than_half_counts_as_half():
    assert pace(np.array([0.9]))[0] == pace(np.array([STEEPEST]))[0]
    network = Network.from_roads(hill(90, 0), slope=True)
    assert (network.slope.steep_m, network.slope.known_m) == (1000.0, 2000.0)


def test_up_costs_more_than_down():
    network = Network.from_roads(hill(10), slope=True)
    low, high = (0, 0), (1000, 0)
    assert walk(network, low, high) == pytest.approx(1000 * math.exp(0.35), abs=0.2)
    assert walk(network, high, low) == pytest.approx(1000.0, abs=0.2)
    assert walk(network, low, high, towards=False) == pytest.approx(1000.0, abs=0.2)


def test_on_a_part_of_a_road_the_direction_counts_too():
    network = Network.from_roads(hill(10), slope=True)
    assert walk(network, (200, 0), (700, 0)) == pytest.approx(500 * math.exp(0.35), abs=0.2)
    assert walk(network, (700, 0), (200, 0)) == pytest.approx(500.0, abs=0.2)


def test_a_service_area_reaches_farther_where_people_come_down():
    network = Network.from_roads(hill(10), slope=True)
    source = spots(network, (500, 0))
    found = network.service_area(source, 200.0)
    uphill = 200 / math.exp(0.35)
    assert len(found.edge) == 1
    reach = sorted([500 - float(found.start[0]), float(found.stop[0]) - 500])
    assert reach == pytest.approx([uphill, 200.0], abs=0.2)
    out = network.service_area(source, 200.0, towards=False)
    assert 500 - float(out.start[0]) == pytest.approx(float(found.stop[0]) - 500, abs=0.4)


def test_unknown_inclines_count_as_flat_and_are_told():
    network = Network.from_roads(hill(None, 10), slope=True)
    assert walk(network, (0, 0), (2000, 0)) == pytest.approx(1000 + 1000 * math.exp(0.35), abs=0.3)
    assert network.slope.as_json() == {
        "model": "Tobler 1993, NCGIA TR 93-1",
        "known_m": 1000,
        "unknown_m": 1000,
        "unknown_share": 0.5,
        "steeper_than_half_m": 0,
        "sources": ["road"],
    }
    assert "1,000 米道路（50%）坡度不明，按平地计" in network.notes[-1].zh
    assert "of 1,000 m of road (50%) the incline is unknown: they count as flat" in network.notes[-1].en


@directions
@pytest.mark.parametrize("incline", [0.0, None])
def test_flat_ground_gives_the_very_bits_of_an_answer_without_slope(towards, incline):
    rows = [{"id": f"r{n}", "incline_percent": incline, **row} for n, row in enumerate(grid_roads(6, 130))]
    layer = layer_from_rows(spec_of("road"), rows)
    flat, tilted = Network.from_roads(layer), Network.from_roads(layer, slope=True)
    homes, sites = [(7 * n, 3 * n * n % 700) for n in range(1, 90)], [(100, 130), (333, 260), (650, 655)]
    for question in (
        lambda net: net.cost_of(spots(net, *homes), spots(net, *sites), towards=towards).cost,
        lambda net: net.nearest(spots(net, *sites), towards=towards).cost,
        lambda net: net.travel(spots(net, *sites), spots(net, *homes), 500.0, towards=towards).toarray(),
        lambda net: np.concatenate(net.service_area(spots(net, *sites), 321.0, towards=towards)),
    ):
        np.testing.assert_array_equal(question(flat), question(tilted))


def network_of(edges):
    u, v, length, oneway, incline = zip(*edges, strict=True)
    x, y = np.arange(SIZE) % 3 * 10.0, np.arange(SIZE) // 3 * 10.0
    network = Network.from_edges(x, y, u, v, length_m=length, oneway=oneway)
    tilted, _ = sloped(network.edges, np.asarray(incline, float), ())
    return Network._assembled(tilted, given=network.given)


def placed(some, edges):
    on = np.asarray([one % len(edges) for one, _, _ in some])
    length = np.asarray([one[2] for one in edges], float)[on]
    share = np.asarray([quarter / 4 for _, quarter, _ in some])
    return Places(on, share * length, np.asarray([off for *_, off in some], float))


def split_graph(edges, **groups):
    """Return a DiGraph with every edge cut at every place; place ``k`` of a group is node ``(name, k)``."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(SIZE))
    for number, (u, v, length, oneway, incline) in enumerate(edges):
        gradient = np.array([incline or 0.0, -(incline or 0.0)]) / 100
        ahead, back = pace(gradient)
        stops = [(0.0, 0, u), (float(length), 2, v)]
        for name, some in groups.items():
            for k in np.flatnonzero(some.edge == number):
                stops.append((float(some.position[k]), 1, (name, int(k), "foot")))
                off = float(some.off[k])
                graph.add_edge((name, int(k)), (name, int(k), "foot"), weight=off)
                graph.add_edge((name, int(k), "foot"), (name, int(k)), weight=off)
        stops.sort(key=lambda stop: stop[:2])
        for (before, _, a), (after, _, b) in itertools.pairwise(stops):
            graph.add_edge(a, b, weight=(after - before) * ahead)
            if not oneway or (before == after and not (a == u and b == v)):
                graph.add_edge(b, a, weight=(after - before) * back)
    return graph


def costs(graph, sources, targets, *, towards):
    graph = graph.reverse() if towards else graph
    found = [nx.single_source_dijkstra_path_length(graph, one) for one in sources]
    return np.asarray([[row.get(target, math.inf) for target in targets] for row in found])


def two_way_where_short(edges):
    """Leave out one-way edges of no length: which end a place on one lies at is then undecided."""
    return [one for one in edges if not (one[3] and one[2] == 0)] or [(0, 1, 5, True, 10)]


@directions
@given(graphs, some_places, some_places)
def test_every_way_between_places_is_that_of_the_oracle(towards, edges, homes, sites):
    edges = two_way_where_short(edges)
    network, homes, sites = network_of(edges), placed(homes, edges), placed(sites, edges)
    graph = split_graph(edges, home=homes, site=sites)
    from_, to = [("site", k) for k in range(len(sites))], [("home", k) for k in range(len(homes))]
    expected = costs(graph, from_, to, towards=towards)
    found = network.cost_of(homes, sites, towards=towards)
    np.testing.assert_allclose(found.cost, expected.min(axis=0))
    table = network.travel(sites, homes, 60.0, towards=towards)
    dense = np.full(table.shape, np.inf)
    dense[np.repeat(np.arange(len(sites)), np.diff(table.indptr)), table.indices] = table.data
    clear = np.abs(expected - 60.0) > 1e-6
    np.testing.assert_allclose(dense[clear], np.where(expected <= 60.0, expected, np.inf)[clear])


@directions
@given(graphs, some_places, some_places, st.integers(1, 60))
def test_a_place_lies_in_the_service_area_just_when_its_way_is_within_the_limit(
    towards, edges, homes, sites, limit
):
    edges = two_way_where_short(edges)
    network, sites = network_of(edges), placed(sites, edges)
    homes = placed([(on, 1 + quarter % 3, 0) for on, quarter, _ in homes], edges)
    area = network.service_area(sites, float(limit), towards=towards)
    cost = network.cost_of(homes, sites, towards=towards).cost
    long = network.edges.cost[homes.edge] > 0
    for k in np.flatnonzero(long & (np.abs(cost - limit) > 1e-6)):
        here = area.edge == homes.edge[k]
        inside = (area.start[here] <= homes.position[k] + 1e-9) & (
            homes.position[k] - 1e-9 <= area.stop[here]
        )
        assert inside.any() == (cost[k] <= limit)


def test_a_barrier_cuts_sloped_roads_and_leaves_the_pace_of_the_others():
    network = Network.from_roads(hill(10, 20, -10), slope=True)
    cut = network.cut([box(*at(1400, -50), *at(1600, 50))])
    assert cut.edge_count == 2
    assert cut.slope == network.slope
    assert walk(cut, (2000, 0), (3000, 0)) == pytest.approx(1000.0, abs=0.2)
    assert walk(cut, (3000, 0), (2000, 0)) == pytest.approx(1000 * math.exp(0.35), abs=0.2)


def test_the_workspace_keeps_the_sloped_network_apart(tmp_path):
    rows = [{"geometry": line((0, 0), (1000, 0)), "incline_percent": 10.0, "walkable": True}]
    workspace = town(tmp_path, road=rows)
    built, flat = workspace_network(workspace, slope=True), workspace_network(workspace)
    again = workspace_network(workspace, slope=True)
    assert isinstance(again.edges.ahead, np.memmap)
    assert again.slope == built.slope
    assert walk(again, (0, 0), (900, 0)) == walk(built, (0, 0), (900, 0)) > walk(flat, (0, 0), (900, 0))
    assert len(flat.edges.ahead) == 0
    assert len(list((tmp_path / "cache").glob("network-walk*"))) == 2


@pytest.mark.parametrize(("mode", "label"), [("e-bike", "电动自行车"), ("drive", "驾车")])
def test_slope_is_for_walking_only(mode, label):
    with pytest.raises(InputError) as caught:
        Network.from_roads(hill(10), mode, slope=True)
    assert caught.value.message.zh == f"坡度（--slope）只用于步行，不用于{label}（{mode}）。"
    assert caught.value.message.en == f"Slope (--slope) counts for walking only, not for {mode}."
