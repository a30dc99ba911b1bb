"""People far from any road are told, and a unit without buildings is not a unit of unknown people."""

from coverage_town import ON, facility, grid_roads, people, point, town, village

from gis.coverage import CoverageRequest, SiteRequest, cover, place_sites

REACH = CoverageRequest(within_m=400, on=ON)
FAR = {"care_facility": [facility(0, 0)], "road": grid_roads(4, 300)}


def told(report):
    return [one.zh for one in report.assumptions if "需求点 500 米内没有道路" in one.zh]


def test_people_off_the_roads_are_told_with_their_share(tmp_path):
    homes = [people(0, 100, 30), people(5000, 5000, 10), people(6000, 5000, 0)]
    place = town(tmp_path, population=homes, admin_unit=[village(1, 0, 0)], **FAR)
    said = (
        "1 个需求点 500 米内没有道路（10 人，占 25.0%），除直线距离极近的以外按未覆盖计："
        "请核对道路资料是否覆盖全区。"
    )
    assert told(cover(place, REACH)) == [said]
    assert told(place_sites(place, SiteRequest(reach=REACH, sites=1))) == [said]


def test_nothing_is_said_where_everybody_is_near_a_road(tmp_path):
    place = town(tmp_path, population=[people(0, 100, 30)], admin_unit=[village(1, 0, 0)], **FAR)
    assert told(cover(place, REACH)) == []


def test_a_village_without_buildings_has_nothing_to_count_rather_than_unknown_people(tmp_path):
    units = [village(1, 0, 0), village(2, 1000, 0)]
    place = town(tmp_path, building=[{"geometry": point(100, 100)}], admin_unit=units, **FAR)
    rows = cover(place, CoverageRequest(definition="C4", within_m=400, on=ON)).rows
    assert [row.reason.code for row in rows if row.denominator == 0] == ["no_points"]
