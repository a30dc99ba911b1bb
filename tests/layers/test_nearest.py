"""The index finds what a look at every distance finds."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.crs import geodesic_m
from layers.frames import layer_from_rows
from layers.nearest import PlaceIndex
from layers.specs import CARE_FACILITY

places = st.lists(
    st.tuples(st.floats(119.0, 119.9), st.floats(31.2, 31.9)), min_size=1, max_size=40, unique=True
)


def facilities(*at):
    rows = [{"id": str(n), "name": f"院{n}", "geometry": one} for n, one in enumerate(at)]
    return layer_from_rows(CARE_FACILITY, rows).frame


@given(places, st.tuples(st.floats(119.0, 119.9), st.floats(31.2, 31.9)))
def test_the_nearest_is_the_one_with_the_smallest_distance(at, here):
    lon, lat = np.array(at).T
    metres = geodesic_m(np.full(len(at), here[0]), np.full(len(at), here[1]), lon, lat)
    found = PlaceIndex(facilities(*map(shapely.Point, at))).nearest(*here, count=3)
    assert np.allclose([one.distance_m for one in found], np.sort(metres)[:3], atol=0.01)


def test_features_without_a_place_and_empty_layers_find_nothing():
    assert PlaceIndex(facilities()).nearest(119.5, 31.5, count=3) == ()
    assert PlaceIndex(facilities(None)).nearest(119.5, 31.5, count=3) == ()


def test_a_closed_facility_is_no_longer_found():
    index = PlaceIndex(facilities(shapely.Point(119.5, 31.5), shapely.Point(119.6, 31.5)))
    index.remove(0)
    assert [one.position for one in index.nearest(119.5, 31.5, count=2)] == [1]


def test_an_area_is_found_by_a_point_inside_it():
    (found,) = PlaceIndex(facilities(shapely.box(119.5, 31.5, 119.51, 31.51))).nearest(
        119.505, 31.505, count=1
    )
    assert found.distance_m < 800
