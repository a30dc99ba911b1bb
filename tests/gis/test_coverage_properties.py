"""What must hold between the definitions of coverage, whatever the data."""

from pathlib import Path

import numpy as np
import pytest
from coverage_town import ON, facility, grid_roads, line, people, square, town, village
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.coverage import CoverageRequest, cover
from gis.coverage.cover import outcome_of
from gis.coverage.gaps.reasons import gap_of
from gis.coverage.nearest import nearest_facility
from gis.coverage.rows import rows_of
from gis.coverage.situation import prepare

NOWHERE = Path("/dev/null/nowhere")
"""A folder that cannot be: no network is kept between examples."""
ROADS = grid_roads(5, 200)
metres = st.integers(-100, 1100)
spots = st.tuples(metres, metres)
crowds = st.lists(st.tuples(metres, metres, st.integers(0, 50)), min_size=1, max_size=8)
sites = st.lists(spots, min_size=1, max_size=4)
few = settings(max_examples=15, deadline=None)


def made(crowd, stands, **more):
    rows = {"admin_unit": [village(1, -500, -500, 1000), village(2, 500, -500, 1000)], **more}
    places = [facility(x, y) for x, y in stands]
    return town(NOWHERE, care_facility=places, population=[people(*one) for one in crowd], **rows)


def ask(workspace, **asked):
    return cover(workspace, CoverageRequest(on=ON, **asked))


@few
@given(crowds, sites, st.sampled_from([100, 300, 700]))
def test_a_walk_never_covers_more_than_the_straight_line(crowd, stands, radius):
    workspace = made(crowd, stands, road=ROADS)
    straight = ask(workspace, within_m=radius, travel="straight")
    assert ask(workspace, within_m=radius, travel="network").numerator <= straight.numerator


@few
@given(crowds, sites)
def test_a_faster_walker_reaches_no_fewer(crowd, stands):
    band = ask(made(crowd, stands, road=ROADS), within_min=8).band
    assert band[0][1] <= band[1][1] <= band[2][1]


@few
@given(crowds, sites, st.lists(st.sampled_from(["第1村", "第2村", "甲"]), max_size=3))
def test_presence_never_exceeds_assignment(crowd, stands, listed):
    workspace = made(crowd, [])
    rows = [facility(x, y, served_units=";".join(listed)) for x, y in stands]
    workspace = town(workspace.root, admin_unit=[village(1, 0, 0), village(2, 1000, 0)], care_facility=rows)
    assert ask(workspace, definition="C1").numerator <= ask(workspace, definition="C2").numerator


@few
@given(crowds, sites, st.integers(50, 600), st.integers(0, 600))
def test_a_wider_radius_covers_no_fewer(crowd, stands, radius, more):
    workspace = made(crowd, stands)
    narrow, wide = (
        ask(workspace, within_m=one, travel="straight").numerator for one in (radius, radius + more)
    )
    assert narrow <= wide


@few
@given(crowds, sites, spots)
def test_one_more_facility_covers_no_fewer(crowd, stands, new):
    for asked in ({"within_m": 400, "travel": "straight"}, {"within_min": 8}):
        before = ask(made(crowd, stands, road=ROADS), **asked).numerator
        assert ask(made(crowd, [*stands, new], road=ROADS), **asked).numerator >= before


@few
@given(crowds, sites, st.integers(100, 900))
def test_unit_borders_change_no_count_of_people(crowd, stands, side):
    asked = {"within_m": 400, "travel": "straight"}
    other = [village(1, -200, -200, side), village(2, -200 + side, -200, side)]
    here, there = ask(made(crowd, stands), **asked), ask(made(crowd, stands, admin_unit=other), **asked)
    assert (here.numerator, here.denominator) == (there.numerator, there.denominator)


@few
@given(crowds, sites)
def test_people_always_add_up(crowd, stands):
    report = ask(made(crowd, stands, road=ROADS), within_min=10)
    assert report.denominator == sum(count for *_, count in crowd)
    assert sum(row.denominator for row in report.rows) == report.denominator
    assert sum(row.numerator for row in report.rows) == pytest.approx(report.numerator)


@few
@given(crowds, sites, st.randoms())
def test_the_order_of_rows_does_not_matter(crowd, stands, random):
    mixed, moved = random.sample(crowd, len(crowd)), random.sample(stands, len(stands))
    one, other = (ask(made(*both, road=ROADS), within_min=8) for both in ((crowd, stands), (mixed, moved)))
    assert [served for _, served, _ in one.band] == [served for _, served, _ in other.band]


def test_presence_can_be_complete_while_nobody_is_in_reach():
    units = [village(1, 0, 0, 5000, pop_65_plus=100), village(2, 5000, 0, 5000, pop_65_plus=100)]
    workspace = made([(0, 0, 0)], [(10, 10), (5010, 10)], admin_unit=units)
    del workspace.store.layers["population"]
    assert ask(workspace, definition="C1").share == 1.0
    assert ask(workspace, within_min=15).share == 0.0


