import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.crs import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    geodesic_m,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

CLOSES_TO_M = 1e-7
OFF_THE_KINK = st.floats(74, 134).filter(lambda lon: abs(lon - 105) > 1e-6)
IN_CHINA = st.lists(st.tuples(OFF_THE_KINK, st.floats(4, 53)), min_size=1, max_size=50)


@pytest.mark.parametrize(
    ("there", "back"),
    [(wgs84_to_gcj02, gcj02_to_wgs84), (gcj02_to_bd09, bd09_to_gcj02), (wgs84_to_bd09, bd09_to_wgs84)],
)
@settings(deadline=None)
@given(points=IN_CHINA)
def test_a_round_trip_closes_to_a_ten_millionth_of_a_metre(there, back, points):
    lon, lat = np.array(points).T
    assert geodesic_m(lon, lat, *back(*there(lon, lat))).max() < CLOSES_TO_M


def test_on_the_kink_of_the_formula_a_round_trip_closes_to_a_millionth():
    assert geodesic_m(105.0, 4.0, *gcj02_to_wgs84(*wgs84_to_gcj02(105.0, 4.0))) < 1e-6


def test_the_gcj02_offset_in_the_seed_area_is_about_half_a_kilometre():
    generator = np.random.default_rng(20260101)
    lon, lat = generator.uniform(118.5, 122.3, 20_000), generator.uniform(29.5, 32.5, 20_000)
    offset_m = geodesic_m(lon, lat, *wgs84_to_gcj02(lon, lat))
    assert np.median(offset_m) == pytest.approx(501, abs=2)
    assert offset_m.max() < 574


@pytest.mark.parametrize("place", [(119.57, 31.72), (120.95, 31.53), (121.84, 29.9)])
def test_the_bd09_offset_is_a_good_kilometre(place):
    offset_m = geodesic_m(*place, *wgs84_to_bd09(*place))
    assert 1090 < offset_m < 1210


def test_nothing_is_shifted_outside_china():
    lon, lat = wgs84_to_gcj02(24.9, 60.2)
    assert (lon, lat) == (24.9, 60.2)


def test_missing_coordinates_stay_missing():
    lon, lat = gcj02_to_wgs84([np.nan, 119.0], [np.nan, 31.0])
    assert np.isnan(lon[0])
    assert np.isfinite(lat[1])


def test_no_points_give_no_points():
    lon, lat = bd09_to_wgs84([], [])
    assert len(lon) == len(lat) == 0
