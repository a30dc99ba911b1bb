"""The sample district through both doors."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import app
from data.samples import Sample, SampleFile


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": "en"})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "ws"
    result = run("demo", folder)
    assert result.exit_code == 0, result.output
    assert f"Next: fangyu serve -w {folder}" in result.stderr
    return folder


def test_the_sample_fills_the_layers_and_says_that_it_is_fictional(demo):
    answer = json.loads(run("layers", "-w", demo, "--format", "json").stdout)
    assert answer["synthetic"]
    assert answer["district"]["name"] == "云溪区"
    filled = {one["id"]: one["count"] for one in answer["layers"]}
    wanted = {"admin_unit", "place_name", "boundary_line", "boundary_marker", "care_facility", "meal_point"}
    assert wanted | {"cemetery", "road", "shelter"} <= set(filled)
    assert all(filled.values())


def test_a_second_demo_uses_the_first(demo):
    before = (demo / "layers.gpkg").stat().st_mtime_ns
    result = run("demo", demo)
    assert "holds a workspace already; using it." in result.stderr
    assert (demo / "layers.gpkg").stat().st_mtime_ns == before


def test_both_doors_agree_on_the_sample(demo):
    printed = json.loads(
        run("cover", "-w", demo, "--within-min", "15", "--on", "2026-06-30", "--format", "json").stdout
    )
    found = json.loads(run("check", "names", "-w", demo, "--format", "json").stdout)
    with TestClient(create_app(demo, key="k")) as staff:
        staff.get("/login?key=k", follow_redirects=False)
        assert staff.get("/api/coverage?within_min=15&on=2026-06-30").json() == printed
        served = staff.get("/api/findings?check=names&limit=1000").json()
    assert served["total"] == found["total"]
    assert served["findings"] == found["findings"][:1000]


def test_the_sample_files_alone_can_be_written(tmp_path, monkeypatch):
    listed = (SampleFile("road", "道路.zip", "EPSG:4528", ""), SampleFile("shelter", "场所.csv", None, ""))
    monkeypatch.setattr("data.samples.generate", lambda folder, seed: Sample(folder, str(seed), "", listed))
    result = run("sample", tmp_path, "--seed", "7")
    assert result.exit_code == 0, result.output
    assert result.stderr == f"road ← {tmp_path}/道路.zip --crs EPSG:4528\nshelter ← {tmp_path}/场所.csv\n"


def test_a_demo_never_touches_a_folder_with_something_else_in_it(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    result = run("demo", tmp_path)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {tmp_path} is neither empty nor a workspace.\nChoose another folder.\n"


def test_a_demo_that_breaks_off_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("data.samples.generate", lambda *_: 1 / 0)
    assert run("demo", tmp_path / "ws").exit_code == 2
    assert list(tmp_path.iterdir()) == []
