"""The grammar of marker numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.boundaries import NumberStatus, parse_marker_number

complete_numbers = st.builds(
    lambda line, serial, letter: f"{line:04d}{serial:03d}{letter}",
    st.integers(0, 9999),
    st.integers(1, 999),
    st.sampled_from("QABCDE"),
)


def test_eight_characters_give_line_serial_and_type():
    number = parse_marker_number("3234046Q")
    assert (number.line_number, number.serial, number.type_code) == ("3234", 46, "Q")
    assert number.status is NumberStatus.COMPLETE
    assert number.suggestion is None


def test_six_digits_are_incomplete_and_only_suggest():
    number = parse_marker_number("323046")
    assert number.status is NumberStatus.INCOMPLETE
    assert (number.line_number, number.serial, number.type_code) == (None, 46, None)
    assert number.suggestion == "323?046?"


def test_known_lines_and_structure_sharpen_the_suggestion():
    number = parse_marker_number("323046", known_lines=["3234", "4142"], structure="single")
    assert number.suggestion == "3234046Q"
    assert number.line_number is None


def test_two_lines_that_fit_leave_the_suggestion_open():
    assert parse_marker_number("323046", known_lines=["3234", "3237"]).suggestion == "323?046?"


@pytest.mark.parametrize(
    ("raw", "suggestion"),
    [("3234046", "3234046?"), ("046Q", "????046Q"), ("046", "????046?"), ("34046b", "34??046B")],
)
def test_shortened_numbers_are_incomplete(raw, suggestion):
    number = parse_marker_number(raw)
    assert (number.status, number.suggestion) == (NumberStatus.INCOMPLETE, suggestion)


@pytest.mark.parametrize(
    "raw", ["３２３４０４６Ｑ", "3234-046-Q", " 3234046q", "第3234046Q号", "界桩 3234 046 Q"]
)
def test_another_way_of_writing_is_complete_with_the_plain_form_suggested(raw):
    number = parse_marker_number(raw)
    assert (number.text, number.suggestion) == ("3234046Q", "3234046Q")


@pytest.mark.parametrize(
    "raw", ["", "3234000Q", "3234046X", "32340461Q", "苏皖四十六号", "12", "3234O46Q", "٣٢٣٤٠٤٦Q"]
)
def test_what_does_not_fit_is_invalid_and_suggests_nothing(raw):
    number = parse_marker_number(raw)
    assert number.status is NumberStatus.INVALID
    assert (number.line_number, number.serial, number.type_code, number.suggestion) == (
        None,
        None,
        None,
        None,
    )


@given(complete_numbers)
def test_a_complete_number_reads_back_as_itself(raw):
    assert parse_marker_number(raw).text == raw


@given(st.text())
def test_any_text_can_be_parsed(raw):
    number = parse_marker_number(raw, known_lines=["3234"], structure="single")
    assert (number.text is not None) == (number.status is NumberStatus.COMPLETE)


@given(complete_numbers, st.integers(0, 7))
def test_a_number_that_lost_a_character_is_never_complete(raw, lost):
    assert parse_marker_number(raw[:lost] + raw[lost + 1 :]).status is not NumberStatus.COMPLETE
