import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def planner(visit):
    visit.sign_in()
    visit.go("/plan")
    return visit


def compute(page, **fields):
    page.locator("#fy-question").evaluate("one => { one.open = true }")
    page.locator("#fy-plan details").evaluate("one => { one.open = true }")
    for name, value in fields.items():
        control = page.locator(f"#fy-plan [name={name}]")
        if control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.click("#fy-plan [type=submit]")
    page.wait_for_selector("#fy-question:not([open])")
    page.wait_for_selector("#fy-figure")


def test_without_a_session_the_planner_asks_for_the_key(visit):
    visit.page.goto(f"{visit.site}/plan")
    assert "/login" in visit.page.url


def test_a_figure_comes_with_definition_numerator_denominator_and_band(planner):
    compute(planner.page, definition="C6", threshold="15")
    said = planner.page.locator("#fy-report").inner_text()
    assert planner.page.locator("#fy-figure").inner_text().endswith("%")
    assert "C6" in said
    assert " / " in planner.page.locator("#fy-fraction").inner_text()
    assert "0.76 米/秒" in said


def test_units_are_filled_by_class_and_the_uncovered_by_a_pattern(planner):
    compute(planner.page, definition="C5", unit="within_m", threshold="500", travel="straight")
    units = planner.page.locator(".leaflet-fy-share-pane path")
    fills = units.evaluate_all("all => all.map(one => one.getAttribute('fill'))")
    assert len(fills) == 16
    assert "url(#fy-hatch-uncovered)" in fills
    assert len(set(fills)) > 1


def test_an_uncovered_unit_gives_its_reason_and_moves_the_map(planner):
    compute(planner.page, definition="C1")
    before = planner.page.evaluate("fangyu.map.getZoom()")
    first = planner.page.locator("#fy-uncovered button").first
    assert first.locator("small").inner_text() != ""
    first.click()
    assert planner.page.evaluate("fangyu.map.getZoom()") > before
    assert planner.page.locator(".fy-popup h3").inner_text() == first.locator("b").inner_text()


def test_service_areas_can_be_shown(planner):
    compute(planner.page, definition="C5", unit="within_m", threshold="500", travel="straight")
    planner.page.click("#fy-reach")
    planner.page.wait_for_selector("#fy-reach[aria-pressed=true]")
    assert planner.page.locator(".leaflet-fy-reach-pane path").count() > 0


def test_the_table_names_its_definition(planner):
    compute(planner.page, definition="C2")
    with planner.page.expect_download() as waiting:
        planner.page.click("#fy-csv")
    lines = waiting.value.path().read_bytes().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("C2,")
    assert len(lines) == 2 + 16


def test_an_error_says_what_and_what_to_do(planner):
    said = {
        "code": "network",
        "message": {"zh": "路网不通。", "en": ""},
        "hint": {"zh": "改用直线。", "en": ""},
    }
    planner.page.route("**/api/coverage?*", lambda route: route.fulfill(status=422, json=said))
    planner.page.click("#fy-plan [type=submit]")
    planner.page.wait_for_selector("#fy-error:not([hidden])")
    assert planner.page.locator("#fy-error").inner_text().split() == ["路网不通。", "改用直线。"]
    planner.problems[:] = [one for one in planner.problems if "422" not in one]


def test_a_question_that_fails_leaves_no_old_figure(planner):
    page = planner.page
    compute(page, definition="C1")
    page.locator("#fy-uncovered button").first.click()
    page.locator("#fy-question").evaluate("one => { one.open = true }")
    said = {"code": "x", "message": {"zh": "不行。", "en": ""}, "hint": {"zh": "", "en": ""}}
    page.route("**/api/coverage?*", lambda route: route.fulfill(status=422, json=said))
    page.click("#fy-plan [type=submit]")
    page.wait_for_selector("#fy-error:not([hidden])")
    assert page.locator("#fy-figure").count() == 0
    assert page.locator(".leaflet-fy-share-pane path").count() == 0
    assert page.evaluate("Boolean(fangyu.map._popup && fangyu.map._popup.isOpen())") is False
    planner.problems[:] = [one for one in planner.problems if "422" not in one]


