"""The three faces on the whole sample district, as `make demo` shows them."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_public_finds_the_nearest_meal_without_a_login(sample_visit):
    sample_visit.go("/")
    page = sample_visit.page
    assert "虚构示例" in page.locator("body").inner_text()
    page.click("#fy-centre")
    page.locator("#fy-list li").first.wait_for()
    assert "米" in page.locator("#fy-list li").first.inner_text()


def test_the_planner_sees_who_is_not_covered_and_why(sample_visit):
    sample_visit.sign_in()
    sample_visit.go("/plan")
    page = sample_visit.page
    page.click("#fy-plan [type=submit]")
    page.wait_for_selector("#fy-figure")
    assert "65岁以上人口" in page.locator("#fy-report").inner_text()
    assert "路网" in page.locator("#fy-report").inner_text()


def test_the_reviewer_sees_suspected_names_with_their_evidence(sample_visit):
    sample_visit.sign_in()
    sample_visit.go("/review")
    page = sample_visit.page
    with page.expect_response(lambda answer: "check=names" in answer.url):
        page.locator("#fy-filters [name=check]").select_option("names")
    page.locator("#fy-findings li", has_text="大").first.click()
    page.locator("#fy-detail code", has_text="names.").wait_for()
    assert "为什么提出" in page.locator("#fy-detail").inner_text()
