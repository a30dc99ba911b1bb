"""Plots of reports: the right numbers on the axes, the same file twice, and clear refusals."""

from pathlib import Path

import matplotlib.font_manager
import numpy as np
import pytest
from coverage_town import ON, facility, people, town, village

from gis.coverage import AccessRequest, CoverageRequest, SiteRequest, access, cover, place_sites
from layers.errors import InputError
from layers.workspace import Workspace
from web.plots import plot, save_plot


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return town(
        tmp_path_factory.mktemp("town"),
        care_facility=[facility(300, 300, beds=20), facility(2500, 300, beds=30)],
        population=[people(100, 100, 10), people(1500, 200, 20), people(2500, 200, 30)],
        admin_unit=[village(1, 0, 0), village(2, 1000, 0), village(3, 2000, 0)],
    )


def labels(axes) -> list[str]:
    return [one.get_text() for one in axes.get_legend().get_texts()]


def test_travel_times_count_everybody_and_mark_the_limit_of_each_speed(place):
    report = cover(place, CoverageRequest(within_min=15, on=ON))
    [axes] = plot(report, lang="en").axes
    assert sum(bar.get_height() for bar in axes.patches) == 60
    marked = [float(np.atleast_1d(line.get_xdata())[0]) for line in axes.lines if len(line.get_xdata())]
    speeds = report.shown.ways.speeds_m_s
    assert marked == pytest.approx([limit / 60 / speeds[1] for limit in report.shown.ways.limits_m])


def test_people_too_far_to_draw_are_said(place):
    [axes] = plot(cover(place, CoverageRequest(within_m=60, on=ON)), lang="en").axes
    assert labels(axes)[-1] == "farther or unconnected: 30 people"


def test_lorenz_curves_are_one_per_kernel_beside_the_even_line(place):
    report = access(place, AccessRequest(reach=CoverageRequest(within_m=900, on=ON)))
    [axes] = plot(report, lang="en").axes
    assert len(axes.lines) == 1 + len(report.request.kernels)
    assert labels(axes)[0] == "perfectly even"


def test_the_curve_lies_below_its_bound(place):
    report = place_sites(place, SiteRequest(reach=CoverageRequest(within_m=600, on=ON), sites=1))
    share, bound = plot(report, lang="en").axes[0].lines
    assert (share.get_ydata() <= np.asarray(bound.get_ydata()) + 1e-9).all()


def test_loads_are_drawn_for_capacity(place):
    report = cover(place, CoverageRequest(definition="C7", within_m=900, on=ON))
    [axes] = plot(report, lang="en").axes
    assert len(axes.patches) == 2 * len(report.loads)


def test_what_a_report_does_not_hold_is_refused(place):
    report = cover(place, CoverageRequest(within_m=600, on=ON))
    for kind in ("lorenz", "curve", "loads"):
        with pytest.raises(InputError, match="没有可画的"):
            plot(report, kind)
    with pytest.raises(InputError, match="没有名为“pie”的图"):
        plot(report, "pie")


def test_without_a_chinese_font_the_lettering_is_english(place, monkeypatch):
    monkeypatch.setattr(matplotlib.font_manager.fontManager, "ttflist", [])
    [axes] = plot(cover(place, CoverageRequest(within_m=600, on=ON)), lang="zh").axes
    assert axes.get_title() == "How far people are"


def test_the_same_plot_gives_the_same_file(place, tmp_path: Path):
    report = cover(place, CoverageRequest(within_m=600, on=ON))
    for name in ("a.svg", "b.svg"):
        save_plot(plot(report, lang="en"), tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_a_file_that_is_no_picture_is_refused(place, tmp_path: Path):
    figure = plot(cover(place, CoverageRequest(within_m=600, on=ON)))
    with pytest.raises(InputError, match="不能把图写成"):
        save_plot(figure, tmp_path / "a.docx")
