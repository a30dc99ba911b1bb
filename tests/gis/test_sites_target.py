"""The fewest sites for so many people, against all subsets, and what is said where time is short."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.coverage.next_sites.result import _certainty
from gis.coverage.next_sites.target import Target, fewest_for
from gis.siting import Constraints


def asked(seed, share, **rules):
    rng = np.random.default_rng(seed)
    near, people = rng.random((12, 7)) < 0.3, rng.integers(1, 20, 12).astype(float)
    wanted = share * people[near.any(axis=1)].sum()
    target = Target(
        table=csr_matrix(near), people=people, fixed=np.arange(1), wanted=wanted, most=6,
        constraints=Constraints(**rules) if rules else None,
    )  # fmt: skip
    return near, target


def fewest_of_all(near, target, fits=lambda _: True):
    for number in range(7):
        for more in combinations(range(1, 7), number):
            one = [0, *more]
            if fits(one) and target.people[near[:, one].any(axis=1)].sum() >= target.wanted:
                return number
    return None


@given(st.integers(0, 10_000), st.floats(0.3, 1.0))
def test_the_number_is_the_fewest_and_said_to_be_proven(seed, share):
    near, target = asked(seed, share)
    found = fewest_for(target, time_limit_s=20, gap=0.0)
    best = fewest_of_all(near, target)
    assert (len(found.plan.sites) - 1, found.least) == (best, best)
    assert found.plan.objective >= target.wanted - 1e-6


@given(st.integers(0, 10_000))
def test_what_groups_need_counts_and_smaller_numbers_are_no_error(seed):
    group = np.array([-1, 0, 0, 1, 1, 2, 2])
    near, target = asked(seed, 0.5, group=group, at_least=1)
    found = fewest_for(target, time_limit_s=20, gap=0.0)
    fits = lambda one: {0, 1, 2} <= set(group[one].tolist())  # noqa: E731
    assert (len(found.plan.sites) - 1, found.least) == (fewest_of_all(near, target, fits),) * 2


def test_without_time_the_least_number_is_no_more_than_what_was_found():
    rng = np.random.default_rng(5)
    near, people = csr_matrix(rng.random((400, 60)) < 0.05), rng.integers(1, 9, 400).astype(float)
    target = Target(
        table=near,
        people=people,
        fixed=np.empty(0, np.int64),
        constraints=None,
        wanted=0.7 * people.sum(),
        most=60,
    )
    hasty, sure = (fewest_for(target, time_limit_s=seconds, gap=0.0) for seconds in (0.0, 60.0))
    assert hasty.least <= sure.least == len(sure.plan.sites) <= len(hasty.plan.sites)


@pytest.mark.parametrize(
    ("fewer", "words"), [(0, "已证明最少"), (1, "至多可能再少 1 处"), (3, "至多可能再少 3 处")]
)
def test_how_sure_the_number_is_is_said(fewer, words):
    assert words in _certainty(fewer)[0]
