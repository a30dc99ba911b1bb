import json
from pathlib import Path

import numpy as np
import pytest
from coverage_town import ON, facility, grid_roads, people, point, town, village

from gis.coverage.periods import PhaseRequest, plan_phases, read_periods
from gis.coverage.request import CoverageRequest
from layers.errors import ColumnError, InputError

ROADS = grid_roads(20, 200)
CODES = ("320413101001", "320413101002")


@pytest.fixture
def place(tmp_path):
    """A facility with 40 beds near 100 people, 60 and 40 people far off in two other places."""
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0, 2000), village(2, 2000, 0, 2000)],
        care_facility=[facility(200, 200, beds=8)],
        population=[people(200, 400, 100), people(2200, 600, 60), people(3600, 1800, 40), people(400, 600, None)],
        point_of_interest=[
            {"name": "甲", "kind": "hospital", "geometry": point(2200, 400)},
            {"name": "乙", "kind": "hospital", "geometry": point(3600, 1600)},
        ],
        road=ROADS,
    )  # fmt: skip


def ask(**more):
    reach = CoverageRequest(within_m=500, travel="network", on=ON)
    usual = {
        "reach": reach,
        "periods": ((2026, 1), (2030, 1)),
        "candidates": "point_of_interest",
        "growth": 0.0,
    }
    return PhaseRequest(**(usual | more))


def csv(tmp_path: Path, *rows: str) -> Path:
    file = tmp_path / "growth.csv"
    file.write_text("code,year,people\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def test_sites_open_in_the_order_of_what_they_add(place):
    report = plan_phases(place, ask()).as_json()
    assert [(one["opens"], one["name"], one["adds"]) for one in report["sites"]] == [
        (2026, "甲", 60),
        (2030, "乙", 40),
    ]
    assert [one["covered"]["people"] for one in report["periods"]] == [160, 200]
    assert report["proven"]


def test_people_add_up_in_every_period(place):
    for one in plan_phases(place, ask(growth=0.05)).as_json()["periods"]:
        assert one["covered"]["people"] + one["unserved"] == pytest.approx(one["people"], abs=0.2)
        assert one["without_new"]["people"] <= one["covered"]["people"]


def test_growth_multiplies_everybody_alike(place):
    years = plan_phases(place, ask(growth=0.1)).as_json()["periods"]
    assert [one["people"] for one in years] == [200, pytest.approx(200 * 1.1**4, abs=0.1)]


def test_a_table_moves_the_growth_and_with_it_the_order(place, tmp_path):
    growth = csv(tmp_path, f"{CODES[1]},2026,100", f"{CODES[1]},2030,300")
    said = plan_phases(place, ask(growth=growth)).as_json()
    assert [one["people"] for one in said["periods"]] == [200, pytest.approx(300 + 100 * 1.03**4, abs=0.1)]
    assert said["growth"]["table"]["units"] == 1


def test_rows_that_cannot_be_used_are_refused_by_name(place, tmp_path):
    growth = csv(
        tmp_path, f"{CODES[0]},2026,100", "999,2026,5", f"{CODES[0]},soon,5", f"{CODES[0]},2028,-1",
        f"{CODES[0]},2026,7",
    )  # fmt: skip
    table = plan_phases(place, ask(growth=growth)).as_json()["growth"]["table"]
    assert table["rows"] == 5
    assert [(one["row"], one["column"], one["value"], one["reason"]["zh"]) for one in table["refused"]] == [
        (3, "code", "999", "没有这个代码的单元"),
        (4, "year", "soon", "不是年份"),
        (5, "people", "-1", "不是零或正数"),
        (6, "year", "2026", "这个单元这一年写了两次"),
    ]


def test_a_table_without_its_columns_or_without_a_usable_row_is_refused(place, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("code,people\n1,2\n", encoding="utf-8")
    with pytest.raises(ColumnError, match="缺少列：年份"):
        plan_phases(place, ask(growth=bad))
    with pytest.raises(ColumnError, match="1 行都不能用"):
        plan_phases(place, ask(growth=csv(tmp_path, "999,2026,5")))


def test_without_new_sites_coverage_falls_where_growth_is_elsewhere(place, tmp_path):
    growth = csv(tmp_path, f"{CODES[1]},2026,100", f"{CODES[1]},2036,1100", f"{CODES[0]},2036,100")
    said = plan_phases(place, ask(growth=growth, target_share=0.4, horizon_years=10)).as_json()["outlook"]
    assert said["coverage"]["first_below"] == 2027 + 0
    assert len(said["coverage"]["by_year"]) == 11


def test_beds_per_1000_fall_below_the_norm_in_a_year_that_is_named(place):
    said = plan_phases(place, ask(growth=0.03)).as_json()["outlook"]["supply"]
    assert (said["field"], said["target"], said["by_year"][0]["value"]) == ("beds", 40, 40)
    assert said["first_below"] == 2027
    assert said["years_left"] == 1


def test_the_report_is_json_and_carries_its_command(place):
    said = plan_phases(place, ask(growth=0.02)).as_json()
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    assert "--periods 2026:1,2030:1 --growth 0.02 --candidates point_of_interest" in said["command"]
    assert said["command"].startswith("fangyu phases care_facility")
    assert said["unknown"] == 1


def test_periods_are_read_as_they_are_written():
    assert read_periods("2026:3, 2030:3，2035：4") == ((2026, 3), (2030, 3), (2035, 4))
    with pytest.raises(InputError, match="“2026”读不懂"):
        read_periods("2026")


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"periods": ()}, "应从小到大"),
        ({"periods": ((2030, 1), (2026, 1))}, "应从小到大"),
        ({"periods": ((2020, 1),)}, "不早于 2026 年"),
        ({"periods": ((2026, 3),)}, "各期共新增 3 处，只有 2 个候选点"),
        ({"growth": 2.0}, "增长率（--growth）是 2"),
        ({"target_share": 1.5}, "目标份额（--target-share）是 1.5"),
        ({"horizon_years": 0}, "往后看的年数（--horizon-years）是 0"),
    ],
)
def test_bad_questions_are_refused_by_name(place, more, message):
    with pytest.raises(InputError, match=message):
        plan_phases(place, ask(**more))


def test_looking_ahead_never_covers_less_than_year_by_year(place):
    said = plan_phases(place, ask(growth=0.04)).as_json()
    assert said["myopic"]["gained"] >= 0
    assert np.isclose(said["objective"], sum(one["covered"]["people"] for one in said["periods"]), atol=0.5)
