"""The gap list: reasons, what severs people from what is near, and remedies."""

from datetime import date

import pytest
from coverage_town import ON, facility, grid_roads, line, people, point, square, town, village

from gis.coverage import CoverageRequest, cover, gap_list
from gis.coverage.cover import outcome_of
from gis.coverage.gaps import gap_list as module
from gis.coverage.gaps.reasons import CODES

U_TURN = {"geometry": line((0, 0), (0, 900), (300, 900), (300, 0)), "walkable": True}


def ask(**given):
    return CoverageRequest(on=ON, **({"within_m": 900} if "definition" not in given else {}) | given)


def listed(report):
    return {one.name: (one.reason.code, one.people) for one in report.gaps}


def banks(root, **more):
    """A home and a facility 300 m apart, with a walk of 2,100 m between them."""
    given = {
        "admin_unit": [village(1, -100, -100)],
        "care_facility": [facility(300, 0)],
        "population": [people(0, 0, 50)],
        "road": [U_TURN],
    }
    return town(root, **(given | more))


RIVER = {"kind": "river", "name": "云溪", "geometry": line((150, -500), (150, 5000))}


def test_a_river_between_home_and_facility_is_named_with_the_detour(tmp_path):
    [gap] = gap_list(banks(tmp_path, barrier=[RIVER]), ask()).gaps
    assert gap.reason.code == "severed_by_river"
    assert gap.reason.text.zh == (
        "“日间照料中心”直线只有 300 米，但被河流“云溪”隔断，沿路到最近的设施要走 2,100 米（绕行 7.0 倍），超过 900 米。"
    )
    assert gap.across.name == "云溪"
    assert gap.detour_ratio == pytest.approx(7, abs=0.05)


@pytest.mark.parametrize(("up_m", "code", "ratio"), [(140, "detour", 1.93), (160, "severed_by_river", 2.07)])
def test_a_barrier_is_blamed_only_for_a_long_detour(tmp_path, up_m, code, ratio):
    around = {"geometry": line((0, 0), (0, up_m), (300, up_m), (300, 0)), "walkable": True}
    [gap] = gap_list(banks(tmp_path, barrier=[RIVER], road=[around]), ask(within_m=500)).gaps
    assert gap.reason.code == code
    assert gap.detour_ratio == pytest.approx(ratio, abs=0.02)
    assert (gap.across is None) == (code == "detour")
    assert ("crossing" in {one.kind for one in gap.remedies}) == (code != "detour")


def test_a_mild_detour_names_what_lies_between_and_does_not_blame_it(tmp_path):
    around = {"geometry": line((0, 0), (0, 140), (300, 140), (300, 0)), "walkable": True}
    [gap] = gap_list(banks(tmp_path, barrier=[RIVER], road=[around]), ask(within_m=500)).gaps
    assert gap.reason.text.zh.endswith(
        "（绕行 1.9 倍），超过 500 米。其间有河流“云溪”，绕行不到 2 倍，不算被它隔断。"
    )
    assert gap.reason.text.en.endswith(
        "River 云溪 lies between, but the detour is below 2 times: that is not counted as severed."
    )


def test_the_ratio_a_barrier_is_blamed_by_is_printed_where_it_was_asked(tmp_path):
    def printed(place, **more):
        found = gap_list(banks(tmp_path / place, barrier=[RIVER], **more), ask())
        return [one["param"] for one in found.norms["values"]]

    assert printed("round").count("detour_ratio_severed") == 1
    bridge = {"geometry": line((0, 0), (300, 0)), "walkable": True, "bridge": True}
    assert "detour_ratio_severed" not in printed("across", road=[U_TURN, bridge])


def test_a_barrier_is_not_blamed_where_it_would_not_help_to_cross_it(tmp_path):
    [gap] = gap_list(banks(tmp_path, barrier=[RIVER]), ask(within_m=250)).gaps
    assert (gap.reason.code, gap.across) == ("too_far", None)


