"""Candidates, stock, exclusions, constraints and reasons of a choice of sites, in a little town."""

import json

import pytest
from coverage_town import ON, facility, grid_roads, people, point, square, town, village

from gis.coverage import CoverageRequest, SiteRequest, cover, place_sites
from gis.coverage.changes import Change
from gis.coverage.next_sites.result import result_of
from layers.errors import InputError, NotFoundError

ROADS = grid_roads(20, 200)


def ask(**more):
    reach = {"within_m": 500, "travel": "network", "on": ON} | more.pop("reach", {})
    return SiteRequest(reach=CoverageRequest(**reach), **{"candidates": "point_of_interest", **more})


def place_of(east_m, north_m, name, kind="hospital"):
    return {"name": name, "kind": kind, "geometry": point(east_m, north_m)}


def town_of(root, **more):
    rows = {
        "admin_unit": [
            village(1, 0, 0, 2000), village(2, 2000, 0, 2000), village(3, 0, 2000, 2000), village(4, 2000, 2000, 2000)
        ],
        "care_facility": [facility(200, 200, beds=10)],
        "population": [people(200, 400, 100), people(2200, 600, 60), people(3600, 3600, 30), people(2600, 600, 50)],
        "point_of_interest": [place_of(2200, 400, "甲"), place_of(3600, 3400, "乙"), place_of(2600, 400, "丙")],
        "road": ROADS,
    }  # fmt: skip
    return town(root, **(rows | more))


@pytest.fixture
def place(tmp_path):
    return town_of(tmp_path)


def names(report):
    return sorted(one.name for one in report.new_sites)


def test_sites_keep_their_distance_from_each_other(place):
    assert names(place_sites(place, ask(sites=2, reach={"within_m": 250}))) == ["丙", "甲"]
    report = place_sites(place, ask(sites=2, apart_m=500, reach={"within_m": 250}))
    assert names(report) == ["乙", "甲"]
    assert report.plan.proven


def test_sites_keep_their_distance_from_what_stands(tmp_path):
    place = town_of(tmp_path, care_facility=[facility(2300, 400)])
    report = place_sites(place, ask(sites=3, apart_m=350, reach={"within_m": 250}))
    assert names(report) == ["乙"]
    assert "要新增 3 处，只放了 1 处" in " ".join(results(report))


def test_a_village_gets_one_site_at_most_and_the_one_that_stands_counts(tmp_path):
    place = town_of(tmp_path, point_of_interest=[
        place_of(400, 400, "旧村"), place_of(2200, 400, "甲"), place_of(2600, 400, "丙"), place_of(3600, 3400, "乙"),
    ])  # fmt: skip
    report = place_sites(place, ask(sites=3, per="village", reach={"within_m": 250}))
    assert names(report) == ["乙", "甲"]


def test_a_village_without_candidates_is_named_when_each_needs_one(place):
    report = place_sites(place, ask(sites=2, per="village", at_least_per=1))
    assert names(report) in (["乙", "甲"], ["丙", "乙"])
    said = " ".join(one.zh for one in report.assumptions)
    assert "1 个单元没有候选点也没有现有设施，无法满足至少 1 处：第3村" in said


def test_a_budget_prefers_the_cheap_conversion(tmp_path):
    place = town_of(tmp_path, point_of_interest=[place_of(2400, 600, "社区中心", "community_centre")])
    report = place_sites(place, ask(budget=5, cost_new=6, cost_stock=5, candidates="stock"))
    assert [(one.stock, one.cost, one.adds) for one in report.new_sites] == [(True, 5.0, 110.0)]
    assert not place_sites(place, ask(budget=4, cost_new=6, cost_stock=5, candidates="stock")).new_sites


def test_no_site_serves_more_people_than_it_holds(place):
    report = place_sites(place, ask(model="capacitated", sites=2, capacity=40, reach={"need_per_1000": 1000}))
    assert all(one.serves <= 40.001 for one in report.new_sites)
    assert (report.before, report.after) == (10, 90)
    said = report.as_json()
    assert said["after"]["people"] + said["unserved"] + said["unknown_people"] == said["people"]
    assert {one["reason"]["code"] for one in said["unserved_by_unit"]} == {"full", "not_chosen"}


