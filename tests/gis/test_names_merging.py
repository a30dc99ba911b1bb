"""Roads of one name are merged, and lines of two names over each other are told."""

import pytest
from shapely import LineString, Point

from gis.names import check_names
from gis.names.merging import merged_roads
from gis.names.register import candidates_from_layer
from layers.frames import layer_from_rows
from layers.specs import spec_of


def _layer(*rows):
    return layer_from_rows(spec_of("place_name"), rows)


def _road(road_id, name, *points):
    return {"id": road_id, "name": name, "entity_class": "road", "geometry": LineString(points)}


def _overlaid(*rows):
    return {one.id: one.overlaid_by for one in candidates_from_layer(_layer(*rows), "320413")}


def test_segments_that_touch_are_one_road_under_the_least_id():
    layer = _layer(
        _road("b", "人民路", (119.51, 31.7), (119.52, 31.7)),
        _road("a", "人民路", (119.50, 31.7), (119.51, 31.7)),
    )
    assert list(merged_roads(layer.frame)["id"]) == ["a"]


def _merged(*rows, layer_id="road"):
    return list(merged_roads(layer_from_rows(spec_of(layer_id), rows).frame)["id"])


def _way(road_id, name, road_class, *points):
    return {"id": road_id, "name": name, "road_class": road_class, "geometry": LineString(points)}


def test_carriageways_and_gaps_at_junctions_are_one_road():
    south = _way("a", "西源大道", "primary", (119.50, 31.7), (119.51, 31.7))
    north = _way("b", "西源大道", "primary", (119.50, 31.7005), (119.51, 31.7005))
    beyond = _way("c", "西源大道", "primary", (119.5128, 31.7), (119.52, 31.7))
    assert _merged(south, north, beyond) == ["a"]


@pytest.mark.parametrize(
    ("name", "road_class", "kept"),
    [
        ("交通路", "secondary", ["a", "b"]),
        ("成环路", "trunk", ["a"]),
        ("青龙高速", "motorway", ["a"]),
        ("第二绕城高速", "primary", ["a"]),
    ],
)
def test_pieces_two_kilometres_apart_are_one_road_on_trunk_roads_only(name, road_class, kept):
    near = _way("a", name, road_class, (119.50, 31.7), (119.51, 31.7))
    far = _way("b", name, road_class, (119.53, 31.7), (119.54, 31.7))
    assert _merged(near, far) == kept


def test_expressways_of_one_name_are_one_in_a_county_but_not_in_two():
    rows = [
        {"id": one, "name": "成简快速路", "unit_code": code, "entity_class": "road",
         "geometry": LineString([(119.5 + at, 31.7), (119.51 + at, 31.7)])}
        for at, (one, code) in enumerate((("a", "320413101000"), ("b", "320413102000"), ("c", "320481101000")))
    ]  # fmt: skip
    assert _merged(*rows, layer_id="place_name") == ["a", "c"]


def test_a_line_of_another_name_over_a_road_is_told_on_both():
    found = _overlaid(
        _road("a", "人民路", (119.50, 31.7), (119.52, 31.7)),
        _road("b", "人民路", (119.52, 31.7), (119.54, 31.7)),
        _road("c", "中央街", (119.525, 31.70001), (119.535, 31.70001)),
    )
    assert found == {"a": ("中央街",), "c": ("人民路",)}


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("解放路", ((119.51, 31.69), (119.51, 31.71))),
        ("人民西路", ((119.48, 31.7), (119.50, 31.7))),
        ("后街", ((119.50, 31.701), (119.52, 31.701))),
        ("内环高架路", ((119.50, 31.7), (119.52, 31.7))),
        ("人民路", ((119.50, 31.7), (119.51, 31.7))),
    ],
    ids=["crosses", "meets", "runs beside", "is a viaduct", "has the same name"],
)
def test_roads_that_rightly_have_two_names_are_left_alone(name, points):
    found = _overlaid(_road("a", "人民路", (119.50, 31.7), (119.52, 31.7)), _road("b", name, *points))
    assert set(found.values()) == {()}


def test_two_names_on_one_road_are_reviewed_as_one_place_with_several_names():
    layer = _layer(
        _road("a", "人民路", (119.50, 31.7), (119.52, 31.7)),
        _road("b", "青龙街", (119.50, 31.7), (119.515, 31.7)),
    )
    found = [one for one in check_names(layer, ("national-2022",), "320413") if "road" in one.code]
    assert [(one.feature_id, one.category, one.severity.value, one.message.zh) for one in found] == [
        ("a", "一地多名", "review", "同一段道路上另有名称“青龙街”。"),
        ("b", "一地多名", "review", "同一段道路上另有名称“人民路”。"),
    ]


def test_points_and_single_lines_are_kept_as_they_are():
    layer = _layer(
        {"id": "p", "name": "云溪花园", "geometry": Point(119.5, 31.7)},
        _road("a", "人民路", (119.50, 31.7), (119.52, 31.7)),
    )
    assert set(merged_roads(layer.frame)["id"]) == {"p", "a"}


def test_expressways_without_a_unit_are_one_by_their_name():
    near = _road("a", "成简快速路", (119.50, 31.7), (119.51, 31.7))
    far = _road("b", "成简快速路", (119.90, 31.7), (119.91, 31.7))
    assert _merged(near | {"unit_code": None}, far | {"unit_code": None}, layer_id="place_name") == ["a"]
