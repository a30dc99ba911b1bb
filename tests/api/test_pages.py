import pytest


@pytest.mark.parametrize(("page", "heading"), [("/", "金坛区"), ("/plan", "金坛区"), ("/review", "金坛区")])
def test_a_page_is_html_that_no_one_keeps(staff, page, heading):
    answer = staff.get(page)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert heading in answer.text


@pytest.mark.parametrize("page", ["/", "/plan", "/review", "/login", "/docs"])
def test_a_page_needs_no_inline_handlers_and_nothing_from_elsewhere(staff, page):
    text = staff.get(page).text
    assert " onclick=" not in text
    assert " onload=" not in text
    assert 'src="http' not in text
    assert 'rel="stylesheet" href="http' not in text


def test_the_language_asked_for_is_remembered(visitor):
    assert 'lang="zh-CN"' in visitor.get("/").text
    assert '<html lang="en">' in visitor.get("/?lang=en").text
    assert '<html lang="en">' in visitor.get("/").text
    assert 'lang="zh-CN"' in visitor.get("/?lang=zh").text


def test_a_language_we_do_not_speak_is_400(visitor):
    assert visitor.get("/?lang=fr").status_code == 400


def test_static_files_are_served_and_nothing_above_them(visitor):
    assert visitor.get("/static/map.css").status_code == 200
    for outside in ("/static/../pages.py", "/static/%2e%2e/pages.py", "/static/..%2fpages.py"):
        assert visitor.get(outside).status_code == 404
