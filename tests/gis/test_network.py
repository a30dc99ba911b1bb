"""The network: built from edges and roads, snapped to, searched, and cut into exact service areas."""

import numpy as np
import pytest
from coverage_town import at, grid_roads, line

from gis.network import Network, covered_area
from layers.errors import InputError, NetworkError
from layers.frames import layer_from_rows
from layers.specs import spec_of


def roads(*rows):
    given = [{"id": f"r{n}", "walkable": True, **row} for n, row in enumerate(rows)]
    return Network.from_roads(layer_from_rows(spec_of("road"), given))


def cost_between(network, start, stop):
    places = network.snap(*network.to_plane(*zip(at(*start), at(*stop), strict=True)), max_m=5)
    one = type(places)(places.edge[:1], places.position[:1], places.off[:1])
    other = type(places)(places.edge[1:], places.position[1:], places.off[1:])
    return float(network.cost_of(other, one).cost[0])


@pytest.fixture
def chain():
    """Nodes 0…3 in a row, 100 m apart."""
    return Network.from_edges(
        [0, 100, 200, 300], [0, 0, 0, 0], [0, 1, 2], [1, 2, 3], length_m=[100, 100, 100]
    )


def test_nodes_keep_the_numbers_the_caller_gave(chain):
    found = chain.nearest([3])
    assert found.cost.tolist() == [300, 200, 100, 0]
    assert found.source.tolist() == [0, 0, 0, 0]


def test_minutes_in_minutes_out():
    network = Network.from_edges([0, 1], [0, 0], [0], [1], [2.5])
    assert network.unit == "min"
    assert network.nearest([0], limit=2.5).cost.tolist() == [0, 2.5]


def test_beyond_the_limit_is_out_of_reach(chain):
    assert chain.nearest([0], limit=150).source.tolist() == [0, 0, -1, -1]


def test_sources_and_demand_sit_on_edges(chain):
    places = chain.snap([30, 250], [10, 0], max_m=50)
    assert places.position.tolist() == [30, 50]
    assert chain.cost_of(places, chain.snap([30], [0], max_m=1)).cost.tolist() == [10, 220]


def test_two_places_on_one_edge_walk_straight_along_it(chain):
    assert chain.cost_of(chain.snap([120], [0], 1), chain.snap([180], [0], 1)).cost.tolist() == [60]


def test_what_is_too_far_from_every_road_does_not_snap(chain):
    places = chain.snap([50, np.nan], [80, 0], max_m=79)
    assert places.found.tolist() == [False, False]
    assert np.isinf(chain.cost_of(places, chain.snap([0], [0], 1)).cost).all()


def test_a_service_area_is_exact_on_partial_edges(chain):
    area = chain.service_area(chain.snap([150], [20], 50), limit=90)
    assert sorted(zip(area.stop - area.start, strict=False)) == [(20.0,), (20.0,), (100.0,)]


def test_a_service_area_from_nodes_and_from_places_on_them_is_one(chain):
    by_node, by_place = chain.service_area([1], 130), chain.service_area(chain.snap([100], [0], 1), 130)
    assert by_node.start.tolist() == by_place.start.tolist()
    assert by_node.stop.tolist() == by_place.stop.tolist()


def test_the_drawn_area_lies_within_its_width_of_the_stretches(chain):
    area = covered_area(chain, chain.service_area([0], 150), width_m=50)
    assert area.bounds == pytest.approx((-50, -50, 200, 50), abs=5)


def test_nothing_reached_draws_nothing(chain):
    assert covered_area(chain, chain.service_area(chain.snap([0], [500], 1), 100)).is_empty


@pytest.mark.parametrize(
    ("edges", "message"),
    [
        (([0, 1], [0, 0], [0], [2], [1.0]), "Edge names a node that does not exist: item 0 is 2."),
        (([0, 1], [0, 0], [0], [1], [-1.0]), "Edge cost negative or missing: item 0 is -1.0."),
        (([0, 1], [0, 0], [0], [1], [np.nan]), "Edge cost negative or missing: item 0 is nan."),
        (([0, np.inf], [0, 0], [0], [1], [1.0]), "Node coordinate is no number: item 1 is inf."),
        (([0, 1], [0, 0], [0, 1], [1], [1.0]), "Arrays differ in length: x 2, y 2, u 2, v 1, cost 1."),
    ],
)
def test_edges_that_make_no_sense_are_refused(edges, message):
    with pytest.raises(InputError) as caught:
        Network.from_edges(*edges)
    assert caught.value.message.en == message


