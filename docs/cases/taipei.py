"""Taipei: 174 elderly services over 456 里: presence, land within 500 m straight line, and what the import found.

python docs/cases/taipei.py
"""

import json

import geopandas as gpd
import pandas as pd

from case import Folders, ask, draw, folders, take_in, workspace
from gis.coverage import CoverageRequest
from layers.findings import Severity
from layers.quality import check_quality
from layers.workspace import Workspace

ELDERLY = "銀髮族服務"
WORTH_SAYING = (Severity.ERROR, Severity.SUSPECT, Severity.REVIEW)
KIND_OF = {
    "長期照護型": "care_home",
    "養護型": "care_home",
    "安養機構": "care_home",
    "失智照顧型": "care_home",
    "團體家屋": "care_home",
    "日間照顧中心": "day_care",
    "小規模多機能": "day_care",
    "老人服務中心": "service_centre",
    "社區照顧關懷據點": "mutual_aid",
}


def prepare(place: Folders) -> None:
    """Write units and services in shapes the import takes; coordinates and addresses are left as they are."""
    villages = gpd.read_file(place.raw / "taipei_villages_wgs84.geojson")
    districts = gpd.read_file(place.raw / "taipei_districts_wgs84.geojson")
    parent = dict(zip(districts["TNAME"], districts["CPTID"], strict=True))
    villages = villages.rename(columns={"CPTVID": "code", "VNAME": "name"}).assign(
        level="village", parent_code=villages["TNAME"].map(parent)
    )
    districts = districts.rename(columns={"CPTID": "code", "TNAME": "name"}).assign(
        level="town", parent_code=None
    )
    keep = ["code", "name", "level", "parent_code", "geometry"]
    gpd.GeoDataFrame(pd.concat([districts[keep], villages[keep]]), crs=4326).to_file(
        place.out / "units.geojson"
    )
    table = pd.read_csv(place.raw / "taipei_social_welfare_org_wgs84.csv")
    elderly = table[table["main_type"] == ELDERLY]
    elderly = elderly.assign(kind=elderly["sub_type"].map(KIND_OF).fillna("other"))
    elderly.to_csv(place.out / "services.csv", index=False)


def faults(space: Workspace) -> None:
    """Print what the quality checks find in the services, beyond what the import said."""
    for found in check_quality(space):
        if found.layer_id == "care_facility" and found.severity in WORTH_SAYING:
            print(f"{found.code}: {found.message.en}")


def main() -> None:
    """Run the case."""
    place = folders("taipei")
    prepare(place)
    with workspace(place, code="710000", name="臺北市") as space:
        take_in(space, "admin_unit", place.out / "units.geojson")
        take_in(space, "care_facility", place.out / "services.csv", crs="wgs84")
        presence = ask(space, CoverageRequest(layer_id="care_facility", definition="C1"))
        land = ask(space, CoverageRequest(layer_id="care_facility", definition="C3", within_m=500))
        faults(space)
        draw(space, place, presence)
    figures = {"presence": presence.as_json(), "land": land.as_json()}
    (place.out / "report.json").write_text(
        json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
