"""The documents a bureau produces: what stands in them, and in which cases there is none."""

import html
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from document_cases import DAY, case
from docx import Document
from docx.oxml.ns import qn
from drawing_district import district

from layers.errors import InputError, NotFoundError
from layers.workspace import Settings, Workspace
from web.documents import document, kinds
from web.documents.argument import fitted
from web.documents.summary import grouped, sums_of

EVERY = [(kind.id, form) for kind in kinds().values() for form in kind.forms]
INTERNAL = {"inventory", "recognition", "ledger", "summary"}
"""Sheets of the office, which print how they were made; what goes outward has it in its properties."""
PAPERS = [(kind, form) for kind, form in EVERY if form == "docx"]


def made(workspace, kind, form, cases, **more):
    return document(workspace, kind, form, cases, on=DAY, **more)


def fitting(kind, **changes):
    """Return a case in a state in which such a document is written."""
    return case(state={"notice": "argued", "signage": "renamed"}.get(kind, "ordered"), **changes)


def made_line(content: bytes, form: str) -> str:
    """Return what the properties of a file say of how it was made."""
    if form == "docx":
        return Document(io.BytesIO(content)).core_properties.comments
    return openpyxl.load_workbook(io.BytesIO(content)).properties.description


def paper_text(content: bytes) -> str:
    paper = Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def sheet_rows(content: bytes) -> list[tuple]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


def text_of(content: bytes, form: str) -> str:
    if form == "docx":
        return paper_text(content)
    return "\n".join(str(cell) for row in sheet_rows(content) for cell in row if cell is not None)


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_every_document_names_the_office_the_case_and_how_it_was_made(workspace, kind, form):
    content = made(workspace, kind, form, [fitting(kind)])
    said = text_of(content, form)
    assert "测试区民政局" in said
    assert made_line(content, form).startswith("制表：方舆")
    assert "规则包：national-2022" in made_line(content, form)
    assert ("制表：方舆" in said) is (kind in INTERNAL)
    assert kind == "summary" or "托斯卡纳小镇" in said


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_the_same_input_gives_the_same_bytes(workspace, kind, form):
    cases = [fitting(kind), fitting(kind, id="c-2")]
    assert made(workspace, kind, form, cases) == made(workspace, kind, form, cases)


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_made_up_data_are_said_to_be_made_up_and_real_ones_are_not(workspace, tmp_path, kind, form):
    with Workspace.create(tmp_path / "real", Settings("320413", "金坛区", office="金坛区地名办公室")) as real:
        for one, expected in ((workspace, True), (real, False)):
            content = made(one, kind, form, [fitting(kind)])
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                raw = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
            parts = html.unescape(raw)
            assert ("虚构样例" in parts) is expected
            assert ("金坛区地名办公室" in parts) is not expected


@pytest.mark.parametrize(("kind", "form"), PAPERS)
def test_a_paper_is_a4_with_page_numbers_and_chinese_fonts(workspace, kind, form):
    paper = Document(io.BytesIO(made(workspace, kind, form, [fitting(kind)])))
    section = paper.sections[0]
    assert {round(section.page_width.cm, 1), round(section.page_height.cm, 1)} == {21.0, 29.7}
    assert "PAGE" in section.footer._element.xml
    fonts = {fonts.get(qn("w:eastAsia")) for fonts in paper.element.iter(qn("w:rFonts"))}
    assert {"仿宋", "黑体"} <= fonts


@pytest.mark.parametrize(("kind", "form"), [one for one in PAPERS if one[0] != "order"])
def test_no_row_of_a_table_breaks_over_a_page(workspace, kind, form):
    paper = Document(io.BytesIO(made(workspace, kind, form, [fitting(kind)])))
    rows = [row._tr.xml for table in paper.tables for row in table.rows]
    assert rows
    assert all("w:cantSplit" in row for row in rows)


def test_the_head_of_a_list_repeats_on_every_page(workspace):
    paper = Document(io.BytesIO(made(workspace, "notice", "docx", [case(state="argued")])))
    assert "w:tblHeader" in paper.tables[0].rows[0]._tr.xml
    book = openpyxl.load_workbook(io.BytesIO(made(workspace, "inventory", "xlsx", [case()])))
    assert book.worksheets[0].print_title_rows == "$4:$4"


@pytest.mark.parametrize(("kind", "form"), [("inventory", "docx"), ("inventory", "xlsx"), ("notice", "docx"),
                                             ("ledger", "xlsx")])  # fmt: skip
