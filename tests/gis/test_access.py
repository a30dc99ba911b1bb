import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.spatial.distance import cdist

from gis.coverage import access_scores
from gis.coverage.access import pulls
from layers.errors import InputError


def travel(drawn: int) -> csr_matrix:
    rng = np.random.default_rng(drawn)
    cost = rng.uniform(0, 40, size=(5, 12))
    rows, columns = np.nonzero(cost <= 30)
    return csr_matrix((cost[rows, columns], (rows, columns)), shape=cost.shape)


METHODS = [
    ("2sfca", {"limit": 20}),
    ("e2sfca", {}),
    ("gaussian", {"limit": 25}),
    ("gaussian", {"sigma": 8}),
    ("3sfca", {}),
]


@pytest.mark.parametrize(("method", "how"), METHODS)
@given(st.integers(0, 10_000))
def test_what_people_have_adds_up_to_what_is_not_idle(method, how, seed):
    supply, demand = np.arange(1.0, 6), np.arange(1.0, 13)
    scores = access_scores(travel(seed), supply, demand, method, **how)
    held = float(np.asarray(scores) @ demand)
    assert held == pytest.approx(np.delete(supply, scores.idle).sum())
    assert np.isfinite(scores).all()


def test_ten_beds_for_five_people_are_two_each_and_who_is_too_far_is_told():
    table = csr_matrix(np.array([[5.0, 15.0, 31.0]]))
    scores = access_scores(table, [10], [2, 3, 7], limit=20)
    assert list(scores) == [2.0, 2.0, 0.0]
    assert scores.reasons.tolist() == ["", "", "out-of-reach"]


def test_the_limit_itself_and_no_distance_at_all_are_in_reach():
    table = csr_matrix((np.array([0.0, 20.0]), np.array([0, 1]), np.array([0, 2])), shape=(1, 2))
    assert list(access_scores(table, [4], [1, 1], limit=20)) == [2.0, 2.0]


def test_supply_nobody_reaches_is_idle_and_supply_of_nothing_is_a_reason():
    table = csr_matrix(np.array([[5.0, 0.0], [0.0, 0.0], [0.0, 7.0]]))
    scores = access_scores(table, [3, 9, 0], [1, 1], limit=20)
    assert scores.idle.tolist() == [1]
    assert scores.reasons.tolist() == ["", "no-supply"]


@pytest.mark.parametrize("what", ["doc", "dentist"])
@pytest.mark.parametrize(("method", "column"), [("2sfca", "2sfca30_"), ("e2sfca", "e2sfca_")])
def test_chicago_agrees_with_an_independent_program(real_data, what, method, column):
    folder = real_data / "bench" / "chicago_access"
    expected = pd.read_csv(folder / "access_1.1.10_expected.csv", dtype={"geoid": str})
    people = gpd.read_file(folder / "chicago_metro_pop.geojson")
    supply = gpd.read_file(folder / "chicago_metro_docs_dentists.geojson")
    assert people["geoid"].astype(str).tolist() == expected["geoid"].tolist()
    km = cdist(*(np.column_stack([one.geometry.x, one.geometry.y]) / 1000 for one in (supply, people)))
    rows, columns = np.nonzero(km <= 30)
    table = csr_matrix((km[rows, columns], (rows, columns)), shape=km.shape)
    scores = access_scores(table, supply[what], people["pop"], method, limit=30)
    assert np.abs(scores - expected[column + what]).max() <= 1e-12


def test_five_cells_of_belo_horizonte_agree_with_the_published_scores(real_data):
    folder = real_data / "bench" / "belohorizonte"
    published = {
        "89a88cdb57bffff": 0.0152,
        "89a88cdb597ffff": 0.1491,
        "89a88cdb5b3ffff": 0.1491,
        "89a88cdb5cfffff": 0.1068,
        "89a88cd909bffff": 0.0,
    }
    land = pd.read_csv(folder / "land_use_data.csv").set_index("id").loc[list(published)]
    pairs = pd.read_csv(folder / "travel_matrix.csv.gz")
    pairs = pairs[pairs["from_id"].isin(land.index) & pairs["to_id"].isin(land.index)]
    rows, columns = land.index.get_indexer(pairs["to_id"]), land.index.get_indexer(pairs["from_id"])
    table = csr_matrix((pairs["travel_time"], (rows, columns)), shape=(5, 5))
    scores = access_scores(table, land["jobs"], land["population"], limit=45)
    assert list(scores) == pytest.approx(list(published.values()), abs=5e-5)


