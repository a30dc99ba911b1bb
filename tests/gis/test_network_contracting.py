"""Nodes that only join two edges are taken out, and nothing else changes."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gis.network import Network

A = np.array


def _all_in(network: Network, x, y):
    return network.snap(A(x, float), A(y, float), max_m=0.001)


def _zigzag(**said) -> Network:
    """Six nodes in a row, drawn in alternating directions, a spur at node 2 and one at node 4."""
    x, y = A([0, 10, 20, 30, 40, 50, 20, 40.0]), A([0, 0, 0, 0, 0, 0, 5, 5.0])
    u, v = A([0, 2, 2, 4, 4, 2, 4]), A([1, 1, 3, 3, 5, 6, 7])
    length = np.hypot(x[u] - x[v], y[u] - y[v])
    return Network.from_edges(x, y, u, v, length_m=length, **said)


def test_what_only_joins_two_edges_goes():
    whole = _zigzag()
    short = whole.contracted()
    assert (whole.node_count, whole.edge_count) == (8, 7)
    assert (short.node_count, short.edge_count) == (6, 5)


def test_the_roads_are_drawn_as_before():
    whole = _zigzag()
    assert shapely.union_all(whole.contracted().shapes).equals(shapely.union_all(whole.shapes))


def test_one_way_edges_are_joined_where_one_leads_on_from_the_other():
    x, y = A([0.0, 1, 2, 3]), np.zeros(4)
    onward = Network.from_edges(x, y, [0, 1, 2], [1, 2, 3], length_m=[1, 1, 1], oneway=[True] * 3)
    against = Network.from_edges(x, y, [0, 2, 2], [1, 1, 3], length_m=[1, 1, 1], oneway=[True] * 3)
    assert onward.contracted().edge_count == 1
    assert against.contracted().edge_count == 3


def test_a_street_that_changes_to_one_way_keeps_its_node():
    line = Network.from_edges(
        A([0.0, 1, 2]), np.zeros(3), [0, 1], [1, 2], length_m=[1, 1], oneway=[True, False]
    )
    assert line.contracted().node_count == 3


def test_a_ring_stays_as_it_is():
    x, y = A([0.0, 1, 1, 0]), A([0.0, 0, 1, 1])
    ring = Network.from_edges(x, y, [0, 1, 2, 3], [1, 2, 3, 0], length_m=[1] * 4)
    assert ring.contracted().edge_count == 4


def test_a_noose_stays_as_it_is():
    x, y = A([0.0, 1, 2, 2]), A([0.0, 0, 1, -1])
    noose = Network.from_edges(x, y, [0, 1, 2, 3], [1, 2, 3, 1], length_m=[1, 2, 2, 2])
    assert noose.contracted().edge_count == 4


@pytest.mark.parametrize("towards", [True, False])
@given(seed=st.integers(0, 2**32 - 1))
def test_every_answer_between_places_stays(seed, towards):
    rng = np.random.default_rng(seed)
    whole = _zigzag(oneway=rng.random(7) < rng.choice([0, 0.5]))
    short = whole.contracted()
    at = rng.random((2, 9))
    places = [_all_in(one, at[0] * 50, np.zeros(9)) for one in (whole, short)]
    sources = [_all_in(one, at[1, :3] * 50, np.zeros(3)) for one in (whole, short)]
    nearest = [
        one.cost_of(*pair, towards=towards)
        for one, *pair in zip((whole, short), places, sources, strict=True)
    ]
    tables = [
        one.travel(s, p, 200.0, towards=towards).toarray()
        for one, s, p in zip((whole, short), sources, places, strict=True)
    ]
    lengths = [
        float((area.stop - area.start).sum())
        for area in (
            one.service_area(s, 17.0, towards=towards) for one, s in zip((whole, short), sources, strict=True)
        )
    ]
    assert nearest[1].cost == pytest.approx(nearest[0].cost)
    assert tables[1] == pytest.approx(tables[0])
    assert lengths[1] == pytest.approx(lengths[0])


def test_roads_with_a_pace_of_their_own_are_left():
    whole = _zigzag()
    paced = whole.edges._replace(ahead=np.full(7, 1.1), back=np.ones(7))
    assert Network(paced, whole.graph).contracted().edge_count == 7
