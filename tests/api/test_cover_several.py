"""``fangyu cover`` with several services, definitions and tiers."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from api.cli import app


def run(tiny, *args, lang="zh"):
    return CliRunner().invoke(
        app, ["cover", "-w", str(tiny), *args], env={"FANGYU_LANG": lang, "COLUMNS": "200"}
    )


def test_several_questions_give_a_summary_and_every_report(tiny):
    shown = run(tiny, "--within-m", "300", "--within-m", "800", "--format", "json")
    said = json.loads(shown.stdout)
    assert list(said) == ["summary", "notes", "not_computed", "reports"]
    assert [one["within_m"] for one in said["summary"]] == [300, 800]
    alone = json.loads(run(tiny, "--within-m", "300", "--format", "json").stdout)
    assert said["reports"][0] == alone


def test_all_definitions_at_once_say_what_could_not_be_computed(tiny):
    shown = run(tiny, "--definition", "all", "--within-m", "500", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown.stdout.lstrip("\ufeff"))))
    computed = {row["定义"] for row in rows}
    missing = {line.split()[1].rstrip(":") for line in shown.stderr.splitlines() if "没有算" in line}
    assert computed | missing == {f"C{n}" for n in range(1, 9)}
    assert not computed & missing


def test_the_screen_shows_each_share_under_its_definition(tiny):
    shown = run(tiny, "--definition", "C1", "--definition", "C5", "--within-m", "500", lang="en").stdout
    assert "C1 Units with a facility" in shown
    assert "C5 People within a straight distance" in shown


def test_by_time_the_summary_tells_the_metres_and_why_c6_may_exceed_c5(tiny):
    asked = ("--definition", "C5", "--definition", "C6", "--within-min", "15")
    shown = run(tiny, *asked)
    assert "15 分钟 (692 米)" in shown.stdout
    assert "15 分钟 (900 米)" in shown.stdout
    assert "所以有的单元 C6 会高于 C5" in shown.stderr
    assert json.loads(run(tiny, *asked, "--format", "json").stdout)["summary"][0]["limit_m"] == 692.3
    assert "C6 会高于" not in run(tiny, *asked[:4], "--within-m", "900").stderr


def test_a_workbook_has_a_sheet_for_each_report(tiny, tmp_path):
    run(tiny, "--definition", "C1", "--definition", "C5", "--within-m", "500", "-o", str(tmp_path / "a.xlsx"))
    names = load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names == ["汇总", "1 C1 care_facility", "2 C5 500 米 care_facility"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (
            ["--within-m", "500", "--within-min", "5"],
            "Give minutes (--within-min) or metres (--within-m), not both.",
        ),
        (["--add", "x@here"], "'here' in 'x@here' is no number."),
        (["--scenario", "nosuch"], "nosuch"),
        (["--by", "care_facility"], "Layer care_facility holds points and no areas"),
        (["--norms", "atlantis"], "There is no norm profile 'atlantis'."),
    ],
)
def test_what_cannot_be_asked_is_refused(tiny, args, message):
    shown = run(tiny, *args, lang="en")
    assert shown.exit_code == 2
    assert message in shown.stderr


def test_the_screen_says_the_band_and_how_many_hang_on_the_speed(tiny):
    shown = run(tiny, "--within-min", "15").stdout
    assert "速度区间（最低/中位/最高）" in shown
    assert "结论取决于速度" in shown
