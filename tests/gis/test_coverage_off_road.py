"""People far from any road are told, and a unit without buildings is not a unit of unknown people."""

from dataclasses import replace

import pytest
from coverage_town import ON, facility, grid_roads, line, people, point, town, village

from gis.coverage import CoverageRequest, SiteRequest, cover, gap_list, place_sites

REACH = CoverageRequest(within_m=400, on=ON)
FAR = {"care_facility": [facility(0, 0)], "road": grid_roads(4, 300)}
CORNER = {"geometry": line((9900, 9900), (10000, 10000))}
"""A lane so far away that all people here lie between the roads."""


def told(report):
    return [one.zh for one in report.assumptions if "需求点 500 米内没有道路" in one.zh]


def test_people_off_the_roads_are_told_with_their_share(tmp_path):
    homes = [people(0, 100, 30), people(5000, 5000, 10), people(6000, 5000, 0)]
    roads = {"road": [*FAR["road"], CORNER]}
    place = town(tmp_path, population=homes, admin_unit=[village(1, 0, 0)], **{**FAR, **roads})
    said = (
        "1 个需求点 500 米内没有道路（10 人，占 25.0%），除直线距离极近的以外按未覆盖计："
        "请核对道路资料是否覆盖全区。"
    )
    assert told(cover(place, REACH)) == [said]
    assert told(place_sites(place, SiteRequest(reach=REACH, sites=1))) == [said]


def two_villages(tmp_path, *homes, **more):
    units = [village(1, 0, 0), village(2, 5000, 0)]
    return town(tmp_path, population=list(homes), admin_unit=units, **{**FAR, **more})


def test_where_the_roads_have_ended_people_are_unknown_and_not_unserved(tmp_path):
    place = two_villages(tmp_path, people(0, 100, 30), people(5500, 500, 10))
    report = cover(place, REACH)
    parts = report.people
    assert (parts.served, parts.unserved, parts.unknown, parts.total) == (30, 0, 10, 40)
    assert (report.numerator, report.denominator, report.share) == (30, 30, 1.0)
    row = next(one for one in report.rows if one.name == "第2村")
    assert (row.reason.code, row.share, row.unknown) == ("roads_end", None, 10)
    assert any(
        "1 个需求点在道路资料的范围（全部道路的凸包）之外（10 人，占 25.0%）" in one.zh
        for one in report.assumptions
    )


def test_beyond_the_roads_a_facility_next_door_serves_all_the_same(tmp_path):
    near = {"care_facility": [facility(0, 0), facility(5500, 520)]}
    report = cover(two_villages(tmp_path, people(0, 100, 30), people(5500, 500, 10), **near), REACH)
    assert (report.people.served, report.people.unknown) == (40, 0)


@pytest.mark.parametrize("definition", ["C6", "C7", "C8"])
def test_people_add_up_whatever_the_definition(tmp_path, definition):
    beds = {"care_facility": [facility(0, 0, beds=1)]}
    place = two_villages(tmp_path, people(0, 100, 30), people(850, 450, 20), people(5500, 500, 10), **beds)
    people_ = cover(place, replace(REACH, definition=definition, need_per_1000=50)).people
    assert (people_.unknown, people_.total) == (10, 60)
    assert people_.served + people_.unserved == 50


def test_a_straight_distance_needs_no_roads(tmp_path):
    place = two_villages(tmp_path, people(0, 100, 30), people(5500, 500, 10))
    assert cover(place, replace(REACH, definition="C5")).people.unserved == 10


def test_the_gap_beyond_the_roads_asks_for_data(tmp_path):
    [gap] = gap_list(two_villages(tmp_path, people(0, 100, 30), people(5500, 500, 10)), REACH).gaps
    assert (gap.people, gap.unknown, gap.reason.code) == (None, 10, "roads_end")
    assert gap.remedy.kind == "complete_data"


def test_nothing_is_said_where_everybody_is_near_a_road(tmp_path):
    place = town(tmp_path, population=[people(0, 100, 30)], admin_unit=[village(1, 0, 0)], **FAR)
    assert told(cover(place, REACH)) == []


def test_a_village_without_buildings_has_nothing_to_count_rather_than_unknown_people(tmp_path):
    units = [village(1, 0, 0), village(2, 1000, 0)]
    place = town(tmp_path, building=[{"geometry": point(100, 100)}], admin_unit=units, **FAR)
    rows = cover(place, CoverageRequest(definition="C4", within_m=400, on=ON)).rows
    assert [row.reason.code for row in rows if row.denominator == 0] == ["no_points"]
