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


@pytest.fixture
def compared(tmp_path):
    """The same with three small villages of many beds: five units, of which a fifth can be told apart."""
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 2000, 0), *WELL_OFF["admin_unit"]],
        care_facility=[
            facility(500, 500, beds=10),
            facility(9000, 9000, beds=4),
            facility(520, 500),
            *WELL_OFF["care_facility"],
        ],
        population=[
            people(500, 600, 100),
            people(2500, 500, 50),
            people(2600, 500, None),
            *WELL_OFF["population"],
        ],
    )


WELL_OFF = {
    "admin_unit": [village(one, one * 2000, 0) for one in (4, 5, 6)],
    "care_facility": [facility(one * 2000 + 500, 500, beds=9) for one in (4, 5, 6)],
    "population": [people(one * 2000 + 500, 600, 30) for one in (4, 5, 6)],
}
"""Three villages of 30 people with nine beds each."""


def test_ten_beds_for_a_hundred_people_are_a_hundred_per_thousand(compared):
    said = access(compared, ask()).as_json()
    rows = {row["name"]: row for row in said["rows"]}
    assert rows["第1村"]["per_1000"] == dict.fromkeys(KERNELS, 100.0)
    assert rows["第2村"]["per_1000"] == dict.fromkeys(KERNELS, 0.0)
    assert (rows["第2村"]["short"], rows["第1村"]["short"]) == (True, False)
    assert rows["第2村"]["people_out_of_reach"] == 50


def test_what_is_unknown_or_idle_is_counted_and_said(compared):
    said = access(compared, ask()).as_json()
    assert (said["people"], said["unknown"]) == (240, 1)
    assert (said["supply"], said["idle_supply"], said["facilities_without_supply"]) == (41, 4, 1)
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
        admin_unit=[village(1, 0, 0), village(2, 2000, 0), village(3, 4000, 0), *WELL_OFF["admin_unit"]],
        care_facility=[
            facility(500, 500, beds=10),
            facility(2500, 500, name="新村站"),
            *WELL_OFF["care_facility"],
        ],
        population=[
            people(500, 600, 100),
            people(2500, 600, 90),
            people(4500, 500, 80),
            *WELL_OFF["population"],
        ],
    )


def test_who_reaches_only_what_is_not_told_is_unsettled_and_not_short(silent):
    said = access(silent, ask()).as_json()
    rows = {row["name"]: (row["short"], row["bound"], row["people_at_least"]) for row in said["rows"]}
    assert {name: rows[name] for name in ("第1村", "第2村", "第3村")} == {
        "第1村": (False, "exact", 0),
        "第2村": (None, "at_least", 90),
        "第3村": (True, "exact", 0),
    }
    assert (said["people_short"], said["people_unsettled"]) == (80, 90)
    assert (said["stable_share"], said["kernel_share"], said["undecided_share"]) == (0.75, 0, 0.25)


def test_the_facility_that_leaves_most_people_undecided_is_named(silent):
    first = access(silent, ask()).as_json()["fill_first"]
    assert [(one["name"], one["people"]) for one in first] == [("新村站", 90)]


def test_few_units_are_not_compared(uneven):
    said = access(uneven, ask()).as_json()
    assert said["no_verdict"]["zh"].startswith("只有 2 个有人口的单元，分不出“最少的五分之一”：至少要 5 个")
    assert [row["short"] for row in said["rows"]] == [None, None]
    assert (said["people_short"], said["stable_share"], said["fill_first"]) == (0, None, [])


def test_where_the_worst_fifth_holds_most_people_nobody_is_called_short(tmp_path):
    here = town(
        tmp_path,
        admin_unit=[village(one, one * 2000, 0) for one in range(1, 7)],
        care_facility=[facility(2500, 500, beds=5)],
        population=[people(one * 2000 + 500, 600, 10) for one in range(1, 7)],
    )
    said = access(here, ask()).as_json()
    assert "“最少的五分之一”占人口 83.3%" in said["no_verdict"]["zh"]
    assert {row["short"] for row in said["rows"]} == {None}


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
        (lambda: ask(agree=9), "（--agree）是 9，应在 1 与衰减函数个数 5 之间"),
        (lambda: ask(supply_field="name"), "name 不是数量"),
        (lambda: ask(supply_field="nursing_beds"), "nursing_beds 全部为空或为零"),
        (lambda: ask(reach={"layer_id": "cemetery"}), "没有默认的供给量字段"),
    ],
)
def test_bad_questions_are_refused_by_name(uneven, request_of, message):
    uneven.store.layers["cemetery"] = uneven.store.layers["care_facility"]
    with pytest.raises(InputError, match=message):
        access(uneven, request_of())
