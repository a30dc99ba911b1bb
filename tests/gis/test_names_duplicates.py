"""Names that are the same, or sound the same, inside their legal scope."""

import pytest
from shapely import LineString, Point

from gis.names import Candidate, check_candidates, check_name, check_names, load_packs
from layers.frames import layer_from_rows
from layers.specs import spec_of

NATIONAL = load_packs(("national-2022",))


def _codes(*named, **shared):
    candidates = [
        Candidate(id=str(at), name=name, jurisdiction=code, **shared) for at, (name, code) in enumerate(named)
    ]
    return {(one.code, one.severity.value) for one in check_candidates(candidates, NATIONAL)}


@pytest.mark.parametrize(
    ("name", "entity_class", "here", "there"),
    [
        ("云溪镇", "division", "320413100", "320981"),
        ("新河村村委会", "committee", "320413100", "320413101"),
        ("人民路", "road", "320413100", "320413101"),
        ("云溪花园", "residential", "320413", "320413"),
    ],
)
def test_the_same_name_inside_the_scope_of_its_class_is_found(name, entity_class, here, there):
    assert "names.exact-duplicate" in {
        code for code, _ in _codes((name, here), (name, there), entity_class=entity_class)
    }


@pytest.mark.parametrize(
    ("name", "entity_class", "there"),
    [
        ("云溪镇", "division", "330413"),
        ("新河村村委会", "committee", "320402"),
        ("人民路", "road", "320402"),
        ("云溪花园", "residential", "320402"),
        ("云溪桥村", "settlement", "320413"),
        ("云溪山", "natural", "320413"),
    ],
)
def test_the_same_name_outside_the_scope_is_none_of_our_business(name, entity_class, there):
    assert _codes((name, "320413"), (name, there), entity_class=entity_class) == set()


def test_names_of_two_classes_are_not_compared():
    candidates = [
        Candidate(id="1", name="云溪花园", entity_class="residential", jurisdiction="320413"),
        Candidate(id="2", name="云溪花园", entity_class="park", jurisdiction="320413"),
    ]
    assert check_candidates(candidates, NATIONAL) == []


def test_a_jurisdiction_too_coarse_for_the_scope_is_not_compared():
    assert _codes(("人民路", "32"), ("人民路", "32")) == set()


def test_a_village_and_its_community_are_a_note():
    assert _codes(("新河村委会", "320413"), ("新河社区居委会", "320413")) == {("names.same-specific", "note")}


def test_parts_of_one_estate_are_a_note_with_their_distance():
    near = [
        Candidate(id=str(at), name="云溪花园", jurisdiction="320413", lon=119.5, lat=31.7 + at / 1000)
        for at in (0, 1)
    ]
    finding = check_candidates(near, NATIONAL)[0]
    assert (finding.severity, finding.evidence["namesakes"][0]["distance_m"]) == ("note", 111)


def _roads(*named):
    roads = [
        Candidate(id=str(at), name=name, jurisdiction="320413", lon=119.5, lat=31.7 + km / 111.2)
        for at, (name, km) in enumerate(named)
    ]
    return {(one.code, one.severity.value) for one in check_candidates(roads, NATIONAL)}


def test_a_road_that_may_have_a_gap_is_reviewed_and_two_roads_far_apart_are_suspect():
    assert _roads(("人民路", 0), ("人民路", 1)) == {("names.exact-duplicate", "review")}
    assert _roads(("人民路", 0), ("人民路", 9)) == {("names.exact-duplicate", "suspect")}


def test_a_lane_beside_its_road_is_a_note_and_one_across_town_is_reviewed():
    assert _roads(("青龙路", 0), ("青龙街", 1)) == {("names.same-specific", "note")}
    assert _roads(("青龙路", 0), ("青龙街", 9)) == {("names.same-specific", "review")}


def test_the_evidence_says_that_the_built_up_area_is_approximated():
    roads = [Candidate(id=str(at), name="人民路", jurisdiction="320413") for at in (0, 1)]
    assert check_candidates(roads, NATIONAL)[0].evidence["scope_is_approximate"] is True


def test_a_homophone_with_the_same_tones_weighs_more_than_one_without():
    assert _codes(("东洪路", "320413"), ("东虹路", "320413")) == {("names.homophone", "review")}
    assert _codes(("兴福小区", "320413"), ("幸福小区", "320413")) == {("names.homophone", "note")}


def test_names_that_differ_by_a_modifier_or_a_look_alike_character_are_reviewed():
    assert _codes(("锦江苑", "510107"), ("新锦江苑", "510107")) == {("names.modifier-duplicate", "review")}
    assert _codes(("未名路", "320413"), ("末名路", "320413")) == {("names.look-alike", "review")}
    assert _codes(("乌山村委会", "320413"), ("鸟山村委会", "320413")) == {("names.look-alike", "note")}


def test_a_village_and_a_community_that_sound_the_same_are_found():
    assert _codes(("新富村", "320413"), ("新复社区", "320413"), entity_class="committee") == {
        ("names.homophone", "note")
    }


def test_a_pack_that_ignores_tones_reviews_what_the_nation_only_notes():
    names = [Candidate(id=name, name=name, jurisdiction="340705") for name in ("兴福小区", "幸福小区")]
    strict = check_candidates(names, load_packs(("tongling",)))
    assert {one.severity.value for one in strict if one.code == "names.homophone"} == {"review"}


