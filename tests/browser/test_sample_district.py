"""The three faces on the whole sample district, as `make demo` shows them."""

import re

import pytest

EVERY_FINDING = """async () => {
  const { detailOf } = await import("/static/pages/finding.js");
  const answer = async (path) => (await fetch(path)).json();
  const infos = new Map((await answer("/api/layers")).layers.map((info) => [info.id, info]));
  return (await answer("/api/findings?limit=1000")).findings.map((finding) => {
    const page = document.createElement("div");
    page.append(...detailOf(finding, infos));
    page.querySelectorAll("code, h2").forEach((one) => one.remove());
    return [...page.querySelectorAll("p, dt, dd, li, h3")].map((one) => one.textContent).join("\\n");
  });
}"""
IDENTIFIER = re.compile(r"(?<![A-Za-z\u00c0-\u024f])[a-z]{2,}(?:[_-][a-z]+)*(?![A-Za-z\u00c0-\u024f])")
CODE_POINT = re.compile(r"\\u[0-9a-f]{4}")

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
    sample_visit.go("/review#mode=findings")
    page = sample_visit.page
    with page.expect_response(lambda answer: "check=names" in answer.url):
        page.locator("#fy-filters [name=check]").select_option("names")
    page.locator("#fy-findings li", has_text="大").first.click()
    page.locator("#fy-detail code", has_text="names.").wait_for()
    assert "为什么提出" in page.locator("#fy-detail").inner_text()


@pytest.mark.parametrize("sample_visit", [(1440, 900)], ids=["desktop"], indirect=True)
def test_no_finding_shows_a_code_where_words_belong(sample_visit):
    sample_visit.sign_in()
    sample_visit.go("/review")
    said = sample_visit.page.evaluate(EVERY_FINDING)
    assert len(said) > 150
    assert {word for one in said for word in IDENTIFIER.findall(CODE_POINT.sub("", one))} == set()