def test_a_list_without_cases_says_none(workspace, kind, form):
    assert "无" in text_of(made(workspace, kind, form, []), form)


@pytest.mark.parametrize("kind", [one.id for one in kinds().values() if one.per_case])
def test_a_form_without_a_case_is_not_written(workspace, kind):
    with pytest.raises(InputError) as caught:
        made(workspace, kind, "docx", [])
    assert caught.value.message.zh == f"没有地名可写“{kinds()[kind].label.zh}”。"


def test_a_notice_is_not_dated_after_the_order(workspace):
    with pytest.raises(InputError) as caught:
        made(workspace, "notice", "docx", [case(state="ordered")])
    assert caught.value.message.zh == "“托斯卡纳小镇”（c-1）处于“整改通知”，不能出具“公示”。"
    assert caught.value.hint.zh == "可出具的状态：认定、论证、公示、异议复核；请先办理，或去掉这个地名。"


@pytest.mark.parametrize("kind", ["notice", "order", "signage"])
@pytest.mark.parametrize("state", ["suspected", "verifying", "excluded"])
def test_nobody_is_ordered_or_noticed_before_the_case_is_confirmed(workspace, kind, state):
    with pytest.raises(InputError, match="不能出具"):
        made(workspace, kind, "docx", [case(), case(state=state)])


def test_an_unknown_kind_or_form_is_named(workspace):
    with pytest.raises(NotFoundError) as unknown:
        made(workspace, "poem", "docx", [])
    assert unknown.value.message.zh == "没有名为“poem”的文书。"
    with pytest.raises(InputError) as wrong:
        made(workspace, "ledger", "docx", [case()])
    assert wrong.value.message.zh == "“整改台账”没有 docx 格式。"


def test_the_opinion_shows_rule_evidence_exception_and_citation(workspace):
    said = paper_text(made(workspace, "recognition", "docx", [case(category=None, state="verifying")]))
    for part in (
        "外国地名“托斯卡纳”",
        "用字：托斯卡纳",
        "老地名：2012 年批准，不适用",
        "第九条第（五）项",
        "□ 认定为不规范地名",
    ):
        assert part in said


def test_evidence_is_said_in_words_and_not_in_codes(workspace):
    shown = case()
    shown["findings"][0]["evidence"] |= {
        "entity_class": "residential",
        "grade": "tonal",
        "start": 0,
        "exceptions": [1],
    }
    said = paper_text(made(workspace, "recognition", "docx", [shown]))
    assert "用字：托斯卡纳；地名类别：住宅区；相近程度：同音同调" in said


def test_a_finding_that_was_set_aside_is_not_printed(workspace):
    shown = case()
    other = shown["findings"][0] | {"message": {"zh": "另一条发现。", "en": "Another finding."}}
    shown["findings"] = [shown["findings"][0] | {"dismissed": True}, other]
    said = paper_text(made(workspace, "recognition", "docx", [shown]))
    assert "外国地名“托斯卡纳”" not in said
    assert "另一条发现" in said


def test_a_case_set_aside_as_a_whole_still_says_what_was_set_aside(workspace):
    shown = case(state="excluded", reason="old_name")
    shown["findings"] = [one | {"dismissed": True} for one in shown["findings"]]
    assert "外国地名“托斯卡纳”" in paper_text(made(workspace, "recognition", "docx", [shown]))


def test_an_excluded_case_prints_why(workspace):
    said = paper_text(made(workspace, "recognition", "docx", [case(state="excluded", reason="old_name")]))
    assert "☑ 不认定为不规范地名，理由：老地名" in said


def test_what_is_not_known_stays_open(workspace):
    bare = {"id": "c-9", "layer": "place_name", "feature_id": "gone", "name": "某名", "state": "confirmed"}
    said = paper_text(made(workspace, "application", "docx", [bare]))
    assert "（待填）" in said
    assert "None" not in said
    assert "nan" not in said


def test_an_order_rests_on_article_31_and_names_the_new_name(workspace):
    said = paper_text(made(workspace, "order", "docx", [case(state="ordered", new_name="锦绣花园")]))
    assert "第三十一条" in said
    assert "改用标准地名“锦绣花园”" in said