def test_a_facility_of_unknown_capacity_leaves_its_people_unknown_not_unserved(tmp_path):
    place = town_of(tmp_path, care_facility=[facility(200, 200)])
    report = place_sites(place, ask(model="capacitated", sites=1, capacity=40))
    assert report.perhaps == 100
    said = report.as_json()
    assert said["after"]["people"] + said["unserved"] + said["unknown_people"] == said["people"]


def test_need_per_thousand_turns_beds_into_people(place):
    report = place_sites(place, ask(model="capacitated", sites=1, capacity=2, reach={"need_per_1000": 40}))
    assert report.new_sites[0].capacity == 50
    assert report.changes[0].amounts == (("beds", 2.0),)


def test_stock_is_each_place_once_and_not_where_a_facility_stands(tmp_path):
    place = town_of(
        tmp_path,
        meal_point=[{"name": "食堂", "geometry": point(2200, 400)}, {"name": "同址", "geometry": point(200, 205)}],
        point_of_interest=[
            place_of(2205, 400, "楼上", "community_centre"), place_of(3600, 3400, "中心", "community_centre")
        ],
    )  # fmt: skip
    report = place_sites(place, ask(sites=2, candidates="stock"))
    assert [(one.name, one.layer, one.stock) for one in report.new_sites] == [
        ("食堂", "meal_point", True),
        ("中心", "point_of_interest", True),
    ]
    said = " ".join(one.zh for one in report.assumptions)
    assert "2 个存量场所与另一处同址" in said
    assert "没有数据、因此不知道的存量图层：shelter" in said


def test_stock_comes_first_until_a_new_site_serves_clearly_more(tmp_path):
    place = town_of(tmp_path, point_of_interest=[place_of(2200, 400, "中心", "community_centre")],
                    population=[people(2200, 600, 60), people(2600, 1000, 80)])  # fmt: skip
    first = place_sites(place, ask(sites=1, candidates="stock", prefer_stock=0.5))
    assert [(one.name, one.stock) for one in first.new_sites] == [("中心", True)]
    assert first.plan.bound == 80
    assert not first.plan.proven
    later = place_sites(place, ask(sites=1, candidates="stock", prefer_stock=0.1))
    assert [one.stock for one in later.new_sites] == [False]


def test_without_any_layer_of_stock_there_is_an_error_that_names_them(tmp_path):
    place = town(tmp_path, care_facility=[facility(0, 0)], population=[people(0, 0, 1)])
    with pytest.raises(NotFoundError, match="meal_point、point_of_interest、shelter 都没有数据"):
        place_sites(place, ask(sites=1, candidates="stock"))


def test_inside_is_prohibited_near_is_reviewed_and_far_is_clear(tmp_path):
    zone = [{"name": "保护区", "kind": "other", "geometry": square(2100, 300, 300)}]
    place = town_of(tmp_path, no_burial_zone=zone)
    report = place_sites(place, ask(sites=2, exclude=("no_burial_zone",), review_buffer_m=400))
    assert {one.name: dict(one.standing) for one in report.new_sites} == {
        "丙": {"no_burial_zone": "review"},
        "乙": {"no_burial_zone": "clear"},
    }


def test_a_layer_of_exclusions_without_data_makes_every_site_unknown_and_is_named(place):
    report = place_sites(place, ask(sites=1, exclude=("no_burial_zone",)))
    assert dict(report.new_sites[0].standing) == {"no_burial_zone": "unknown"}
    assert "（no_burial_zone）没有数据" in " ".join(one.zh for one in report.assumptions)
    with pytest.raises(NotFoundError):
        place_sites(place, ask(sites=1, exclude=("no_such_layer",)))


