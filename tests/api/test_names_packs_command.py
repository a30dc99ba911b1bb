import csv
import io
import json

from typer.testing import CliRunner

from api.cli import app
from layers.workspace import Settings, Workspace

OWN = (
    'id = "own"\nextends = "jiangsu"\ntitle = {zh = "本区", en = "own"}\n'
    'jurisdictions = ["320413"]\nverified = true\n'
)


def run(*args: object, lang: str = "zh"):
    return CliRunner().invoke(app, ["names", "packs", *map(str, args)], env={"FANGYU_LANG": lang})


def test_every_pack_is_listed_with_where_and_since_when_it_holds():
    rows = list(csv.DictReader(io.StringIO(run("--format", "csv").stdout.lstrip("\ufeff"))))
    ningbo = next(one for one in rows if one["规则包"] == "ningbo")
    assert (ningbo["适用"], ningbo["施行"], ningbo["已核原文"]) == ("3302", "2020-05-01", "是")


def test_only_the_packs_of_a_place_are_listed_on_request():
    listed = json.loads(run("--jurisdiction", "320102", "--format", "json").stdout)
    assert [one["id"] for one in listed] == ["national-2022", "jiangsu", "nanjing"]
    assert listed[2]["parts"] == ["national-2022", "jiangsu", "nanjing"]


def test_what_was_not_seen_is_said_below_the_table():
    result = run("--jurisdiction", "3407", lang="en")
    assert "tongling: The text was seen on a legal database" in result.stderr


def test_an_unknown_place_is_an_error_that_says_the_form_wanted():
    result = run("--jurisdiction", "金坛")
    assert result.exit_code == 2
    assert "“金坛”不是行政区划代码。" in result.stderr
    assert "如 320413" in result.stderr


def test_packs_of_the_workspace_are_listed_too(tmp_path):
    (tmp_path / "packs/own").mkdir(parents=True)
    (tmp_path / "packs/own/pack.toml").write_text(OWN, encoding="utf-8")
    listed = json.loads(run("-w", tmp_path, "--jurisdiction", "320413", "--format", "json").stdout)
    assert [(one["id"], one["verified"]) for one in listed][-1] == ("own", True)


def test_a_broken_pack_of_the_workspace_is_an_error_with_file_and_line(tmp_path):
    (tmp_path / "packs/own").mkdir(parents=True)
    (tmp_path / "packs/own/pack.toml").write_text(OWN + "oops", encoding="utf-8")
    result = run("-w", tmp_path)
    assert result.exit_code == 2
    assert "own/pack.toml 第 6 行" in result.stderr


def test_an_audit_goes_by_the_packs_of_the_workspace_and_stops_at_a_broken_one(tmp_path):
    with Workspace.create(tmp_path, Settings(code="320413", name="金坛区")):
        pass
    (tmp_path / "packs/own").mkdir(parents=True)
    (tmp_path / "packs/own/pack.toml").write_text(OWN, encoding="utf-8")
    command = ["names", "audit", "-w", str(tmp_path), "--format", "json"]
    assert json.loads(CliRunner().invoke(app, command).stdout)["pack"] == "own"
    (tmp_path / "packs/own/pack.toml").write_text(OWN + "oops", encoding="utf-8")
    result = CliRunner().invoke(app, command)
    assert (result.exit_code, "own/pack.toml 第 6 行" in result.stderr) == (2, True)
