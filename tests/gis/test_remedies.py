"""Remedies: the cheapest single thing that closes a gap, judged by what it does."""

import json
from datetime import date

import numpy as np
import pytest
from coverage_town import ON, at, facility, grid_roads, line, people, point, town, village
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from gis.coverage import CoverageRequest, gap_list
from gis.coverage.gaps.effects import best_places, gains, shortfall_of
from gis.coverage.gaps.effort import efforts

FAR = facility(-20_000, 0, id="far")


def ask(**said):
    return CoverageRequest(on=ON, **({"travel": "straight", "within_m": 500} | said))


def one_village(root, **more):
    """A village whose people (100 in the west, 20 in the east) have a facility 20 km away only."""
    rows = {
        "admin_unit": [village(1, 0, 0, 3000)],
        "care_facility": [FAR],
        "population": [people(200, 200, 60), people(300, 200, 40), people(2500, 200, 20)],
    }
    return town(root, **(rows | more))


def remedy_of(workspace, **said):
    [gap] = gap_list(workspace, ask(**said)).gaps
    return gap.remedy


def test_efforts_are_ranked_from_data_to_crossing():
    ranked = sorted(efforts().values(), key=lambda one: one.rank)
    assert [one.kind for one in ranked] == [
        "complete_data", "deliver", "open_facility", "add_capacity", "host_in_stock", "build", "crossing",
    ]  # fmt: skip
    assert not any(one.verified for one in ranked)


def test_a_planned_facility_in_reach_is_opened_before_anything_is_built(tmp_path):
    planned = facility(250, 300, id="p1", name="规划中心", state="planned", opened_on=None)
    remedy = remedy_of(one_village(tmp_path, care_facility=[FAR, planned]))
    assert (remedy.kind, remedy.facility_id, remedy.adds_people, remedy.partial) == (
        "open_facility",
        "p1",
        100,
        False,
    )
    assert remedy.text.zh == "启用“规划中心”（规划）：该单元增加 100 人。"


@pytest.mark.parametrize("gone", [{"state": "closed"}, {"state": "unknown"}, {"closed_on": date(2021, 1, 1)}])
def test_what_is_closed_or_unclear_is_not_opened(tmp_path, gone):
    remedy = remedy_of(one_village(tmp_path, care_facility=[FAR, facility(250, 300, **gone)]))
    assert remedy.kind == "build"


def test_a_place_that_stands_hosts_before_anything_is_built(tmp_path):
    hall = {"id": "h", "name": "党群中心", "kind": "community_centre", "geometry": point(250, 250)}
    shop = {"id": "s", "name": "药房", "kind": "pharmacy", "geometry": point(250, 200)}
    remedy = remedy_of(one_village(tmp_path, point_of_interest=[shop, hall]))
    assert (remedy.kind, remedy.facility_id) == ("host_in_stock", "h")
    assert remedy.text.zh == "在“党群中心”（社区中心）加设：该单元增加 100 人。"


def test_a_place_that_closes_the_gap_goes_before_one_of_less_effort_that_does_not(tmp_path):
    small = facility(2500, 300, id="p1", state="planned", opened_on=None)
    [gap] = gap_list(one_village(tmp_path, care_facility=[FAR, small]), ask()).gaps
    assert [(one.kind, one.partial) for one in gap.remedies] == [("build", False), ("open_facility", True)]


def test_a_new_one_is_built_where_it_also_serves_the_neighbours(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 1000, 0)],
        care_facility=[FAR],
        population=[people(100, 500, 50), people(550, 500, 50), people(1010, 500, 30), people(1900, 500, 5)],
    )
    first = gap_list(workspace, ask()).gaps[0].remedy
    assert (first.kind, first.adds_people, first.adds_everywhere) == ("build", 100, 130)
    assert (first.lon, first.lat) == pytest.approx(at(550, 500))
    assert first.text.zh.endswith("附近新建：该单元增加 100 人，连同其他单元共增加 130 人。")


def test_when_nothing_closes_the_gap_the_one_that_adds_most_comes_first_and_says_partial(tmp_path):
    scattered = [people(x, 200, 10) for x in (100, 1100, 2100)]
    remedy = remedy_of(one_village(tmp_path, population=scattered))
    assert (remedy.kind, remedy.partial, remedy.adds_people) == ("build", True, 10)


def test_unknown_people_need_data_first(tmp_path):
    workspace = one_village(tmp_path, population=[people(200, 200, None), people(-9000, 0, 5)])
    unknown = gap_list(workspace, ask()).gaps[-1]
    assert (unknown.reason.code, unknown.people) == ("population_unknown", None)
    assert [(one.kind, one.adds_people) for one in unknown.remedies] == [("complete_data", None)]