def test_the_outcome_is_worked_out_once(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(module, "outcome_of", lambda here: asked.append(here) or outcome_of(here))
    assert len(gap_list(banks(tmp_path), ask()).gaps) == 1
    assert len(asked) == 1


def test_a_bridge_over_the_river_leaves_no_gap(tmp_path):
    bridge = {"geometry": line((0, 0), (300, 0)), "walkable": True, "bridge": True}
    assert gap_list(banks(tmp_path, barrier=[RIVER], road=[U_TURN, bridge]), ask()).gaps == ()


@pytest.mark.parametrize(
    ("road_class", "more", "code"),
    [
        ("rail", {}, "severed_by_rail"),
        ("motorway", {}, "severed_by_expressway"),
        ("trunk", {"walkable": False}, "severed_by_expressway"),
        ("trunk", {}, "detour"),
        ("motorway", {"bridge": True}, "detour"),
        ("rail", {"tunnel": True}, "detour"),
        ("primary", {}, "detour"),
    ],
)
def test_roads_nobody_walks_on_sever_unless_they_pass_above_or_below(tmp_path, road_class, more, code):
    line_ = {"geometry": line((150, -500), (150, 500)), "road_class": road_class, **more}
    [gap] = gap_list(banks(tmp_path, road=[U_TURN, line_]), ask()).gaps
    assert gap.reason.code == code


def test_an_area_severs_like_a_line_and_a_wall_is_called_a_wall(tmp_path):
    lake = {"kind": "wall", "name": None, "geometry": square(100, -500, 100).union(square(100, -400, 700))}
    [gap] = gap_list(banks(tmp_path, barrier=[lake]), ask()).gaps
    assert gap.reason.code == "severed_by_wall"
    assert "被围墙隔断" in gap.reason.text.zh
    assert gap.reason.text.en.startswith(
        "日间照料中心 is 300 m away in a straight line, but a wall or fence lies"
    )


def test_the_layers_that_reasons_rest_on_are_named(tmp_path):
    assert "barrier" in gap_list(banks(tmp_path, barrier=[RIVER]), ask()).provenance["layers"]


def test_of_several_barriers_the_river_is_named_first(tmp_path):
    rail = {"kind": "rail", "name": "老铁路", "geometry": line((50, -500), (50, 500))}
    [gap] = gap_list(banks(tmp_path, barrier=[rail, RIVER]), ask()).gaps
    assert (gap.reason.code, gap.across.name) == ("severed_by_river", "云溪")


def test_a_layer_named_in_the_question_severs_too(tmp_path):
    zone = {"name": "军事管理区", "geometry": square(100, -50, 100)}
    [gap] = gap_list(banks(tmp_path, no_burial_zone=[zone]), ask(barriers=("no_burial_zone",))).gaps
    assert (gap.reason.code, gap.across.name) == ("severed_by_other", "军事管理区")


def test_without_any_barriers_a_detour_says_that_nobody_knows(tmp_path):
    [gap] = gap_list(banks(tmp_path), ask()).gaps
    assert gap.reason.code == "detour"
    assert gap.reason.text.zh.endswith("没有阻隔图层，是否被河流、围墙等隔断不清楚。")


def test_with_barriers_elsewhere_a_detour_is_only_a_detour(tmp_path):
    far = {**RIVER, "geometry": line((5000, 0), (5000, 900))}
    [gap] = gap_list(banks(tmp_path, barrier=[far]), ask()).gaps
    assert gap.reason.code == "detour"
    assert gap.reason.text.zh.endswith("超过 900 米。")


def test_a_home_without_any_way_across_is_severed_too(tmp_path):
    roads = [{"geometry": line((0, 0), (0, 50))}, {"geometry": line((300, 0), (300, 50))}]
    [gap] = gap_list(banks(tmp_path, barrier=[RIVER], road=roads), ask()).gaps
    assert gap.reason.code == "severed_by_river"
    assert "没有路可到任何设施" in gap.reason.text.zh
    assert gap.detour_ratio is None


def test_the_coverage_report_gives_the_same_reason(tmp_path):
    workspace = banks(tmp_path, barrier=[RIVER])
    [gap], [row] = gap_list(workspace, ask()).gaps, cover(workspace, ask()).rows
    assert gap.reason == row.reason


def test_gaps_come_by_people_and_unknown_ones_last(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0), village(3, 4000, 0), village(4, 6000, 0)],
        care_facility=[facility(-5000, 0)],
        population=[people(500, 500, 3), people(2500, 500, 9), people(4500, 500, None), people(6500, 500, 0)],
    )
    report = gap_list(workspace, ask(travel="straight"))
    assert list(listed(report).items()) == [
        ("第2村", ("too_far", 9)),
        ("第1村", ("too_far", 3)),
        ("第3村", ("population_unknown", None)),
    ]
    assert [(one["code"], one["gaps"], one["people"]) for one in report.by_reason()] == [
        ("too_far", 2, 12),
        ("population_unknown", 1, None),
    ]


def test_people_of_covered_units_who_are_not_served_count_in_the_total(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0, 9000)],
        care_facility=[facility(0, 0)],
        population=[people(100, 100, 8), people(8000, 8000, 2)],
    )
    report = gap_list(workspace, ask(travel="straight"))
    assert (report.gaps, report.people.unserved, report.unlisted_people) == ((), 2, 2)
    assert [(one["code"], one["gaps"], one["people"]) for one in report.by_reason()] == [("too_far", 0, 2)]
    [one] = gap_list(workspace, ask(travel="straight"), by_points=True).gaps
    assert (one.people, one.reason.code, one.name) == (2, "too_far", "第1村")


