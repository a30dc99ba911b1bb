"""Cases on the reviewer's page: find one, look at it, decide it; alone, many at once, two people at once."""

import shutil

import pytest
from playwright.sync_api import expect
from reviewing_names import decide, district_with_names, names_in, open_name, over_http

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def names_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("names") / "district"
    district_with_names(folder)
    return folder


@pytest.fixture
def folder(names_folder, tmp_path):
    return shutil.copytree(names_folder, tmp_path / "district")


@pytest.fixture
def reviewer(visit_to, folder):
    with visit_to(folder) as one:
        one.go("/review")
        yield one


@pytest.fixture
def on_phone(visit_to, folder):
    with visit_to(folder, phone=True) as one:
        one.go("/review")
        yield one


def test_the_queue_is_counted_and_the_first_case_is_open(reviewer):
    page = reviewer.page
    assert len(names_in(page)) == 7
    expect(page.locator("#fy-case-total")).to_have_text("共 7 件，逾期 0 件")
    expect(page.locator("#fy-case-name")).to_have_text(names_in(page)[0])
    assert page.locator("#fy-cases [aria-current=true]").count() == 1


def test_a_category_narrows_the_queue_and_back_widens_it(reviewer):
    page = reviewer.page
    facet = page.locator("[data-facet=洋]")
    assert facet.inner_text().split() == ["洋", "2"]
    facet.click()
    expect(page.locator("#fy-cases li")).to_have_count(2)
    assert "category=" in page.url
    page.go_back()
    expect(page.locator("#fy-cases li")).to_have_count(7)


def test_a_link_brings_filters_and_case_back(reviewer):
    page = reviewer.page
    page.select_option("#fy-case-filters [name=town]", label="东山镇 (2)")
    expect(page.locator("#fy-cases li")).to_have_count(2)
    open_name(page, "巴黎花园")
    link = page.evaluate("location.hash")
    page.goto("about:blank")
    reviewer.go(f"/review{link}")
    expect(page.locator("#fy-case-name")).to_have_text("巴黎花园")
    assert sorted(names_in(page)) == ["威尼斯水城", "巴黎花园"]


def test_a_search_finds_part_of_a_name(reviewer):
    page = reviewer.page
    page.keyboard.press("/")
    page.keyboard.type("威尼斯")
    expect(page.locator("#fy-cases li")).to_have_count(1)
    expect(page.locator("#fy-case-name")).to_have_text("威尼斯水城")


