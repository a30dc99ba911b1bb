"""Kernels on plain arrays: order, adjacency, search, intervals, cutting, welding."""

import numpy as np
import pytest

from gis.kernels.adjacency import adjacency, components
from gis.kernels.arrays import Nearest, ragged
from gis.kernels.hilbert import hilbert_order
from gis.kernels.intervals import (
    EdgeIntervals,
    dissolved,
    edges_at,
    reached_around,
    reached_by_nodes,
    whole,
)
from gis.kernels.on_edges import Roads, Spots, along_same_edge
from gis.kernels.polylines import cut, lengths
from gis.kernels.search import Entries, Ground, nearest_source
from gis.kernels.straight import nearest_straight
from gis.kernels.welding import weld

A = np.asarray


def entries(*some):
    source, node, cost = zip(*some, strict=True)
    return Entries(A(source), A(node), A(cost, float))


def test_neighbours_along_the_hilbert_curve_are_neighbours_in_the_plane():
    x, y = (one.ravel().astype(float) for one in np.meshgrid(np.arange(16), np.arange(16)))
    order = hilbert_order(x, y)
    steps = np.abs(np.diff(x[order])) + np.abs(np.diff(y[order]))
    assert sorted(order) == list(range(256))
    assert steps.max() == 1


def test_the_hilbert_order_of_nothing_is_nothing():
    assert len(hilbert_order(np.empty(0), np.empty(0))) == 0


def test_points_on_one_spot_keep_their_order():
    assert hilbert_order(np.ones(3), np.ones(3)).tolist() == [0, 1, 2]


def test_parallel_edges_count_once_with_the_smallest_weight():
    graph = adjacency(2, A([0, 0, 1]), A([1, 1, 0]), A([5.0, 3.0, 4.0]))
    assert graph.weights.tolist() == [3.0, 3.0]


def test_an_edge_of_no_length_connects():
    graph = adjacency(3, A([0, 1]), A([1, 2]), A([0.0, 2.0]))
    found = nearest_source(Ground.of(graph), entries((0, 0, 0.0)), sources=1)
    assert found.cost.tolist() == [0.0, 0.0, 2.0]
    assert components(graph).tolist() == [0, 0, 0]


def test_loops_lead_nowhere():
    assert len(adjacency(1, A([0]), A([0]), A([1.0])).indices) == 0


def test_components_are_numbered_from_the_largest():
    graph = adjacency(5, A([0, 3, 2]), A([1, 4, 3]), np.ones(3))
    assert components(graph).tolist() == [1, 1, 0, 0, 0]


def test_the_nearest_source_wins_and_the_rest_stay_out_of_reach():
    graph = adjacency(4, A([0, 1]), A([1, 2]), A([1.0, 1.0]))
    found = nearest_source(Ground.of(graph), entries((0, 0, 0.5), (1, 2, 0.0)), sources=2)
    assert found.cost.tolist() == [0.5, 1.0, 0.0, np.inf]
    assert found.source.tolist() == [0, 1, 1, -1]


def test_the_limit_itself_is_in_reach():
    graph = adjacency(3, A([0, 1]), A([1, 2]), A([1.0, 1.0]))
    found = nearest_source(Ground.of(graph), entries((0, 0, 0.0)), sources=1, limit=1.0)
    assert found.cost.tolist() == [0.0, 1.0, np.inf]


def test_without_sources_nothing_is_in_reach():
    graph = adjacency(2, A([0]), A([1]), A([1.0]))
    none = Entries(np.empty(0, int), np.empty(0, int), np.empty(0))
    assert np.isinf(nearest_source(Ground.of(graph), none, sources=0).cost).all()


def test_the_better_of_two_entries_of_one_source_counts():
    graph = adjacency(2, A([0]), A([1]), A([9.0]))
    found = nearest_source(Ground.of(graph), entries((0, 0, 5.0), (0, 0, 2.0)), sources=1)
    assert found.cost.tolist() == [2.0, 11.0]


def test_places_on_one_edge_walk_along_it():
    homes = Spots(A([4, 4, 5]), A([10.0, 90.0, 1.0]), A([1.0, 0.0, 0.0]))
    found = along_same_edge(homes, Spots(A([4, 4, -1]), A([30.0, 85.0, 1.0]), A([2.0, 3.0, 0.0])))
    assert found.cost.tolist() == [23.0, 8.0, np.inf]
    assert found.source.tolist() == [0, 1, -1]


