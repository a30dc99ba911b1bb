"""Planted faults of cemeteries are found, one by one, and nothing else is."""

from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from gis.cemeteries import SitingState, check_cemeteries, sitings
from gis.cemeteries.siting import NATIONAL_KINDS, review_buffers, siting_state
from layers.findings import Severity
from layers.frames import layer_from_rows
from layers.norms import load_profile
from layers.specs import ADMIN_UNIT, CEMETERY, NO_BURIAL_ZONE

ON = date(2026, 1, 1)
NEW_LAW = date(2026, 3, 30)
NORMS = load_profile("national")
TO_DEGREES = Transformer.from_crs(4549, 4490, always_xy=True)


def at(x, y):
    return shapely.Point(TO_DEGREES.transform(500_000 + x, 3_500_000 + y))


def square(x, y, side=100):
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return shapely.Polygon([at(*corner) for corner in corners])


def cemetery(**more):
    return {
        "id": "c1",
        "name": "青山公墓",
        "kind": "public_benefit",
        "plots": 1000,
        "plots_used": 100,
        "area_m2": 5000,
        "plot_m2": 0.5,
        "greening": 80,
        "last_inspected": date(2025, 3, 20),
        "inspection_result": "passed",
        "permit_until": date(2030, 1, 1),
        "served_units": "320413001001",
        "geometry": at(0, 0),
        **more,
    }


def village(**more):
    return {
        "id": "v",
        "code": "320413001001",
        "name": "东村",
        "level": "village",
        "deaths_per_year": 60,
        **more,
    }


def far_zones():
    return [
        {"id": kind, "name": kind, "kind": kind, "geometry": square(50_000 + 1000 * i, 0)}
        for i, kind in enumerate(NATIONAL_KINDS)
    ]


def zone(kind, geometry, **more):
    return {"id": "z", "name": "示例区", "kind": kind, "geometry": geometry, **more}


def found(rows, zones=(), units=None, on=ON):
    return check_cemeteries(
        layer_from_rows(CEMETERY, rows),
        layer_from_rows(NO_BURIAL_ZONE, [*far_zones(), *zones]),
        layer_from_rows(ADMIN_UNIT, [village()] if units is None else units),
        NORMS,
        on,
    )


def codes(findings):
    return [finding.code.removeprefix("cemeteries.") for finding in findings]


def test_a_cemetery_in_order_has_no_findings():
    assert found([cemetery()]) == []


def test_fewer_than_five_years_left_calls_for_planning():
    (finding,) = found(
        [cemetery(plots_used=900, niches=1000, niches_used=0)], units=[village(deaths_per_year=500)]
    )[:1]
    assert (finding.code, finding.severity) == ("cemeteries.capacity-short", Severity.REVIEW)
    assert finding.evidence["years_left"] == 4.4


def test_a_full_cemetery_and_the_district_are_reported():
    assert codes(found([cemetery(plots_used=1000)])) == ["capacity-full", "district-capacity-short"]


def test_more_used_than_there_is_names_both_figures():
    finding = found([cemetery(niches=10, niches_used=12)])[0]
    assert finding.message.zh == "“青山公墓”已用格位12大于格位总数10，请核对两个数字。"
    assert (finding.severity, finding.subject) == (Severity.ERROR, "niches")


def test_unknown_use_is_unknown():
    findings = found([cemetery(plots_used=None)])
    assert [(f.code, f.severity) for f in findings] == [("cemeteries.usage-unknown", Severity.UNKNOWN)]


@pytest.mark.parametrize("served", [None, "没有这个村"])
def test_unknown_demand_is_unknown(served):
    assert codes(found([cemetery(served_units=served)])) == ["demand-unknown"]


def test_without_units_the_demand_is_unknown():
    layers = layer_from_rows(CEMETERY, [cemetery()]), layer_from_rows(NO_BURIAL_ZONE, far_zones())
    findings = check_cemeteries(*layers, None, NORMS, ON)
    assert [(f.code, f.layer_id) for f in findings] == [("cemeteries.demand-unknown", "admin_unit")]


