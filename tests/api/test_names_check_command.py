import csv
import io
import json

import pytest
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from api.cli import app

HEAD = "name,class,province,city,county\n"
PLACE = ",江苏省,常州市,金坛区\n"


def run(*args: object, text: str | bytes | None = None, lang: str = "zh"):
    return CliRunner().invoke(app, ["names", "check", *map(str, args)], input=text, env={"FANGYU_LANG": lang})


def checked(*args: object, text: str | bytes | None = None):
    result = run(*args, "--format", "json", text=text)
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


def listed(tmp_path, content, name="names.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(content, encoding=encoding, newline="")
    return path


def test_a_clean_list_is_exit_code_zero(tmp_path):
    path = listed(tmp_path, HEAD + "幸福村,village" + PLACE)
    assert run(path).exit_code == 0
    assert [one["status"] for one in checked(path)] == ["clear"]


def test_a_foreign_name_is_exit_code_one_and_says_why(tmp_path):
    path = listed(tmp_path, HEAD + "巴黎花园,residential" + PLACE)
    assert run(path).exit_code == 1
    [one] = checked(path)
    assert one["status"] == "suspect"
    finding = one["findings"][0]
    assert set(finding) == {"code", "category", "severity", "message", "evidence", "citation", "exceptions"}
    assert (finding["category"], finding["severity"]) == ("洋", "suspect")


def test_order_and_number_of_rows_are_kept(tmp_path):
    names = ["丙村", "", "甲村", "乙村", "甲村"]
    path = listed(tmp_path, HEAD + "".join(f"{one},village{PLACE}" for one in names))
    assert [one["name"] for one in checked(path)] == names
    assert [one["row"] for one in checked(path)] == [2, 3, 4, 5, 6]


def test_an_empty_name_is_said(tmp_path):
    one = checked(listed(tmp_path, HEAD + ",road" + PLACE))[0]
    assert one["status"] != "clear"
    assert {finding["category"] for finding in one["findings"]} == {"有地无名"}


def test_standard_input_is_read_like_a_file():
    assert [one["name"] for one in checked("-", text="name\n幸福村\n青龙路\n")] == ["幸福村", "青龙路"]


def test_a_plain_list_needs_no_heading():
    found = checked("-", text="幸福村\n巴黎花园\n")
    assert [(one["row"], one["name"]) for one in found] == [(1, "幸福村"), (2, "巴黎花园")]
    assert "没有表头，每行按一个地名读取。" in run("-", text="幸福村\n").stderr


def test_a_missing_name_in_a_single_column_is_kept():
    assert [one["name"] for one in checked("-", text='name\n幸福村\n""\n青龙路\n')] == [
        "幸福村",
        "",
        "青龙路",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_and_chinese_headings_are_understood(tmp_path, encoding):
    content = "地名,地名类别,省份,地市,区县,批准日期\n青龙路,道路,江苏省,常州市,金坛区,1980年\n"
    [one] = checked(listed(tmp_path, content, encoding=encoding))
    assert (one["name"], one["class"], one["problems"]) == ("青龙路", "road", [])


def test_a_workbook_is_read(tmp_path):
    book = Workbook()
    book.active.append(["名称", "类别", "绿地率"])
    book.active.append(["青龙花园", "小区", 0.35])
    book.save(tmp_path / "a.xlsx")
    assert checked(tmp_path / "a.xlsx")[0]["class"] == "residential"
    assert checked("-", text=(tmp_path / "a.xlsx").read_bytes())[0]["name"] == "青龙花园"


def test_an_unknown_class_is_judged_as_unknown_and_said(tmp_path):
    [one] = checked(listed(tmp_path, HEAD + "云霞,外星基地" + PLACE))
    assert one["class_from"] != "given"
    assert one["problems"][0]["reason"]["zh"] == "“外星基地”不是已知的地名类别，按类别不明检查。"
    assert one["notes"][0]["en"] == "'外星基地' is no known class: judged with the class unknown."


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("approved_on", "昨天", "“昨天”不是日期。"),
        ("site_m2", "很大", "“很大”不是数字。"),
        ("floors", "-3", "-3 低于下限 0。"),
        ("code", "32041", "“32041”不是行政区划代码。"),
        ("code", "999999", "“999999”不是行政区划代码。"),
        ("heritage", "也许", "“也许”不是“是/否”。"),
    ],
)
def test_a_cell_that_cannot_be_read_is_said_with_its_row(tmp_path, column, value, reason):
    [one] = checked(listed(tmp_path, f"name,class,{column}\n云霞家园,residential,{value}\n"))
    assert one["problems"] == [
        {"row": 2, "column": column, "value": value, "reason": one["problems"][0]["reason"]}
    ]
    assert one["problems"][0]["reason"]["zh"] == reason


