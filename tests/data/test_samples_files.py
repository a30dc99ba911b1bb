"""The files of the fictional district: same bytes each time, small, understood by the import, true to their tables."""

import csv
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from data.samples import Sample, generate
from data.samples.generator import FAULTS_FILE, NAMES_FILE, README_FILE, REPORT_FILE, SIGNS_FILE
from data.samples.tables import SOURCE
from layers.importing import ImportOptions, import_file
from layers.reading.headings import knows
from layers.specs import SPECS, spec_of
from layers.store.protocol import By
from layers.vocabulary import code_for
from layers.workspace import Settings, Workspace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Sample:
    return generate(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def reports(sample, tmp_path_factory):
    with Workspace.create(
        tmp_path_factory.mktemp("workspace") / "w",
        Settings(code=sample.code, name=sample.name, synthetic=True),
    ) as workspace:
        return {
            file.file_name: import_file(
                workspace,
                file.layer_id,
                sample.folder / file.file_name,
                ImportOptions(crs=file.crs, synthetic=True),
                By("test"),
            )
            for file in sample.files
        }


def rows_of(path: Path) -> list[dict[str, object]]:
    """Read a file without any guessing, as text or JSON values."""
    if path.suffix == ".geojson":
        return [feature["properties"] for feature in json.loads(path.read_text("utf-8"))["features"]]
    if path.suffix == ".xlsx":
        values = list(openpyxl.load_workbook(path).active.values)
        return [dict(zip(values[0], row, strict=True)) for row in values[1:]]
    encoding = "gb18030" if path.read_bytes()[:3] != b"\xef\xbb\xbf" else "utf-8-sig"
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def truth(sample: Sample, name: str) -> list[dict[str, str]]:
    with (sample.folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_two_processes_write_the_same_bytes_with_and_without_lxml(tmp_path):
    code = (
        "import sys; from pathlib import Path; from data.samples import generate; generate(Path(sys.argv[1]))"
    )
    digests = []
    for number, lxml in (("1", "True"), ("2", "False")):
        folder = tmp_path / number
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": number, "OPENPYXL_LXML": lxml},
        )
        digests.append({p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())})
    assert digests[0] == digests[1]
    assert len(digests[0]) == 25


def test_all_files_together_stay_under_five_megabytes(sample):
    assert sum(path.stat().st_size for path in sample.folder.iterdir()) < 5_000_000


def test_every_layer_has_a_file(sample):
    assert {file.layer_id for file in sample.files} == set(SPECS)


def test_every_heading_means_something_to_its_layer(sample):
    for file in sample.files:
        path = sample.folder / file.file_name
        if path.suffix != ".zip":
            known = knows(spec_of(file.layer_id))
            assert not {heading for row in rows_of(path) for heading in row if not known(heading)}, (
                file.file_name
            )


def test_the_import_understands_every_column(reports):
    assert {name: report.unknown_columns for name, report in reports.items() if report.unknown_columns} == {}


def test_the_import_refuses_exactly_what_was_planted(sample, reports):
    refused = {
        (name, reject.row, reject.dropped) for name, report in reports.items() for reject in report.rejects
    }
    planted = {
        (row["file"], int(row["row"]), row["expected"].removeprefix("reject-"))
        for row in truth(sample, FAULTS_FILE)
        if row["expected"].startswith("reject")
    }
    assert refused == planted


def test_every_row_says_that_it_is_made_up(sample):
    for file in sample.files:
        path = sample.folder / file.file_name
        if path.suffix != ".zip":
            unmarked = [
                row for row in rows_of(path) if row.get("来源") != SOURCE and row.get("编号") != "DM99999"
            ]
            assert unmarked == [], file.file_name
    assert "虚构示例" in (sample.folder / README_FILE).read_text("utf-8")


def test_the_road_file_is_a_gbk_shapefile_that_does_not_say_so(sample):
    with zipfile.ZipFile(sample.folder / "道路.zip") as archive:
        assert {Path(name).suffix for name in archive.namelist()} == {".shp", ".shx", ".dbf", ".prj"}
        dbf = archive.read("道路.dbf")
    assert "道路等级".encode("gbk") in dbf
    assert dbf[29] == 0


def test_exactly_106_names_are_planted_in_all_classes(sample):
    bad = [row for row in truth(sample, NAMES_FILE) if row["nonstandard"] == "1"]
    assert len(bad) == 106
    assert set(Counter(row["category"] for row in bad)) == {
        "大",
        "洋",
        "怪",
        "重",
        "一地多名",
        "擅自命名",
        "用字",
    }


def test_every_planted_name_stands_in_the_register_under_its_id(sample):
    entries = [row for name in ("地名_线面.geojson", "地名_点.csv") for row in rows_of(sample.folder / name)]
    names = {str(row["编号"]): row["名称"] for row in entries}
    for row in truth(sample, NAMES_FILE):
        assert names[row["id"]] == row["name"]
        if row["like_id"]:
            assert row["like_id"] != row["id"]
            assert row["like_id"] in names
    assert 1900 <= len(names) <= 2200


