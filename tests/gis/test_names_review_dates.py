"""Deadlines that were met late stay to be seen; numbers of cases begin with district and year."""

from datetime import date

import pytest

from gis.names.review.clocks import clocks_of
from gis.names.review.numbering import series_of
from layers.norms import load_profile

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(("state", "done"), [("filed", {"filing"}), ("archived", {"filing", "signs"})])
def test_a_deadline_that_was_missed_stays_to_be_seen_after_it_was_met(state, done):
    dates = {"rename": date(2025, 1, 2), "replace": date(2025, 2, 1), "file": date(2025, 6, 2)}
    if state == "archived":
        dates["archive"] = date(2025, 6, 3)
    clocks = clocks_of(state, dates, load_profile("ningbo"), date(2025, 6, 3))
    assert {one.id for one in clocks if one.late} == done
    filing = clocks[0].as_json()
    assert (filing["due"], filing["done_on"], filing["late"], filing["overdue"]) == (
        "2025-01-17",
        "2025-06-02",
        True,
        False,
    )


def test_the_last_day_of_a_deadline_is_not_late():
    clocks = clocks_of("filed", {"rename": DAY, "file": date(2026, 7, 15)}, load_profile("ningbo"), DAY)
    assert (clocks[0].done_on, clocks[0].late) == (date(2026, 7, 15), False)


@pytest.mark.parametrize(
    ("district", "series"),
    [("云溪区", "云溪地名〔2025〕"), ("城区", "城区地名〔2025〕"), ("金寨", "金寨地名〔2025〕")],
)
def test_a_number_begins_with_district_and_year(district, series):
    assert series_of(district, date(2025, 3, 1)) == series
