import pytest
from typer.testing import CliRunner

from api.cli import app


def run(*args: object):
    return CliRunner().invoke(app, [str(arg) for arg in args], env={"FANGYU_LANG": "en"})


@pytest.mark.parametrize(("profile", "shown"), [("public", False), ("internal", True)])
def test_a_map_is_one_file_with_only_what_its_readers_may_see(tiny, tmp_path, profile, shown):
    result = run("map", "-w", tiny, "-o", tmp_path / "map.html", "--profile", profile)
    assert result.exit_code == 0, result.output
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "东村养老院" in page
    assert ("院长某" in page) is shown


def test_a_map_without_a_place_to_write_it_is_an_error(tiny):
    assert run("map", "-w", tiny).exit_code == 2


@pytest.mark.parametrize("command", [["map"], ["export", "road"], ["cover"], ["check"]])
def test_a_folder_that_is_not_there_is_named_and_not_made(tiny, tmp_path, command):
    result = run(*command, "-w", tiny, "-o", tmp_path / "none" / "out.csv")
    assert result.exit_code == 2
    assert result.stderr == (
        f"Error: There is no folder {tmp_path / 'none'}; out.csv was not written.\n"
        "Make the folder first, or choose another place.\n"
    )
    assert not (tmp_path / "none").exists()


def test_a_folder_in_place_of_a_file_is_refused(tiny, tmp_path):
    result = run("export", "road", "-w", tiny, "-o", tmp_path)
    assert result.stderr == f"Error: {tmp_path} is a folder, not a file.\nAdd a file name.\n"


def test_a_map_speaks_the_language_named_after_the_command(tiny, tmp_path):
    result = run("map", "-w", tiny, "-o", tmp_path / "map.html", "--lang", "zh")
    assert result.stderr.startswith("已写入")
    assert 'lang="zh-CN"' in (tmp_path / "map.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["roads.gpkg", "roads.geojson", "roads.csv", "roads.xlsx", "roads.parquet"])
def test_a_layer_is_exported_by_its_suffix(tiny, tmp_path, name):
    result = run("export", "road", "-w", tiny, "-o", tmp_path / name)
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).stat().st_size > 0


def test_a_layer_without_data_cannot_be_exported(tiny, tmp_path):
    result = run("export", "cemetery", "-w", tiny, "-o", tmp_path / "c.csv")
    assert result.exit_code == 2
    assert (
        result.stderr == "Error: Layer cemetery has no data yet.\nFirst run: fangyu import cemetery FILE.\n"
    )
