"""A district of plain frames answers like a workspace, and says what it did not take."""

import warnings
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from coverage_town import at, facility, grid_roads, people, town, village

from gis.coverage import AccessRequest, CoverageRequest, SiteRequest, access, cover, district, place_sites
from layers.errors import ColumnError, CrsError, InputError, NotFoundError
from layers.memory import MemoryWorkspace

DAY = date(2026, 1, 1)
ASKED = CoverageRequest(within_m=600, on=DAY)
VILLAGES = [village(1, 0, 0), village(2, 1000, 0), village(3, 2000, 0)]
HOMES = [people(100, 100, 10), people(1500, 200, 20), people(2500, 200, 30)]


def frame(rows: list[dict[str, object]], **renamed: str) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4490").rename(columns=renamed)


def made(**more: object) -> MemoryWorkspace:
    care = frame([facility(300, 300, beds=20), facility(2500, 300, beds=30)], beds="床位数", name="名称")
    return district(
        care_facility=care.to_crs("EPSG:4528"),
        population=frame(HOMES, pop_65_plus="65岁以上"),
        admin_unit=frame(VILLAGES),
        road=frame(grid_roads(10, 300)),
        day=DAY,
        **more,  # type: ignore[arg-type]
    )


def test_frames_under_chinese_headings_in_another_system_answer_as_a_workspace_does(tmp_path: Path):
    rows = {
        "care_facility": [facility(300, 300, beds=20), facility(2500, 300, beds=30)],
        "population": HOMES,
        "admin_unit": VILLAGES,
        "road": grid_roads(10, 300),
    }
    one, other = cover(made(), ASKED), cover(town(tmp_path, **rows), ASKED)
    assert [row.share for row in one.rows] == [row.share for row in other.rows]
    assert one.numerator == other.numerator == 30


def test_every_question_accepts_a_district():
    here = made()
    assert access(here, AccessRequest(reach=ASKED)).people == 60
    assert place_sites(here, SiteRequest(reach=ASKED, sites=1)).after > 30


def test_a_frame_without_a_declared_system_is_refused():
    bare = frame([facility(300, 300)]).set_crs(None, allow_override=True)
    with pytest.raises(CrsError, match="care_facility：坐标系未声明"):
        district(care_facility=bare)


def test_a_table_of_coordinates_needs_its_system_said():
    east, north = at(100, 100)
    table = pd.DataFrame({"经度": [east], "纬度": [north], "65岁以上": [5]})
    with pytest.raises(CrsError) as refused:
        district(population=table)
    assert "crs=" in refused.value.hint.zh
    assert len(district(population=table, crs="cgcs2000").layer("population")) == 1


def test_missing_required_columns_are_named():
    with pytest.raises(ColumnError, match=r"admin_unit 缺少必填列：“名称”（name）"):
        district(admin_unit=frame(VILLAGES)[["geometry"]])


def test_rejects_are_warned_of_and_listed():
    rows = [facility(300, 300, beds="二十"), facility(900, 300, beds=5)]
    with pytest.warns(UserWarning, match="care_facility: 0 / 2"):
        here = district(care_facility=frame(rows))
    [reject] = here.imports["care_facility"].rejects
    assert (reject.row, reject.column, reject.value) == (1, "beds", "二十")


def test_ids_given_twice_are_refused_row_by_row():
    with pytest.warns(UserWarning, match="care_facility"):
        here = district(care_facility=frame([facility(300, 300, id="a"), facility(900, 300, id="a")]))
    assert len(here.layer("care_facility")) == 1


def test_an_empty_frame_and_no_frame_at_all_are_refused():
    with pytest.raises(InputError, match="population 没有数据行"):
        district(population=frame(HOMES).iloc[:0])
    with pytest.raises(InputError, match="population 是 list，不是表"):
        district(population=[1])  # type: ignore[arg-type]


def test_a_layer_or_profile_that_is_not_there_is_named():
    with pytest.raises(NotFoundError, match="nosuch"):
        district(nosuch=frame(HOMES))
    with pytest.raises(NotFoundError):
        district(norms="nosuch")


def test_what_was_not_given_is_said_when_asked_for():
    with pytest.raises(NotFoundError, match="care_facility"):
        cover(district(population=frame(HOMES)), ASKED)


def test_equal_content_has_equal_versions_and_other_content_another():
    first, again = made(), made()
    other = district(population=frame(HOMES[:2]))
    version = first.store.summary("population").version
    assert version == again.store.summary("population").version
    assert version != other.store.summary("population").version


def test_data_in_memory_cannot_be_changed():
    with pytest.raises(InputError, match="内存里的数据只能读"):
        made().store.edit("population", "x", {}, None)  # type: ignore[arg-type]


def test_a_box_and_a_page_read_what_lies_there():
    store = made().store
    west, south = at(1400, 0)
    east, north = at(1600, 400)
    assert store.count("population", bbox=(west, south, east, north)) == 1
    assert len(store.read("population", limit=1, offset=2)) == 1
    with pytest.raises(NotFoundError):
        store.feature("population", "nobody")


def test_a_frame_of_a_report_has_the_shapes_of_its_units():
    report = cover(made(), ASKED)
    framed = report.as_frame()
    assert list(framed["code"]) == [row.code for row in report.rows]
    assert framed.crs.to_epsg() == 4490
    assert framed.geometry.iloc[0].equals(VILLAGES[0]["geometry"])


def test_a_frame_of_new_sites_has_their_places():
    plan = place_sites(made(), SiteRequest(reach=ASKED, sites=1))
    [shape] = plan.as_frame().geometry
    assert (round(shape.x, 6), round(shape.y, 6)) == (
        round(plan.new_sites[0].lon, 6),
        round(plan.new_sites[0].lat, 6),
    )


def test_no_warning_without_a_reject():
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert made().imports["population"].reject_count == 0
