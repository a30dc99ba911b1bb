"""The arithmetic of burial places and the sheet made from it."""

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.cemeteries import capacity_table, capacity_years, deaths_expected, free_places, places_needed
from layers.frames import layer_from_rows
from layers.specs import ADMIN_UNIT, CEMETERY

counts = st.integers(0, 10**6)


def unit(code, name, *, level="village", parent=None, **more):
    return {"id": code, "code": code, "name": name, "level": level, "parent_code": parent, **more}


def cemetery(id_, **more):
    return {
        "id": id_,
        "name": f"{id_}公墓",
        "kind": "public_benefit",
        "geometry": shapely.Point(119, 31),
        **more,
    }


def table(cemeteries, units):
    made = capacity_table(layer_from_rows(CEMETERY, cemeteries), layer_from_rows(ADMIN_UNIT, units))
    return made.set_index("id")


def test_a_year_of_2380_deaths_for_twenty_years():
    assert places_needed(2380, years=20, local_share=1.0) == 47_600
    assert places_needed(2380, years=20, local_share=0.5) == 23_800


def test_residents_times_rate_are_the_deaths():
    assert deaths_expected(100_000, 7.6) == pytest.approx(760)
    assert deaths_expected(None, 7.6) is None


def test_more_used_than_there_is_leaves_nothing_free():
    assert (free_places(100, 120), free_places(100, None), free_places(None, 3)) == (0, None, None)


def test_years_left_of_unknown_are_unknown_and_of_no_demand_infinite():
    assert capacity_years(None, 10) is None
    assert capacity_years(10, None) is None
    assert capacity_years(10, 0) == math.inf


@given(counts, counts, counts)
def test_more_free_places_never_last_shorter(free, more, deaths):
    assert capacity_years(free + more, deaths) >= capacity_years(free, deaths)


def test_the_sheet_has_each_cemetery_and_the_district():
    units = [unit("320413001001", "东村", deaths_per_year=20), unit("320413001002", "西村", population=1000)]
    made = table([cemetery("a", plots=200, plots_used=100, served_units="320413001001")], units)
    assert made.loc["a", ["free", "deaths_per_year", "years_left"]].tolist() == [100, 20, 10]
    assert made.loc["", "name"] == "全区合计"
    assert made.loc["", "deaths_per_year"] == pytest.approx(27.6)
    assert made.loc["", "places_needed"] == pytest.approx(276)


def test_two_cemeteries_share_the_deaths_of_a_unit_by_their_free_places():
    units = [unit("1", "东村", deaths_per_year=30)]
    rows = [
        cemetery("a", plots=100, plots_used=0, served_units="东村"),
        cemetery("b", niches=200, niches_used=0, served_units="1"),
    ]
    assert table(rows, units).loc[["a", "b"], "deaths_per_year"].tolist() == [10, 20]


def test_a_village_listed_beside_its_town_is_not_counted_twice():
    units = [
        unit("32041300100", "大镇", level="town", deaths_per_year=50),
        unit("320413001001", "东村", parent="32041300100", population=1000),
        unit("320413001002", "西村", parent="32041300100", population=3000),
    ]
    made = table([cemetery("a", plots=1, plots_used=0, served_units="大镇;东村")], units)
    assert made.loc["a", "deaths_per_year"] == pytest.approx(50)
    assert made.loc["", "deaths_per_year"] == pytest.approx(50)


def test_units_without_deaths_or_population_leave_the_demand_unknown():
    made = table([cemetery("a", plots=10, plots_used=0, served_units="东村")], [unit("1", "东村")])
    assert made[["deaths_per_year", "years_left", "places_needed"]].isna().all(axis=None)


def test_martyrs_cemeteries_are_not_counted():
    assert table([cemetery("a", kind="martyrs", plots=10)], []).index.tolist() == [""]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=5))
def test_parts_of_the_deaths_add_up_to_all_of_them(free_and_total):
    rows = [
        cemetery(str(i), plots=total, plots_used=used, served_units="东村")
        for i, (used, total) in enumerate(free_and_total)
    ]
    made = table(rows, [unit("1", "东村", deaths_per_year=120)])
    assert made["deaths_per_year"].iloc[:-1].sum() == pytest.approx(120)
