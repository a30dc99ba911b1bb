import json

import pytest
from coverage_town import ON, facility, grid_roads, people, point, square, town, village

from gis.coverage import CoverageRequest, SiteRequest, cover, place_sites
from layers.errors import InputError

ROADS = grid_roads(20, 200)


def ask(**more):
    reach = {"within_m": 500, "travel": "network", "on": ON} | more.pop("reach", {})
    return SiteRequest(reach=CoverageRequest(**reach), **more)


@pytest.fixture
def place(tmp_path):
    """One facility near 100 people; 60 and 30 people far off, and 10 more whose number is unknown."""
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0, 2000), village(2, 2000, 0, 2000)],
        care_facility=[facility(200, 200)],
        population=[
            people(200, 400, 100), people(2200, 600, 60), people(3600, 3600, 30), people(2400, 600, None),
        ],
        point_of_interest=[
            {"name": "甲", "kind": "hospital", "geometry": point(2200, 400)},
            {"name": "乙", "kind": "hospital", "geometry": point(3600, 3400)},
            {"name": "丙", "kind": "hospital", "geometry": point(200, 200)},
            {"name": "无位置", "kind": "hospital"},
        ],
        no_burial_zone=[{"name": "禁入", "kind": "other", "geometry": square(2100, 300, 300)}],
        road=ROADS,
    )  # fmt: skip


def test_the_new_site_goes_where_it_adds_most_and_what_stands_stays(place):
    report = place_sites(place, ask(sites=1, candidates="point_of_interest"))
    assert [one.name for one in report.new_sites] == ["甲"]
    assert (report.before, report.after, report.people, report.unknown) == (100, 160, 190, 1)
    assert report.plan.proven


def test_what_is_covered_before_is_what_coverage_says(place):
    report = place_sites(place, ask(sites=1))
    assert report.before == cover(place, ask(sites=1).reach).numerator


def test_sites_come_in_the_order_of_what_they_add_and_the_curve_says_what_more_would_bring(place):
    report = place_sites(place, ask(sites=2, candidates="point_of_interest"))
    assert [(one.name, one.adds, one.unit) for one in report.new_sites] == [
        ("甲", 60, "第2村"),
        ("乙", 30, ""),
    ]
    curve = [one.covered for one in report.curve]
    assert curve == [100, 160, 190, 190]
    assert all(one.bound >= one.covered for one in report.curve)


def test_a_target_takes_as_few_sites_as_reach_it(place):
    report = place_sites(place, ask(target_share=0.8, candidates="point_of_interest"))
    assert len(report.new_sites) == 1
    with pytest.raises(InputError, match="达不到 100"):
        place_sites(place, ask(target_share=1.0, candidates="point_of_interest", reach={"within_m": 150}))


def test_candidates_in_an_exclusion_or_without_a_place_are_left_out_and_named(place):
    report = place_sites(place, ask(sites=1, candidates="point_of_interest", exclude=("no_burial_zone",)))
    assert [one.name for one in report.new_sites] == ["乙"]
    said = " ".join(one.zh for one in report.assumptions)
    assert "1 个候选点在禁入范围内，没有参选：甲" in said
    assert "1 个候选点没有位置" in said


@pytest.mark.parametrize("model", ["p-median", "p-center"])
def test_median_and_centre_serve_whoever_is_farthest(place, model):
    report = place_sites(place, ask(model=model, sites=2, candidates="point_of_interest"))
    assert sorted(one.name for one in report.new_sites) == ["乙", "甲"]


def test_covering_everybody_takes_the_fewest_sites(place):
    report = place_sites(place, ask(model="lscp"))
    assert report.after == report.people
    assert report.plan.objective == 3


def test_people_add_up_and_the_report_is_json(place):
    said = place_sites(place, ask(sites=1)).as_json()
    assert said["after"]["people"] + said["unserved"] == said["people"]
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert said["command"].startswith("fangyu site care_facility")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({}, "新增处数（--sites）、目标份额（--target-share）和预算（--budget）给得不对"),
        (
            {"sites": 1, "target_share": 0.5},
            "新增处数（--sites）、目标份额（--target-share）和预算（--budget）给得不对",
        ),
        (
            {"model": "lscp", "sites": 1},
            "新增处数（--sites）、目标份额（--target-share）和预算（--budget）给得不对",
        ),
        ({"target_share": 1.5}, "目标份额（--target-share）是 1.5"),
        ({"model": "best", "sites": 1}, "没有模型“best”"),
        ({"sites": 1, "spacing_m": 0}, "网格间距 0 不是正数"),
        ({"sites": 9, "candidates": "point_of_interest"}, "只有 3 个候选点"),
        ({"sites": 0}, "新增站点数 0 不是正整数"),
    ],
)
def test_bad_questions_are_refused_by_name(place, more, message):
    with pytest.raises(InputError, match=message):
        place_sites(place, ask(**more))