def test_an_inspection_twelve_months_ago_is_in_time_and_a_day_earlier_is_not():
    assert found([cemetery(last_inspected=date(2025, 1, 1))]) == []
    (finding,) = found([cemetery(last_inspected=date(2024, 12, 31))])
    assert (finding.code, finding.severity) == ("cemeteries.inspection-overdue", Severity.SUSPECT)


@pytest.mark.parametrize(("result", "severity"), [("rectify", "error"), ("deferred", "review")])
def test_results_other_than_passed_are_reported(result, severity):
    (finding,) = found([cemetery(inspection_result=result)])
    assert (finding.code, finding.severity) == (f"cemeteries.inspection-{result}", severity)


def test_a_permit_that_ran_out_yesterday_is_an_error():
    assert found([cemetery(permit_until=ON)]) == []
    assert codes(found([cemetery(permit_until=date(2025, 12, 31))])) == ["permit-expired"]


@pytest.mark.parametrize(
    ("kind", "plot_m2", "severity"),
    [("public_benefit", 0.7, "review"), ("public_benefit", 0.9, "suspect"), ("commercial", 1.2, "suspect")],
)
def test_plots_over_the_limit_of_their_kind(kind, plot_m2, severity):
    (finding,) = found([cemetery(kind=kind, plot_m2=plot_m2)])
    assert (finding.code, finding.severity) == ("cemeteries.plot-too-large", severity)


def test_a_verified_norm_makes_it_an_error():
    args = layer_from_rows(CEMETERY, [cemetery(plot_m2=0.9)]), layer_from_rows(NO_BURIAL_ZONE, far_zones())
    (finding,) = check_cemeteries(*args, layer_from_rows(ADMIN_UNIT, [village()]), load_profile("anhui"), ON)
    assert finding.severity is Severity.ERROR
    assert "DB34/T 4180-2022" in finding.citation


def test_plots_cannot_take_more_than_the_site():
    assert codes(found([cemetery(area_m2=400)])) == ["plots-over-area"]


def test_too_little_green_is_reported_but_not_of_a_columbarium():
    assert codes(found([cemetery(greening=60)])) == ["greening-low"]
    assert found([cemetery(greening=60, kind="columbarium", plots=None, niches=1000, niches_used=0)]) == []


def test_missing_fields_are_unknown_once_for_the_layer():
    rows = [cemetery(id=id_, last_inspected=None, greening=None, plot_m2=None) for id_ in "ab"]
    findings = found(rows)
    assert codes(findings) == ["last-inspected-unknown", "greening-unknown", "plot-m2-unknown"]
    assert {finding.evidence["count"] for finding in findings} == {2}


def test_a_cemetery_inside_a_zone_breaks_the_old_regulation():
    (finding,) = found([cemetery()], [zone("water_source", square(-50, -50))])
    assert (finding.code, finding.severity) == ("cemeteries.inside-zone", Severity.ERROR)
    assert "殡葬管理条例（2012年修正）第十条" in finding.citation


def test_from_the_day_of_the_new_regulation_it_is_suspect_and_says_the_text_was_not_read():
    (finding,) = found([cemetery()], [zone("water_source", square(-50, -50))], on=NEW_LAW)[-1:]
    assert finding.severity is Severity.SUSPECT
    assert "国务院令第798号" in finding.citation
    assert "未经核对" in finding.citation


@pytest.mark.parametrize("kind", ["columbarium", "martyrs"])
def test_an_exception_is_considered_and_leaves_a_review(kind):
    rows = [cemetery(kind=kind, plots=None, plots_used=None, niches=1000, niches_used=0)]
    (finding,) = found(rows, [zone("forest", square(-50, -50))])[:1]
    assert finding.severity is Severity.REVIEW
    assert len(finding.exceptions) == 1


def test_within_the_review_distance_of_a_river_is_a_review_and_outside_is_clear():
    (finding,) = found([cemetery()], [zone("river_bank", square(250, -50))])
    assert (finding.code, finding.evidence["buffer_m"]) == ("cemeteries.near-zone", 300)
    assert finding.evidence["distance_m"] == pytest.approx(250, abs=0.2)
    assert found([cemetery()], [zone("river_bank", square(310, -50))]) == []


