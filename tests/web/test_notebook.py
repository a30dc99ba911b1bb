"""Results in a real interactive shell: reports as maps or tables, plots as pictures, maps as pages."""

import pytest
from coverage_town import ON, facility, people, town, village
from notebook_shell import shell_in, shown

from gis.coverage import AccessRequest, CoverageRequest, RedistributionRequest, SiteRequest
from layers.errors import InputError
from web.notebook import enable

REACH = CoverageRequest(within_m=900, on=ON)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return town(
        tmp_path_factory.mktemp("town"),
        care_facility=[facility(300, 300, beds=20), facility(2500, 300, beds=30)],
        population=[people(100, 100, 10), people(1500, 200, 20), people(2500, 200, 30)],
        admin_unit=[village(1, 0, 0), village(2, 1000, 0), village(3, 2000, 0)],
    )


@pytest.fixture
def shell(place, tmp_path):
    with shell_in(tmp_path) as running:
        asked = {
            "reach": REACH,
            "supply": AccessRequest(reach=REACH),
            "spread": RedistributionRequest(reach=REACH),
            "three": SiteRequest(reach=REACH, sites=1),
        }
        running.push({"here": place, **asked})
        shown(running, "from gis.coverage import access, cover, gap_list, place_sites, redistribution")
        yield running


def test_a_report_is_a_line_of_text_until_the_extension_is_loaded(shell):
    assert set(shown(shell, "cover(here, reach)")) == {"text/plain"}


@pytest.mark.parametrize(
    "question",
    ["cover(here, reach)", "access(here, supply)", "place_sites(here, three)", "gap_list(here, reach)"],
)
def test_a_report_in_the_last_line_of_a_cell_is_a_map(shell, question):
    html = shown(shell, f"%load_ext web.notebook\n{question}")["text/html"]
    assert "<iframe" in html
    assert "L.circleMarker" in html or "L.geoJson" in html


def test_a_report_without_places_is_a_table(shell):
    html = shown(shell, "%load_ext web.notebook\nredistribution(here, spread)")["text/html"]
    assert "<table" in html
    assert html.count("<tr>") >= 2


def test_a_drawn_map_shows_itself_without_the_extension(shell):
    assert "<iframe" in shown(shell, "from web.notebook import draw\ndraw(cover(here, reach))")["text/html"]


def test_a_plot_is_a_picture(shell):
    forms = shown(shell, "%load_ext web.notebook\nfrom web.notebook import plot\nplot(access(here, supply))")
    assert forms["image/png"].startswith(b"\x89PNG")


def test_enabling_takes_the_running_shell_and_the_language_asked_for(shell):
    enable(lang="en")
    html = shown(shell, "cover(here, reach)")["text/html"]
    assert "Share covered" in html


def test_outside_a_notebook_enabling_says_what_to_do():
    with pytest.raises(InputError, match="没有在运行的笔记本"):
        enable()
