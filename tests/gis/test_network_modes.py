"""Ways to travel: which roads each may use, which way, and what barriers cut."""

import json

import numpy as np
import pytest
from coverage_town import at, grid_roads, line, town
from shapely.geometry import GeometryCollection, LineString, box

from gis.network import Network, Places, workspace_network
from layers.errors import InputError, NetworkError, NotFoundError
from layers.frames import layer_from_rows
from layers.specs import spec_of


def layer(*rows):
    return layer_from_rows(spec_of("road"), [{"id": f"r{n}", **row} for n, row in enumerate(rows)])


def roads(mode, *rows):
    return Network.from_roads(layer(*rows), mode)


def edge_count(mode, **more):
    """Edges left of one road with these fields, beside a street everybody may use."""
    street = {"geometry": line((0, 0), (100, 0)), "road_class": "residential", "walkable": True}
    return roads(mode, street, {"geometry": line((100, 0), (200, 0)), **more}).edge_count - 1


def places(network, *spots):
    return network.snap(*network.to_plane(*zip(*(at(*one) for one in spots), strict=True)), max_m=5)


def cost(network, start, stop, **more):
    return float(network.cost_of(places(network, start), places(network, stop), **more).cost[0])


@pytest.mark.parametrize(
    ("kind", "open_to"),
    [
        ("motorway", {"drive"}),
        ("trunk", {"walk", "e-bike", "drive"}),
        ("path", {"walk", "e-bike"}),
        ("service", {"walk", "e-bike", "drive"}),
        ("ferry", set()),
        ("rail", set()),
    ],
)
def test_classes_of_road_are_open_to_those_who_may_use_them(kind, open_to):
    assert {mode for mode in ("walk", "e-bike", "drive") if edge_count(mode, road_class=kind)} == open_to


@pytest.mark.parametrize(
    ("said", "open_to"),
    [
        ({"highway": "steps"}, {"walk"}),
        ({"highway": "cycleway"}, {"walk", "e-bike"}),
        ({"highway": "residential", "bicycle": "no"}, {"walk", "drive"}),
        ({"highway": "residential", "motor_vehicle": "no"}, {"walk", "e-bike"}),
        ({"highway": "residential", "access": "private"}, {"walk"}),
        ({"highway": "residential", "access": "no", "motor_vehicle": "yes"}, {"walk", "drive"}),
    ],
)
def test_what_the_source_said_of_a_road_is_heeded(said, open_to):
    given = {"road_class": "residential", "walkable": True, "attributes": json.dumps(said)}
    assert {mode for mode in ("walk", "e-bike", "drive") if edge_count(mode, **given)} == open_to


def test_a_path_closed_to_walkers_is_closed_to_e_bikes():
    assert edge_count("e-bike", road_class="path", walkable=False) == 0


def test_attributes_that_are_no_object_say_nothing():
    assert edge_count("drive", road_class="service", attributes="[1]") == 1
    assert edge_count("drive", road_class="service", attributes="{") == 1


def test_roads_of_no_class_are_taken_as_open_and_the_report_says_so():
    network = roads("drive", {"geometry": line((0, 0), (100, 0))})
    assert network.notes[0].en == "1 road does not say the class: taken as open to driving."


def test_a_layer_nobody_can_drive_on_is_refused():
    with pytest.raises(NetworkError) as caught:
        roads("drive", {"geometry": line((0, 0), (9, 0)), "road_class": "path"})
    assert caught.value.message.en == "No road of the layer can be driven (1 road)."


def test_an_unknown_mode_is_refused_with_those_there_are():
    with pytest.raises(InputError) as caught:
        roads("fly", {"geometry": line((0, 0), (9, 0))})
    assert caught.value.message.en == "There is no travel mode 'fly'."
    assert caught.value.hint.en == "Available: walk, e-bike, drive."


def ring(**more):
    """Return a block 100 m wide, its southern street one-way to the east."""
    corners = [(0, 0), (100, 0), (100, 100), (0, 100)]
    rows = [
        {"geometry": line(a, b), "road_class": "residential", "walkable": True}
        for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
    ]
    rows[0] |= {"oneway": True, **more}
    return rows


@pytest.mark.parametrize(("mode", "back"), [("walk", 60), ("e-bike", 340), ("drive", 340)])
def test_one_way_binds_all_but_walkers(mode, back):
    network = roads(mode, *ring())
    assert cost(network, (20, 0), (80, 0)) == pytest.approx(60, abs=1)
    assert cost(network, (80, 0), (20, 0)) == pytest.approx(back, abs=1)


def test_going_out_is_coming_the_other_way():
    network = roads("drive", *ring())
    assert cost(network, (80, 0), (20, 0), towards=False) == pytest.approx(60, abs=1)
    assert cost(network, (20, 0), (80, 0), towards=False) == pytest.approx(340, abs=1)


def test_e_bikes_go_against_a_one_way_that_is_open_to_bicycles():
    against = {"attributes": json.dumps({"highway": "residential", "oneway:bicycle": "no"})}
    assert cost(roads("e-bike", *ring(**against)), (80, 0), (20, 0)) == pytest.approx(60, abs=1)
    assert cost(roads("drive", *ring(**against)), (80, 0), (20, 0)) == pytest.approx(340, abs=1)


