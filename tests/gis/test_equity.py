import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.coverage.catchments.equity import deviation, gini, lorenz, palma
from layers.errors import InputError

units = st.lists(st.tuples(st.floats(0.01, 100), st.integers(1, 500)), min_size=1, max_size=20)


@given(units, st.floats(0.01, 50))
def test_the_scale_of_the_score_changes_nothing(drawn, factor):
    score, people = map(np.array, zip(*drawn, strict=True))
    assert gini(score * factor, people) == pytest.approx(gini(score, people), abs=1e-9)


@given(st.floats(0.1, 9), st.lists(st.integers(1, 99), min_size=1, max_size=9))
def test_equal_scores_are_perfectly_even(score, people):
    assert gini(np.full(len(people), score), people) == pytest.approx(0, abs=1e-12)
    assert palma(np.full(len(people), score), people) == pytest.approx(0.25)


@given(units)
def test_cutting_units_changes_nothing_and_merging_never_raises_it(drawn):
    score, people = map(np.array, zip(*drawn, strict=True))
    whole = gini(score, people)
    assert gini(np.repeat(score, 2), np.repeat(people / 2, 2)) == pytest.approx(whole, abs=1e-9)
    merged = np.array([(score * people).sum() / people.sum()])
    assert gini(merged, [people.sum()]) <= whole + 1e-9


@given(units, st.floats(0.01, 50))
def test_the_deviation_grows_with_the_scale_and_not_with_cutting_units(drawn, factor):
    score, people = map(np.array, zip(*drawn, strict=True))
    whole = deviation(score, people)
    assert deviation(score * factor, people) == pytest.approx(whole * factor, abs=1e-9)
    assert deviation(np.repeat(score, 2), np.repeat(people / 2, 2)) == pytest.approx(whole, abs=1e-9)


def test_one_in_four_who_has_everything():
    assert gini([0, 0, 0, 8], [1, 1, 1, 1]) == pytest.approx(0.75)
    assert palma([0, 0, 0, 8], [1, 1, 1, 1]) == float("inf")
    assert lorenz([0, 0, 0, 8], [1, 1, 1, 1]).held.tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("score", "people", "message"),
    [
        ([1, 2], [1], "得分有 2 个，人数有 1 个"),
        ([1, -2], [1, 1], r"score\[1\] 是 -2.0"),
        ([1, 2], [1, np.nan], r"people\[1\] 是 nan"),
        ([0, 0], [1, 1], "所有人的得分都是零"),
        ([], [], "没有人口"),
    ],
)
def test_what_has_no_answer_is_refused(score, people, message):
    with pytest.raises(InputError, match=message):
        gini(score, people)
