"""Coverage with slope: who is served when walking time counts the way up and the way down."""

import math

import pytest
from coverage_town import ON, facility, line, people, town, village

from gis.coverage import CoverageRequest, cover
from gis.coverage.catchments.accessing import AccessRequest, access
from gis.coverage.several import cover_several
from layers.errors import InputError


def hillside(root, incline=10.0, **more):
    """A facility at the foot of a road 800 m long that rises to the east, people on top; and one on the flat."""
    road = {
        "geometry": line((0, 0), (800, 0)),
        "walkable": True,
        "incline_percent": incline,
        "length_m": 800.0,
    }
    return town(
        root,
        road=[road],
        care_facility=[facility(800, 0, beds=40)],
        population=[people(10, 0, 100), people(500, 0, 30)],
        admin_unit=[village(1, -500, -500, 2000)],
        **more,
    )


def ask(**more):
    return CoverageRequest(**({"on": ON, "definition": "C6", "within_min": 15} | more))


def test_people_below_a_facility_drop_out_when_the_way_up_counts(tmp_path):
    workspace = hillside(tmp_path)
    assert cover(workspace, ask()).numerator == 130
    sloped = cover(workspace, ask(slope=True))
    assert sloped.numerator == 30
    assert sloped.denominator == 130
    assert cover(hillside(tmp_path / "down", -10.0), ask(slope=True)).numerator == 130


def test_the_speed_band_counts_the_slope_at_every_speed(tmp_path):
    report = cover(hillside(tmp_path), ask(slope=True, within_min=20))
    up = 790 * math.exp(0.35)
    assert [served for _, served, _ in report.band] == [30, 130 if up <= 1200 else 30, 130]


def test_a_gentle_way_down_is_faster_than_flat_ground_but_never_than_tobler_allows(tmp_path):
    workspace = hillside(tmp_path, -5.0)
    assert cover(workspace, ask(within_min=12)).numerator == 30
    assert cover(workspace, ask(within_min=12, slope=True)).numerator == 130
    assert cover(workspace, ask(within_min=10, slope=True)).numerator == 30


def test_the_report_says_that_slope_counts_and_where_it_comes_from(tmp_path):
    report = cover(hillside(tmp_path), ask(slope=True))
    assert report.provenance["slope"] == {
        "model": "Tobler 1993, NCGIA TR 93-1", "known_m": 800, "unknown_m": 0, "unknown_share": 0.0,
        "steeper_than_half_m": 0, "sources": ["road"],
    }  # fmt: skip
    notes = [one.zh for one in report.assumptions if one.zh.startswith("计入坡度")]
    assert len(notes) == 1
    assert report.command.endswith("--slope")
    assert report.request.as_json()["slope"] is True
    assert "slope" not in cover(hillside(tmp_path / "flat"), ask()).provenance


def test_flat_roads_give_the_same_report_with_slope(tmp_path):
    workspace = hillside(tmp_path, 0.0)
    one, other = (cover(workspace, ask(slope=slope)).as_json() for slope in (False, True))
    for said in (one, other):
        for name in ("assumptions", "provenance", "command", "request", "parameters"):
            said.pop(name, None)
    assert one == other


def test_questions_with_and_without_slope_are_kept_apart(tmp_path):
    found = cover_several(
        hillside(tmp_path), [ask(), ask(slope=True), ask(slope=True, definition="C4")], leave_out=True
    )
    assert [report.numerator for report in found.reports] == [130, 30]
    assert [one.request.definition for one in found.not_computed] == ["C4"]


def test_access_counts_slope_and_says_so(tmp_path):
    workspace = hillside(tmp_path)
    wanted = AccessRequest(reach=ask(definition=None, slope=True))
    report = access(workspace, wanted)
    assert report.made["slope"]["known_m"] == 800
    assert any(one.zh.startswith("计入坡度") for one in report.assumptions)


@pytest.mark.parametrize(
    "more",
    [
        {"within_min": None, "within_m": 500.0},
        {"definition": "C5"},
        {"definition": "C1", "within_min": None},
        {"definition": None, "travel": "straight"},
    ],
)
def test_slope_is_refused_where_no_time_is_walked_by_road(tmp_path, more):
    with pytest.raises(InputError) as caught:
        cover(hillside(tmp_path), ask(slope=True, **more))
    assert caught.value.message.zh == (
        "坡度（--slope）只改变沿路网的步行时间，不用于直线、村居（C1、C2）和按米（--within-m）的问题。"
    )


def test_slope_is_refused_for_e_bikes(tmp_path):
    with pytest.raises(InputError, match="坡度（--slope）只用于步行，不用于电动自行车（e-bike）"):
        cover(hillside(tmp_path), ask(slope=True, mode="e-bike"))


def test_slope_needs_roads(tmp_path):
    workspace = town(tmp_path, care_facility=[facility(0, 0)], population=[people(0, 0, 1)])
    with pytest.raises(InputError) as caught:
        cover(workspace, ask(slope=True))
    assert (
        caught.value.said("zh") == "没有可用的道路图层，不能计入坡度（--slope）。先导入道路，或去掉 --slope。"
    )