def test_a_barrier_cuts_what_crosses_it_on_the_ground_and_says_how_much():
    below = {"geometry": line((0, 0), (100, 0)), "walkable": True}
    over = {"geometry": line((0, 50), (100, 50)), "walkable": True, "bridge": True}
    under = {"geometry": line((0, 80), (100, 80)), "walkable": True, "tunnel": True}
    cut = roads("walk", below, over, under).cut([line((50, -100), (50, 100)), None, GeometryCollection()])
    assert cut.edge_count == 2
    assert cut.notes[-1].en.startswith("1 stretches of road cross a barrier at ground level")


@pytest.mark.parametrize(
    ("barrier", "left"),
    [
        (box(0, -100, 100, 0), 2),
        (box(10, -50, 90, 50), 0),
        (box(40, 50, 60, 60), 1),
        (LineString([(50, 0), (50, -90)]), 2),
        (LineString([(20, 9), (20, -9)]), 1),
    ],
    ids=["bank", "across both", "across one", "begins where a road ends", "across the street"],
)
def test_a_road_along_a_bank_or_ending_at_it_stays(barrier, left):
    network = Network.from_edges([0, 50, 100, 50], [0, 0, 0, 100], [0, 1], [1, 3], length_m=[50, 100])
    assert network.cut([barrier]).edge_count == left


def test_a_network_without_a_crs_is_cut_in_its_own_plane():
    network = Network.from_edges([0, 10, 20], [0, 0, 0], [0, 1], [1, 2], length_m=[10, 10])
    cut = network.cut([LineString([(15, -1), (15, 1)])])
    assert cut.nearest([0]).cost.tolist() == [0, 10, np.inf]
    assert network.nearest([0]).cost.tolist() == [0, 10, 20]


def test_the_workspace_keeps_one_network_for_each_mode_and_set_of_barriers(tmp_path):
    river = {"geometry": line((150, -50), (150, 400)), "kind": "river"}
    workspace = town(tmp_path, road=grid_roads(3, 100), barrier=[river])
    walk, cut = workspace_network(workspace), workspace_network(workspace, barriers=("barrier",))
    drive = workspace_network(workspace, "drive")
    again = workspace_network(workspace, barriers=("barrier",))
    assert (walk.edge_count, cut.edge_count, drive.edge_count, again.edge_count) == (20, 12, 20, 12)
    assert again.notes == cut.notes
    assert len(list((tmp_path / "cache").iterdir())) == 3


def test_a_barrier_layer_without_data_is_an_error(tmp_path):
    with pytest.raises(NotFoundError):
        workspace_network(town(tmp_path, road=grid_roads(2, 100)), barriers=("barrier",))


def test_an_unknown_mode_is_an_error_with_or_without_roads(tmp_path):
    with pytest.raises(InputError):
        workspace_network(town(tmp_path), "fly")


def test_sources_that_did_not_snap_reach_nothing():
    network = Network.from_edges([0, 100], [0, 0], [0], [1], length_m=[100])
    far, near = network.snap([5000.0], [0.0], 50), network.snap([10.0], [0.0], 50)
    assert np.isinf(network.nearest(far).cost).all()
    assert network.within(far, 500).nnz == 0
    assert len(network.service_area(far, 500).edge) == 0
    assert network.cost_of(near, far).source.tolist() == [-1]


def test_a_network_without_nodes_answers():
    empty = Network.from_edges([], [], [], [], length_m=[])
    assert len(empty.nearest([]).cost) == 0
    assert empty.within([], 10).shape == (0, 0)
    assert len(empty.service_area([], 10).edge) == 0
    assert not empty.snap([0.0], [0.0], 10).found.any()


def test_a_limit_of_zero_reaches_what_lies_on_the_spot():
    network = Network.from_edges([0, 0, 9], [0, 0, 0], [0, 1], [1, 2], length_m=[0, 9])
    assert network.within([0], 0).toarray().tolist() == [[0, 0, 0]]
    assert network.within([0], 0).nnz == 2
    area = network.service_area(Places(np.array([1]), np.array([4.0]), np.array([0.0])), 0)
    assert (area.edge.tolist(), area.start.tolist(), area.stop.tolist()) == ([1], [4.0], [4.0])


def test_targets_are_written_in_their_order():
    chain = Network.from_edges([0, 1, 2, 3], [0] * 4, [0, 1, 2], [1, 2, 3], length_m=[1, 1, 1])
    assert chain.within([0, 3], 3, targets=[3, 1]).toarray().tolist() == [[3, 1], [0, 2]]


def test_a_target_asked_for_twice_is_refused():
    chain = Network.from_edges([0, 1], [0, 0], [0], [1], length_m=[1])
    with pytest.raises(InputError) as caught:
        chain.within([0], 3, targets=[1, 1])
    assert caught.value.message.en == "Node 1 is in targets twice."
    with pytest.raises(InputError, match="节点编号 2 不存在"):
        chain.within([0], 3, targets=[2])


def test_one_way_flags_of_another_length_are_refused():
    with pytest.raises(InputError) as caught:
        Network.from_edges([0, 1], [0, 0], [0], [1], [1.0], oneway=[True, False])
    assert caught.value.message.en == "Arrays differ in length: u 1, oneway 2."


@pytest.mark.parametrize("limit", [-1, np.inf, np.nan])
def test_a_service_area_needs_a_finite_limit(limit):
    network = Network.from_edges([0, 1], [0, 0], [0], [1], [1.0])
    with pytest.raises(InputError):
        network.service_area([0], limit)
