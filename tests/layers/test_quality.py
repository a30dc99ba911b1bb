"""Planted faults of data are found, one by one, and nothing else is."""

from datetime import date

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from layers.crs import wgs84_to_bd09, wgs84_to_gcj02
from layers.findings import Severity
from layers.frames import layer_from_rows
from layers.quality import check_layers
from layers.quality.noticing import MANY
from layers.specs import SPECS

ON = date(2026, 1, 1)
AS_OF = date(2025, 9, 30)
TO_DEGREES = Transformer.from_crs(4549, 4490, always_xy=True)
VILLAGES = ("320413001001", "320413001002")


def at(x, y):
    return shapely.Point(TO_DEGREES.transform(500_000 + x, 3_500_000 + y))


def block(x, y, width, height):
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return shapely.Polygon([at(*corner) for corner in corners])


def unit(code, level, parent, geometry, people, **more):
    return {
        "id": code,
        "code": code,
        "name": f"{code}单位",
        "level": level,
        "parent_code": parent,
        "population": people,
        "pop_65_plus": people // 5,
        "as_of": AS_OF,
        "geometry": geometry,
        **more,
    }


def units():
    """A district of one town of two villages, each two kilometres square."""
    whole = block(0, 0, 4000, 2000)
    return [
        unit("320413", "county", "3204", whole, 1000),
        unit("320413001", "town", "320413", whole, 1000),
        unit(VILLAGES[0], "village", "320413001", block(0, 0, 2000, 2000), 400),
        unit(VILLAGES[1], "village", "320413001", block(2000, 0, 2000, 2000), 600),
    ]


def home(id_="h1", **more):
    return {
        "id": id_,
        "name": f"{id_}养老院",
        "kind": "care_home",
        "beds": 100,
        "nursing_beds": 60,
        "state": "operating",
        "opened_on": date(2020, 1, 1),
        "unit_code": VILLAGES[0],
        "served_units": f"{VILLAGES[0]};{VILLAGES[1]}单位",
        "as_of": AS_OF,
        "geometry": at(500, 500),
        **more,
    }


def found(on=ON, **rows):
    layers = {layer_id: layer_from_rows(SPECS[layer_id], given) for layer_id, given in rows.items()}
    return check_layers(layers, on=on)


def homes(*rows, on=ON):
    return found(admin_unit=units(), care_facility=list(rows), on=on)


def codes(findings):
    return [(finding.code.removeprefix("quality."), finding.feature_id) for finding in findings]


def with_unit(code, **values):
    return [row | values if row["code"] == code else row for row in units()]


def test_clean_layers_have_no_findings():
    assert homes(home()) == []


def test_an_empty_workspace_is_unknown():
    (finding,) = check_layers({}, on=ON)
    assert (finding.code, finding.severity) == ("quality.nothing-imported", Severity.UNKNOWN)


def test_empty_layers_have_nothing_to_find():
    assert found(**{layer_id: [] for layer_id in SPECS}) == []


def test_units_without_areas_leave_inside_or_outside_unknown():
    rows = [row | {"geometry": None} for row in units()]
    assert codes(found(admin_unit=rows, care_facility=[home()])) == [("district-unknown", "")]


def test_one_thing_entered_twice_is_one_finding():
    (finding,) = homes(home("b", name="福寿院"), home("a", name="福寿院", geometry=at(510, 500)))
    assert (finding.code, finding.feature_id) == ("quality.duplicate", "a")
    assert finding.evidence["ids"] == ["a", "b"]


def test_the_same_name_elsewhere_is_no_duplicate():
    assert homes(home("b", name="福寿院"), home("a", name="福寿院", geometry=at(600, 500))) == []


def test_a_point_at_zero_is_reported_once():
    assert codes(homes(home(geometry=shapely.Point(0, 0)))) == [("at-zero", "h1")]


@pytest.mark.parametrize("shape", [None, shapely.Point()])
def test_a_missing_position_is_an_error_where_the_layer_needs_one(shape):
    assert codes(homes(home(geometry=shape))) == [("geometry-missing", "h1")]
    assert found(place_name=[{"id": "n", "name": "东村", "as_of": AS_OF, "geometry": shape}])[0].code != (
        "quality.geometry-missing"
    )


def test_an_invalid_polygon_says_why():
    bow = shapely.Polygon([at(100, 100), at(200, 200), at(200, 100), at(100, 200)])
    (finding,) = homes(home(geometry=bow))
    assert finding.code == "quality.geometry-invalid"
    assert finding.evidence["reason"].startswith("Self-intersection")


def test_five_features_on_one_point_are_suspect_and_four_are_not():
    rows = [home(f"h{i}") for i in range(5)]
    (finding,) = homes(*rows)
    assert (finding.code, finding.evidence["count"]) == ("quality.stacked", 5)
    assert homes(*rows[:4]) == []


