"""Judging one name: severities, exceptions, evidence."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.names import Candidate, check_candidates, check_name, load_packs, segment, status_of
from gis.names.exceptions import exception_ids
from layers.errors import NotFoundError

NATIONAL = load_packs(("national-2022",))


def test_an_ordinary_name_is_clear():
    assert check_name(Candidate(name="云溪花园")) == []


def test_an_empty_name_of_nothing_known_gives_no_finding():
    assert check_name(Candidate(name=" ")) == []


def test_an_empty_name_of_a_road_is_a_road_without_a_name():
    assert [one.category for one in check_name(Candidate(name=" ", entity_class="road"))] == ["有地无名"]


def test_a_sign_with_another_name_is_found_beside_what_is_wrong_with_the_name():
    known = Candidate(name="巴黎路", signed_name="云溪路", entity_class="road")
    assert {one.category for one in check_name(known)} == {"洋", "标志"}


@pytest.mark.parametrize("name", ["維也納花園", "维 也 纳 花 园", "维也纳\u200b花园", "维也纳花园🙂"])
def test_a_foreign_place_is_found_however_it_is_written(name):
    finding = next(
        one for one in check_name(Candidate(name=name, entity_class="residential")) if one.category == "洋"
    )
    assert (finding.evidence["word"], finding.feature_name) == ("维也纳", name)
    assert "🙂" in name or finding.evidence["segments"]["written"] == name


@pytest.mark.parametrize("name", ["花园\u0007", "云溪🙂小区", "=cmd|' /C calc'!A0", "云溪\u202e花园"])
def test_control_characters_emoji_and_formulas_are_odd_signs(name):
    findings = check_name(Candidate(name=name, entity_class="residential"))
    assert "names.odd-symbol" in {one.code for one in findings}


def test_a_name_of_three_hundred_characters_is_judged_like_any_other():
    findings = check_name(Candidate(name="云溪" * 148 + "巴黎花园", entity_class="residential"))
    assert {one.code for one in findings} == {"names.foreign-place"}


def test_a_name_no_longer_in_use_is_not_judged():
    assert check_name(Candidate(name="巴黎花园", status="historic")) == []


def test_a_marketing_name_in_use_is_judged_and_led_to_its_registered_name():
    known = Candidate(
        name="巴黎公馆", status="nonstandard", registered_name="云溪苑", entity_class="residential"
    )
    assert {one.category for one in check_name(known)} == {"洋", "一地多名"}


def test_a_name_of_unknown_class_is_reviewed_rather_than_suspected():
    finding = check_name(Candidate(name="巴黎印象"))[0]
    assert finding.severity == "review"
    assert finding.evidence["exceptions"][-1]["id"] == "class-unknown"


def test_every_exception_of_the_rule_is_shown_with_its_outcome():
    finding = check_name(Candidate(name="巴黎花园", entity_class="residential"))[0]
    outcomes = {one["id"]: one["outcome"] for one in finding.evidence["exceptions"]}
    assert outcomes["village"] == "does-not-apply"
    assert outcomes["settled"] == "unknown"
    assert len(finding.exceptions) == len(outcomes)


def test_the_evidence_holds_word_position_parts_and_source():
    evidence = check_name(Candidate(name="江苏省云溪市巴黎花园"))[0].evidence
    assert (evidence["word"], evidence["start"], evidence["list"]) == ("巴黎", 6, "capitals")
    assert evidence["segments"]["generic"] == "花园"
    assert "首都" in evidence["list_source"]


@pytest.mark.parametrize(
    ("since", "status"), [(date(1990, 1, 1), "clear"), (date(2015, 1, 1), "suspect"), (None, "suspect")]
)
def test_a_name_settled_before_1996_is_left_alone(since, status):
    known = Candidate(name="巴黎花园", entity_class="residential", in_use_since=since)
    assert status_of(check_name(known)) == status


def test_fifty_years_of_use_are_counted_to_the_day_of_the_judgement():
    known = Candidate(name="巴黎花园", entity_class="residential", in_use_since=date(2000, 1, 1))
    assert status_of(check_name(known, on=date(2049, 1, 1))) == "suspect"
    assert status_of(check_name(known, on=date(2051, 1, 1))) == "clear"


def test_a_heritage_name_is_left_alone():
    assert status_of(check_name(Candidate(name="皇帝路", heritage=True))) == "clear"


def test_a_word_across_the_end_of_a_developers_name_is_none():
    found = {one.evidence["word"]: one.severity for one in check_name(Candidate(name="恒大帝景小区"))}
    assert found == {"帝景": "suspect", "恒大": "note"}


def test_a_word_that_begins_with_a_developers_name_and_goes_on_is_found():
    found = check_name(Candidate(name="中南海公馆", entity_class="residential"))
    assert "中南海" in {one.evidence["word"] for one in found}


@pytest.mark.parametrize(
    "entity_class", [None, "committee", "village", "residential", "building", "facility"]
)
def test_a_community_named_after_an_estate_is_reviewed_whatever_class_it_is_given(entity_class):
    given = Candidate(name="巴黎花园社区居委会", entity_class=entity_class)
    assert status_of(check_name(given)) == "review"


def test_a_class_may_be_given_by_another_word_for_it():
    assert segment(Candidate(name="罗马村", entity_class="village")).entity_class == "committee"
    assert status_of(check_name(Candidate(name="罗马村", entity_class="village"))) == "clear"


@pytest.mark.parametrize(
    ("name", "status"),
    [("中央路小区", "clear"), ("柏林寺小区", "clear"), ("中央小区", "suspect"), ("巴黎路小区", "review")],
)
def test_an_estate_named_after_a_street_or_an_old_place_is_not_blamed_for_its_word(name, status):
    assert status_of(check_name(Candidate(name=name, entity_class="residential"))) == status


def test_one_symbol_twice_is_one_finding():
    assert len(check_name(Candidate(name="云1溪1花园"))) == 1


def test_findings_are_json():
    findings = check_name(Candidate(name="巴黎1886·皇庭MALL", id="x"))
    assert json.loads(json.dumps([one.as_json() for one in findings]))[0]["feature_id"] == "x"
    assert {one.category for one in findings} == {"洋", "怪"}


def test_an_unknown_pack_is_refused_by_name():
    with pytest.raises(NotFoundError, match="没有名为“atlantis”的规则包。"):
        load_packs(("atlantis",))


def test_packs_name_only_exceptions_that_exist():
    named = {one for setting in NATIONAL.rules.values() for one in setting.exceptions}
    assert named <= set(exception_ids())


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_string_makes_a_rule_fail(name):
    findings = check_candidates([Candidate(id="a", name=name, jurisdiction="320413")] * 2, NATIONAL)
    assert all(one.severity in {"suspect", "review", "note"} for one in findings)
    json.dumps([one.as_json() for one in findings])


@settings(deadline=None)
@given(st.text(alphabet="云溪巴黎皇帝国际村小区花园0A·（）一号", max_size=12))
def test_the_parts_of_a_name_make_up_the_name(name):
    parts = segment(Candidate(name=name))
    assert parts.prefix + parts.stem + parts.section + parts.body == parts.text


@settings(deadline=None)
@given(st.text(alphabet="云溪巴黎皇帝国际中央天下斯卡诺", min_size=1, max_size=8))
def test_a_village_is_never_suspect(name):
    findings = check_name(Candidate(name=f"{name}村村民委员会", entity_class="committee"))
    assert status_of(findings) != "suspect"


@settings(deadline=None)
@given(st.lists(st.sampled_from("云溪巴黎皇帝"), min_size=1, max_size=6).map("".join))
def test_no_name_has_two_findings_of_one_key(name):
    keys = [one.key for one in check_name(Candidate(name=f"{name}小区"))]
    assert len(keys) == len(set(keys))
