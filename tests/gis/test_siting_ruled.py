"""Median and centre under spacing, groups, budget and fixed sites, against all subsets."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.siting import Constraints, p_center, p_median
from layers.errors import InputError

INF = np.inf


@st.composite
def ruled(draw):
    """Draw a table of costs, people, what is fixed, the most sites (None: a budget decides), and the rules."""
    rng = np.random.default_rng(draw(st.integers(0, 100_000)))
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(2, 7))
    table = rng.integers(0, 30, (rows, columns)).astype(float)
    table[rng.random(table.shape) < draw(st.sampled_from([0.0, 0.4]))] = INF
    fixed = [0] if draw(st.booleans()) else []
    pairs = [one for one in combinations(range(columns), 2) if rng.random() < 0.3]
    grouped, priced = draw(st.booleans()), draw(st.booleans())
    rules = Constraints(
        conflicts=np.array(pairs, np.int64).reshape(-1, 2),
        group=rng.integers(-1, 3, columns) if grouped else None,
        at_most=draw(st.sampled_from([None, 1, 2])) if grouped else None,
        at_least=draw(st.integers(0, 1)) if grouped else 0,
        cost=rng.integers(0, 7, columns).astype(float) if priced else None,
        budget=float(rng.integers(0, 12)) if priced else None,
    )
    number = None if priced and draw(st.booleans()) else min(columns, draw(st.integers(1, 4)))
    return table, rng.integers(1, 9, rows).astype(float), fixed, number, rules


def kept(one, columns, fixed, number, rules) -> bool:
    banned = {tuple(pair) for pair in rules.conflicts.tolist()}
    if not set(fixed) <= set(one) or (number is not None and len(one) > number):
        return False
    if banned & set(combinations(one, 2)):
        return False
    if rules.budget is not None and sum(rules.cost[j] for j in one if j not in fixed) > rules.budget:
        return False
    if rules.group is None:
        return True
    names = set(rules.group.tolist()) - {-1}
    most = columns if rules.at_most is None else rules.at_most
    count = {name: rules.group[list(one)].tolist().count(name) for name in names}
    standing = {name: rules.group[fixed].tolist().count(name) for name in names}
    return all(rules.at_least <= count[name] <= max(most, standing[name]) for name in names)


def choices(columns, fixed, number, rules):
    subsets = chain.from_iterable(combinations(range(columns), size) for size in range(columns + 1))
    return [list(one) for one in subsets if kept(one, columns, fixed, number, rules)]


def median_of(table, people, one):
    least = table[:, one].min(axis=1, initial=INF)
    served = np.isfinite(least)
    return float(people[~served].sum()), float((least * people)[served].sum())


@given(ruled())
def test_a_median_keeps_its_rules_and_none_that_does_is_better(case):
    table, people, fixed, number, rules = case
    fit = choices(table.shape[1], fixed, number, rules)
    if not fit:
        with pytest.raises(InputError, match="没有满足全部条件的方案"):
            p_median(table, people, number, fixed, constraints=rules)
        return
    plan = p_median(table, people, number, fixed, constraints=rules)
    assert plan.sites.tolist() in fit
    assert median_of(table, people, plan.sites) == pytest.approx(
        min(median_of(table, people, one) for one in fit)
    )
    assert plan.proven
    assert plan.bound == pytest.approx(plan.objective)


@given(ruled(), st.sampled_from([0.0, 0.2]))
def test_a_median_without_time_or_with_a_gap_has_a_bound_that_holds(case, gap):
    table, people, fixed, number, rules = case
    fit = choices(table.shape[1], fixed, number, rules)
    try:
        plan = p_median(
            table, people, number, fixed, constraints=rules, gap=gap, time_limit_s=None if gap else 0
        )
    except InputError:
        assert not fit or not gap
        return
    left, cost = median_of(table, people, plan.sites)
    assert plan.sites.tolist() in fit
    assert plan.objective == pytest.approx(cost)
    best = min(median_of(table, people, one)[1] for one in fit if median_of(table, people, one)[0] <= left)
    assert plan.bound <= best + 1e-6 <= plan.objective + 2e-6
    assert plan.gap <= gap or not gap


def radius_of(table, one):
    served = table[np.isfinite(table).any(axis=1)]
    return float(served[:, one].min(axis=1, initial=INF).max(initial=0.0))


@given(ruled())
def test_a_centre_keeps_its_rules_and_none_that_does_is_better(case):
    table, _, fixed, number, rules = case
    fit = choices(table.shape[1], fixed, number, rules)
    best = min((radius_of(table, one) for one in fit), default=INF)
    if not np.isfinite(best):
        with pytest.raises(InputError, match=r"没有满足全部条件的方案|只有被条件排除的候选点|个站点无法到达"):
            p_center(table, number, fixed, constraints=rules)
        return
    plan = p_center(table, number, fixed, constraints=rules)
    assert plan.sites.tolist() in fit
    assert (plan.objective, plan.bound, plan.proven) == (best, best, True)


@given(ruled())
def test_a_centre_without_time_is_a_plan_whose_bound_holds_or_is_not_called_impossible(case):
    table, _, fixed, number, rules = case
    fit = choices(table.shape[1], fixed, number, rules)
    best = min((radius_of(table, one) for one in fit), default=INF)
    try:
        plan = p_center(table, number, fixed, constraints=rules, time_limit_s=0)
    except InputError as refused:
        said = refused.message.zh
    else:
        assert plan.sites.tolist() in fit
        assert plan.bound <= best <= plan.objective
        return
    assert "这不等于没有" in said or not np.isfinite(best)


@given(ruled(), st.integers(1, 40))
def test_the_bound_by_prices_alone_is_never_above_the_best(case, rounds):
    table, people, fixed, number, rules = case
    fit = choices(table.shape[1], fixed, number, rules)
    if not fit:
        return
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("gis.siting.median_search._EXACT_CELLS", -1)
        changed.setattr("gis.siting.median_search._ROUNDS", 20 * rounds)
        plan = p_median(table, people, number, fixed, constraints=rules)
    left, cost = median_of(table, people, plan.sites)
    best = min(median_of(table, people, one)[1] for one in fit if median_of(table, people, one)[0] <= left)
    assert plan.bound <= best + 1e-6
    assert not plan.proven or cost == pytest.approx(best)


LINE = np.abs(np.arange(6)[:, None] - np.arange(6)[None, :]).astype(float)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            Constraints(group=np.arange(6), at_least=1),
            "冲突在于：站点数、每组至少几处。各组至少还要 5 处，只能新增 1 处",
        ),
        (
            Constraints(conflicts=np.array([[0, 1]]), group=np.array([0, 1, 0, 0, 0, 0]), at_least=1),
            "1 组的可用候选点不够：第 1 组",
        ),
        (Constraints(group=np.full(6, 0), at_least=2, cost=np.full(6, 9.0), budget=1), "冲突在于：每组至少几处、预算"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "solve",
    [
        lambda rules: p_median(LINE, np.ones(6), 2, [0], constraints=rules),
        lambda rules: p_center(LINE, 2, [0], constraints=rules),
    ],
)
def test_contradicting_rules_are_named_with_what_is_lacking(rules, message, solve):
    with pytest.raises(InputError, match=message):
        solve(rules)


def test_demands_that_only_ruled_out_candidates_reach_are_named():
    table = np.array([[1.0, INF, 2.0], [INF, 1.0, INF]])
    with pytest.raises(InputError, match=r"1 处需求只有被条件排除的候选点.*第 1 行"):
        p_center(table, 2, [0], constraints=Constraints(conflicts=np.array([[0, 1]])))
    first = np.vstack([np.full(3, INF), table])
    with pytest.raises(InputError, match=r"1 处需求只有被条件排除的候选点.*第 2 行"):
        p_center(first, 2, [0], constraints=Constraints(conflicts=np.array([[0, 1]])))
    plan = p_median(table, np.ones(2), 2, [0], constraints=Constraints(conflicts=np.array([[0, 1]])))
    assert plan.assignment.tolist() == [0, -1]
