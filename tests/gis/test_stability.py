import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gis.coverage.catchments.stability import changes, fifths, worst_fifth

units = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 50)), min_size=1, max_size=20)


def test_ten_units_of_ten_people_are_two_in_each_fifth():
    assert fifths(np.arange(10.0), np.full(10, 10.0)).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


@given(units)
def test_units_of_one_score_are_in_one_class_and_a_higher_score_is_never_lower(drawn):
    score, people = (np.array(one, float) for one in zip(*drawn, strict=True))
    order = np.argsort(score)
    classes = fifths(score, people)
    assert (np.diff(classes[order]) >= 0).all()
    assert all(len(set(classes[score == one])) == 1 for one in score)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=6))
def test_bounds_of_the_worst_fifth_hold_for_every_value_between(drawn):
    least, more, people = (np.array(one, float) for one in zip(*drawn, strict=True))
    sure, perhaps = worst_fifth(least, least + more, people)
    for share in (0.0, 0.5, 1.0):
        worst = fifths(least + more * share, people) == 0
        assert (worst[sure]).all()
        assert perhaps[worst].all()


@given(units)
def test_without_doubt_both_bounds_are_the_worst_fifth(drawn):
    score, people = (np.array(one, float) for one in zip(*drawn, strict=True))
    sure, perhaps = worst_fifth(score, score, people)
    assert (sure == perhaps).all()
    assert (sure == (fifths(score, people) == 0)).all()


def test_one_kernel_changes_nothing_and_two_that_turn_the_order_round_change_nearly_all():
    people = np.full(5, 2.0)
    one, other = np.arange(5), np.arange(5)[::-1]
    assert changes([one], people) == dict.fromkeys(
        ("changed_share", "two_or_more_share", "worst_unstable_share"), 0.0
    )
    assert changes([one, other], people) == {
        "changed_share": 0.8,
        "two_or_more_share": 0.8,
        "worst_unstable_share": 1.0,
    }
