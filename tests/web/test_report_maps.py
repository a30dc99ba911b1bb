"""Reports on maps and in notebooks: everything inside the page, nothing loaded, names harmless."""

import re
from typing import Any

import folium
import pytest
from coverage_town import ON, facility, people, town, village

from gis.coverage import (
    CoverageRequest,
    RedistributionRequest,
    SiteRequest,
    cover,
    place_sites,
    redistribution,
)
from gis.coverage.changes import Change
from gis.coverage.scenarios import Scenario, compare
from layers.errors import NotFoundError
from layers.workspace import Workspace
from web.notebook import draw

ASKED = CoverageRequest(within_m=600, on=ON)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return town(
        tmp_path_factory.mktemp("town"),
        care_facility=[
            facility(300, 300, beds=20, name="<b>甲</b>"),
            facility(2500, 300, beds=30),
        ],
        population=[people(100, 100, 10), people(1500, 200, 20), people(2500, 200, 30)],
        admin_unit=[village(1, 0, 0, name="<script>x</script>"), village(2, 1000, 0), village(3, 2000, 0)],
    )


def page(report: object, **more: Any) -> str:
    return str(draw(report, **more).get_root().render())


def test_a_coverage_map_colours_every_unit_and_shows_every_facility(place):
    html = page(cover(place, ASKED))
    assert html.count('"colour": ') == 3
    assert html.count("L.circleMarker(") == 2


def test_a_map_loads_nothing_and_holds_leaflet(place):
    html = page(cover(place, ASKED))
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", html) == []
    assert "L.TileLayer" not in html.split("<body>")[1]
    assert "L.map(" in html


def test_names_cannot_write_into_the_page(place):
    html = page(cover(place, ASKED))
    assert "<script>x" not in html
    assert "<b>甲" not in html


def test_new_sites_are_numbered(place):
    plan = place_sites(place, SiteRequest(reach=ASKED, sites=1))
    html = page(plan)
    numbers = re.findall(r"\\u003e(\d+)\\u003c/div", html)
    assert numbers == [str(number) for number in range(1, len(plan.new_sites) + 1)] != []


def test_a_comparison_is_coloured_by_the_change(place):
    closed = Scenario(
        name="关甲", layer_id="care_facility", changes=(Change(action="close", id="care_facility-0"),)
    )
    html = page(compare(place, ASKED, [closed]), lang="en")
    assert "5 points less or worse" in html
    assert '"value": "-100.0%"' in html


def test_a_map_can_be_added_to(place):
    canvas = draw(cover(place, ASKED))
    assert isinstance(canvas, folium.Map)
    folium.Marker((31.7, 119.5)).add_to(canvas)


def test_a_report_without_places_is_no_map(place):
    spread = redistribution(place, RedistributionRequest(reach=CoverageRequest(within_m=900, on=ON)))
    with pytest.raises(NotFoundError):
        draw(spread)
    assert {"name", "now", "best"} <= set(spread.as_table().columns)