def test_a_point_outside_the_district_says_how_far():
    (finding,) = homes(home(geometry=at(-1500, 500)))
    assert (finding.code, finding.severity) == ("quality.outside-district", Severity.SUSPECT)
    assert finding.evidence["distance_m"] == pytest.approx(1500, abs=1)
    assert finding.message.zh.startswith("“h1养老院”在辖区范围外1,500米。")


def test_without_areas_inside_or_outside_is_unknown():
    findings = found(care_facility=[home(unit_code=None, served_units=None)])
    assert [(f.code, f.severity) for f in findings] == [("quality.district-unknown", Severity.UNKNOWN)]


def test_a_point_in_another_village_than_it_says_names_the_other():
    (finding,) = homes(home(unit_code=VILLAGES[1]))
    assert (finding.code, finding.evidence["found_in"]) == ("quality.outside-unit", VILLAGES[0])
    assert f"位于{VILLAGES[0]}单位" in finding.message.zh


def test_missing_required_fields_are_errors():
    (finding,) = found(
        admin_unit=units(),
        no_burial_zone=[
            {"id": "z", "name": " ", "kind": "forest", "as_of": AS_OF, "geometry": block(0, 0, 9, 9)}
        ],
    )
    assert (finding.code, finding.subject) == ("quality.field-missing", "name")


@pytest.mark.parametrize(
    ("values", "part"),
    [({"nursing_beds": 101}, "nursing_beds"), ({"residents": 130}, "residents")],
)
def test_a_part_larger_than_its_whole_is_an_error(values, part):
    (finding,) = homes(home(**values))
    assert (finding.code, finding.subject) == ("quality.part-over-whole", part)


def test_older_people_cannot_be_more_than_younger_and_older_together():
    (finding,) = found(admin_unit=with_unit(VILLAGES[0], pop_80_plus=90))
    assert finding.evidence == {"pop_80_plus": 90.0, "pop_65_plus": 80.0}


def test_values_out_of_range_or_off_the_list_are_errors():
    assert codes(homes(home(beds=-1, nursing_beds=None)))[0] == ("out-of-range", "h1")
    (finding,) = homes(home(state="营业"))
    assert (finding.code, finding.evidence["value"]) == ("quality.unlisted-value", "营业")


def test_villages_that_do_not_sum_to_their_town_are_found_with_the_difference():
    findings = found(admin_unit=with_unit(VILLAGES[1], population=500))
    assert [(f.code, f.feature_id, f.subject) for f in findings] == [
        ("quality.sum-differs", "320413001", "population")
    ]
    assert "相差-100" in findings[0].message.zh


def test_a_small_difference_is_a_note_and_unknown_parts_cannot_fall_short():
    (finding,) = found(admin_unit=with_unit(VILLAGES[1], population=590))
    assert finding.severity is Severity.NOTE
    assert found(admin_unit=with_unit(VILLAGES[1], population=None, pop_65_plus=None)) == []


def test_dates_in_the_future_are_errors_unless_it_is_only_planned():
    assert codes(homes(home(opened_on=date(2027, 1, 1)))) == [("date-in-future", "h1")]
    assert homes(home(opened_on=date(2027, 1, 1), state="planned")) == []


def test_closed_before_opened_is_an_error():
    (finding,) = homes(home(closed_on=date(2019, 1, 1), state="closed"))
    assert finding.evidence == {"opened_on": "2020-01-01", "closed_on": "2019-01-01"}


def test_a_second_suspension_may_come_after_a_resumption():
    again = {"suspended_on": date(2023, 1, 1), "resumed_on": date(2022, 1, 1)}
    assert homes(home(state="suspended", **again)) == []
    assert codes(homes(home(state="operating", **again))) == [("dates-out-of-order", "h1")]


def test_unit_codes_that_do_not_exist_are_errors():
    assert codes(homes(home(unit_code="320413009001"))) == [("unknown-unit", "h1")]


def test_served_units_resolve_by_code_or_name_and_the_rest_is_named():
    (finding,) = homes(home(served_units=f"{VILLAGES[0]};桃花源村"))
    assert finding.evidence["unresolved"] == ["桃花源村"]


def test_without_units_codes_cannot_be_checked():
    findings = found(care_facility=[home()])
    assert ("units-missing", "") in codes(findings)


def test_a_parent_that_does_not_exist_is_an_error():
    findings = found(admin_unit=with_unit(VILLAGES[0], parent_code="320413002"))
    assert ("unknown-parent", VILLAGES[0]) in codes(findings)


