"""The median where candidates do not reach everybody: fewest left out first, then cost, with a bound on that cost."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.siting import p_median


@st.composite
def sparse_tables(draw):
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(2, 6))
    cells = st.one_of(st.integers(0, 30).map(float), st.just(np.inf))
    return np.array(draw(st.lists(cells, min_size=rows * columns, max_size=rows * columns))).reshape(
        rows, columns
    )


def _judged(table, people, chosen):
    """Return the people left out and the cost of the others."""
    least = table[:, list(chosen)].min(axis=1)
    served = np.isfinite(least)
    return float(people[~served].sum()), float((least * people)[served].sum())


@given(sparse_tables(), st.integers(1, 3), st.integers(0, 1))
def test_a_sparse_median_leaves_fewest_out_and_then_costs_least(table, more, fixed):
    people = np.arange(1.0, len(table) + 1)
    sites, must = min(fixed + more, table.shape[1]), list(range(fixed))
    choices = [one for one in itertools.combinations(range(table.shape[1]), sites) if set(must) <= set(one)]
    best = min(_judged(table, people, one) for one in choices)
    plan = p_median(table, people, sites, must)
    assert _judged(table, people, plan.sites) == pytest.approx(best)
    assert plan.proven
    assert plan.objective == pytest.approx(best[1])


def test_the_gap_of_a_sparse_median_is_that_of_the_cost_and_not_of_a_penalty():
    rng = np.random.default_rng(4)
    place, site = rng.random((400, 2)) * 20, rng.random((80, 2)) * 20
    cost = np.linalg.norm(place[:, None] - site[None], axis=2)
    cost[cost > 9] = np.inf
    plan = p_median(cost, rng.integers(1, 60, 400), 8, [0, 1], time_limit_s=20)
    assert plan.bound > 0.9 * plan.objective
    assert plan.gap == pytest.approx((plan.objective - plan.bound) / plan.objective)


def test_a_wanted_gap_is_kept_on_the_cost():
    rng = np.random.default_rng(5)
    cost = np.where(rng.random((60, 20)) < 0.4, rng.integers(1, 50, (60, 20)), np.inf)
    plan = p_median(cost, rng.integers(1, 9, 60), 5, gap=0.05)
    assert plan.gap <= 0.05


def test_a_median_of_standing_sites_alone_is_what_it_is():
    plan = p_median([[1.0, 4.0], [6.0, 2.0]], [1, 2], 2, [0, 1])
    assert (plan.objective, plan.bound, plan.proven) == (5.0, 5.0, True)
