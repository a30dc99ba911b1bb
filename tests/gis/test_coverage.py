"""Coverage reports: definitions, rows, reasons and what is said with them."""

import json
import shlex
from datetime import date

import numpy as np
import pytest
from coverage_town import ON, Point, at, facility, grid_roads, line, people, square, town, village

from gis.coverage import CoverageRequest, cover
from layers.errors import InputError, NotFoundError

TOWN = {"code": "320413101", "name": "甲镇", "level": "town"}
ROADS = grid_roads(10, 200)


def ask(**given):
    return CoverageRequest(on=ON, **given)


def reasons(report):
    return {row.name: row.reason.code if row.reason else None for row in report.rows}


@pytest.fixture
def two_villages(tmp_path):
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 1000, 0), TOWN],
        care_facility=[facility(200, 200, served_units="第2村")],
        population=[
            people(200, 300, 100),
            people(800, 800, 50),
            people(1800, 800, 30),
            people(1600, 600, None),
        ],
        road=ROADS,
    )


def test_a_walk_is_reported_with_its_band_of_speeds(two_villages):
    report = cover(two_villages, ask(within_min=21))
    assert report.definition.id == "C6"
    assert [(speed, served) for speed, served, _ in report.band] == [(0.76, 100), (1.0, 150), (1.3, 150)]
    assert (report.numerator, report.denominator) == (150, 180)


def test_those_whose_answer_hangs_on_the_speed_are_counted(two_villages):
    report = cover(two_villages, ask(within_min=21))
    assert any("50 人是否被覆盖取决于步速" in text.zh for text in report.assumptions)


def test_rows_add_up_to_the_whole(two_villages):
    report = cover(two_villages, ask(within_min=21))
    for rows in (report.rows, *report.totals_by.values()):
        assert sum(row.numerator for row in rows) == report.numerator
        assert sum(row.denominator for row in rows) == report.denominator


def test_people_in_no_unit_have_a_row_of_their_own(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(0, 0)],
        population=[people(9, 9, 5), people(5000, 0, 7)],
    )
    report = cover(workspace, ask(within_m=500, travel="straight"))
    assert [(row.code, row.denominator) for row in report.rows] == [("320413101001", 5), ("", 7)]


def test_town_and_county_totals_are_given(two_villages):
    totals = cover(two_villages, ask(within_m=500)).totals_by
    assert [(row.name, row.denominator) for row in totals["town"]] == [("甲镇", 180)]
    assert [(row.name, row.code, row.denominator) for row in totals["county"]] == [("测试区", "320413", 180)]


def test_unknown_people_are_unknown_and_not_zero(two_villages):
    report = cover(two_villages, ask(within_m=500))
    assert any(text.zh.startswith("1 个点或格网的人数未知") for text in report.assumptions)


def test_a_village_of_unknown_people_says_so(tmp_path):
    units = [village(1, 0, 0, pop_65_plus=10), village(2, 1000, 0)]
    report = cover(town(tmp_path, admin_unit=units, care_facility=[facility(500, 500)]), ask(within_m=500))
    assert reasons(report) == {"第1村": None, "第2村": "population_unknown"}
    assert report.rows[1].share is None
    assert report.denominator == 10


def test_a_village_without_shape_cannot_be_judged_by_distance(tmp_path):
    units = [village(1, 0, 0, pop_65_plus=10), {**village(2, 0, 0, pop_65_plus=90), "geometry": None}]
    report = cover(town(tmp_path, admin_unit=units, care_facility=[facility(500, 500)]), ask(within_m=500))
    assert reasons(report) == {"第1村": None, "第2村": "location_unknown"}
    assert report.denominator == 10
    assert any(text.en.startswith("90 (Aged 65+, 1 entry)") for text in report.assumptions)


def test_a_village_where_nobody_lives_is_told_from_an_unknown_one(tmp_path):
    units = [village(1, 0, 0, pop_65_plus=10), village(2, 1000, 0, pop_65_plus=0)]
    report = cover(town(tmp_path, admin_unit=units, care_facility=[facility(500, 500)]), ask(within_m=500))
    assert reasons(report) == {"第1村": None, "第2村": "no_people"}


