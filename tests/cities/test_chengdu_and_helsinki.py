"""Chengdu and Helsinki from their OSM extracts: counts as osmium counts them, walks as networkx walks them."""

from datetime import date

import geopandas as gpd
import numpy as np
import osmium
import pytest
import shapely
from town_on_nodes import BY, opened, put_on_nodes, taken, walkable, walked_m

from gis.coverage import CoverageRequest, SiteRequest, cover, place_sites
from layers.importing import ImportOptions, import_osm

pytestmark = pytest.mark.slow
ON = date(2026, 1, 1)
HOSPITALS = CoverageRequest(
    layer_id="point_of_interest", within_min=15, where={"kind": "hospital"}, by="residential_quarter", on=ON
)


@pytest.fixture(scope="module")
def chengdu(real_data, tmp_path_factory):
    extract = real_data / "chengdu" / "chengdu_CD.osm.pbf"
    layers = "road,residential_quarter,point_of_interest"
    with opened(tmp_path_factory.mktemp("chengdu") / "ws", "成都") as place:
        import_osm(place, extract, ImportOptions(source_layer=layers), BY)
        yield place, extract


@pytest.fixture(scope="module")
def helsinki(real_data, tmp_path_factory):
    with opened(tmp_path_factory.mktemp("helsinki") / "ws", "Helsinki") as place:
        import_osm(place, real_data / "scale" / "Helsinki.osm.pbf", ImportOptions(), BY)
        grid = real_data / "scale" / "helsinki_population_grid_2020.gpkg"
        taken(place, "population", grid)
        yield place, gpd.read_file(grid)


def tagged(extract, key, value):
    """Count objects of an extract with a tag, read by osmium alone."""
    found = osmium.FileProcessor(extract).with_filter(osmium.filter.TagFilter((key, value)))
    return sum(1 for _ in found)


def test_hospitals_of_chengdu_are_those_osmium_counts(chengdu):
    place, extract = chengdu
    kinds = place.layer("point_of_interest").frame["kind"]
    assert (kinds == "hospital").sum() == tagged(extract, "amenity", "hospital") == 80


def test_quarters_of_chengdu_add_up_and_five_hospitals_add_what_the_plan_says(chengdu):
    place, _ = chengdu
    report = cover(place, HOSPITALS)
    people = report.as_json()["people"]
    assert people["served"] + people["unserved"] + people["unknown"] == people["total"]
    assert people["total"] == len(place.layer("residential_quarter")) == len(report.rows)
    plan = place_sites(place, SiteRequest(reach=HOSPITALS, sites=5))
    assert plan.before == report.numerator
    assert plan.after == plan.before + sum(one.adds for one in plan.new_sites)
    assert plan.plan.proven


def test_people_at_nodes_of_chengdu_are_served_as_networkx_walks(chengdu, tmp_path):
    place, _ = chengdu
    town = put_on_nodes(place, tmp_path, people=1500, sites=60)
    report = cover(place, CoverageRequest(within_m=1000, on=ON))
    metres = walked_m(town)
    unclear = int((np.abs(metres - 1000) <= 0.5).sum())
    assert abs(report.numerator - int((metres <= 1000).sum())) <= unclear
    assert 100 < report.numerator < 1400


def test_every_cell_of_helsinki_counts_once_and_those_beyond_the_roads_are_unknown(helsinki):
    place, grid = helsinki
    report = cover(
        place,
        CoverageRequest(
            layer_id="point_of_interest", within_min=5, population_field="population", by="county", on=ON
        ),
    )
    people = report.as_json()["people"]
    parts = people["served"] + people["unserved"] + people["unknown"]
    assert parts == people["total"] == grid["population"].sum() == 71_724
    cells = (
        gpd.GeoSeries(grid.geometry.representative_point(), crs="EPSG:4326").to_crs("EPSG:3067").to_numpy()
    )
    roads = gpd.GeoSeries(walkable(place).geometry, crs="EPSG:4490").to_crs("EPSG:3067").to_numpy()
    off = np.ones(len(cells), bool)
    off[shapely.STRtree(roads).query(cells, predicate="dwithin", distance=500)[0]] = False
    beyond = off & ~shapely.intersects(shapely.convex_hull(shapely.geometrycollections(roads)), cells)
    assert people["unknown"] == grid["population"][beyond].sum()
    told = [one.zh for one in report.assumptions if "道路资料的范围" in one.zh]
    assert told[0].startswith(f"{beyond.sum()} 个需求点在道路资料的范围")
    assert f"{grid['population'][beyond].sum():,} 人，占 58.9%" in told[0]
