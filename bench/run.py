"""Print speed and memory of the main job, beside a peer where there is one. Both are measured in this run.

    make bench

CPU seconds, medians of three fresh processes; machines are noisy, so read the ratios.
"""

import argparse
from pathlib import Path

from measuring import Figures, measured

HERE = Path(__file__).resolve().parent
WORKS = str(HERE / "works.py")


def line(label: str, ours: Figures, peer: Figures | None = None) -> None:
    """Print one row of the table."""
    ratio = f"{peer.cpu_s / ours.cpu_s:8.1f}x" if peer else " " * 9
    theirs = f"{peer.cpu_s:9.3f} {peer.peak_mb:7.0f}" if peer else " " * 17
    print(f"{label:52}{ours.cpu_s:9.3f} {ours.peak_mb:7.0f} {theirs} {ratio}   {ours.value}", flush=True)


def main() -> None:
    """Measure everything on the Chengdu extract."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    given = parser.parse_args()
    pbf = given.data / "chengdu" / "chengdu_CD.osm.pbf"
    if not pbf.is_file():
        raise SystemExit(f"{pbf.name} is not there: name the folder of real data with --data")
    out = HERE / "out" / "workspace"
    out.parent.mkdir(exist_ok=True)
    at = {"folder": str(out)}
    print(f"{'work':52}{'ours s':>9} {'MB':>7} {'peer s':>9} {'MB':>7} {'ratio':>9}   value")
    line(
        "OSM into a workspace with graph / GDAL copy to GPKG",
        measured(WORKS, "import_osm_ours", {"pbf": str(pbf), **at}),
        measured(WORKS, "import_osm_gdal", {"pbf": str(pbf), "target": str(out.with_suffix(".gpkg"))}),
    )
    line("network from its cache, memory-mapped", measured(WORKS, "reopen_network", at))
    line("coverage of Chengdu, graph built", measured(WORKS, "cover_hospitals", at))
    line(
        "nearest source for every node / networkx",
        measured(WORKS, "nearest_ours", at),
        measured(WORKS, "nearest_networkx", at),
    )
    line(
        "100 windows of roads / pyogrio on the same file",
        measured(WORKS, "bbox_ours", at),
        measured(WORKS, "bbox_pyogrio", at),
    )


if __name__ == "__main__":
    main()
