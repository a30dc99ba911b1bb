"""Units: hierarchy by code, dates, location, and names in lists of units served."""

from datetime import date

import pytest
from coverage_town import ON, facility, people, town, village

from gis.coverage import CoverageRequest, cover


def served(tmp_path, units, *facilities):
    report = cover(
        town(tmp_path, admin_unit=units, care_facility=list(facilities)),
        CoverageRequest(definition="C2", on=ON),
    )
    return [row.name for row in report.rows if row.covered], report


OTHER_TOWN = {"code": "320413102", "name": "乙镇", "level": "town"}
TOWN = {"code": "320413101000", "name": "甲镇", "level": "town"}


@pytest.mark.parametrize(
    "written", ["第2村", "第2", "第2村村委会", "320413101002", "第9村；第2村", "第2社区"]
)
def test_units_served_may_be_written_in_many_ways(tmp_path, written):
    units = [village(1, 0, 0), village(2, 1000, 0)]
    assert served(tmp_path, units, facility(9000, 0, served_units=written))[0] == ["第2村"]


@pytest.mark.parametrize("written", ["甲镇", "320413101", "320413101000"])
def test_serving_a_town_serves_all_its_villages(tmp_path, written):
    units = [village(1, 0, 0), village(2, 1000, 0), TOWN]
    assert served(tmp_path, units, facility(9000, 0, served_units=written))[0] == ["第1村", "第2村"]


def test_a_name_two_villages_bear_means_the_one_in_the_same_town(tmp_path):
    twin = {**village(3, 2000, 0, name="第1村"), "code": "320413102003"}
    units = [village(1, 0, 0), village(2, 1000, 0), twin, TOWN, OTHER_TOWN]
    names, _ = served(tmp_path, units, facility(9000, 0, served_units="第1村", unit_code="320413101002"))
    assert names == ["第1村", "第2村"]


def test_a_name_that_stays_unclear_is_not_counted_and_is_reported(tmp_path):
    twin = {**village(3, 2000, 0, name="第1村"), "code": "320413102003"}
    names, report = served(tmp_path, [village(1, 0, 0), twin], facility(9000, 0, served_units="第1村;火星"))
    assert names == []
    assert any("对不上唯一的单元，没有计入：火星、第1村" in text.zh for text in report.assumptions)


def test_units_that_are_gone_or_not_yet_there_have_no_row(tmp_path):
    units = [
        village(1, 0, 0),
        village(2, 1000, 0, valid_to=ON),
        village(3, 2000, 0, valid_from=date(2027, 1, 1)),
    ]
    report = served(tmp_path, units, facility(0, 0))[1]
    assert [row.name for row in report.rows] == ["第1村"]


def test_codes_of_nine_and_twelve_digits_are_one_town(tmp_path):
    report = served(tmp_path, [village(1, 0, 0), TOWN], facility(10, 10))[1]
    assert [(row.name, row.parent_code) for row in report.rows] == [("第1村", "320413101000")]
    assert report.totals_by["town"][0].numerator == 1


def test_a_named_parent_beats_the_digits(tmp_path):
    report = served(
        tmp_path, [village(1, 0, 0, parent_code="320413102"), TOWN, OTHER_TOWN], facility(10, 10)
    )[1]
    assert {row.name: row.denominator for row in report.totals_by["town"]} == {"甲镇": 0, "乙镇": 1}


def test_people_follow_their_unit_code_before_their_place(tmp_path):
    units = [village(1, 0, 0), village(2, 1000, 0)]
    workspace = town(
        tmp_path,
        admin_unit=units,
        care_facility=[facility(0, 0)],
        population=[people(5, 5, 9, unit_code="320413101002")],
    )
    report = cover(workspace, CoverageRequest(within_m=500, on=ON))
    assert {row.name: row.denominator for row in report.rows} == {"第1村": 0, "第2村": 9}


def test_people_known_only_by_town_are_reported_by_village_where_they_live(tmp_path):
    units = [village(1, 0, 0), village(2, 1000, 0), {**TOWN, "pop_65_plus": 40}]
    homes = [
        {"geometry": village(1, 100, 100, 50)["geometry"]},
        {"geometry": village(2, 1100, 100, 50)["geometry"]},
    ]
    workspace = town(tmp_path, admin_unit=units, care_facility=[facility(0, 0)], residential_quarter=homes)
    report = cover(workspace, CoverageRequest(within_m=500, on=ON))
    assert [row.denominator for row in report.rows] == pytest.approx([20, 20], abs=0.1)
