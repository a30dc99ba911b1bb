"""Requests that make no sense are refused with the value and the next step."""

import pytest
from coverage_town import facility, people, town

from gis.coverage import CoverageRequest, cover, service_areas
from layers.errors import FangyuError, InputError, NotFoundError


@pytest.fixture
def workspace(tmp_path):
    return town(tmp_path, care_facility=[facility(0, 0)], population=[people(0, 0, 1)])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"within_min": 5, "within_m": 300}, "Give minutes (--within-min) or metres (--within-m), not both."),
        ({"within_min": 0}, "The number of minutes (--within-min) must be a finite number above 0, not 0."),
        ({"within_m": -5.0}, "The number of metres (--within-m) must be a finite number above 0, not -5."),
        (
            {"within_m": float("nan")},
            "The number of metres (--within-m) must be a finite number above 0, not nan.",
        ),
        (
            {"within_min": float("inf")},
            "The number of minutes (--within-min) must be a finite number above 0, not inf.",
        ),
        ({"definition": "C9"}, "The definition (--definition) cannot be 'C9'."),
        ({"mode": "fly"}, "The mode of travel (--mode) cannot be 'fly'."),
        (
            {"need_per_1000": 0.0},
            "The need per 1,000 people (--need-per-1000) must be a finite number above 0, not 0.",
        ),
        ({"by": "road"}, "--by cannot be 'road'."),
        ({"definition": "C4", "travel": "straight"}, "C4 is by road by definition, not straight."),
        ({"travel": "fly"}, "The way of measuring (--travel) cannot be 'fly'."),
        ({"by": "street"}, "--by cannot be 'street'."),
        ({"definition": "C5", "travel": "network"}, "C5 is straight by definition."),
        ({"definition": "C6", "travel": "straight"}, "C6 is by road by definition, not straight."),
        ({"where": {"kind": "nosuch"}}, "'nosuch' is no value of field kind."),
        ({"where": {"name": "没有这家"}}, "No facility has name = '没有这家'."),
        ({"definition": "C1", "within_m": 5}, "C1 knows no distance: leave out --within-min and --within-m."),
        ({"layer_id": "road"}, "Layer road does not hold facilities that serve people."),
        ({"population_field": "name"}, "name does not count people."),
    ],
)
def test_contradictions_are_refused(workspace, given, message):
    with pytest.raises(InputError) as caught:
        cover(workspace, CoverageRequest(**given))
    assert caught.value.message.en == message


@pytest.mark.parametrize(
    "given",
    [
        {"layer_id": "moon"},
        {"layer_id": "cemetery"},
        {"population_field": "beds"},
        {"where": {"color": "red"}},
        {"norms": "atlantis"},
        {"barriers": ("moat",)},
        {"by": "residential_quarter"},
        {"definition": "C4"},
    ],
)
def test_what_is_not_there_is_not_found(workspace, given):
    with pytest.raises(NotFoundError):
        cover(workspace, CoverageRequest(**given))


def test_every_refusal_speaks_both_languages(workspace):
    with pytest.raises(FangyuError) as caught:
        cover(workspace, CoverageRequest(definition="C9"))
    assert (
        caught.value.said("zh")
        == "覆盖定义（--definition）不能是“C9”。可用：C1、C2、C3、C4、C5、C6、C7、C8。"
    )


def test_a_value_outside_the_vocabulary_is_answered_with_the_words_allowed(workspace):
    with pytest.raises(InputError) as caught:
        cover(workspace, CoverageRequest(where={"kind": "nosuch"}))
    assert caught.value.message.zh == "字段“设施类型”（kind）没有“nosuch”这个取值。"
    assert "care_home（养老机构）" in caught.value.hint.zh
    assert service_areas(workspace, CoverageRequest(where={"kind": "day_care"}, within_m=5)).empty


def test_a_value_that_no_facility_has_is_answered_with_the_values_present(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0, name=f"第{n:02d}家") for n in range(12)])
    with pytest.raises(InputError) as caught:
        cover(workspace, CoverageRequest(where={"name": "第99家"}))
    assert caught.value.message.zh == "没有一处设施的“名称”（name）是“第99家”。"
    assert caught.value.hint.en.startswith("Values present: 第00家, 第01家, ")
    assert caught.value.hint.en.endswith("第09家 ….")


def test_a_condition_may_be_written_with_labels_and_plain_numbers(tmp_path):
    both = [facility(0, 0, kind="care_home", beds=40), facility(5000, 0, kind="day_care", beds=8)]
    workspace = town(tmp_path, care_facility=both, population=[people(0, 0, 1)])
    for where in ({"kind": "养老机构"}, {"kind": "CARE_HOME"}, {"beds": "40"}):
        request = CoverageRequest(where=where, within_m=100, travel="straight")
        assert cover(workspace, request).share == 1.0


def test_that_no_facility_is_of_a_known_kind_is_an_answer(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0, kind="care_home")], population=[people(0, 0, 1)])
    request = CoverageRequest(where={"kind": "day_care"}, within_m=100, travel="straight")
    assert cover(workspace, request).share == 0.0


def test_what_no_facility_fits_is_told_with_the_values_there_are(tmp_path):
    kinds = ["day_care", "care_home", "care_home", "mutual_aid", "service_centre", "regional_centre", "other"]
    layer = [facility(0, 0, kind=kind) for kind in kinds]
    workspace = town(tmp_path, care_facility=layer, population=[people(0, 0, 1)])
    request = CoverageRequest(where={"kind": "home_care_centre"}, within_m=100, travel="straight")
    report = cover(workspace, request)
    assert report.rows[0].reason.text.zh == "7 处中没有符合 kind=home_care_centre 的。"
    [said] = [one.zh for one in report.assumptions if "没有符合" in one.zh]
    assert said == (
        "7 处中没有符合 kind=home_care_centre 的；kind 现有取值：care_home（养老机构）、day_care（日间照料中心）、"
        "mutual_aid（互助养老点）、other（其他养老服务）、regional_centre（区域性养老服务中心） 等。"
    )


def test_conditions_that_fit_only_apart_are_told_so(tmp_path):
    both = [facility(0, 0, kind="care_home", beds=40), facility(0, 0, kind="day_care", beds=8)]
    workspace = town(tmp_path, care_facility=both, population=[people(0, 0, 1)])
    request = CoverageRequest(where={"kind": "care_home", "beds": "8"}, within_m=100, travel="straight")
    said = "None of 2 fits kind=care_home, beds=8 together, though each alone is fitted."
    assert said in [one.en for one in cover(workspace, request).assumptions]


def test_a_request_can_be_compared_and_hashed():
    one, other = (CoverageRequest(where=given) for given in ({"kind": "a"}, (("kind", "a"),)))
    assert one == other
    assert hash(one) == hash(other)


@pytest.mark.parametrize(
    "where", [{"kind": "hospital"}, (("kind", "hospital"),), ("kind=hospital",), "kind=hospital"]
)
def test_a_condition_may_be_a_mapping_pairs_or_written(where):
    assert CoverageRequest(where=where).filters == (("kind", "hospital"),)


@pytest.mark.parametrize("where", ["hospital", ("a", "b", "c"), ((1, 2, 3),), (5,)])
def test_a_condition_that_is_no_pair_is_refused(where):
    with pytest.raises(InputError, match="where 的"):
        CoverageRequest(where=where)