def test_names_of_one_county_are_compared_with_each_other(tmp_path):
    rows = "青龙路,road" + PLACE + "青龙路,road" + PLACE + "青龙路,road,江苏省,常州市,溧阳市\n"
    found = [{one["category"] for one in name["findings"]} for name in checked(listed(tmp_path, HEAD + rows))]
    assert "重" in found[0]
    assert "重" in found[1]
    assert "重" not in found[2]


def test_without_a_jurisdiction_names_are_not_compared_and_that_is_said():
    found = checked("-", text="name,class\n青龙路,road\n青龙路,road\n")
    assert {one["status"] for one in found} == {"clear"}
    assert {one["notes"][0]["en"] for one in found} == {
        "The jurisdiction is not known: not compared with the other names."
    }


def test_the_jurisdiction_of_the_option_is_for_rows_that_say_none():
    found = checked("-", "--jurisdiction", "320413", text="name,class\n青龙路,road\n青龙路,road\n")
    assert [one["jurisdiction"] for one in found] == ["320413", "320413"]
    assert "重" in {finding["category"] for one in found for finding in one["findings"]}


@pytest.mark.parametrize("code", ["3204130", "99", "abc", "000000"])
def test_an_unknown_jurisdiction_is_an_error_that_says_the_form(code):
    result = run("-", "--jurisdiction", code, text="青龙路\n")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"错误：“{code}”不是行政区划代码。\n请写 2、4、6、9 或 12 位数字")


def test_an_unknown_pack_is_an_error_that_lists_the_packs():
    result = run("-", "--pack", "nowhere", text="青龙路\n", lang="en")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: There is no rule pack 'nowhere'.")
    assert "national-2022" in result.stderr


def test_a_table_without_names_is_an_error_that_lists_its_columns(tmp_path):
    result = run(listed(tmp_path, "类别,区县\n道路,金坛区\n"))
    assert result.exit_code == 2
    assert "没有名称列（name、名称、地名）；现有列：类别、区县。" in result.stderr


def test_the_column_of_names_can_be_named(tmp_path):
    path = listed(tmp_path, "称谓,类别\n青龙路,道路\n")
    assert checked(path, "--columns", "name=称谓")[0]["name"] == "青龙路"


def test_a_missing_file_and_an_empty_one_are_errors(tmp_path):
    assert "没有文件" in run(tmp_path / "no.csv").stderr
    (tmp_path / "empty.csv").write_bytes(b"")
    assert "empty.csv 是空文件。" in run(tmp_path / "empty.csv").stderr


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("幸福😀路", "怪"),
        ("幸\u0007福路", "怪"),
        ("ＰＡＲＫ小区", "洋"),
        ("銀河廣場", "用字"),
        ("长" * 300, "怪"),
    ],
)
def test_odd_names_are_found_and_nothing_breaks(tmp_path, name, category):
    path = listed(tmp_path, f"name,class\n{name},residential\n")
    [one] = checked(path)
    assert one["name"] == name
    assert category in {finding["category"] for finding in one["findings"]}
    for form in ("csv", "xlsx", "json"):
        assert run(path, "-o", tmp_path / f"out.{form}").exit_code == 1


def test_300_characters_are_no_name(tmp_path):
    [one] = checked(listed(tmp_path, f"name\n{'长' * 300}\n"))
    assert "名称有 300 个字符，不像一个地名；请核对是否把说明填进了名称。" in {
        finding["message"]["zh"] for finding in one["findings"]
    }


@pytest.mark.parametrize("formula", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)"])
def test_nothing_in_an_exported_sheet_is_a_formula(tmp_path, formula):
    path = listed(tmp_path, f'name,class\n"{formula}",{formula}\n')
    run(path, "-o", tmp_path / "out.csv")
    run(path, "-o", tmp_path / "out.xlsx")
    rows = list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx").active.iter_rows() for cell in row]
    assert rows[1][1] == f"'{formula}"
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@"}]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert not [cell for cell in cells if str(cell.value or "")[:1] in {"=", "+", "@"}]


