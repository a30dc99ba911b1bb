from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.written import day, pairs, signed
from layers.errors import InputError


def test_a_date_is_read_and_none_stays_none():
    assert day("2026-06-30") == date(2026, 6, 30)
    assert day(None) is None


def test_a_date_that_is_none_is_refused_with_the_way_to_write_it():
    with pytest.raises(InputError) as caught:
        day("30/6/2026")
    assert caught.value.said("en") == "'30/6/2026' is no date. Write it like 2026-06-30."


def test_pairs_come_one_by_one_or_joined():
    assert pairs(["name=名称,beds=床位"], option="--columns") == {"name": "名称", "beds": "床位"}
    assert pairs(["name=名称", "beds=床位"], option="--columns") == {"name": "名称", "beds": "床位"}


def test_a_comma_inside_a_header_is_kept():
    assert pairs(["area_m2=面积，平方米,beds=床位"], option="--columns") == {
        "area_m2": "面积，平方米",
        "beds": "床位",
    }


@pytest.mark.parametrize("written", ["名称", "=名称", "name=a,name=b", ",name=a"])
def test_what_is_no_pair_is_refused(written):
    with pytest.raises(InputError, match="--columns 的"):
        pairs([written], option="--columns")


@given(
    st.dictionaries(
        st.from_regex(r"[a-z_]{1,10}", fullmatch=True), st.from_regex(r"[一-龥]{0,5}", fullmatch=True)
    )
)
def test_any_fields_and_headers_survive(columns):
    assert pairs([f"{key}={value}" for key, value in columns.items()], option="--columns") == columns


def test_who_is_never_empty():
    assert signed("经办人", "年检").who == "经办人"
    assert signed(None, "").who
