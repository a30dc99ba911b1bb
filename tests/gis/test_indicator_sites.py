"""Norms that hold for every single site or village: each is held against them, and silence is no shortage."""

import json
from datetime import date

import numpy as np
import pytest
from coverage_town import ON, facility, people, point, square, town, village
from hypothesis import given
from hypothesis import strategies as st

from gis.coverage.provision.judging import IndicatorRequest, indicators
from gis.coverage.provision.measures import Known, Least
from gis.coverage.provision.values import Sites
from layers.norms import NormValue
from layers.text import Text

TOWN = {"code": "320413101000", "name": "第1镇", "level": "town", "geometry": square(0, 0, 10_000)}


def ask(here, norms, *, by="village", **more):
    asked = IndicatorRequest(by=by, on=ON, norms=norms, **more)
    return indicators(here, asked).as_json()


def of(said, name, indicator):
    return next(row for row in said["rows"] if row["name"] == name)["indicators"][indicator]


def villages(tmp_path, *facilities, kinds=("village", "village", "community"), **layers):
    units = [
        village(n, 2000 * n, 0, kind=kind, parent_code="320413101000") for n, kind in enumerate(kinds, 1)
    ]
    return town(
        tmp_path,
        admin_unit=[*units, TOWN],
        care_facility=list(facilities),
        population=[people(2500, 500, 100)],
        **layers,
    )


def test_a_village_without_any_facility_is_below_and_its_town_lacks_one(tmp_path):
    here = villages(tmp_path, facility(2500, 500), facility(2600, 500))
    said = ask(here, "shaoxing")
    first, second = (of(said, name, "care_facilities_per_village_min") for name in ("第1村", "第2村"))
    assert (first["value"], first["deficit"], first["meets"]) == (2, 0, True)
    assert (second["value"], second["deficit"], second["meets"]) == (0, 1, False)
    whole = of(ask(here, "shaoxing", by="town"), "第1镇", "care_facilities_per_village_min")
    assert (whole["value"], whole["numerator"], whole["denominator"], whole["deficit"]) == (0, 1, 2, 1)


def test_a_community_is_no_village_and_is_not_judged(tmp_path):
    third = of(
        ask(villages(tmp_path, facility(2500, 500)), "shaoxing"), "第3村", "care_facilities_per_village_min"
    )
    assert (third["value"], third["deficit"], third["meets"]) == (None, None, None)


def test_a_facility_known_only_by_its_town_may_stand_in_any_village_of_it(tmp_path):
    adrift = facility(0, 0) | {"geometry": None, "unit_code": "320413101000"}
    second = of(ask(villages(tmp_path, adrift), "shaoxing"), "第2村", "care_facilities_per_village_min")
    assert (second["value"], second["bound"], second["meets"]) == (0, "at_least", None)
    assert second["unknown"]["numerator"] == 1


def test_units_that_may_be_villages_are_unknown_and_the_report_says_how_many(tmp_path):
    said = ask(villages(tmp_path, facility(2500, 500), kinds=(None, "village")), "shaoxing")
    first = of(said, "第1村", "care_facilities_per_village_min")
    assert (first["value"], first["meets"], first["unknown"]["numerator"]) == (None, None, 1)
    assert any(one["zh"].startswith("1 个村居没有写明是村还是社区") for one in said["assumptions"])


def test_the_norm_is_printed_with_source_clause_and_standing(tmp_path):
    said = ask(villages(tmp_path, facility(2500, 500)), "shaoxing")
    norm = next(one for one in said["indicators"] if one["id"] == "care_facilities_per_village_min")["norm"]
    assert (norm["value"], norm["unit"], norm["clause"], norm["verified"]) == (1, "处", "第九条", True)
    assert json.loads(json.dumps(said, allow_nan=False)) == said


def test_what_one_large_site_has_too_much_helps_no_small_one(tmp_path):
    sites = [facility(2500, 500, tier="community", area_m2=area) for area in (200.0, 340.0, 5000.0)]
    small = of(ask(villages(tmp_path, *sites), "anhui"), "第1村", "care_site_area_m2_min")
    assert (small["value"], small["deficit"], small["numerator"], small["denominator"]) == (200, 160, 1, 3)


