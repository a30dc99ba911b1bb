import json
import shlex
from datetime import date

import pytest
from coverage_town import ON, facility, people, point, square, town, village

from gis.coverage.provision.judging import IndicatorRequest, indicators
from layers.errors import InputError, NotFoundError


def ask(**more):
    return IndicatorRequest(**{"by": "village", "on": ON, "norms": "jiangsu"} | more)


def of(said, name, indicator):
    return next(row for row in said["rows"] if row["name"] == name)["indicators"][indicator]


@pytest.fixture
def two(tmp_path):
    """Thirty beds for 1,000 people in the first village, none for 500 in the second; one facility tells nothing."""
    quarter = {"households": 200, "floor_area_m2": 20_000, "unit_code": "320413101001"}
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0)],
        care_facility=[
            facility(500, 500, beds=30, nursing_beds=12, area_m2=900.0),
            facility(600, 500),
            facility(9000, 9000, beds=4),
        ],
        population=[people(500, 600, 1000, population=5000), people(2500, 500, 500, population=2000)],
        residential_quarter=[
            quarter | {"geometry": point(300, 300), "care_area_m2": 20.0, "delivered_on": date(2015, 1, 1)},
            quarter | {"geometry": point(350, 300), "care_area_m2": 50.0, "delivered_on": date(2024, 1, 1)},
            quarter | {"geometry": point(400, 300), "delivered_on": date(2015, 1, 1)},
            quarter | {"geometry": point(450, 300), "care_area_m2": 10.0, "delivered_on": date(2030, 1, 1)},
        ],
    )


def test_thirty_beds_for_a_thousand_people_lack_ten_at_most_where_one_facility_is_silent(two):
    beds = of(indicators(two, ask()).as_json(), "第1村", "beds_per_1000_elderly")
    assert (beds["value"], beds["deficit"], beds["bound"], beds["meets"]) == (30, 10, "at_least", None)
    assert beds["unknown"] == {"numerator": 1, "denominator": 0}


def test_a_village_without_any_facility_has_no_beds_and_that_is_known(two):
    beds = of(indicators(two, ask()).as_json(), "第2村", "beds_per_1000_elderly")
    assert (beds["value"], beds["deficit"], beds["bound"], beds["meets"]) == (0, 20, "exact", False)


def test_deficits_are_listed_the_most_first_and_add_up(two):
    said = indicators(two, ask()).as_json()
    beds = [one for one in said["deficits"] if one["indicator"] == "beds_per_1000_elderly"]
    assert [(one["name"], one["deficit"]) for one in beds] == [("第2村", 20), ("第1村", 10)]
    first = said["indicators"][0]
    assert (first["sum_of_deficits"], first["total"]["deficit"], first["units_below"]) == (30, 30, 1)
    assert first["norm"]["verified"] is True


def test_new_and_existing_quarters_have_norms_of_their_own(two):
    said = indicators(two, ask(new_since=date(2022, 1, 1))).as_json()
    existing = of(said, "第1村", "care_area_m2_per_100_households_existing")
    new = of(said, "第1村", "care_area_m2_per_100_households_new")
    assert (existing["value"], existing["deficit"], existing["bound"]) == (10, 10, "unsure")
    assert (new["value"], new["deficit"], new["meets"]) == (25, 0, True)


def test_without_a_day_every_quarter_is_existing_and_the_report_says_so(two):
    said = indicators(two, ask()).as_json()
    assert of(said, "第1村", "care_area_m2_per_100_households_existing")["value"] == 17.5
    assert of(said, "第1村", "care_area_m2_per_100_households_new")["value"] is None
    assert any("所有小区按已建计" in one["zh"] for one in said["assumptions"])
    assert any("1 个小区尚未交付" in one["zh"] for one in said["assumptions"])


def test_a_norm_that_has_run_out_is_not_held_against_anybody(two):
    share = {one["id"]: one for one in indicators(two, ask()).as_json()["indicators"]}["nursing_bed_share"]
    assert (share["norm"], share["total"]["value"], share["total"]["deficit"]) == (None, 0.4, None)
    assert "在 2026-01-01 没有这一项的取值" in share["norm_note"]["zh"]
    before = indicators(two, ask(on=date(2025, 6, 1))).as_json()["indicators"][1]
    assert (before["norm"]["value"], before["total"]["deficit"]) == (0.55, 5)


def test_a_zone_has_its_own_norm_and_without_one_the_zones_are_named(two):
    outer, none = (
        indicators(two, ask(norms="shanghai", zone=zone)).as_json()["indicators"][0] for zone in ("outer", "")
    )
    assert outer["norm"]["value"] == 35
    assert "outer" in none["norm_note"]["zh"]


def test_a_zone_that_no_norm_knows_is_refused_by_name(two):
    with pytest.raises(InputError, match="规范方案“shanghai”没有分区“nosuch”") as refused:
        indicators(two, ask(norms="shanghai", zone="nosuch"))
    assert "inner、" in refused.value.said("zh")
    with pytest.raises(InputError) as refused:
        indicators(two, ask(zone="inner"))
    assert "这套方案没有分区取值" in refused.value.said("zh")


def test_with_a_zone_a_note_tells_which_figures_have_other_zones(two):
    said = {
        one["id"]: one for one in indicators(two, ask(norms="shanghai", zone="outer")).as_json()["indicators"]
    }
    assert said["beds_per_1000_elderly"]["norm_note"] is None
    assert said["care_area_m2_per_1000_residents"]["norm_note"]["zh"].startswith("本项不按 outer 分区")


def test_beds_that_lack_are_whole(two):
    beds = indicators(two, ask(norms="shanghai", zone="outer")).as_json()["deficits"]
    assert {one["deficit"] for one in beds if one["unit"] == "张"} == {5, 6, 18}


def test_land_is_known_only_of_facilities_drawn_as_areas(tmp_path):
    home = facility(500, 500) | {"geometry": square(400, 400, 100)}
    here = town(
        tmp_path,
        admin_unit=[village(1, 0, 0, pop_65_plus=50_000)],
        care_facility=[home, facility(600, 600)],
    )
    said = indicators(here, ask()).as_json()
    land = of(said, "第1村", "care_land_m2_per_elderly")
    assert land["value"] == pytest.approx(0.2, rel=0.01)
    assert (land["meets"], land["unknown"]["numerator"]) == (True, 1)


def test_people_that_are_unknown_are_never_zero(tmp_path):
    here = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0)],
        care_facility=[facility(500, 500, beds=30)],
        population=[people(500, 600, None), people(2500, 500, 500)],
    )
    said = indicators(here, ask()).as_json()
    beds = of(said, "第1村", "beds_per_1000_elderly")
    assert (beds["value"], beds["deficit"], beds["unknown"]["denominator"]) == (None, None, 1)
    assert said["indicators"][0]["units_unknown"] == 1


def test_the_report_is_json_and_names_the_command_that_repeats_it(two):
    said = indicators(two, ask(new_since=date(2022, 1, 1))).as_json()
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert shlex.split(said["command"])[:5] == ["fangyu", "access", "--indicators", "--by", "village"]


def test_a_profile_that_is_not_there_is_refused(two):
    with pytest.raises(NotFoundError, match="没有规范方案“moon”"):
        indicators(two, ask(norms="moon"))
