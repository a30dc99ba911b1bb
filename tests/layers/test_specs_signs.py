"""Signs and plates come in under the offices' own headings, and no household does."""

from dataclasses import replace

import pytest

from layers.exposure import public_fields
from layers.importing import ImportOptions, import_file
from layers.reading.headings import knows
from layers.specs import spec_of
from layers.store.protocol import By
from layers.vocabulary import code_for
from layers.workspace import Settings, Workspace


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "w", Settings("320413", "金坛区")) as opened:
        yield opened


def imported(workspace, layer_id, text, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return import_file(workspace, layer_id, path, ImportOptions(crs="EPSG:4490"), By("test"))


@pytest.mark.parametrize(
    "heading", ["牌面文字", "牌面拼音", "标志类型", "对应地名", "发现问题日期", "完成期限", "管护单位"]
)
def test_the_columns_of_a_sign_list_are_known(heading):
    assert knows(spec_of("road_sign"))(heading)


@pytest.mark.parametrize("heading", ["门牌号", "所在道路", "小区名称", "幢号", "地址", "类型"])
def test_the_columns_of_a_plate_list_are_known(heading):
    assert knows(spec_of("door_plate"))(heading)


@pytest.mark.parametrize(
    ("vocabulary", "word", "code"),
    [
        ("sign_kind", "路牌", "road"),
        ("sign_kind", "特色地名标志", "culture"),
        ("sign_state", "锈蚀", "damaged"),
        ("sign_state", "应设未设", "missing"),
        ("plate_kind", "幢牌", "building"),
        ("plate_kind", "商铺门牌", "small"),
        ("plate_kind", "户牌", None),
        ("street_side", "左", "left"),
    ],
)
def test_the_words_offices_write_are_understood(vocabulary, word, code):
    assert code_for(vocabulary, word) == code


def test_a_household_plate_is_refused_as_a_whole(workspace, tmp_path):
    text = "编号,类型,号码,经度,纬度\n1,门牌,12号,119.5,31.7\n2,户牌,302室,119.5,31.7\n"
    report = imported(workspace, "door_plate", text, tmp_path)
    assert (report.rows_imported, report.reject_count) == (1, 1)
    assert "户牌" in report.rejects[0].reason.zh


def test_plates_without_ids_get_lasting_ones_by_number(workspace, tmp_path):
    text = "类型,号码,所在道路,经度,纬度\n门牌,1号,桃园路,119.5,31.7\n门牌,3号,桃园路,119.5,31.7\n"
    assert imported(workspace, "door_plate", text, tmp_path).rows_imported == 2


def test_upkeep_of_signs_is_internal_even_if_signs_were_shown():
    shown = {one.name for one in public_fields(replace(spec_of("road_sign"), public=True))}
    assert {"name", "sign_pinyin", "kind"} <= shown
    assert public_fields(spec_of("road_sign")) == ()
    assert not {"state", "found_on", "due_on", "maintained_by", "inspected_on"} & shown
