"""The planning set: the same figures as coverage in every form, a page for every town, nothing small in public."""

import io
import re
from datetime import date

import openpyxl
import pytest
from docx import Document
from drawing_district import HOSTILE, district
from pypdf import PdfReader

from gis.coverage import CoverageRequest, cover
from layers.errors import InputError, NotFoundError
from layers.workspace import Settings, Workspace
from web.planning_set import FORMS, PlanningSetRequest, fonts, planning_set
from web.planning_set.figures import Figures

ON = date(2026, 1, 1)
TOWNS = ("东山镇", "南山镇", "西山镇", "北山镇")
QUICK = {"definitions": ("C2", "C5", "C6"), "within_min": (15.0, 5.0), "on": ON}
LOADS = re.compile(
    r"""\bsrc\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//|<link""", re.IGNORECASE
)


@pytest.fixture(scope="module")
def sets(workspace):
    """Give the set in every form, made once each."""
    made = {}

    def get(form, **more):
        key = (form, *sorted(more.items()))
        if key not in made:
            asked = PlanningSetRequest(**{**QUICK, **more})
            made[key] = planning_set(workspace, asked, form)
        return made[key]

    return get


def sheets(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {one.title: list(one.iter_rows(values_only=True)) for one in book.worksheets}


def table(rows, first_head):
    """Return the rows below the head that begins with a word, as dicts."""
    at = next(i for i, row in enumerate(rows) if row[0] == first_head)
    below = rows[at + 1 :]
    return [
        dict(zip(rows[at], row, strict=True)) for row in below if row[0] is not None and row[1] is not None
    ]


def paper_text(content):
    paper = Document(io.BytesIO(content))
    cells = [cell.text for some in paper.tables for row in some.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def pdf_pages(content):
    """Read the text of every page as any reader of PDF would."""
    return [one.extract_text() for one in PdfReader(io.BytesIO(content)).pages]


def text_of(content, form):
    if form == "docx":
        return paper_text(content)
    if form == "xlsx":
        found = sheets(content)
        return "\n".join([*found, *(str(cell) for rows in found.values() for row in rows for cell in row)])
    return "\n".join(pdf_pages(content)) if form == "pdf" else content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_what_it_is_of_where_when_and_for_whom(sets, form):
    said = text_of(sets(form), form)
    for words in ("养老服务设施布局专项规划图册", "测试区", "2026年1月1日", "内部资料", "虚构"):
        assert words in said, words
    parts = (
        ("范围与方法", "老龄化现状", "指标表", "如何重算") if form != "xlsx" else ("定义", "人口", "重算命令")
    )
    for part in (*parts, "覆盖矩阵", "缺口"):
        assert part in said, part


@pytest.mark.parametrize("form", FORMS)
def test_every_town_has_its_page(sets, form):
    content = sets(form)
    said = text_of(content, form)
    assert [one for one in TOWNS if f"{one}分镇街指引" not in said] == []
    if form == "pdf":
        assert sum("分镇街指引" in page for page in pdf_pages(content)) == len(TOWNS)


def test_the_figures_are_those_of_cover(workspace, sets):
    rows = table(sheets(sets("xlsx"))["覆盖矩阵"], "服务")
    for layer, label in (("care_facility", "养老服务设施"), ("meal_point", "助餐点")):
        for minutes in (5, 15):
            report = cover(workspace, CoverageRequest(layer_id=layer, within_min=float(minutes), on=ON))
            [row] = [
                one for one in rows
                if (one["服务"], one["定义"][:2], one["等级"]) == (label, "C6", f"{minutes} 分钟")
            ]  # fmt: skip
            assert row["分子"] == pytest.approx(report.numerator, abs=0.05)
            assert row["分母"] == pytest.approx(report.denominator, abs=0.05)
            assert row["覆盖率（%）"] == pytest.approx(100 * report.share, abs=0.05)
            assert row["已覆盖单元"] == sum(one.covered for one in report.rows)


def test_the_sheet_of_a_town_lists_its_villages_with_their_share(workspace, sets):
    report = cover(workspace, CoverageRequest(within_min=15.0, on=ON))
    share = {row.name: row.share for row in report.rows}
    said = {
        row[1]: row[3]
        for row in sheets(sets("xlsx"))["南山镇分镇街指引"]
        if row[2] == "养老服务设施 15 分钟（%）"
    }
    assert len(said) == 4
    assert said == {name: pytest.approx(100 * share[name], abs=0.05) for name in said}


def test_numbers_are_numbers_heads_are_frozen_and_nothing_is_a_formula(tmp_path):
    with district(tmp_path) as opened:
        content = planning_set(opened, PlanningSetRequest(**QUICK), "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert all(sheet.freeze_panes for sheet in book.worksheets)
    assert sum(cell.data_type == "n" and cell.value is not None for cell in cells) > 100


@pytest.mark.parametrize("form", FORMS)
def test_a_hostile_name_stays_a_name(sets, form):
    said = text_of(sets(form), form)
    assert ("<script>alert" in said) is (form != "html")
    assert form != "html" or "&lt;script&gt;alert(1)" in said
    assert form == "html" or HOSTILE[:20] in said.replace("\n", "")


def test_the_page_loads_nothing_from_anywhere(sets):
    said = sets("html").decode()
    assert not LOADS.findall(said)
    assert not re.search(r"<script[^>]+src=", said)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_input_gives_the_same_bytes(workspace, sets, form):
    assert planning_set(workspace, PlanningSetRequest(**QUICK), form) == sets(form)


def test_new_sites_stand_in_the_plan_and_on_the_page_of_their_town(sets):
    found = sheets(sets("xlsx", sites=2, far_sites=1))
    near, far = (table(found[one], "编号") for one in ("近期选址", "远期选址"))
    assert [row["编号"] for row in (*near, *far)] == ["S1", "S2", "S3"]
    towns = [
        row[1] for name, rows in found.items() if "分镇街" in name for row in rows if row[0] == "规划新设"
    ]
    assert {str(one).split(" ")[0] for one in towns} == {"S1", "S2", "S3"}


@pytest.mark.parametrize("form", FORMS)
def test_the_public_edition_withholds_small_figures_and_has_no_internal_field(sets, form):
    said = text_of(sets(form, profile="public"), form).split(
        '<script type="application/json" id="fangyu-config">'
    )[0]
    assert "不公布" in said
    assert "未送审" in said
    assert "院长某" not in said
    assert "内部资料" not in said


def test_in_public_no_figure_and_no_difference_of_two_tells_of_fewer_than_the_least(sets):
    found = sheets(sets("xlsx", profile="public"))
    people = [
        row[key]
        for rows, head in ((found["覆盖矩阵"], "服务"), (found["养老服务设施缺口"], "村居"))
        for row in table(rows, head)
        for key in ("分子", "分母", "未覆盖（人）")
        if isinstance(row.get(key), int) and row.get("计量", "65岁").startswith("65岁")
    ]
    assert people
    assert [one for one in people if one % 10] == []


def test_in_public_the_population_of_towns_is_rounded_too(sets):
    found = table(sheets(sets("xlsx", profile="public"))["人口"], "镇街")
    people = [row[key] for row in found for key in ("常住人口", "65岁及以上") if isinstance(row[key], int)]
    assert people
    assert [one for one in people if one % 10] == []


def test_the_command_names_the_day_though_none_was_asked_for(workspace):
    asked = PlanningSetRequest(**{**QUICK, "on": None})
    rows = sheets(planning_set(workspace, asked, "xlsx"))["重算命令"]
    command = next(str(row[1]) for row in rows if str(row[1]).startswith("fangyu planning-set"))
    assert f"--on {workspace.day.isoformat()}" in command


@pytest.mark.parametrize(
    ("number", "said"),
    [(None, "不明"), (0, 0), (1, "不公布"), (9, "不公布"), (14, 10), (15, 20), (206.5, 210)],
)
def test_people_in_public(number, said):
    assert Figures(public=True, least=10, lang="zh").people(number) == said


@pytest.mark.parametrize(
    ("pair", "said"),
    [((30, 40), "不公布"), ((97, 100), "不公布"), ((3, 100), "不公布"), ((0, 100), 0.0), ((100, 100), 100.0),
     ((52, 104), 50.0), ((1, 0), "不明"), ((None, 5), "不明")],
)  # fmt: skip
def test_shares_in_public(pair, said):
    assert Figures(public=True, least=10, lang="zh").percent(*pair) == said


def test_a_town_without_data_says_so(tmp_path):
    with district(tmp_path) as opened:
        frame = opened.layer("admin_unit").frame
        gone = frame.loc[frame["parent_code"] == "320499103", "id"].tolist()
        from layers.store.protocol import By  # noqa: PLC0415

        opened.store.remove("admin_unit", gone, By("test"))
        found = sheets(planning_set(opened, PlanningSetRequest(**QUICK), "xlsx"))
    assert ("北山镇分镇街指引", "没有数据。") in {row[:2] for row in found["北山镇分镇街指引"]}


def test_without_services_there_is_nothing_to_make(tmp_path):
    with (
        Workspace.create(tmp_path / "empty", Settings("320413", "金坛区")) as empty,
        pytest.raises(NotFoundError, match="没有养老设施，也没有助餐点"),
    ):
        planning_set(empty, PlanningSetRequest(), "docx")


def test_without_a_font_a_pdf_is_refused_and_a_map_goes_without_words(workspace, monkeypatch):
    monkeypatch.setattr(fonts, "folders", lambda: ())
    monkeypatch.delenv(fonts.FONT_VARIABLE, raising=False)
    fonts.chinese_font.cache_clear()
    try:
        with pytest.raises(NotFoundError, match="本机没有中文字体，不能写 PDF。"):
            planning_set(workspace, PlanningSetRequest(**QUICK), "pdf")
        paper = planning_set(workspace, PlanningSetRequest(**QUICK), "docx")
    finally:
        fonts.chinese_font.cache_clear()
    assert len(Document(io.BytesIO(paper)).inline_shapes) == 8


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"within_min": ()}, "等级有 0 个，应为 1 至 6 个。"),
        ({"layers": ("road",)}, "图层 road 不是服务设施。"),
        ({"sites": 0}, "sites 是 0，应为 1 至 200。"),
        ({"far_sites": 2}, "给了远期选址数，没有给近期。"),
        ({"definitions": ("C9",)}, "没有定义“C9”。"),
    ],
)
def test_bad_requests(more, message):
    with pytest.raises(InputError) as error:
        PlanningSetRequest(**more)
    assert error.value.message.zh == message


def test_an_unknown_form_is_refused(workspace):
    with pytest.raises(InputError, match="图册没有 odt 格式"):
        planning_set(workspace, PlanningSetRequest(), "odt")
