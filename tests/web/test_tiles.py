import itertools
import math

import geopandas as gpd
import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from web.tiles import EXTENT, TARGET_BYTES, encode_tile, tile_bounds

HERE = (119.44, 31.64)


def address(zoom, lon=HERE[0], lat=HERE[1]):
    side = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return zoom, int((lon + 180) / 360 * side), int(y * side)


def frame(shapes, **columns):
    rows = {"id": [str(i) for i in range(len(shapes))]} | columns
    return gpd.GeoDataFrame(rows, geometry=list(shapes), crs="EPSG:4490")


def features(tile, layer_id):
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})[layer_id]["features"]


def test_a_tile_carries_id_name_and_kind_and_nothing_else():
    shown = frame([shapely.Point(HERE)], name=["测试点"], kind=["care_home"], contact=["院长某"])
    [feature] = features(encode_tile(shown, *address(16), "care_facility"), "care_facility")
    assert feature["properties"] == {"id": "0", "name": "测试点", "kind": "care_home"}


def test_a_missing_value_is_left_out():
    [feature] = features(
        encode_tile(frame([shapely.Point(HERE)], name=[None]), *address(16), "shelter"), "shelter"
    )
    assert feature["properties"] == {"id": "0"}


@pytest.mark.parametrize("shapes", [[], [None], [shapely.Point(10, 10)], [shapely.Point()]])
def test_nothing_in_the_tile_gives_no_bytes(shapes):
    assert encode_tile(frame(shapes, name=["x"] * len(shapes)), *address(12), "shelter") == b""


@settings(max_examples=40, deadline=None)
@given(lon=st.floats(73, 135), lat=st.floats(3, 54), zoom=st.integers(9, 18))
def test_a_point_comes_back_where_it_was(lon, lat, zoom):
    z, x, y = address(zoom, lon, lat)
    [feature] = features(encode_tile(frame([shapely.Point(lon, lat)]), z, x, y, "shelter"), "shelter")
    west, south, east, north = tile_bounds(z, x, y, buffer=0)
    across, down = feature["geometry"]["coordinates"]
    assert west + across / EXTENT * (east - west) == pytest.approx(lon, abs=(east - west) / EXTENT)
    assert north - down / EXTENT * (north - south) == pytest.approx(lat, abs=(north - south) / 100)


def test_shapes_are_cut_a_little_outside_the_tile():
    wide = shapely.LineString([(118, HERE[1]), (121, HERE[1])])
    shown = frame([wide], name=["长路"], road_class=["primary"])
    [feature] = features(encode_tile(shown, *address(14), "road"), "road")
    across = [point[0] for point in feature["geometry"]["coordinates"]]
    assert min(across) == -160
    assert max(across) == EXTENT + 160


def test_minor_roads_wait_for_a_closer_look():
    line = shapely.LineString([HERE, (HERE[0] + 0.02, HERE[1])])
    shown = frame([line, line], name=["大路", "小径"], road_class=["primary", "path"])
    kinds = {
        zoom: {
            one["properties"]["kind"] for one in features(encode_tile(shown, *address(zoom), "road"), "road")
        }
        for zoom in (11, 14)
    }
    assert kinds == {11: {"primary"}, 14: {"primary", "path"}}


def test_pieces_of_one_road_become_one_feature():
    points = [(HERE[0] + i * 0.002, HERE[1]) for i in range(6)]
    pieces = [shapely.LineString([one, other]) for one, other in itertools.pairwise(points)]
    shown = frame(pieces, name=["长路"] * 5, road_class=["primary"] * 5)
    assert len(features(encode_tile(shown, *address(14), "road"), "road")) == 1


def test_crowded_points_become_one_with_their_count():
    shown = frame([shapely.Point(HERE)] * 7, name=[f"第{i}" for i in range(7)])
    [feature] = features(encode_tile(shown, *address(10), "shelter"), "shelter")
    assert feature["properties"]["count"] == 7
    assert len(features(encode_tile(shown, *address(15), "shelter"), "shelter")) == 7


def test_counts_add_up_to_all_points_of_a_tile():
    rng = np.random.default_rng(1)
    west, south, east, north = tile_bounds(*address(11), buffer=0)
    shown = frame(shapely.points(rng.uniform(west, east, 900), rng.uniform(south, north, 900)))
    counts = [
        one["properties"].get("count", 1) for one in features(encode_tile(shown, *address(11), "x"), "x")
    ]
    assert len(counts) < 900
    assert sum(counts) == 900


def test_a_crowded_tile_stays_small():
    rng = np.random.default_rng(2)
    west, south, east, north = tile_bounds(*address(15))
    shown = frame(
        shapely.points(rng.uniform(west, east, 9000), rng.uniform(south, north, 9000)),
        name=[f"一个相当长的地名{i}" for i in range(9000)],
    )
    assert 1000 < len(encode_tile(shown, *address(15), "place_name")) <= TARGET_BYTES


def test_a_river_is_water_and_a_street_called_river_is_not():
    line = shapely.LineString([HERE, (HERE[0] + 0.01, HERE[1])])
    shown = frame([line, line], name=["大河", "大河"], generic=["河", "河"], entity_class=["natural", "road"])
    surfaces = [
        one["properties"]["surface"]
        for one in features(encode_tile(shown, *address(14), "place_name"), "place_name")
    ]
    assert surfaces == ["water", "place"]


def test_the_frame_is_not_changed():
    shown = frame([shapely.Point(HERE)], name=["测试点"])
    before = shown.copy()
    encode_tile(shown, *address(12), "shelter")
    assert shown.equals(before)


def test_neighbouring_tiles_meet():
    z, x, y = address(12)
    assert tile_bounds(z, x, y, buffer=0)[2] == pytest.approx(
        tile_bounds(z, x + 1, y, buffer=0)[0], abs=1e-12
    )
    assert tile_bounds(z, x, y, buffer=0)[1] == pytest.approx(
        tile_bounds(z, x, y + 1, buffer=0)[3], abs=1e-12
    )


def test_buildings_are_drawn_close_up_only():
    house = frame([shapely.Point(HERE).buffer(0.0002)], name=["一幢"], kind=["residential"])
    assert encode_tile(house, *address(13), "building") == b""
    [feature] = features(encode_tile(house, *address(16), "building"), "building")
    assert feature["properties"] == {"id": "0", "name": "一幢", "kind": "residential"}
