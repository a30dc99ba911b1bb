import itertools

import pytest

from layers.specs import spec_of
from layers.vocabulary import vocabulary
from web.maps.classes import SHARE_CLASSES
from web.maps.describing import DRAW_ORDER
from web.maps.legend import legend_layer
from web.maps.styles import BARRIERS, ROAD_ORDER, ROADS, surface_of
from web.maps.symbols import SYMBOLS, svg, symbol_table


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("symbols", SYMBOLS.values(), ids=SYMBOLS)
def test_a_white_letter_can_be_read_on_its_symbol(symbols):
    assert 1.05 / (luminance(symbols.colour) + 0.05) >= 4.5


def test_no_two_layers_share_shape_or_colour():
    for one, other in itertools.combinations(SYMBOLS.values(), 2):
        assert one.shape != other.shape
        assert one.colour != other.colour


@pytest.mark.parametrize(
    "symbols", [one for one in SYMBOLS.values() if len(one.letters) > 1], ids=lambda one: one.layer_id
)
def test_every_kind_has_a_letter_of_its_own(symbols):
    codes = set(vocabulary(spec_of(symbols.layer_id).field(symbols.field).vocabulary))
    assert codes == set(symbols.letters) - {""}
    assert len({text.zh for code, text in symbols.letters.items() if code}) == len(codes)


def test_a_service_that_is_closed_looks_different_without_colour():
    [open_, closed] = [
        svg(SYMBOLS["care_facility"], "day_care", lang="zh", out_of_service=one) for one in (False, True)
    ]
    assert "stroke-dasharray" in closed
    assert "stroke-dasharray" not in open_


def test_shares_get_darker_class_by_class():
    lights = [luminance(one.fill) for one in SHARE_CLASSES]
    assert lights == sorted(lights, reverse=True)
    assert [one.high for one in SHARE_CLASSES[:-1]] == [one.low for one in SHARE_CLASSES[1:]]


def test_every_road_class_has_a_style_and_a_place_in_the_order():
    assert set(ROADS) == set(ROAD_ORDER) == set(vocabulary("road_class"))


def test_every_layer_drawn_exists():
    assert [spec_of(one).id for one in DRAW_ORDER] == list(DRAW_ORDER)


@pytest.mark.parametrize(
    ("name", "generic", "entity_class", "surface"),
    [
        ("丹金溧漕河", "河", "natural", "water"),
        ("茅山", None, "natural", "hill"),
        ("新浮水库", "水库", "facility", "water"),
        ("愚池公园", "公园", "park", "green"),
        ("西门大街", "街", "road", "place"),
        ("河头村", "村", "settlement", "homes"),
        (None, None, None, "place"),
    ],
)
def test_the_generic_term_of_a_natural_feature_tells_its_ground(name, generic, entity_class, surface):
    assert surface_of(name, generic, entity_class) == surface


def test_every_kind_of_barrier_has_a_style_and_a_line_in_the_legend():
    assert set(BARRIERS) == set(vocabulary("barrier_kind"))
    legend = legend_layer(spec_of("barrier"), 3, lang="zh")
    assert [one.label for one in legend.entries] == ["河流", "铁路", "高速公路", "围墙", "其他"]


@pytest.mark.parametrize("layer_id", DRAW_ORDER)
def test_every_layer_drawn_is_explained_in_the_legend(layer_id):
    assert legend_layer(spec_of(layer_id), 1, lang="en").entries


def test_a_facility_without_a_kind_has_a_neutral_sign_of_its_own():
    symbols = symbol_table("zh")["care_facility"]["open"]
    assert ">?<" in symbols["not_given"]
    assert SYMBOLS["care_facility"].colour not in symbols["not_given"]
    assert ">养<" in symbols[""]
    legend = legend_layer(spec_of("care_facility"), 1, lang="en")
    assert "Kind not given" in [one.label for one in legend.entries]


def test_a_layer_whose_signs_are_all_alike_has_no_sign_for_a_missing_kind():
    assert set(symbol_table("zh")["shelter"]["open"]) == {""}
    assert "类别不详" not in [one.label for one in legend_layer(spec_of("shelter"), 1, lang="zh").entries]
