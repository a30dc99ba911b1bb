"""Toa Payoh, Singapore: who aged 65+ has an elderly-care centre within 500 m, by path and by straight line?

    python docs/cases/toapayoh.py

Residents aged 65+ are published by subzone only; they are spread evenly over the subzone's buildings, in whole
persons, so every subzone's total is kept.
"""

import csv
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from case import Folders, ask, draw, folders, take_in, workspace
from gis.coverage import CoverageRequest

AREA = "TOA PAYOH"
ONE_CENTIMETRE_DEG = 1e-7
NOT_DWELLINGS = {"school", "retail", "commercial", "transportation"}
ELDERLY_BANDS = ("65_69", "70_74", "75_79", "80_84", "85_89", "90andOver")


def subzones(raw: Path) -> gpd.GeoDataFrame:
    """Subzones of the planning area with residents aged 65+."""
    zones = gpd.read_file(raw / "subzone_2014.geojson")
    zones = zones[zones["PLN_AREA_N"] == AREA].reset_index(drop=True)
    people = pd.read_csv(raw / "resident_population_2020_subzone_age_sex.csv", na_values="-", thousands=",")
    elderly = people.set_index(people["Number"].str.upper())[[f"Total_{band}" for band in ELDERLY_BANDS]].sum(
        axis=1
    )
    zones["elderly"] = zones["SUBZONE_N"].map(elderly).astype(int)
    return zones


def dwellings(raw: Path, zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Read the buildings people may live in, with their subzone; amenities and shops are left out."""
    table = pd.read_csv(raw / "bustrips_toa_payoh_buildings_osm_center_filtered.csv")
    table = table[table["amenity"].isna() & ~table["building"].isin(NOT_DWELLINGS)]
    points = gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(table["X"], table["Y"]), crs=4326)
    return points.sjoin(zones[["SUBZONE_N", "elderly", "geometry"]].to_crs(4326), predicate="within")


def spread(homes: gpd.GeoDataFrame) -> pd.Series:
    """Give each building its share of the subzone's elderly; the first buildings take the odd persons."""
    group = homes.groupby("SUBZONE_N")["elderly"]
    rank, size = group.cumcount(), group.transform("size")
    return homes["elderly"] // size + (rank < homes["elderly"] % size).astype(int)


def prepare(place: Folders) -> None:
    """Write the raw files in shapes the import takes."""
    zones = subzones(place.raw)
    zones.assign(level="village").rename(
        columns={"SUBZONE_C": "code", "SUBZONE_N": "name", "elderly": "pop_65_plus"}
    )[["code", "name", "level", "pop_65_plus", "geometry"]].to_file(place.out / "units.geojson")
    homes = dwellings(place.raw, zones)
    pd.DataFrame(
        {"id": homes["osmid"], "pop_65_plus": spread(homes), "lon": homes["X"], "lat": homes["Y"]}
    ).to_csv(place.out / "population.csv", index=False)
    write_paths(place)
    left_out = zones.loc[~zones["SUBZONE_N"].isin(homes["SUBZONE_N"]), ["SUBZONE_N", "elderly"]]
    print(
        f"65+ residents of {AREA}: {zones['elderly'].sum():,}; subzones without a mapped building: "
        f"{left_out.to_dict('records')}"
    )


def write_paths(place: Folders) -> None:
    """Write the path network as lines with node ids and the published lengths.

    Some edges have a length but both ends drawn at one place; they are drawn a centimetre long, so that they stay in
    the network.
    """
    nodes = pd.read_csv(place.raw / "nodes.csv").set_index("node_id")[["lon", "lat"]]
    edges = pd.read_csv(place.raw / "edges.csv")
    ends = np.hstack([nodes.loc[edges["u"]].to_numpy(), nodes.loc[edges["v"]].to_numpy()])
    drawn_as_a_dot = (ends[:, :2] == ends[:, 2:]).all(axis=1)
    ends[drawn_as_a_dot, 2] += ONE_CENTIMETRE_DEG
    with (place.out / "paths.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "node_from", "node_to", "length_m", "walkable", "road_class", "wkt"])
        for number, (edge, (x1, y1, x2, y2)) in enumerate(zip(edges.itertuples(), ends, strict=True)):
            line = f"LINESTRING ({x1} {y1}, {x2} {y2})"
            writer.writerow([number, edge.u, edge.v, edge.length_m, "yes", "path", line])


def main() -> None:
    """Run the case."""
    place = folders("toapayoh")
    prepare(place)
    with workspace(place, code="900001", name="Toa Payoh") as space:
        take_in(space, "admin_unit", place.out / "units.geojson")
        take_in(space, "population", place.out / "population.csv", crs="wgs84")
        take_in(space, "road", place.out / "paths.csv", crs="wgs84")
        take_in(
            space,
            "care_facility",
            place.raw / "eldercare.geojson",
            columns={"id": "OBJECTID", "name": "NAME", "address": "ADDRESSSTR"},
        )
        by_path = ask(space, CoverageRequest(layer_id="care_facility", within_m=500, travel="network"))
        straight = ask(space, CoverageRequest(layer_id="care_facility", within_m=500, travel="straight"))
        draw(space, place, by_path)
    figures = {"by_path": by_path.as_json(), "straight": straight.as_json()}
    (place.out / "report.json").write_text(
        json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
