import pytest

pytestmark = pytest.mark.browser


def test_the_interface_is_drawn_from_our_own_files_only(visit):
    visit.page.goto(f"{visit.site}/docs")
    visit.page.locator(".opblock").first.wait_for()
    assert visit.page.locator(".opblock").count() >= 10
