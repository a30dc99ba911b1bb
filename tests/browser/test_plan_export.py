"""The planning set from the planner's page: asked for, watched, called off, and the file that was downloaded opens."""

import io
import threading

import openpyxl
import pytest
from docx import Document
from drawing_district import district
from playwright.sync_api import expect
from pypdf import PdfReader

from api.jobs import Jobs
from api.problems import QueueFullError
from layers.text import Text

pytestmark = pytest.mark.browser
LINK = "/plan#layer=care_facility&within_min=15"
_STAGE = Text("求解", "Solving")


@pytest.fixture(params=[False, True], ids=["desktop", "phone"])
def planner(visit_to, tmp_path, request):
    district(tmp_path / "w").close()
    with visit_to(tmp_path / "w", phone=request.param) as visit:
        yield visit


@pytest.fixture
def held(monkeypatch):
    """Every job waits until it is let go on; it tells a stage first."""
    go_on = threading.Event()
    start = Jobs.start

    def slow(self, work, **more):
        def waiting(progress):
            while not go_on.wait(0.05):
                progress(_STAGE, 1, 4)
            return work(progress)

        return start(self, waiting, **more)

    monkeypatch.setattr(Jobs, "start", slow)
    yield go_on
    go_on.set()


def begin(planner, *changes, lang="zh"):
    planner.page.goto("about:blank")
    planner.go(LINK.replace("#", f"?lang={lang}#") + "".join(f"&change={one}" for one in changes))
    planner.page.wait_for_selector("#fy-change" if changes else "#fy-figure")


def open_export(page):
    if page.locator("#fy-handle").is_visible():
        page.evaluate("document.body.dataset.sheet = 'full'")
    page.click("#fy-tab-export")


def exported(page, form):
    page.select_option("#fy-export [name=form]", form)
    with page.expect_download(timeout=120_000) as waiting:
        page.click("#fy-export [type=submit]")
    expect(page.locator("#fy-export-done")).to_contain_text("KB")
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def paper_words(content):
    return "\n".join(one.text for one in Document(io.BytesIO(content)).paragraphs)


def book_words(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell) for one in book.worksheets for row in one.iter_rows(values_only=True) for cell in row
    )


def pdf_words(content):
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) > 5
    return "\n".join(one.extract_text() for one in reader.pages)


def test_the_set_of_the_page_is_downloaded_with_its_changes_in_every_form(planner):
    page = planner.page
    begin(planner, "close:c2")
    open_export(page)
    expect(page.locator("#fy-export-state")).to_have_text(
        "含页面上的 1 项变动（没有存为方案），列出变动前后对比。"
    )
    expect(page.locator("#fy-export [name=within_min]")).to_have_value("5,10,15")
    opened = {"docx": paper_words, "xlsx": book_words, "pdf": pdf_words, "html": bytes.decode}
    for form, read in opened.items():
        name, content = exported(page, form)
        assert name == f"布局规划图册.{form}"
        assert "变动之后（1 项变动，没有存为方案）" in read(content)


def test_a_saved_scenario_is_named_in_the_file(planner):
    page = planner.page
    begin(planner, "close:c2")
    page.click("#fy-tab-scenarios")
    page.fill("#fy-save [name=name]", "近期")
    page.click("#fy-save [type=submit]")
    page.wait_for_selector("[data-scenario='近期']")
    open_export(page)
    expect(page.locator("#fy-export-state")).to_contain_text("含方案“近期”的 1 项变动")
    assert "方案：方案“近期”变动之后（1 项变动）。" in paper_words(exported(page, "docx")[1])


def test_the_set_is_reached_from_the_result_and_by_keyboard_alone(planner):
    page = planner.page
    begin(planner)
    page.locator("#fy-export-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#fy-export-heading")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#fy-export [name=form]")).to_be_focused()
    page.locator("#fy-export [name=within_min]").focus()
    with page.expect_download(timeout=120_000):
        page.keyboard.press("Enter")


def test_the_state_and_tiers_follow_the_question(planner):
    page = planner.page
    begin(planner)
    open_export(page)
    expect(page.locator("#fy-export-state")).to_have_text("现状，没有方案变动。")
    page.locator("#fy-question").evaluate("one => { one.open = true }")
    page.fill("#fy-plan [name=threshold]", "20")
    page.click("#fy-plan [type=submit]")
    expect(page.locator("#fy-asked")).to_contain_text("20 分钟")
    page.click("#fy-tab-export")
    expect(page.locator("#fy-export [name=within_min]")).to_have_value("5,10,15,20")


