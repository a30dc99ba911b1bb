"""Assigning people within capacity: the most people, then the least travel, against an exact flow."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from gis.siting import assigning
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


def crowd(seed, *, whole=False, demands=60, supplies=9):
    """A tight random district: travel, people, capacity."""
    draw = np.random.default_rng(seed)
    home, site = draw.random((demands, 2)), draw.random((supplies, 2))
    far = np.hypot(*(home[None] - site[:, None]).T).T * 1000
    people, room = draw.gamma(2, 10, demands), draw.gamma(1, 1, supplies)
    room *= draw.uniform(0.5, 1.3) * people.sum() / room.sum()
    if whole:
        far, people, room = np.rint(far / 100), np.rint(people), np.rint(room)
    row, column = np.nonzero(far <= draw.uniform(0.2, 0.8) * far.max())
    return csr_matrix((far[row, column], (row, column)), shape=far.shape), people, room


def by_linear_programs(travel, people, room):
    """Most people by one linear program, then least travel among those by another."""
    stored = travel.tocoo()
    supply, demand, cost = stored.row, stored.col, stored.data
    rows = np.vstack(
        [supply == one for one in range(len(room))] + [demand == one for one in range(len(people))]
    )
    most = np.concatenate([room, people])
    served = -linprog(-np.ones(len(cost)), rows.astype(float), most).fun
    all_of_them = linprog(cost, rows.astype(float), most, np.ones((1, len(cost))), [served * (1 - 1e-12)])
    return served, all_of_them.fun


@pytest.mark.parametrize("seed", range(12))
def test_as_many_and_as_near_as_two_linear_programs_say(seed):
    travel, people, room = crowd(seed)
    found = assign_within_capacity(travel, people, room)
    served, far = by_linear_programs(travel, people, room)
    assert found.served.sum() == pytest.approx(served, rel=1e-9)
    assert found.travel == pytest.approx(far, rel=1e-7)
    assert (found.used <= room * (1 + 1e-12)).all()


@pytest.mark.parametrize("seed", range(4))
def test_whole_people_stay_whole(seed):
    travel, people, room = crowd(seed, whole=True)
    found = assign_within_capacity(travel, people, room)
    assert np.allclose(found.used, np.rint(found.used), atol=1e-9)
    assert np.allclose(found.served, np.rint(found.served), atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_demands_and_supplies_does_not_matter(seed):
    travel, people, room = crowd(seed)
    draw = np.random.default_rng(seed)
    rows, columns = draw.permutation(len(room)), draw.permutation(len(people))
    found = assign_within_capacity(travel, people, room)
    moved = assign_within_capacity(travel[rows][:, columns], people[columns], room[rows])
    assert moved.travel == pytest.approx(found.travel, rel=1e-9)
    assert moved.served == pytest.approx(found.served[columns], abs=1e-6)
    assert moved.used == pytest.approx(found.used[rows], abs=1e-6)


def test_a_large_tight_district_is_as_the_linear_program_says(monkeypatch):
    travel, people, room = crowd(1, demands=2000, supplies=60)
    found = assign_within_capacity(travel, people, room)
    monkeypatch.setattr(assigning, "cheapest_flow", assigning._by_program)
    before = assign_within_capacity(travel, people, room)
    assert found.served.sum() == pytest.approx(before.served.sum(), rel=1e-9)
    assert found.travel == pytest.approx(before.travel, rel=1e-7)


def test_the_linear_program_takes_over_where_steps_run_out(monkeypatch):
    travel, people, room = crowd(2)
    found = assign_within_capacity(travel, people, room)
    monkeypatch.setattr(assigning, "_STEPS_PER_ENTRY", 0)
    assert assign_within_capacity(travel, people, room).travel == pytest.approx(found.travel, rel=1e-7)
