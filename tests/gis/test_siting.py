from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.siting import lscp, mclp, p_center, p_median
from layers.errors import InputError

LINE = np.abs(np.arange(10)[:, None] - np.arange(10)[None, :]).astype(float)
"""Ten places on a line, each a candidate; cost is the distance."""


def reach(radius: float) -> csr_matrix:
    return csr_matrix(radius >= LINE)


tables = st.tuples(st.integers(1, 7), st.integers(1, 6), st.integers(0, 10_000)).map(
    lambda drawn: np.random.default_rng(drawn[2]).integers(0, 20, size=drawn[:2]).astype(float)
)


def choices(columns: int, sites: int):
    return (list(one) for one in combinations(range(columns), sites))


def test_everybody_on_a_line_is_covered_by_one_site_in_five():
    plan = lscp(reach(2))
    assert (plan.objective, plan.proven, plan.gap) == (2.0, True, 0.0)
    assert plan.sites.tolist() == [2, 7]
    assert (LINE[np.arange(10), plan.assignment] <= 2).all()


def test_fixed_sites_stay_and_count():
    plan = lscp(reach(2), fixed=[0])
    assert 0 in plan.sites.tolist()
    assert plan.objective == 3.0
    assert mclp(reach(1), np.ones(10), 3, fixed=[9]).sites.tolist()[-1] == 9


def test_who_cannot_be_reached_is_named_and_the_rest_is_served():
    table = reach(2).tolil()
    table[4] = 0
    plan = lscp(table.tocsr())
    assert plan.unserved.tolist() == [4]
    assert plan.assignment[4] == -1
    assert "1 处需求没有任何候选点可达" in plan.notes[0].zh
    assert (np.delete(plan.assignment, 4) >= 0).all()


def test_a_stored_zero_is_in_reach():
    table = csr_matrix((np.zeros(2), np.array([0, 1]), np.array([0, 1, 2])), shape=(2, 2))
    assert lscp(table).objective == 2.0
    assert mclp(table, [3.0, 5.0], 1).objective == 5.0


@given(tables, st.integers(1, 3))
def test_maximal_covering_is_the_best_of_all_choices(table, sites):
    sites, radius = min(sites, table.shape[1]), 8
    weight = np.arange(1.0, len(table) + 1)
    best = max(weight[(table[:, one] <= radius).any(axis=1)].sum() for one in choices(table.shape[1], sites))
    plan = mclp(csr_matrix(table <= radius), weight, sites)
    assert plan.objective == best
    assert plan.proven
    assert len(plan.sites) == sites


@given(tables)
def test_set_covering_is_the_fewest_of_all_choices(table):
    close = table <= 8
    served = close.any(axis=1)
    plan = lscp(csr_matrix(close))
    fewest = next(
        n
        for n in range(table.shape[1] + 1)
        if any((close[:, one].any(axis=1) == served).all() for one in choices(table.shape[1], n))
    )
    assert (plan.objective, plan.proven) == (fewest, True)
    assert ((plan.assignment >= 0) == served).all()


@given(tables, st.integers(1, 3))
def test_the_median_is_the_best_of_all_choices(table, sites):
    sites = min(sites, table.shape[1])
    weight = np.arange(1.0, len(table) + 1)
    best = min((table[:, one].min(axis=1) * weight).sum() for one in choices(table.shape[1], sites))
    plan = p_median(table, weight, sites)
    assert plan.objective == pytest.approx(best)
    assert plan.proven
    assert plan.bound <= plan.objective


@given(tables, st.integers(1, 3))
def test_the_centre_is_the_best_of_all_choices(table, sites):
    sites = min(sites, table.shape[1])
    best = min(table[:, one].min(axis=1).max() for one in choices(table.shape[1], sites))
    plan = p_center(table, sites)
    assert (plan.objective, plan.proven) == (best, True)
    assert table[np.arange(len(table)), plan.assignment].max() == best


@given(tables, st.integers(0, 1000))
def test_the_order_of_the_demands_changes_nothing(table, seed):
    order = np.random.default_rng(seed).permutation(len(table))
    weight = np.arange(1.0, len(table) + 1)
    one = mclp(csr_matrix(table <= 8), weight, 1)
    other = mclp(csr_matrix(table[order] <= 8), weight[order], 1)
    assert one.objective == other.objective


def test_without_time_the_greedy_plan_comes_with_its_gap():
    rng = np.random.default_rng(1)
    table = csr_matrix(rng.random((300, 60)) < 0.05)
    plan = mclp(table, rng.integers(1, 9, 300), 6, time_limit_s=0)
    assert not plan.proven
    assert plan.bound > plan.objective > 0
    assert plan.notes[-1].zh.startswith("限时已到")


