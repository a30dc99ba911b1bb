import re

import pytest
from drawing_district import district

from layers.workspace import Settings, Workspace
from web.pages import login_page, naming_page, plan_page, public_page, review_page

PAGES = {
    "public": public_page,
    "plan": plan_page,
    "naming": naming_page,
    "review": review_page,
    "login": login_page,
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ALLOWED_IN_ENGLISH = {"测试区", "中文"}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_loads_only_our_own_files(page, workspace):
    html = page(workspace, lang="zh")
    loaded = re.findall(r'(?:src|href)="([^"#][^"]*)"', html)
    assert loaded
    assert [one for one in loaded if not one.startswith(("/", "?", "data:"))] == []


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_file_a_page_names_exists(page, workspace, web_folder):
    html = page(workspace, lang="zh")
    named = re.findall(r'"/static/([^"]+)"', html)
    assert named
    assert [one for one in named if not (web_folder / "static" / one).is_file()] == []


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_an_english_page_has_no_chinese_but_names(page, workspace):
    html = re.sub(r"<script.*?</script>", "", page(workspace, lang="en"), flags=re.DOTALL)
    left = {word for word in re.findall(r"[\u4e00-\u9fff]+", html) if word not in ALLOWED_IN_ENGLISH}
    assert left == set()


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_text_can_be_zoomed_on_a_phone(page, workspace):
    html = page(workspace, lang="zh")
    assert 'content="width=device-width, initial-scale=1"' in html
    assert "user-scalable" not in html


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_control_has_a_label(page, workspace):
    html = re.sub(r"<script.*?</script>", "", page(workspace, lang="zh"), flags=re.DOTALL)
    controls = re.findall(r"<(?:input|select)\b[^>]*>", html)
    inside = " ".join(re.findall(r"<label.*?</label>", html, re.DOTALL))
    targets = set(re.findall(r'<label for="([^"]+)"', html))
    bare = [
        one
        for one in controls
        if 'type="hidden"' not in one
        and one not in inside
        and (re.search(r'id="([^"]+)"', one) or [None, ""])[1] not in targets
    ]
    assert bare == []


def test_the_public_page_lists_no_layer_that_needs_a_login(workspace):
    listed = set(re.findall(r'data-layer="(\w+)"', public_page(workspace, signed_in=True)))
    assert "care_facility" in listed
    assert not listed & {"boundary_marker", "boundary_line"}


def test_a_page_without_a_session_shows_no_internal_links(workspace):
    html = public_page(workspace, signed_in=False)
    assert 'href="/plan"' not in html
    assert 'href="/login"' in html


def test_the_plan_page_offers_only_services_that_have_data(tmp_path):
    with district(tmp_path) as workspace:
        html = plan_page(workspace)
    offered = re.search(r'name="layer">(.*?)</select>', html, re.DOTALL)[1]
    assert re.findall(r'value="(\w+)"', offered) == ["care_facility", "meal_point", "shelter", "cemetery"]


def test_a_district_with_a_hostile_name_is_escaped(tmp_path):
    with Workspace.create(tmp_path / "w", Settings("320413", "<img src=x onerror=alert(1)>")) as workspace:
        html = public_page(workspace)
    assert "<img src=x" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_wrong_key_is_said_and_the_way_back_is_kept(workspace):
    html = login_page(workspace, wrong_key=True, next_path='/plan?x="1')
    assert "口令不对，请重新输入。" in html
    assert 'name="next" value="/plan?x=&#34;1"' in html


def test_an_unreviewed_public_map_says_so(workspace):
    assert "未送审 · 不得公开发布" in public_page(workspace)
    assert "内部资料 · 不得公开" in plan_page(workspace)
