"""Every layer and field is described fully, and nothing personal is public."""

import re
from collections import Counter

import pytest

from layers.errors import NotFoundError
from layers.model import Field, Kind, LayerSpec
from layers.specs import SPECS, spec_of

FIELDS = [(spec, field) for spec in SPECS.values() for field in spec.fields]


def test_a_layer_is_found_by_its_id_or_the_known_ones_are_named() -> None:
    assert spec_of("road") is SPECS["road"]
    with pytest.raises(NotFoundError) as refused:
        spec_of("roads")
    assert refused.value.message.zh == "没有名为“roads”的图层。"
    assert "road" in refused.value.hint.zh


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_every_layer_has_an_id_a_tail_and_no_field_twice(spec: LayerSpec) -> None:
    assert spec.field_names[0] == "id"
    assert spec.field_names[-4:] == ("as_of", "source", "remarks", "attributes")
    assert max(Counter(spec.field_names).values()) == 1
    assert spec.shapes


@pytest.mark.parametrize(("spec", "field"), FIELDS, ids=lambda one: getattr(one, "id", None) or one.name)
def test_every_field_is_described_fully(spec: LayerSpec, field: Field) -> None:
    assert re.fullmatch("[a-z][a-z0-9_]*", field.name), spec.id
    assert field.label.zh
    assert field.label.en
    assert bool(field.vocabulary) == (field.kind is Kind.CODE)


@pytest.mark.parametrize(("spec", "field"), FIELDS, ids=lambda one: getattr(one, "id", None) or one.name)
def test_units_stand_only_on_numbers_and_counts_of_people_are_whole(spec: LayerSpec, field: Field) -> None:
    assert not field.unit or field.kind in {Kind.INT, Kind.FLOAT}, spec.id
    assert not field.count_of_people or field.kind is Kind.INT
    assert not (field.count_of_people and field.minimum is None)


@pytest.mark.parametrize(("spec", "field"), FIELDS, ids=lambda one: getattr(one, "id", None) or one.name)
def test_no_field_of_the_store_itself_is_taken(spec: LayerSpec, field: Field) -> None:
    assert field.name not in {"fid", "geom", "geometry", "suppressed"}, spec.id


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_heading_leads_to_one_field_of_a_layer(spec: LayerSpec) -> None:
    headings = Counter(heading.casefold() for field in spec.fields for heading in field.headers)
    assert [heading for heading, fields in headings.items() if fields > 1] == []


def test_nothing_personal_is_public() -> None:
    private = {"remarks", "attributes", "contact", "residents", "plots_used", "niches_used"}
    assert [field.name for _, field in FIELDS if field.public and field.name in private] == []


def test_boundaries_population_signs_plates_and_study_areas_need_a_login() -> None:
    closed = {spec.id for spec in SPECS.values() if not spec.public}
    assert closed == {
        "boundary_line",
        "boundary_marker",
        "population",
        "road_sign",
        "door_plate",
        "study_area",
    }
