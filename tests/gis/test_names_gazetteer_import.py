"""Rows of the national service: out of a workspace and into another one, and what is wrong with some."""

import json
from datetime import date

import pytest
from shapely import LineString, MultiPoint, Point, box

from gis.names.gazetteer import entries, national_page, national_rows
from layers.errors import FileFormatError
from layers.frames import layer_from_rows
from layers.importing import ImportOptions, import_file
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

BY = By("test")
ROW = {
    "id": "n1",
    "place_code": "32041310022200000001",
    "standard_name": "清溪村",
    "roman_alphabet_spelling": "Qīngxī Cūn",
    "place_type": "农村居民点",
    "place_type_code": "22200",
    "area": "320413100",
    "gdm": {"type": "multipoint", "coordinates": [[119.57, 31.75]]},
    "details": {
        "old_name": "溪上",
        "place_meaning": "溪水清",
        "place_origin": "以溪得名",
        "place_history": "沿革",
    },
}


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def taken(workspace, rows, **options):
    path = workspace.root / "rows.json"
    path.write_text(rows if isinstance(rows, str) else json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return import_file(workspace, "place_name", path, ImportOptions(**options), BY)


def reasons(report) -> list[str]:
    return [one.reason.zh for one in report.rejects]


@pytest.mark.parametrize(
    "shape", [[ROW], {"total": 1, "records": [ROW]}, [{"records": [ROW]}, {"records": []}]]
)
def test_rows_and_pages_come_in_through_the_ordinary_import(workspace, shape):
    assert taken(workspace, shape).rows_imported == 1
    (one,) = entries(workspace.layer("place_name"))
    assert (one.name, one.pinyin, one.type_code, one.entity_class) == (
        "清溪村",
        "Qīngxī Cūn",
        "22200",
        "settlement",
    )
    assert (one.former_names, one.meaning, one.origin, one.history) == ("溪上", "溪水清", "以溪得名", "沿革")
    assert (one.lon, one.lat, one.town) == (119.57, 31.75, "320413100")


def test_out_and_in_again_gives_the_same_entries(workspace):
    rows = [
        {"id": "a", "name": "清溪村", "pinyin": "Qīngxī Cūn", "entity_class": "settlement", "place_type_code": "22200",
         "former_names": "溪上;清水村", "meaning": "溪水清", "approved_on": date(1988, 5, 1), "heritage": True,
         "unit_code": "320413100201", "geometry": Point(119.573456789, 31.7512345)},
        {"id": "b", "name": "中心路", "entity_class": "road", "in_use_since": date(2001, 1, 1), "approval": "=1+1",
         "geometry": LineString([(119.5, 31.7), (119.6, 31.71), (119.61, 31.72)])},
        {"id": "c", "name": "镜湖", "entity_class": "natural", "origin": "如镜",
         "geometry": box(119.4, 31.6, 119.5, 31.7)},
        {"id": "d", "name": "双桥", "geometry": MultiPoint([(119.5, 31.7), (119.6, 31.8)])},
        {"id": "e", "name": "无图村", "place_type_code": "99999"},
    ]  # fmt: skip
    first = layer_from_rows(spec_of("place_name"), rows)
    report = taken(workspace, national_page(national_rows(first)))
    assert (report.rows_imported, report.reject_count) == (5, 0)
    again = workspace.layer("place_name")
    assert entries(again) == entries(first)
    assert national_rows(again) == national_rows(first)


def test_our_own_file_loses_no_size_no_shape_and_asks_for_no_check(workspace, tmp_path):
    sizes = {"site_m2": 15000.5, "floor_area_m2": 32000.0, "floors": 18, "green_rate": 35.5}
    rows = [
        {"id": "a", "name": "水安花园", "entity_class": "residential", "place_type_code": "22200", **sizes,
         "geometry": box(119.4, 31.6, 119.41, 31.61)},
        {"id": "b", "name": "中心路", "geometry": LineString([(119.5, 31.7), (119.600000001, 31.71)])},
        {"id": "c", "name": "镜湖", "marketing_names": "甲;乙",
         "geometry": box(119.4, 31.6, 119.41, 31.61).union(box(119.5, 31.6, 119.51, 31.61))},
        {"id": "d", "name": "清溪村", "place_type_code": "22200", "geometry": Point(119.573456789, 31.7512345)},
    ]  # fmt: skip
    with workspace.store.importing("place_name", ImportSource(file_name="own.gpkg"), BY) as sink:
        sink.append(layer_from_rows(spec_of("place_name"), rows).frame)
    first = workspace.layer("place_name")
    with Workspace.create(tmp_path / "other", Settings("320413", "金坛区")) as other:
        report = taken(other, national_page(national_rows(first)))
        again = other.layer("place_name")
    assert not [one.zh for one in report.notes if "核对" in one.zh]
    assert entries(again) == entries(first)
    one, two = (layer.frame.set_index("id").sort_index() for layer in (first, again))
    assert one.geometry.geom_equals_exact(two.geometry, 0).all()
    assert one[list(sizes)].equals(two[list(sizes)])
    assert two["attributes"].isna().all()


@pytest.mark.parametrize("wkt", ["POLYGON((1", "", 7, None])
def test_a_whole_shape_that_cannot_be_read_leaves_the_place_to_gdm(workspace, wkt):
    report = taken(workspace, [{**ROW, "fangyu": {"geometry": wkt}}])
    assert report.reject_count == 0
    (one,) = entries(workspace.layer("place_name"))
    assert (one.lon, one.lat) == (119.57, 31.75)


def test_a_machine_reading_is_not_handed_on_as_the_registers():
    (row,) = national_rows(layer_from_rows(spec_of("place_name"), [{"id": "a", "name": "清溪村"}]))
    assert (row["roman_alphabet_spelling"], row["place_type_code"], row["gdm"]) == ("", "", None)


def test_a_row_without_a_standard_name_is_refused(workspace):
    report = taken(workspace, [ROW, {**ROW, "id": "n2", "standard_name": ""}])
    assert (report.rows_imported, report.rows_rejected) == (1, 1)
    assert reasons(report) == ["缺少必填的“名称”。"]


@pytest.mark.parametrize(
    "gdm", ["POINT(1", {"type": "multipoint"}, {"type": "circle", "coordinates": [1, 2]}, [119.5, 31.7], 7]
)
def test_a_place_that_cannot_be_read_is_said_and_the_name_still_comes_in(workspace, gdm):
    report = taken(workspace, [ROW, {**ROW, "id": "n2", "gdm": gdm}])
    assert (report.rows_imported, report.cells_rejected) == (2, 1)
    assert reasons(report) == ["gdm 不是 GeoJSON 几何（如 multipoint 与坐标对）。"]


def test_codes_that_are_not_known_are_kept_and_said(workspace):
    report = taken(
        workspace, [{**ROW, "place_type_code": "21800"}, {**ROW, "id": "n2", "place_type_code": "街道"}]
    )
    said = [one.zh for one in report.notes]
    assert "1 行的类别代码不是五位数字，原样保留：街道×1。" in said
    assert "1 行的类别代码不在已知代码表中，原样保留：21800×1。" in said
    assert [one.type_code for one in entries(workspace.layer("place_name"))] == ["21800", "街道"]


def test_an_id_that_stands_twice_comes_in_once(workspace):
    report = taken(workspace, [ROW, {**ROW, "standard_name": "另一村"}])
    assert (report.rows_imported, report.rows_rejected) == (1, 1)
    assert reasons(report) == ["编号 n1 在文件中重复。"]


def test_a_row_that_is_no_object_is_refused_by_number(workspace):
    report = taken(workspace, [ROW, "清溪村", 7])
    assert (report.rows_imported, report.rows_rejected) == (1, 2)
    assert [(one.row, one.reason.zh) for one in report.rejects] == [
        (2, "这一行不是对象。"),
        (3, "这一行不是对象。"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"records": []}', "rows.json 只有表头，没有数据行。"),
        ('[{"standard_name": "清溪村"', "rows.json 不是完整的 JSON"),
        ('{"records": 3}', "rows.json 里没有记录：应为一组对象，或含 records 的分页。"),
    ],
)
def test_a_file_without_rows_is_refused_whole(workspace, text, message):
    with pytest.raises(FileFormatError) as caught:
        taken(workspace, text)
    assert caught.value.message.zh.startswith(message)


def test_geojson_is_still_geojson(workspace):
    feature = {"type": "Feature", "properties": {"id": "g", "name": "乙村", "records": []}, "geometry": None}
    report = taken(workspace, {"type": "FeatureCollection", "features": [feature]})
    assert report.rows_imported == 1


def test_two_histories_become_one(workspace):
    taken(workspace, [{**ROW, "details": {"place_history": "甲", "government_history": "乙"}}])
    (one,) = entries(workspace.layer("place_name"))
    assert one.history == "甲；乙"
