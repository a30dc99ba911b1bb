from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.siting import Constraints, lscp, mclp
from layers.errors import InputError

LINE = np.abs(np.arange(10)[:, None] - np.arange(10)[None, :]).astype(float)
REACH = csr_matrix(LINE <= 1)
drawn = st.tuples(st.integers(2, 7), st.integers(2, 6), st.integers(0, 10_000))


def all_choices(columns: int, most: int):
    return chain.from_iterable(combinations(range(columns), n) for n in range(most + 1))


def best_of_all(near, weight, most, fits) -> float | None:
    fit = [list(one) for one in all_choices(near.shape[1], most) if fits(one)]
    return max((weight[near[:, one].any(axis=1)].sum() for one in fit), default=None)


def pairs_of(rng, columns: int) -> np.ndarray:
    return np.array([one for one in combinations(range(columns), 2) if rng.random() < 0.4]).reshape(-1, 2)


@given(drawn, st.integers(1, 4))
def test_spacing_is_kept_and_nothing_better_keeps_it(size, sites):
    rng = np.random.default_rng(size[2])
    near, weight = rng.random(size[:2]) < 0.4, rng.integers(1, 20, size[0]).astype(float)
    sites, pairs = min(sites, size[1]), pairs_of(rng, size[1])
    assume(len(pairs))
    banned = {tuple(one) for one in pairs.tolist()}
    plan = mclp(csr_matrix(near), weight, sites, constraints=Constraints(conflicts=pairs))
    fits = lambda one: not banned & set(combinations(one, 2))  # noqa: E731
    assert fits(plan.sites.tolist())
    assert plan.proven
    assert plan.objective == best_of_all(near, weight, sites, fits)


@given(drawn, st.integers(0, 12))
def test_a_budget_buys_the_most_people(size, budget):
    rng = np.random.default_rng(size[2])
    near, weight = rng.random(size[:2]) < 0.4, rng.integers(1, 20, size[0]).astype(float)
    cost = rng.integers(0, 7, size[1]).astype(float)
    plan = mclp(csr_matrix(near), weight, constraints=Constraints(cost=cost, budget=budget))
    assert cost[plan.sites].sum() <= budget
    best = best_of_all(near, weight, size[1], lambda one: cost[list(one)].sum() <= budget)
    assert (plan.objective, plan.proven) == (best, True)


@given(drawn, st.integers(1, 4), st.integers(0, 1), st.integers(1, 2))
def test_groups_get_at_least_and_at_most_so_many(size, sites, least, most):
    rng = np.random.default_rng(size[2])
    near, weight = rng.random(size[:2]) < 0.4, rng.integers(1, 20, size[0]).astype(float)
    group, sites = rng.integers(-1, 3, size[1]), min(sites, size[1])
    present = set(group.tolist()) - {-1}

    def fits(one) -> bool:
        counts = {name: group[list(one)].tolist().count(name) for name in present}
        return all(least <= count <= most for count in counts.values())

    best = best_of_all(near, weight, sites, fits)
    rules = Constraints(group=group, at_least=least, at_most=most)
    if best is None:
        with pytest.raises(InputError, match="没有满足全部条件的方案"):
            mclp(csr_matrix(near), weight, sites, constraints=rules)
        return
    plan = mclp(csr_matrix(near), weight, sites, constraints=rules)
    assert fits(plan.sites.tolist())
    assert plan.objective == best


@given(drawn)
def test_everybody_is_covered_by_the_fewest_sites_that_keep_the_spacing(size):
    rng = np.random.default_rng(size[2])
    near, pairs = rng.random(size[:2]) < 0.6, pairs_of(rng, size[1])
    assume(len(pairs))
    banned = {tuple(one) for one in pairs.tolist()}
    served = near.any(axis=1)
    fit = [
        one
        for one in all_choices(size[1], size[1])
        if not banned & set(combinations(one, 2)) and (near[:, list(one)].any(axis=1) == served).all()
    ]
    rules = Constraints(conflicts=pairs)
    if not fit:
        with pytest.raises(InputError, match="最好的方案也有"):
            lscp(csr_matrix(near), constraints=rules)
        return
    assert lscp(csr_matrix(near), constraints=rules).objective == min(len(one) for one in fit)


def test_fixed_sites_keep_new_ones_away_count_for_their_group_and_cost_nothing():
    pairs = np.array([[0, 1], [0, 2]])
    rules = Constraints(
        conflicts=pairs, group=np.repeat([0, 1], 5), at_most=1, cost=np.full(10, 3.0), budget=3
    )
    plan = mclp(REACH, np.ones(10), 4, fixed=[0], constraints=rules)
    assert plan.sites[0] == 0
    assert len(plan.sites) == 2
    assert plan.sites[1] >= 5


def test_a_place_of_unknown_cost_is_not_bought():
    cost = np.full(10, 1.0)
    cost[5] = np.nan
    weight = np.ones(10) + 9 * (np.arange(10) == 5)
    plan = mclp(REACH, weight, constraints=Constraints(cost=cost, budget=1))
    assert 5 not in plan.sites.tolist()
    assert plan.objective == 12.0


def test_contradicting_constraints_are_named():
    rules = Constraints(group=np.arange(10), at_least=1)
    with pytest.raises(InputError, match="冲突在于：站点数、每组至少几处"):
        mclp(REACH, np.ones(10), 3, constraints=rules)


def test_without_time_the_greedy_plan_keeps_the_constraints_and_is_not_called_the_best():
    rng = np.random.default_rng(3)
    near, pairs = csr_matrix(rng.random((300, 60)) < 0.05), pairs_of(rng, 60)[:200]
    plan = mclp(near, np.ones(300), 6, constraints=Constraints(conflicts=pairs), time_limit_s=0)
    chosen = set(plan.sites.tolist())
    assert not any({a, b} <= chosen for a, b in pairs.tolist())
    assert not plan.proven
    assert plan.bound > plan.objective > 0


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"constraints": Constraints(conflicts=np.array([[0, 10]]))}, r"互斥的一对 \[0, 10\]"),
        ({"constraints": Constraints(conflicts=np.array([[4, 4]]))}, r"互斥的一对 \[4, 4\]"),
        (
            {"constraints": Constraints(conflicts=np.array([[0, 1]])), "fixed": [0, 1]},
            "固定点 0 与 1 相互排斥",
        ),
        ({"constraints": Constraints(group=np.arange(3), at_most=1)}, "分组有 3 个，候选点有 10 个"),
        (
            {"constraints": Constraints(group=np.arange(10), at_least=2, at_most=1)},
            "每组至少 2 个、至多 1 个",
        ),
        ({"constraints": Constraints(cost=np.ones(3), budget=1)}, "费用有 3 个，候选点有 10 个"),
        ({"constraints": Constraints(cost=-np.ones(10), budget=1)}, "候选点 0 的费用是 -1"),
        ({"constraints": Constraints(cost=np.ones(10), budget=-1)}, "预算 -1 不是零或正数"),
    ],
)
def test_bad_constraints_are_refused_by_name(more, message):
    with pytest.raises(InputError, match=message):
        mclp(REACH, np.ones(10), 3, **more)


def test_neither_number_nor_budget_is_refused():
    with pytest.raises(InputError, match="没有给出站点数，也没有预算"):
        mclp(REACH, np.ones(10))
