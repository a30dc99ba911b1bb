"""What a form says, word by word: evidence, grounds, numbers, dates, what is ticked and counted."""

import io
from datetime import date

import openpyxl
import pytest
from document_cases import DAY, case
from docx import Document
from drawing_district import district
from shapely import Point

from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from web.documents import document
from web.documents.evidence import evidence_lines, rule_title
from web.documents.grounds import grounds_of, provisions
from web.documents.wording import day_of

REGULATION = "《地名管理条例》（国务院令第753号，2022-05-01起施行）"
ODD = "民发〔2018〕146号附件《不规范地名认定标准》“怪”类：专名纯为数字且无含义"


def finding(code, category, message, citation, **evidence):
    return {
        "code": f"names.{code}",
        "category": category,
        "severity": "review",
        "message": {"zh": message, "en": message},
        "evidence": evidence,
        "citation": citation,
    }


NUMERIC = finding("numeric-specific", "怪", "专名“88”只是数字。", ODD, word="88", list="cities", start=0)
SECOND = finding("odd-wording", "怪", "用语含义不清。", f"{REGULATION}第九条第三项")
OTHER_NAME = finding(
    "registered-name", "一地多名", "在用名与备案名不一致。", f"{REGULATION}第十五条：使用标准地名",
    registered_name="水安花园", is_former_name=False,
)  # fmt: skip


def paper(workspace, kind, **changes) -> list[str]:
    shown = {"name": "88路", "category": "怪", "findings": [NUMERIC], "state": "ordered"} | changes
    made = Document(io.BytesIO(document(workspace, kind, "docx", [case(**shown)], on=DAY)))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return [*(line.text for line in made.paragraphs), *cells]


def row_of(workspace, kind, **changes) -> dict:
    book = openpyxl.load_workbook(io.BytesIO(document(workspace, kind, "xlsx", [case(**changes)], on=DAY)))
    heads, row = list(book.worksheets[0].iter_rows(values_only=True))[3:5]
    return dict(zip(heads, row, strict=True))


def after(lines: list[str], label: str) -> str:
    return lines[lines.index(label) + 1]


def test_evidence_has_no_keys_codes_ids_or_places_in_it():
    said = evidence_lines(
        {"word": "人民", "list": "cities", "is_former_name": False, "another_reading": False, "start": 0,
         "scope": {"zh": "同一建成区", "en": "one"}, "scope_is_approximate": True, "namesake_count": 2,
         "namesakes": [{"id": "5", "name": "仁民路", "lon": 119.123456, "lat": 31.5, "distance_m": 1821.6},
                       {"id": "6", "name": "仁敏路", "distance_m": None}],
         "reading": "rén mín", "reading_unsure": True, "unheard_of": "x"}
    )  # fmt: skip
    assert said == [
        "用字：人民",
        "重名范围：同一建成区（范围系近似划定）",
        "相近地名：“仁民路”（距离 1,822 米）、“仁敏路”",
        "读音：rén mín（读音待核）",
    ]


def test_sizes_are_said_with_their_units_and_missing_ones_by_name():
    said = evidence_lines(
        {"known": {"floors": 3, "far": 1.5}, "not_known": ["site_m2"], "another_reading": True}
    )
    assert said == ["已知规模：层数 3、容积率 1.5", "缺少的数据：占地", "按多音字的另一读音相同"]


def test_a_rule_is_named_by_the_first_line_of_its_page():
    assert rule_title("names.numeric-specific") == "纯数字专名：专名只是一个数或序号，没有别的含义"
    assert rule_title("names.no-such") == ""


def test_the_opinion_names_the_rule_in_words_and_numbers_only_several(workspace):
    one = after(paper(workspace, "recognition"), "适用规则")
    assert one == "纯数字专名：专名只是一个数或序号，没有别的含义。专名“88”只是数字（待核）"
    two = after(paper(workspace, "recognition", findings=[NUMERIC, SECOND]), "适用规则")
    assert [line[:2] for line in two.splitlines()] == ["1．", "2．"]
    assert "names." not in two


