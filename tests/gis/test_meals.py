import json

import numpy as np
import pytest
from coverage_town import ON, grid_roads, people, point, town, village
from hypothesis import given
from hypothesis import strategies as st

from gis.coverage.meals import MealRequest, plan_meals, planning
from gis.coverage.meals.report import adding_up_within
from layers.errors import InputError, NotFoundError

ROADS = grid_roads(20, 200)


def meal(east_m, north_m, tier, **more):
    return {"name": f"{tier}{east_m}", "tier": tier, "geometry": point(east_m, north_m), **more}


def place(tmp_path, meals, **more):
    """Two villages; 1,000 people beside a canteen, 1,000 far from it, and a cell nobody counted."""
    rows = {
        "admin_unit": [village(1, 0, 0, 2000), village(2, 2000, 0, 2000)],
        "population": [people(200, 400, 1000), people(3400, 600, 1000), people(2400, 600, None)],
        "care_facility": [{"name": "敬老院", "kind": "care_home", "geometry": point(3400, 800)},
                          {"name": "日照中心", "kind": "day_care", "geometry": point(2600, 3800)}],
        "road": ROADS,
    }  # fmt: skip
    return town(tmp_path, meal_point=meals, **(rows | more))


CANTEEN = meal(200, 200, "canteen", meals_per_day=30, delivers=True)
KITCHEN = meal(400, 200, "kitchen", meals_per_day=60)


def ask(**more):
    return MealRequest(**({"on": ON, "points": 1, "disabled_share": 0.2, "need_per_1000": 50} | more))


def test_people_add_up_today_and_in_the_plan(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask()).as_json()
    assert said["wanted"] == 100
    for state in (said["before"], said["after"]):
        assert state["served"] + state["unserved"] == said["wanted"]
        assert state["eat_in"] + state["delivered"] == state["served"]
        assert sum(one["meals"] for one in state["unserved_by"]) == state["unserved"]
    assert sum(one["wanted"] for one in said["units"]) == said["wanted"]
    assert said["unknown"] == {"points": 1, "people_without_place": 0}


def test_what_stands_serves_up_to_its_capacity_and_the_care_home_serves_the_rest(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask()).as_json()
    assert said["before"]["served"] == 30
    assert [(one["name"], one["tier"], one["adds"], one["unit"]) for one in said["new_sites"]] == [
        ("敬老院", "canteen", 50, "第2村")
    ]
    assert said["after"]["served"] == 80
    assert {one["code"]: one["meals"] for one in said["after"]["unserved_by"]} == {"capacity": 20}
    assert said["proven"]


def test_a_point_lives_by_the_kitchen_it_names(tmp_path):
    def served(kitchen_id, **more):
        rows = [KITCHEN | {"id": "K"}, meal(200, 200, "point", meals_per_day=50, kitchen_id=kitchen_id)]
        return plan_meals(place(tmp_path, rows), ask(points=0, **more)).as_json()["before"]["served"]

    assert served("K") == 40
    assert served(None) == 40
    assert served("gone") == 0
    assert served("gone", relink=True) == 40


def test_a_closed_kitchen_stops_the_points_it_supplies(tmp_path):
    rows = [
        KITCHEN | {"id": "K", "state": "closed"},
        meal(200, 200, "point", meals_per_day=50, kitchen_id="K"),
    ]
    report = plan_meals(place(tmp_path, rows), ask(points=0))
    reasons = {one["code"]: one["meals"] for one in report.as_json()["before"]["unserved_by"]}
    assert reasons == {"no_kitchen_in_time": 40, "no_place_in_reach": 60}
    assert any("供餐厨房不在营" in one.zh for one in report.assumptions)


def test_hot_minutes_bind_the_way_from_the_kitchen(tmp_path):
    rows = [
        meal(200, 3800, "kitchen", meals_per_day=90),
        meal(200, 200, "point", meals_per_day=50, delivers=True),
    ]
    said = plan_meals(place(tmp_path, rows), ask(points=0)).as_json()
    point_row = said["points"][0]
    assert said["before"]["served"] == 50
    assert 0 < point_row["supply"][0]["minutes"] < point_row["hot_minutes"] <= 60
    cold = plan_meals(place(tmp_path, rows), ask(points=0, hot_minutes=2)).as_json()
    assert cold["before"]["served"] == 0


def test_a_new_kitchen_serves_where_supplied_points_starve(tmp_path):
    rows = [
        meal(200, 200, "point", meals_per_day=50, delivers=True),
        CANTEEN | {"geometry": point(3800, 3800)},
    ]
    empty = place(tmp_path, [*rows, meal(3900, 3900, "kitchen", meals_per_day=5)])
    said = plan_meals(empty, ask(points=0, kitchens=1, candidates="grid")).as_json()
    assert [one["tier"] for one in said["new_sites"]] == ["kitchen"]
    assert said["before"]["served"] + said["new_sites"][0]["adds"] == pytest.approx(said["after"]["served"])


def test_the_curve_starts_with_today_and_ends_with_the_plan(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask(points=2, candidates="grid", new_meals=10)).as_json()
    curve = [one["served"] for one in said["curve"]]
    assert curve[0] == said["before"]["served"]
    assert curve[-1] == said["after"]["served"]
    assert (np.diff(curve) >= 0).all()


def test_a_budget_limits_the_plan(tmp_path):
    assert plan_meals(place(tmp_path, [CANTEEN]), ask(budget=1)).as_json()["new_sites"] == []


def test_missing_capacity_is_taken_from_the_norm_and_said(tmp_path):
    report = plan_meals(place(tmp_path, [meal(200, 200, "canteen")]), ask(points=0))
    assert report.as_json()["points"][0]["capacity"] == 100
    assert any("没有填日供餐能力" in one.zh for one in report.assumptions)


