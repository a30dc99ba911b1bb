"""Every kind of file an office sends, with the same three facilities in it."""

import csv
import gzip
import lzma
import zipfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from layers.importing import ImportOptions, import_file
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("test")
HEADINGS = ["机构名称", "机构类型", "床位数（张）", "开业日期", "经度", "纬度", "院长属相"]
ROWS = [
    ["河滨敬老院", "敬老院", "1,200", "2019年3月", "119.57", "31.72", "龙"],
    ["虹桥日间照料中心", "日间照料", "**", "2020/5/1", "119.58", "31.73", ""],
    ["东门睦邻点", "睦邻点", "0", "20210601", "119.59", "31.74", "马"],
]


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def spatial_frame() -> gpd.GeoDataFrame:
    table = pd.DataFrame(
        [[*row[:4], row[6]] for row in ROWS], columns=["名称", "类型", "床位", "开业日期", "院长属相"]
    )
    points = [shapely.Point(float(row[4]), float(row[5])) for row in ROWS]
    return gpd.GeoDataFrame(table, geometry=points, crs="EPSG:4490")


def as_csv(path: Path, encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    return path


def as_packed_csv(path: Path) -> Path:
    content = as_csv(path.with_suffix(".plain")).read_bytes()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else lzma.compress(content))
    return path


def as_xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["金坛区养老设施一览表"])
    for row in [HEADINGS, *ROWS]:
        sheet.append(row)
    book.create_sheet("说明").append(["填表说明"])
    book.save(path)
    return path


def as_shapefile(path: Path) -> Path:
    folder = path.parent / "parts"
    folder.mkdir()
    spatial_frame().to_file(folder / "养老.shp", encoding="GBK")
    (folder / "养老.cpg").unlink()
    if path.suffix == ".shp":
        return folder / "养老.shp"
    with zipfile.ZipFile(path, "w") as archive:
        for part in folder.iterdir():
            archive.write(part, f"成果/{part.name}")
    return path


def as_spatial(path: Path) -> Path:
    frame = spatial_frame()
    if path.suffix == ".parquet":
        frame.to_parquet(path)
    elif path.suffix == ".gpkg":
        frame.to_file(path, layer="facilities")
    else:
        frame.to_crs("EPSG:4326").to_file(path, driver={".geojson": "GeoJSON", ".kml": "KML"}[path.suffix])
    return path


