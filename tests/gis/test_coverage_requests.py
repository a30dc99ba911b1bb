"""Requests that make no sense are refused with the value and the next step."""

import pytest
from coverage_town import facility, people, town

from gis.coverage import CoverageRequest, cover
from layers.errors import FangyuError, InputError, NotFoundError


@pytest.fixture
def workspace(tmp_path):
    return town(tmp_path, care_facility=[facility(0, 0)], population=[people(0, 0, 1)])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"within_min": 5, "within_m": 300}, "Give within_min or within_m, not both."),
        ({"within_min": 0}, "within_min must be above 0, not 0."),
        ({"within_m": -5.0}, "within_m must be above 0, not -5."),
        ({"within_m": float("nan")}, "within_m must be above 0, not nan."),
        ({"definition": "C9"}, "definition cannot be 'C9'."),
        ({"travel": "fly"}, "travel cannot be 'fly'."),
        ({"by": "street"}, "by cannot be 'street'."),
        ({"definition": "C5", "travel": "network"}, "C5 is straight by definition."),
        ({"definition": "C1", "within_m": 5}, "C1 knows no distance: leave out within_min and within_m."),
        ({"layer_id": "road"}, "Layer road does not hold facilities that serve people."),
        ({"population_field": "name"}, "name does not count people."),
    ],
)
def test_contradictions_are_refused(workspace, given, message):
    with pytest.raises(InputError) as caught:
        cover(workspace, CoverageRequest(**given))
    assert caught.value.message.en == message


@pytest.mark.parametrize(
    "given",
    [
        {"layer_id": "moon"},
        {"layer_id": "cemetery"},
        {"population_field": "beds"},
        {"where": {"color": "red"}},
    ],
)
def test_what_is_not_there_is_not_found(workspace, given):
    with pytest.raises(NotFoundError):
        cover(workspace, CoverageRequest(**given))


def test_every_refusal_speaks_both_languages(workspace):
    with pytest.raises(FangyuError) as caught:
        cover(workspace, CoverageRequest(definition="C9"))
    assert caught.value.said("zh") == "definition 不能是“C9”。可用：C1、C2、C3、C5、C6。"


def test_a_request_can_be_compared_and_hashed():
    one, other = (CoverageRequest(where=given) for given in ({"kind": "a"}, (("kind", "a"),)))
    assert one == other
    assert hash(one) == hash(other)
