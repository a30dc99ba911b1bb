"""Service areas for drawing."""

import numpy as np
import pytest
from coverage_town import ON, facility, grid_roads, point, town

from gis.coverage import CoverageRequest, service_areas
from layers.crs import to_metric


def areas(workspace, **asked):
    return service_areas(workspace, CoverageRequest(on=ON, **asked))


def test_the_band_is_drawn_widest_first(tmp_path):
    found = areas(town(tmp_path, care_facility=[facility(500, 500)], road=grid_roads(8, 200)), within_min=5)
    assert found["speed_m_s"].tolist() == [1.3, 1.0, 0.76]
    assert found["limit_m"].tolist() == pytest.approx([390, 300, 228])
    assert found.geometry.iloc[0].area > found.geometry.iloc[1].area > found.geometry.iloc[2].area
    assert found.crs.to_epsg() == 4490


def test_a_straight_area_is_a_circle_and_overlaps_are_dissolved(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0), facility(1, 0)])
    found = areas(workspace, within_m=300, travel="straight")
    assert to_metric(found).area.iloc[0] == pytest.approx(np.pi * 300**2, rel=0.01)
    assert found["speed_m_s"].isna().all()


def test_an_area_by_road_keeps_to_the_roads(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(400, 400)], road=grid_roads(4, 400))
    shape = areas(workspace, within_m=300).geometry.iloc[0]
    assert shape.contains(point(400, 650))
    assert not shape.contains(point(600, 600))


def test_there_is_nothing_to_draw_for_presence_or_without_facilities(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0, state="planned")])
    assert len(areas(workspace, definition="C1")) == 0
    assert len(areas(workspace, within_m=300)) == 0