def test_too_far_names_the_nearest_facility_and_both_distances(two_villages):
    row = cover(two_villages, ask(within_m=500)).rows[1]
    assert row.reason.code == "too_far"
    assert row.reason.text.zh.startswith("最近的设施“日间照料中心”步行 2,")
    assert row.reason.text.en.endswith("m straight), over 500 m.")
    assert row.nearest.network_m == pytest.approx(2200, abs=5)
    assert row.nearest.straight_m == pytest.approx(np.hypot(1600, 600), abs=5)


def test_near_in_a_straight_line_but_far_by_road_is_a_detour(tmp_path):
    bank = [{"geometry": line((0, 0), (0, 900), (100, 900), (100, 0)), "walkable": True}]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -10, -10)],
        care_facility=[facility(100, 0)],
        population=[people(0, 0, 5)],
        road=bank,
    )
    row = cover(workspace, ask(within_min=15)).rows[0]
    assert row.reason.code == "detour"
    assert row.reason.text.zh.startswith(
        "最近的设施“日间照料中心”直线只有 100 米，但沿路要走 1,900 米（绕行 19.0 倍），"
    )
    assert "超过 900 米（15 分钟，1 米/秒）" in row.reason.text.zh


def test_both_distances_of_a_reason_are_to_the_facility_it_names(tmp_path):
    around = [{"geometry": line((0, 0), (2000, 0)), "walkable": True}, {"geometry": line((0, 600), (9, 600))}]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -10, -10)],
        care_facility=[facility(2000, 0, name="路通的"), facility(0, 600, name="路不通的")],
        population=[people(0, 0, 5)],
        road=around,
    )
    row = cover(workspace, ask(within_m=500, travel="network")).rows[0]
    assert row.nearest.name == "路通的"
    assert f"（直线 {row.nearest.straight_m:,.0f} 米）" in row.reason.text.zh
    assert row.nearest.straight_m > 1900


def test_a_road_that_leads_to_no_facility_is_not_connected(tmp_path):
    parts = [{"geometry": line((0, 0), (100, 0))}, {"geometry": line((0, 300), (100, 300))}]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -10, -10)],
        care_facility=[facility(50, 300)],
        population=[people(50, 0, 5)],
        road=parts,
    )
    row = cover(workspace, ask(within_min=15)).rows[0]
    assert row.reason.code == "not_connected"
    assert row.nearest.network_m is None
    assert row.nearest.straight_m == pytest.approx(300, abs=2)


def test_people_far_from_every_road_are_off_road(tmp_path):
    road = [{"geometry": line((0, 0), (100, 0))}, {"geometry": line((0, 1800), (100, 1800))}]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -10, -10, 3000)],
        care_facility=[facility(50, 0)],
        population=[people(50, 900, 5)],
        road=road,
    )
    assert reasons(cover(workspace, ask(within_min=15))) == {"第1村": "off_road"}


def test_people_nearer_to_a_facility_than_to_a_road_walk_straight_to_it(tmp_path):
    road = [{"geometry": line((0, 0), (100, 0))}]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -10, -10, 3000)],
        care_facility=[facility(50, 450)],
        population=[people(50, 480, 5)],
        road=road,
    )
    row = cover(workspace, ask(within_m=100)).rows[0]
    assert row.covered
    assert row.nearest.network_m == pytest.approx(30, abs=1)


def test_without_a_facility_in_service_that_is_the_reason(tmp_path):
    shut = facility(0, 0, closed_on=date(2025, 1, 1))
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[shut],
        population=[people(5, 5, 5)],
        road=ROADS,
    )
    for given in ({"within_min": 15}, {"within_m": 500, "travel": "straight"}, {"definition": "C1"}):
        assert reasons(cover(workspace, ask(**given))) == {"第1村": "no_facility"}


def test_presence_counts_units_that_hold_a_facility(two_villages):
    report = cover(two_villages, ask(definition="C1"))
    assert (report.numerator, report.denominator, report.share) == (1, 2, 0.5)
    assert reasons(report) == {"第1村": None, "第2村": "none_inside"}


def test_assignment_counts_units_that_are_listed_as_served(two_villages):
    assert cover(two_villages, ask(definition="C2")).share == 1.0


def test_in_a_straight_line_only_that_distance_is_told(two_villages):
    row = cover(two_villages, ask(within_m=500, travel="straight")).rows[1]
    assert row.reason.text.en.endswith("m in a straight line, over 500 m.")
    assert row.nearest.network_m is None