def test_exactly_one_kind_of_cost_is_needed():
    with pytest.raises(InputError, match="只能给一个"):
        Network.from_edges([0, 1], [0, 0], [0], [1])


def test_an_unknown_source_node_is_refused(chain):
    with pytest.raises(InputError) as caught:
        chain.nearest([4])
    assert caught.value.message.en == "There is no node 4; the network has 4 nodes."


def test_named_nodes_connect_even_where_lines_only_cross():
    network = roads(
        {"geometry": line((0, 0), (100, 0)), "node_from": "a", "node_to": "b"},
        {"geometry": line((100, 0), (100, 100)), "node_from": "b", "node_to": "c"},
        {"geometry": line((50, -50), (50, 50)), "node_from": "d", "node_to": "e"},
    )
    assert cost_between(network, (0, 0), (100, 100)) == pytest.approx(200, abs=1)
    assert np.isinf(cost_between(network, (0, 0), (50, 50)))
    assert network.notes == ()


def test_named_nodes_keep_a_bridge_apart_from_the_road_beneath_its_end():
    network = roads(
        {"geometry": line((0, 0), (100, 0)), "node_from": "a", "node_to": "b"},
        {"geometry": line((100, 0), (200, 0)), "node_from": "c", "node_to": "d"},
    )
    assert len(np.unique(network.component)) == 2


def test_rows_without_node_names_join_named_ones_at_the_same_place():
    network = roads(
        {"geometry": line((0, 0), (100, 0)), "node_from": "a", "node_to": "b"},
        {"geometry": line((100, 0), (200, 0))},
    )
    assert cost_between(network, (0, 0), (200, 0)) == pytest.approx(200, abs=1)


def test_without_node_names_roads_meet_at_shared_vertices_and_say_so():
    network = roads({"geometry": line((0, 0), (50, 0), (100, 0))}, {"geometry": line((50, 0), (50, 80))})
    assert cost_between(network, (0, 0), (50, 80)) == pytest.approx(130, abs=1)
    assert "1 厘米" in network.notes[0].zh


def test_roads_that_cross_without_a_common_vertex_do_not_meet():
    network = roads({"geometry": line((0, 0), (100, 0))}, {"geometry": line((50, -50), (50, 50))})
    assert network.component.max() == 1


def test_a_bridge_meets_roads_only_at_its_ends():
    below = {"geometry": line((50, -50), (50, 0), (50, 50))}
    over = {"geometry": line((0, 0), (50, 0), (100, 0)), "bridge": True}
    after = {"geometry": line((100, 0), (150, 0))}
    network = roads(below, over, after)
    assert np.isinf(cost_between(network, (0, 0), (50, 50)))
    assert cost_between(network, (0, 0), (150, 0)) == pytest.approx(150, abs=1)


def test_walkers_may_go_against_a_one_way_street():
    network = roads({"geometry": line((0, 0), (100, 0)), "oneway": True})
    assert cost_between(network, (100, 0), (0, 0)) == pytest.approx(100, abs=1)


def test_roads_that_are_not_walkable_are_left_out():
    network = roads(
        {"geometry": line((0, 0), (100, 0))}, {"geometry": line((0, 0), (0, 100)), "walkable": False}
    )
    assert network.edge_count == 1


def test_where_nothing_is_said_motorways_are_left_out_and_the_report_says_so():
    rows = [
        {"geometry": line((0, 0), (9, 0)), "walkable": None, "road_class": one}
        for one in ("motorway", "path")
    ]
    network = roads(*rows)
    assert network.edge_count == 1
    assert network.notes[0].en.startswith("2 roads do not say")


def test_a_stated_length_beats_the_drawn_one():
    network = roads({"geometry": line((0, 0), (100, 0)), "length_m": 250.0})
    assert cost_between(network, (0, 0), (100, 0)) == pytest.approx(250, abs=2)


def test_multi_lines_are_taken_apart():
    both = line((0, 0), (100, 0)).union(line((100, 50), (200, 50)))
    network = roads({"geometry": both, "length_m": 999.0})
    assert network.edge_count == 2
    assert network.edges.cost == pytest.approx([100, 100], abs=0.5)


def test_a_layer_nobody_can_walk_on_is_refused():
    with pytest.raises(NetworkError) as caught:
        roads({"geometry": line((0, 0), (9, 0)), "walkable": False})
    assert caught.value.message.en == "No road of the layer can be walked (1 road)."


def test_a_grid_has_its_nodes_and_edges():
    network = roads(*grid_roads(3, 100))
    assert (network.node_count, network.edge_count) == (16, 24)
