"""The command that checks a whole register at once."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.outcomes import CLEAN, FAILED, FOUND_SOMETHING

runner = CliRunner()

_ROWS = ["320413001201,新河村村委会", "320413002202,新河村村委会", "320413002203,新河社区居委会"]


def run(*args: object, lang: str = "zh"):
    return runner.invoke(
        app, ["names", "audit", *map(str, args)], env={"FANGYU_LANG": lang, "FANGYU_DEBUG": None}
    )


@pytest.fixture
def villages(tmp_path):
    def write(*rows):
        path = tmp_path / "v.csv"
        path.write_text("\n".join(["code,name", *rows, ""]), encoding="utf-8")
        return path

    return write


def test_json_gives_counts_names_pack_and_findings(villages):
    result = run("--villages", villages(*_ROWS), "--format", "json", "--pack", "national-2022")
    said = json.loads(result.stdout)
    assert result.exit_code == FOUND_SOMETHING
    assert list(said)[:3] == ["counts", "names", "pack"]
    assert (said["names"], said["pack"]) == (3, "national-2022")
    assert said["counts"]["status"] == {"clear": 1, "review": 2, "suspect": 0}
    assert [one["feature_id"] for one in said["findings"]] == ["320413001201", "320413002202"]


def test_notes_are_only_counted_unless_asked_for_and_the_remark_says_so(villages):
    path = villages(_ROWS[0], _ROWS[2])
    plain, noted = (
        run("--villages", path, "--format", "json"),
        run("--villages", path, "--format", "json", "--notes"),
    )
    assert (plain.exit_code, noted.exit_code) == (CLEAN, CLEAN)
    assert json.loads(plain.stdout)["findings"] == []
    assert len(json.loads(noted.stdout)["findings"]) == 2
    assert plain.stderr == "共 2 个地名，发现 2 条，其中提示 2 条（只计数，--notes 可逐条写出）。\n"


def test_csv_has_one_row_a_finding_and_opens_in_excel(villages, tmp_path):
    output = tmp_path / "found.csv"
    run("--villages", villages(*_ROWS), "-o", output)
    text = output.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff程度,类别,规则")
    assert [row[3] for row in rows[1:]] == ["320413001201", "320413002202"]
    assert not list(tmp_path.glob("*.part"))


def test_a_name_that_begins_like_a_formula_is_made_harmless(villages):
    result = run("--villages", villages("320413001201,=cmd社区居委会"), "--format", "csv", "--notes")
    cells = [row[4] for row in csv.reader(io.StringIO(result.stdout.removeprefix("\ufeff")))]
    assert set(cells) == {"名称", "'=cmd社区居委会"}


def test_without_a_form_the_counts_are_shown_as_a_table(villages):
    result = run("--villages", villages(*_ROWS), lang="en")
    assert result.exit_code == FOUND_SOMETHING
    assert "names.exact-duplicate" in result.stdout


def test_rows_that_cannot_be_used_are_counted_and_quoted(villages):
    result = run("--villages", villages(*_ROWS, "320413002204,"), "--format", "json")
    assert json.loads(result.stdout)["rejects"] == {"empty-name": 1}
    assert "1 × 名称为空，未检查 (5:320413002204)" in result.stderr


def test_a_jurisdiction_leaves_out_the_rest_and_says_how_much(villages):
    result = run("--villages", villages(*_ROWS, "110101001001,甲社区居委会"), "--jurisdiction", "110101")
    assert result.exit_code == CLEAN
    assert "辖区之外 3 行未检查。" in result.stderr


def test_the_names_of_a_workspace_are_audited(tiny):
    result = run("-w", tiny, "--format", "json")
    assert result.exit_code in {CLEAN, FOUND_SOMETHING}
    assert json.loads(result.stdout)["pack"] == "national-2022"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--villages", "none.csv"], "none.csv"),
        (["--villages", "v.csv", "-w", "."], "-w 与 --villages 只能用一个"),
        (["--villages", "v.csv", "--pack", "martian"], "martian"),
        (["--villages", "v.csv", "--jurisdiction", "99"], "99"),
        (["--villages", "v.csv", "-o", "no/where.csv"], "不存在"),
    ],
)
def test_what_cannot_be_done_is_an_error_with_its_reason(args, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "v.csv").write_text("code,name\n", encoding="utf-8")
    result = run(*args)
    assert result.exit_code == FAILED
    assert message in result.stderr


def test_a_list_without_rows_is_clean(villages):
    result = run("--villages", villages(), "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["names"]) == (CLEAN, 0)


def test_a_list_that_is_not_there_is_said_without_english(tmp_path):
    result = run("--villages", tmp_path / "nofile.csv")
    assert (result.exit_code, result.stderr) == (
        FAILED,
        f"错误：没有文件 {tmp_path / 'nofile.csv'}。\n请检查路径。\n",
    )


def test_one_name_is_not_names(villages):
    assert run("--villages", villages(_ROWS[0]), lang="en").stderr.startswith("1 name, 0 findings")