def test_a_facility_that_stands_in_an_exclusion_is_reported_and_stays(tmp_path):
    zone = [{"name": "保护区", "kind": "other", "geometry": square(100, 100, 300)}]
    place = town_of(tmp_path, no_burial_zone=zone)
    report = place_sites(place, ask(sites=1, exclude=("no_burial_zone",)))
    assert [one.as_json() for one in report.existing_excluded] == [
        {"id": "care_facility-0", "name": "日间照料中心", "unit": "第1村", "layer": "no_burial_zone"}
    ]
    assert report.existing == 1


def test_who_stays_without_is_told_by_unit_with_the_reason(tmp_path):
    place = town_of(tmp_path, point_of_interest=[place_of(2200, 400, "甲"), place_of(3600, 2600, "乙")])
    report = place_sites(place, ask(sites=1))
    assert [(one.unit, one.people, one.reason) for one in report.unserved] == [
        ("第2村", 50, "detour"),
        ("第4村", 30, "no_candidate"),
    ]
    assert report.unserved[1].text.zh == "界限内没有候选点；最近的候选点或设施 1,000 米"
    assert report.unreachable == 80


def test_a_target_that_cannot_be_reached_says_who_is_out_of_reach(tmp_path):
    place = town_of(tmp_path, point_of_interest=[place_of(2200, 400, "甲"), place_of(3600, 2600, "乙")])
    with pytest.raises(
        InputError, match="够不着的：第4村 30 人（界限内没有候选点；最近的候选点或设施 1,000 米）"
    ):
        place_sites(place, ask(target_share=1.0, reach={"within_m": 650}))


def test_the_plan_as_changes_covers_what_the_report_says(place):
    report = place_sites(place, ask(sites=2))
    changed = CoverageRequest(within_m=500, travel="network", on=ON, changes=report.changes)
    assert [one.action for one in report.changes] == ["add", "add"]
    assert cover(place, changed).numerator == report.after


def test_alternatives_name_what_is_dropped_and_added(place):
    said = place_sites(place, ask(sites=1, within=0.5)).as_json()["alternatives"]
    assert said["swaps"][0]["dropped"][0]["name"] in {"甲", "丙"}
    assert said["plans"][0]["loss"] <= 0.5


def test_closing_a_facility_first_is_respected(place):
    closed = Change(action="close", id="care_facility-0")
    changed = place_sites(place, ask(sites=1, reach={"changes": (closed,)}))
    assert (changed.existing, changed.before) == (0, 0)


@pytest.mark.parametrize("model", ["mclp", "p-median", "p-center", "capacitated"])
def test_a_time_limit_of_zero_gives_a_plan_that_is_not_called_the_best_without_reason(place, model):
    said = place_sites(place, ask(model=model, sites=2, capacity=40, time_limit_s=0)).as_json()
    assert len(said["new_sites"]) == 2
    assert json.loads(json.dumps(said, allow_nan=False)) == said