def test_a_definition_without_reach_asks_for_no_threshold(planner):
    compute(planner.page, definition="C2")
    assert planner.page.locator("#fy-threshold").is_hidden()
    assert planner.page.locator("#fy-reach").count() == 0


def test_a_link_with_an_unknown_definition_is_not_computed(planner):
    planner.page.goto("about:blank")
    planner.go("/plan#layer=care_facility&definition=C9")
    assert "definition=C9" in planner.page.locator("#fy-error").inner_text()
    assert planner.page.locator("#fy-figure").count() == 0


def test_norms_are_named_in_words(planner):
    compute(planner.page, definition="C6", threshold="15")
    planner.page.locator("#fy-grounds summary").click()
    rows = planner.page.locator("#fy-grounds li", has_text="walk_speed").all_inner_texts()
    assert rows
    assert all(row.startswith("步行速度：") for row in rows)


def test_a_link_repeats_the_question(planner):
    compute(planner.page, definition="C1", by="town")
    link = planner.page.url
    planner.page.goto("about:blank")
    planner.page.goto(link)
    planner.page.wait_for_selector("#fy-figure")
    assert planner.page.input_value("[name=by]") == "town"


def test_a_way_of_travel_that_the_definition_excludes_cannot_be_chosen(planner):
    page = planner.page
    page.locator("#fy-plan details").evaluate("one => { one.open = true }")
    page.locator("#fy-plan [name=travel]").select_option("straight")
    page.locator("#fy-plan [name=definition]").select_option("C6")
    assert page.locator("#fy-plan [name=travel]").input_value() == ""
    assert page.locator("#fy-plan [name=travel] option[value=straight]").is_disabled()


def test_a_threshold_beyond_what_can_be_asked_is_said_at_its_field_and_the_result_stays(planner):
    page = planner.page
    compute(page, threshold="15")
    page.locator("#fy-question").evaluate("one => { one.open = true }")
    page.fill("#fy-plan [name=threshold]", "601")
    page.click("#fy-plan [type=submit]")
    field = page.locator("#fy-plan [name=threshold]")
    assert field.evaluate("one => one.validationMessage") == "阈值最大 600 分钟。"
    assert page.locator("#fy-figure").count() == 1
    page.select_option("#fy-plan [name=unit]", "within_m")
    assert field.evaluate("one => [one.max, one.checkValidity()]") == ["100000", True]


def test_a_link_with_too_long_a_threshold_says_so_in_words(planner):
    planner.page.goto("about:blank")
    planner.go("/plan#layer=care_facility&within_min=99999")
    assert "阈值最大 600 分钟。" in planner.page.locator("#fy-error").inner_text()
    planner.page.fill("#fy-plan [name=threshold]", "20")
    assert planner.page.locator("#fy-error").is_hidden()


@pytest.mark.parametrize(
    ("day", "said"), [("1900-01-01", "早于数据里最早的日期"), ("2099-01-01", "晚于数据日期")]
)
def test_a_day_the_data_does_not_reach_is_said_beside_the_figure(planner, day, said):
    compute(planner.page, on=day)
    assert said in planner.page.locator("#fy-date-notice").inner_text()


def test_a_day_within_the_data_needs_no_notice(planner):
    compute(planner.page)
    assert planner.page.locator("#fy-date-notice").count() == 0


def test_the_definition_chosen_by_the_conditions_is_named(planner):
    compute(planner.page)
    assert "C6（按条件自动选择）" in planner.page.locator("#fy-asked").text_content()
    assert planner.page.locator("#fy-auto").inner_text() == "没有指定定义，按条件自动选择了 C6。"


def test_gaps_begin_with_the_most_people_not_covered(planner):
    compute(planner.page, definition="C5", unit="within_m", threshold="300")
    words = planner.page.locator("#fy-uncovered small").all_inner_texts()
    missing = [int(one.split(" ")[1].replace(",", "")) for one in words if one.startswith("未覆盖")]
    assert len(missing) > 1
    assert missing == sorted(missing, reverse=True)
