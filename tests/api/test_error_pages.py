"""People at a browser get an error as a page; programs get it as JSON."""

import pytest

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_an_unknown_page_is_a_page_with_a_way_back(visitor):
    answer = visitor.get("/nowhere", headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>没有这个地址。</h1>" in answer.text
    assert '<a href="/">回到地图</a>' in answer.text


def test_a_bad_parameter_is_shown_escaped_in_the_language_remembered(visitor):
    visitor.get("/?lang=en")
    answer = visitor.get("/?lang=<b>", headers=BROWSER)
    assert answer.status_code == 400
    assert "<h1>Bad parameters: lang=&lt;b&gt;: it should be zh or en.</h1>" in answer.text


@pytest.mark.parametrize(
    "address", ["/api/layers/moon", "/api/nowhere", "/tiles/moon/1/1/1.mvt", "/static/none.js"]
)
def test_data_addresses_answer_in_json_to_a_browser_too(visitor, address):
    answer = visitor.get(address, headers=BROWSER)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"


def test_a_program_gets_json_for_an_unknown_page(visitor):
    assert visitor.get("/nowhere", headers={"Accept": "*/*"}).json()["code"] == "not-found"