def test_a_unit_code_beats_the_location_for_presence(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 1000, 0)],
        care_facility=[facility(5, 5, unit_code="320413101002")],
    )
    assert reasons(cover(workspace, ask(definition="C1"))) == {"第1村": "none_inside", "第2村": None}


def test_residential_land_in_overlapping_circles_counts_once(tmp_path):
    homes = [{"geometry": square(0, 0, 400)}]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(0, 0), facility(1, 0)],
        residential_quarter=homes,
    )
    report = cover(workspace, ask(definition="C3", within_m=200))
    assert report.share == pytest.approx(np.pi / 4 * 200**2 / 400**2, rel=0.02)
    assert report.unit_of_measure == "m²"


def test_land_needs_areas(tmp_path):
    points = [{"geometry": Point(119.5, 31.7)}]
    workspace = town(
        tmp_path, admin_unit=[village(1, 0, 0)], care_facility=[facility(0, 0)], residential_quarter=points
    )
    with pytest.raises(InputError, match="没有面"):
        cover(workspace, ask(definition="C3", within_m=200))


def test_without_any_residential_land_all_land_stands_in_and_the_report_says_so(tmp_path):
    workspace = town(tmp_path, admin_unit=[village(1, 0, 0, 400)], care_facility=[facility(0, 0)])
    report = cover(workspace, ask(definition="C3", within_m=200))
    assert report.share == pytest.approx(np.pi / 4 * 200**2 / 400**2, rel=0.02)
    assert report.measure.zh == "全部土地"
    assert "没有居住用地资料" in report.assumptions[-2].zh


def test_without_roads_the_answer_is_straight_and_says_that_it_is_approximate(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(0, 0)],
        population=[people(600, 0, 5), people(800, 0, 5)],
    )
    report = cover(workspace, ask(within_min=15))
    assert (report.definition.id, report.share) == ("C5", 0.5)
    assert "绕行系数 1.3 = 526 / 692 / 900 米。这是近似" in report.assumptions[0].zh
    assert "没有可用的道路图层" in report.assumptions[0].zh


def test_metres_in_a_straight_line_know_neither_detour_nor_band(two_villages):
    report = cover(two_villages, ask(within_m=500, travel="straight"))
    assert (report.definition.id, report.band, report.request.definition) == ("C5", (), "C5")


def test_with_nothing_asked_the_norm_profile_says_fifteen_minutes(two_villages):
    assert cover(two_villages, ask()).request.within_min == 15


def test_without_people_residential_quarters_stand_in_and_the_report_says_so(tmp_path):
    homes = [{"geometry": square(0, 0, 100)}, {"geometry": square(900, 900, 50)}]
    workspace = town(
        tmp_path, admin_unit=[village(1, 0, 0)], care_facility=[facility(0, 0)], residential_quarter=homes
    )
    report = cover(workspace, ask(within_m=500, travel="straight"))
    assert (report.share, report.measure.zh) == (0.5, "居住区")
    assert any("近似 C4" in text.zh for text in report.assumptions)


def test_without_people_and_homes_units_stand_in(tmp_path):
    workspace = town(
        tmp_path, admin_unit=[village(1, 0, 0), village(2, 5000, 0)], care_facility=[facility(500, 500)]
    )
    assert cover(workspace, ask(within_m=500, travel="straight")).share == 0.5


def test_people_of_a_unit_are_spread_over_its_homes_by_households(tmp_path):
    homes = [
        {"geometry": square(0, 0, 100), "households": 30},
        {"geometry": square(800, 800, 100), "households": 10},
    ]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0, pop_65_plus=80)],
        care_facility=[facility(0, 0)],
        residential_quarter=homes,
    )
    report = cover(workspace, ask(within_m=300, travel="straight"))
    assert (report.numerator, report.denominator) == (60, 80)


def test_nobody_to_be_served_is_refused(tmp_path):
    with pytest.raises(NotFoundError) as caught:
        cover(town(tmp_path, care_facility=[facility(0, 0)]), ask(within_m=300))
    assert caught.value.message.en.startswith("There is no population, residential or unit data")