@pytest.mark.parametrize(
    ("kind", "state", "why", "first"),
    [
        ("order", "noticed", "只有已决定下达整改通知的才能出具", "先办理认定、论证、公示，再办理“整改通知”"),
        ("signage", "ordered", "更名或恢复标准名之后才知道新文字", "先办理“更名”或“恢复标准名”"),
    ],
)
def test_what_comes_too_soon_says_why_and_what_to_do_first(workspace, kind, state, why, first):
    with pytest.raises(InputError) as caught:
        made(workspace, kind, "docx", [case(state=state)])
    assert caught.value.message.zh.endswith(f"不能出具“{kinds()[kind].label.zh}”：{why}。")
    assert first in caught.value.hint.zh


def test_a_work_order_bears_old_and_new_text_and_the_sign_form(workspace):
    said = paper_text(made(workspace, "signage", "docx", [case(state="replacing", new_name="人民路")]))
    assert "托斯卡纳小镇" in said
    assert "RENMIN LU" in said


def test_the_ledger_has_days_as_days_and_names_what_is_late(workspace):
    late = case(state="renamed", overdue=True)
    late["clocks"] = [
        {"id": "filing", "label": {"zh": "备案期限", "en": "Filing"}, "due": "2026-11-01", "overdue": True}
    ]
    heads, row = sheet_rows(made(workspace, "ledger", "xlsx", [late]))[3:5]
    values = dict(zip(heads, row, strict=True))
    assert values["认定"].date() == date(2026, 10, 3)
    assert (values["是否逾期"], values["时限"]) == ("逾期", "备案期限 2026-11-01（逾期）")


@pytest.mark.parametrize("kind", ["inventory", "recognition", "ledger", "signage", "summary"])
def test_no_cell_is_a_formula(workspace, kind):
    hostile = fitting(kind, name="=cmd|' /C calc'!A0", town={"code": "1", "name": "+SUM(A1)"})
    book = openpyxl.load_workbook(io.BytesIO(made(workspace, kind, "xlsx", [hostile])))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert not any(str(cell.value).startswith(("=", "+")) for cell in cells)


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_a_name_of_control_characters_emoji_and_great_length_is_written(workspace, kind, form):
    odd = fitting(kind, name="\x00\x1b路😀" + "长" * 300)
    assert made(workspace, kind, form, [odd])


def test_the_summary_adds_up_by_category_and_by_town(workspace):
    states = ["suspected", "excluded", "filed", "archived", "ordered", "renamed"]
    cases = [
        case(state=state, id=state, town={"code": str(at % 2), "name": f"{at % 2}镇"})
        for at, state in enumerate(states)
    ]
    rows = [row for row in sheet_rows(made(workspace, "summary", "xlsx", cases)) if isinstance(row[1], int)]
    assert all(found == rectified + pending + excluded for _, found, rectified, pending, excluded in rows)
    assert [row for row in rows if row[0] == "合计"] == [("合计", 6, 3, 2, 1)] * 2
    assert sums_of(cases).found == 6


def test_every_case_counts_once_even_without_category_or_town():
    rows = grouped([{"state": "filed"}, {"state": "excluded"}], ["", "大"], ["洋", "大"])
    assert rows == [["“大”：刻意夸大", 1, 0, 0, 1], ["未注明", 1, 1, 0, 0], ["合计", 2, 1, 0, 1]]


def test_an_english_document_has_both_languages(workspace):
    said = paper_text(made(workspace, "order", "docx", [case(state="ordered")], lang="en"))
    assert "地名整改通知书 Order to rectify a name" in said
    assert "根据《地名管理条例》第三十一条" in said


def test_what_does_not_fit_on_the_page_says_where_it_is():
    assert fitted(["短"], 2) == ["短"]
    cut = fitted(["甲" * 500], 3)
    assert cut[0].endswith("（详见认定意见表）")
    assert len(cut[0]) <= 3 * 34


def test_an_argument_stays_on_one_page_however_much_was_found(tmp_path):
    with district(tmp_path) as workspace:
        loaded = case(name="名" * 300, town={"code": "1", "name": "镇" * 60})
        loaded["findings"] *= 9
        loaded["namesakes"] = [
            {"id": str(at), "name": "同名" * 20, "distance_m": 1.0 * at} for at in range(30)
        ]
        paper = Document(io.BytesIO(made(workspace, "argument", "docx", [loaded])))
    lines = [
        -(-len(line.text) // 34) or 1
        for table in paper.tables
        for row in table.rows
        for line in row.cells[1].paragraphs
    ]
    assert sum(lines) <= 30