def test_merging_two_units_changes_presence_but_not_people():
    crowd, stands = [(100, 100, 10), (1500, 100, 10)], [(100, 0)]
    apart = made(crowd, stands, admin_unit=[village(1, 0, 0), village(2, 1000, 0)])
    merged = made(crowd, stands, admin_unit=[village(1, 0, 0, 2000)])
    asked = {"within_m": 300, "travel": "straight"}
    assert (ask(apart, definition="C1").share, ask(merged, definition="C1").share) == (0.5, 1.0)
    assert ask(apart, **asked).share == ask(merged, **asked).share == 0.5


def test_a_facility_outside_the_unit_serves_its_people():
    workspace = made(
        [(10, 10, 5)],
        [(-90, 10)],
        admin_unit=[village(1, 0, 0)],
        road=[{"geometry": line((-200, 10), (200, 10))}],
    )
    assert ask(workspace, within_m=150, travel="straight").share == 1.0
    assert ask(workspace, within_m=150).share == 1.0
    assert ask(workspace, definition="C1").share == 0.0


holding = st.lists(st.tuples(metres, metres, st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=4)


def stocked(crowd, stands, **more):
    rows = {"admin_unit": [village(1, -500, -500, 1000), village(2, 500, -500, 1000)], "road": ROADS, **more}
    places = [facility(x, y, beds=beds) for x, y, beds in stands]
    return town(NOWHERE, care_facility=places, population=[people(*one) for one in crowd], **rows)


@few
@given(crowds, holding, st.sampled_from([200, 500, 900]))
def test_capacity_never_serves_more_than_the_walk_nor_the_walk_more_than_the_straight_line(
    crowd, stands, radius
):
    workspace = stocked(crowd, stands)
    held, walked, straight = (
        ask(workspace, definition=one, within_m=radius, need_per_1000=100.0).numerator
        for one in ("C7", "C6", "C5")
    )
    assert held <= walked + 1e-6
    assert walked <= straight


@few
@given(crowds, holding, st.sampled_from(["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]))
def test_served_unserved_and_unknown_add_up_to_everything(crowd, stands, definition):
    homes = [{"geometry": square(0, 0, 300)}]
    workspace = stocked(crowd, stands, residential_quarter=homes, building=homes)
    report = ask(workspace, definition=definition)
    parts = report.people
    assert parts.total == pytest.approx(report.denominator)
    assert min(parts.served, parts.unserved, parts.unknown) >= 0
    assert sum(row.unknown for row in report.rows) == pytest.approx(parts.unknown)


@few
@given(
    crowds, holding, st.tuples(metres, metres, st.integers(0, 4)), st.sampled_from(["C1", "C4", "C6", "C7"])
)
def test_one_more_facility_lowers_no_definition_up_to_capacity(crowd, stands, new, definition):
    homes = [{"geometry": square(0, 0, 300)}]
    before, after = (
        ask(stocked(crowd, some, building=homes), definition=definition).numerator
        for some in (stands, [*stands, new])
    )
    assert after >= before - 1e-6


@few
@given(crowds, holding, st.sampled_from(["C5", "C6", "C7", "C8"]))
def test_flips_are_what_lies_between_the_fastest_and_the_slowest(crowd, stands, definition):
    report = ask(stocked(crowd, stands), definition=definition, within_min=8)
    between = report.band[-1][1] - report.band[0][1]
    assert report.flips.total == pytest.approx(between, abs=1e-6)
    assert sum(one.people for one in report.flips.points) == pytest.approx(between, abs=0.1)
    assert sum(number for _, _, number in report.flips.by_unit) == pytest.approx(between, abs=1e-6)


@few
@given(crowds, holding, st.randoms())
def test_the_order_of_rows_does_not_matter_to_capacity(crowd, stands, random):
    mixed, moved = random.sample(crowd, len(crowd)), random.sample(stands, len(stands))
    one, other = (
        ask(stocked(*both), definition="C7", within_m=600, need_per_1000=100.0).numerator
        for both in ((crowd, stands), (mixed, moved))
    )
    assert one == pytest.approx(other)


@few
@given(crowds, holding, st.sampled_from(["C6", "C7"]))
def test_units_are_explained_together_as_they_are_one_by_one(crowd, stands, definition):
    here = prepare(stocked([*crowd, (50, 50, None)], stands), CoverageRequest(on=ON, definition=definition))
    outcome, units = outcome_of(here), here.units.at("village")
    found = rows_of(here.plan, outcome, here.supply, here.units, level="village", covered_share=0.5)
    for row, unit in zip(found, units, strict=False):
        points = np.flatnonzero(here.demand.unit == unit)
        alone = gap_of(here.plan, outcome, here.supply, points, covered=row.covered)
        assert row.reason == alone.reason
        assert row.nearest == nearest_facility(outcome, here.supply, alone.point)