def test_a_polygon_that_only_touches_a_zone_is_beside_it():
    (finding,) = found([cemetery(geometry=square(0, 0))], [zone("forest", square(100, 0))])
    assert finding.code == "cemeteries.near-zone"


def test_a_zone_counts_from_the_day_it_is_valid():
    rows = [zone("forest", square(-50, -50), valid_from=date(2026, 2, 1))]
    assert found([cemetery()], rows) == []
    assert codes(found([cemetery()], rows, on=date(2026, 2, 1))) == ["inside-zone"]


def test_without_zones_all_is_unknown_and_every_kind_is_named():
    layers = layer_from_rows(CEMETERY, [cemetery()]), None, layer_from_rows(ADMIN_UNIT, [village()])
    (finding,) = check_cemeteries(*layers, NORMS, ON)
    assert (finding.code, finding.severity) == ("cemeteries.zones-unknown", Severity.UNKNOWN)
    assert finding.evidence["missing_kinds"] == list(NATIONAL_KINDS)
    assert finding.message.zh.startswith("没有“禁坟区与限制区”图层，1处公墓是否在禁止区内无法判断。")


def test_one_missing_kind_of_zone_is_unknown_and_named():
    zones = layer_from_rows(NO_BURIAL_ZONE, [row for row in far_zones() if row["kind"] != "heritage"])
    layers = layer_from_rows(CEMETERY, [cemetery()]), zones, layer_from_rows(ADMIN_UNIT, [village()])
    (finding,) = check_cemeteries(*layers, NORMS, ON)
    assert finding.evidence["missing_kinds"] == ["heritage"]
    assert "文物保护区" in finding.message.zh


def test_a_cemetery_without_coordinates_is_unknown():
    assert codes(found([cemetery(geometry=None)])) == ["position-unknown"]


def test_without_cemeteries_nothing_is_clear():
    (finding,) = check_cemeteries(None, None, None, NORMS, ON)
    assert (finding.code, finding.severity) == ("cemeteries.cemeteries-missing", Severity.UNKNOWN)


def test_review_distances_come_from_the_profile():
    buffers = review_buffers(NORMS, NATIONAL_KINDS, ON)
    assert (buffers["river_bank"], buffers["transport_side"], buffers["forest"]) == (300, 500, 0)


@given(st.booleans(), st.booleans(), st.lists(st.sampled_from(NATIONAL_KINDS)))
def test_clear_is_said_only_when_every_kind_is_known_and_none_is_near(inside, near, missing):
    state = siting_state(inside=inside, near=near, missing_kinds=missing)
    assert (state is SitingState.CLEAR) == (not inside and not near and not missing)
    assert (state is SitingState.PROHIBITED) == inside


@settings(deadline=None, max_examples=25)
@given(st.floats(-2000, 2000), st.floats(-2000, 2000), st.sampled_from(["forest", "river_bank"]))
def test_taking_a_zone_away_never_makes_a_place_worse(x, y, kind):
    zones = [*far_zones(), zone(kind, square(0, 0))]
    site = layer_from_rows(CEMETERY, [cemetery(geometry=at(x, y))])
    order = [SitingState.CLEAR, SitingState.REVIEW, SitingState.PROHIBITED]
    with_zone, without = (
        sitings(site, layer_from_rows(NO_BURIAL_ZONE, rows), {"river_bank": 300.0}, ON)[0].state
        for rows in (zones, far_zones())
    )
    assert order.index(without) <= order.index(with_zone)


def many():
    return [
        cemetery(id="a", plots_used=1000),
        cemetery(id="b", greening=10, geometry=at(10, 10)),
        cemetery(id="c", permit_until=date(2020, 1, 1)),
    ]


EXPECTED_KEYS = {finding.key for finding in found(many(), [zone("forest", square(-50, -50))])}


@settings(deadline=None, max_examples=25)
@given(st.permutations(many()))
def test_keys_do_not_depend_on_row_order(rows):
    assert {f.key for f in found(rows, [zone("forest", square(-50, -50))])} == EXPECTED_KEYS
