"""Chengdu, 2018 extract: hospitals within 1 km of residential areas by path and straight; names of those areas.

    python docs/cases/chengdu.py

The extract holds no elderly care, so hospitals stand in for the service; nothing here is a statement about care.
"""

import json
from pathlib import Path

from case import BY, ask, draw, folders, workspace
from gis.coverage import CoverageRequest
from gis.names import check_names
from layers.findings import Finding
from layers.importing import ImportOptions, import_osm

WORST = 40


def page_of_the_worst(findings: list[Finding], target: Path) -> None:
    """Write the findings a reviewer should see first, one line per name."""
    order = ("suspect", "error", "review")
    worst = sorted(
        (found for found in findings if found.severity in order),
        key=lambda found: (order.index(found.severity), found.category, found.feature_name),
    )
    lines = ["| 名称 | 类别 | 级别 | 依据 |", "|---|---|---|---|"]
    lines += [f"| {f.feature_name} | {f.category} | {f.severity} | {f.message.zh} |" for f in worst[:WORST]]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def by_gravest(findings: list[Finding]) -> dict[str, int]:
    """Count names by the gravest finding on each."""
    gravest: dict[str, str] = {}
    for level in ("note", "review", "suspect"):
        gravest |= {found.feature_id: level for found in findings if found.severity == level}
    return {level: list(gravest.values()).count(level) for level in ("suspect", "review", "note")}


def main() -> None:
    """Run the case."""
    place = folders("chengdu")
    with workspace(place, code="510100", name="成都（OSM 2018 节选）") as space:
        for report in import_osm(space, place.raw / "chengdu_CD.osm.pbf", ImportOptions(), BY):
            print(f"{report.layer_id:20} {report.rows_imported:6d} rows, rejects {report.reject_count}")
        hospitals = {"kind": "hospital"}
        by_path = ask(
            space,
            CoverageRequest(layer_id="point_of_interest", within_m=1000, travel="network", where=hospitals),
        )
        straight = ask(
            space,
            CoverageRequest(layer_id="point_of_interest", within_m=1000, travel="straight", where=hospitals),
        )
        areas = space.layer("residential_quarter")
        findings = check_names(areas, space.settings.name_packs, space.settings.code)
        page_of_the_worst(findings, place.out / "names.md")
        draw(space, place, by_path)
    tally = {level: sum(f.severity == level for f in findings) for level in ("suspect", "review", "note")}
    print(f"residential areas with a name: {areas.frame['name'].notna().sum()}, findings: {tally}")
    print("names by their gravest finding:", by_gravest(findings))
    figures = {"by_path": by_path.as_json(), "straight": straight.as_json(), "names": tally}
    (place.out / "report.json").write_text(
        json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
