"""Entries of the gazetteer and how complete they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from gis.names.gazetteer import check_gazetteer, completeness, degrees_minutes_seconds, entries
from layers.findings import Severity, calls_for_action
from layers.frames import layer_from_rows
from layers.place_type_codes import default_code, place_type_codes
from layers.specs import spec_of
from layers.vocabulary import vocabulary

DAY = date(2026, 11, 21)
WHOLE = {
    "id": "p1",
    "name": "清溪村",
    "specific": "清溪",
    "generic": "村",
    "entity_class": "settlement",
    "place_type_code": "22200",
    "place_code": "32041310022200000001",
    "pinyin": "Qīngxī Cūn",
    "meaning": "溪水清",
    "origin": "以溪得名",
    "approval": "云民〔1988〕3号",
    "former_names": "清水村;溪上",
    "unit_code": "320413100201",
    "geometry": Point(119.57, 31.75),
}


def names(*rows):
    return layer_from_rows(spec_of("place_name"), rows)


def test_an_entry_says_what_the_register_says():
    (one,) = entries(names(WHOLE))
    assert (one.name, one.pinyin, one.type_code, one.former_names) == (
        "清溪村",
        "Qīngxī Cūn",
        "22200",
        "清水村、溪上",
    )
    assert one.position == "东经119°34′12″，北纬31°45′00″"
    assert one.type_label.zh == "农村居民点"
    assert one.town == "320413100"
    assert one.filled == frozenset()


def test_what_the_program_fills_in_is_named():
    (one,) = entries(names({"id": "p1", "name": "清溪村"}))
    assert one.filled == {"specific", "generic", "entity_class", "type_code", "pinyin"}
    assert (one.specific, one.generic, one.type_code) == ("清溪", "村", "22200")
    assert one.pinyin.startswith("Qīng")


def test_a_community_and_a_village_get_their_own_class_codes():
    made = entries(names({"id": "a", "name": "东门社区居民委员会"}, {"id": "b", "name": "清溪村民委员会"}))
    assert [one.type_code for one in made] == ["21620", "21610"]


def test_only_standard_names_have_entries():
    rows = [
        {"id": status, "name": "某路", "status": status}
        for status in ("standard", "proposed", "historic", "nonstandard")
    ]
    assert [one.id for one in entries(names(*rows, {"id": "z", "name": "某街"}))] == ["standard", "z"]


def test_an_empty_register_has_no_entries_and_is_counted_as_nothing():
    counted = completeness(names(), on=DAY)
    assert entries(names()) == []
    assert (counted.entries, counted.complete, dict(counted.classes)) == (0, 0, {})
    assert counted.as_json()["fields"][0]["share"] is None


def test_a_town_is_told_by_code_or_by_place():
    units = layer_from_rows(
        spec_of("admin_unit"),
        [
            {
                "id": "t",
                "name": "清溪镇",
                "code": "320413100000",
                "level": "town",
                "geometry": box(119, 31, 120, 32),
            }
        ],
    )
    layer = names(
        WHOLE,
        {"id": "p2", "name": "外村", "geometry": Point(121, 31.5)},
        {**WHOLE, "id": "p3", "unit_code": None},
    )
    assert [one.id for one in entries(layer, units=units, town="320413100000")] == ["p1", "p3"]
    assert [one.id for one in entries(layer, town="320413100")] == ["p1"]


@pytest.mark.parametrize(
    ("lon", "lat", "written"),
    [
        (119.99999, 31.0, "东经120°00′00″，北纬31°00′00″"),
        (-0.5, -33.25, "西经0°30′00″，南纬33°15′00″"),
        (None, 31.0, ""),
        (float("nan"), 31.0, ""),
    ],
)
def test_positions_are_written_in_degrees_minutes_seconds(lon, lat, written):
    assert degrees_minutes_seconds(lon, lat) == written


@given(lon=st.floats(-180, 180), lat=st.floats(-90, 90))
def test_minutes_and_seconds_never_reach_sixty(lon, lat):
    written = degrees_minutes_seconds(lon, lat)
    assert "60′" not in written.replace("160′", "")
    assert "60″" not in written


def test_a_whole_entry_has_no_finding_and_counts_as_complete():
    layer = names(WHOLE)
    assert check_gazetteer(layer, DAY) == []
    assert completeness(layer, on=DAY).complete == 1


def test_an_incomplete_entry_says_what_is_missing():
    (one,) = check_gazetteer(names({**WHOLE, "meaning": None, "place_code": " "}), DAY)
    assert one.message.zh == "词条不完整，缺 2 项：地名代码、地名含义。"
    assert one.evidence["missing"] == ["place_code", "meaning"]
    assert (one.code, one.severity, calls_for_action(one)) == ("names.entry-incomplete", Severity.NOTE, False)


def test_an_entry_that_cannot_be_submitted_has_to_be_looked_at():
    (one,) = check_gazetteer(names({**WHOLE, "pinyin": None, "geometry": None}), DAY)
    assert one.severity is Severity.REVIEW


def test_a_class_code_that_is_not_five_digits_counts_as_missing_and_is_named():
    (one,) = check_gazetteer(names({**WHOLE, "place_type_code": "2220"}), DAY)
    assert one.message.zh.endswith("类别代码“2220”不是五位数字。")
    assert one.evidence["code"] == "2220"


def test_a_machine_reading_does_not_make_an_entry_complete():
    counted = completeness(names({**WHOLE, "pinyin": None}), on=DAY)
    shares = {one.field: one.filled for one in counted.fields}
    assert (counted.complete, shares["pinyin"], shares["origin"]) == (0, 0, 1)


def test_classes_add_up_to_the_whole():
    layer = names(WHOLE, {"id": "r", "name": "中心路", "entity_class": "road"}, {"id": "x", "name": "甲"})
    counted = completeness(layer, on=DAY)
    assert sum(one.entries for one in counted.classes.values()) == counted.entries == 3
    assert list(counted.classes) == ["road", "settlement", ""]


def test_a_line_has_a_point_on_itself():
    (one,) = entries(names({**WHOLE, "geometry": LineString([(119.5, 31.7), (119.6, 31.7)])}))
    assert (one.lat, 119.5 <= one.lon <= 119.6) == (31.7, True)


def test_every_known_code_belongs_to_a_class_that_exists():
    classes = vocabulary("name_class")
    assert all(one.entity_class in classes and len(one.code) == 5 for one in place_type_codes().values())
    assert default_code("road") == ""
