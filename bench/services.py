"""Print speed and memory of networks, access and siting beside the peers. Both are measured in this run.

    python bench/services.py [--nodes 500000] [--runs 3] [--only area] [--data ../shared/data]

CPU seconds, medians of fresh processes; machines are noisy, so read the ratios. The peers are pandana, PySAL access,
spopt and the hull of osmnx; what they cannot do within the run shows as a dash.
"""

import argparse
from pathlib import Path

from measuring import Figures, measured

HERE = Path(__file__).resolve().parent
WORKS, NETWORKS = str(HERE / "services_works.py"), str(HERE / "network_works.py")
PLANNER = str(HERE / "planner_works.py")
REAL = (("chengdu/chengdu_CD.osm.pbf", "walk"), ("chengdu/chengdu_CD.osm.pbf", "drive"),
        ("scale/porto_portugal.osm.pbf", "walk"))  # fmt: skip
TABLE: tuple[tuple[str, str, str | None, dict[str, str]], ...] = (
    ("build the network / pandana's build", "build_ours", "build_pandana", {"nodes": "N"}),
    ("nearest of 2,000, 15 min / pandana's query", "nearest_ours", "nearest_pandana", {"nodes": "N"}),
    ("pairs within 15 min, 2,000 x 100k / pandana's query", "pairs_ours", "pairs_pandana", {"nodes": "N"}),
    ("E2SFCA on 670k pairs / PySAL access", "scores_ours", "scores_access", {}),
    (
        "MCLP 5k x 1k, model only / spopt",
        "cover_build_ours",
        "cover_build_spopt",
        {"demand": "5000", "sites": "1000"},
    ),
    (
        "build and pairs / pandana's build and query",
        "built_pairs_ours",
        "built_pairs_pandana",
        {"nodes": "N"},
    ),
    ("MCLP 10k x 2k to 1 %", "cover_fast", None, {"demand": "10000", "sites": "2000", "gap": "0.01"}),
    (
        "MCLP 10k x 2k, built and proven / spopt with HiGHS",
        "cover_total_fast",
        "cover_total_spopt",
        {"demand": "10000", "sites": "2000"},
    ),
    ("MCLP 10k x 2k, the curve of 0 to 30 sites", "curve_fast", None, {"demand": "10000", "sites": "2000"}),
    ("MCLP 5k x 1k, proven", "cover_fast", None, {"demand": "5000", "sites": "1000", "gap": "0"}),
    ("people to 100 sites by capacity / HiGHS", "capacity_ours", "capacity_highs", {}),
    ("p-median 10k x 2k to a proven 1 %", "median_ours", None, {"demand": "10000", "sites": "2000"}),
)


AREAS: tuple[tuple[str, str, str | None, dict[str, str]], ...] = (
    ("20 exact service areas / osmnx hulls", "area_ours", "area_hull", {"nodes": "N"}),
    ("dissolved service area of 200 facilities", "dissolved_ours", None, {"nodes": "N"}),
    ("nearest of 2,000, 2M nodes, no limit", "nearest_everywhere_ours", None, {"nodes": "2000000"}),
)


def line(label: str, ours: Figures, peer: Figures | None) -> str:
    """Write one row of the table."""
    theirs = f"{peer.cpu_s:10.4f} {peer.peak_mb:6.0f} {peer.cpu_s / ours.cpu_s:8.1f}x" if peer else " " * 27
    return f"{label:54}{ours.cpu_s:10.4f} {ours.peak_mb:6.0f} {theirs}   {ours.value} {peer.value if peer else ''}"


def main() -> None:
    """Measure every row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="rows whose label holds this")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    given = parser.parse_args()
    print(f"{'work':54}{'ours s':>10} {'MB':>6} {'peer s':>10} {'MB':>6} {'ratio':>9}   values")
    every = [(WORKS, *row) for row in TABLE] + [(NETWORKS, *row) for row in AREAS]
    for path, mode in REAL:
        found = given.data / path
        if found.is_file():
            label = f"{found.stem.split('_')[0]}, {mode}: 500 nearest, pairs, area / scipy"
            every.append((NETWORKS, label, "real_ours", "real_scipy", {"path": str(found), "mode": mode}))
        else:
            print(f"{found.name} is not there and is left out: name the folder of real data with --data")
    if (given.data / REAL[0][0]).is_file():
        label = "planner click -> new coverage, chengdu"
        every.append((PLANNER, label, "click_ours", None, {"path": str(given.data / REAL[0][0])}))
    for script, label, ours, peer, said in every:
        if given.only not in label:
            continue
        arguments = {name: str(given.nodes) if value == "N" else value for name, value in said.items()}
        own = measured(script, ours, arguments, runs=given.runs)
        other = measured(script, peer, arguments, runs=given.runs) if peer else None
        print(line(label, own, other), flush=True)


if __name__ == "__main__":
    main()
