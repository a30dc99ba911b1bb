import math
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.model import Kind
from layers.reading.values import CellError, convert, degrees_of, is_missing
from layers.specs import spec_of

CARE = spec_of("care_facility")
BEDS, AREA, KIND, SERVED = (CARE.field(name) for name in ("beds", "area_m2", "kind", "served_units"))
OPENED = CARE.field("opened_on")
DELIVERS = spec_of("meal_point").field("delivers")


def one(raw, field):
    made = convert([raw], field)
    return made.refused[0].zh if made.refused else made.cells[0]


@pytest.mark.parametrize(
    "mark", ["", " ", "*", "**", "***", "＊＊", "-", "—", "——", "/", "无数据", "NULL", None, float("nan")]
)
@pytest.mark.parametrize("field", [BEDS, AREA, KIND, OPENED, DELIVERS, SERVED, CARE.field("name")])
def test_redaction_marks_and_blanks_are_missing_and_never_zero(mark, field):
    assert one(mark, field) is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [("120", 120), ("1,234", 1234), ("１２０", 120), (" 12 ", 12), ("120.0", 120), (120.0, 120), ("0", 0)],
)
def test_plain_whole_numbers_are_taken(raw, value):
    assert one(raw, BEDS) == value


@pytest.mark.parametrize("raw", ["约120", "120张", "1,23", "十二", "1e400", "12-15", "1_000", "0x1F"])
def test_anything_else_is_no_number(raw):
    assert one(raw, BEDS) in {f"“{raw}”不是数字。", f"“{raw}”超出数值范围。"}


def test_a_fraction_is_no_count():
    assert one("3.5", BEDS) == "“3.5”不是整数。"


def test_bounds_are_kept():
    assert one("-1", BEDS) == "-1 低于下限 0。"
    assert one("120", spec_of("cemetery").field("greening")) == "120 高于上限 100。"


@settings(deadline=None)
@given(st.integers(0, 10**12))
def test_separators_and_full_width_digits_change_nothing(number):
    wide = str(number).translate({ord(str(d)): ord("０") + d for d in range(10)})
    assert one(f"{number:,}", BEDS) == one(wide, BEDS) == number


@pytest.mark.parametrize(
    "raw",
    ["2020-05-01", "2020/5/1", "2020年5月1日", "2020.5.1", "2020年5月", "20200501",
     datetime(2020, 5, 1), date(2020, 5, 1),  # noqa: DTZ001 - as a workbook gives them
     "2020-05-01 00:00:00", "43952", 43952, "2020-5"],
)  # fmt: skip
def test_dates_as_offices_write_them(raw):
    assert one(raw, OPENED) == date(2020, 5, 1)


def test_a_year_alone_is_its_first_day():
    assert one("1985年", OPENED) == date(1985, 1, 1)


@pytest.mark.parametrize(
    ("raw", "said"), [("2020-02-30", "“2020-02-30”不是存在的日期。"), ("去年", "“去年”不是日期。")]
)
def test_what_is_no_date_is_refused(raw, said):
    assert one(raw, OPENED) == said


@pytest.mark.parametrize(
    ("raw", "value"),
    [("是", True), ("有", True), ("1", True), (1, True), ("否", False), ("无", False), ("No", False)],
)
def test_yes_and_no(raw, value):
    assert one(raw, DELIVERS) is value


def test_neither_yes_nor_no_is_refused():
    assert one("可能", DELIVERS) == "“可能”不是“是/否”。"


@pytest.mark.parametrize("raw", ["敬老院", "养老机构", "care_home", "Care Home"])
def test_codes_are_found_by_alias_label_and_code(raw):
    assert one(raw, KIND) == "care_home"


def test_an_unknown_word_is_refused_with_the_permitted_ones():
    said = one("棋牌室", KIND)
    assert said.startswith("“棋牌室”不在词表 care_kind 中；可用：养老机构、")


def test_lists_are_split_at_any_separator():
    assert one("甲村；乙村、 丙村,丁村", SERVED) == "甲村;乙村;丙村;丁村"


def test_codes_typed_as_numbers_stay_whole():
    assert one(320413001001.0, spec_of("admin_unit").field("code")) == "320413001001"


@pytest.mark.parametrize(
    "raw",
    ["119°30′36″", "119°30'36\"E", "东经119度30分36秒".removeprefix("东经"), "119.51", 119.51, "E119°30.6′"],
)
def test_coordinates_in_degrees_minutes_and_seconds(raw):
    assert degrees_of(raw) == pytest.approx(119.51)


def test_missing_coordinates_are_nan_and_words_are_refused():
    assert math.isnan(degrees_of("**"))
    with pytest.raises(CellError) as caught:
        degrees_of("金坛")
    assert caught.value.reason.zh == "“金坛”不是数字。"


@settings(deadline=None)
@given(st.text(max_size=30), st.sampled_from([field for field in CARE.fields if field.kind is not Kind.TEXT]))
def test_any_text_is_a_value_missing_or_refused_and_never_an_exception(raw, field):
    made = convert([raw], field)
    assert (
        made.refused
        or made.cells[0] is not None
        or is_missing(raw)
        or raw.strip() in {"无", "没有"}
        or field.kind is Kind.LIST
    )
