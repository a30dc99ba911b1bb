"""Conditions on sizes, and what places ask of generic parts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.names import Candidate, check_name, load_packs
from gis.names.packs.conditions import MEASURES, condition
from layers.errors import InputError

SQUARE = "(site_m2 >= 20000 or floor_area_m2 >= 100000) and open_space_m2 >= 2000"


def _size(pack_id, name, entity_class, **sizes):
    found = check_name(Candidate(name=name, entity_class=entity_class, **sizes), load_packs((pack_id,)))
    return [one for one in found if one.code == "names.generic-size"]


@pytest.mark.parametrize(
    ("known", "holds"),
    [
        ({"site_m2": 30000, "open_space_m2": 3000}, True),
        ({"floor_area_m2": 100000, "open_space_m2": 2000}, True),
        ({"site_m2": 30000}, None),
        ({"site_m2": 1, "open_space_m2": 3000}, None),
        ({"site_m2": 1, "floor_area_m2": 1}, False),
        ({"open_space_m2": 10}, False),
        ({}, None),
    ],
)
def test_what_is_missing_matters_only_where_it_decides(known, holds):
    assert condition(SQUARE).holds(known) is holds


def test_and_binds_closer_than_or():
    assert condition("floors >= 9 or site_m2 >= 5 and far < 1").holds({"floors": 9, "site_m2": 1}) is True


def test_a_condition_is_said_in_both_languages():
    said = condition(SQUARE).said()
    assert said.zh == "（占地不小于 20000 m²或建筑面积不小于 100000 m²）且开放广场面积不小于 2000 m²"
    assert said.en == "(site ≥ 20000 m² or floor area ≥ 100000 m²) and open square ≥ 2000 m²"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sight_m2 >= 1", "no measure sight_m2"),
        ("site_m2 = 1", "cannot be read from character 1"),
        ("(site_m2 >= 1", "a bound or a whole bracket is missing"),
        ("site_m2 >= 1 floors >= 2", "unexpected Limit"),
        ("", "a bound or a whole bracket is missing"),
        ("site_m2 >= 1 and", "a bound or a whole bracket is missing"),
    ],
)
def test_what_is_no_condition_is_refused(text, message):
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        condition(text)


@given(
    st.dictionaries(st.sampled_from(sorted(MEASURES)), st.floats(0, 1e7)), st.sampled_from(sorted(MEASURES))
)
def test_knowing_more_never_turns_an_answer_round(known, measure):
    before = condition(SQUARE).holds({key: value for key, value in known.items() if key != measure})
    assert before in {None, condition(SQUARE).holds(known)}


def test_one_bound_of_two_known_and_missed_asks_for_a_review_and_says_what_is_missing():
    finding = _size("national-2022", "云溪广场", "building", site_m2=4000.0)[0]
    assert finding.severity == "review"
    assert finding.message.zh.endswith("已知：占地 4000。缺少建筑面积，无法判断。")
    assert finding.evidence["not_known"] == ["floor_area_m2"]


def test_an_unknown_size_is_a_note_and_not_clear():
    finding = _size("national-2022", "云溪广场", "building")[0]
    assert (finding.severity, finding.evidence["not_known"]) == ("note", ["site_m2", "floor_area_m2"])


def test_a_square_in_nanjing_needs_more_than_in_the_nation():
    sizes = {"site_m2": 12000.0, "floor_area_m2": 60000.0}
    assert _size("national-2022", "云溪广场", "building", **sizes) == []
    finding = _size("nanjing", "云溪广场", "building", **sizes)[0]
    assert (finding.severity, finding.evidence["pack"]) == ("suspect", "nanjing")
    assert "南京市道路、住宅区和建筑物命名管理办法" in finding.citation


def test_a_garden_needs_another_green_rate_in_every_place():
    sizes = {"green_rate": 37.0, "site_m2": 30000.0}
    found = {
        one: bool(_size(one, "云溪花园", "residential", **sizes))
        for one in ("nanjing", "guangdong", "tianjin")
    }
    assert found == {"nanjing": False, "guangdong": False, "tianjin": True}


def test_an_upper_bound_is_kept_in_guangdong():
    assert _size("guangdong", "云溪府", "residential", site_m2=9000.0) == []
    big = _size("guangdong", "云溪府", "residential", site_m2=20000.0, floor_area_m2=60000.0)[0]
    assert big.severity == "suspect"


def test_a_bound_of_large_cities_alone_asks_for_a_review():
    finding = _size("guangdong", "云溪大厦", "building", floors=16.0, floor_area_m2=9000.0)[0]
    assert finding.severity == "review"
    assert "大城市" in finding.message.zh


def test_the_floor_area_ratio_is_told_by_site_and_floor_area():
    finding = _size("nanjing", "云溪山庄", "residential", site_m2=10000.0, floor_area_m2=9000.0)[0]
    assert finding.evidence["known"] == {"far": 0.9}
    assert finding.severity == "suspect"


def test_a_description_without_figures_is_a_note():
    finding = _size("nanjing", "云溪城", "residential")[0]
    assert (finding.severity, finding.message.zh) == (
        "note",
        "通名“城”要求：封闭或半封闭的综合多功能大型建筑群。须人核实。",
    )


def test_one_threshold_for_homes_and_one_for_shops():
    assert _size("tianjin", "云溪城", "building", floor_area_m2=200000.0) == []
    assert _size("tianjin", "云溪城", "residential", floor_area_m2=200000.0)[0].severity == "suspect"


def test_a_standard_that_is_not_binding_asks_for_a_review_at_most():
    assert _size("hangzhou", "云溪大厦", "building", floors=3.0, floor_area_m2=900.0)[0].severity == "review"


def test_a_single_character_counts_only_by_itself():
    assert _size("guangdong", "云溪家园", "residential", site_m2=1.0, floor_area_m2=1.0) == []


def test_the_width_of_an_avenue_in_suzhou_is_said_to_be_unknown():
    finding = _size("suzhou", "云溪大道", "road")[0]
    assert finding.severity == "note"
    assert finding.evidence["not_known"] == ["road_width_m", "road_length_m"]


def test_every_figure_names_its_text():
    packs = [load_packs((one,)) for one in ("national-2022", "guangdong", "tianjin", "tongling", "hangzhou")]
    entries = [
        one
        for pack in packs
        for of in pack.rules["generic-size"].parameters["thresholds"].values()
        for one in of
    ]
    assert all("《" in one.citation or "规定" in one.citation for one in entries)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            '["城"]\nneeds = "moons >= 1"\nbasis = "条例"\n',
            "thresholds.toml 中“城”写得不对：no measure moons",
        ),
        ('["城"]\nneeds = "site_m2 >= 1"\n', "thresholds.toml 中“城”写得不对：'basis'"),
        ('["城"]\nneed = "site_m2 >= 1"\nbasis = "条例"\n', "thresholds.toml 中“城”写得不对：no key need;"),
        ('"城" = 5\n', "thresholds.toml 中“城”写得不对："),
    ],
)
def test_a_broken_threshold_is_refused_with_its_generic_part(tmp_path, said, message):
    folder = tmp_path / "packs/local"
    folder.mkdir(parents=True)
    (folder / "pack.toml").write_text('id = "local"\nextends = "national-2022"\n', encoding="utf-8")
    (folder / "thresholds.toml").write_text(said, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        load_packs(("local",), folder=tmp_path)


def test_an_open_square_is_no_building_for_trade():
    assert _size("national-2022", "云溪广场", "park", site_m2=500.0, floor_area_m2=0.0) == []
