"""Several definitions and tiers at once, custom areas, modes, buildings, and whose answer hangs on the speed."""

import pytest
from coverage_town import ON, facility, grid_roads, people, square, town, village

from gis.coverage import DEFINITIONS, CoverageRequest, by_definitions, cover, cover_several
from layers.errors import InputError, NotFoundError

ROADS = grid_roads(6, 200)


@pytest.fixture
def workspace(tmp_path):
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 1000, 0)],
        care_facility=[facility(0, 0, beds=1, id="c1")],
        meal_point=[facility(1200, 0, meals_per_day=5)],
        population=[people(100, 0, 10), people(880, 0, 20), people(1050, 0, 40)],
        residential_quarter=[{"name": "甲", "geometry": square(0, 0, 500)}, {"geometry": square(0, 0, 1000)}],
        building=[{"geometry": square(0, 0, 20)}, {"geometry": square(900, 900, 20)}],
        road=ROADS,
    )


def ask(**given):
    return CoverageRequest(on=ON, **given)


def test_each_of_several_answers_as_it_would_alone(workspace):
    asked = by_definitions([ask(within_min=5), ask(within_min=15)], tuple(DEFINITIONS))
    asked += [ask(layer_id="meal_point", within_min=10, definition="C6")]
    found = cover_several(workspace, asked)
    assert len(found.reports) == 2 + 6 * 2 + 1
    for request, report in zip(asked, found.reports, strict=True):
        assert report.as_json() == cover(workspace, request).as_json()


def test_the_summary_has_a_line_for_each(workspace):
    lines = cover_several(
        workspace, by_definitions([ask(within_min=5), ask(within_min=15)], ("C1", "C6"))
    ).summary
    assert [(one["definition"], one["within_min"], one["numerator"]) for one in lines] == [
        ("C1", None, 1), ("C6", 5, 10), ("C6", 15, 30),
    ]  # fmt: skip


def test_what_cannot_be_computed_is_listed_with_its_reason_or_refused(workspace):
    del workspace.store.layers["building"]
    asked = [ask(definition="C4"), ask(definition="C6")]
    found = cover_several(workspace, asked, leave_out=True)
    assert [one.as_json()["definition"] for one in found.not_computed] == ["C4"]
    with pytest.raises(NotFoundError, match="building"):
        cover_several(workspace, asked)


def test_nothing_asked_is_refused(workspace):
    with pytest.raises(InputError, match="没有要测算的内容"):
        cover_several(workspace, [])


def test_buildings_count_one_each_by_road(workspace):
    report = cover(workspace, ask(definition="C4", within_m=500))
    assert (report.numerator, report.denominator, report.unit_of_measure) == (1, 2, "栋")


def test_without_buildings_nothing_stands_in_for_them(workspace):
    del workspace.store.layers["building"]
    with pytest.raises(NotFoundError) as caught:
        cover(workspace, ask(definition="C4"))
    assert caught.value.hint.en == "First run: fangyu import building FILE."


def test_rows_may_be_areas_of_any_layer_and_overlaps_count_in_the_first(workspace):
    report = cover(workspace, ask(by="residential_quarter", within_m=500))
    assert [(row.name, row.denominator) for row in report.rows] == [
        ("甲", 10), ("residential_quarter-1", 20), ("（不在任何单元内）", 40),
    ]  # fmt: skip
    assert sum(row.denominator for row in report.rows) == report.denominator
    assert any("算在图层中排在前面的一个" in one.zh for one in report.assumptions)
    assert report.totals_by["county"][0].denominator == 70


def test_presence_can_be_asked_of_custom_areas(workspace):
    report = cover(workspace, ask(by="residential_quarter", definition="C1"))
    assert [row.covered for row in report.rows] == [True, False]


def test_a_faster_way_to_go_has_limits_and_words_of_its_own(workspace):
    report = cover(workspace, ask(mode="e-bike", within_min=5))
    assert [speed for speed, _, _ in report.band] == [4.167, 4.861, 5.556]
    assert report.definition.label.zh == "路网骑电动自行车人口覆盖"
    assert report.numerator == 70


def test_a_norm_profile_may_be_named(workspace):
    assert cover(workspace, ask(norms="shanghai")).norms["profile"] == "shanghai"


def test_those_whose_answer_hangs_on_the_speed_are_named_with_the_speed_they_need(workspace):
    flips = cover(workspace, ask(within_min=15)).flips
    assert flips.total == 60
    assert flips.by_unit == (("320413101002", "第2村", 40.0), ("320413101001", "第1村", 20.0))
    assert [(one.people, one.speed_m_s) for one in flips.points] == [(40, 1.3), (20, 1.0)]
    assert flips.points[0].metres == pytest.approx(1050, abs=5)


def test_metres_know_no_flips(workspace):
    assert cover(workspace, ask(within_m=500)).flips is None


def test_a_faster_band_may_lose_people_who_then_share_with_more(tmp_path):
    crowd = [people(100, 0, 10), people(880, 0, 20)]
    workspace = town(tmp_path, care_facility=[facility(0, 0, beds=1)], population=crowd, road=ROADS)
    report = cover(workspace, ask(definition="C8", within_min=15, need_per_1000=100))
    assert [served for _, served, _ in report.band] == [10, 0, 0]
    assert (report.flips.total, [one.people for one in report.flips.points]) == (-10, [-10])