def test_a_footbridge_is_an_estimate_and_comes_last(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -100, -100)],
        care_facility=[facility(300, 0)],
        population=[people(0, 0, 50)],
        road=[{"geometry": line((0, 0), (0, 900), (300, 900), (300, 0)), "walkable": True}],
        barrier=[{"kind": "river", "name": "云溪", "geometry": line((150, -500), (150, 5000))}],
    )
    [gap] = gap_list(workspace, ask(travel="network")).gaps
    last = gap.remedies[-1]
    assert (last.kind, last.estimate, last.adds_people, last.partial) == ("crossing", True, 50, False)
    assert (last.lon, last.lat) == pytest.approx(at(150, 0))
    assert json.loads(json.dumps(last.as_json()))["partial"] is False
    assert last.text.zh.startswith("在河流“云溪”上修人行桥：该单元约 50 人可到对面的设施")


def test_a_unit_without_a_facility_gets_the_planned_one_that_stands_inside(tmp_path):
    planned = facility(2900, 2900, id="p1", name="规划中心", state="planned", opened_on=None)
    beside = facility(3100, 2900, id="p2", state="planned", opened_on=None)
    workspace = one_village(tmp_path, care_facility=[FAR, beside, planned])
    remedy = remedy_of(workspace, definition="C1", within_m=None, travel=None)
    assert (remedy.kind, remedy.facility_id) == ("open_facility", "p1")


def test_the_nearest_kitchen_that_delivers_may_list_the_unit(tmp_path):
    near = {"id": "m1", "name": "近处食堂", "delivers": False, "geometry": point(4000, 0)}
    far = {"id": "m2", "name": "送餐食堂", "delivers": True, "geometry": point(6000, 0)}
    workspace = one_village(tmp_path, meal_point=[near, far])
    report = gap_list(workspace, CoverageRequest(layer_id="meal_point", definition="C2", on=ON))
    [gap] = report.gaps
    assert (gap.remedy.kind, gap.remedy.facility_id) == ("deliver", "m2")
    assert {"hot_meal_minutes", "e_bike_speed_middle_m_s"} <= {one["param"] for one in report.norms["values"]}


def test_a_full_facility_gets_as_many_beds_as_people_find_none(tmp_path):
    full = facility(200, 300, id="full", name="满员院", beds=2)
    workspace = one_village(tmp_path, care_facility=[full], road=grid_roads(15, 200))
    [gap] = gap_list(workspace, ask(definition="C7", travel=None, need_per_1000=40)).gaps
    assert gap.reason.code == "out_of_capacity"
    assert gap.reason.text.zh.endswith("可服务 50 人，已安排 50 人。")
    assert gap.remedy.kind == "add_capacity"
    assert (gap.remedy.adds_people, gap.remedy.adds_amount) == (50, 2)
    assert gap.remedy.text.zh == "“满员院”增加床位数 2 张：该单元增加 50 人。"


def test_below_the_standard_the_beds_that_reach_it_are_counted(tmp_path):
    poor = facility(200, 300, id="poor", name="小院", beds=1)
    workspace = one_village(tmp_path, care_facility=[poor], road=grid_roads(15, 200))
    [gap] = gap_list(workspace, ask(definition="C8", travel=None, need_per_1000=40)).gaps
    assert gap.reason.code == "below_standard"
    assert (gap.remedy.kind, gap.remedy.adds_amount, gap.remedy.adds_people) == ("add_capacity", 3, 100)


def test_a_facility_that_does_not_tell_its_beds_leaves_people_unknown(tmp_path):
    silent = facility(200, 300, id="silent", beds=None)
    workspace = one_village(tmp_path, care_facility=[silent], road=grid_roads(15, 200))
    report = gap_list(workspace, ask(definition="C7", travel=None, need_per_1000=40))
    [gap] = report.gaps
    assert (report.people.unknown, report.people.unserved, gap.unknown) == (100, 20, 100)
    assert "complete_data" in {one.kind for one in gap.remedies} or gap.reason.code == "too_far"


def brute(reach, weight, gap, lacking, own):
    """Choose for each gap by trying every place."""
    chosen = []
    for number, missing in enumerate(lacking):
        tried = []
        for place, row in enumerate(reach):
            here = weight[row & (gap == number)].sum()
            if here > 0 and (own is None or own[place] == number):
                covers = here >= missing - 1e-9
                everywhere = weight[row].sum()
                tried.append((not covers, -(everywhere if covers else here), -here, place))
        chosen.append(min(tried)[3] if tried else -1)
    return chosen


@given(st.integers(0, 10_000), st.booleans())
def test_the_best_place_is_that_of_trying_every_one(seed, owned):
    rng = np.random.default_rng(seed)
    places, points, count = 7, 12, 3
    reach = rng.random((places, points)) < 0.4
    people = rng.integers(0, 20, points).astype(float)
    gap = rng.integers(-1, count, points)
    members = [np.flatnonzero(gap == number) for number in range(count)]
    served = rng.integers(0, 2, points).astype(float)
    shortfall = shortfall_of(people, served, people * (1 - served), members=members, least=0.5)
    own = rng.integers(0, count, places) if owned else None
    added, everywhere = gains(csr_matrix(reach), shortfall)
    best = best_places(added, everywhere, shortfall.lacking, own)
    assert best.place.tolist() == brute(reach, shortfall.weight, gap, shortfall.lacking, own)
    assert np.all(best.here <= best.everywhere + 1e-9)
