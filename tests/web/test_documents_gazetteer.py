"""The gazetteer as a paper and as a workbook."""

import io

import openpyxl
import pytest
from document_cases import DAY
from docx import Document
from shapely import Point

from gis.names.gazetteer import entries
from layers.errors import InputError
from layers.frames import layer_from_rows
from layers.specs import spec_of
from web.documents import gazetteer_document

ROWS = [
    {
        "id": "1",
        "name": "中心路",
        "entity_class": "road",
        "pinyin": "Zhōngxīn Lù",
        "geometry": Point(119.57, 31.75),
    },
    {"id": "2", "name": "安乐村", "entity_class": "settlement", "pinyin": "Ānlè Cūn", "meaning": "安居乐业"},
    {"id": "3", "name": "=cmd", "entity_class": "settlement", "pinyin": "Āi", "remarks": "内部备注"},
    {"id": "4", "name": "白桥路", "entity_class": "road"},
]


def listed(*rows):
    return entries(layer_from_rows(spec_of("place_name"), rows))


def paper_lines(content: bytes) -> list[str]:
    return [line.text for line in Document(io.BytesIO(content)).paragraphs]


def test_the_paper_goes_by_class_then_by_pinyin(workspace):
    lines = paper_lines(gazetteer_document(workspace, "docx", listed(*ROWS), on=DAY))
    numbered = [line for line in lines if line[:1].isdigit()]
    assert [line.split("　")[1] for line in numbered] == ["=cmd", "安乐村", "白桥路", "中心路"]
    assert lines.index("居民点") < lines.index("道路街巷")


def test_what_the_program_filled_in_is_marked_to_be_checked(workspace):
    lines = paper_lines(gazetteer_document(workspace, "docx", listed(*ROWS), on=DAY))
    filled = next(line for line in lines if "白桥路" in line)
    own = next(line for line in lines if "安乐村" in line)
    assert "＊Bái" in filled
    assert "＊Ān" not in own
    assert "含义：安居乐业。" in own
    assert "来历：（待填）。" in own


def test_the_index_leads_from_letters_to_numbers(workspace):
    lines = paper_lines(gazetteer_document(workspace, "docx", listed(*ROWS), on=DAY))
    index = lines[lines.index("首字母索引") :]
    assert index[index.index("A") + 1] == "=cmd 1　安乐村 2"
    assert index[index.index("Z") + 1] == "中心路 4"


def test_no_cell_of_the_workbook_is_a_formula(workspace):
    book = openpyxl.load_workbook(io.BytesIO(gazetteer_document(workspace, "xlsx", listed(*ROWS), on=DAY)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert "'=cmd" in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}


def test_remarks_of_the_office_never_stand_in_the_gazetteer(workspace):
    for form in ("docx", "xlsx"):
        assert "内部备注" not in str(gazetteer_document(workspace, form, listed(*ROWS), on=DAY))


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_the_same_entries_give_the_same_bytes_and_none_say_none(workspace, form):
    first = gazetteer_document(workspace, form, listed(*ROWS), on=DAY)
    assert first == gazetteer_document(workspace, form, listed(*reversed(ROWS)), on=DAY)
    assert gazetteer_document(workspace, form, [], on=DAY)


def test_another_form_is_refused(workspace):
    with pytest.raises(InputError) as caught:
        gazetteer_document(workspace, "pdf", [], on=DAY)
    assert caught.value.message.zh == "地名录没有 pdf 格式。"