def test_every_planted_fault_stands_where_the_table_says(sample):
    faults = truth(sample, FAULTS_FILE)
    assert 25 <= len(faults) <= 40
    for fault in faults:
        path = sample.folder / fault["file"]
        row = rows_of(path)[int(fault["row"]) - (1 if path.suffix == ".geojson" else 2)]
        if fault["id"]:
            assert row["编号"] == fault["id"], fault
        if fault["value"]:
            assert str(row[fault["column"]]) == fault["value"], fault


def test_every_planted_sign_fault_is_of_a_row_that_is_there(sample):
    rows = {file: rows_of(sample.folder / file) for file in ("地名标志.xlsx", "门楼牌.csv")}
    there = {(file, row["编号"]) for file, listed in rows.items() for row in listed}
    planted = truth(sample, SIGNS_FILE)
    assert len(planted) > 110
    assert [row for row in planted if row["layer"] != "road" and (row["file"], row["id"]) not in there] == []
    signed = {row["牌面文字"] for row in rows["地名标志.xlsx"]}
    assert [row for row in planted if row["layer"] == "road" and row["id"] in signed] == []


def test_no_plate_is_of_a_household(sample):
    kinds = {row["类型"] for row in rows_of(sample.folder / "门楼牌.csv")}
    assert kinds == {"大门牌", "小门牌", "楼栋牌"}


def test_beds_shelters_and_cemeteries_are_as_many_as_in_the_reports(sample):
    homes = rows_of(sample.folder / "养老机构.xlsx")
    shelters = rows_of(sample.folder / "避灾安置场所.xlsx")
    assert len(homes) == 60
    clean = [row for row in homes if row["床位数"] != "约120" and row["编号"] != "YL024"]
    assert 0.66 < sum(row["护理型床位"] for row in clean) / sum(row["床位数"] for row in clean) < 0.74
    assert (len(shelters), sum(row["可安置人数"] for row in shelters)) == (146, 39_590)
    assert len(rows_of(sample.folder / "公墓骨灰堂年检.xlsx")) == 32


def test_meal_points_in_service_serve_about_four_units_in_five(sample):
    units = [
        row["名称"] for row in rows_of(sample.folder / "行政区划与村居.geojson") if row["级别"] == "村居"
    ]
    served = {
        name
        for row in rows_of(sample.folder / "老年助餐点.csv")
        if row["运营状态"] == "运营"
        for name in str(row["服务村居"]).split("、")
    }
    assert 0.76 < len(served & set(units)) / len(units) < 0.84


def test_greening_is_about_95_percent_and_some_cemeteries_are_nearly_full(sample):
    rows = [row for row in rows_of(sample.folder / "公墓骨灰堂年检.xlsx") if row["绿化覆盖率"] <= 100]
    assert sum(row["绿化覆盖率"] for row in rows) / len(rows) == pytest.approx(95, abs=1.5)
    assert sum(1 for row in rows if row["墓穴总数"] and row["已用墓穴"] / row["墓穴总数"] > 0.95) >= 2


def test_eighty_markers_on_three_lines(sample):
    markers = rows_of(sample.folder / "界桩登记表.xlsx")
    assert 75 <= len(markers) <= 85
    assert len(rows_of(sample.folder / "行政区域界线.geojson")) == 3
    assert Counter(str(row["界桩号"])[-1] for row in markers if len(str(row["界桩号"])) == 8).keys() == set(
        "QABCDE"
    )


def test_the_parts_of_the_report_do_not_add_up(sample):
    rows = rows_of(sample.folder / REPORT_FILE)
    assert int(str(rows[0]["数量"])) == 34
    assert sum(int(str(row["数量"])) for row in rows[1:]) == 32


@pytest.mark.parametrize(
    ("file", "heading", "vocabulary"),
    [
        ("居家养老服务设施.csv", "类型", "care_kind"),
        ("居家养老服务设施.csv", "运营状态", "service_state"),
        ("养老机构.xlsx", "医养结合", "medical_link"),
        ("禁坟区.geojson", "类型", "zone_kind"),
        ("地名_点.csv", "地名类别", "name_class"),
        ("公墓骨灰堂年检.xlsx", "公墓性质", "cemetery_kind"),
        ("界桩登记表.xlsx", "立桩类型", "marker_structure"),
        ("地名标志.xlsx", "标志类型", "sign_kind"),
        ("门楼牌.csv", "类型", "plate_kind"),
        ("门楼牌.csv", "状况", "sign_state"),
        ("阻隔.geojson", "阻隔类型", "barrier_kind"),
    ],
)
def test_words_are_those_of_the_vocabularies(sample, file, heading, vocabulary):
    words = {str(row[heading]) for row in rows_of(sample.folder / file)}
    assert {word for word in words if code_for(vocabulary, word) is None} == set()