def test_a_listed_kind_is_fallen_under_and_an_article_is_not_met():
    assert provisions(f"{ODD}；{REGULATION}第九条第八项（条文未明定形近字，提示复核）") == (
        "属于民发〔2018〕146号附件《不规范地名认定标准》所列“怪”类情形（专名纯为数字且无含义），"
        "不符合《地名管理条例》（国务院令第753号，2022年5月1日起施行）第九条第八项的规定"
    )
    assert provisions("") == ""


def test_an_order_with_one_ground_is_one_sentence_without_a_number(workspace):
    lines = paper(workspace, "order")
    (said,) = [line for line in lines if line.startswith("经查")]
    assert said.startswith("经查，你单位位于东山镇（东经119°26′02″，北纬31°36′00″）的")
    assert said.endswith("使用名称“88路”，专名“88”只是数字，属于民发〔2018〕146号附件《不规范地名认定标准》"
                         "所列“怪”类情形（专名纯为数字且无含义）。")  # fmt: skip
    assert not any(line.startswith("1．") for line in lines)


def test_an_order_with_several_grounds_lists_those_of_the_confirmed_class(workspace):
    lines = paper(workspace, "order", findings=[NUMERIC, SECOND, OTHER_NAME])
    assert [line[:4] for line in lines if line[1:2] == "．"] == ["1．专名", "2．用语"]
    assert any(line.endswith("使用名称“88路”，存在下列问题：") for line in lines)


def test_a_note_is_no_ground_and_without_grounds_the_article_of_the_class_stands():
    bare = case(category="怪", findings=[NUMERIC | {"severity": "note"}])
    assert grounds_of(case(category="怪", findings=[NUMERIC, SECOND | {"severity": "note"}]))[1:] == []
    assert grounds_of(bare) == ["不符合《地名管理条例》第九条第一款第（一）项、第（三）项的规定"]


def test_one_place_of_several_names_goes_back_to_its_registered_name(workspace):
    lines = paper(workspace, "order", name="水岸花园", category="一地多名", findings=[OTHER_NAME])
    assert any("停止使用“水岸花园”，恢复使用标准地名“水安花园”。" in line for line in lines)


def test_the_application_ticks_renaming_and_fills_what_is_known(workspace):
    lines = paper(
        workspace, "application", state="filed", new_name="人民路",
        dates={"renamed": "2026-10-01", "filed": "2026-10-10"},
    )  # fmt: skip
    assert after(lines, "申请事项") == "□ 命名　　☑ 更名"
    assert (after(lines, "现用名称"), after(lines, "拟用名称")) == ("88路", "人民路")
    assert after(lines, "拟用名称拼音") == "Rénmín Lù"
    assert after(lines, "批准日期") == "2026年10月1日"
    assert after(lines, "报送备案日期").startswith("2026年10月10日（")


def test_a_place_without_a_name_is_named_and_an_open_case_ticks_nothing(workspace):
    assert after(paper(workspace, "application", category="有地无名"), "申请事项") == "☑ 命名　　□ 更名"
    assert after(paper(workspace, "application", state="confirmed"), "申请事项") == "□ 命名　　□ 更名"


def test_the_ledger_has_a_day_for_every_step_and_the_first_notice(workspace):
    steps = [
        ("verifying", 2),
        ("confirmed", 3),
        ("noticed", 5),
        ("objected", 9),
        ("noticed", 15),
        ("replacing", 20),
    ]
    history = [{"to": to, "on": f"2026-10-{day:02d}"} for to, day in steps]
    values = row_of(workspace, "ledger", state="replacing", history=history)
    told = {head: values[head].date().day for head in ("核实", "认定", "公示", "异议复核", "换牌")}
    assert told == {"核实": 2, "认定": 3, "公示": 5, "异议复核": 9, "换牌": 20}
    assert all(values[head] is None for head in ("论证", "整改通知", "更名", "备案", "归档"))


def test_the_days_the_case_itself_gives_go_before_its_history(workspace):
    values = row_of(workspace, "ledger", dates={"confirmed": "2026-10-02", "filed": None})
    assert values["认定"].date() == date(2026, 10, 2)