def test_whom_only_ruled_out_candidates_reach_is_told_by_unit(tmp_path):
    homes = [people(200, 900, 100), people(200, 300, 7), people(-100, 600, 5)]
    place = town_of(
        tmp_path, population=homes, point_of_interest=[place_of(200, 600, "甲"), place_of(3600, 3400, "乙")]
    )
    with pytest.raises(InputError) as caught:
        place_sites(place, ask(model="p-center", sites=1, apart_m=500, reach={"within_m": 50}))
    told = caught.value.message
    assert told.zh.startswith("2 个需求点（105 人）只有被条件排除的候选点")
    assert told.zh.endswith("够得着：第1村 (100)、119.49894, 31.70541 (5)。")
    assert "constraints rule out" in told.en


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"sites": 1, "per": "street"}, "--per）不能是“street”"),
        ({"sites": 1, "per": "town"}, "没有“.*”一级的单元"),
        ({"sites": 1, "at_most_per": 1}, "没有说是哪一级单元"),
        (
            {"sites": 3, "model": "p-center", "per": "village", "at_least_per": 2},
            "每个村居至少 2 处做不到：2 个单元的可用候选点不够（第1村、第4村）",
        ),
        ({"sites": 1, "prefer_stock": 0.1, "apart_m": 5}, "优先用存量只用于 mclp"),
        ({"sites": 1, "apart_m": -1}, "--apart-m 是 -1，应为零或正数"),
        ({"sites": 1, "within": float("nan")}, "within 是 nan"),
        ({"sites": 1, "cost_field": "name", "budget": 1}, "point_of_interest 的字段 name 不是数"),
        ({"sites": 1, "model": "capacitated"}, "候选点的容量都不知道"),
        (
            {"model": "capacitated", "target_share": 0.5},
            "新增处数（--sites）、目标份额（--target-share）和预算（--budget）给得不对",
        ),
        ({"sites": 1, "reach": {"definition": "C1", "within_m": None, "travel": None}}, "不能用 C1"),
    ],
)  # fmt: skip
def test_bad_questions_are_refused_by_name(place, more, message):
    with pytest.raises(InputError, match=message):
        place_sites(place, ask(**more))


def results(report):
    return [one.zh for one in result_of(report)]


def said(report):
    return " ".join(results(report))


def test_a_layer_of_points_is_no_exclusion(place):
    with pytest.raises(InputError, match=r"图层“养老服务设施”（care_facility）里没有面，只有点或线"):
        place_sites(place, ask(sites=1, exclude=("care_facility",)))


def test_whom_only_an_excluded_candidate_reaches_is_told_so(tmp_path):
    zone = [{"name": "保护区", "kind": "other", "geometry": square(3500, 3300, 300)}]
    report = place_sites(town_of(tmp_path, no_burial_zone=zone), ask(sites=1, exclude=("no_burial_zone",)))
    assert ("第4村", 30, "excluded") in [(one.unit, one.people, one.reason) for one in report.unserved]


def test_the_rule_that_stops_more_sites_is_named(place):
    report = place_sites(place, ask(sites=3, per="village", reach={"within_m": 250}))
    assert "要新增 3 处，只放了 2 处：每个村居至多 1 处（现有的也算）已满，拦住 1 个候选点" in said(report)
    report = place_sites(place, ask(sites=2, apart_m=99_999))
    assert "只放了 0 处：间距 99999 米（含现有设施），拦住 3 个候选点" in said(report)


def test_units_that_have_enough_already_are_said_to(tmp_path):
    stands = [facility(200, 200), facility(2200, 200), facility(200, 2200), facility(2200, 2200)]
    report = place_sites(town_of(tmp_path, care_facility=stands), ask(sites=1, per="village", at_least_per=1))
    assert "至少 1 处：现有设施已经做到，这一条不起作用" in said(report)


def test_a_cover_says_how_many_sites_it_takes(place):
    assert results(place_sites(place, ask(model="lscp"))) == [
        "覆盖所有够得着的人：需新增 3 处（已证明最少），连同现有共 4 处。"
    ]
    report = place_sites(place, ask(target_share=0.3))
    assert results(report) == ["覆盖 30.0%：现有设施已经做到，不需要新增。"]
    assert report.as_json()["model_label"]["zh"] == "最少数量：覆盖 30.0% 的人口，站点最少"


def test_median_and_centre_say_how_far_people_go(place):
    median = place_sites(place, ask(model="p-median", sites=2))
    total = median.plan.objective / 1000
    assert results(median)[0].startswith(f"总里程 {total:,.1f} 人·公里，平均 ")
    assert median.as_json()["objective_unit"] == "person_m"
    centre = place_sites(place, ask(model="p-center", sites=2))
    assert results(centre)[0].startswith(f"最远的人到最近一处 {centre.plan.objective:,.0f} 米")


def test_a_budget_that_pays_for_nothing_is_said(place):
    report = place_sites(place, ask(budget=1, cost_new=2))
    assert results(report) == ["没有新增站点：预算 1 不够任何一处（最便宜的 2），拦住 3 个候选点。"]
    assert {one.reason for one in report.unserved} == {"budget"}