def test_the_table_of_findings_loses_no_name(tmp_path):
    path = listed(tmp_path, HEAD + "幸福村,village" + PLACE + "巴黎花园,residential" + PLACE)
    text = run(path, "--format", "csv").stdout.removeprefix("\ufeff")
    assert {row["名称"] for row in csv.DictReader(io.StringIO(text))} == {"幸福村", "巴黎花园"}


def test_a_workbook_needs_a_file():
    result = run("-", "--format", "xlsx", text="青龙路\n")
    assert (result.exit_code, result.stderr) == (2, "错误：xlsx 要写进文件。\n请加 -o 结果.xlsx。\n")


def test_a_row_with_too_many_cells_says_so(tmp_path):
    [one] = checked(listed(tmp_path, "name\n第二,三社区\n"))
    assert one["problems"][0]["reason"]["zh"] == "这一行的单元格比表头多。"


@pytest.mark.parametrize("county", ["金坛区", "320413"])
def test_a_column_of_counties_alone_is_enough_to_compare(county):
    rows = f"名称,类别,区县\n春风花园,小区,{county}\n春风花园,小区,{county}\n春风花园,小区,天宁区\n"
    found = checked("-", text=rows)
    assert [len(one["findings"]) for one in found] == [1, 1, 0]
    assert {one["category"] for name in found for one in name["findings"]} == {"重"}


def test_a_county_written_with_and_without_endings_is_one_place():
    rows = "名称,类别,区县\n春风花园,小区,江苏省/常州市/金坛区\n春风花园,小区,江苏/常州/金坛\n"
    assert [len(one["findings"]) for one in checked("-", text=rows)] == [1, 1]


def test_a_city_alone_is_too_coarse_to_compare_and_that_is_said():
    found = checked("-", text="名称,类别,市\n春风花园,小区,常州市\n春风花园,小区,常州市\n")
    assert [one["notes"][0]["zh"] for one in found] == [
        "辖区不明（没有写到区县），没有与清单中其他地名比较重名。"
    ] * 2


def test_a_code_that_is_none_in_the_column_of_counties_is_said():
    [one] = checked("-", text="名称,类别,区县\n春风花园,小区,99\n")
    assert one["problems"][0]["reason"]["zh"] == "“99”不是行政区划代码。"


def test_rows_of_empty_cells_are_kept():
    found = checked("-", text="名称,类别,区县\n,,\n青龙路,道路,金坛区\n,,\n\n云霞家园,小区,金坛区\n,,\n")
    assert [(one["row"], one["name"]) for one in found] == [
        (2, ""), (3, "青龙路"), (4, ""), (6, "云霞家园"), (7, ""),
    ]  # fmt: skip
    assert {one["findings"][0]["category"] for one in found if not one["name"]} == {"有地无名"}


def test_blank_rows_inside_a_workbook_are_kept(tmp_path):
    book = Workbook()
    for row in (["名称"], ["青龙路"], [None], ["云霞家园"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert [one["name"] for one in checked(tmp_path / "a.xlsx")] == ["青龙路", "", "云霞家园"]


def test_a_county_that_nobody_can_look_up_is_said():
    said = run("-", "--jurisdiction", "329999", text="青龙路\n").stderr
    assert "区划代码 329999 只核对到 32（江苏）：本程序没有附区县名单" in said


def test_the_table_has_words_for_codes_and_cuts_long_names():
    table = run("-", text="name\n" + "长" * 300 + "\n").stdout
    assert "类别不明" in table
    assert "unknown" not in table
    assert table.count("长") == 40


def test_one_name_is_not_names():
    assert "1 name: suspect 0" in run("-", text="name\n幸福村\n", lang="en").stderr


def test_a_slip_is_told_with_the_way_to_the_right_command():
    assert "用法见 fangyu names check --help。" in run("--nosuch").stderr


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("街路巷", "road"),
        ("商业", "building"),
        ("商务楼", "building"),
        ("商业综合体", "building"),
        ("大型建筑物", "building"),
        ("学校", "facility"),
        ("医院", "facility"),
        ("车站", "facility"),
        ("地铁站", "facility"),
        ("单位", "facility"),
        ("高架桥", "bridge"),
        ("旅游景点", "heritage"),
        ("城镇居民点", "settlement"),
        ("专业区", "division"),
        ("别墅区", "residential"),
    ],
)
def test_words_of_offices_for_classes_are_understood(word, code):
    [one] = checked("-", text=f"名称,类别\n云霞,{word}\n")
    assert (one["class"], one["class_from"], one["problems"]) == (code, "given", [])
