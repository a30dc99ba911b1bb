"""What leaves without a login: public layers and fields, no small counts, none to be worked out, no exact places."""

from dataclasses import replace
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.crs import geodesic_m
from layers.errors import NotFoundError
from layers.exposure import NEVER_PUBLIC, public_fields
from layers.frames import layer_from_rows
from layers.model import Layer, LayerSpec
from layers.privacy import PUBLISHED_PLACES, SUPPRESSED, coarse, public_view, withheld_text
from layers.specs import ADMIN_UNIT, CARE_FACILITY, PLACE_NAME, SPECS
from layers.suppression import withheld
from layers.workspace import Settings

DISTRICT = Settings("320413", "金坛区")
OPEN = [spec for spec in SPECS.values() if spec.public]


def units(*rows: tuple[str, str | None, int | None]) -> Layer:
    """Build units of (code, parent code, people over 80)."""
    return layer_from_rows(
        ADMIN_UNIT,
        [
            {
                "id": code,
                "name": code,
                "code": code,
                "level": "village",
                "parent_code": parent,
                "pop_80_plus": count,
            }
            for code, parent, count in rows
        ],
    )


def shown(layer: Layer, k: int = 10) -> list[int | None]:
    counts = public_view(layer, replace(DISTRICT, public_min_count=k))["pop_80_plus"]
    return [None if missing else int(count) for count, missing in zip(counts, counts.isna(), strict=True)]


@pytest.mark.parametrize("spec", [one for one in SPECS.values() if not one.public], ids=lambda spec: spec.id)
def test_a_layer_that_is_not_public_does_not_exist(spec: LayerSpec) -> None:
    with pytest.raises(NotFoundError) as refused:
        public_view(layer_from_rows(spec, []), DISTRICT)
    assert refused.value.message.zh == f"图层“{spec.label.zh}”（{spec.id}）不对外公开。"
    assert public_fields(spec) == ()


@pytest.mark.parametrize("spec", OPEN, ids=lambda spec: spec.id)
def test_only_public_fields_leave(spec: LayerSpec) -> None:
    leaving = set(public_view(layer_from_rows(spec, []), DISTRICT).columns) - {"geometry", SUPPRESSED}
    assert leaving == {one.name for one in spec.fields if one.public} - NEVER_PUBLIC


@settings(max_examples=50, deadline=None)
@given(secret=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=6), data=st.data())
def test_no_private_value_ever_leaves(secret: str, data: st.DataObject) -> None:
    spec = data.draw(st.sampled_from(OPEN))
    hidden = {one.name: secret for one in spec.fields if not one.public and one.kind == "text"}
    row = {"id": "1", "name": "某处", "geometry": shapely.Point(119, 31), **hidden}
    view = public_view(layer_from_rows(spec, [row]), DISTRICT)
    assert secret not in view.drop(columns="geometry").to_csv()


def test_remarks_and_unknown_columns_never_leave_even_when_a_specification_says_so() -> None:
    spec = replace(CARE_FACILITY, fields=tuple(replace(one, public=True) for one in CARE_FACILITY.fields))
    assert not NEVER_PUBLIC & set(public_view(layer_from_rows(spec, []), DISTRICT).columns)


def test_a_small_count_is_withheld_with_the_next_smallest_beside_it() -> None:
    layer = units(("T", None, 215), ("A", "T", 4), ("B", "T", 40), ("C", "T", 81), ("D", "T", 90))
    assert shown(layer) == [215, None, None, 81, 90]


def test_the_fields_withheld_are_listed_by_row() -> None:
    layer = units(("T", None, 134), ("A", "T", 4), ("B", "T", 40), ("C", "T", 90))
    assert public_view(layer, DISTRICT)[SUPPRESSED].tolist() == [None, "pop_80_plus", "pop_80_plus", None]


def test_zero_is_shown() -> None:
    assert shown(units(("T", None, 50), ("A", "T", 0), ("B", "T", 50))) == [50, 0, 50]


def test_the_only_inhabited_part_takes_its_whole_along() -> None:
    layer = units(
        ("Q", None, 64), ("T", "Q", 4), ("U", "Q", 60), ("A", "T", 4), ("B", "T", 0), ("V", "U", 60)
    )
    assert shown(layer) == [64, None, None, None, 0, None]


def test_parts_are_found_by_the_digits_of_their_codes() -> None:
    layer = units(
        ("320413000000", None, 94),
        ("320413001000", None, 94),
        ("320413001001", None, 4),
        ("320413001002", None, 90),
    )
    assert shown(layer) == [94, 94, None, None]


def test_a_whole_without_a_count_lets_the_next_one_above_give_nothing_away() -> None:
    layer = units(("Q", None, 94), ("T", "Q", None), ("A", "T", 4), ("B", "T", 40), ("C", "T", 50))
    assert shown(layer) == [94, None, None, None, 50]


def test_units_that_are_parts_of_each_other_do_not_hang() -> None:
    assert shown(units(("A", "B", 4), ("B", "A", 40), ("C", "C", 50)))[0] is None


def test_nothing_is_withheld_where_k_is_one() -> None:
    assert shown(units(("T", None, 5), ("A", "T", 1), ("B", "T", 4)), k=1) == [5, 1, 4]


def test_the_words_for_a_withheld_count_do_not_tell_small_from_guarding() -> None:
    assert withheld_text(10).zh == "不公布（少于 10 或防反推）"


