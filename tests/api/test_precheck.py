"""The precheck by both doors."""

import json

import pytest
from typer.testing import CliRunner

from api.cli import app

ON = "2026-06-30"


def run(tiny, *args: object, lang: str = "zh"):
    command = ["names", "precheck", *map(str, args), "-w", str(tiny), "--on", ON]
    return CliRunner().invoke(app, command, env={"FANGYU_LANG": lang})


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (["云霞家园", "--class", "residential"], {"name": "云霞家园", "class": "residential"}),
        (["巴黎花园", "--lon", "119.51", "--lat", "31.71"], {"name": "巴黎花园", "lon": 119.51, "lat": 31.71}),
        (["中心路", "--class", "road", "--county", "320413"], {"name": "中心路", "class": "road", "county": "320413"}),
        (["清溪大厦", "--class", "building", "--floors", "3", "--place", "care_facility:c1"],
         {"name": "清溪大厦", "class": "building", "floors": 3, "place": "care_facility:c1"}),
    ],
)  # fmt: skip
def test_both_doors_give_the_same(tiny, staff, options, query):
    printed = json.loads(run(tiny, *options, "--format", "json").stdout)
    answer = staff.get("/api/names/precheck", params={**query, "on": ON})
    assert answer.status_code == 200, answer.text
    assert printed == answer.json()


def test_the_exit_code_says_whether_somebody_must_look(tiny):
    assert run(tiny, "云霞家园", "--class", "residential").exit_code == 0
    assert run(tiny, "巴黎花园", "--class", "residential").exit_code == 1
    assert run(tiny, "", "--class", "residential").exit_code == 2


def test_the_table_says_the_outcome_first(tiny):
    result = run(tiny, "巴黎花园", "--class", "residential", "--lon", "119.51", "--lat", "31.71")
    assert "“巴黎花园”疑似不合规定，不宜直接采用" in result.stdout
    assert "备选名" in result.stdout


def test_the_page_with_a_map_is_one_file(tiny, tmp_path):
    file = tmp_path / "核名.html"
    result = run(tiny, "中心路", "--class", "road", "--lon", "119.51", "--lat", "31.71", "-o", file)
    assert result.exit_code == 1, result.output
    page = file.read_text(encoding="utf-8")
    assert "核名：中心路" in page
    assert 'src="http' not in page
    assert "内部资料" in page


def test_the_page_with_a_map_needs_a_file(tiny):
    result = run(tiny, "云霞家园", "--format", "html")
    assert (result.exit_code, result.stderr) == (2, "错误：html 要写进文件。\n请加 -o 核名.html。\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["云霞家园", "--class", "spaceship"], "错误：没有“spaceship”这个地名类别。"),
        (["云霞家园", "--county", "3204130"], "错误：“3204130”不是行政区划代码。"),
        (["云霞家园", "--lon", "119.5"], "错误：位置没有给全，或给了两次。"),
        (["长" * 300], "错误：名称有 300 个字符，不像一个地名。"),
        (["云霞家园", "--place", "care_facility:nobody"], "错误："),
    ],
)
def test_what_cannot_be_understood_is_an_error(tiny, options, said):
    result = run(tiny, *options)
    assert result.exit_code == 2
    assert result.stderr.startswith(said)


@pytest.mark.parametrize("address", ["/api/names/precheck?name=a", "/api/names/romanize?name=a"])
def test_without_a_session_nothing_is_told(visitor, address):
    assert visitor.get(address).status_code == 401


def test_the_page_sends_visitors_to_the_login(visitor):
    answer = visitor.get("/naming", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=/naming")


def test_the_page_offers_the_classes_in_both_languages(staff):
    assert '<option value="residential">住宅区</option>' in staff.get("/naming").text
    assert '<option value="residential">Residential area</option>' in staff.get("/naming?lang=en").text


@pytest.mark.parametrize(
    "query", ["", "name=", "name=a&lon=200", "name=a&floors=-1", "name=a&nonsense=1", "name=a&lon=119.5"]
)
def test_bad_parameters_are_400(staff, query):
    assert staff.get(f"/api/names/precheck?{query}").status_code == 400


def test_a_name_is_written_in_pinyin(staff):
    said = staff.get("/api/names/romanize", params={"name": "青龙路", "class": "road"}).json()
    assert (said["name"], said["pinyin"], said["sign_form"]) == ("青龙路", "Qīnglóng Lù", "QINGLONG LU")
    assert said["unsure"] is False


def test_a_file_of_this_machine_cannot_be_read_through_the_network(staff, tmp_path):
    file = tmp_path / "site.geojson"
    file.write_text('{"type":"Point","coordinates":[119.5,31.7]}', encoding="utf-8")
    answer = staff.get("/api/names/precheck", params={"name": "云霞家园", "place": str(file)})
    assert answer.status_code == 404


def test_a_county_of_another_place_is_said_by_both_doors(tiny, staff):
    result = run(tiny, "云霞家园", "--class", "residential", "--county", "330106")
    assert "330106 不是本工作区（" in result.stderr
    asked = {"name": "云霞家园", "class": "residential", "county": "330106", "on": ON}
    said = staff.get("/api/names/precheck", params=asked).json()
    assert said["made"]["pack"] == "hangzhou"
    assert said["notes"][0]["zh"].startswith("330106 不是本工作区（")
