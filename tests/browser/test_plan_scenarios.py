"""Scenarios and siting on the planner's page; a workspace of one's own, since scenarios are kept."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from drawing_district import district
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LINK = "/plan#layer=care_facility&within_min=15"


@pytest.fixture(params=[False, True], ids=["desktop", "phone"])
def planner(visit_to, tmp_path, request):
    district(tmp_path / "w").close()
    with visit_to(tmp_path / "w", phone=request.param) as visit:
        yield visit


def begin(planner, *changes):
    planner.page.goto("about:blank")
    planner.go(LINK + "".join(f"&change={one}" for one in changes))
    planner.page.wait_for_selector("#fy-change" if changes else "#fy-figure")


def facilities(planner):
    return planner.page.evaluate("[...fangyu.drawn.get('care_facility').features.keys()]")


def save(page, name):
    page.click("#fy-tab-scenarios")
    page.fill("#fy-save [name=name]", name)
    page.click("#fy-save [type=submit]")
    page.wait_for_selector(f"[data-scenario='{name}']")


def two_scenarios(planner):
    begin(planner)
    first, second = facilities(planner)[:2]
    begin(planner, f"close:{first}")
    save(planner.page, "甲")
    begin(planner, f"close:{first}", f"close:{second}")
    save(planner.page, "乙")


def test_a_scenario_is_saved_found_again_and_opened(planner):
    page = planner.page
    begin(planner)
    one = facilities(planner)[0]
    begin(planner, f"close:{one}")
    figure = page.locator("#fy-figure").inner_text()
    save(page, "近期")
    assert "scenario=" in page.url
    begin(planner)
    page.click("#fy-tab-scenarios")
    page.click("[data-scenario='近期'] [data-act=open]")
    page.wait_for_selector("#fy-change")
    assert page.locator("#fy-figure").inner_text() == figure


def test_a_link_to_a_scenario_opens_it(planner):
    begin(planner)
    begin(planner, f"close:{facilities(planner)[0]}")
    save(planner.page, "近期")
    link = planner.page.url
    planner.page.goto("about:blank")
    planner.page.goto(link)
    planner.page.wait_for_selector("#fy-change", state="attached")
    assert planner.page.locator("#fy-changes li").count() == 1


def test_a_scenario_is_deleted_only_after_a_question(planner):
    page = planner.page
    begin(planner)
    begin(planner, f"close:{facilities(planner)[0]}")
    save(page, "近期")
    page.click("[data-scenario='近期'] [data-act=delete]")
    page.click("#fy-sure [value=no]")
    assert page.locator("[data-scenario='近期']").count() == 1
    page.click("[data-scenario='近期'] [data-act=delete]")
    page.click("#fy-sure [value=yes]")
    page.wait_for_selector("[data-scenario='近期']", state="detached")
    assert page.request.get(f"{planner.site}/api/scenarios").json() == {"scenarios": []}


def test_a_name_that_is_taken_is_replaced_only_after_a_question(planner):
    page = planner.page
    begin(planner)
    one, other = facilities(planner)[:2]
    begin(planner, f"close:{one}")
    save(page, "近期")
    begin(planner, f"close:{one}", f"close:{other}")
    page.click("#fy-tab-scenarios")
    page.fill("#fy-save [name=name]", "近期")
    page.click("#fy-save [type=submit]")
    page.click("#fy-sure [value=yes]")
    expect(page.locator("[data-scenario='近期'] small")).to_contain_text("2 项变动")
    kept = page.request.get(f"{planner.site}/api/scenarios").json()["scenarios"][0]["changes"]
    assert [change["id"] for change in kept] == [one, other]


def test_nothing_is_saved_when_nothing_was_changed(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-scenarios")
    page.fill("#fy-save [name=name]", "空")
    page.click("#fy-save [type=submit]")
    expect(page.get_by_text("没有变动可存").first).to_be_visible()
    assert page.request.get(f"{planner.site}/api/scenarios").json()["scenarios"] == []


def test_two_scenarios_stand_side_by_side_with_a_map_of_differences(planner):
    page = planner.page
    two_scenarios(planner)
    for box in page.locator("#fy-scenarios input").all():
        box.check()
    page.click("#fy-compare")
    page.wait_for_selector("#fy-comparison-heading")
    rows = page.locator("#fy-compare-totals tbody tr").all_inner_texts()
    said = page.request.get(
        f"{planner.site}/api/scenarios/compare?layer=care_facility&within_min=15&name=乙&name=甲"
    ).json()
    assert [row.split()[0] for row in rows] == [
        "现状",
        *[one["scenario"]["name"] for one in said["scenarios"]],
    ]
    assert f"{said['base']['share'] * 100:.1f}%" in rows[0]
    assert page.locator("#fy-difference-key li").count() == 5
    assert page.locator("#fy-difference-key").text_content().count("−") == 2
    page.click("#fy-compare-close")
    assert page.locator("#fy-difference-key").count() == 0


def test_the_map_of_differences_names_the_pair_and_marks_the_second(planner):
    page = planner.page
    two_scenarios(planner)
    for box in page.locator("#fy-scenarios input").all():
        box.check()
    page.click("#fy-compare")
    title, marks = page.locator("#fy-difference-title"), page.locator(".fy-change-mark")
    expect(title).to_contain_text("差异图：现状 → ")
    for name, number in (("甲", 1), ("乙", 2), ("现状", 0)):
        page.select_option("#fy-difference [name=to]", label=name)
        expect(title).to_have_text(f"差异图：现状 → {name}")
        expect(marks).to_have_count(number)
    page.click("#fy-tab-table")
    expect(title).to_have_count(0)
    expect(marks).to_have_count(2)


def test_with_changes_no_figure_is_shown_before_they_are_in_it(planner):
    begin(planner)
    one = facilities(planner)[0]
    planner.page.add_init_script(
        "window.figures = []; new MutationObserver(() => { const one = document.querySelector('#fy-figure');"
        "if (one) figures.push(one.textContent); }).observe(document, { subtree: true, childList: true })"
    )
    begin(planner, f"close:{one}")
    seen = planner.page.evaluate("[...new Set(figures)]")
    assert seen == [planner.page.locator("#fy-figure").inner_text()]


@pytest.mark.parametrize("name", ["a/b", "-a", "a.", " "])
def test_a_name_no_scenario_can_bear_is_said_before_saving(planner, name):
    page = planner.page
    begin(planner, "close:c2")
    page.click("#fy-tab-scenarios")
    field = page.locator("#fy-save [name=name]")
    field.fill(name)
    assert field.evaluate("one => one.validationMessage").startswith("方案名不能")
    assert field.get_attribute("maxlength") == "60"


def test_another_model_and_back_keeps_the_goal(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-sites")
    page.select_option("#fy-sites [name=goal]", "budget")
    for model in ("p-median", "lscp", "mclp"):
        page.select_option("#fy-sites [name=model]", model)
    expect(page.locator("#fy-sites [name=goal]")).to_have_value("budget")


def test_sites_are_found_with_bound_and_taken_over(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-sites")
    page.fill("#fy-sites [name=sites]", "2")
    page.click("#fy-sites [type=submit]")
    page.wait_for_selector("#fy-proof")
    after = page.locator("#fy-sites-after").inner_text()
    assert page.locator(".fy-site-mark").all_inner_texts() == ["1", "2"]
    assert re.match("已证明|最好的方案|没有求得", page.locator("#fy-proof").inner_text())
    assert page.locator("#fy-sites-curve polyline").count() == 2
    page.click("#fy-take")
    page.wait_for_selector("#fy-change")
    assert page.locator("#fy-changes li").count() == 2
    assert page.locator("#fy-figure").inner_text() == after


def test_a_siting_job_that_fails_says_why(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-sites")
    problem = {
        "code": "x",
        "message": {"zh": "候选点不够。", "en": ""},
        "hint": {"zh": "减少处数。", "en": ""},
    }
    job = {"id": "1", "state": "failed", "stage": {"zh": "", "en": ""}, "done": 0, "total": None,
           "result_url": "", "problem": problem}  # fmt: skip
    page.route("**/api/sites/jobs?*", lambda route: route.fulfill(status=202, json=job))
    page.click("#fy-sites [type=submit]")
    page.wait_for_selector("#fy-sites-error:not([hidden])")
    assert page.locator("#fy-sites-error").inner_text().split() == ["候选点不够。", "减少处数。"]


def test_a_long_job_shows_its_stage_and_share(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-sites")
    job = {"id": "1", "state": "running", "stage": {"zh": "求解", "en": ""}, "done": 1, "total": 4,
           "result_url": "", "problem": None}  # fmt: skip
    page.route("**/api/sites/jobs?*", lambda route: route.fulfill(status=202, json=job))
    page.route("**/api/jobs/1", lambda route: route.fulfill(status=200, json=job))
    page.click("#fy-sites [type=submit]")
    page.wait_for_selector("#fy-sites-progress:not([hidden])")
    assert page.locator("#fy-sites-progress span").inner_text() == "求解 25%"
    assert page.locator("#fy-sites-progress progress").get_attribute("value") == "0.25"


def test_parts_of_the_page_are_reached_with_arrow_keys(planner):
    page = planner.page
    begin(planner)
    page.locator("#fy-tab-table").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "fy-tab-sites"
    assert page.locator("#fy-panel-sites").is_visible()


def test_siting_takes_budget_costs_spacing_and_limits_per_unit(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-sites")
    page.select_option("#fy-sites [name=goal]", "budget")
    page.fill("#fy-sites [name=budget]", "5")
    page.locator("#fy-sites details").evaluate("one => { one.open = true }")
    fields = {"cost_new": "2", "cost_stock": "1", "apart_m": "600", "at_most_per": "3"}
    for name, value in fields.items():
        page.fill(f"#fy-sites [name={name}]", value)
    page.select_option("#fy-sites [name=per]", "village")
    with page.expect_request("**/api/sites/jobs?*") as sent:
        page.click("#fy-sites [type=submit]")
    wanted = parse_qs(urlsplit(sent.value.url).query)
    assert {name: wanted[name] for name in fields} == {name: [value] for name, value in fields.items()}
    assert (wanted["budget"], wanted["per"]) == (["5"], ["village"])
    assert "sites" not in wanted
    page.wait_for_selector("#fy-proof")
    assert page.locator("#fy-new-sites li").count() == 2
    expect(page.locator("#fy-new-sites li").first).to_contain_text("费用 2")


def test_a_model_is_not_held_back_by_the_page_and_its_error_is_shown(planner):
    page = planner.page
    begin(planner)
    page.click("#fy-tab-sites")
    page.select_option("#fy-sites [name=model]", "p-center")
    page.select_option("#fy-sites [name=goal]", "target_share")
    page.click("#fy-sites [type=submit]")
    page.wait_for_selector("#fy-sites-error:not([hidden])")
    assert page.locator("#fy-sites-error").inner_text() != ""
    assert page.locator("#fy-sites [type=submit]").is_enabled()


def test_a_comparison_is_watched_and_can_be_called_off(planner):
    page = planner.page
    two_scenarios(planner)
    for box in page.locator("#fy-scenarios input").all():
        box.check()
    job = {"id": "1", "state": "running", "stage": {"zh": "比较方案", "en": ""}, "done": 1, "total": 2,
           "position": None, "result_url": "", "problem": None}  # fmt: skip
    page.route("**/api/scenarios/compare/jobs?*", lambda route: route.fulfill(status=202, json=job))
    page.route("**/api/jobs/1", lambda route: route.fulfill(status=200, json=job))
    page.click("#fy-compare")
    expect(page.locator("#fy-compare-progress span")).to_have_text("比较方案 50%")
    page.click("#fy-compare-progress button")
    expect(page.locator("#fy-compare-progress")).to_be_hidden()
    expect(page.locator("#fy-compare")).to_be_enabled()
    expect(page.locator("#fy-said")).to_have_text("已取消。")