def test_a_site_without_a_tier_or_an_area_leaves_it_open_unless_it_is_large_enough(tmp_path):
    good = facility(2500, 500, tier="community", area_m2=400.0)
    silent = of(
        ask(villages(tmp_path, good, facility(2500, 600, tier="community")), "anhui"),
        "第1村",
        "care_site_area_m2_min",
    )
    assert (silent["value"], silent["bound"], silent["meets"]) == (400, "at_most", None)
    untiered = facility(2500, 600, area_m2=900.0)
    clear = of(ask(villages(tmp_path, good, untiered), "anhui"), "第1村", "care_site_area_m2_min")
    assert (clear["value"], clear["bound"], clear["meets"]) == (400, "exact", True)


def test_rural_sites_are_those_of_villages_with_beds_floor_and_land(tmp_path):
    drawn = {"geometry": square(2400, 400, 50)}
    rural = facility(0, 0, tier="community", area_m2=300.0, beds=12) | drawn
    urban = facility(6500, 500, tier="community", area_m2=10.0, beds=1)
    said = ask(villages(tmp_path, rural, urban), "qingdao")
    assert of(said, "第1村", "care_site_area_m2_min_village")["deficit"] == 100
    assert of(said, "第1村", "care_site_beds_min_village")["deficit"] == 8
    assert of(said, "第1村", "care_site_land_mu_min_village")["value"] == pytest.approx(3.75, rel=0.01)
    assert of(said, "第3村", "care_site_beds_min_village")["value"] is None


def test_floor_area_per_bed_is_asked_of_every_care_home_and_lacks_by_its_beds(tmp_path):
    homes = [facility(2500, 500, kind="care_home", beds=beds, area_m2=1000.0) for beds in (20, 50)]
    floor = of(ask(villages(tmp_path, *homes), "national"), "第1村", "care_home_floor_m2_per_bed")
    assert (floor["value"], floor["deficit"], floor["meets"]) == (20, 750, False)


def test_meal_points_are_judged_by_their_seats_and_canteens_are_not(tmp_path):
    points = [
        {
            "name": "点",
            "tier": tier,
            "seats": seats,
            "geometry": point(2500, 500),
            "opened_on": date(2020, 1, 1),
        }
        for tier, seats in (("point", 6), ("canteen", 2))
    ]
    seats = of(
        ask(villages(tmp_path, facility(2500, 500), meal_point=points), "anhui"),
        "第1村",
        "meal_point_diners_min",
    )
    assert (seats["value"], seats["deficit"], seats["denominator"]) == (6, 4, 1)


def test_shelters_are_judged_by_their_level(tmp_path):
    rows = [
        {"name": "点", "kind": kind, "capacity": 60, "geometry": point(2500, 500)}
        for kind in ("village", "town")
    ]
    said = ask(villages(tmp_path, facility(2500, 500), shelter=rows), "zhejiang")
    assert of(said, "第1村", "shelter_capacity_min_village")["meets"] is True
    assert of(said, "第1村", "shelter_capacity_min_town")["deficit"] == 40
    assert "shelter" in said["provenance"]["layers"]


def test_a_profile_that_asks_nothing_of_sites_lists_nothing_of_them(tmp_path):
    said = ask(villages(tmp_path, facility(2500, 500)), "jiangsu")
    ids = {one["id"] for one in said["indicators"]}
    assert "care_facilities_per_village_min" not in ids
    assert "care_home_floor_m2_per_bed" in ids


SITE = st.tuples(st.one_of(st.none(), st.floats(0, 100)), st.booleans(), st.booleans())


def _sites(rows):
    return Sites(
        unit=np.zeros(len(rows), np.int64),
        amount=np.array([np.nan if amount is None else amount for amount, _, _ in rows], float),
        weight=np.ones(len(rows)),
        sure=np.array([sure for _, sure, _ in rows], bool),
        more=np.array([more for _, _, more in rows], bool),
    )


MEASURE = Least(id="x", label=Text("", ""), unit="m²", deficit_unit="m²", param="x", sites="s")
NORM = NormValue("x", 50.0, "m²", Text("", ""), "", "", verified=True)


@given(st.lists(SITE, max_size=6), st.lists(st.floats(0, 200), min_size=6, max_size=6))
def test_a_verdict_stands_whatever_the_silent_sites_turn_out_to_be(rows, turned_out):
    said = MEASURE.value_at(Known({}, {"s": _sites(rows)}), 0, NORM)
    settled = []
    for (amount, sure, more), other in zip(rows, turned_out, strict=False):
        real = other if amount is None else amount + (other if more else 0.0)
        if sure or other < 100:
            settled.append(real)
    if said.meets is not None and settled:
        assert said.meets == (min(settled) >= 50)
