"""Toa Payoh: paths given as edges and nodes, subzones by age, centres of the elderly; networkx walks the same paths."""

import json
from datetime import date
from pathlib import Path

import geopandas as gpd
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from town_on_nodes import opened, put_on_nodes, taken, walked_m

from gis.coverage import CoverageRequest, SiteRequest, cover, place_sites
from gis.coverage.studies import differences, read_study, run_study

pytestmark = pytest.mark.slow
STUDY = Path(__file__).parent / "studies" / "toa_payoh.toml"
ON = date(2026, 1, 1)
AGED = ["Total_65_69", "Total_70_74", "Total_75_79", "Total_80_84", "Total_85_89", "Total_90andOver"]


def subzones(folder: Path) -> pd.DataFrame:
    """Subzones of Toa Payoh with their residents; a dash means nobody."""
    zones = gpd.read_file(folder / "subzone_2014.geojson").query("PLN_AREA_N == 'TOA PAYOH'")
    table = pd.read_csv(folder / "resident_population_2020_subzone_age_sex.csv", dtype=str)
    table = table.set_index(table["Number"].str.strip().str.upper())[["Total_Total", *AGED]]
    numbers = table.replace("-", "0").astype(int)
    found = zones[["SUBZONE_C", "SUBZONE_N"]].join(numbers, on="SUBZONE_N")
    found["pop_65_plus"] = found[AGED].sum(axis=1)
    return found.rename(columns={"SUBZONE_C": "code", "SUBZONE_N": "name", "Total_Total": "population"})


@pytest.fixture(scope="module")
def city(real_data, tmp_path_factory):
    folder, here = real_data / "toapayoh", tmp_path_factory.mktemp("toapayoh")
    zones = subzones(folder)
    table = here / "residents.csv"
    zones[["code", "name", "population", "pop_65_plus"]].assign(level="village").to_csv(table, index=False)
    with opened(here / "ws", "Toa Payoh") as place:
        roads = taken(place, "road", folder / "edges.csv", crs="wgs84", nodes=folder / "nodes.csv")
        named = {"name": "SUBZONE_N", "code": "SUBZONE_C", "parent_code": "PLN_AREA_C", "level": "=village"}
        only = {"PLN_AREA_N": "TOA PAYOH"}
        taken(place, "admin_unit", folder / "subzone_2014.geojson", columns=named, only=only)
        taken(place, "admin_unit", table, update=True)
        care = taken(place, "care_facility", folder / "eldercare.geojson")
        yield place, {"road": roads, "care": care}, folder, zones


def test_every_edge_and_centre_is_taken_and_lengths_are_those_of_the_table(city):
    place, reports, folder, _ = city
    edges = pd.read_csv(folder / "edges.csv")
    assert reports["road"].rows_imported == len(edges)
    assert reports["care"].rows_imported == 133
    assert place.layer("road").frame["length_m"].sum() == pytest.approx(edges["length_m"].sum(), abs=1e-6)


def test_residents_added_by_code_keep_the_shapes_and_add_up_to_the_census(city):
    place, _, _, zones = city
    units = place.layer("admin_unit").frame
    assert len(units) == len(zones) == 12
    assert units.geometry.notna().all()
    assert units["pop_65_plus"].sum() == zones["pop_65_plus"].sum()


def test_people_add_up_and_more_time_never_serves_fewer(city):
    place, _, _, zones = city
    served = []
    for minutes in (5, 10, 15, 30):
        people = cover(place, CoverageRequest(within_min=minutes, on=ON)).as_json()["people"]
        assert people["served"] + people["unserved"] + people["unknown"] == people["total"]
        assert people["total"] == zones["pop_65_plus"].sum()
        served.append(people["served"])
    assert served == sorted(served)


def test_two_more_centres_add_what_the_plan_says(city):
    place, *_ = city
    reach = CoverageRequest(within_min=15, on=ON)
    plan = place_sites(place, SiteRequest(reach=reach, sites=2))
    again = cover(place, CoverageRequest(within_min=15, on=ON, changes=plan.changes))
    assert plan.before == cover(place, reach).numerator
    assert plan.before + sum(one.adds for one in plan.new_sites) == pytest.approx(plan.after)
    assert again.numerator == pytest.approx(plan.after)


def test_the_study_of_the_town_repeats(city, tmp_path):
    place, *_ = city
    done = run_study(place, read_study(STUDY))
    for one in done.answers:
        (tmp_path / f"{one.question.id}.json").write_text(json.dumps(one.result), "utf-8")
    (tmp_path / "provenance.json").write_text(json.dumps(done.provenance), "utf-8")
    assert differences(run_study(place, read_study(STUDY)), tmp_path) == ()


@pytest.mark.parametrize("limit_m", [400, 900])
def test_people_at_nodes_are_served_as_networkx_walks(real_data, tmp_path, limit_m):
    folder = real_data / "toapayoh"
    with opened(tmp_path / "ws", "Toa Payoh") as place:
        taken(place, "road", folder / "edges.csv", crs="wgs84", nodes=folder / "nodes.csv")
        town = put_on_nodes(place, tmp_path, people=400, sites=15)
        report = cover(place, CoverageRequest(within_m=limit_m, on=ON))
    edges = pd.read_csv(folder / "edges.csv")
    graph = nx.from_pandas_edgelist(edges.astype({"u": str, "v": str}), "u", "v", "length_m")
    assert set(town.graph.edges) <= {pair for edge in graph.edges for pair in (edge, edge[::-1])}
    metres = walked_m(town)
    clear = np.abs(metres - limit_m) > 0.5
    assert abs(report.numerator - int((metres <= limit_m).sum())) <= int((~clear).sum())
    assert 0 < report.numerator < 400
