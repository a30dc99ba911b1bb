"""The small tools the fictional district is drawn with."""

import io
import struct
import zipfile

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.samples.curves import evenly, meander, rounded
from data.samples.people import parted
from data.samples.plane import degrees, gcj02, written
from data.samples.shapefile import shapefile_parts
from data.samples.words import Register, Word, sound, spelled, word
from data.samples.writing import packed
from layers.crs import wgs84_to_gcj02


@given(
    st.integers(0, 100_000),
    st.lists(st.floats(0.0, 1e4, allow_subnormal=False), min_size=1, max_size=40).filter(
        lambda w: sum(w) > 1e-3
    ),
)
def test_parts_are_whole_and_add_up(total, weights):
    parts = parted(total, np.array(weights))
    assert parts.sum() == total
    assert (parts >= 0).all()


def test_nothing_is_parted_over_no_weight():
    assert parted(5, np.zeros(3)).tolist() == [0, 0, 0]


def test_rounding_keeps_the_ends_of_a_line():
    line = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]])
    soft = rounded(line)
    assert np.array_equal(soft[[0, -1]], line[[0, -1]])
    assert len(soft) > len(line)


def test_rounding_keeps_a_ring_closed():
    ring = rounded(np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 0.0]]))
    assert np.array_equal(ring[0], ring[-1])


def test_a_meander_keeps_its_ends():
    line = evenly(np.array([[0.0, 0.0], [9000.0, 0.0]]), step_m=100)
    swung = meander(line, np.random.default_rng(1), swing_m=300, wave_m=2000)
    assert np.allclose(swung[[0, -1]], line[[0, -1]])
    assert np.abs(swung[:, 1]).max() > 50


def test_local_metres_become_degrees_near_the_drawn_place():
    ((lon, lat),) = degrees(np.array([[20_600.0, 17_700.0]]))
    assert (lon, lat) == (pytest.approx(119.29, abs=0.02), pytest.approx(31.58, abs=0.02))


def test_the_zone_prefix_is_the_only_difference_of_the_two_grids():
    spot = np.array([[100.0, 200.0]])
    assert (written(spot, "EPSG:4528") - written(spot, "EPSG:4549")).tolist() == [[40_000_000.0, 0.0]]


def test_gcj02_is_the_shift_the_import_takes_back():
    lonlat = degrees(np.random.default_rng(3).uniform(0, 30_000, (50, 2)))
    east, north = wgs84_to_gcj02(lonlat[:, 0], lonlat[:, 1])
    assert np.allclose(gcj02(lonlat), np.column_stack([east, north]), atol=1e-9)


def test_words_join_with_an_apostrophe_before_a_vowel():
    assert (word("西 xī") + word("安 ān")).reading == "xī'ān"


def test_names_are_spelled_part_by_part():
    assert spelled(word("人民 rénmín"), word("路 lù")) == "Rénmín Lù"


def test_a_register_refuses_what_sounds_the_same_without_tones():
    register = Register()
    assert register.claim(Word("春晖", "chūnhuī"))
    assert not register.claim(Word("春辉", "chūnhuī"))
    assert sound("Lǜ'àn") == "luan"


def test_a_zip_has_the_same_bytes_each_time():
    first = packed({"a.txt": b"a"})
    assert first == packed({"a.txt": b"a"})
    assert zipfile.ZipFile(io.BytesIO(first)).read("a.txt") == b"a"


def test_a_shapefile_header_tells_its_length_and_bounds():
    rows = [{"编号": "1", "长度": 2.5}]
    parts = shapefile_parts(rows, [shapely.LineString([(0, 0), (3, 4)])], "gbk")
    assert struct.unpack(">i", parts[".shp"][24:28])[0] * 2 == len(parts[".shp"])
    assert struct.unpack("<4d", parts[".shp"][36:68]) == (0.0, 0.0, 3.0, 4.0)


def test_a_polygon_with_a_hole_is_written_clockwise_outside():
    block = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    record = shapefile_parts([{"编号": "1"}], [block], "gbk")[".shp"][108:]
    assert struct.unpack("<2i", record[36:44]) == (2, 10)
    outer = np.frombuffer(record[52 : 52 + 5 * 16], dtype="<f8").reshape(-1, 2)
    assert not shapely.is_ccw(shapely.LinearRing(outer))
