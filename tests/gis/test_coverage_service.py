"""Which facilities are in service on a day."""

from datetime import date

import pytest
from coverage_town import facility

from gis.coverage.supply import in_service, supply_of
from layers.frames import layer_from_rows
from layers.specs import spec_of

DAY = date(2025, 6, 1)
BEFORE, AFTER = date(2024, 1, 1), date(2026, 1, 1)


def layer(*rows):
    given = [{"id": str(n), **facility(0, 0), "opened_on": None, **row} for n, row in enumerate(rows)]
    return layer_from_rows(spec_of("care_facility"), given)


@pytest.mark.parametrize(
    ("row", "serves"),
    [
        ({}, True),
        ({"opened_on": BEFORE}, True),
        ({"opened_on": DAY}, True),
        ({"opened_on": AFTER}, False),
        ({"opened_on": BEFORE, "closed_on": AFTER}, True),
        ({"opened_on": BEFORE, "closed_on": DAY}, False),
        ({"state": "operating"}, True),
        ({"state": "operating", "closed_on": BEFORE}, False),
        ({"state": "closed"}, False),
        ({"state": "closed", "opened_on": BEFORE}, False),
        ({"state": "closed", "closed_on": AFTER}, True),
        ({"state": "suspended"}, False),
        ({"state": "suspended", "suspended_on": AFTER}, True),
        ({"suspended_on": BEFORE}, False),
        ({"suspended_on": BEFORE, "resumed_on": DAY}, True),
        ({"suspended_on": BEFORE, "resumed_on": AFTER}, False),
        ({"suspended_on": DAY, "resumed_on": BEFORE}, False),
        ({"state": "planned"}, False),
        ({"state": "planned", "opened_on": BEFORE}, False),
        ({"state": "building"}, False),
        ({"state": "unknown"}, False),
        ({"state": "unknown", "opened_on": BEFORE}, False),
    ],
)
def test_dates_decide_before_the_state(row, serves):
    assert in_service(layer(row).frame, on=DAY).tolist() == [serves]


def test_those_left_out_and_those_that_say_nothing_are_counted():
    supply = supply_of(layer({}, {"state": "planned"}, {"opened_on": BEFORE}), on=DAY)
    assert [text.en.split()[0] for text in supply.assumptions] == ["1", "1"]
    assert len(supply) == 2


def test_an_unknown_state_is_left_out_and_counted_on_its_own():
    supply = supply_of(layer({"state": "unknown"}, {"state": "operating"}), on=DAY)
    assert [text.zh for text in supply.assumptions] == [
        "1 处设施状态不明（状态栏写了但认不出），不算在营，没有计入。"
    ]
    assert len(supply) == 1


def test_a_facility_without_location_stays_but_cannot_be_reached():
    supply = supply_of(layer({"geometry": None, "opened_on": BEFORE}), on=DAY)
    assert supply.assumptions[-1].en == "1 facility has no location and cannot be reached by distance."
