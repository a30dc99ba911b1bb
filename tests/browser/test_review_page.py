import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def reviewer(visit):
    visit.sign_in()
    visit.go("/review#mode=findings")
    return visit


def chosen(page):
    return page.locator("#fy-findings [aria-selected=true]").get_attribute("id")


def test_findings_are_counted_and_the_first_is_open(reviewer):
    page = reviewer.page
    assert page.locator("#fy-findings li").count() > 0
    assert "共" in page.locator("#fy-total").inner_text()
    said = page.locator("#fy-detail").inner_text()
    assert "为什么提出" in said
    assert "依据" in said


def test_j_and_k_walk_through_the_queue(reviewer):
    page = reviewer.page
    page.locator("#fy-findings").focus()
    page.keyboard.press("j")
    assert chosen(page) == "fy-finding-1"
    page.keyboard.press("k")
    assert chosen(page) == "fy-finding-0"


def test_a_filter_narrows_the_queue(reviewer):
    page = reviewer.page
    every = page.locator("#fy-total").inner_text()
    page.select_option("[name=check]", "cemeteries")
    expect(page.locator("#fy-total")).not_to_have_text(every)
    page.locator("#fy-findings li").first.click()
    assert "cemeteries." in page.locator("#fy-detail code").inner_text()


def test_the_feature_is_marked_on_the_map(reviewer):
    page = reviewer.page
    page.select_option("[name=check]", "boundaries")
    row = page.locator("#fy-findings li", has_text="32040001").first
    row.click()
    expect(page.locator(".fy-here").last).to_have_text(row.locator("b").last.inner_text())


def test_a_link_to_one_check_opens_that_check(reviewer):
    reviewer.go("/review?lang=zh#check=cemeteries")
    assert reviewer.page.input_value("#fy-filters [name=check]") == "cemeteries"
    assert "cemeteries." in reviewer.page.locator("#fy-detail code").inner_text()


def test_in_english_categories_and_citations_are_english(reviewer):
    reviewer.go("/review?lang=en#mode=findings")
    page = reviewer.page
    page.select_option("[name=check]", "cemeteries")
    expect(page.locator("#fy-detail code")).to_contain_text("cemeteries.")
    assert page.locator("#fy-findings li b").first.inner_text().strip() == "Cemeteries"


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("zh", "标准（某省标准）规模（未经核对）"),
        ("en", "标准（one province）规模 (not checked against the text)"),
    ],
)
def test_a_text_in_two_languages_is_shown_in_one(reviewer, lang, wanted):
    reviewer.go(f"/review?lang={lang}#mode=findings")
    said = reviewer.page.evaluate("fangyu.oneLanguage('标准（某省标准 / one province）规模（未经核对）')")
    assert said == wanted