@pytest.mark.parametrize(
    ("clock", "said", "overdue"),
    [
        ({"due": "2026-11-01", "done_on": "2026-11-05", "late": True},
         "备案 2026-11-01（逾期办结，2026-11-05 办结）", "逾期办结"),
        ({"due": "2026-11-01", "done_on": "2026-10-30", "late": False}, "备案 2026-11-01（2026-10-30 办结）", "否"),
        ({"due": None}, "备案 期限未定", "否"),
    ],
)  # fmt: skip
def test_a_limit_says_whether_it_was_kept(workspace, clock, said, overdue):
    values = row_of(workspace, "ledger", clocks=[{"label": {"zh": "备案", "en": "Filing"}, **clock}])
    assert (values["时限"], values["是否逾期"]) == (said, overdue)


@pytest.mark.parametrize("kind", ["recognition", "signage"])
def test_a_case_is_called_by_its_number_and_never_by_the_id_of_the_program(workspace, kind):
    changes = {"id": "a0b1c2d3e4f5", "state": "renamed"}
    label = {"recognition": "编号", "signage": "案件编号"}[kind]
    assert (
        after(paper(workspace, kind, number="云溪地名〔2025〕001", **changes), label) == "云溪地名〔2025〕001"
    )
    bare = paper(workspace, kind, **changes)
    assert after(bare, label) == "（待填）"
    assert "a0b1c2d3e4f5" not in "".join(bare)


def test_internal_lists_have_the_id_of_the_program_in_a_column_of_its_own(workspace):
    for kind in ("ledger", "recognition"):
        values = row_of(workspace, kind, id="a0b1", number="云溪地名〔2025〕001")
        assert (values["编号"], values["系统编号"]) == ("云溪地名〔2025〕001", "a0b1")


def test_a_work_order_counts_signs_and_plates_of_the_name(tmp_path):
    rows = {
        "road_sign": [
            {"id": "s1", "name": "88路"},
            {"id": "s2", "name": "旧牌", "place_name_id": "n3"},
            {"id": "s3"},
        ],
        "door_plate": [
            {"id": "p1", "kind": "door", "street": "88路"},
            {"id": "p2", "kind": "door", "street": "人民路"},
        ],
    }
    with district(tmp_path) as workspace:
        for layer_id, features in rows.items():
            source = ImportSource(file_name="signs.csv")
            placed = [{**one, "geometry": Point(119.41, 31.61)} for one in features]
            with workspace.store.importing(layer_id, source, By("test")) as sink:
                sink.append(layer_from_rows(spec_of(layer_id), placed).frame)
        values = row_of(workspace, "signage", name="88路", state="renamed", new_name="人民路")
        lines = paper(workspace, "signage", state="renamed", new_name="人民路")
    assert (values["地名标志（块）"], values["门楼牌（块）"]) == (2, 1)
    assert (values["原文字"], values["新文字"]) == ("88路", "人民路")
    assert (values["标志用拼音"], values["汉语拼音"]) == ("RENMIN LU", "Rénmín Lù")
    assert "□ 地名标志　数量：2 块" in after(lines, "更换内容")


def test_the_sheet_of_work_orders_has_no_blanks_for_handwriting(workspace):
    values = row_of(workspace, "signage", state="renamed", new_name="人民路")
    said = "".join(str(one) for one in values.values() if one is not None)
    assert not any(mark in said for mark in ("□", "　", "签名", "（待填）"))
    assert values["地名标志（块）"] is None


def test_a_moment_is_the_day_it_was_here_and_no_day_is_none():
    assert day_of("2026-10-03") == date(2026, 10, 3)
    assert day_of("2026-10-03T08:15:00.123456") == date(2026, 10, 3)
    assert day_of(None) is None


def test_the_english_summary_names_its_sheets_in_whole_words(workspace):
    content = document(workspace, "summary", "xlsx", [case()], on=DAY, lang="en")
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["By kind", "By town"]