def test_a_pack_that_goes_by_the_specific_part_compares_sounds_without_the_generic_part():
    roads = [Candidate(id=name, name=name, jurisdiction="330203") for name in ("东洪路", "东虹街")]
    found = check_candidates(roads, load_packs(("ningbo",)))
    assert "names.homophone" in {one.code for one in found}
    assert "names.homophone" not in {one.code for one in check_candidates(roads, NATIONAL)}


def test_the_evidence_names_the_namesakes_with_place_distance_and_grade():
    roads = [
        Candidate(id=str(at), name=name, jurisdiction="320413", lon=119.5 + at / 10, lat=31.7)
        for at, name in enumerate(["东洪路", "东虹路"])
    ]
    evidence = check_candidates(roads, NATIONAL)[0].evidence
    assert evidence["namesakes"] == [
        {
            "id": "1",
            "layer": "place_name",
            "name": "东虹路",
            "lon": 119.6,
            "lat": 31.7,
            "distance_m": 9461,
            "grade": "tonal",
        }
    ]


def _named(**facts):
    return {
        (one.code, one.severity.value) for one in check_name(Candidate(name="云溪新苑", **facts), NATIONAL)
    }


def test_an_advertised_name_beside_the_standard_one_is_reviewed():
    assert ("names.registered-name", "review") in _named(marketing_names=("云溪一品",))
    assert ("names.registered-name", "review") not in _named(marketing_names=("云溪新苑(二期)",))


def test_a_former_name_in_use_is_told_as_such():
    finding = next(
        one
        for one in check_name(
            Candidate(name="云溪新苑", registered_name="云溪家园", former_names=("云溪新苑",)), NATIONAL
        )
        if one.code == "names.registered-name"
    )
    assert finding.message.zh == "在用名“云溪新苑”是旧名，标准名称为“云溪家园”。"


def test_two_names_registered_as_one_are_reviewed_as_one_place_with_several_names():
    both = [
        Candidate(
            id=name,
            name=name,
            entity_class="residential",
            registered_name="云溪苑",
            jurisdiction="320413",
        )
        for name in ("云溪一品", "云溪新苑")
    ]
    found = [one for one in check_candidates(both, NATIONAL) if one.code == "names.shared-registration"]
    assert [(one.category, one.severity.value) for one in found] == [("一地多名", "review")] * 2


def test_findings_and_keys_do_not_depend_on_the_order_of_rows():
    names = ["人民路", "人民路", "仁民路", "巴黎花园", "青龙街", "青龙路"]
    candidates = [Candidate(id=f"n{at}", name=name, jurisdiction="320413") for at, name in enumerate(names)]
    turned = [*candidates[3:], *reversed(candidates[:3])]
    before, after = check_candidates(candidates, NATIONAL), check_candidates(turned, NATIONAL)
    assert [one.as_json() for one in before] == [one.as_json() for one in after]
    assert len({one.key for one in before}) == len(before)


def _road(road_id, name, *points):
    return {"id": road_id, "name": name, "entity_class": "road", "geometry": LineString(points)}


def _names(*rows):
    return layer_from_rows(spec_of("place_name"), rows)


def test_touching_segments_of_one_road_are_one_name():
    layer = _names(
        _road("a", "人民路", (119.50, 31.7), (119.51, 31.7)),
        _road("b", "人民路", (119.51, 31.7), (119.52, 31.7)),
    )
    assert check_names(layer, ("national-2022",), "320413") == []


def test_two_roads_of_one_name_far_apart_are_a_duplicate():
    layer = _names(
        _road("a", "人民路", (119.50, 31.7), (119.51, 31.7)),
        _road("b", "人民路", (119.56, 31.7), (119.57, 31.7)),
    )
    findings = check_names(layer, ("national-2022",), "320413")
    assert [(one.feature_id, one.code, one.layer_id) for one in findings] == [
        ("a", "names.exact-duplicate", "place_name"),
        ("b", "names.exact-duplicate", "place_name"),
    ]


def test_a_layer_without_geometry_or_dates_is_checked_all_the_same():
    layer = _names(
        {"id": "1", "name": "巴黎花园", "geometry": None},
        {"id": "2", "name": "云溪路", "geometry": Point(119, 31)},
    )
    findings = check_names(layer, ("national-2022",), "320413")
    assert [(one.feature_id, one.code) for one in findings] == [("1", "names.foreign-place")]


def test_an_empty_layer_has_no_findings():
    assert check_names(_names(), ("national-2022",), "320413") == []


def test_checking_leaves_the_layer_as_it_was():
    layer = _names(
        _road("b", "人民路", (119.5, 31.7), (119.6, 31.7)), _road("a", "巴黎路", (119.5, 31.8), (119.6, 31.8))
    )
    before = layer.frame.copy()
    check_names(layer, ("national-2022",), "320413")
    assert layer.frame.equals(before)


@pytest.mark.parametrize("label", ["2", "2栋", "保安室", "教学楼"])
def test_labels_that_are_no_names_may_occur_again(label):
    severities = {
        level for code, level in _codes((label, "510104"), (label, "510104"), entity_class="building")
    }
    assert severities == {"note"}


def test_a_building_called_by_a_bare_number_is_a_note_and_one_with_a_number_in_its_name_is_not():
    assert {level for _, level in _codes(("16", "510104"), entity_class="building")} == {"note"}
    assert ("names.digit-or-letter", "suspect") in _codes(("88大厦", "510104"), entity_class="building")


def test_a_road_is_never_nameless():
    assert ("names.exact-duplicate", "suspect") in _codes(
        ("南门", "510104"), ("南门", "510104"), entity_class="road"
    )