def test_the_parts_of_a_gap_add_up_to_its_people(tmp_path):
    more = {"population": [people(0, 0, 50), people(0, 850, 7), people(5000, 600, 4)]}
    lane = {"geometry": line((9500, 0), (9500, 600)), "walkable": True}
    unit = {"admin_unit": [village(1, -100, -100, 9000)], "road": [U_TURN, lane]}
    [gap] = gap_list(banks(tmp_path, barrier=[RIVER], **more, **unit), ask(within_m=400)).gaps
    assert gap.parts == (("severed_by_river", 50), ("too_far", 7), ("off_road", 4))
    assert sum(people for _, people in gap.parts) == gap.people


def test_people_by_reason_add_up_to_all_who_are_not_served_and_small_parts_show(tmp_path):
    more = {"population": [people(0, 0, 50), people(5000, 600, 90), people(9500, 0, 8), people(9500, 500, 1)]}
    units = {"admin_unit": [village(1, -100, -100, 9000), village(2, 9000, 0)]}
    near = {"care_facility": [facility(300, 0), facility(9500, 0)]}
    lane = {"geometry": line((9500, 0), (9500, 600)), "walkable": True}
    workspace = banks(tmp_path, barrier=[RIVER], road=[U_TURN, lane], **more, **units, **near)
    report = gap_list(workspace, ask(within_m=400))
    said = {one["label"]["zh"]: (one["gaps"], one["people"]) for one in report.as_json()["by_reason"]}
    assert said["被河流隔断"] == (0, 50)
    assert sum(people for _, people in said.values()) == report.people.unserved
    assert report.as_json()["people_in_covered_units"] == 1


def test_remedies_are_found_among_part_of_a_layer_that_knows_no_states(tmp_path):
    places = [facility(9000, 0, kind="pharmacy"), facility(8000, 0, kind="hospital")]
    workspace = banks(tmp_path, point_of_interest=[{**one, "opened_on": None} for one in places])
    for given in ({"within_m": 900}, {"definition": "C5", "within_m": 900}):
        asked = ask(layer_id="point_of_interest", where={"kind": "hospital"}, **given)
        [gap] = gap_list(workspace, asked).gaps
        assert "build" in {one.kind for one in gap.remedies}


def test_an_area_without_a_point_of_demand_is_told_apart_and_is_no_gap(tmp_path):
    areas = [
        {"name": "有人", "code": "a", "geometry": square(-100, -100, 400)},
        {"name": "空地", "code": "b", "geometry": square(5000, 0, 100)},
    ]
    workspace = banks(tmp_path, study_area=areas)
    rows = {row.name: row.reason for row in cover(workspace, ask(by="study_area")).rows}
    assert rows["空地"].code == "no_points"
    assert [one.name for one in gap_list(workspace, ask(by="study_area")).gaps] == ["有人"]


def test_every_code_a_list_gives_is_one_of_the_codes(tmp_path):
    workspace = banks(tmp_path, barrier=[RIVER])
    for given in ({}, {"definition": "C1"}, {"definition": "C2"}, {"travel": "straight", "within_m": 200}):
        report = gap_list(workspace, ask(**given))
        assert {one.reason.code for one in report.gaps} <= set(CODES)


def test_the_command_repeats_the_list(tmp_path):
    report = gap_list(banks(tmp_path), ask(), by_points=True)
    assert report.command.startswith("fangyu gaps care_facility --definition C6 --within-m 900")
    assert report.command.endswith("--points")


def test_grid_roads_leave_the_far_village_too_far(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 1000, 0)],
        care_facility=[facility(200, 200, opened_on=date(2020, 1, 1))],
        population=[people(200, 300, 100), people(1800, 800, 30)],
        road=grid_roads(10, 200),
    )
    assert listed(gap_list(workspace, ask(within_m=500))) == {"第2村": ("too_far", 30)}
    assert point(0, 0).x == pytest.approx(119.5)


def test_people_of_unknown_capacity_are_counted_though_nobody_can_say_whether_there_is_room(tmp_path):
    workspace = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(300, 300, beds=None)],
        population=[people(200, 200, 40)],
    )
    report = gap_list(workspace, ask(definition="C7", within_m=900, travel="straight"))
    assert [(one["code"], one["people"]) for one in report.by_reason()] == [("capacity_unknown", 40)]
    assert report.people.unknown == 40


def test_what_a_new_place_adds_is_about_that_many_where_it_is_an_estimate(tmp_path):
    rows = {"admin_unit": [village(1, 0, 0)], "care_facility": [facility(5000, 0, beds=1)],
            "population": [people(200, 200, 40)]}  # fmt: skip
    full = gap_list(town(tmp_path / "a", **rows), ask(definition="C7", within_m=900, travel="straight"))
    plain = gap_list(town(tmp_path / "b", **rows), ask(within_m=900, travel="straight"))
    built = [
        next(one.text.zh for one in report.gaps[0].remedies if one.kind == "build")
        for report in (full, plain)
    ]
    assert "该单元约增加 40 人" in built[0]
    assert "该单元增加 40 人" in built[1]
