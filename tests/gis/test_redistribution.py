from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.coverage import access_scores
from gis.siting.redistribution import proportional, redistribute, whole
from layers.errors import InputError


def plane(units: int, sites: int, within: float, seed: int) -> tuple[csr_matrix, np.ndarray]:
    """Units and sites in a square, pulled linearly up to a distance."""
    rng = np.random.default_rng(seed)
    homes, places = rng.random((units, 2)), rng.random((sites, 2))
    far = np.hypot(*(places[:, None, one] - homes[None, :, one] for one in (0, 1)))
    return csr_matrix(np.clip(1 - far / within, 0, None)), rng.integers(20, 400, units).astype(float)


def access_of(share, people, supply):
    asked = share @ people
    return share.T @ np.divide(supply, asked, out=np.zeros(len(asked)), where=asked > 0)


def spread(share, people, supply):
    access = access_of(share, people, supply)
    return people @ (access - access @ people / people.sum()) ** 2


def test_the_optimum_is_more_even_than_proportional_and_that_than_chance():
    share, people = plane(1000, 120, 0.12, seed=1)
    chance = np.random.default_rng(2).random(120)
    best = redistribute(share, people, 5000.0)
    assert best.proven
    assert best.gap <= 1e-9
    assert (
        best.objective
        < 0.5 * spread(share, people, proportional(share, people, 5000.0))
        < 0.5 * spread(share, people, chance * 5000 / chance.sum())
    )


@given(st.integers(0, 10_000), st.sampled_from([0.3, 0.6, 2.0]), st.sampled_from([np.inf, 8.0]))
def test_no_spread_of_a_grid_beats_the_optimum_or_its_bound(seed, within, most):
    share, people = plane(7, 3, within, seed)
    if not (share @ people > 0).all():
        return
    best = redistribute(share, people, 12.0, 0.0, most)
    grid = [(a, b, 12.0 - a - b) for a, b in product(np.arange(0, 12.5, 0.5), repeat=2) if a + b <= 12]
    found = min(spread(share, people, np.array(one)) for one in grid if max(one) <= most)
    assert best.bound <= best.objective <= found * (1 + 1e-9) + 1e-15


@given(st.integers(0, 10_000), st.floats(0, 3), st.floats(6, 40))
def test_beds_add_up_stay_in_bounds_and_all_of_them_are_in_somebodys_access(seed, least, most):
    share, people = plane(40, 9, 0.7, seed)
    best = redistribute(share, people, 50.0, least, most)
    assert best.supply.sum() == pytest.approx(50)
    assert ((best.supply >= least - 1e-9) & (best.supply <= most + 1e-9)).all()
    assert people @ access_of(share, people, best.supply) == pytest.approx(50)
    assert best.proven


def test_two_villages_apart_are_given_beds_by_their_people():
    best = redistribute(csr_matrix(np.eye(2)), [100, 300], 40)
    assert best.supply == pytest.approx([10, 30])
    assert best.objective == pytest.approx(0, abs=1e-12)


def test_scores_of_the_optimum_are_those_of_the_floating_catchments():
    travel = csr_matrix(np.array([[5.0, 15.0, 40.0], [40.0, 15.0, 5.0]]))
    share = csr_matrix((travel.toarray() <= 20).astype(float))
    best = redistribute(share, [10, 20, 30], 12)
    assert access_of(share, np.array([10, 20, 30]), best.supply) == pytest.approx(
        np.asarray(access_scores(travel, best.supply, [10, 20, 30], limit=20))
    )


def test_a_site_nobody_reaches_keeps_its_least_and_is_told():
    share = csr_matrix(np.array([[1.0, 1.0], [0.0, 0.0]]))
    best = redistribute(share, [5, 5], 10, [0, 2])
    assert best.supply.tolist() == [8, 2]
    assert best.idle.tolist() == [1]


def test_no_time_gives_the_proportional_spread_with_an_honest_gap():
    share, people = plane(100, 10, 0.3, seed=4)
    hurried = redistribute(share, people, 70.0, time_limit_s=0)
    assert hurried.supply == pytest.approx(proportional(share, people, 70.0))
    assert not hurried.proven
    assert hurried.bound <= redistribute(share, people, 70.0).objective


@given(st.lists(st.floats(0, 50), min_size=1, max_size=12))
def test_whole_beds_add_up_and_move_by_less_than_one(beds):
    rounded = whole(beds)
    assert rounded.sum() == round(sum(beds))
    assert (np.abs(rounded - beds) < 1 + 1e-6).all()


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"supply_total": -1}, "supply_total 是 -1.0"),
        ({"people": [1, np.nan]}, r"people\[1\] 是 nan"),
        ({"people": [0, 0]}, "没有任何人够得着任何设施"),
        ({"people": [1]}, "people 有 1 个值，应有 2 个"),
        ({"lower": [9, 9]}, "总量 10 放不下：各设施下限合计 18"),
        ({"upper": 4}, "有人可达的设施上限合计 8"),
        ({"lower": 5, "upper": [9, 3]}, "第 1 处设施的下限 5 大于上限 3"),
        ({"time_limit_s": -1}, "是 -1，应为零或正数"),
    ],
)
def test_bad_questions_are_refused_by_name(how, message):
    asked = {"people": [1, 1], "supply_total": 10} | how
    with pytest.raises(InputError, match=message):
        redistribute(csr_matrix(np.eye(2)), **asked)
