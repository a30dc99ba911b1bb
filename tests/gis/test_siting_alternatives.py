from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.siting import Constraints, alternatives, cost_alternatives, coverage_curve, mclp, p_center, p_median

drawn = st.tuples(st.integers(2, 7), st.integers(2, 6), st.integers(0, 10_000))


def table_of(size):
    rng = np.random.default_rng(size[2])
    return rng.random(size[:2]) < 0.4, rng.integers(1, 20, size[0]).astype(float)


def covered(near, weight, sites) -> float:
    return weight[near[:, list(sites)].any(axis=1)].sum()


@given(drawn, st.integers(1, 3))
def test_the_best_replacement_of_every_site_is_the_best_of_all_swaps(size, sites):
    near, weight = table_of(size)
    plan = mclp(csr_matrix(near), weight, min(sites, size[1]))
    for swap in alternatives(csr_matrix(near), weight, plan.sites, time_limit_s=0).swaps:
        rest = set(plan.sites.tolist()) - {swap.out}
        others = [covered(near, weight, rest | {one}) for one in range(size[1]) if one not in plan.sites]
        assert (swap.into >= 0) == bool(others)
        assert swap.objective == (max(others) if others else plan.objective)


@given(drawn, st.integers(1, 3))
def test_alternatives_differ_keep_within_the_loss_and_cover_what_they_say(size, sites):
    near, weight = table_of(size)
    plan = mclp(csr_matrix(near), weight, min(sites, size[1]))
    plans = alternatives(csr_matrix(near), weight, plan.sites, within=0.2, at_most=4).plans
    assert len({tuple(one.sites.tolist()) for one in plans} | {tuple(plan.sites.tolist())}) == len(plans) + 1
    for one in plans:
        assert one.objective == covered(near, weight, one.sites)
        assert one.objective >= 0.8 * plan.objective - 1e-9
    assert [one.loss for one in plans] == sorted(one.loss for one in plans)


@given(drawn)
def test_when_a_second_plan_is_as_good_one_is_found(size):
    near, weight = table_of(size)
    values = sorted((covered(near, weight, one) for one in combinations(range(size[1]), 1)), reverse=True)
    plan = mclp(csr_matrix(near), weight, 1)
    found = alternatives(csr_matrix(near), weight, plan.sites, within=0.0).plans
    assert bool(found) == (values[0] == values[1])


def test_fixed_sites_are_not_swapped_and_constraints_hold_for_alternatives():
    near, weight = csr_matrix(np.eye(5)), np.array([9.0, 8, 8, 8, 8])
    rules = Constraints(conflicts=np.array([[0, 1], [2, 3]]))
    plan = mclp(near, weight, 3, fixed=[0], constraints=rules)
    found = alternatives(near, weight, plan.sites, fixed=[0], constraints=rules)
    assert 0 not in {one.out for one in found.swaps}
    assert found.plans
    assert all(0 in one.sites and 1 not in one.sites for one in found.plans)
    assert not any({2, 3} <= set(one.sites.tolist()) for one in found.plans)


@pytest.mark.parametrize("worst", [False, True])
@given(size=drawn, sites=st.integers(1, 3))
def test_replacements_of_a_median_and_a_centre_are_the_best_of_all_swaps(worst, size, sites):
    rng = np.random.default_rng(size[2])
    cost, weight = rng.integers(1, 30, size[:2]).astype(float), rng.integers(1, 9, size[0]).astype(float)
    sites = min(sites, size[1])
    plan = p_center(cost, sites) if worst else p_median(cost, weight, sites)

    def value(columns) -> float:
        nearest = cost[:, list(columns)].min(axis=1)
        return nearest.max() if worst else (nearest * weight).sum()

    found = cost_alternatives(cost, weight, plan.sites, worst=worst, within=0.3)
    for swap in found.swaps:
        rest = set(plan.sites.tolist()) - {swap.out}
        others = [value(rest | {one}) for one in range(size[1]) if one not in plan.sites]
        assert swap.objective == pytest.approx(min(others) if others else plan.objective)
    assert all(one.objective == pytest.approx(value(one.sites)) for one in found.plans)


@given(drawn)
def test_the_curve_never_falls_and_its_bounds_hold(size):
    near, weight = table_of(size)
    curve = coverage_curve(csr_matrix(near), weight, size[1])
    best = [
        max(covered(near, weight, one) for one in combinations(range(size[1]), n)) for n in range(size[1] + 1)
    ]
    assert [one.sites for one in curve] == list(range(size[1] + 1))
    assert all(one.covered <= top <= one.bound * (1 + 1e-9) for one, top in zip(curve, best, strict=True))
    assert all(one.covered >= top * 0.99 for one, top in zip(curve, best, strict=True))
    assert (np.diff([one.covered for one in curve]) >= 0).all()


def test_the_curve_starts_at_what_stands_and_leaves_out_numbers_that_break_constraints():
    near, weight = csr_matrix(np.eye(4)), np.array([4.0, 3, 2, 1])
    assert coverage_curve(near, weight, 9, fixed=[3])[0].covered == 1
    rules = Constraints(group=np.array([0, 0, 1, 1]), at_least=1)
    assert [one.sites for one in coverage_curve(near, weight, 3, constraints=rules)] == [0, 2, 3]
