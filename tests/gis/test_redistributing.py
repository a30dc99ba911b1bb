import json

import pytest
from coverage_town import ON, facility, people, town, village

from gis.coverage import CoverageRequest
from gis.coverage.catchments.redistributing import RedistributionRequest, redistribution
from layers.errors import InputError


def ask(**more):
    reach = {"within_m": 500, "travel": "straight", "definition": "C5", "on": ON}
    return RedistributionRequest(reach=CoverageRequest(**reach), **more)


@pytest.fixture
def lopsided(tmp_path):
    """Thirty beds beside 100 people, ten beside 300, and a facility that does not tell."""
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0)],
        care_facility=[
            facility(500, 500, beds=30, name="东院"),
            facility(2500, 500, beds=10, name="西院"),
            facility(510, 500),
        ],
        population=[people(500, 600, 100), people(2500, 600, 300)],
    )


def test_beds_follow_the_people(lopsided):
    said = redistribution(lopsided, ask()).as_json()
    rows = {row["name"]: row for row in said["rows"]}
    assert (rows["东院"]["best_whole"], rows["西院"]["best_whole"]) == (10, 30)
    assert (rows["东院"]["change"], rows["西院"]["change"]) == (-20, 20)
    assert (said["total"], said["left_out"], said["proven"]) == (40, 1, True)


def test_where_nobody_knows_the_beds_every_facility_starts_from_one(lopsided):
    said = redistribution(lopsided, ask(supply_field="count", supply_total=40)).as_json()
    assert [row["now"] for row in said["rows"]] == [1, 1, 1]
    assert sum(row["best"] for row in said["rows"]) == pytest.approx(40)
    assert any("每处设施计 1" in one["zh"] for one in said["assumptions"])


def test_the_optimum_is_measured_beside_what_is(lopsided):
    spreads = redistribution(lopsided, ask()).as_json()["spreads"]
    assert spreads["now"]["mean"] == spreads["best"]["mean"] == 100
    assert spreads["now"]["sd"] == pytest.approx(115.4701)
    assert spreads["now"]["gini"] == 0.5
    assert (spreads["best"]["sd"], spreads["best"]["gini"]) == (0, 0)


def test_keeping_what_stands_only_adds(lopsided):
    said = redistribution(lopsided, ask(keep_existing=True, supply_total=60)).as_json()
    assert {row["name"]: row["best_whole"] for row in said["rows"]} == {"东院": 30, "西院": 30}


def test_no_site_gets_more_than_the_most(lopsided):
    said = redistribution(lopsided, ask(max_per_site=25)).as_json()
    assert {row["name"]: row["best_whole"] for row in said["rows"]} == {"东院": 15, "西院": 25}
    assert "--max-per-site 25" in said["command"]


def test_the_report_is_json(lopsided):
    said = redistribution(lopsided, ask()).as_json()
    assert json.loads(json.dumps(said, allow_nan=False)) == said


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"keep_existing": True}, "没有可分配的"),
        ({"max_per_site": 5}, "总量 40 放不下"),
        ({"supply_total": 20, "keep_existing": True}, "各设施下限合计 40"),
        ({"kernel": "flat"}, "没有名为“flat”的衰减函数"),
        ({"supply_total": -2}, "--supply-total 是 -2，应为零或正数"),
    ],
)
def test_bad_questions_are_refused_by_name(lopsided, how, message):
    with pytest.raises(InputError, match=message):
        redistribution(lopsided, ask(**how))


def test_bounds_that_clash_name_the_facility_and_the_options(lopsided):
    with pytest.raises(InputError) as caught:
        redistribution(lopsided, ask(keep_existing=True, max_per_site=20, supply_total=60))
    assert caught.value.message.zh == (
        "--keep-existing 与 --max-per-site 20 冲突：“东院”现有 30，已超过每处上限（共 1 处如此）。"
    )
    assert caught.value.hint.en == "Give --max-per-site 30 or more, or leave out --keep-existing."