def test_without_roads_the_answer_is_straight_and_says_so(tmp_path):
    report = plan_meals(place(tmp_path, [CANTEEN], road=[]), ask(travel="straight"))
    assert any("绕行系数" in one.zh for one in report.assumptions)
    assert report.as_json()["after"]["served"] == 80


def test_the_report_is_json_and_carries_its_command_norms_and_layers(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask(exclude=("no_burial_zone",), delivery_min=10)).as_json()
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert said["command"] == (
        "fangyu meals --points 1 --need-per-1000 50 --disabled-share 0.2 --delivery-min 10 --candidates stock "
        "--exclude no_burial_zone --by village --on 2026-01-01 --population-field pop_65_plus"
    )
    assert "hot_meal_minutes" in {one["param"] for one in said["norms"]["values"]}
    assert "meal_point" in said["provenance"]["layers"]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"points": -1}, "新增助餐点数（--points）是 -1，应为零或正数"),
        ({"hot_minutes": 0}, "热食时限（分钟）（--hot-minutes）是 0，应为大于 0"),
        ({"disabled_share": 1.5}, "送餐上门的份额（--disabled-share）是 1.5，应为0 至 1"),
        ({"need_per_1000": float("inf")}, "每千人每日份数（--need-per-1000）是 inf"),
        ({"candidates": "grid", "spacing_m": 0}, "网格间距（米）（--spacing-m）是 0"),
    ],
)
def test_bad_questions_are_refused_by_name(tmp_path, more, message):
    with pytest.raises(InputError, match=message):
        plan_meals(place(tmp_path, [CANTEEN]), ask(**more))


def test_a_workspace_without_meal_points_is_told_what_to_import(tmp_path):
    bare = town(tmp_path, admin_unit=[village(1, 0, 0)], population=[people(1, 1, 5)])
    with pytest.raises(NotFoundError, match="meal_point"):
        plan_meals(bare, ask())


def test_without_new_points_candidates_are_not_said_to_be_missing(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask(points=0)).as_json()
    texts = {one["code"]: one["text"]["zh"] for one in said["after"]["unserved_by"]}
    assert texts["no_place_in_reach"] == "范围内没有助餐点；没有求新点，未查看候选点"


def test_the_time_limit_is_for_the_whole_and_not_for_every_search(tmp_path, monkeypatch):
    limits = []
    for name in ("two_tier", "trade_off"):
        search = getattr(planning, name)
        monkeypatch.setattr(
            planning,
            name,
            lambda *of, search=search, **how: (limits.append(how["time_limit_s"]), search(*of, **how))[1],
        )
    plan_meals(place(tmp_path, [CANTEEN]), ask(time_limit_s=20))
    assert limits[1] <= 14
    assert limits[0] >= limits[2]
    assert max(limits) <= 20


def test_a_kitchen_that_is_not_opened_is_explained(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask(kitchens=1, points=1)).as_json()
    assert [one["zh"] for one in said["notes"]] == [
        "新厨房最多可开 1 处，方案开了 0 处：再开也不能多供一份（已证明）。"
    ]


def test_a_budget_that_pays_for_no_other_point_is_said(tmp_path):
    said = plan_meals(place(tmp_path, [CANTEEN]), ask(points=2, budget=0)).as_json()
    assert [one["zh"] for one in said["notes"]] == [
        "新助餐点最多可开 2 处，方案开了 0 处：预算还剩 0 万元，不够再开一处。"
    ]


ROWS = {
    "admin_unit": [village(one, one * 1000, 0) for one in range(6)],
    "population": [
        people(one * 1000 + 200, 400, count) for one, count in enumerate((101, 77, 53, 7, 31, 13))
    ],
}


def test_meals_of_units_add_up_to_those_of_the_plan_and_none_lacks_more_than_it_wants(tmp_path):
    here = place(tmp_path, [meal(200, 200, "canteen", meals_per_day=7, delivers=True)], **ROWS)
    said = plan_meals(here, ask(points=0, need_per_1000=37)).as_json()
    units = said["units"]
    for key, whole in (
        ("wanted", said["wanted"]),
        ("unserved", said["after"]["unserved"]),
        ("served", said["after"]["served"]),
        ("served_before", said["before"]["served"]),
    ):
        assert round(sum(one[key] for one in units), 1) == whole
    assert all(0 <= one["unserved"] <= one["wanted"] for one in units)
    assert all(str(one["served"])[0] != "-" for one in units)
    assert all(round(sum(one["reasons"].values()), 1) == one["unserved"] for one in units)


def test_a_reason_no_plan_changes_reads_the_same_before_and_after(tmp_path):
    here = place(tmp_path, [meal(200, 200, "canteen", meals_per_day=7, delivers=True)], **ROWS)
    said = plan_meals(here, ask(points=1, need_per_1000=37)).as_json()
    told = [
        {one["code"]: one["meals"] for one in said[state]["unserved_by"]}.get("no_place_in_reach")
        for state in ("before", "after")
    ]
    assert told[0] == told[1]


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 1)), min_size=1, max_size=30))
def test_rounded_parts_make_the_total_and_stay_below_their_most(drawn):
    most = [tenths / 10 for tenths, _ in drawn]
    parts = [one * share for one, (_, share) in zip(most, drawn, strict=True)]
    rounded = adding_up_within(sum(parts), parts, most)
    assert abs(sum(rounded) - sum(parts)) <= 0.05 + 1e-9
    assert all(0 <= one <= cap for one, cap in zip(rounded, most, strict=True))
