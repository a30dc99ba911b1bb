"""Scenarios at rest: names, files, two people saving the same one."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from coverage_town import facility, town
from hypothesis import given
from hypothesis import strategies as st

from gis.coverage.changes import Change
from gis.coverage.scenarios import (
    Scenario,
    delete_scenario,
    list_scenarios,
    load_scenario,
    planned_until,
    save_scenario,
)
from gis.coverage.scenarios.scenario import check_name
from layers.errors import ConflictError, FileFormatError, InputError, NotFoundError

ADD = Change(action="add", id="n1", lon=119.5, lat=31.7, name="新站", amounts=(("beds", 40.0),))


@pytest.fixture
def workspace(tmp_path):
    return town(tmp_path, care_facility=[facility(0, 0)])


def test_a_scenario_comes_back_as_it_was_saved(workspace):
    saved = save_scenario(workspace, Scenario(name="北片 方案1", changes=(ADD,), note="试算"))
    assert load_scenario(workspace, "北片 方案1") == saved
    assert saved.made_on == workspace.day


def test_scenarios_are_listed_by_name_and_can_be_deleted(workspace):
    for name in ("b", "a"):
        save_scenario(workspace, Scenario(name=name))
    delete_scenario(workspace, "b")
    assert [one.name for one in list_scenarios(workspace)] == ["a"]


def test_a_workspace_without_scenarios_lists_none_and_names_what_is_missing(workspace):
    assert list_scenarios(workspace) == ()
    with pytest.raises(NotFoundError, match="没有名为“甲”的方案"):
        load_scenario(workspace, "甲")
    with pytest.raises(NotFoundError):
        delete_scenario(workspace, "甲")


def test_a_new_scenario_does_not_replace_one_of_the_same_name_in_other_capitals(workspace):
    save_scenario(workspace, Scenario(name="Plan A"))
    with pytest.raises(ConflictError, match="已有名为“Plan A”的方案"):
        save_scenario(workspace, Scenario(name="plan a"))


def test_the_second_of_two_people_saving_is_told_what_it_is_now(workspace):
    seen = save_scenario(workspace, Scenario(name="甲"))
    first = save_scenario(workspace, replace(seen, changes=(ADD,)), version=seen.version)
    with pytest.raises(ConflictError) as refused:
        save_scenario(workspace, replace(seen, note="我的"), version=seen.version)
    assert refused.value.current["version"] == first.version
    assert load_scenario(workspace, "甲") == first


def test_of_many_who_save_a_new_one_at_once_one_succeeds(workspace):
    def save(number):
        try:
            save_scenario(workspace, Scenario(name="同名", note=str(number)))
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(save, range(8))) == 1


def test_deleting_what_somebody_else_changed_is_refused(workspace):
    seen = save_scenario(workspace, Scenario(name="甲"))
    save_scenario(workspace, replace(seen, note="改"), version=seen.version)
    with pytest.raises(ConflictError, match="已被别人改过"):
        delete_scenario(workspace, "甲", version=seen.version)


@pytest.mark.parametrize(
    "name",
    ["", " a", "a ", "..", ".a", "-x", "a/b", "a\\b", "../../etc/passwd", "C:x", "a\x00b", "a\nb", "nul", "COM1.x",
     "\u202egnp", "a" * 61, "e\u0301", "a.", "\ud800"],
)  # fmt: skip
def test_names_that_are_no_safe_file_names_are_refused(workspace, name):
    with pytest.raises(InputError, match="方案名"):
        Scenario(name=name)
    with pytest.raises(InputError, match="方案名"):
        load_scenario(workspace, name)


@given(st.text(max_size=80))
def test_a_name_that_is_taken_names_a_file_in_the_folder_itself(name):
    try:
        check_name(name)
    except InputError:
        return
    assert "/" not in name
    assert "\\" not in name
    assert len(f"{name}.json".encode()) <= 255


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"format": 1}', '{"format": 9}', '{"format": 1, "name": "x", "layer": 3}', "[" * 9999]
)  # fmt: skip
def test_a_file_that_is_no_scenario_is_listed_with_what_is_wrong(workspace, content):
    save_scenario(workspace, Scenario(name="好的"))
    (workspace.root / "scenarios" / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"方案文件 x\.json 读不了"):
        load_scenario(workspace, "x")
    assert [(one.name, one.problem is None) for one in list_scenarios(workspace)] == [
        ("x", False),
        ("好的", True),
    ]


def test_a_file_renamed_by_hand_is_not_taken_for_another_scenario(workspace):
    save_scenario(workspace, Scenario(name="甲"))
    folder = workspace.root / "scenarios"
    (folder / "甲.json").rename(folder / "乙.json")
    with pytest.raises(FileFormatError, match="里面写的名字是 甲"):
        load_scenario(workspace, "乙")


def test_nothing_is_left_over_after_saving(workspace):
    save_scenario(workspace, Scenario(name="甲", changes=(ADD,)))
    names = sorted(one.name for one in (workspace.root / "scenarios").iterdir())
    assert names == [".lock", "甲.json"]
    assert json.loads((workspace.root / "scenarios" / "甲.json").read_text("utf-8"))["format"] == 1


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"layer_id": "road"}, "图层 road 不是服务设施。"),
        ({"changes": (ADD, ADD)}, "n1 写了两次新增。"),
        ({"changes": tuple(replace(ADD, id=str(n)) for n in range(201))}, "方案有 201 项变动，最多 200 项。"),
        ({"note": "x" * 2001}, "说明有 2001 个字符，最多 2000 个。"),
    ],
)
def test_what_makes_no_scenario_is_refused(more, message):
    with pytest.raises(InputError) as refused:
        Scenario(name="甲", **more)
    assert refused.value.message.zh == message


def test_what_the_layer_plans_to_open_is_a_scenario(tmp_path):
    rows = [
        {"id": "due", "state": "planned", "opened_on": date(2099, 1, 1)},
        {"id": "built", "state": None, "opened_on": date(2099, 6, 1)},
        {"id": "late", "state": "building", "opened_on": date(2100, 1, 1)},
        {"id": "undated", "state": "planned", "opened_on": None},
        {"id": "there", "state": "operating", "opened_on": date(2020, 1, 1)},
    ]
    made = planned_until(
        town(tmp_path, care_facility=[facility(0, 0, **row) for row in rows]), "care_facility", date(2099, 12, 31)
    )  # fmt: skip
    assert [(one.action, one.id) for one in made.changes] == [("open", "due"), ("open", "built")]
    assert (made.name, made.note[-18:]) == ("规划至 2099-12-31", "另有 1 处没有启用日期，没有计入。")


def test_planned_facilities_without_a_day_open_when_asked_for(tmp_path):
    rows = [
        {"id": "due", "state": "planned", "opened_on": date(2099, 1, 1)},
        {"id": "undated", "state": "planned", "opened_on": None},
    ]
    place = town(tmp_path, care_facility=[facility(0, 0, **row) for row in rows])
    made = planned_until(place, "care_facility", date(2099, 12, 31), undated=True)
    assert [one.id for one in made.changes] == ["due", "undated"]
    assert made.note.endswith("其中 1 处没有启用日期，已计入。")
