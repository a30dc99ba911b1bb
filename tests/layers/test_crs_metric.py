import geopandas as gpd
import numpy as np
import pytest
import shapely

from layers.crs import geodesic_m, metric_crs, to_metric


@pytest.mark.parametrize(
    ("lon", "epsg"), [(119.6, 4549), (121.84, 4550), (104.06, 4544), (118.4, 4548), (73.6, 4534)]
)
def test_data_in_china_gets_its_three_degree_zone(lon, epsg):
    assert metric_crs((lon - 0.1, 30, lon + 0.1, 31)).to_epsg() == epsg


def test_data_elsewhere_gets_a_zone_of_its_own():
    system = metric_crs((103.8, 1.3, 103.9, 1.4))
    assert system.axis_info[0].unit_name == "metre"
    assert "103.8" in system.name


def test_nothing_to_measure_still_gives_a_system_in_metres():
    assert metric_crs((np.nan, np.nan, np.nan, np.nan)).to_epsg() == 4544


@pytest.mark.parametrize("place", [(119.6, 31.7), (103.85, 1.33), (9.5, 47.1)])
def test_a_buffer_is_as_wide_as_it_says(place):
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(place)], crs="EPSG:4490")
    circle = to_metric(frame).buffer(500, quad_segs=90).to_crs("EPSG:4490").iloc[0]
    rim = shapely.get_coordinates(circle)
    assert geodesic_m(*place, rim[:, 0], rim[:, 1]) == pytest.approx(500, abs=0.3)


def test_distances_are_ellipsoidal():
    assert geodesic_m(120, 0, 121, 0)[()] == pytest.approx(6_378_137 * np.pi / 180, abs=1e-6)


def test_no_distances_for_no_points():
    assert geodesic_m([], [], [], []).shape == (0,)