def test_a_gap_is_kept_and_the_bound_is_a_bound():
    rng = np.random.default_rng(2)
    table, weight = csr_matrix(rng.random((500, 80)) < 0.05), rng.integers(1, 9, 500)
    rough, exact = mclp(table, weight, 8, gap=0.05), mclp(table, weight, 8)
    assert rough.gap <= 0.05
    assert rough.objective <= exact.objective <= rough.bound
    assert exact.proven


def test_few_sites_that_cannot_reach_everybody_leave_as_few_people_out_as_possible():
    cost = np.array([[1.0, np.inf], [np.inf, 1.0], [2.0, np.inf]])
    plan = p_median(cost, [1, 2, 5], 1)
    assert plan.assignment.tolist() == [0, -1, 0]
    assert plan.objective == 11.0
    assert "1 处（2 人）未被服务" in plan.notes[-1].zh


def test_a_centre_that_too_few_sites_cannot_reach_is_refused():
    with pytest.raises(InputError, match="1 个站点无法到达所有可达的需求"):
        p_center(np.array([[1.0, np.inf], [np.inf, 1.0]]), 1)


def test_a_centre_not_found_in_time_is_not_called_impossible():
    cost = np.full((6, 6), np.inf)
    cost[[0, 1, 2, 3, 4, 5, 0, 2], [0, 1, 2, 3, 4, 5, 1, 3]] = [1, 1, 1, 1, 1, 1, 9, 9]
    assert p_center(cost, 4).objective == 9
    with pytest.raises(InputError, match="这不等于没有"):
        p_center(cost, 4, time_limit_s=0)


@given(tables, st.integers(1, 3))
def test_without_time_a_centre_is_a_plan_whose_bound_holds(table, sites):
    sites = min(sites, table.shape[1])
    best = min(table[:, one].min(axis=1).max() for one in choices(table.shape[1], sites))
    plan = p_center(table, sites, time_limit_s=0)
    assert plan.bound <= best <= plan.objective


def test_people_always_add_up():
    weight = np.arange(10.0)
    plan = mclp(reach(1), weight, 2)
    assert weight[plan.assignment >= 0].sum() == plan.objective
    assert weight[plan.assignment < 0].sum() == weight.sum() - plan.objective


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: mclp(reach(1), np.ones(10), 11), "要选 11 个站点，只有 10 个候选点"),
        (lambda: mclp(reach(1), np.ones(10), 0), "站点数 0 不是正整数"),
        (lambda: mclp(reach(1), np.ones(10), 1, fixed=[1, 2]), "固定点有 2 个，多于站点总数 1"),
        (lambda: mclp(reach(1), np.ones(10), 2, fixed=[10]), "固定点 10 不是候选点"),
        (lambda: mclp(reach(1), np.ones(10), 2, fixed=[3, 3]), "固定点 3 写了两次"),
        (lambda: mclp(reach(1), np.ones(9), 2), "权重有 9 个，需求有 10 处"),
        (lambda: mclp(reach(1), -np.ones(10), 2), r"weight\[0\] 是 -1.0"),
        (lambda: mclp(reach(1), np.full(10, np.nan), 2), r"weight\[0\] 是 nan"),
        (lambda: mclp(csr_matrix((3, 0)), np.ones(3), 1), "没有候选点"),
        (lambda: lscp(csr_matrix([[-1.0]])), r"reach\[0, 0\] 是 -1.0"),
        (lambda: lscp(reach(1), time_limit_s=-1), "--time-limit-s）是 -1，应为零或正数"),
        (lambda: lscp(reach(1), gap=-1), r"差距（--gap）是 -1"),
        (lambda: p_median([[np.nan]], [1], 1), r"cost\[0, 0\] 是 nan"),
        (lambda: p_center([[-2.0]], 1), r"cost\[0, 0\] 是 -2.0"),
    ],
)
def test_bad_questions_are_refused_by_name(ask, message):
    with pytest.raises(InputError, match=message):
        ask()


def test_no_demand_is_served_by_nobody():
    empty = csr_matrix((0, 3))
    assert lscp(empty).objective == 0.0
    assert mclp(empty, [], 2).objective == 0.0
    assert p_median(np.empty((0, 3)), [], 2).sites.tolist() == [0, 1]
    assert mclp(reach(1), np.zeros(10), 2).objective == 0.0


def test_a_plan_is_json():
    said = mclp(reach(1), np.ones(10), 2).as_json()
    assert said["objective"] == 6.0
    assert set(said) >= {"sites", "assignment", "bound", "gap", "proven", "seconds", "unserved", "notes"}
