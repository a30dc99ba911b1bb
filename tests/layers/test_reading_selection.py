"""Only the wanted rows of a file."""

from pathlib import Path

import pytest

from layers.errors import ColumnError, InputError
from layers.importing import ImportOptions, import_file, import_osm
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("测试", "试")
TABLE = "名称,类别,片,经度,纬度\n甲,老人,东,119.5,31.7\n乙,儿童,东,119.51,31.7\n丙, 老人 ,西,119.52,31.7\n丁,,西,,\n"


@pytest.fixture
def place(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings(code="329901", name="云溪区")) as opened:
        yield opened


def taken(place, folder, **only):
    path = folder / "设施.csv"
    path.write_text(TABLE, "utf-8")
    options = ImportOptions(crs="wgs84", only=only, columns={"remarks": "类别"})
    return import_file(place, "care_facility", path, options, BY)


def test_rows_that_say_something_else_are_neither_read_nor_rejected(place, tmp_path):
    report = taken(place, tmp_path, 类别="老人")
    assert (report.rows_read, report.rows_imported, report.reject_count) == (2, 2, 0)
    assert set(place.layer("care_facility").frame["name"]) == {"甲", "丙"}
    assert "只取“类别”为“老人”的 2 行，其余 2 行不取。" in [one.zh for one in report.notes]


def test_several_values_and_several_columns_narrow_the_rows(place, tmp_path):
    assert taken(place, tmp_path, 类别="老人|儿童", 片="东").rows_imported == 2


def test_rejects_keep_the_numbers_of_the_file(place, tmp_path):
    with pytest.raises(InputError, match="没有一行"):
        taken(place, tmp_path, 类别="老人", 片="北")
    report = taken(place, tmp_path, 片="西")
    assert [one.row for one in report.rejects] == [5]


def test_a_value_nobody_has_is_refused_with_those_there_are(place, tmp_path):
    with pytest.raises(InputError, match=r"设施.csv 没有一行“类别”为“老年”。") as refused:
        taken(place, tmp_path, 类别="老年")
    assert refused.value.hint.zh == "现有取值（行数）：类别 老人 (2)、儿童 (1)、（空） (1)。"


def test_a_column_that_is_not_there_is_named(place, tmp_path):
    with pytest.raises(ColumnError, match="没有“大类”这一列"):
        taken(place, tmp_path, 大类="老人")


@pytest.mark.parametrize("more", [{"only": {"highway": "primary"}}, {"nodes": Path("nodes.csv")}])
def test_osm_extracts_refuse_what_is_for_tables(place, more):
    with pytest.raises(InputError, match="OSM 数据不能用 --only、--nodes"):
        import_osm(place, Path("x.osm.pbf"), ImportOptions(**more), BY)
