import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def reviewer(visit):
    visit.sign_in()
    visit.go("/review")
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
