"""Barriers, buildings and study areas come in from the files offices have."""

import json

import pytest
import shapely

from layers.importing import ImportOptions, import_file
from layers.privacy import public_view
from layers.reading.headings import knows
from layers.specs import spec_of
from layers.store.protocol import By
from layers.vocabulary import code_for
from layers.workspace import Settings, Workspace

BY = By("test")
LINE = {"type": "LineString", "coordinates": [[119.5, 31.7], [119.6, 31.7]]}
AREA = {"type": "Polygon", "coordinates": [[[119.5, 31.7], [119.6, 31.7], [119.6, 31.8], [119.5, 31.7]]]}


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def imported(workspace, tmp_path, layer_id, *features):
    listed = [{"type": "Feature", "properties": said, "geometry": shape} for said, shape in features]
    path = tmp_path / f"{layer_id}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), encoding="utf-8")
    return import_file(workspace, layer_id, path, ImportOptions(), BY)


@pytest.mark.parametrize(
    ("layer_id", "heading"),
    [
        ("barrier", "阻隔类型"),
        ("barrier", "类型"),
        ("building", "楼栋编号"),
        ("building", "建筑类型"),
        ("building", "层数"),
        ("building", "户数"),
        ("building", "村居代码"),
        ("study_area", "片区代码"),
        ("study_area", "片区名称"),
        ("study_area", "单元编号"),
    ],
)
def test_the_headings_of_the_offices_are_known(layer_id, heading):
    assert knows(spec_of(layer_id))(heading)


@pytest.mark.parametrize(
    ("vocabulary", "word", "code"),
    [
        ("barrier_kind", "河流", "river"),
        ("barrier_kind", "铁路", "rail"),
        ("barrier_kind", "高速公路", "expressway"),
        ("barrier_kind", "围墙", "wall"),
        ("barrier_kind", "其他", "other"),
        ("building_kind", "住宅楼", "residential"),
        ("building_kind", "厂房", "industrial"),
    ],
)
def test_the_words_of_the_offices_are_known(vocabulary, word, code):
    assert code_for(vocabulary, word) == code


def test_a_barrier_is_a_line_or_an_area_and_never_a_point(workspace, tmp_path):
    point = {"type": "Point", "coordinates": [119.5, 31.7]}
    rows = [({"编号": str(n), "类型": "河流"}, shape) for n, shape in enumerate((LINE, AREA, point))]
    report = imported(workspace, tmp_path, "barrier", *rows)
    assert (report.rows_imported, report.reject_count) == (2, 1)
    assert set(workspace.layer("barrier").frame.geometry.geom_type) == {"LineString", "Polygon"}


def test_a_barrier_says_of_what_kind_it_is(workspace, tmp_path):
    report = imported(
        workspace,
        tmp_path,
        "barrier",
        ({"编号": "1", "类型": None}, LINE),
        ({"编号": "2", "类型": "墙"}, LINE),
    )
    assert report.rows_imported == 1
    assert workspace.layer("barrier").frame["kind"].tolist() == ["wall"]


def test_the_public_sees_buildings_without_their_households(workspace, tmp_path):
    imported(workspace, tmp_path, "building", ({"编号": "1", "户数": 36, "层数": 6}, AREA))
    assert workspace.layer("building").frame["households"].tolist() == [36]
    shown = public_view(workspace.layer("building"), workspace.settings)
    assert "households" not in shown
    assert shown["floors"].tolist() == [6]


def test_the_code_of_a_study_area_serves_as_its_id(workspace, tmp_path):
    imported(workspace, tmp_path, "study_area", ({"片区代码": "PQ01", "片区名称": "沿江片区"}, AREA))
    areas = workspace.layer("study_area").frame
    assert areas[["id", "code", "name"]].iloc[0].tolist() == ["PQ01", "PQ01", "沿江片区"]
    assert shapely.area(areas.geometry.iloc[0]) > 0
