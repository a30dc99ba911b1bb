"""Changes on the map of the planner's page: what they buy is said at once, and nothing reaches the layers."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LINK = "/plan#layer=care_facility&within_min=15"


@pytest.fixture
def planner(visit):
    visit.sign_in()
    visit.go(LINK)
    visit.page.wait_for_selector("#fy-figure")
    return visit


def asked(page, path, **more):
    query = urlsplit(page.url).fragment
    said = page.request.get(f"{page.url.split('/plan')[0]}{path}?{query}", **more)
    assert said.ok, said.text()
    return said.json()


def figure(page):
    return page.locator("#fy-figure").inner_text()


def percent(share):
    return f"{share * 100:.1f}%"


def settled(page, number):
    """Wait until so many changes are listed and the answer to them is there."""
    expect(page.locator("#fy-changes li")).to_have_count(number)
    expect(page.locator("#fy-change")).to_have_count(1 if number else 0)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)


def press_map(page, x=0.5, y=0.5):
    box = page.locator(".folium-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)


def open_sheet(page):
    """Unfold the panel, which makes way for the map on a phone."""
    if page.locator("body").get_attribute("data-sheet") == "peek" and page.locator("#fy-handle").is_visible():
        page.click("#fy-handle")


def unserved_place(page):
    """Return a place at which nobody is served, and look at it closely."""
    row = next(
        one for one in asked(page, "/api/coverage")["rows"] if one["share"] == 0 and one["denominator"] > 0
    )
    page.evaluate(
        "([lat, lon]) => fangyu.map.setView([lat, lon], 14, {animate: false})", [row["lat"], row["lon"]]
    )


def add_by_click(page):
    unserved_place(page)
    page.click("#fy-add")
    page.wait_for_timeout(200)
    centre = page.evaluate(
        "(() => { const b = fangyu.map.getContainer().getBoundingClientRect(); "
        "const p = fangyu.map.latLngToContainerPoint(fangyu.map.getCenter()); "
        "return [b.x + p.x, b.y + p.y]; })()"
    )
    page.mouse.click(*centre)
    settled(page, 1)
    page.click("#fy-add")
    open_sheet(page)


def test_a_facility_added_by_a_click_counts_as_the_service_counts_it(planner):
    before = figure(planner.page)
    add_by_click(planner.page)
    said = asked(planner.page, "/api/coverage")
    assert figure(planner.page) == percent(said["share"])
    assert figure(planner.page) != before
    assert planner.page.locator("#fy-gained").inner_text().startswith("+")
    assert planner.page.locator(".fy-change-add").count() == 1


def test_a_figure_says_what_it_was_before(planner):
    before = figure(planner.page)
    add_by_click(planner.page)
    said = planner.page.locator("#fy-change").inner_text()
    assert before in said
    assert figure(planner.page) in said
    assert before in planner.page.locator("#fy-said").inner_text()


def test_undo_and_redo_go_back_and_forth(planner):
    page = planner.page
    before = figure(page)
    add_by_click(page)
    after = figure(page)
    page.click("#fy-undo")
    settled(page, 0)
    expect(page.locator("#fy-figure")).to_have_text(before)
    page.click("#fy-redo")
    settled(page, 1)
    expect(page.locator("#fy-figure")).to_have_text(after)


def test_the_curve_has_a_title_and_a_table(planner):
    add_by_click(planner.page)
    assert planner.page.locator("#fy-curve title").first.text_content().startswith("覆盖率与设施数")
    assert planner.page.locator("#fy-curve table tbody tr").count() == 2


def test_a_facility_is_closed_from_its_popup_and_the_layer_stays(planner):
    page = planner.page
    facility = page.evaluate("[...fangyu.drawn.get('care_facility').features.keys()][0]")
    page.evaluate("id => fangyu.focus('care_facility', id)", facility)
    page.locator("[data-act=close]").click()
    settled(page, 1)
    said = asked(page, "/api/coverage")
    assert figure(page) == percent(said["share"])
    assert f"close%3A{facility}" in page.url
    items = page.request.get(f"{planner.site}/api/layers/care_facility/items").json()
    assert facility in {str(one["id"]) for one in items["features"]}


def test_what_may_be_done_stands_right_under_the_name(planner):
    page = planner.page
    facility = page.evaluate("[...fangyu.drawn.get('care_facility').features.keys()][0]")
    page.evaluate("id => fangyu.focus('care_facility', id)", facility)
    assert page.locator(".fy-popup h3 + .fy-acts").count() == 1


def test_a_facility_is_moved_by_keyboard_alone(planner):
    page = planner.page
    name = page.locator("#fy-facilities option").first.get_attribute("value")
    page.locator("#fy-panel-table .fy-more summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("#fy-choose").focus()
    page.keyboard.insert_text(name)
    page.locator("[data-act=move]").focus()
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    settled(page, 1)
    assert "move%3A" in page.url
    assert figure(page) == percent(asked(page, "/api/coverage")["share"])


def test_arrow_keys_shift_a_chosen_change(planner):
    page = planner.page
    add_by_click(page)
    before = page.url
    page.locator(".fy-change-add").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(lambda url: url != before)
    settled(page, 1)
    assert page.evaluate("document.activeElement.classList.contains('fy-change-add')")
    assert figure(page) == percent(asked(page, "/api/coverage")["share"])


def test_a_facility_is_added_by_coordinates(planner):
    page = planner.page
    page.locator("#fy-panel-table .fy-more summary").first.click()
    page.click("#fy-centre")
    page.fill("#fy-add-form [name=name]", "甲;乙")
    page.fill("#fy-add-form [name=amount]", "40")
    page.locator("#fy-add-form [type=submit]").click()
    settled(page, 1)
    assert "甲 乙" in page.locator("#fy-changes").inner_text()
    assert "beds%3D40" in page.url


def test_escape_ends_adding(planner):
    page = planner.page
    page.click("#fy-add")
    assert page.locator("#fy-add").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Escape")
    assert page.locator("#fy-add").get_attribute("aria-pressed") == "false"
    press_map(page, 0.5, 0.3)
    assert page.locator("#fy-changes li").count() == 0


def test_a_late_answer_never_covers_a_newer_one(planner):
    page = planner.page
    held = []
    page.route("**/api/whatif", lambda route: held.append(route) if not held else route.continue_())
    page.evaluate("fangyu.focus('care_facility', [...fangyu.drawn.get('care_facility').features.keys()][0])")
    page.locator("[data-act=close]").click()
    page.wait_for_timeout(300)
    page.click("#fy-undo")
    page.wait_for_load_state("networkidle")
    expected = figure(page)
    body = {"after": None}
    held[0].fulfill(status=200, json=body)
    page.wait_for_timeout(300)
    assert figure(page) == expected
    assert page.locator("#fy-error").is_hidden()


def test_a_change_the_service_refuses_is_said_and_can_be_taken_back(planner):
    page = planner.page
    before = figure(page)
    said = {"code": "input", "message": {"zh": "不行。", "en": ""}, "hint": {"zh": "", "en": ""}}
    page.route("**/api/whatif", lambda route: route.fulfill(status=400, json=said))
    page.evaluate("fangyu.focus('care_facility', [...fangyu.drawn.get('care_facility').features.keys()][0])")
    page.locator("[data-act=close]").click()
    page.wait_for_selector("#fy-error:not([hidden])")
    assert page.locator("#fy-figure").count() == 0
    page.unroute("**/api/whatif")
    page.click("#fy-undo")
    page.wait_for_selector("#fy-figure")
    assert figure(page) == before
    planner.problems[:] = [one for one in planner.problems if "400" not in one]


def test_remedies_come_on_demand(planner):
    page = planner.page
    page.click("#fy-remedies")
    page.wait_for_selector(".fy-remedy")
    assert page.locator(".fy-remedy").first.inner_text().startswith("补救")


def test_people_whose_answer_depends_on_speed_are_listed_and_marked(planner):
    page = planner.page
    page.locator("#fy-question > summary").click()
    page.fill("#fy-plan [name=threshold]", "2")
    page.click("#fy-plan [type=submit]")
    page.wait_for_selector("#fy-flips", state="attached")
    flips = asked(page, "/api/coverage")["flips"]
    page.locator("#fy-flips summary").click()
    assert page.locator("#fy-flips tbody tr").count() == len(flips["by_unit"]) > 0
    page.click("#fy-flips-map")
    assert page.locator(".leaflet-fy-marks-pane path[stroke='#5a2a82']").count() == len(flips["points"])


def test_changes_can_be_seen_as_a_map_of_differences(planner):
    page = planner.page
    add_by_click(page)
    page.click("#fy-show-change")
    page.wait_for_selector(".fy-difference-label", state="attached")
    assert page.locator(".fy-difference-label").first.inner_text().startswith("+")
    page.click("#fy-show-change")
    assert page.locator(".fy-difference-label").count() == 0


def test_other_ways_of_going_and_other_areas_can_be_chosen(planner):
    page = planner.page
    page.locator("#fy-question > summary").click()
    page.locator("#fy-plan [name=mode]").select_option("e-bike")
    page.locator("#fy-plan [name=by]").select_option("town")
    page.click("#fy-plan [type=submit]")
    page.wait_for_selector("#fy-question:not([open])")
    assert "mode=e-bike" in page.url
    assert figure(page) == percent(asked(page, "/api/coverage")["share"])


def test_an_english_page_speaks_english(visit):
    visit.sign_in()
    visit.go("/plan?lang=en#layer=care_facility&within_min=15&change=add:new-1@119.95,31.78;Test")
    visit.page.wait_for_selector("#fy-change")
    said = visit.page.locator("#fy-change").inner_text()
    assert "Before" in said
    assert "Gained" in said
    assert visit.page.locator("#fy-changes").inner_text().startswith("Add Test (119.95000, 31.78000)")
