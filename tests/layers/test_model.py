"""A layer keeps its promises or is not made."""

from dataclasses import FrozenInstanceError

import pytest
import shapely

from layers.errors import InputError, NotFoundError
from layers.frames import layer_from_rows
from layers.model import Layer, Provenance
from layers.specs import PLACE_NAME

ROWS = [{"id": "1", "name": "桥", "geometry": shapely.Point(119, 31)}, {"id": "2", "name": "亭"}]
FRAME = layer_from_rows(PLACE_NAME, ROWS).frame


def test_a_layer_counts_its_features_and_knows_its_id() -> None:
    layer = Layer(PLACE_NAME, FRAME)
    assert (len(layer), layer.id, layer.provenance) == (2, "place_name", Provenance())


def test_a_layer_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Layer(PLACE_NAME, FRAME).frame = FRAME  # type: ignore[misc]


def test_a_frame_with_other_columns_is_refused_naming_them() -> None:
    with pytest.raises(InputError, match=r"place_name 的列不符：\['floors', 'storeys'\]。"):
        Layer(PLACE_NAME, FRAME.rename(columns={"floors": "storeys"}))


def test_a_frame_in_another_crs_is_refused() -> None:
    with pytest.raises(InputError, match="place_name 的坐标系是 EPSG:3857，应为 EPSG:4490。"):
        Layer(PLACE_NAME, FRAME.set_crs(3857, allow_override=True))


def test_a_doubled_id_is_refused_naming_it() -> None:
    with pytest.raises(InputError, match="place_name 有重复的 id：1。"):
        layer_from_rows(PLACE_NAME, [ROWS[0], ROWS[0]])


def test_a_field_is_found_by_name_or_the_known_ones_are_named() -> None:
    assert PLACE_NAME.field("pinyin").label.zh == "汉语拼音"
    with pytest.raises(NotFoundError) as refused:
        PLACE_NAME.field("pingyin")
    assert refused.value.message.zh == "图层“标准地名”（place_name）没有字段 pingyin。"
    assert "pinyin" in refused.value.hint.zh
