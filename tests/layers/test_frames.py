"""Frames come out in the shape a layer promises."""

from datetime import date

import pandas as pd
import pytest
import shapely

from layers.frames import DTYPES, layer_from_rows, typed_frame
from layers.model import LayerSpec
from layers.specs import CARE_FACILITY, PLACE_NAME, SPECS


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
@pytest.mark.parametrize("rows", [0, 2])
def test_every_layer_gets_every_column_in_order_and_typed(spec: LayerSpec, rows: int) -> None:
    frame = layer_from_rows(spec, [{"id": str(n), "name": "某处"} for n in range(rows)]).frame
    assert list(frame.columns) == [*spec.field_names, "geometry"]
    assert [str(frame[one.name].dtype) for one in spec.fields] == [
        str(DTYPES[one.kind]) for one in spec.fields
    ]
    assert list(frame.index) == list(range(rows))


def test_missing_values_are_null_and_never_zero() -> None:
    row = layer_from_rows(CARE_FACILITY, [{"id": "1", "name": "院"}]).frame.iloc[0]
    assert row["address"] is None
    assert row["beds"] is pd.NA
    assert row["opened_on"] is pd.NaT
    assert row.geometry is None


def test_a_missing_text_among_others_is_none() -> None:
    frame = layer_from_rows(PLACE_NAME, [{"id": "1", "name": "甲"}, {"id": "2", "name": float("nan")}]).frame
    assert frame["name"].tolist() == ["甲", None]


def test_columns_nobody_described_are_dropped() -> None:
    frame = typed_frame(PLACE_NAME, pd.DataFrame({"id": ["1"], "心情": ["好"]}, index=[7]))
    assert "心情" not in frame
    assert list(frame.index) == [0]


def test_dates_and_numbers_keep_their_values() -> None:
    given = {"id": "1", "beds": 2**53 + 1, "opened_on": date(1949, 10, 1), "geometry": shapely.Point(119, 31)}
    row = layer_from_rows(CARE_FACILITY, [given]).frame.iloc[0]
    assert row["beds"] == 2**53 + 1
    assert row["opened_on"] == pd.Timestamp("1949-10-01")


def test_the_frame_given_is_not_changed() -> None:
    mine = pd.DataFrame({"id": ["1"], "name": [None]}, index=[3])
    before = mine.copy()
    typed_frame(PLACE_NAME, mine)
    pd.testing.assert_frame_equal(mine, before)
