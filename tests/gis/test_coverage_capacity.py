"""Who fits (C7), who has enough (C8), and what is said where a facility does not tell what it holds."""

from dataclasses import replace

import numpy as np
import pytest
from coverage_town import ON, facility, grid_roads, people, town, village

from gis.coverage import AccessRequest, CoverageRequest, by_definitions, cover, gap_list
from gis.coverage.catchments.accessing import known_people, share_of_limit
from gis.coverage.changes import Change
from gis.coverage.kernels import KERNELS
from gis.coverage.situation import situation_of
from layers.errors import InputError

ROADS = grid_roads(5, 200)


def made(tmp_path, crowd, stands, **more):
    rows = {"admin_unit": [village(1, -500, -500, 2000)], "road": ROADS, **more}
    return town(tmp_path, care_facility=stands, population=[people(*one) for one in crowd], **rows)


def ask(workspace, **given):
    return cover(workspace, CoverageRequest(on=ON, within_m=500, need_per_1000=100, **given))


def test_no_more_people_are_served_than_fit(tmp_path):
    workspace = made(tmp_path, [(0, 0, 30)], [facility(0, 200, beds=2)])
    report = ask(workspace, definition="C7")
    assert (report.numerator, report.denominator) == (20, 30)
    assert report.people.as_json() == {
        "served": 20, "unserved": 10, "unknown": 0, "unknown_points": 0, "total": 30,
    }  # fmt: skip


def test_people_give_way_to_those_who_can_go_nowhere_else(tmp_path):
    near_both, near_one = (200, 200, 10), (600, 200, 10)
    stands = [facility(400, 200, beds=1, id="one"), facility(0, 200, beds=1, id="other")]
    report = ask(made(tmp_path, [near_both, near_one], stands), definition="C7")
    assert report.numerator == 20
    assert [(one.id, one.people_max, one.used) for one in report.loads] == [
        ("one", 10, 10),
        ("other", 10, 10),
    ]


def test_a_facility_that_does_not_tell_is_unknown_and_not_empty(tmp_path):
    stands = [facility(0, 200, beds=1, id="told"), facility(200, 0, id="silent")]
    report = ask(made(tmp_path, [(0, 0, 30)], stands), definition="C7")
    assert (report.people.served, report.people.unserved, report.people.unknown) == (10, 0, pytest.approx(20))
    assert report.rows[0].unknown == pytest.approx(20)
    assert report.loads[1].as_json()["people_max"] is None
    assert any("1 处设施没有填床位数，容量未知，不按零计：20 人" in one.zh for one in report.assumptions)


def test_zero_beds_are_known_to_be_none(tmp_path):
    report = ask(made(tmp_path, [(0, 0, 30)], [facility(0, 200, beds=0)]), definition="C7")
    assert (report.people.served, report.people.unserved, report.people.unknown) == (0, 30, 0)


@pytest.mark.parametrize(("beds", "enough"), [(2, 0), (3, 30), (4, 30)])
def test_enough_is_as_much_per_head_as_the_standard_asks(tmp_path, beds, enough):
    workspace = made(tmp_path, [(0, 0, 20), (200, 0, 10)], [facility(0, 200, beds=beds)])
    assert ask(workspace, definition="C8").numerator == enough


def test_those_near_a_silent_facility_may_have_enough_or_not(tmp_path):
    stands = [facility(0, 200, beds=1), facility(0, 0)]
    report = ask(made(tmp_path, [(0, 0, 30)], stands), definition="C8")
    assert (report.people.served, report.people.unserved, report.people.unknown) == (0, 0, 30)


def test_the_need_comes_from_the_norm_profile_and_is_printed(tmp_path):
    workspace = made(tmp_path, [(0, 0, 1000)], [facility(0, 200, beds=30)])
    report = cover(workspace, CoverageRequest(on=ON, within_m=500, definition="C7"))
    assert report.numerator == 750
    assert "beds_per_1000_elderly" in [one["param"] for one in report.norms["values"]]
    assert any(one.zh.startswith("容量：每千人需要 40 张床位数（按规范方案）") for one in report.assumptions)


def test_the_standard_and_the_kernel_are_printed(tmp_path):
    report = ask(made(tmp_path, [(0, 0, 10)], [facility(0, 200, beds=1)]), definition="C8")
    said = [one.en for one in report.assumptions]
    assert any(one.startswith("The standard: at least 100 of Beds in reach per 1,000") for one in said)
    assert any("2SFCA" in one for one in said)


@pytest.mark.parametrize(
    ("kernel", "enough"), [(None, 20), ("rectangle", 20), ("step-fast", 10), ("gaussian", 10), ("3sfca", 10)]
)
def test_a_kernel_gives_more_to_those_who_are_near(tmp_path, kernel, enough):
    workspace = made(tmp_path, [(0, 0, 10), (400, 0, 10)], [facility(0, 0, beds=2)])
    assert ask(workspace, definition="C8", kernel=kernel).numerator == enough