def stretches(u, v, length, reached, limit, *, oneway=False, towards=True):
    """Stretches of one edge from ``u`` to ``v``, the nodes reached given with their costs."""
    on = edges_at(2, Roads(A([u]), A([v]), A([length]), A([oneway])), towards=towards)
    apart = Ground.of(adjacency(2, A([], int), A([], int), A([])))
    found = reached_by_nodes(apart, entries(*((0, *one) for one in reached.items())), beside=on, limit=limit)
    return list(zip(found.start.tolist(), found.stop.tolist(), strict=True))


def test_an_edge_reached_from_both_ends_is_covered_but_for_its_middle():
    assert stretches(0, 1, 100.0, {0: 10, 1: 60}, 80.0) == [(0.0, 70.0), (80.0, 100.0)]


def test_stretches_that_meet_become_one_whole_edge():
    assert stretches(0, 1, 100.0, {0: 0, 1: 20}, 60.0) == [(0.0, 100.0)]


def test_a_node_at_the_limit_itself_is_reached_and_nothing_beyond():
    assert stretches(0, 1, 100.0, {0: 60}, 60.0) == [(0.0, 0.0)]


def test_a_loop_is_entered_from_both_its_ends():
    assert stretches(0, 0, 100.0, {0: 50}, 80.0) == [(0.0, 30.0), (70.0, 100.0)]


@pytest.mark.parametrize(("towards", "expected"), [(True, [(70.0, 100.0)]), (False, [(0.0, 60.0)])])
def test_a_one_way_edge_is_reached_along_its_direction_only(towards, expected):
    assert stretches(0, 1, 100.0, {0: 20, 1: 50}, 80.0, oneway=True, towards=towards) == expected


def test_overlapping_stretches_dissolve():
    parts = EdgeIntervals(A([1, 0, 1]), A([0.0, 3.0, 20.0]), A([25.0, 4.0, 60.0]))
    found = dissolved((parts,), A([7.0, 60.0]))
    assert (found.edge.tolist(), found.start.tolist(), found.stop.tolist()) == (
        [0, 1],
        [3.0, 0.0],
        [4.0, 60.0],
    )
    assert whole(found, A([7.0, 60.0])).tolist() == [False, True]


def test_a_source_in_the_middle_reaches_only_around_itself():
    road = Roads(A([0]), A([1]), A([100.0]), A([False]))
    found = reached_around(Spots(A([0, -1]), A([50.0, 0.0]), A([5.0, np.nan])), road, limit=20.0)
    assert (found.start.tolist(), found.stop.tolist()) == ([35.0], [65.0])


def test_stretches_of_neighbouring_edges_never_merge():
    parts = EdgeIntervals(A([0, 1]), A([0.0, 0.0]), A([10.0, 10.0]))
    assert len(dissolved((parts,), A([10.0, 10.0])).edge) == 2


def test_nothing_dissolves_to_nothing():
    none = EdgeIntervals(np.empty(0, int), np.empty(0), np.empty(0))
    assert len(dissolved((none,), A([1.0])).edge) == 0


def test_a_stretch_is_cut_with_its_bends():
    x, y, offsets = cut(
        A([0.0, 10, 10]), A([0.0, 0, 10]), A([0, 3]), line=A([0, 0]), start=A([5.0, 2.0]), stop=A([15.0, 4.0])
    )
    assert list(zip(x[:3], y[:3], strict=True)) == [(5, 0), (10, 0), (10, 5)]
    assert list(zip(x[3:], y[3:], strict=True)) == [(2, 0), (4, 0)]
    assert offsets.tolist() == [0, 3, 5]


def test_lengths_do_not_count_the_jump_between_lines():
    assert lengths(A([0.0, 3, 100, 100]), A([0.0, 4, 0, 7]), A([0, 2, 4])).tolist() == [5.0, 7.0]


def test_ragged_slices_lie_end_to_end():
    flat, offsets = ragged(A([3, 7, 7]), A([5, 7, 8]))
    assert (flat.tolist(), offsets.tolist()) == ([3, 4, 7], [0, 2, 2, 3])


@pytest.mark.parametrize(("gap", "places"), [(0.009, 1), (0.02, 2)])
def test_points_within_the_tolerance_are_one_place(gap, places):
    assert len(set(weld(A([0.0, gap]), np.zeros(2), tolerance=0.01))) == places


def test_welding_chains():
    assert weld(A([0.0, 0.008, 0.016, 5.0]), np.zeros(4), tolerance=0.01).tolist() == [0, 0, 0, 1]


def test_points_that_are_no_numbers_reach_nothing_in_a_straight_line():
    found = nearest_straight(
        A([0.0, np.nan]), A([0.0, 0.0]), source_x=A([np.nan, 3.0]), source_y=A([0.0, 4.0])
    )
    assert isinstance(found, Nearest)
    assert (found.cost.tolist(), found.source.tolist()) == ([5.0, np.inf], [1, -1])