def test_without_units_the_district_is_one_row(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0)], population=[people(9, 9, 4)])
    report = cover(workspace, ask(within_m=300))
    assert [(row.code, row.name, row.numerator) for row in report.rows] == [("320413", "测试区", 4)]


def test_presence_without_units_is_refused(tmp_path):
    with pytest.raises(NotFoundError, match="行政区划与村居"):
        cover(town(tmp_path, care_facility=[facility(0, 0)]), ask(definition="C1"))


def test_rows_may_be_by_town(two_villages):
    report = cover(two_villages, ask(within_m=500, by="town"))
    assert [row.name for row in report.rows] == ["甲镇"]


def test_a_level_that_is_not_there_falls_back_and_says_so(two_villages):
    report = cover(two_villages, ask(within_m=500, by="city"))
    assert report.request.by == "village"
    assert any("没有“市”一级的单元，改按“村居”汇总" in text.zh for text in report.assumptions)


def test_the_uncovered_come_with_most_people_first_and_the_unknown_last(tmp_path):
    units = [village(1, 0, 0, pop_65_plus=10), village(2, 1000, 0), village(3, 2000, 0, pop_65_plus=30)]
    report = cover(town(tmp_path, admin_unit=units, care_facility=[facility(9000, 0)]), ask(within_m=500))
    assert [row.name for row in report.uncovered] == ["第3村", "第1村", "第2村"]


def test_filters_take_words_of_the_vocabulary(tmp_path):
    places = [
        {"name": "市一院", "kind": "hospital", "geometry": Point(119.5, 31.7)},
        {"name": "面馆", "kind": "restaurant", "geometry": Point(119.6, 31.7)},
    ]
    workspace = town(tmp_path, point_of_interest=places, population=[people(0, 0, 5)])
    report = cover(workspace, ask(layer_id="point_of_interest", where={"kind": "医院"}, within_m=300))
    assert report.rows[0].nearest.name == "市一院"


@pytest.mark.parametrize("layer_id", ["meal_point", "shelter", "cemetery"])
def test_other_services_are_covered_the_same_way(tmp_path, layer_id):
    row = {"name": "甲", "geometry": Point(119.5, 31.7)}
    workspace = town(tmp_path, population=[people(100, 0, 5)], **{layer_id: [row]})
    assert cover(workspace, ask(layer_id=layer_id, within_m=300, travel="straight")).share == 1.0


def test_the_json_has_the_agreed_shape(two_villages):
    said = json.loads(json.dumps(cover(two_villages, ask(within_min=15)).as_json()))
    assert list(said) == [
        "definition", "request", "measure", "numerator", "denominator", "share", "band", "band_share", "people",
        "rows", "totals_by", "flips", "loads", "assumptions", "norms", "provenance", "command",
    ]  # fmt: skip
    assert list(said["rows"][0]) == [
        "code", "name", "level", "parent_code", "numerator", "denominator", "share", "covered", "band", "reason",
        "nearest", "lon", "lat", "unknown", "unknown_points",
    ]  # fmt: skip
    assert said["provenance"]["layers"]["road"] == {
        "version": "v1",
        "as_of": None,
        "sources": ["road.csv"],
        "synthetic": False,
    }
    assert [one["value"] for one in said["norms"]["values"][:3]] == [0.76, 1.0, 1.3]


def test_the_command_asks_the_same_again(two_villages):
    report = cover(two_villages, ask(within_min=15, where={"name": "日间照料中心"}))
    assert " ".join(shlex.split(report.command)) == (
        "fangyu cover care_facility --definition C6 --within-min 15 --by village --on 2026-01-01 "
        "--population-field pop_65_plus --where name=日间照料中心"
    )
    assert cover(two_villages, report.request).as_json() == report.as_json()


def test_a_population_layer_without_the_field_asked_for_is_named_and_not_called_missing(tmp_path):
    rows = [{"population": 900, "geometry": Point(*at(200, 200))}, {"geometry": Point(*at(800, 800))}]
    place = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), TOWN],
        care_facility=[facility(200, 200)],
        population=rows,
        road=ROADS,
    )
    said = [one.zh for one in cover(place, ask(within_min=15)).assumptions]
    assert any(
        one.startswith("人口图层有 2 行，但“65岁以上人口”一列全空，填了的是常住人口，没有用上。")
        for one in said
    )
    assert not any("没有任何人口" in one for one in said)