def as_wkt(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = [[*row[:4], f"POINT ({row[4]} {row[5]})", row[6]] for row in ROWS]
        csv.writer(file).writerows([[*HEADINGS[:4], "wkt", HEADINGS[6]], *rows])
    return path


KINDS = {
    "a.csv": (as_csv, "cgcs2000"),
    "a.csv.gz": (as_packed_csv, "cgcs2000"),
    "a.csv.xz": (as_packed_csv, "cgcs2000"),
    "a.xlsx": (as_xlsx, "cgcs2000"),
    "w.csv": (as_wkt, "cgcs2000"),
    "a.zip": (as_shapefile, None),
    "a.shp": (as_shapefile, None),
    "a.geojson": (as_spatial, None),
    "a.gpkg": (as_spatial, None),
    "a.parquet": (as_spatial, None),
    "a.kml": (as_spatial, None),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_same_facilities_come_out_of_every_kind_of_file(workspace, tmp_path, name):
    make, crs = KINDS[name]
    report = import_file(workspace, "care_facility", make(tmp_path / name), ImportOptions(crs=crs), BY)
    frame = workspace.layer("care_facility").frame
    assert (report.rows_read, report.rows_imported, report.reject_count) == (3, 3, 0)
    assert frame["name"].tolist() == [row[0] for row in ROWS]
    assert frame["kind"].tolist() == ["care_home", "day_care", "mutual_aid"]
    assert frame["beds"].fillna(-1).tolist() == [1200, -1, 0]
    assert frame["opened_on"].dt.date.tolist() == [date(2019, 3, 1), date(2020, 5, 1), date(2021, 6, 1)]
    assert frame.geometry.x.tolist() == pytest.approx([119.57, 119.58, 119.59])
    assert "院长属相" in report.unknown_columns
    assert frame["attributes"][0] == '{"院长属相": "龙"}'


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030")]
)
def test_the_encoding_found_is_reported(workspace, tmp_path, encoding, found):
    path = as_csv(tmp_path / "a.csv", encoding)
    assert import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84"), BY).encoding == found


def test_a_gbk_shapefile_without_cpg_says_which_encoding_was_found(workspace, tmp_path):
    report = import_file(workspace, "care_facility", as_shapefile(tmp_path / "a.zip"), ImportOptions(), BY)
    assert (report.encoding, report.crs_used, report.transform_accuracy_m) == ("gb18030", "EPSG:4490", 0.0)


def test_what_was_understood_from_a_workbook_is_said(workspace, tmp_path):
    report = import_file(
        workspace, "care_facility", as_xlsx(tmp_path / "a.xlsx"), ImportOptions(crs="wgs84"), BY
    )
    said = [note.zh for note in report.notes]
    assert "读取工作表“Sheet”；另有“说明”未读，可用 --sheet 指定。" in said
    assert "表头在第 2 行。" in said


def test_a_dry_run_writes_nothing_at_all(workspace, tmp_path):
    before = (workspace.root / "layers.gpkg").read_bytes()
    path = as_csv(tmp_path / "a.csv")
    report = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84", dry_run=True), BY)
    assert (report.rows_imported, report.import_id, report.dry_run) == (3, None, True)
    assert workspace.store.layer_ids() == ()
    assert (workspace.root / "layers.gpkg").read_bytes() == before
    assert not (workspace.root / "rejects").exists()


def test_the_same_file_again_is_refused_row_by_row_unless_updating(workspace, tmp_path):
    path = as_csv(tmp_path / "a.csv")
    first = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84"), BY)
    again = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84"), BY)
    path.write_text(path.read_text(encoding="utf-8").replace("1,200", "1,300"), encoding="utf-8")
    update = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84", update=True), BY)
    assert (again.rows_imported, again.reject_count, again.import_id) == (0, 3, None)
    assert again.rejects[0].reason.zh.endswith(
        f"已在第 {first.import_id} 次导入时进入图层；要更新请加 --update。"
    )
    assert (update.rows_imported, update.rows_updated, update.reject_count) == (0, 1, 0)
    assert update.notes[-1].zh == "2 行与图层中已有的相同，未作改动。"
    assert workspace.layer("care_facility").frame["beds"][0] == 1300


def test_gcj02_points_come_out_half_a_kilometre_away(workspace, tmp_path):
    report = import_file(
        workspace, "care_facility", as_csv(tmp_path / "a.csv"), ImportOptions(crs="gcj02"), BY
    )
    shift = abs(workspace.layer("care_facility").frame.geometry.x[0] - 119.57)
    assert 0.003 < shift < 0.006
    assert (report.crs_declared, report.crs_used, report.transform_accuracy_m) == (
        "gcj02",
        "gcj02 → EPSG:4490",
        None,
    )


def test_a_value_can_be_given_for_every_row(workspace, tmp_path):
    options = ImportOptions(crs="wgs84", columns={"operator_mode": "=民办"})
    import_file(workspace, "care_facility", as_csv(tmp_path / "a.csv"), options, BY)
    assert set(workspace.layer("care_facility").frame["operator_mode"]) == {"private"}


def test_a_village_list_gets_level_parent_and_kind_from_its_codes(workspace, tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text(
        "code,name,townCode\n320413001001,河滨居委会,320413001\n320413001200,城西村委会,320413001\n320413001,西城街道,\n",
        encoding="utf-8",
    )
    report = import_file(workspace, "admin_unit", path, ImportOptions(), BY)
    frame = workspace.layer("admin_unit").frame
    assert frame["id"].tolist() == frame["code"].tolist()
    assert frame["level"].tolist() == ["village", "village", "town"]
    assert frame["kind"].tolist() == ["community", "village", None]
    assert frame["parent_code"].tolist() == ["320413001", "320413001", "320413"]
    assert "级别、上级代码和类别由区划代码推出（GB/T 10114：001–199 居委会，200–399 村委会）。" in [
        n.zh for n in report.notes
    ]


def test_two_services_of_one_house_are_both_kept(workspace, tmp_path):
    path = tmp_path / "a.csv"
    rows = ["名称,地址,类型,经度,纬度", "甲院,东路1号,养老院,119.5,31.7", "甲院,东路1号,日间照料,119.5,31.7"]
    path.write_text("\n".join([*rows, rows[1]]) + "\n", encoding="utf-8")
    report = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84"), BY)
    assert (report.rows_imported, report.reject_count) == (2, 1)
    assert report.rejects[0].row == 4
    assert report.rejects[0].reason.zh.startswith("与文件中另一行完全相同（编号 ")
    assert "1 行与前面某行同名、同址、同位置但内容不同，已另编编号一并导入。" in [n.zh for n in report.notes]


def test_the_report_is_json(workspace, tmp_path):
    said = import_file(
        workspace, "care_facility", as_csv(tmp_path / "a.csv"), ImportOptions(crs="wgs84"), BY
    ).as_json()
    assert said["columns"]["beds"] == "床位数（张）"
    assert said["reject_file"] is None
