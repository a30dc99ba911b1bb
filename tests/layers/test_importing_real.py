"""Import of the real files of the three cases and the seed districts."""

import pytest

from layers.importing import ImportOptions, import_file
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("test")


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("layer_id", "file", "options", "taken"),
    [
        ("admin_unit", "seed_districts/jintan_320413_2023.csv", {}, 131),
        ("admin_unit", "seed_districts/beilun_330206_2016.csv", {}, 263),
        ("admin_unit", "seed_districts/county_age_2020.csv", {"columns": {"name": "区县"}}, 3312),
        (
            "admin_unit",
            "seed_districts/counties_gcj02.geojson",
            {"crs": "gcj02", "columns": {"code": "adcode"}},
            10,
        ),
        (
            "admin_unit",
            "taipei/taipei_villages_wgs84.geojson",
            {"columns": {"name": "VNAME", "code": "CPTVID", "level": "=village"}},
            456,
        ),
        ("care_facility", "taipei/taipei_social_welfare_org_wgs84.csv", {"crs": "wgs84"}, 547),
        ("care_facility", "toapayoh/eldercare.geojson", {}, 133),
        ("place_name", "toapayoh/residents_committee.geojson", {}, 664),
        (
            "admin_unit",
            "toapayoh/subzone_2014.geojson",
            {"columns": {"name": "SUBZONE_N", "code": "SUBZONE_C", "level": "=镇街"}},
            323,
        ),
        (
            "residential_quarter",
            "toapayoh/bustrips_toa_payoh_buildings_osm_center_filtered.csv",
            {"crs": "wgs84", "columns": {"id": "osmid"}},
            653,
        ),
        ("population", "scale/helsinki_population_grid_2020.gpkg", {}, 92),
    ],
)
def test_real_files_come_in(workspace, real_data, layer_id, file, options, taken):
    report = import_file(workspace, layer_id, real_data / file, ImportOptions(**options), BY)
    assert report.rows_imported == taken
    assert len(workspace.layer(layer_id)) == taken
    assert workspace.layer(layer_id).frame.geometry.dropna().is_valid.all()


def test_every_row_of_taipei_is_either_in_or_reported(workspace, real_data):
    path = real_data / "taipei/taipei_social_welfare_org_wgs84.csv"
    report = import_file(workspace, "care_facility", path, ImportOptions(crs="wgs84"), BY)
    dropped = [one for one in report.rejects if one.dropped == "row"]
    assert report.rows_read == report.rows_imported + len(dropped) == 578
    assert all("完全相同" in one.reason.zh for one in dropped)


def test_the_invalid_polygons_of_taipei_are_repaired_and_named(workspace, real_data):
    options = ImportOptions(columns={"name": "VNAME", "code": "CPTVID", "level": "=village"})
    report = import_file(
        workspace, "admin_unit", real_data / "taipei/taipei_villages_wgs84.geojson", options, BY
    )
    assert "修复了 2 个无效几何（行 123、128）。" in [note.zh for note in report.notes]
