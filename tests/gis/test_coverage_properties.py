"""What must hold between the definitions of coverage, whatever the data."""

from pathlib import Path

import pytest
from coverage_town import ON, facility, grid_roads, line, people, town, village
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.coverage import CoverageRequest, cover

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
