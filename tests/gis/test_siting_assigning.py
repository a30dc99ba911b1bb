"""Assigning people within capacity: the most people, then the least travel, against an exact flow."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.siting.assigning import assign_within_capacity
from layers.errors import InputError

tables = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=4, max_size=4), min_size=1, max_size=3
)
few = settings(max_examples=40, deadline=None)


def sparse(rows):
    at = [(i, j, one) for i, row in enumerate(rows) for j, one in enumerate(row) if one is not None]
    i, j, cost = (np.array(one) for one in zip(*at, strict=True)) if at else (np.empty(0, int),) * 3
    return csr_matrix((cost.astype(float), (i, j)), shape=(len(rows), 4))


def exact(rows, people, capacity):
    """Most people, then least travel, by another program's flow."""
    graph = nx.DiGraph()
    for at, number in enumerate(people):
        graph.add_edge("s", ("d", at), capacity=number, weight=0)
    for at, room in enumerate(capacity):
        graph.add_edge(("f", at), "t", capacity=room, weight=0)
    for at, row in enumerate(rows):
        for to, cost in enumerate(row):
            if cost is not None:
                graph.add_edge(("d", to), ("f", at), weight=cost)
    flow = nx.max_flow_min_cost(graph, "s", "t")
    return sum(flow["s"].values()), nx.cost_of_flow(graph, flow)


@few
@given(tables, st.lists(st.integers(0, 5), min_size=4, max_size=4), st.data())
def test_most_people_then_least_travel(rows, people, data):
    capacity = data.draw(st.lists(st.integers(0, 8), min_size=len(rows), max_size=len(rows)))
    found = assign_within_capacity(sparse(rows), np.array(people, float), np.array(capacity, float))
    served, travel = exact(rows, people, capacity)
    assert found.served.sum() == pytest.approx(served, abs=1e-6)
    assert found.travel == pytest.approx(travel, abs=1e-5)
    assert (found.used <= np.array(capacity) + 1e-6).all()
    assert (found.served <= np.array(people) + 1e-9).all()
    assert found.used.sum() == pytest.approx(found.served.sum(), abs=1e-6)


def test_without_limits_everybody_goes_to_the_nearest():
    found = assign_within_capacity(
        sparse([[1, 5, None, None], [2, 3, None, None]]), np.ones(4), np.full(2, np.inf)
    )
    assert found.used.tolist() == [1, 1]
    assert found.served.tolist() == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("people", "capacity", "message"),
    [
        (np.ones(3), np.ones(1), "people has 3 values where the table has 4."),
        (np.ones(4), np.array([-1.0]), "capacity[0] is -1.0, not zero or more."),
        (np.array([1, np.nan, 1, 1]), np.ones(1), "people[1] is nan, not zero or more."),
        (np.ones(4), np.array([np.nan]), "capacity[0] is nan, not zero or more."),
    ],
)
def test_bad_numbers_are_refused(people, capacity, message):
    with pytest.raises(InputError) as caught:
        assign_within_capacity(sparse([[1, 1, 1, 1]]), people, capacity)
    assert caught.value.message.en == message
