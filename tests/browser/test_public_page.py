import re

import pytest

pytestmark = pytest.mark.browser
on_a_phone = pytest.mark.parametrize("visit", [(390, 844)], ids=["phone"], indirect=True)


def names(page):
    return page.locator("#fy-list .fy-item b").all_inner_texts()


def metres(page):
    said = page.locator("#fy-list .fy-item em").all_inner_texts()
    return [float(re.sub(r"[^\d.]", "", one)) * (1000 if "公里" in one else 1) for one in said]


def test_the_nearest_services_are_listed_without_a_click(visit):
    visit.go("/")
    assert len(names(visit.page)) == 10
    assert metres(visit.page) == sorted(metres(visit.page))
    assert "直线" in visit.page.locator("#fy-list em").first.inner_text()


def test_symbols_labels_and_tiles_are_drawn(visit):
    visit.go("/")
    page = visit.page
    page.wait_for_selector("canvas.fy-tile")
    assert page.locator(".fy-symbol, .fy-cluster").count() > 5
    assert "西山镇" in page.locator(".fy-label").all_inner_texts()


def test_a_page_does_not_scroll_sideways(visit):
    visit.go("/")
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_typing_suggests_and_the_keyboard_chooses(visit):
    visit.go("/")
    page = visit.page
    page.fill("#fy-q", "第3")
    page.wait_for_selector("#fy-suggestions li[role=option]")
    page.press("#fy-q", "ArrowDown")
    page.press("#fy-q", "Enter")
    assert page.locator(".fy-popup h3").inner_text() == "第3居家养老服务中心"
    assert page.locator("#fy-suggestions").is_hidden()


def test_a_closed_service_shows_only_when_asked_for(visit):
    visit.go("/#s=care_facility&open=1")
    assert "第5居家养老服务中心" not in names(visit.page)
    visit.page.uncheck("#fy-open")
    assert "第5居家养老服务中心" in names(visit.page)
    assert visit.page.locator(".fy-tag-closed").inner_text() == "暂停"


def test_a_link_carries_the_filters(visit):
    visit.go("/")
    visit.page.select_option("#fy-kind", "care_facility:day_care")
    link = visit.page.url
    visit.page.goto("about:blank")
    visit.page.goto(link)
    visit.page.wait_for_selector("body[data-ready]")
    assert visit.page.input_value("#fy-kind") == "care_facility:day_care"
    assert names(visit.page) == ["第2居家养老服务中心"]


def test_what_is_listed_can_be_downloaded(visit):
    visit.go("/#s=care_facility&open=1")
    with visit.page.expect_download() as waiting:
        visit.page.click("#fy-csv")
    text = waiting.value.path().read_bytes().decode("utf-8-sig")
    assert text.splitlines()[0] == "服务类别,类型,名称,地址,电话,开放时间,直线距离（米）,经度,纬度"
    assert len(text.splitlines()) == 8


def test_a_hostile_name_is_shown_as_text(visit):
    visit.go("/")
    assert "<script>alert(1)</script>&\"'店" in names(visit.page)


def test_an_item_opens_its_place_on_the_map(visit):
    visit.go("/")
    first = visit.page.locator("#fy-list .fy-item").first
    name = first.locator("b").inner_text()
    first.click()
    assert visit.page.locator(".fy-popup h3").inner_text() == name


@on_a_phone
def test_on_a_phone_the_detail_lies_in_a_sheet_with_nothing_over_it(visit):
    visit.go("/#s=care_facility&open=1")
    page = visit.page
    page.locator("#fy-list .fy-item").first.click()
    box = page.locator(".fy-sheet").bounding_box()
    assert box["y"] > 250
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    on_top = "([s]) => document.elementFromPoint(...s).closest('.fy-sheet') !== null"
    middle = box["y"] + box["height"] / 2
    points = [(20, box["y"] + 20), (370, box["y"] + 30), (200, middle), (20, 840), (370, 840)]
    assert [page.evaluate(on_top, [point]) for point in points] == [True] * 5
    assert page.evaluate("document.activeElement.className") == "fy-sheet"


@on_a_phone
@pytest.mark.parametrize("way", ["button", "Escape"])
def test_the_sheet_closes_and_the_keyboard_is_back_on_the_item(visit, way):
    visit.go("/#s=care_facility&open=1")
    page = visit.page
    item = page.locator("#fy-list .fy-item").nth(1)
    name = item.locator("b").inner_text()
    item.click()
    page.wait_for_selector(".fy-sheet")
    page.click(".fy-sheet-close") if way == "button" else page.keyboard.press("Escape")
    assert page.locator(".fy-sheet").count() == 0
    assert page.evaluate("document.activeElement.querySelector('b').textContent") == name


def test_more_hits_than_are_shown_are_announced(visit):
    visit.go("/")
    visit.page.fill("#fy-q", "第")
    visit.page.wait_for_selector("#fy-suggestions .fy-more-hits")
    assert "还有更多" in visit.page.locator(".fy-more-hits").inner_text()


def test_a_popup_says_what_is_missing(visit):
    visit.go("/#s=care_facility&open=1")
    visit.page.locator("#fy-list .fy-item").first.click()
    assert "未填" in visit.page.locator(".fy-popup dl").inner_text()


def test_a_unit_with_few_people_says_that_the_count_is_withheld(visit):
    visit.go("/")
    popup = visit.page.evaluate(
        """() => { const { info, features } = fangyu.drawn.get("admin_unit");
                   return fangyu.popup(info, features.get("320499100001")).innerText; }"""
    )
    assert "不公布（人数少或防反推）" in popup


def test_my_own_position_sorts_the_list_after_a_click(visit):
    visit.page.context.grant_permissions(["geolocation"])
    visit.page.context.set_geolocation({"latitude": 31.6455, "longitude": 119.4101})
    visit.go("/#s=care_facility&open=1")
    visit.page.click("#fy-locate")
    visit.page.wait_for_selector("#fy-locate[aria-pressed=true]")
    assert names(visit.page)[0] == "第4居家养老服务中心"


def test_larger_text_stays_after_a_reload(visit):
    visit.go("/")
    visit.page.click("[data-size='1.25']")
    visit.go("/")
    assert visit.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"


def test_lines_are_spaced_for_reading(visit):
    visit.go("/")
    ratio = (
        "(one => parseFloat(getComputedStyle(one).lineHeight) / parseFloat(getComputedStyle(one).fontSize))"
    )
    spaced = visit.page.evaluate(
        f"[...document.querySelectorAll('.fy-side p, .fy-side li, .fy-side button')].map{ratio}"
    )
    assert min(one for one in spaced if one is not None) >= 1.3


def test_the_keyboard_shows_where_it_is(visit):
    visit.go("/")
    visit.page.focus("#fy-locate")
    visit.page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement)"
    assert visit.page.evaluate("document.activeElement.id") == "fy-centre"
    assert visit.page.evaluate(f"{style}.outlineStyle + parseInt({style}.outlineWidth)") == "solid3"


def test_english_by_a_switch_keeps_the_filters(visit):
    visit.go("/#s=shelter&open=1")
    visit.page.click(".fy-lang")
    visit.page.wait_for_selector("html[lang=en] body[data-ready]")
    assert visit.page.locator("#fy-list-heading").inner_text() == "The nearest 1 to the centre of the map"


def test_a_layer_can_be_switched_off(visit):
    visit.go("/")
    visit.page.click("#fy-panel-toggle")
    visit.page.uncheck("[data-layer=admin_unit]")
    assert visit.page.evaluate("fangyu.map.hasLayer(fangyu.drawn.get('admin_unit').group)") is False
