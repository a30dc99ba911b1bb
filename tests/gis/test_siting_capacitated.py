from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.siting import Constraints, capacitated_mclp, mclp
from layers.errors import InputError

drawn = st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 10_000), st.integers(1, 4))


def subsets(columns):
    return chain.from_iterable(combinations(columns, n) for n in range(len(columns) + 1))


def served_at_most(near, weight, room, sites) -> float:
    """Least cut between people and sites: some sites are full, the others serve all they reach."""
    return min(
        room[list(full)].sum() + weight[near[:, [one for one in sites if one not in full]].any(axis=1)].sum()
        for full in subsets(sites)
    )


@given(drawn)
def test_as_many_are_served_as_any_choice_of_sites_can_hold(size):
    rng = np.random.default_rng(size[2])
    near, sites = rng.random(size[:2]) < 0.5, min(size[3], size[1])
    weight, room = rng.integers(0, 20, size[0]).astype(float), rng.integers(0, 25, size[1]).astype(float)
    best = max(served_at_most(near, weight, room, one) for one in combinations(range(size[1]), sites))
    plan = capacitated_mclp(csr_matrix(near), weight, room, sites)
    assert plan.objective == pytest.approx(best)
    assert plan.proven
    assert plan.bound == pytest.approx(plan.objective)


@given(drawn)
def test_nobody_is_served_twice_and_no_site_holds_more_than_it_can(size):
    rng = np.random.default_rng(size[2])
    near, sites = rng.random(size[:2]) < 0.5, min(size[3], size[1])
    weight, room = rng.random(size[0]) * 20, rng.random(size[1]) * 25
    plan = capacitated_mclp(csr_matrix(near), weight, room, sites)
    flow = plan.flow.toarray()
    assert (flow.sum(axis=1) <= weight * (1 + 1e-7)).all()
    assert (flow.sum(axis=0) <= room * (1 + 1e-7)).all()
    assert (flow[~near] == 0).all()
    assert len(plan.sites) <= sites


def test_room_without_limit_is_maximal_covering():
    rng = np.random.default_rng(5)
    near, weight = csr_matrix(rng.random((80, 15)) < 0.15), rng.integers(1, 9, 80).astype(float)
    plan = capacitated_mclp(near, weight, np.full(15, np.inf), 4)
    assert plan.objective == pytest.approx(mclp(near, weight, 4).objective)


def test_the_nearest_are_served_first():
    cost = csr_matrix(np.array([[100.0], [50.0], [300.0]]))
    plan = capacitated_mclp(cost, [10, 10, 10], [15], 1)
    assert plan.flow.toarray().ravel().tolist() == pytest.approx([5, 10, 0])
    assert plan.assignment.tolist() == [0, 0, -1]


def test_a_site_of_unknown_room_is_not_chosen_and_not_taken_as_zero_where_it_stands():
    near = csr_matrix(np.array([[1, 0], [1, 1], [0, 1]]))
    plan = capacitated_mclp(near, [5, 7, 9], [np.nan, 10], 2, fixed=[0])
    assert plan.objective == 10
    assert plan.perhaps[0] == 5
    assert plan.perhaps[2] == 0
    assert "1 个候选点或固定点的容量未知" in plan.notes[0].zh
    assert capacitated_mclp(near, [5, 7, 9], [np.nan, 10], 1).sites.tolist() == [1]


def test_a_site_without_room_serves_nobody():
    plan = capacitated_mclp(csr_matrix([[1.0, 1.0]]), [5], [0, 3], 2)
    assert plan.objective == 3
    assert plan.flow.toarray().tolist() == [[0, 3]]


def test_without_time_there_is_a_plan_with_a_bound_and_it_is_not_called_the_best():
    rng = np.random.default_rng(4)
    near, weight = csr_matrix(rng.random((200, 40)) < 0.1), rng.integers(1, 9, 200).astype(float)
    plan = capacitated_mclp(near, weight, np.full(40, 60.0), 6, time_limit_s=0)
    best = capacitated_mclp(near, weight, np.full(40, 60.0), 6, gap=0.01)
    assert 0 < plan.objective <= best.bound
    assert plan.bound >= best.objective


def test_a_budget_and_spacing_hold_with_capacities_too():
    near = csr_matrix(np.eye(4))
    rules = Constraints(conflicts=np.array([[0, 1]]), cost=np.array([1.0, 1, 1, 9]), budget=2)
    plan = capacitated_mclp(near, [9, 8, 3, 99], np.full(4, 50.0), constraints=rules)
    assert plan.sites.tolist() == [0, 2]
    assert (plan.objective, plan.proven) == (12.0, True)


@pytest.mark.parametrize(
    ("room", "message"),
    [([1], "容量有 1 个，候选点有 2 个"), ([1, -2], r"capacity\[1\] 是 -2.0")],
)
def test_bad_capacities_are_refused_by_name(room, message):
    with pytest.raises(InputError, match=message):
        capacitated_mclp(csr_matrix(np.ones((1, 2))), [1], room, 1)
