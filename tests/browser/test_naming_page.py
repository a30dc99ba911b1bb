import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def office(visit):
    visit.sign_in()
    visit.go("/naming")
    return visit


def try_name(page, name, kind="residential"):
    page.fill("[name=name]", name)
    page.select_option("[name=class]", kind)
    page.click("#fy-naming [type=submit]")
    expect(page.locator(".fy-verdict-name")).to_have_text(name)


def test_a_fine_name_is_said_to_be_fine(office):
    try_name(office.page, "云霞家园")
    expect(office.page.locator("#fy-verdict")).to_contain_text("未发现问题")
    assert office.page.locator("#fy-pinyin").inner_text().startswith("Yúnxiá")


def test_a_suspect_name_shows_its_grounds_and_what_could_be_given(office):
    page = office.page
    try_name(page, "望江巴黎花园")
    expect(page.locator("#fy-verdict")).to_contain_text("疑似不合规定")
    page.locator("#fy-findings summary").first.click()
    assert "地名管理条例" in page.locator("#fy-findings").inner_text()
    assert page.locator("#fy-alternatives button").count() > 0


def test_an_alternative_is_checked_again_when_pressed(office):
    page = office.page
    try_name(page, "望江巴黎花园")
    button = page.locator("#fy-alternatives button").first
    name = button.get_attribute("data-name")
    button.click()
    expect(page.locator(".fy-verdict-name")).to_have_text(name)
    expect(page.locator("#fy-verdict")).to_contain_text("未发现问题")
    assert page.input_value("[name=name]") == name


def test_a_click_on_the_map_is_the_place(office):
    page = office.page
    page.click("#fy-pick")
    assert page.get_attribute("#fy-pick", "aria-pressed") == "true"
    page.locator(".folium-map").click(position={"x": 150, "y": 120})
    assert page.get_attribute("#fy-pick", "aria-pressed") == "false"
    assert 119 < float(page.input_value("[name=lon]")) < 120
    assert page.locator(".leaflet-popup").count() == 0
    page.click("#fy-clear")
    assert page.input_value("[name=lon]") == ""


def test_a_namesake_is_drawn_with_its_distance(office):
    page = office.page
    page.fill("[name=lon]", "119.45")
    page.fill("[name=lat]", "31.63")
    try_name(page, "锦绣花园")
    expect(page.locator("#fy-same")).to_contain_text("锦绣花园")
    expect(page.locator(".fy-distance").first).to_be_visible()


def test_what_a_name_cites_must_fit_the_place(office):
    page = office.page
    page.fill("[name=lon]", "119.475")
    page.fill("[name=lat]", "31.675")
    try_name(page, "东山镇家园")
    expect(page.locator("#fy-location")).to_contain_text("但位置在其外")


def test_the_keyboard_is_enough(office):
    page = office.page
    page.focus("[name=name]")
    page.keyboard.type("云霞家园")
    page.keyboard.press("Enter")
    expect(page.locator(".fy-verdict-name")).to_have_text("云霞家园")


def test_a_link_brings_the_same_question_back(office):
    try_name(office.page, "望江巴黎花园")
    link = office.page.evaluate("location.hash")
    office.page.goto("about:blank")
    office.go(f"/naming{link}")
    assert office.page.locator(".fy-verdict-name").inner_text() == "望江巴黎花园"


def test_in_english_the_outcome_is_english(office):
    office.go("/naming?lang=en")
    try_name(office.page, "望江巴黎花园")
    expect(office.page.locator("#fy-verdict")).to_contain_text("should not be given as it is")


def test_half_a_position_is_not_sent(office):
    page = office.page
    page.fill("[name=lon]", "119.45")
    page.fill("[name=name]", "云霞家园")
    page.click("#fy-naming [type=submit]")
    assert page.locator("[name=lat]:invalid").count() == 1
    assert page.locator(".fy-verdict-name").count() == 0


def test_what_the_service_refuses_is_said_beside_the_form(office):
    page = office.page
    page.fill("[name=name]", "云霞家园")
    page.evaluate("document.querySelector('[name=class]').append(new Option('x', 'spaceship', true, true))")
    page.click("#fy-naming [type=submit]")
    expect(page.locator("#fy-error")).to_contain_text("没有“spaceship”这个地名类别")
    assert page.locator(".fy-verdict-name").count() == 0
    office.problems.clear()


def test_without_a_name_the_old_verdict_goes_and_the_page_says_what_it_needs(office):
    page = office.page
    try_name(page, "望江巴黎花园")
    page.fill("[name=name]", "")
    page.press("[name=name]", "Enter")
    expect(page.locator("#fy-needs-name")).to_have_text("请先写出要核的名称。")
    assert page.locator("#fy-verdict").count() == 0
    assert "name=" not in page.evaluate("location.hash")
