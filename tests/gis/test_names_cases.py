"""The example names of the packs, and the manual pages of the rules."""

from collections.abc import Mapping
from typing import Any

import pytest

from gis.names import (
    Candidate,
    check_candidates,
    check_name,
    load_cases,
    load_packs,
    missing_cases,
    pack_ids,
    rule_pages,
)
from gis.names.pages import SECTIONS
from gis.names.registry import all_rules


def _found(pack_id: str, rule: str, example: Mapping[str, Any]) -> list[str]:
    """Return the severities of a rule's findings on an example."""
    facts = {
        key: value for key, value in example.items() if key not in {"severity", "names", "jurisdictions"}
    }
    pack = load_packs((pack_id,))
    if "names" in example:
        places = example.get("jurisdictions", ["320413"] * len(example["names"]))
        together = [
            Candidate(id=str(at), name=name, jurisdiction=place, **facts)
            for at, (name, place) in enumerate(zip(example["names"], places, strict=True))
        ]
        findings = check_candidates(together, pack)
    else:
        findings = check_name(Candidate(**facts), pack)
    return [one.severity.value for one in findings if one.code == f"names.{rule}"]


def _examples(kind: str) -> list[Any]:
    return [
        pytest.param(
            pack_id,
            case["rule"],
            example,
            id=f"{pack_id}-{case['rule']}-{example.get('name', example.get('names'))}",
        )
        for pack_id in pack_ids()
        for case in load_cases(pack_id)
        for example in case[kind]
    ]


@pytest.mark.parametrize(("pack_id", "rule", "example"), _examples("found"))
def test_a_name_that_breaks_the_rule_is_found_as_far_as_the_case_says(pack_id, rule, example):
    assert example["severity"] in _found(pack_id, rule, example)


@pytest.mark.parametrize(("pack_id", "rule", "example"), _examples("passes"))
def test_a_name_that_keeps_the_rule_gets_a_note_at_most(pack_id, rule, example):
    assert set(_found(pack_id, rule, example)) == ({"note"} if "severity" in example else set())


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_rule_a_pack_states_has_a_name_that_is_found_and_one_that_passes(pack_id):
    assert missing_cases(pack_id) == ()


def test_every_rule_of_a_pack_is_written_and_every_written_rule_is_in_some_pack():
    assert {code for pack_id in pack_ids() for code in load_packs((pack_id,)).rules} == set(all_rules())


@pytest.mark.parametrize("code", all_rules())
def test_the_page_of_a_rule_says_what_why_and_which_exceptions(code):
    page = rule_pages()[code]
    assert [f"## {section}" in page for section in SECTIONS] == [True, True, True]
    assert page.startswith(f"# `names.{code}`")


def test_every_word_list_says_where_its_words_are_from():
    rules = load_packs(("national-2022",)).rules.values()
    lists = {one.id: one for setting in rules for one in (*setting.words.lists, *setting.passes.lists)}
    assert all(one.source and one.words and one.label.en for one in lists.values())


def test_every_finding_cites_an_article():
    assert all(
        "第" in one.citation or "146" in one.citation for one in load_packs(("national-2022",)).rules.values()
    )
