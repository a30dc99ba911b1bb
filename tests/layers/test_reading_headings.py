import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ColumnError
from layers.reading.headings import heading_row, knows, match_headings, normal_form, tidy_headings
from layers.specs import SPECS, spec_of

CARE = spec_of("care_facility")


def match(headings, wished=None, spec=CARE):
    return match_headings(spec, headings, wished or {}, has_geometry=False)


def refusal(headings, wished=None) -> ColumnError:
    with pytest.raises(ColumnError) as caught:
        match(headings, wished)
    return caught.value


def test_an_office_table_is_understood_without_help():
    matched = match(
        ["序号", "机构名称", "机构类型", "床位数（张）", "面 积（平方米）", "联系电话", "经 度", "纬度"]
    )
    assert matched.fields == {
        "name": "机构名称",
        "kind": "机构类型",
        "beds": "床位数（张）",
        "area_m2": "面 积（平方米）",
        "phone": "联系电话",
    }
    assert matched.places == {"lon": "经 度", "lat": "纬度"}
    assert matched.unknown == ("序号",)


@pytest.mark.parametrize(
    "pair", [("lng", "lat"), ("LON", "LAT"), ("X坐标", "Y坐标"), ("东坐标", "北坐标"), ("x", "y")]
)
def test_coordinates_go_by_many_names(pair):
    assert match(["名称", *pair]).places == {"lon": pair[0], "lat": pair[1]}


@pytest.mark.parametrize("layer_id", SPECS)
def test_every_field_is_found_by_its_own_name_and_labels(layer_id):
    spec = spec_of(layer_id)
    for one in spec.fields:
        for heading in (one.name, one.label.zh, one.label.en):
            assert match([heading], spec=spec).fields.get(one.name) == heading


@settings(deadline=None)
@given(st.text("名称床位（）()[]【】ＡaB _-*:１2", max_size=20))
def test_reducing_a_heading_twice_changes_nothing_more(heading):
    once = normal_form(heading)
    assert normal_form(once) == once or "(" in once or "[" in once or "【" in once


def test_the_same_heading_twice_is_refused():
    error = refusal(tidy_headings(["名称", "名称", "经度", "纬度"]))
    assert error.message.zh == "有 2 列都像是“名称”（name）：名称、名称 [2]。"
    assert error.hint.zh == "用 --columns 指明一列，例如 --columns name=名称。"


def test_two_customary_headings_of_one_field_are_refused():
    assert (
        refusal(["名称", "床位", "核定床位"]).message.zh == "有 2 列都像是“床位数”（beds）：床位、核定床位。"
    )


def test_the_users_word_settles_it():
    matched = match(["名称", "床位", "核定床位"], {"beds": "核定床位"})
    assert matched.fields["beds"] == "核定床位"


def test_a_fields_own_name_beats_a_customary_heading_and_says_so():
    matched = match(["名称", "单位名称"])
    assert matched.fields == {"name": "名称"}
    assert matched.notes[0].zh == (
        "请核对：“名称”和“单位名称”都像“名称”，取了与字段同名的“名称”，“单位名称”原样存进 attributes。"
        "要换用请写 --columns name=单位名称。"
    )


def test_a_wished_heading_that_is_not_there_is_refused():
    error = refusal(["名称", "经度"], {"beds": "床铺"})
    assert error.said("zh") == "文件里没有“床铺”这一列。现有列：名称、经度。"


def test_a_wished_field_that_does_not_exist_is_refused():
    assert refusal(["名称"], {"bed": "名称"}).message.zh == "--columns 里的字段 bed 不存在。"


def test_a_value_for_every_row_can_be_given():
    matched = match(["名称", "类型"], {"kind": "=日间照料中心"})
    assert matched.constants == {"kind": "日间照料中心"}
    assert "kind" not in matched.fields


def test_a_heading_in_another_unit_is_converted_and_says_so():
    matched = match(["名称", "面积（亩）"])
    assert matched.factors["area_m2"] == pytest.approx(666.667, abs=1e-3)
    assert matched.notes[0].zh == "“面积（亩）”按 1 亩 = 666.667 m² 换算。"


def test_the_headings_may_stand_under_a_title():
    rows = [["金坛区养老机构一览表", "", ""], ["", "", ""], ["机构名称", "床位", "备注"], ["甲", "1", ""]]
    assert heading_row(rows, knows(CARE)) == 2


def test_blank_headings_are_numbered_and_those_at_the_end_cut():
    assert tidy_headings(["名称", "", "床 位\n数", " ", ""]) == ("名称", "列2", "床 位 数")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("65岁及以上人口", "pop_65_plus"),
        ("65周岁及以上老年人口数（人）", "pop_65_plus"),
        ("其中：60岁以上老人", "pop_60_plus"),
        ("60周岁以上老年人", "pop_60_plus"),
        ("80岁(含)以上人口数", "pop_80_plus"),
        ("80岁及以上", "pop_80_plus"),
    ],
)
def test_people_of_an_age_and_over_go_by_the_names_offices_write(heading, field):
    assert match(["经度", "纬度", heading], spec=spec_of("population")).fields == {field: heading}


@pytest.mark.parametrize("heading", ["65岁及以上人口占比", "65-79岁人口", "70岁及以上人口", "65岁以下人口"])
def test_shares_and_other_ages_are_no_count_of_an_age_and_over(heading):
    assert match(["经度", "纬度", heading], spec=spec_of("population")).unknown == (heading,)