def test_a_case_shows_evidence_exceptions_citation_and_the_way(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    said = page.locator("#fy-case").inner_text()
    assert "考虑过的例外" in said
    assert "地名管理条例" in said
    assert page.locator(".fy-step[aria-current=step]").inner_text().startswith("疑似")
    assert page.locator(".fy-step").count() == 10


def test_namesakes_lie_on_the_map_with_grade_and_distance(reviewer):
    page = reviewer.page
    open_name(page, "云霞家园")
    expect(page.locator("#fy-same li")).to_have_count(1)
    expect(page.locator(".fy-distance")).to_contain_text("同名")
    expect(page.locator(".fy-distance")).to_contain_text("公里")
    expect(page.locator("path.fy-namesake-line")).to_have_count(1)


def test_what_is_excluded_with_a_reason_stays_excluded_on_the_next_run(visit_to, folder):
    with visit_to(folder) as first:
        first.go("/review")
        open_name(first.page, "吃货街")
        decide(first.page, "exclude", reason="keep", note="百姓叫惯了")
        expect(first.page.locator("#fy-said")).to_contain_text("现为“排除”")
        expect(first.page.locator("#fy-tally-excluded")).to_have_text("1")
        said = " ".join(first.page.locator("#fy-tally").inner_text().split())
        assert said == "发现 7 = 已整改 0 + 待处理 6 + 排除 1"
    with visit_to(folder) as next_run:
        next_run.go("/review")
        assert "吃货街" not in names_in(next_run.page)
        next_run.page.select_option("#fy-case-filters [name=state]", "excluded")
        expect(next_run.page.locator("#fy-case-name")).to_have_text("吃货街")
        said = next_run.page.locator("#fy-case").inner_text()
        assert "排除原因：可改可不改的不改" in said
        assert "百姓叫惯了" in said
        assert next_run.page.locator(".fy-ground-dismissed .fy-ground-said").count() == 1


def test_only_what_is_possible_is_offered_and_asked(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    offered = page.locator("#fy-case-body [data-action]")
    assert [one.get_attribute("data-action") for one in offered.all()] == ["verify", "confirm", "exclude"]
    page.click("[data-action=confirm]")
    assert page.locator("#fy-decision [name=category]").input_value() == "洋"
    assert page.locator("#fy-decision [name=reason], #fy-decision [name=new_name]").count() == 0


def test_who_decides_is_remembered_on_this_machine(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    decide(page, "verify", who="审核人")
    expect(page.locator("#fy-history")).to_contain_text("审核人")
    page.click("[data-action=confirm]")
    assert page.locator("#fy-decision [name=who]").input_value() == "审核人"


def test_what_the_service_refuses_is_said_in_the_form_and_nothing_is_lost(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    decide(page, "exclude", reason="keep", note="先放一放", on="2199-01-01")
    expect(page.locator("#fy-decision [role=alert]")).to_contain_text("在将来")
    assert page.locator("#fy-decision [name=note]").input_value() == "先放一放"
    reviewer.problems.clear()


def test_of_two_people_the_second_is_told_and_keeps_what_was_typed(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    case = over_http(page, "/api/cases?q=巴黎花园")["cases"][0]
    decision = {"action": "confirm", "category": "洋", "who": "同事甲", "version": 0}
    over_http(page, f"/api/cases/{case['id']}/decisions", decision)
    decide(page, "exclude", reason="trademark", note="是商标")
    expect(page.locator("#fy-decision [role=alert]")).to_contain_text("已由同事甲")
    page.click("[data-look]")
    expect(page.locator(".fy-step[aria-current=step]")).to_contain_text("认定")
    assert page.locator("#fy-decision [name=note]").input_value() == "是商标"
    page.click("#fy-decision [type=submit]")
    expect(page.locator(".fy-step[aria-current=step]")).to_contain_text("排除")
    reviewer.problems.clear()


def test_a_typed_note_comes_along_when_the_step_is_gone(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    case = over_http(page, "/api/cases?q=巴黎花园")["cases"][0]
    decision = {"action": "confirm", "category": "洋", "who": "同事甲", "version": 0}
    over_http(page, f"/api/cases/{case['id']}/decisions", decision)
    decide(page, "verify", note="我来核实")
    page.click("[data-look]")
    expect(page.locator("#fy-decision")).to_contain_text("不再适用")
    page.click("[data-action=argue]")
    assert page.locator("#fy-decision [name=note]").input_value() == "我来核实"
    reviewer.problems.clear()


def test_many_are_decided_at_once_and_what_is_refused_says_why(reviewer):
    page = reviewer.page
    open_name(page, "巴黎花园")
    decide(page, "exclude", reason="keep")
    expect(page.locator("#fy-said")).to_contain_text("巴黎花园")
    page.select_option("#fy-case-filters [name=state]", "")
    expect(page.locator("#fy-cases li")).to_have_count(7)
    page.check("#fy-select-all")
    expect(page.locator("#fy-chosen")).to_contain_text("已选 7 件")
    page.click("[data-batch=verify]")
    expect(page.locator("#fy-batch")).to_contain_text("其中 1 件")
    page.fill("#fy-batch [name=who]", "经办人")
    page.click("#fy-batch [type=submit]")
    expect(page.locator("#fy-done li")).to_have_count(6)
    expect(page.locator("#fy-refused li")).to_have_count(1)
    assert "“排除”状态下不能“开始核实”" in page.locator("#fy-refused").inner_text()
    page.click("#fy-batch .fy-primary")
    expect(page.locator("#fy-cases .fy-state-work")).to_have_count(6)


def test_shift_selects_a_range(reviewer):
    page = reviewer.page
    boxes = page.locator("#fy-cases input[type=checkbox]")
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("#fy-chosen")).to_contain_text("已选 4 件")


def test_the_keyboard_is_enough(reviewer):
    page = reviewer.page
    names = names_in(page)
    page.keyboard.press("j")
    expect(page.locator("#fy-case-name")).to_have_text(names[1])
    page.keyboard.press("k")
    expect(page.locator("#fy-case-name")).to_have_text(names[0])
    page.keyboard.press("x")
    expect(page.locator("#fy-chosen")).to_contain_text("已选 1 件")
    page.keyboard.press("x")
    page.keyboard.press("e")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.press("Escape")
    assert page.locator("#fy-decision form").count() == 0
    page.keyboard.press("v")
    page.keyboard.type("经办人")
    page.keyboard.press("Enter")
    expect(page.locator("#fy-said")).to_contain_text("现为“核实”")


def test_letters_do_nothing_while_typing(reviewer):
    page = reviewer.page
    opened = page.locator("#fy-case-name").inner_text()
    page.focus("#fy-case-q")
    page.keyboard.type("xvce?")
    expect(page.locator("#fy-case-total")).to_have_text("没有符合条件的案件。")
    assert page.locator("dialog[open], #fy-decision form").count() == 0
    page.click("#fy-clear-filters")
    expect(page.locator("#fy-case-name")).to_have_text(opened)
    assert page.locator("#fy-chosen").is_hidden()


def test_the_question_mark_shows_the_keys(reviewer):
    page = reviewer.page
    page.keyboard.press("?")
    expect(page.locator("#fy-help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#fy-help")).to_be_hidden()


def test_a_renamed_case_shows_both_names(reviewer):
    page = reviewer.page
    case = over_http(page, "/api/cases?q=威尼斯水城")["cases"][0]
    steps = (("confirm", {"category": "洋"}), ("argue", {}), ("notice", {}), ("order", {"note": "提前"}))
    for version, (action, values) in enumerate(steps):
        sent = {"action": action, "who": "经办人", "version": version} | values
        over_http(page, f"/api/cases/{case['id']}/decisions", sent)
    reviewer.go(f"/review#case={case['id']}")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    decide(page, "rename", new_name="临溪水苑")
    expect(page.locator("#fy-case-name")).to_have_text("威尼斯水城 → 临溪水苑")
    expect(page.locator(".fy-clock").first).to_contain_text("备案期限")


def test_documents_of_a_case_and_of_the_list_are_files(reviewer):
    page = reviewer.page
    page.click("#fy-case-documents summary")
    with page.expect_download() as one:
        page.click("#fy-case-documents [data-kind=recognition][data-form=docx]")
    assert one.value.suggested_filename.startswith("认定意见表")
    page.click("#fy-list-documents summary")
    with page.expect_download() as several:
        page.click("#fy-list-documents [data-kind=inventory][data-form=xlsx]")
    assert several.value.suggested_filename.endswith(".xlsx")


def test_on_paper_the_sheet_lies_beside_its_map(reviewer):
    page = reviewer.page
    open_name(page, "云霞家园")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet, drawn = page.locator("#fy-case").bounding_box(), page.locator(".fy-map-box").bounding_box()
    assert sheet["x"] + sheet["width"] <= drawn["x"] + 1
    assert page.locator("#fy-queue, .fy-acts, .fy-bar").filter(visible=True).count() == 0
    assert page.locator("#fy-grounds details:not([open])").count() == 0


def test_on_a_phone_the_queue_leads_to_the_case_and_back(on_phone):
    page = on_phone.page
    assert page.locator("#fy-case").is_hidden()
    open_name(page, "巴黎花园")
    assert page.locator("#fy-queue").is_hidden()
    expect(page.locator(".folium-map")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.go_back()
    expect(page.locator("#fy-queue")).to_be_visible()
    open_name(page, "吃货街")
    decide(page, "exclude", reason="keep")
    page.click("#fy-back")
    expect(page.locator("#fy-cases li")).to_have_count(6)


def test_in_english_the_page_is_english(reviewer):
    reviewer.go("/review?lang=en")
    page = reviewer.page
    open_name(page, "巴黎花园")
    expect(page.locator("#fy-case-total")).to_have_text("Cases: 7, overdue: 0")
    assert page.locator("[data-action=exclude]").inner_text().startswith("Exclude")
    decide(page, "exclude", reason="trademark")
    expect(page.locator("#fy-said")).to_contain_text("now Excluded")


def test_the_findings_of_all_checks_are_one_press_away(reviewer):
    page = reviewer.page
    page.click("[data-to=findings]")
    expect(page.locator("#fy-findings li").first).to_be_visible()
    assert page.locator("#fy-queue").is_hidden()
    page.go_back()
    expect(page.locator("#fy-cases li")).to_have_count(7)


def test_the_queue_says_that_the_names_are_being_checked_while_it_waits(visit_to, folder):
    with visit_to(folder) as one:
        waiting = []
        one.page.route("**/api/cases?*", lambda route: waiting.append(route), times=1)  # noqa: PLW0108 - Playwright asks for a function of Python
        one.page.goto(f"{one.site}/review")
        expect(one.page.locator("#fy-case-total")).to_contain_text("正在检查全部地名")
        assert one.page.get_attribute("#fy-cases", "aria-busy") == "true"
        waiting[0].continue_()
        expect(one.page.locator("#fy-case-total")).to_contain_text("共 7 件")
