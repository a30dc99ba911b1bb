import json
from datetime import date

import pytest
from shapely import Point, Polygon, box

from api.features import areas_json, features_json
from api.served import Served
from layers.frames import layer_from_rows
from layers.specs import spec_of


def written(layer_id: str, **values):
    (text,) = features_json(layer_from_rows(spec_of(layer_id), [{"id": "a", "name": "甲", **values}]).frame)
    return json.loads(text)


def test_every_kind_of_value_comes_out_as_json():
    said = written("care_facility", beds=40, area_m2=12.5, opened_on=date(2020, 1, 2), geometry=Point(1, 2))
    properties = said["properties"]
    assert (properties["beds"], properties["area_m2"], properties["opened_on"]) == (40, 12.5, "2020-01-02")
    assert said["geometry"] == {"type": "Point", "coordinates": [1, 2]}


def test_missing_values_are_null_and_never_zero():
    properties = written("care_facility", geometry=Point(1, 2))["properties"]
    assert {properties[name] for name in ("beds", "area_m2", "opened_on", "address")} == {None}


def test_a_truth_value_stays_one():
    assert written("meal_point", delivers=True, geometry=Point(1, 2))["properties"]["delivers"] is True


@pytest.mark.parametrize("geometry", [None, Point(), Polygon()])
def test_no_geometry_and_an_empty_one_are_null(geometry):
    assert written("place_name", geometry=geometry)["geometry"] is None


def test_coordinates_have_seven_decimals_and_no_height():
    assert written("place_name", geometry=Point(1.123456789, 2, 99))["geometry"]["coordinates"] == [
        1.1234568,
        2,
    ]


def test_quotes_and_line_ends_in_a_name_stay_inside_it():
    frame = layer_from_rows(spec_of("place_name"), [{"id": '"', "name": 'a"\n\u2028</script>'}]).frame
    said = json.loads(features_json(frame)[0])
    assert (said["id"], said["properties"]["name"]) == ('"', 'a"\n\u2028</script>')


def test_areas_without_ids_are_numbered():
    frame = layer_from_rows(
        spec_of("no_burial_zone"), [{"id": "z", "name": "区", "geometry": box(0, 0, 1, 1)}]
    ).frame
    collection = json.loads(areas_json(frame.drop(columns=["id"])))
    assert [one["id"] for one in collection["features"]] == ["0"]


def test_a_tile_of_a_large_layer_read_from_the_store_holds_the_same_features(tiny, monkeypatch):
    served, bbox = Served.open(tiny, None), (119.4999, 31.0, 119.5025, 32.0)
    from_memory = served.around("place_name", signed_in=True, bbox=bbox)
    monkeypatch.setattr("api.served._DRAWN_FROM_MEMORY", 1)
    from_store = served.around("place_name", signed_in=True, bbox=bbox)
    served.close()
    assert list(from_memory["id"]) == list(from_store["id"]) == ["n0", "n1", "n2"]