def test_a_budget_that_has_nobody_to_reach_says_so_and_does_not_blame_the_money(tmp_path):
    report = place_sites(town_of(tmp_path, population=[people(200, 400, 100)]), ask(budget=1, cost_new=2))
    assert results(report) == ["没有新增站点：候选点不再增加覆盖。"]


def test_whom_spacing_or_the_number_per_unit_leaves_without_is_told_the_rule(place):
    spaced = place_sites(place, ask(sites=2, apart_m=99_999))
    assert {one.reason for one in spaced.unserved} == {"spacing"}
    each = place_sites(place, ask(sites=3, per="village", reach={"within_m": 250}))
    assert [(one.unit, one.reason) for one in each.unserved] == [("第2村", "per_unit")]


def test_beds_are_for_as_many_people_as_in_c7(place):
    report = place_sites(place, ask(model="capacitated", sites=1, capacity=2))
    held = cover(place, CoverageRequest(within_m=500, travel="network", on=ON, definition="C7"))
    assert report.before == pytest.approx(held.numerator)
    assert report.changes[0].amounts == (("beds", 2.0),)


def test_a_point_of_a_grid_is_named_after_its_unit(place):
    report = place_sites(place, ask(sites=1, candidates="grid"))
    assert report.new_sites[0].name == f"第2村 {report.new_sites[0].id}"


def far_apart(model, **more):
    """Ask for two sites within 250 m, of which the two best stand too close together."""
    return ask(model=model, sites=2, reach={"within_m": 250}, **more)


@pytest.mark.parametrize("model", ["p-median", "p-center"])
def test_median_and_centre_keep_spacing_and_numbers_per_unit(place, model):
    apart = place_sites(place, far_apart(model, apart_m=500))
    each = place_sites(place, far_apart(model, per="village"))
    assert {"甲", "丙"} - set(names(apart))
    assert {"甲", "丙"} - set(names(each))
    assert apart.plan.proven
    assert each.plan.proven


def test_a_median_within_a_budget_buys_what_it_can(place):
    report = place_sites(place, ask(model="p-median", budget=5, cost_new=2))
    assert len(report.new_sites) == 2
    assert report.as_json()["model_label"]["zh"] == "中位：给定预算，步行总里程最少"


@pytest.mark.parametrize(
    ("model", "apart_m", "words"),
    [
        ("mclp", 500, "间距 500 米的代价：不要这一条，至少可多覆盖 20 人。"),
        ("p-median", 3000, "间距 3000 米的代价：不要这一条，总里程至少可少 "),
        ("p-center", 3000, "间距 3000 米的代价：不要这一条，最远的人至少可近 "),
    ],
)
def test_what_spacing_costs_is_said_among_the_results(place, model, apart_m, words):
    report = place_sites(
        place, ask(model=model, sites=2, apart_m=apart_m, reach={"within_m": 250 if model == "mclp" else 500})
    )
    assert words in said(report)
    assert words in " ".join(one["zh"] for one in report.as_json()["result"])


def test_a_rule_that_costs_nothing_is_not_said_to(place):
    assert not [one for one in results(place_sites(place, ask(sites=2, apart_m=10))) if "代价" in one]


def test_swaps_of_a_median_keep_the_spacing(place):
    apart = place_sites(place, far_apart("p-median", apart_m=500, within=1.0))
    kept = {one.name for one in apart.new_sites}
    for one in apart.others:
        plan = kept - {name for _, name in one.dropped} | {name for _, name in one.added}
        assert {"甲", "丙"} - plan


def test_the_fewest_sites_for_a_share_are_proven(place):
    report = place_sites(place, ask(target_share=0.8))
    assert (len(report.new_sites), report.least) == (2, 2)
    assert results(report)[0].startswith("覆盖 80.0%：需新增 2 处（已证明最少），")
    assert report.as_json()["least"] == 2