def test_villages_without_any_town_are_one_unknown():
    rows = [row for row in units() if row["level"] == "village"]
    assert [(f.code, f.severity) for f in found(admin_unit=rows)] == [
        ("quality.parents-missing", Severity.UNKNOWN)
    ]


def test_a_code_used_twice_is_an_error():
    findings = found(admin_unit=[*units(), unit(VILLAGES[0], "village", "320413001", None, 0, id="copy")])
    assert ("unit-code-duplicate", VILLAGES[0]) in codes(findings)


def test_overlapping_villages_are_found_with_their_area():
    rows = with_unit(VILLAGES[0], geometry=block(0, 0, 2050, 2000))
    (finding,) = found(admin_unit=rows)
    assert (finding.code, finding.severity) == ("quality.areas-overlap", Severity.SUSPECT)
    assert finding.evidence["area_m2"] == pytest.approx(100_000, rel=0.01)


def test_a_gap_inside_the_town_is_found_and_a_sliver_is_only_to_review():
    (finding,) = found(admin_unit=with_unit(VILLAGES[0], geometry=block(0, 0, 1995, 2000)))
    assert (finding.code, finding.severity) == ("quality.areas-gap", Severity.REVIEW)
    assert finding.evidence["area_m2"] == pytest.approx(10_000, rel=0.01)


def test_a_village_beyond_its_town_is_found():
    rows = with_unit(VILLAGES[1], geometry=block(2000, 0, 2300, 2000))
    assert ("areas-overhang", "320413001") in codes(found(admin_unit=rows))


def test_old_figures_are_to_be_renewed_and_mixed_dates_noted():
    findings = homes(home(as_of=date(2022, 1, 1)), home("h2", geometry=at(800, 800)))
    assert [(f.code, f.severity) for f in findings] == [
        ("quality.stale", Severity.REVIEW),
        ("quality.mixed-dates", Severity.NOTE),
    ]


def test_figures_without_a_date_are_noted():
    assert codes(homes(home(as_of=None))) == [("as-of-unknown", "")]


@pytest.mark.parametrize(("shift", "name"), [(wgs84_to_gcj02, "GCJ-02"), (wgs84_to_bd09, "BD-09")])
def test_a_whole_layer_shifted_by_a_map_service_is_suspected(shift, name):
    rows = []
    for i in range(40):
        x, y = 120 + (i % 20) * 190, 100 + (i // 20) * 1500
        lon, lat = shift(*at(x, y).coords[0])
        rows.append(home(f"h{i:02d}", geometry=shapely.Point(lon, lat), unit_code=VILLAGES[x > 2000]))
    suspected = [finding for finding in homes(*rows) if finding.code == "quality.shifted"]
    assert [finding.subject for finding in suspected] == [name]
    assert suspected[0].evidence["share_inside"][name] == 1.0


def test_points_that_lie_right_are_not_suspected():
    rows = [home(f"h{i:02d}", geometry=at(100 + i * 40, 300)) for i in range(40)]
    assert homes(*rows) == []


def test_very_many_hits_of_one_rule_become_one_finding():
    rows = [home(f"h{i:03d}", geometry=at(-5000 - i, 0), unit_code=None) for i in range(MANY + 1)]
    (finding,) = homes(*rows)
    assert (finding.code, finding.evidence["count"]) == ("quality.outside-district", MANY + 1)


def faulty():
    return [
        home("a", geometry=at(-900, 0)),
        home("b", beds=10),
        home("c", opened_on=date(2030, 1, 1), geometry=at(700, 700)),
        home("d", name="b养老院"),
    ]


EXPECTED = {finding.key for finding in homes(*faulty())}


@settings(deadline=None, max_examples=25)
@given(st.permutations(faulty()))
def test_keys_do_not_depend_on_row_order(rows):
    findings = homes(*rows)
    assert {finding.key for finding in findings} == EXPECTED
    assert len(findings) == len(EXPECTED)


def test_a_lost_character_is_named_with_the_field():
    lost = layer_from_rows(
        SPECS["care_facility"], [{"id": "1", "name": "糖?里养老院", "geometry": shapely.Point(119.5, 31.5)}]
    )
    found = [
        one for one in check_layers({"care_facility": lost}, on=ON) if one.code == "quality.lost-character"
    ]
    assert [one.evidence for one in found] == [{"field": "name", "value": "糖?里养老院"}]


def test_a_question_in_a_remark_is_no_lost_character():
    asked = layer_from_rows(
        SPECS["care_facility"],
        [{"id": "1", "name": "某院", "remarks": "已停办?待核", "geometry": shapely.Point(119.5, 31.5)}],
    )
    found = check_layers({"care_facility": asked}, on=ON)
    assert [one for one in found if one.code == "quality.lost-character"] == []