@pytest.mark.parametrize("kernel", KERNELS)
def test_enough_is_what_access_scores_under_the_same_kernel(tmp_path, kernel):
    crowd, stands = (
        [(0, 0, 9), (200, 0, 7), (600, 400, 8)],
        [facility(0, 200, beds=1), facility(400, 0, beds=2)],
    )
    workspace = made(tmp_path, crowd, stands)
    asked = AccessRequest(reach=CoverageRequest(on=ON, within_m=500, travel="network"), kernels=(kernel,))
    here = situation_of(workspace, asked.reach)
    beds = here.supply.frame["beds"].to_numpy(float)
    scores = KERNELS[kernel].scores(share_of_limit(here), beds, known_people(here)[0]).values
    report = ask(workspace, definition="C8", kernel=kernel)
    assert report.numerator == here.demand.weight[scores * 1000 >= 100 * (1 - 1e-9)].sum()


def test_the_kernel_asked_for_is_named_with_its_source_and_steps(tmp_path):
    workspace = made(tmp_path, [(0, 0, 10)], [facility(0, 200, beds=1)])
    report = ask(workspace, definition="C8", kernel="step-slow")
    assert (
        "可达供给指数的衰减函数：分段衰减（慢）（Luo & Qi 2009），各段权重（占界限的比例）"
        "≤0.33：1、≤0.67：0.68、≤1：0.22；可用 --kernel 换，几种函数一起看用 fangyu access。"
    ) in [one.zh for one in report.assumptions]
    assert report.as_json()["request"]["kernel"] == "step-slow"
    assert "--kernel step-slow" in report.command


def test_a_kernel_that_does_not_count_is_said_not_to(tmp_path):
    workspace = made(tmp_path, [(0, 0, 10)], [facility(0, 200, beds=1)])
    said = [one.en for one in ask(workspace, definition="C7", kernel="gaussian").assumptions]
    assert "--kernel gaussian is for C8 only and was not used here." in said


def test_an_unknown_kernel_is_refused(tmp_path):
    workspace = made(tmp_path, [(0, 0, 10)], [facility(0, 200, beds=1)])
    with pytest.raises(InputError) as caught:
        ask(workspace, definition="C8", kernel="bell")
    assert caught.value.message.en == "The kernel (--kernel) cannot be 'bell'."
    assert caught.value.hint.en == "Use one of: rectangle, step-slow, step-fast, gaussian, 3sfca."


def test_among_several_definitions_only_c8_takes_the_kernel():
    some = by_definitions([CoverageRequest(within_m=500, kernel="gaussian")], ["C6", "C8", "C1"])
    assert [(one.definition, one.kernel) for one in some] == [("C6", None), ("C8", "gaussian"), ("C1", None)]


@pytest.mark.parametrize("kernel", ["rectangle", "step-slow", "gaussian", "3sfca"])
def test_the_beds_said_to_be_lacking_are_enough_under_any_kernel(tmp_path, kernel):
    workspace = made(tmp_path, [(0, 0, 60), (300, 0, 40)], [facility(0, 100, beds=5, id="a")])
    asked = CoverageRequest(on=ON, within_m=500, definition="C8", need_per_1000=100, kernel=kernel)
    [gap] = gap_list(workspace, asked).gaps
    [more] = [one.adds_amount for one in gap.remedies if one.kind == "add_capacity"]

    def share(beds):
        resized = Change(action="resize", id="a", amounts=(("beds", beds),))
        return cover(workspace, replace(asked, changes=(resized,))).share

    assert share(5 + more) == 1
    assert share(4 + more) < 1


def test_what_holds_nothing_that_can_be_counted_is_refused(tmp_path):
    row = {"name": "甲", "geometry": facility(0, 0)["geometry"]}
    workspace = town(tmp_path, cemetery=[row], population=[people(0, 0, 1)])
    with pytest.raises(InputError) as caught:
        cover(workspace, CoverageRequest(layer_id="cemetery", definition="C7", within_m=100))
    assert caught.value.message.en == "Layer cemetery has no field of capacity, so C7 cannot be computed."


def test_shelters_hold_one_person_for_each_place(tmp_path):
    shelter = {"name": "甲", "capacity": 5, "geometry": facility(0, 0)["geometry"]}
    workspace = town(tmp_path, shelter=[shelter], population=[people(0, 10, 9)], road=ROADS)
    report = cover(workspace, CoverageRequest(layer_id="shelter", definition="C7", within_m=100, on=ON))
    assert report.numerator == 5


def test_without_roads_capacity_is_judged_straight_and_says_so(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0, beds=1)], population=[people(0, 10, 9)])
    report = cover(workspace, CoverageRequest(definition="C7", within_min=15, on=ON))
    assert (report.definition.id, report.numerator) == ("C7", 9)
    assert "不能计算 C7（路网步行），改用直线" in report.assumptions[0].zh


def test_every_speed_of_the_band_is_assigned_anew(tmp_path):
    workspace = made(tmp_path, [(0, 0, 10), (1000, 0, 10)], [facility(0, 0, beds=9)])
    report = cover(workspace, CoverageRequest(on=ON, within_min=15, definition="C7"))
    assert [served for _, served, _ in report.band] == [10, 10, 20]
    assert np.isclose(report.flips.total, 10)