@st.composite
def hierarchies(draw: st.DrawFn) -> tuple[list[int], list[int | None]]:
    """Draw counts of wholes and parts that add up, three levels deep."""
    parents: list[int | None] = [None]
    parents.extend([0] * draw(st.integers(0, 3)))
    towns = range(1, len(parents))
    for town in towns:
        parents.extend([town] * draw(st.integers(0, 4)))
    values = [0] * len(parents)
    for at in reversed(range(len(parents))):
        if at not in parents:
            values[at] = draw(st.one_of(st.integers(0, 12), st.integers(0, 400)))
        parent = parents[at]
        if parent is not None:
            values[parent] += values[at]
    return values, parents


def sums(parents: list[int | None]) -> np.ndarray[Any, Any]:
    wholes = sorted({one for one in parents if one is not None})
    matrix = np.zeros((len(wholes), len(parents)))
    for row, whole in enumerate(wholes):
        matrix[row, whole] = -1
        matrix[row, [at for at, parent in enumerate(parents) if parent == whole]] = 1
    return matrix


@settings(max_examples=300, deadline=None)
@given(hierarchy=hierarchies(), k=st.integers(2, 15))
def test_no_count_below_k_is_shown(hierarchy: tuple[list[int], list[int | None]], k: int) -> None:
    values, parents = hierarchy
    gone = withheld(values, parents, k=k)
    assert all(value == 0 or value >= k for at, value in enumerate(values) if at not in gone)
    assert all(values[at] > 0 for at in gone)


@settings(max_examples=300, deadline=None)
@given(hierarchy=hierarchies(), k=st.integers(2, 15))
def test_no_subtraction_recovers_a_withheld_count(
    hierarchy: tuple[list[int], list[int | None]], k: int
) -> None:
    values, parents = hierarchy
    gone = sorted(withheld(values, parents, k=k))
    equations = sums(parents)[:, gone]
    rank = np.linalg.matrix_rank(equations)
    for at in range(len(gone)):
        alone = np.eye(len(gone))[at]
        assert np.linalg.matrix_rank(np.vstack((equations, alone))) == rank + 1


@settings(max_examples=300, deadline=None)
@given(hierarchy=hierarchies(), k=st.integers(2, 15))
def test_what_is_left_of_a_shown_whole_is_no_small_group(
    hierarchy: tuple[list[int], list[int | None]], k: int
) -> None:
    values, parents = hierarchy
    gone = withheld(values, parents, k=k)
    leaves = [at for at in range(len(values)) if at not in parents]
    for whole in {one for one in parents if one is not None} - gone:
        below = [leaf for leaf in leaves if leaf in gone and whole in _above(leaf, parents)]
        between = {
            one for leaf in below for one in _above(leaf, parents)[: _above(leaf, parents).index(whole)]
        }
        if below and between <= gone:
            assert sum(values[leaf] for leaf in below) >= k


def _above(at: int, parents: list[int | None]) -> list[int]:
    found = []
    parent = parents[at]
    while parent is not None:
        found.append(parent)
        parent = parents[parent]
    return found


places = st.tuples(st.floats(73, 135), st.floats(3, 54))


@settings(max_examples=100, deadline=None)
@given(place=places, precision_m=st.floats(1, 1000))
def test_a_point_moves_less_than_the_precision_and_only_once(
    place: tuple[float, float], precision_m: float
) -> None:
    exact = np.array([shapely.Point(place)], dtype=object)
    moved = coarse(exact, precision_m=precision_m)
    distance = geodesic_m(*place, shapely.get_x(moved), shapely.get_y(moved))
    assert distance[0] <= 0.72 * precision_m + 0.02
    again = coarse(moved, precision_m=precision_m)
    assert geodesic_m(*shapely.get_coordinates(moved)[0], *shapely.get_coordinates(again)[0]) < 0.02


def test_neighbours_on_one_grid_node_become_one_place() -> None:
    pair = shapely.points([[119.5, 31.5], [119.50001, 31.50001]])
    moved = coarse(pair, precision_m=50)
    assert moved[0] == moved[1]


def test_lines_areas_and_missing_places_are_left_alone() -> None:
    shapes = np.array([None, shapely.LineString([(119, 31), (120, 32)]), shapely.Point()], dtype=object)
    assert coarse(shapes, precision_m=50).tolist() == shapes.tolist()


@pytest.mark.parametrize("spec", OPEN, ids=lambda spec: spec.id)
def test_places_people_must_find_are_exact_and_others_are_not(spec: LayerSpec) -> None:
    exact = shapely.Point(119.123456, 31.123456)
    layer = layer_from_rows(spec, [{"id": "1", "name": "某处", "geometry": exact}])
    view = public_view(layer, DISTRICT)
    stays = spec.id in PUBLISHED_PLACES or "point" not in spec.shapes
    assert (view.geometry[0] == exact) == stays


def test_a_precision_of_zero_leaves_points() -> None:
    exact = shapely.Point(119.123456, 31.123456)
    layer = layer_from_rows(PLACE_NAME, [{"id": "1", "name": "某处", "geometry": exact}])
    assert public_view(layer, replace(DISTRICT, public_precision_m=0)).geometry[0] == exact


def test_the_layer_itself_is_not_changed() -> None:
    layer = units(("T", None, 44), ("A", "T", 4), ("B", "T", 40))
    before = layer.frame.copy()
    view = public_view(layer, DISTRICT)
    assert isinstance(view, gpd.GeoDataFrame)
    assert layer.frame.equals(before)
