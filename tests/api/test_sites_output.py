"""A plan of sites on screen and as a workbook: rules among the results, and a table of what stands in an exclusion."""

import pytest
from coverage_town import ON, facility, grid_roads, people, point, square, town, village
from openpyxl import load_workbook

from api.cli.language import choose
from api.cli.site_options import SiteFormat
from api.cli.siting_output import give_sites
from gis.coverage import CoverageRequest, SiteRequest, place_sites

ZONE = "no_burial_zone"


@pytest.fixture(autouse=True)
def in_chinese():
    choose("zh")


@pytest.fixture
def report(tmp_path):
    """Two facilities in an exclusion, and a spacing that keeps the second site out."""
    place = town(
        tmp_path / "ws",
        admin_unit=[village(1, 0, 0, 2000), village(2, 2000, 0, 2000)],
        care_facility=[facility(200, 200), facility(300, 200)],
        population=[people(200, 400, 100), people(2200, 600, 60), people(2600, 600, 50)],
        point_of_interest=[
            {"name": "甲", "kind": "hospital", "geometry": point(2200, 400)},
            {"name": "丙", "kind": "hospital", "geometry": point(2600, 400)},
        ],
        no_burial_zone=[{"name": "保护区", "kind": "other", "geometry": square(100, 100, 400)}],
        road=grid_roads(20, 200),
    )
    reach = CoverageRequest(within_m=250, travel="network", on=ON)
    request = SiteRequest(reach=reach, candidates="point_of_interest", sites=2, apart_m=500, exclude=(ZONE,))
    return place_sites(place, request).as_json()


def test_facilities_in_an_exclusion_stand_one_to_a_line_after_the_headline(report, capsys):
    give_sites(report, SiteFormat.TABLE, None)
    lines = "".join(capsys.readouterr()).splitlines()
    listed = [one for one in lines if one.strip().startswith("日间照料中心 | 第1村 | no_burial_zone | ")]
    assert [one.rsplit("| ", 1)[1] for one in listed] == ["care_facility-0", "care_facility-1"]
    costs = next(at for at, one in enumerate(lines) if one.startswith("间距 500 米的代价："))
    assert costs < lines.index(listed[0])
    assert costs <= 4


def test_the_workbook_has_a_sheet_of_facilities_in_an_exclusion(report, tmp_path):
    give_sites(report, SiteFormat.XLSX, tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx")["禁入范围内的现有设施"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["编号", "名称", "所在单元", "禁入图层"],
        ["care_facility-0", "日间照料中心", "第1村", ZONE],
        ["care_facility-1", "日间照料中心", "第1村", ZONE],
    ]


def on_screen(report, capsys):
    give_sites(report, SiteFormat.TABLE, None)
    return "".join(capsys.readouterr())


def test_the_curve_tells_bounds_and_keeps_to_a_dozen_points(report, capsys):
    points = [{"sites": n, "people": 2.0 * n, "share": n / 100, "bound": 2.0 * n + 2} for n in range(61)]
    shown = on_screen({**report, "people": 200.0, "curve": points}, capsys)
    line = next(one for one in shown.splitlines() if one.startswith("站点数与覆盖: "))
    assert line.startswith("站点数与覆盖: 0: 0.0% (≤ 1.0%), ")
    assert line.endswith("60: 60.0% (≤ 61.0%)")
    assert line.count("≤") == 12


def test_the_curve_of_a_model_of_distances_is_labelled_as_that_of_most_coverage(report, capsys):
    shown = on_screen({**report, "model": "p-median"}, capsys)
    assert "站点数与覆盖（若以最大覆盖为目标）: 0:" in shown
