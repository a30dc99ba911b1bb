from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.siting.covering import mclp
from gis.siting.periods import NEVER, over_periods
from layers.errors import InputError


def covered(reach, weights, opened):
    is_open = [(opened >= 0) & (opened <= t) for t in range(len(weights))]
    return [w[reach[:, one].any(axis=1)].sum() for w, one in zip(weights, is_open, strict=True)]


def best_by_hand(reach, weights, numbers, columns):
    """Try every order of openings."""
    best = 0.0

    def deeper(period, opened):
        nonlocal best
        if period == len(numbers):
            best = max(best, sum(covered(reach, weights, opened)))
            return
        waiting = np.flatnonzero(opened < 0)
        for some in combinations(waiting, numbers[period] - int((opened >= 0).sum())):
            deeper(period + 1, np.where(np.isin(np.arange(columns), some), period, opened))

    deeper(0, np.full(columns, NEVER))
    return best


def instance(seed, rows=8, columns=5, periods=3):
    rng = np.random.default_rng(seed)
    reach = rng.random((rows, columns)) < 0.35
    weights = rng.integers(0, 20, (periods, rows)).astype(float)
    numbers = np.sort(rng.integers(0, columns + 1, periods)).tolist()
    return reach, weights, numbers


@pytest.mark.parametrize("seed", range(12))
def test_no_order_of_openings_beats_the_plan(seed):
    reach, weights, numbers = instance(seed)
    plan = over_periods(csr_matrix(reach, dtype=float), weights, numbers)
    assert plan.proven
    assert plan.objective == best_by_hand(reach, weights, numbers, reach.shape[1])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_numbers_hold_coverage_is_what_it_says_and_looking_ahead_never_loses(seed):
    reach, weights, numbers = instance(seed, rows=12, columns=7)
    plan = over_periods(csr_matrix(reach, dtype=float), weights, numbers)
    assert [len(plan.open_in(t)) for t in range(len(numbers))] == numbers
    assert plan.covered.tolist() == covered(reach, weights, plan.opened_in)
    assert plan.myopic.covered.tolist() == covered(reach, weights, plan.myopic.opened_in)
    assert plan.myopic.objective <= plan.objective <= plan.bound


def test_looking_ahead_can_beat_choosing_year_by_year():
    reach = csr_matrix([[1, 1, 0], [1, 0, 1], [0, 1, 0], [0, 0, 1.0]])
    weights = [[5, 5, 4, 4], [5, 5, 40, 40]]
    plan = over_periods(reach, weights, [1, 2])
    assert plan.myopic.covered.tolist() == [10, 50]
    assert plan.covered.tolist() == [9, 90]


def test_one_period_is_maximal_covering():
    reach, weights, _ = instance(3, rows=30, columns=10, periods=1)
    table = csr_matrix(reach, dtype=float)
    assert over_periods(table, weights, [4]).objective == mclp(table, weights[0], 4).objective


def test_fixed_sites_stand_from_the_start():
    reach, weights, _ = instance(4)
    plan = over_periods(csr_matrix(reach, dtype=float), weights, [2, 2, 3], [4])
    assert plan.opened_in[4] == 0
    assert [len(plan.open_in(t)) for t in range(3)] == [2, 2, 3]


def test_without_time_the_plan_is_good_and_its_bound_holds():
    reach, weights, numbers = instance(5)
    quick = over_periods(csr_matrix(reach, dtype=float), weights, numbers, time_limit_s=0)
    exact = over_periods(csr_matrix(reach, dtype=float), weights, numbers)
    assert quick.objective <= exact.objective <= quick.bound


@pytest.mark.parametrize(
    ("weights", "numbers", "message"),
    [
        ([[1, 1]], [1, 2], "权重有 1 期，站点数有 2 期"),
        ([[1, 1], [1, 1]], [2, 1], "站点总数从 2 降到 1"),
        ([[1, -1]], [1], r"weight\[1\] 是 -1"),
        ([[1, 1, 1]], [1], "权重有 3 个，需求有 2 处"),
        ([[1, 1]], [4], "要选 4 个站点，只有 3 个候选点"),
        (np.ones((0, 2)), [], "至少一期"),
    ],
)
def test_bad_questions_are_refused_by_name(weights, numbers, message):
    with pytest.raises(InputError, match=message):
        over_periods(csr_matrix(np.ones((2, 3))), weights, numbers)


def test_nobody_to_serve_is_no_error():
    plan = over_periods(csr_matrix((0, 3)), np.zeros((2, 0)), [1, 2])
    assert (plan.objective, plan.proven) == (0.0, True)
