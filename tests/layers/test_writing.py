import csv
import zipfile
from datetime import date

import geopandas as gpd
import openpyxl
import pytest
import shapely

from layers import writing
from layers.errors import FileFormatError
from layers.frames import layer_from_rows
from layers.importing import ImportOptions, import_file
from layers.model import Kind
from layers.specs import SPECS, spec_of
from layers.store.protocol import By
from layers.vocabulary import vocabulary
from layers.workspace import Settings, Workspace
from layers.writing import WRITERS, export_layer, short_names


def facilities():
    return layer_from_rows(
        spec_of("care_facility"),
        [
            {
                "id": "1",
                "name": "河滨敬老院",
                "kind": "care_home",
                "beds": 120,
                "area_m2": 2300.5,
                "opened_on": date(2019, 3, 1),
                "suspended_on": None,
                "served_units": "甲村;乙村",
                "attributes": '{"属相": "龙"}',
                "geometry": shapely.Point(119.57, 31.72),
            },
            {"id": "2", "name": "=1+1", "geometry": shapely.box(119.5, 31.7, 119.6, 31.8)},
        ],
    )


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_is_exported_comes_back_the_same(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    export_layer(facilities(), path)
    crs = "cgcs2000" if suffix in {".csv", ".xlsx"} else None
    wanted = "care_facility_point" if "zip" in suffix else None
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as workspace:
        import_file(workspace, "care_facility", path, ImportOptions(crs=crs, source_layer=wanted), By("test"))
        row = workspace.layer("care_facility").frame.iloc[0]
    assert (row["id"], row["name"]) == ("1", "河滨敬老院")
    assert (row.geometry.x, row.geometry.y) == pytest.approx((119.57, 31.72))
    assert (row["kind"], row["beds"], row["area_m2"]) == ("care_home", 120, 2300.5)
    assert (row["opened_on"].date(), row["served_units"]) == (date(2019, 3, 1), "甲村;乙村")
    assert row["attributes"] == '{"属相": "龙"}'


LONG_LIST = ";".join(f"第{number}村" for number in range(300))


def with_lists(spec):
    """Make two features with a long list in every list field, and a word in every required one."""
    row = {"name": "甲处", "geometry": shapely.Point(119.57, 31.72)}
    for one in spec.fields:
        if one.kind is Kind.LIST:
            row[one.name] = LONG_LIST
        elif one.required and one.name not in {"id", "name"}:
            row[one.name] = next(iter(vocabulary(one.vocabulary))) if one.vocabulary else "320413100200"
    return layer_from_rows(spec, [{**row, "id": str(number)} for number in (1, 2)])


@pytest.mark.parametrize(
    "layer_id", [one.id for one in SPECS.values() if any(f.kind is Kind.LIST for f in one.fields)]
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".kml"])
def test_lists_in_cells_come_back_from_tables(tmp_path, layer_id, suffix):
    path = tmp_path / f"a{suffix}"
    export_layer(with_lists(spec_of(layer_id)), path)
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as workspace:
        report = import_file(workspace, layer_id, path, ImportOptions(crs="cgcs2000"), By("test"))
        frame = workspace.layer(layer_id).frame
    assert (report.rows_imported, report.rejects) == (2, ())
    lists = [one.name for one in spec_of(layer_id).fields if one.kind is Kind.LIST]
    assert all(frame[name].tolist() == [LONG_LIST, LONG_LIST] for name in lists)


def test_kml_in_english_comes_back_too(tmp_path):
    export_layer(facilities(), tmp_path / "a.kml", lang="en")
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as workspace:
        report = import_file(workspace, "care_facility", tmp_path / "a.kml", ImportOptions(), By("test"))
        row = workspace.layer("care_facility").frame.iloc[0]
    assert (report.rows_imported, report.unknown_columns) == (2, ())
    assert (row["id"], row["kind"], row["beds"], row["served_units"]) == ("1", "care_home", 120, "甲村;乙村")


def test_a_csv_opens_in_excel_with_chinese_headings_and_words(tmp_path):
    export_layer(facilities(), tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["设施类型"], rows[0]["启用日期"], rows[0]["经度"], rows[0]["几何WKT"]) == (
        "养老机构",
        "2019-03-01",
        "119.57",
        "",
    )
    assert rows[1]["几何WKT"].startswith("POLYGON ((119.6 31.7")


def test_the_headings_can_be_english(tmp_path):
    export_layer(facilities(), tmp_path / "a.csv", lang="en")
    head = (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("Id,Name,Kind,Tier")


def test_a_name_that_looks_like_a_formula_is_only_text(tmp_path):
    export_layer(facilities(), tmp_path / "a.csv")
    export_layer(facilities(), tmp_path / "a.xlsx")
    assert "'=1+1" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["B3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_geojson_says_nothing_of_a_system_because_it_is_always_wgs84(tmp_path):
    export_layer(facilities(), tmp_path / "a.geojson")
    assert '"crs"' not in (tmp_path / "a.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet"])
def test_spatial_files_say_cgcs2000(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    export_layer(facilities(), path)
    read = gpd.read_parquet(path) if suffix == ".parquet" else gpd.read_file(path)
    assert read.crs.to_epsg() == 4490


def test_a_zipped_shapefile_explains_its_short_names(tmp_path):
    export_layer(facilities(), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        said = archive.read("fields.txt").decode("utf-8-sig")
        assert {name.rsplit(".", 1)[1] for name in archive.namelist()} == {
            "shp",
            "shx",
            "dbf",
            "prj",
            "cpg",
            "txt",
        }
    assert "nursing_be\tnursing_beds\t护理型床位\tNursing beds" in said


@pytest.mark.parametrize("layer_id", SPECS)
def test_short_names_fit_and_are_unique(layer_id):
    names = spec_of(layer_id).field_names
    short = short_names(names)
    assert len(set(short.values())) == len(names)
    assert max(len(one) for one in short.values()) <= 10


def test_an_unknown_suffix_is_answered_with_the_known_ones(tmp_path):
    with pytest.raises(FileFormatError) as caught:
        export_layer(facilities(), tmp_path / "a.dwg")
    assert caught.value.said("zh") == (
        "不会写“.dwg”类型的文件。可用后缀：.csv、.xlsx、.geojson、.gpkg、.parquet、.kml、.shp.zip、.zip。"
    )


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_layer_without_features_can_be_written(tmp_path, suffix):
    export_layer(layer_from_rows(spec_of("shelter"), []), tmp_path / f"a{suffix}")
    assert (tmp_path / f"a{suffix}").stat().st_size > 0


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def fail(_layer, made, _lang):
        made.write_text("half", encoding="utf-8")
        raise OSError("half")

    monkeypatch.setitem(writing.WRITERS, ".csv", fail)
    with pytest.raises(OSError, match="half"):
        export_layer(facilities(), path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]
