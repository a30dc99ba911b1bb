import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.rounding import adding_up

AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=8)


@given(AMOUNTS, st.integers(0, 2))
def test_parts_add_up_to_the_rounded_total_and_stay_within_one_unit(parts, digits):
    rounded = adding_up(sum(parts), parts, digits=digits)
    assert sum(rounded) == pytest.approx(round(sum(parts), digits), abs=1e-6)
    assert all(abs(one - part) <= 1.01 / 10**digits for one, part in zip(rounded, parts, strict=True))


def test_the_largest_remainder_goes_up():
    assert adding_up(454.4, [411.6, 42.8]) == [411.0, 43.0]


def test_nothing_has_no_parts():
    assert adding_up(0.0, []) == []
