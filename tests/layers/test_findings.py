"""A finding is one shape for every check, and its key survives the next run."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.findings import SEVERITY_LABELS, Finding, Severity, calls_for_action
from layers.text import Text

DOUBLED = Finding(
    code="names.exact-duplicate",
    severity=Severity.SUSPECT,
    layer_id="place_name",
    feature_id="N1",
    feature_name="新桥",
    message=Text("与 N2 重名。", "Same name as N2."),
    citation="地名管理条例第九条",
    subject="N2",
    evidence={"distance_m": 12.5, "since": date(2020, 1, 1)},
    exceptions=(Text("不同区县", "another county"),),
)


def test_the_key_is_the_same_on_every_run() -> None:
    assert DOUBLED.key == "5b7145d7d5a0a1f1"


@pytest.mark.parametrize("part", ["code", "layer_id", "feature_id", "subject"])
def test_the_key_tells_findings_apart_by(part: str) -> None:
    assert replace(DOUBLED, **{part: "another"}).key != DOUBLED.key


@pytest.mark.parametrize("part", ["feature_name", "category", "citation"])
def test_the_key_does_not_depend_on(part: str) -> None:
    assert replace(DOUBLED, **{part: "another"}).key == DOUBLED.key


@given(
    st.lists(st.text(max_size=3), min_size=4, max_size=4),
    st.lists(st.text(max_size=3), min_size=4, max_size=4),
)
def test_different_findings_have_different_keys(one: list[str], other: list[str]) -> None:
    names = ("code", "layer_id", "feature_id", "subject")
    if one != other and "\x1f" not in "".join(one + other):
        assert (
            replace(DOUBLED, **dict(zip(names, one, strict=True))).key
            != replace(  # type: ignore[arg-type]
                DOUBLED,
                **dict(zip(names, other, strict=True)),  # type: ignore[arg-type]
            ).key
        )


def test_a_finding_is_json_in_both_languages() -> None:
    said = json.loads(json.dumps(DOUBLED.as_json(), ensure_ascii=False))
    assert said["message"] == {"zh": "与 N2 重名。", "en": "Same name as N2."}
    assert said["evidence"] == {"distance_m": 12.5, "since": "2020-01-01"}
    assert said["exceptions"] == [{"zh": "不同区县", "en": "another county"}]
    assert (said["layer"], said["severity"]) == ("place_name", "suspect")


def test_every_severity_has_a_label_and_only_notes_need_nobody() -> None:
    assert set(SEVERITY_LABELS) == set(Severity)
    quiet = [one for one in Severity if not calls_for_action(replace(DOUBLED, severity=one))]
    assert quiet == [Severity.NOTE]
