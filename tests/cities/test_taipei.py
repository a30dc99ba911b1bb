"""Taipei: villages, districts and the elderly among its welfare organisations, asked without roads."""

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from town_on_nodes import opened, straight_m, taken

from gis.coverage import CoverageRequest, cover
from gis.coverage.studies import differences, read_study, run_study

pytestmark = pytest.mark.slow
STUDY = Path(__file__).parent / "studies" / "taipei.toml"
C1 = CoverageRequest(definition="C1", on=date(2026, 1, 1))


@pytest.fixture(scope="module")
def city(real_data, tmp_path_factory):
    folder = real_data / "taipei"
    with opened(tmp_path_factory.mktemp("taipei") / "ws", "臺北市") as place:
        villages, districts = "taipei_villages_wgs84.geojson", "taipei_districts_wgs84.geojson"
        named = {"name": "VNAME", "code": "CPTVID", "level": "=village"}
        reports = {"villages": taken(place, "admin_unit", folder / villages, columns=named)}
        named = {"name": "TNAME", "code": "CPTID", "level": "=town"}
        reports["districts"] = taken(place, "admin_unit", folder / districts, columns=named)
        care = folder / "taipei_social_welfare_org_wgs84.csv"
        only = {"main_type": "銀髮族服務"}
        reports["care"] = taken(place, "care_facility", care, crs="wgs84", only=only)
        yield place, reports, folder


def test_every_row_of_the_sources_is_taken_or_named(city):
    _, reports, folder = city
    table = pd.read_csv(folder / "taipei_social_welfare_org_wgs84.csv")
    elderly = table[table["main_type"] == "銀髮族服務"]
    assert [reports[one].rows_imported for one in ("villages", "districts")] == [456, 12]
    care = reports["care"]
    assert (
        (care.rows_read, care.rows_imported) == (len(elderly), len(elderly.drop_duplicates())) == (174, 171)
    )
    assert "修复了 2 个无效几何（行 123、128）。" in [one.zh for one in reports["villages"].notes]


def test_villages_with_a_facility_are_those_geopandas_finds(city):
    place, _, folder = city
    report = cover(place, C1)
    villages = gpd.read_file(folder / "taipei_villages_wgs84.geojson")
    villages["geometry"] = villages.make_valid()
    table = pd.read_csv(folder / "taipei_social_welfare_org_wgs84.csv")
    table = table[table["main_type"] == "銀髮族服務"]
    points = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["lon"], table["lat"]), crs="EPSG:4326")
    having = set(gpd.sjoin(points, villages, predicate="within")["CPTVID"])
    assert {row.code for row in report.rows if row.covered} == having
    assert (report.numerator, report.denominator) == (len(having), 456)


def test_the_nearest_facility_of_a_village_is_the_nearest_on_the_ellipsoid(city):
    place, *_ = city
    report = cover(place, CoverageRequest(definition="C5", within_m=500, on=date(2026, 1, 1)))
    sites = place.layer("care_facility").frame
    apart = straight_m(np.array([(row.lon, row.lat) for row in report.rows]), _xy(sites))
    at = {name: number for number, name in enumerate(sites["id"])}
    named = apart[np.arange(len(report.rows)), [at[row.nearest.id] for row in report.rows]]
    np.testing.assert_allclose(named, apart.min(axis=1), rtol=0, atol=0.5)
    measured = [row.nearest.straight_m for row in report.rows]
    np.testing.assert_allclose(measured, apart.min(axis=1), rtol=0, atol=0.5)


def test_districts_hold_all_villages_people_and_none_twice(city):
    place, *_ = city
    by_town = cover(place, CoverageRequest(definition="C5", within_m=500, by="town", on=date(2026, 1, 1)))
    assert len(by_town.rows) == 12
    assert sum(row.numerator for row in by_town.rows) == by_town.numerator
    people = by_town.as_json()["people"]
    assert people["served"] + people["unserved"] + people["unknown"] == people["total"]


def test_the_study_of_the_city_repeats(city, tmp_path):
    place, *_ = city
    done = run_study(place, read_study(STUDY))
    for one in done.answers:
        (tmp_path / f"{one.question.id}.json").write_text(json.dumps(one.result), "utf-8")
    (tmp_path / "provenance.json").write_text(json.dumps(done.provenance), "utf-8")
    assert differences(run_study(place, read_study(STUDY)), tmp_path) == ()


def _xy(frame):
    return np.column_stack([frame.geometry.x, frame.geometry.y])
