"""The picture of a case: what is on it, how big it is, and when there is none."""

import io

import numpy as np
import pytest
from document_cases import case
from PIL import Image

from layers.workspace import Settings, Workspace
from web.documents.plan import MOST_NAMESAKES, bar_length_m, draw, numbered


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def test_a_map_is_small_and_the_same_every_time(workspace):
    png = draw(workspace, case())
    assert png == draw(workspace, case())
    assert png.startswith(b"\x89PNG")
    assert len(png) <= 200_000


def test_a_map_prints_in_grey(workspace):
    colours = pixels(draw(workspace, case()))
    assert (colours.max(axis=2) - colours.min(axis=2)).max() < 100
    assert (colours.min(axis=2) < 60).any()


def test_a_case_without_a_place_has_no_map(workspace):
    assert draw(workspace, case(lon=None)) is None


def test_a_map_is_drawn_where_there_are_no_layers(tmp_path):
    with Workspace.create(tmp_path / "bare", Settings("320413", "金坛区")) as bare:
        assert draw(bare, case()) is not None


def test_the_roads_around_are_on_the_map(workspace, tmp_path):
    with Workspace.create(tmp_path / "bare", Settings("320413", "金坛区")) as bare:
        empty = pixels(draw(bare, case()))
    drawn = pixels(draw(workspace, case()))
    assert (drawn.sum(axis=2) < 700).sum() > 1.5 * (empty.sum(axis=2) < 700).sum()


def test_namesakes_are_numbered_by_distance_and_far_ones_stay_off_the_map():
    near, far = numbered(case())
    assert (near.number, near.name, near.on_map) == (1, "托斯卡纳苑", True)
    assert (far.number, far.on_map) == (2, False)


def test_at_most_six_namesakes_are_numbered_and_those_without_a_place_come_last():
    many = [{"id": str(at), "name": "甲", "distance_m": None if at == 0 else 1.0 * at} for at in range(20)]
    listed = numbered(case(namesakes=many))
    assert len(listed) == MOST_NAMESAKES
    assert listed[0].distance_m == 1.0
    assert numbered(case(namesakes=[many[0]]))[0].on_map is False


@pytest.mark.parametrize(
    ("width_m", "bar_m"), [(800, 100), (1000, 200), (5000, 1000), (24_000, 2000), (3, 1)]
)
def test_the_scale_bar_is_a_round_length_that_fits(width_m, bar_m):
    assert bar_length_m(width_m) == bar_m
