"""Bad input: what happens, and the exact words."""

import csv
import json
import zipfile

import pytest
import shapely

from layers.crs import wgs84_to_gcj02
from layers.errors import ColumnError, CrsError, EncodingError, FangyuError, FileFormatError, NotFoundError
from layers.frames import layer_from_rows
from layers.importing import ImportOptions, import_file
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

BY = By("test")
WGS84 = ImportOptions(crs="wgs84")


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def write(tmp_path, *lines: str, name: str = "a.csv"):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def geojson(tmp_path, *geometries: dict | None):
    features = [
        {"type": "Feature", "properties": {"name": f"第{n}处"}, "geometry": one}
        for n, one in enumerate(geometries, 1)
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def refusal(workspace, path, options=WGS84, layer_id="care_facility", kind=FangyuError) -> FangyuError:
    with pytest.raises(kind) as caught:
        import_file(workspace, layer_id, path, options, BY)
    assert workspace.store.layer_ids() == ()
    return caught.value


def test_degrees_without_a_declared_system_are_not_guessed(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲,119.5,31.7")
    error = refusal(workspace, path, ImportOptions(), kind=CrsError)
    assert error.message.zh == (
        "坐标系未声明：“经度”“纬度”是度数，但看不出是 WGS84、CGCS2000、GCJ-02 还是 BD-09（相差可达 1 公里）。"
    )
    assert error.hint.zh == (
        "请加 --crs：手持机或 GPS 用 wgs84，测绘成果用 cgcs2000，高德、腾讯地图取点用 gcj02，百度取点用 bd09。"
    )


def test_metres_without_a_declared_system_name_the_codes_of_their_zone(workspace, tmp_path):
    path = write(tmp_path, "名称,东坐标,北坐标", "甲,40452345.6,3512345.6")
    error = refusal(workspace, path, ImportOptions(), kind=CrsError)
    assert error.message.zh == "坐标系未声明：坐标像是投影坐标（如 40452345.6, 3512345.6）。"
    assert error.hint.zh == (
        "东坐标的带号是 40（3°带，中央经线 120°E），请按实际基准用 --crs 指明："
        "CGCS2000 EPSG:4528, Xi'an 80 EPSG:2364, Beijing 54 EPSG:2416。"
    )


def test_swapped_axes_are_refused(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲,31.7,119.5", "乙,31.8,119.6")
    for options in (WGS84, ImportOptions()):
        error = refusal(workspace, path, options, kind=CrsError)
        assert (
            error.message.zh
            == "经度列“经度”里像是纬度（如 31.7），纬度列“纬度”里像是经度（如 119.5）：两列可能对调了。"
        )


def test_a_spatial_file_with_swapped_axes_is_refused(workspace, tmp_path):
    path = geojson(tmp_path, {"type": "Point", "coordinates": [31.7, 119.5]})
    assert "两列可能对调了" in refusal(workspace, path, ImportOptions(), kind=CrsError).message.zh


def test_an_empty_file_is_refused(workspace, tmp_path):
    for name in ("a.csv", "a.xlsx", "a.geojson", "a.gpkg", "a.zip", "a.parquet", "a.kml"):
        (tmp_path / name).write_bytes(b"")
        error = refusal(workspace, tmp_path / name, kind=FileFormatError)
        assert error.said("zh") == f"{name} 是空文件。请检查导出是否完成。"


def test_headings_without_rows_are_refused(workspace, tmp_path):
    error = refusal(workspace, write(tmp_path, "名称,经度,纬度"), kind=FileFormatError)
    assert error.said("zh") == "a.csv 只有表头，没有数据行。请检查是否选对了文件或工作表。"


def test_a_collection_without_features_is_refused(workspace, tmp_path):
    assert (
        refusal(workspace, geojson(tmp_path), kind=FileFormatError).message.zh
        == "a.geojson 只有表头，没有数据行。"
    )


def test_a_table_without_coordinates_is_refused(workspace, tmp_path):
    error = refusal(workspace, write(tmp_path, "名称,地址", "甲,东路1号"), kind=ColumnError)
    assert error.message.zh == "a.csv 里没有坐标或几何列，图层“养老服务设施”的每一行都要有位置。"
    assert error.hint.zh == "现有列：名称、地址。用 --columns lon=列名,lat=列名（或 wkt=列名）指明。"


def test_half_a_pair_of_coordinates_is_refused(workspace, tmp_path):
    error = refusal(workspace, write(tmp_path, "名称,经度", "甲,119.5"), kind=ColumnError)
    assert error.said("zh") == "a.csv 有“经度”，但没有与它成对的坐标列。用 --columns lat=列名 指明。"


def test_a_required_column_that_is_absent_is_named(workspace, tmp_path):
    error = refusal(workspace, write(tmp_path, "地址,经度,纬度", "东路,119.5,31.7"), kind=ColumnError)
    assert error.said("zh") == (
        "a.csv 缺少必填列：“名称”（name）。现有列：地址、经度、纬度。用 --columns name=列名 指明。"
    )


def test_missing_and_impossible_places_reject_their_rows_and_no_others(workspace, tmp_path):
    path = write(
        tmp_path,
        "名称,经度,纬度",
        "甲,119.5,31.7",
        "乙,,",
        "丙,0,0",
        "丁,119.5,",
        "戊,abc,31.7",
        "己,119.5,131.7",
    )
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert (report.rows_read, report.rows_imported, report.reject_count) == (6, 1, 5)
    assert {one.row: (one.value, one.reason.zh) for one in report.rejects} == {
        3: ("", "没有坐标或几何。"),
        4: ("0/0", "坐标是 0,0，通常是取点失败。"),
        5: ("119.5/", "经纬度只有一半。"),
        6: ("abc/31.7", "“abc”不是数字。"),
        7: ("119.5/131.7", "坐标（119.5, 131.7）不在地球上：经度 -180~180，纬度 -90~90。"),
    }
    assert {(one.column, one.dropped) for one in report.rejects} == {("经度/纬度", "row")}


def test_a_row_without_place_stays_where_places_are_optional(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲村,119.5,31.7", "乙村,,", "丙村,0,0")
    report = import_file(workspace, "place_name", path, WGS84, BY)
    assert (report.rows_imported, report.reject_count) == (3, 1)
    assert report.rejects[0].dropped == "cell"
    assert "1 行没有位置：新增的只进登记表，不上图；更新的保留原有位置。" in [
        note.zh for note in report.notes
    ]


def test_invalid_polygons_are_repaired_and_said(workspace, tmp_path):
    bow = {
        "type": "Polygon",
        "coordinates": [[[119, 31], [119.1, 31.1], [119.1, 31], [119, 31.1], [119, 31]]],
    }
    good = shapely.box(119.2, 31, 119.3, 31.1).__geo_interface__
    report = import_file(workspace, "residential_quarter", geojson(tmp_path, good, bow), ImportOptions(), BY)
    assert workspace.layer("residential_quarter").frame.geometry.is_valid.all()
    assert "修复了 1 个无效几何（行 2）。" in [note.zh for note in report.notes]


def test_a_geometry_of_the_wrong_family_rejects_its_row(workspace, tmp_path):
    line = {"type": "LineString", "coordinates": [[119, 31, 5], [119.1, 31.1, 5]]}
    area = shapely.box(119, 31, 119.1, 31.1).__geo_interface__
    report = import_file(workspace, "road", geojson(tmp_path, line, area), ImportOptions(), BY)
    assert report.rows_imported == 1
    assert not workspace.layer("road").frame.geometry.has_z.any()
    assert report.rejects[0].reason.zh == "几何类型 Polygon 不符，本图层要线。"


def test_duplicate_ids_keep_the_first_and_reject_the_rest(workspace, tmp_path):
    path = write(tmp_path, "编号,名称,经度,纬度", "1,甲,119.5,31.7", "1,乙,119.6,31.7", "2,丙,119.7,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert workspace.layer("care_facility").frame["name"].tolist() == ["甲", "丙"]
    assert [(one.row, one.column, one.value, one.reason.zh) for one in report.rejects] == [
        (3, "编号", "1", "编号 1 在文件中重复。")
    ]


def test_a_column_of_ids_that_says_one_thing_throughout_is_pointed_out(workspace, tmp_path):
    rows = (f"长者,第{n}家,{119.5 + n / 100},31.7" for n in range(4))
    report = import_file(workspace, "care_facility", write(tmp_path, "编号,名称,经度,纬度", *rows), WGS84, BY)
    assert report.rows_imported == 1
    [said] = [one for one in report.notes if "--columns id=" in one.zh]
    assert said.zh.startswith("“编号”一列当作编号，但 4 行全是“长者”，只能收一行：它不是编号。")
    assert said.en.startswith("The column '编号' was taken for the id, but all 4 rows say '长者'")


def test_one_row_alone_may_have_any_id(workspace, tmp_path):
    path = write(tmp_path, "编号,名称,经度,纬度", "1,甲,119.5,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert not any("--columns id=" in one.zh for one in report.notes)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_trial_finds_the_same_duplicates_as_the_import(workspace, tmp_path, dry_run):
    path = write(tmp_path, "编号,名称,经度,纬度", "1,甲,119.5,31.7", "1,乙,119.6,31.7")
    report = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84", dry_run=dry_run), BY)
    assert (report.rows_imported, report.rejects[0].reason.zh) == (1, "编号 1 在文件中重复。")


def test_rows_far_outside_the_district_go_in_and_are_pointed_out(workspace, tmp_path):
    unit = {
        "id": "320413",
        "name": "金坛区",
        "code": "320413",
        "level": "county",
        "geometry": shapely.box(119.3, 31.5, 119.8, 31.9),
    }
    with workspace.store.importing("admin_unit", ImportSource("units"), BY) as sink:
        sink.append(layer_from_rows(spec_of("admin_unit"), [unit]).frame)
    path = write(tmp_path, "名称,经度,纬度", "甲,119.5,31.7", "乙,121.5,31.2", "丙,119.9,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert report.rows_imported == 3
    assert "1 行离辖区范围超过 20 公里（行 3），已导入，请核对。" in [note.zh for note in report.notes]


def test_points_outside_china_under_a_chinese_system_are_pointed_out(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲,119.5,31.7", "乙,103.8,1.3")
    report = import_file(workspace, "care_facility", path, ImportOptions(crs="gcj02"), BY)
    assert "1 行在中国范围之外（行 3），而 gcj02 只用于中国，请核对。" in [note.zh for note in report.notes]


def test_a_swapped_row_among_good_ones_is_rejected(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲,119.5,31.7", "乙,119.6,31.7", "丙,31.7,119.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert report.rows_imported == 2
    assert (
        report.rejects[0].reason.zh
        == "坐标（31.7, 119.7）不在地球上：经度 -180~180，纬度 -90~90。经纬度可能对调了。"
    )


def test_points_that_fit_the_roads_as_gcj02_are_pointed_out(workspace, tmp_path):
    lines = [shapely.LineString([(119.5, 31.7 + k / 100), (119.6, 31.7 + k / 100)]) for k in range(10)]
    roads = [{"id": str(k), "geometry": line} for k, line in enumerate(lines)]
    with workspace.store.importing("road", ImportSource("roads"), BY) as sink:
        sink.append(layer_from_rows(spec_of("road"), roads).frame)
    places = [wgs84_to_gcj02(119.51 + n / 400, 31.7 + n % 10 / 100) for n in range(30)]
    path = write(tmp_path, "名称,经度,纬度", *(f"第{n}处,{lon},{lat}" for n, (lon, lat) in enumerate(places)))
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert any(note.zh.startswith("坐标可能是 gcj02：到图层 road 的平均距离现为 ") for note in report.notes)
    assert any("按 GCJ-02 还原为 1 米" in note.zh for note in report.notes)


def test_unknown_columns_are_kept_and_reported(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度,属相,楼栋", "甲,119.5,31.7,龙,**")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert report.unknown_columns == ("属相", "楼栋")
    assert workspace.layer("care_facility").frame["attributes"][0] == '{"属相": "龙"}'


def test_an_unknown_word_drops_its_cell_keeps_the_original_and_is_listed(workspace, tmp_path):
    path = write(tmp_path, "名称,类型,经度,纬度", "甲,棋牌室,119.5,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    frame = workspace.layer("care_facility").frame
    assert (report.rows_imported, frame["kind"][0], frame["attributes"][0]) == (1, None, '{"类型": "棋牌室"}')
    assert (report.rejects[0].column, report.rejects[0].value, report.rejects[0].dropped) == (
        "类型",
        "棋牌室",
        "cell",
    )


def test_an_unknown_word_in_a_required_field_rejects_its_row(workspace, tmp_path):
    path = write(tmp_path, "名称,类型,经度,纬度", "甲,棋牌室,119.5,31.7", "乙,医院,119.5,31.7")
    report = import_file(workspace, "point_of_interest", path, WGS84, BY)
    assert (report.rows_imported, report.rejects[0].dropped) == (1, "row")


def test_a_required_cell_that_is_blank_rejects_its_row(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", ",119.5,31.7", "乙,119.5,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert [(one.row, one.column, one.reason.zh) for one in report.rejects] == [
        (2, "名称", "缺少必填的“名称”。")
    ]


def test_a_row_wider_than_the_headings_is_rejected(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度", "甲,119.5,31.7,多", "乙,119.5,31.7")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert report.rejects[0].reason.zh == "这一行比表头多出 1 个单元格，列可能错位。"
    assert report.rows_imported == 1


def test_the_reject_file_carries_every_original_row(workspace, tmp_path):
    path = write(tmp_path, "名称,经度,纬度,属相", "甲,0,0,龙", "乙,119.5,31.7,马")
    report = import_file(workspace, "care_facility", path, WGS84, BY)
    assert report.reject_file.parent == workspace.root / "rejects"
    with report.reject_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["行号 row"], rows[0]["原因"]) == ("2", "坐标是 0,0，通常是取点失败。")
    assert json.loads(rows[0]["原始行 original row (JSON)"]) == {
        "名称": "甲",
        "经度": "0",
        "纬度": "0",
        "属相": "龙",
    }


def test_when_no_row_is_good_nothing_is_written(workspace, tmp_path):
    report = import_file(workspace, "care_facility", write(tmp_path, "名称,经度,纬度", "甲,0,0"), WGS84, BY)
    assert (report.rows_imported, report.import_id) == (0, None)
    assert workspace.store.imports() == ()
    assert workspace.store.layer_ids() == ()


def test_a_bad_batch_at_the_end_takes_the_whole_import_back(workspace, tmp_path):
    path = write(
        tmp_path,
        "名称,经度,纬度",
        *(f"第{n}处,119.{n},31.7" for n in range(100, 30_100)),
        '"没有结束的引号,1,2',
    )
    with pytest.raises(FileFormatError):
        _with_small_cells(workspace, path)
    assert workspace.store.imports() == ()


def _with_small_cells(workspace, path):
    with path.open("a", encoding="utf-8") as file:
        file.write("x" * (1 << 26))
    import_file(workspace, "care_facility", path, WGS84, BY)


def test_a_zip_bomb_is_refused(workspace, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", b"0" * 50_000_000)
    error = refusal(workspace, tmp_path / "bomb.zip", kind=FileFormatError)
    assert error.said("zh") == (
        "不打开 bomb.zip：条目“a.csv”压缩比达 1029 倍，上限 200 倍。请解压后只导入需要的文件。"
    )


def test_an_unknown_encoding_names_the_byte(workspace, tmp_path):
    (tmp_path / "a.csv").write_bytes("名称,经度,纬度\n".encode() + b"\xff\xfe\xff,1,2\n")
    error = refusal(workspace, tmp_path / "a.csv", kind=EncodingError)
    assert error.message.zh.startswith("认不出文件的编码：")
    assert "第 21 字节起无法解码" in error.message.zh


def test_an_unknown_kind_is_answered_with_the_known_ones(workspace, tmp_path):
    (tmp_path / "a.dwg").write_bytes(b"AC1032")
    assert (
        refusal(workspace, tmp_path / "a.dwg", kind=FileFormatError).message.zh
        == "不认识 a.dwg 的文件类型“.dwg”。"
    )
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf")
    assert refusal(workspace, tmp_path / "a.xls").hint.zh == "请用 Excel 或 WPS 另存为 .xlsx。"


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.kml", "a.parquet", "a.xlsx", "a.zip"])
def test_a_damaged_file_is_a_plain_refusal(workspace, tmp_path, name):
    (tmp_path / name).write_bytes(b"this is no such thing")
    assert isinstance(refusal(workspace, tmp_path / name), FileFormatError)


def test_a_file_that_is_not_there_is_said_so(workspace, tmp_path):
    assert (
        refusal(workspace, tmp_path / "无.csv", kind=NotFoundError).message.zh
        == f"没有文件 {tmp_path / '无.csv'}。"
    )