def test_tiers_that_are_no_numbers_are_explained_in_words(planner):
    page = planner.page
    begin(planner)
    open_export(page)
    page.fill("#fy-export [name=within_min]", "五分钟")
    problems = planner.problems
    page.click("#fy-export [type=submit]")
    expect(page.locator("#fy-export-error")).to_contain_text("分钟数“五分钟”读不懂。")
    expect(page.locator("#fy-export [type=submit]")).to_be_enabled()
    problems[:] = [one for one in problems if "400" not in one]


def test_sites_of_the_far_term_ask_for_the_near_term_by_the_name_on_the_page(planner):
    page = planner.page
    begin(planner)
    open_export(page)
    more = page.locator("#fy-export details")
    more.evaluate("one => { one.open = true }")
    page.fill("#fy-export [name=far_sites]", "3")
    more.evaluate("one => { one.open = false }")
    page.click("#fy-export [type=submit]")
    near = page.locator("#fy-export [name=sites]")
    expect(near).to_be_focused()
    said = near.evaluate("one => one.validationMessage")
    assert said == "填了“远期再设几处”，请先填“近期新设几处”。"
    page.fill("#fy-export [name=sites]", "2")
    assert page.locator("#fy-export").evaluate("one => one.checkValidity()")


def test_the_definition_that_was_computed_is_the_one_exported(planner):
    page = planner.page
    begin(planner)
    open_export(page)
    expect(page.locator("#fy-export-question")).to_contain_text("C6（按条件自动选择）")
    with page.expect_request("**/api/planning-set/jobs?*") as sent:
        page.click("#fy-export [type=submit]")
    assert "definition=C6" in sent.value.url
    page.click("#fy-export-progress button")


def test_a_set_under_way_shows_its_stage_and_can_be_called_off(planner, held):
    held.set()
    page = planner.page
    begin(planner)
    open_export(page)
    held.clear()
    page.click("#fy-export [type=submit]")
    expect(page.locator("#fy-export-progress span")).to_have_text("求解 25%")
    expect(page.locator("#fy-export-progress progress")).to_have_attribute("value", "0.25")
    page.click("#fy-export-progress button")
    expect(page.locator("#fy-export-done")).to_have_text("已取消。")
    expect(page.locator("#fy-export-progress")).to_be_hidden()
    expect(page.locator("#fy-export [type=submit]")).to_be_focused()
    held.set()
    assert exported(page, "xlsx")[0] == "布局规划图册.xlsx"


def test_who_comes_second_sees_the_place_in_the_line(planner, held):
    held.set()
    page = planner.page
    begin(planner)
    open_export(page)
    held.clear()
    other = page.request.post(f"{planner.site}/api/planning-set/jobs").json()
    page.click("#fy-export [type=submit]")
    expect(page.locator("#fy-export-progress span")).to_have_text("排队等待，第 1 位")
    page.request.delete(f"{planner.site}/api/jobs/{other['id']}")
    expect(page.locator("#fy-export-progress span")).to_have_text("求解 25%")


def test_leaving_the_page_calls_the_set_off(planner, held):
    held.set()
    page = planner.page
    begin(planner)
    open_export(page)
    held.clear()
    with page.expect_response("**/api/planning-set/jobs?*") as started:
        page.click("#fy-export [type=submit]")
    job = started.value.json()
    page.goto("about:blank")
    for _ in range(100):
        state = page.request.get(f"{planner.site}/api/jobs/{job['id']}").json()["state"]
        if state == "cancelled":
            break
        page.wait_for_timeout(50)
    assert state == "cancelled"


def test_the_line_that_is_full_says_so(planner, monkeypatch):
    page = planner.page
    begin(planner)
    open_export(page)

    def full(*_, **__):
        raise QueueFullError(20)

    monkeypatch.setattr(Jobs, "start", full)
    page.click("#fy-export [type=submit]")
    expect(page.locator("#fy-export-error")).to_contain_text("已有 20 项计算在排队，这一项没有开始。")
    planner.problems[:] = [one for one in planner.problems if "503" not in one]


def test_in_english_everything_is_english_and_fits(planner):
    page = planner.page
    begin(planner, "close:c2", lang="en")
    open_export(page)
    page.locator("#fy-export details").evaluate("one => { one.open = true }")
    expect(page.locator("#fy-export [type=submit]")).to_have_text("Export planning set")
    expect(page.locator("#fy-export-state")).to_contain_text("not saved as a scenario")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel = page.locator("#fy-panel-export")
    assert panel.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    name, content = exported(page, "docx")
    assert name == "planning-set.docx"
    assert "after 1 change" in paper_words(content)


def test_the_export_is_not_printed(planner):
    page = planner.page
    begin(planner)
    open_export(page)
    page.evaluate("document.body.classList.add('fy-printing')")
    assert not page.locator("#fy-panel-export").is_visible()