def test_all_cells_of_belo_horizonte_agree_with_sums_over_the_long_table(real_data):
    folder = real_data / "bench" / "belohorizonte"
    land = pd.read_csv(folder / "land_use_data.csv").set_index("id")
    pairs = pd.read_csv(folder / "travel_matrix.csv.gz").query("travel_time <= 45")
    people = land["population"].loc[pairs["from_id"]].groupby(pairs["to_id"].to_numpy()).sum()
    ratio = (land["jobs"] / people).where(people > 0, 0.0)
    expected = ratio.loc[pairs["to_id"]].groupby(pairs["from_id"].to_numpy()).sum().reindex(land.index)
    at = land.index.get_indexer(pairs["to_id"]), land.index.get_indexer(pairs["from_id"])
    table = csr_matrix((pairs["travel_time"].astype(float), at), shape=(len(land), len(land)))
    scores = access_scores(table, land["jobs"], land["population"], limit=45)
    assert len(land) == 898
    assert np.abs(scores - expected.fillna(0)).max() <= 1e-12


def test_supply_that_reaches_only_empty_places_is_idle_and_the_place_says_so():
    scores = access_scores(csr_matrix([[5.0, 0], [0, 5.0]]), [3, 4], [0, 2], limit=20)
    assert scores.idle.tolist() == [0]
    assert (list(scores), scores.reasons.tolist()) == ([0.0, 2.0], ["no-demand", ""])


@pytest.mark.parametrize(("method", "how"), [("2sfca", {}), ("e2sfca", {}), ("gaussian", {"sigma": 9})])
def test_an_infinite_way_reaches_nothing(method, how):
    scores = access_scores(csr_matrix([[np.inf, 5.0]]), [3], [1, 1], method, **how)
    assert (list(scores), scores.reasons.tolist()) == ([0.0, 3.0], ["out-of-reach", ""])


@pytest.mark.parametrize(("method", "how"), METHODS)
@given(seed=st.integers(0, 10_000))
def test_scores_are_the_pulls_of_the_ratios(method, how, seed):
    supply, demand = np.arange(1.0, 6), np.arange(1.0, 13)
    pull = pulls(travel(seed), method, **how)
    asked = pull @ demand
    ratio = np.divide(supply, asked, out=np.zeros(5), where=asked > 0)
    assert np.asarray(access_scores(travel(seed), supply, demand, method, **how)) == pytest.approx(
        pull.T @ ratio
    )


def test_nothing_at_all_is_an_answer_without_scores():
    scores = access_scores(csr_matrix((0, 3)), [], [1, 1, 1])
    assert (list(scores), scores.reasons.tolist()) == ([0.0] * 3, ["out-of-reach"] * 3)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"method": "floating"}, "不认识的方法“floating”"),
        ({"limit": -1}, "limit 是 -1"),
        ({"method": "gaussian"}, "高斯衰减需要 limit"),
        ({"method": "gaussian", "sigma": 0}, "sigma 是 0"),
        ({"method": "e2sfca", "steps": [(20, 1), (10, 0.5)]}, "上限递增"),
        ({"supply": [1, 2]}, "supply 有 2 个值，表里有 1 个"),
        ({"demand": [1, np.nan]}, r"demand\[1\] 是 nan"),
    ],
)
def test_bad_questions_are_refused_by_name(how, message):
    asked = {"supply": [1], "demand": [1, 1], "method": "2sfca"} | how
    with pytest.raises(InputError, match=message):
        access_scores(csr_matrix(np.array([[1.0, 2.0]])), **asked)


def test_a_pair_that_stands_there_twice_is_refused():
    twice = csr_matrix((np.array([4.0, 5.0]), np.array([1, 1]), np.array([0, 2])), shape=(1, 2))
    with pytest.raises(InputError, match=r"travel_csr\[0, 1\] 存了两次"):
        access_scores(twice, [1], [1, 1], limit=5)


def test_a_way_that_is_not_known_is_refused():
    with pytest.raises(InputError, match=r"travel_csr\[0, 0\] 是 nan"):
        access_scores(csr_matrix(np.array([[np.nan, 2.0]])), [1], [1, 1], limit=5)


def test_negative_travel_is_refused():
    with pytest.raises(InputError, match=r"travel_csr\[0, 1\] 是 -2.0"):
        access_scores(csr_matrix(np.array([[1.0, -2.0]])), [1], [1, 1], limit=5)
