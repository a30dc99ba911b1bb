"""``fangyu run``: results and their record, the check, and questions made of commands."""

import json
import shlex
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app as program
from gis.coverage.studies import read_study

Run = Callable[..., tuple[int, str, str]]
STUDY = 'day = 2026-06-30\n[[question]]\nid = "a"\nkind = "cover"\ndefinition = "C5"\nwithin_m = 500\n'


@pytest.fixture
def run(tiny: Path) -> Run:
    def run(*args: str) -> tuple[int, str, str]:
        given = list(args) if "--" in args or "--write" in args else [*args, "-w", str(tiny)]
        result = CliRunner().invoke(program, given, env={"FANGYU_LANG": "en", "COLUMNS": "300"})
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def study(tmp_path: Path) -> Path:
    file = tmp_path / "study.toml"
    file.write_text(STUDY, encoding="utf-8")
    return file


def test_a_run_writes_results_and_their_record_and_says_how_they_were_made(run: Run, study: Path):
    code, out, _ = run("run", str(study))
    folder = study.with_suffix("")
    assert code == 0
    assert {one.name for one in folder.iterdir()} == {"a.json", "a.csv", "a.xlsx", "provenance.json"}
    record = json.loads((folder / "provenance.json").read_text("utf-8"))
    assert f"a.json sha256 {record['results']['a']['sha256'][:16]}" in out
    assert set(record["layers"]) >= {"care_facility", "admin_unit"}


def test_a_result_is_what_the_command_gives(run: Run, study: Path):
    run("run", str(study))
    kept = json.loads((study.with_suffix("") / "a.json").read_text("utf-8"))
    _, out, _ = run(*shlex.split(kept["command"])[1:], "--format", "json")
    assert json.loads(out) == kept


def test_a_check_agrees_with_its_record_and_writes_nothing(run: Run, study: Path):
    run("run", str(study))
    before = {one: one.stat().st_mtime_ns for one in study.with_suffix("").iterdir()}
    code, out, _ = run("run", str(study), "--check")
    assert (code, out) == (0, "As recorded.\n")
    assert before == {one: one.stat().st_mtime_ns for one in study.with_suffix("").iterdir()}


def test_a_check_lists_what_differs_and_ends_with_one(run: Run, study: Path):
    run("run", str(study))
    study.write_text(STUDY.replace("500", "100"), encoding="utf-8")
    code, out, _ = run("run", str(study), "--check")
    assert code == 1
    assert "a: the question was changed, and values with it" in out
    assert "  request.within_m: 500 → 100" in out


def test_a_check_without_a_record_and_a_bad_study_end_with_two(run: Run, study: Path):
    assert run("run", str(study), "--check")[0] == 2
    study.write_text(STUDY.replace("within_m", "within"), encoding="utf-8")
    code, _, err = run("run", str(study))
    assert code == 2
    assert "study.toml, question 'a', key within: there is no such key" in err


def test_a_workspace_that_is_not_as_expected_ends_with_one(run: Run, study: Path):
    study.write_text(STUDY + '[workspace]\nprogram = "fangyu 0"\n', encoding="utf-8")
    code, _, err = run("run", str(study))
    assert code == 1
    assert "Program: the study says fangyu 0, it is fangyu" in err


def test_a_command_becomes_a_question_with_the_same_options(run: Run, study: Path):
    line = (
        "fangyu cover care_facility --within-min 15 --where kind=care_home --close c1 --mode e-bike -o x.csv"
    )
    assert run("run", str(study), "--write", "--", *shlex.split(line))[0] == 0
    [_, one] = read_study(study).questions
    assert (one.id, one.request.mode, one.request.filters) == ("cover-1", "e-bike", (("kind", "care_home"),))
    assert one.request.changes[0].id == "c1"


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("cover care_facility meal_point --definition C5 --definition C1", ["cover"] * 4),
        ("access --indicators --by town", ["indicators"]),
        ("access --redistribute --kernel gaussian --supply beds", ["redistribute"]),
        ("access --kernel gaussian --kernel 3sfca", ["access"]),
        ("access --supply count", ["access"]),
        ("site --sites 3 --exclude no_burial_zone --open c1", ["site"]),
        ("gaps --points", ["gaps"]),
        ("meals --points 2", ["meals"]),
        ("phases --periods 2026:1,2030:2 --growth 0.02", ["phases"]),
        ("scenarios compare 甲 乙 --also C1", ["compare"]),
    ],
)
def test_every_kind_of_question_can_be_written_from_its_command(run: Run, tmp_path: Path, line, kinds):
    file = tmp_path / "new.toml"
    code, _, err = run("run", str(file), "--write", "--", *shlex.split(line))
    assert code == 0, err
    assert [one.kind for one in read_study(file).questions] == kinds


def test_a_command_that_asks_nothing_or_is_wrong_is_refused_and_leaves_the_study_alone(run: Run, study: Path):
    for line, said in (
        ("map", "A study cannot ask 'map'."),
        ("cover --nope", "There is no option --nope."),
        ("cover --definition all", "A study names every definition."),
    ):
        code, _, err = run("run", str(study), "--write", "--", *line.split())
        assert code == 2
        assert said in err
    assert study.read_text("utf-8") == STUDY


def test_plots_are_written_beside_the_answer(run: Run, tmp_path: Path):
    file = tmp_path / "times.svg"
    ask = ("cover", "--on", "2026-06-30", "--definition", "C5", "--within-m", "500", "--format", "json")
    code, out, _ = run(*ask, "--plot", str(file))
    assert code in {0, 1}
    assert json.loads(out)["definition"]["id"] == "C5"
    assert file.read_text("utf-8").startswith("<?xml")
    assert run(*ask, "--plot", str(tmp_path / "x.docx"))[0] == 2


def test_a_written_study_takes_the_day_of_the_workspace(run: Run, tiny: Path, tmp_path: Path):
    folder, file = tmp_path / "ws", tmp_path / "new.toml"
    shutil.copytree(tiny, folder)
    with (folder / "fangyu.toml").open("a", encoding="utf-8") as settings:
        settings.write("\nreference_date = 2025-12-31\n")
    run("run", str(file), "--write", "--", "fangyu", "cover", "-w", str(folder), "--within-m", "500")
    assert read_study(file).day == date(2025, 12, 31)


def test_a_check_that_agrees_but_for_the_workspace_says_why_it_ends_with_one(run: Run, study: Path):
    study.write_text(
        STUDY.replace("[[question]]", '[workspace]\nprofile = "mars"\n[[question]]'), encoding="utf-8"
    )
    run("run", str(study))
    code, out, err = run("run", str(study), "--check")
    assert (code, out) == (1, "As recorded.\n")
    assert "the workspace is not as [workspace] of the study says" in err
