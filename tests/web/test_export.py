import json
import re
from pathlib import Path

import pytest
from drawing_district import HOSTILE, district

from layers.workspace import Settings, Workspace
from web.export import export_map

LOADS = re.compile(
    r"""\bsrc\s*=\s*["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//|fetch\(\s*["'`]https?:""",
    re.IGNORECASE,
)
DATA = re.compile(r'<script type="application/json" id="fangyu-data-(\w+)">(.*?)</script>', re.DOTALL)


def data_in(html: str) -> dict[str, dict]:
    return {layer_id: json.loads(text) for layer_id, text in DATA.findall(html)}


def properties_in(html: str, layer_id: str) -> list[dict]:
    return [feature["properties"] for feature in data_in(html)[layer_id]["features"]]


@pytest.mark.parametrize("profile", ["public_map", "internal_map"])
def test_an_exported_map_loads_nothing_from_anywhere(profile, request):
    html = request.getfixturevalue(profile)
    assert not LOADS.findall(html)
    assert "<link" not in html
    assert not re.search(r"<script[^>]+src=", html)


def test_every_picture_of_a_style_sheet_lies_inside(public_map):
    assert not re.findall(r"url\(\s*[\"']?(?!data:|#)[^)]*", public_map)


def test_leaflets_default_icon_has_its_pictures_inside(public_map):
    icons = json.loads(re.search(r'id="fangyu-config">(.*?)</script>', public_map, re.DOTALL)[1])["icons"]
    assert all(url.startswith("data:image/png;base64,") for url in icons.values())


def test_a_hostile_name_cannot_leave_its_string(public_map):
    assert "<script>alert(1)" not in public_map
    assert HOSTILE in {one.get("name") for one in properties_in(public_map, "meal_point")}


def test_the_public_map_has_only_public_layers_and_fields(public_map):
    assert not {"boundary_marker", "boundary_line", "population"} & set(data_in(public_map))
    assert "院长某" not in public_map
    assert all("plots_used" not in one for one in properties_in(public_map, "cemetery"))


def test_the_internal_map_has_them(internal_map):
    assert {"boundary_marker", "boundary_line"} <= set(data_in(internal_map))
    assert properties_in(internal_map, "care_facility")[0]["contact"] == "院长某"


def test_a_small_count_of_people_is_withheld_in_public(public_map):
    units = {one["id"]: one for one in properties_in(public_map, "admin_unit")}
    assert "pop_65_plus" not in units["320499100001"]
    assert "pop_65_plus" in units["320499100001"]["suppressed"]


def test_a_map_says_whether_it_may_be_published(public_map, internal_map, tmp_path):
    assert "未送审 · 不得公开发布" in public_map
    assert "内部资料 · 不得公开" in internal_map
    with district(tmp_path, map_review_number="苏S(2024)001号") as reviewed:
        assert "审图号：苏S(2024)001号" in export_map(reviewed, profile="public")


def test_a_map_of_made_up_data_says_so_and_a_real_one_does_not(public_map, tmp_path):
    assert 'class="fy-ribbon"' in public_map
    with Workspace.create(tmp_path / "real", Settings("320413", "金坛区")) as empty:
        assert 'class="fy-ribbon"' not in export_map(empty, profile="public")


def test_a_map_carries_title_date_legend_north_and_how_it_was_made(public_map):
    said = ["测试区民政服务地图", "数据截至 2024-06-30", "图层与图例", "上方为正北", "制图：方舆", "中央厨房"]
    assert [one for one in said if one not in public_map] == []


def test_every_layer_drawn_has_a_switch(internal_map):
    switches = set(re.findall(r'data-layer="(\w+)"', internal_map))
    assert switches == set(data_in(internal_map))


def test_the_english_map_is_english_around_the_names(workspace):
    html = export_map(workspace, profile="public", lang="en")
    assert '<html lang="en">' in html
    assert "Not reviewed · not for publication" in html


def test_coordinates_have_six_decimals_at_most(public_map):
    assert (
        max(len(one) for one in re.findall(r"-?\d+\.(\d+)", json.dumps(data_in(public_map)["admin_unit"])))
        <= 6
    )


def test_pieces_of_one_road_become_one_line(public_map):
    names = [one["name"] for one in properties_in(public_map, "road")]
    assert len(names) == len(set(names)) == 10


def test_an_empty_workspace_gives_a_map_that_says_so(tmp_path: Path):
    with Workspace.create(tmp_path / "empty", Settings("320413", "金坛区")) as empty:
        html = export_map(empty, profile="internal")
    assert "还没有可显示的数据。" in html
    assert "数据截至日期未说明" in html


def test_the_same_data_give_the_same_bytes(workspace, internal_map):
    assert export_map(workspace, profile="internal") == internal_map


class Report:
    """A coverage report as far as a map reads it."""

    def as_json(self):
        label = {"zh": "路网步行人口覆盖", "en": "People within a walk"}
        return {
            "definition": {"id": "C6", "label": label, "formula": label},
            "measure": {"label": {"zh": "65岁以上人口", "en": "Aged 65+"}, "unit": "人"},
            "request": {"layer_id": "care_facility"},
            "numerator": 904,
            "denominator": 3394,
            "share": 0.2664,
            "band": [{"speed_m_s": 0.76, "numerator": 800, "share": 0.2357}],
            "rows": [],
        }


def test_a_coverage_figure_never_stands_without_definition_numerator_and_denominator(workspace):
    html = export_map(workspace, profile="internal", coverage=Report())
    assert "C6 路网步行人口覆盖：26.6%（65岁以上人口 904 / 3,394）" in html
    assert "0.76 米/秒：23.6%" in html
    assert "未覆盖" in html


def test_a_map_of_coverage_shows_only_the_service_it_measures(workspace):
    html = export_map(workspace, profile="internal", coverage=Report())
    on = set(re.findall(r'data-layer="(\w+)" checked', html))
    assert "care_facility" in on
    assert not on & {"meal_point", "cemetery", "boundary_marker"}


def test_a_map_names_whose_data_it_shows(workspace):
    sources = {
        one.credits for one in map(workspace.store.summary, workspace.store.layer_ids()) if one.credits
    }
    html = export_map(workspace, profile="internal")
    assert sources
    assert all(credit in html for named in sources for credit in named)
    assert "数据来源：" in html
