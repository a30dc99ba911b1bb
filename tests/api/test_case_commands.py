"""What the commands on cases show and take: the office's own words, names of towns, and local time to the minute."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app as program
from api.cli.names.audit_output import _worded
from api.cli.names.showing_case import _clock, _finding_row
from api.written import local_minute

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny, tmp_path / "ws"))


@pytest.fixture
def run(folder: Path) -> Run:
    def run(*args: str) -> tuple[int, str, str]:
        env = {"FANGYU_LANG": "zh", "COLUMNS": "400"}
        result = CliRunner().invoke(program, [*args, "-w", str(folder)], env=env)
        return result.exit_code, result.stdout, result.stderr

    return run


def first(run: Run) -> str:
    return run("names", "cases", "--format", "csv")[1].splitlines()[1].split(",")[0]


def test_cases_are_asked_for_in_words_and_by_the_name_of_the_town(run):
    run("names", "decide", first(run), "exclude", "--who", "经办人", "--reason", "old_name")
    assert "共 1 件" in run("names", "cases", "--state", "排除")[2]
    assert "共 29 件" in run("names", "cases", "--state", "未结", "--town", "清溪镇")[2]
    assert "共 29 件" in run("names", "cases", "--state", "open", "--town", "320413100")[2]
    assert "共 30 件" in run("names", "cases", "--severity", "待核")[2]


@pytest.mark.parametrize(
    ("option", "value", "message", "hint"),
    [
        ("--state", "排队", "--state 没有“排队”这个取值。", "excluded 排除"),
        ("--severity", "严重", "--severity 没有“严重”这个取值。", "suspect 疑似"),
        ("--category", "丑", "--category 没有“丑”这个类别。", "大、洋、怪、重"),
        ("--town", "没有镇", "没有镇街“没有镇”。", "清溪镇 320413100"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(run, option, value, message, hint):
    code, _, said = run("names", "cases", option, value)
    assert code == 2
    assert message in said
    assert hint in said


def test_a_case_is_shown_in_words_with_its_number_and_local_times(run):
    case_id = first(run)
    run("names", "decide", case_id, "verify", "--who", "经办人")
    _, shown, said = run("names", "case", case_id)
    assert re.search(r"金坛地名〔\d{4}〕001", said)
    assert "待核" in shown
    assert "review" not in shown
    assert re.search(r" \d{4}-\d\d-\d\d \d\d:\d\d ", shown)
    assert "+00:00" not in shown
    assert re.search(r"金坛地名〔\d{4}〕001", run("names", "cases")[1])


def test_the_history_of_the_workspace_is_in_local_time(run):
    _, shown, _ = run("history", "--limit", "1", "--format", "csv")
    assert re.search(r",\d{4}-\d\d-\d\d \d\d:\d\d,", shown.splitlines()[1])
    assert "+00:00" in run("history", "--limit", "1", "--format", "json")[1]


def test_a_moment_is_written_to_the_minute():
    assert re.fullmatch(r"2025-0[23]-\d\d \d\d:\d\d", local_minute("2025-03-01T09:30:15.123456+00:00"))


def test_an_exception_is_shown_with_how_it_came_out():
    row = _finding_row(
        {
            "severity": "review",
            "category": "洋",
            "message": {"zh": "含外文", "en": "foreign"},
            "exceptions": [{"zh": "注册商标", "en": "trade mark"}, {"zh": "老地名", "en": "old name"}],
            "evidence": {"exceptions": [{"outcome": "does-not-apply"}, {"outcome": "unknown"}]},
            "dismissed": False,
            "citation": "第九条",
        }
    )
    assert row[:4] == ["待核", "洋", "含外文", "注册商标（不适用）；老地名（不明）"]


def test_a_deadline_met_late_is_said_and_one_met_in_time_is_not():
    one = {"label": {"zh": "备案期限", "en": "Filing"}, "due": "2025-01-17", "overdue": False}
    assert (
        _clock({**one, "done_on": "2025-06-02", "late": True}) == "备案期限 2025-01-17（2025-06-02 逾期办结）"
    )
    assert _clock({**one, "done_on": "2025-01-10", "late": False}) == ""


@pytest.mark.parametrize(
    ("code", "word"),
    [("suspect", "疑似"), ("review", "待核"), ("clear", "未发现问题"), ("unknown", "类别不明")],
)
def test_an_audit_counts_names_in_words(code, word):
    assert _worded("status", code) == word


def test_a_finding_that_was_set_aside_is_marked_on_its_row(run):
    run("names", "decide", first(run), "exclude", "--who", "经办人", "--reason", "old_name")
    _, shown, said = run("check", "names", "--format", "csv")
    head, *rows = shown.splitlines()
    assert "审核" in head
    marked = sum(",已排除," in one for one in rows)
    assert marked > 0
    assert f"其中 {marked} 条已由审核排除" in said


def test_the_help_says_which_day_a_decision_takes():
    shown = CliRunner().invoke(program, ["names", "decide", "--help"], env={"COLUMNS": "400"}).stdout
    assert "默认工作区的基准日，未设则今天" in shown
