"""Roads that do not branch are followed at once: costs are those of the edges added one by one, to the last bit."""

import numpy as np
import pytest
from coverage_town import grid_roads, town
from hypothesis import given
from hypothesis import strategies as st

from gis.network import Network
from gis.network.warming import ask_everything_once, warm_up

costs = st.lists(st.floats(0, 50), min_size=1, max_size=40)


def row(cost, oneway=None):
    size = len(cost) + 1
    at = np.arange(size, dtype=float)
    return Network.from_edges(
        at, at % 3, range(size - 1), range(1, size), length_m=cost, oneway=None if oneway is None else oneway
    )


def along(cost, source):
    """Add costs one by one in both directions from a node of a row."""
    ahead = np.cumsum(np.concatenate([[0.0], cost[source:]]))
    back = np.cumsum(np.concatenate([[0.0], cost[:source][::-1]]))[::-1]
    return np.concatenate([back[:-1], ahead])


@given(costs, st.integers(0, 39))
def test_a_long_row_costs_what_its_edges_add_up_to(cost, source):
    source %= len(cost) + 1
    np.testing.assert_array_equal(row(cost).nearest([source]).cost, along(cost, source))


@given(costs, st.lists(st.integers(0, 39), min_size=1, max_size=9))
def test_of_several_sources_in_a_row_the_nearest_counts(cost, sources):
    sources = [one % (len(cost) + 1) for one in sources]
    every = np.array([along(cost, one) for one in sources])
    found = row(cost).nearest(sources)
    np.testing.assert_array_equal(found.cost, every.min(axis=0))
    np.testing.assert_array_equal(every[found.source, np.arange(len(cost) + 1)], found.cost)


@given(costs, st.integers(0, 39), st.integers(0, 40))
def test_a_cost_equal_to_the_limit_is_within_a_row(cost, source, last):
    source %= len(cost) + 1
    expected = along(cost, source)
    limit = expected[last % len(expected)]
    table = row(cost).within([source], limit)
    assert sorted(table.indices.tolist()) == np.flatnonzero(expected <= limit).tolist()


@given(costs)
def test_one_way_rows_lead_one_way_only(cost):
    network = row(cost, [True] * len(cost))
    out, back = network.nearest([0], towards=False).cost, network.nearest([0]).cost
    np.testing.assert_array_equal(out, along(cost, 0))
    assert np.isinf(back[1:]).all()


@given(costs, st.integers(0, 39), st.booleans())
def test_round_a_ring_the_shorter_way_is_taken(cost, source, one_way):
    size = len(cost) + 2
    source, lengths = source % size, np.array([*cost, 7.0, 3.0])
    after = (np.arange(size) + 1) % size
    ring = Network.from_edges(
        range(size), [0] * size, range(size), after, length_m=lengths, oneway=[one_way] * size
    )
    turned = np.roll(lengths, -source)
    ahead = np.concatenate([[0.0], np.cumsum(turned)[:-1]])
    back = np.concatenate([[0.0], np.cumsum(turned[::-1])[:-1]])[np.r_[0, size - 1 : 0 : -1]]
    expected = ahead if one_way else np.minimum(ahead, back)
    np.testing.assert_array_equal(np.roll(ring.nearest([source], towards=False).cost, -source), expected)


def test_sources_keep_their_rows_whatever_order_they_are_searched_in():
    network = row([1.0] * 30)
    sources = [20, 3, 3, 30, 0]
    table = network.within(sources, 2).toarray()
    alone = [network.within([one], 2).toarray()[0] for one in sources]
    np.testing.assert_array_equal(table, alone)


def test_no_sources_make_an_empty_table():
    assert row([1.0]).within([], 5).shape == (0, 2)


def test_a_workspace_is_warmed_up_with_the_network_it_keeps(tmp_path):
    workspace = town(tmp_path, road=grid_roads(3, 100))
    network = warm_up(workspace)
    assert isinstance(network.edges.x, np.memmap)
    assert (workspace.root / "cache").is_dir()


def test_a_workspace_without_roads_has_nothing_to_warm_up(tmp_path):
    assert warm_up(town(tmp_path)) is None


@pytest.mark.parametrize("oneway", [None, [True, True]])
def test_any_network_can_be_asked_everything(oneway):
    network = row([5.0, 6.0], oneway)
    ask_everything_once(network)
    assert network.edge_count == 2
