"""A planning set of a scenario: its changes on the cover, before and after side by side, nothing small in public."""

import io
import shlex
from datetime import date

import openpyxl
import pytest
from docx import Document
from drawing_district import district

from gis.coverage import CoverageRequest, cover
from gis.coverage.changes import Change
from gis.coverage.scenarios import Scenario, save_scenario
from layers.text import Text
from web.planning_set import PlanningSetRequest, planning_set
from web.planning_set.steps import Steps

ON = date(2026, 1, 1)
CHANGES = (
    Change(action="close", id="c0"),
    Change(action="close", id="c2"),
    Change(action="add", id="n1", lon=119.443, lat=31.667, name="新站", amounts=(("beds", 40.0),)),
)
ASKED = {"layers": ("care_facility",), "within_min": (5.0, 15.0), "definitions": ("C6",), "on": ON}


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {one.title: list(one.iter_rows(values_only=True)) for one in book.worksheets}


def words(content):
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def rows_below(rows, first_head):
    at = next(i for i, row in enumerate(rows) if row[0] == first_head)
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if row[1] is not None]


@pytest.fixture(scope="module")
def book(workspace):
    return sheets(planning_set(workspace, PlanningSetRequest(**ASKED, changes=CHANGES), "xlsx"))


def test_the_cover_says_which_state_is_shown(tmp_path):
    with district(tmp_path) as opened:
        save_scenario(opened, Scenario(name="近期", layer_id="care_facility", changes=CHANGES))
        states = {
            "方案：现状，没有方案变动。": {},
            "方案：变动之后（3 项变动，没有存为方案）。": {"changes": CHANGES},
            "方案：方案“近期”变动之后（3 项变动）。": {"scenario": "近期"},
        }
        for said, more in states.items():
            content = planning_set(opened, PlanningSetRequest(**ASKED, **more), "docx")
            assert said in words(content).split("\n")


def test_before_and_after_are_the_figures_of_cover(workspace, book):
    rows = rows_below(book["前后对比"], "服务")
    for row, minutes in zip(rows, (5.0, 15.0), strict=True):
        was, now = (
            cover(workspace, CoverageRequest(within_min=minutes, on=ON, changes=some))
            for some in ((), CHANGES)
        )
        assert row["等级"] == f"C6 {minutes:g} 分钟"
        assert row["变动前（人）"] == pytest.approx(was.numerator, abs=0.05)
        assert row["变动后（人）"] == pytest.approx(now.numerator, abs=0.05)


def test_people_gained_and_lost_add_up_to_the_difference(book):
    total = rows_below(book["前后对比"], "服务")[-1]
    moved = rows_below(book["养老服务设施变化"], "村居")
    assert moved
    net = sum(row["新增覆盖（人）"] - row["失去覆盖（人）"] for row in moved)
    assert net == pytest.approx(total["变动后（人）"] - total["变动前（人）"], abs=0.1 * len(moved))


def test_changes_are_listed_with_name_place_and_size(book):
    rows = rows_below(book["方案变动"], "服务")
    assert [(row["变动"], row["名称"], row["编号"], row["规模"]) for row in rows] == [
        ("关停", "第0居家养老服务中心", "c0", None),
        ("关停", "第2居家养老服务中心", "c2", None),
        ("新增", "新站", "n1", "床位数 40"),
    ]


def test_in_public_no_village_tells_how_many_people_moved(workspace):
    asked = PlanningSetRequest(**ASKED, changes=CHANGES, profile="public")
    found = sheets(planning_set(workspace, asked, "xlsx"))
    moved = rows_below(found["养老服务设施变化"], "村居")
    assert moved
    assert all(list(row) == ["村居", "变动前（%）", "变动后（%）"] for row in moved)
    assert all(row["变动前（%）"] != row["变动后（%）"] for row in moved)


def test_in_public_changes_have_no_internal_id_and_no_exact_place(workspace):
    asked = PlanningSetRequest(**ASKED, changes=CHANGES, profile="public")
    found = sheets(planning_set(workspace, asked, "xlsx"))
    rows = rows_below(found["方案变动"], "服务")
    assert "编号" not in rows[0]
    assert [(row["名称"], row["经度"]) for row in rows] == [
        ("第0居家养老服务中心", None),
        ("第2居家养老服务中心", None),
        ("新站", 119.443),
    ]
    commands = [row[1] for row in found["重算命令"] if str(row[1]).startswith("fangyu")]
    assert len(commands) == 1
    assert "--close" not in commands[0]


def test_as_things_are_there_is_nothing_to_compare(workspace):
    assert "前后对比" not in sheets(planning_set(workspace, PlanningSetRequest(**ASKED), "xlsx"))


def test_the_command_repeats_barriers_need_and_changes():
    asked = PlanningSetRequest(**ASKED, changes=CHANGES, barriers=("barrier",), need_per_1000=30.0)
    said = shlex.split(asked.command("docx"))
    for option, value in (("--barrier", "barrier"), ("--need-per-1000", "30"), ("--close", "c0")):
        assert said[said.index(option) + 1] == value


def test_progress_names_its_steps_in_order_and_ends_full(workspace):
    told = []
    asked = PlanningSetRequest(**ASKED, changes=CHANGES)
    planning_set(workspace, asked, "docx", lambda stage, done, total: told.append((stage.en, done, total)))
    numbers = [int(stage.split("(")[1].split("/")[0]) for stage, _, _ in told]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 7))
    assert told[-1] == ("Writing the file (6/6)", 1, 1)


def test_a_progress_that_raises_stops_the_work(workspace):
    def stop(stage, *_):
        if "3/" in stage.en:
            raise RuntimeError(stage.en)

    with pytest.raises(RuntimeError, match="Looking for gaps"):
        planning_set(workspace, PlanningSetRequest(**ASKED, changes=CHANGES), "docx", stop)


def test_a_step_tells_its_own_words_behind_its_name():
    told = []
    show = Steps(lambda stage, *_: told.append(stage.zh), 2).next(Text("选址", "Sites"))
    show(Text("求解", "Solving"), 1, 2)
    show(Text("选址", "Sites"), 2, 2)
    assert told == ["选址（1/2）", "选址（1/2）：求解", "选址（1/2）"]
