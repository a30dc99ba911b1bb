import json
import shlex

import pytest
from coverage_town import ON, facility, people, town, village

from gis.coverage import KERNELS, AccessRequest, CoverageRequest, access
from layers.errors import InputError


def ask(**more):
    reach = {"within_m": 500, "travel": "straight", "definition": "C5", "on": ON} | more.pop("reach", {})
    return AccessRequest(reach=CoverageRequest(**reach), **more)


@pytest.fixture
def uneven(tmp_path):
    """Ten beds near the 100 people of the first village, none near the 50 of the second; the third is unknown."""
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0)],
        care_facility=[facility(500, 500, beds=10), facility(9000, 9000, beds=4), facility(520, 500)],
        population=[people(500, 600, 100), people(2500, 500, 50), people(2600, 500, None)],
    )


def test_ten_beds_for_a_hundred_people_are_a_hundred_per_thousand(uneven):
    said = access(uneven, ask()).as_json()
    rows = {row["name"]: row for row in said["rows"]}
    assert rows["第1村"]["per_1000"] == dict.fromkeys(KERNELS, 100.0)
    assert rows["第2村"]["per_1000"] == dict.fromkeys(KERNELS, 0.0)
    assert (rows["第2村"]["short"], rows["第1村"]["short"]) == (True, False)
    assert rows["第2村"]["people_out_of_reach"] == 50


def test_what_is_unknown_or_idle_is_counted_and_said(uneven):
    said = access(uneven, ask()).as_json()
    assert (said["people"], said["unknown"]) == (150, 1)
    assert (said["supply"], said["idle_supply"], said["facilities_without_supply"]) == (14, 4, 1)
    assert any("1 处设施没有填床位数" in one["zh"] for one in said["assumptions"])
    assert (said["people_at_least"], said["people_unsettled"]) == (100, 0)


def test_where_nobody_tells_what_is_held_facilities_can_be_counted(tmp_path):
    here = town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0)],
        care_facility=[facility(500, 500), facility(520, 500)],
        population=[people(500, 600, 100), people(2500, 500, 50)],
    )
    with pytest.raises(InputError) as caught:
        access(here, ask())
    assert "--supply count" in caught.value.hint.zh
    said = access(here, ask(supply_field="count", kernels=("rectangle",))).as_json()
    assert said["supply"] == 2
    assert {row["name"]: row["per_1000"]["rectangle"] for row in said["rows"]} == {
        "第1村": 20.0,
        "第2村": 0.0,
    }
    assert any("每处设施计 1" in one["zh"] for one in said["assumptions"])
    assert "--supply count" in said["command"]


def test_without_facilities_there_is_nothing_to_count(uneven):
    with pytest.raises(InputError, match="没有在营设施，无法计算可达供给") as caught:
        access(uneven, ask(supply_field="count", reach={"where": {"kind": "other"}}))
    assert caught.value.hint.zh == "3 处中没有符合 kind=other 的；kind 全是空的。"


@pytest.fixture
def silent(tmp_path):
    """The first village has ten beds; the second reaches a facility that does not tell; the third reaches nothing."""
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0), village(3, 4000, 0)],
        care_facility=[facility(500, 500, beds=10), facility(2500, 500)],
        population=[people(500, 600, 100), people(2500, 600, 90), people(4500, 500, 60)],
    )


def test_who_reaches_only_what_is_not_told_is_unsettled_and_not_short(silent):
    said = access(silent, ask()).as_json()
    rows = {row["name"]: (row["short"], row["bound"], row["people_at_least"]) for row in said["rows"]}
    assert rows == {
        "第1村": (False, "exact", 0),
        "第2村": (None, "at_least", 90),
        "第3村": (True, "exact", 0),
    }
    assert (said["people_short"], said["people_unsettled"], said["stable_share"]) == (60, 90, 0.64)


def test_units_of_one_score_make_the_worst_fifth_larger_and_its_share_is_told(uneven):
    assert access(uneven, ask()).as_json()["worst_share"] == dict.fromkeys(KERNELS, 0.3333)


def test_one_in_three_who_has_nothing(uneven):
    even = access(uneven, ask()).as_json()["evenness"]["rectangle"]
    assert even["gini_units"] == pytest.approx(1 / 3, abs=1e-4)
    assert even["palma"] == pytest.approx(1.5, abs=1e-3)


def test_the_report_is_json_and_names_the_command_that_repeats_it(uneven):
    said = access(uneven, ask(kernels=("gaussian",))).as_json()
    assert json.loads(json.dumps(said, allow_nan=False)) == said
    words = shlex.split(said["command"])
    assert words[:3] == ["fangyu", "access", "care_facility"]
    assert words[words.index("--kernel") + 1] == "gaussian"


@pytest.mark.parametrize(
    ("request_of", "message"),
    [
        (lambda: ask(kernels=("flat",)), "没有名为“flat”的衰减函数"),
        (lambda: ask(agree=9), "agree 是 9，应在 1 与衰减函数个数 5 之间"),
        (lambda: ask(supply_field="name"), "name 不是数量"),
        (lambda: ask(supply_field="nursing_beds"), "nursing_beds 全部为空或为零"),
        (lambda: ask(reach={"layer_id": "cemetery"}), "没有默认的供给量字段"),
    ],
)
def test_bad_questions_are_refused_by_name(uneven, request_of, message):
    uneven.store.layers["cemetery"] = uneven.store.layers["care_facility"]
    with pytest.raises(InputError, match=message):
        access(uneven, request_of())
