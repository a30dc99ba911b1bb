"""Print speed and memory of networks, access and siting beside the peers. Both are measured in this run.

    python bench/services.py [--nodes 500000] [--runs 3]

CPU seconds, medians of fresh processes; machines are noisy, so read the ratios. The peers are pandana, PySAL access,
spopt and the hull of a networkx search; what they cannot do within the run shows as a dash.
"""

import argparse
from pathlib import Path

from measuring import Figures, measured

WORKS = str(Path(__file__).resolve().parent / "services_works.py")
TABLE: tuple[tuple[str, str, str | None, dict[str, str]], ...] = (
    ("build the network / pandana's build", "build_ours", "build_pandana", {"nodes": "N"}),
    ("nearest of 2,000, 15 min / pandana's query", "nearest_ours", "nearest_pandana", {"nodes": "N"}),
    ("pairs within 15 min, 2,000 x 100k / pandana's query", "pairs_ours", "pairs_pandana", {"nodes": "N"}),
    ("exact service area / hull of nodes (networkx)", "area_ours", "area_hull", {"nodes": "N"}),
    ("E2SFCA on 670k pairs / PySAL access", "scores_ours", "scores_access", {}),
    (
        "MCLP 5k x 1k, model only / spopt",
        "cover_build_ours",
        "cover_build_spopt",
        {"demand": "5000", "sites": "1000"},
    ),
    ("MCLP 10k x 2k to 1 %", "cover_fast", None, {"demand": "10000", "sites": "2000", "gap": "0.01"}),
    ("MCLP 5k x 1k, proven", "cover_fast", None, {"demand": "5000", "sites": "1000", "gap": "0"}),
    ("p-median 10k x 2k to a proven 1 %", "median_ours", None, {"demand": "10000", "sites": "2000"}),
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
    given = parser.parse_args()
    print(f"{'work':54}{'ours s':>10} {'MB':>6} {'peer s':>10} {'MB':>6} {'ratio':>9}   values")
    for label, ours, peer, said in TABLE:
        arguments = {name: str(given.nodes) if value == "N" else value for name, value in said.items()}
        own = measured(WORKS, ours, arguments, runs=given.runs)
        other = measured(WORKS, peer, arguments, runs=given.runs) if peer else None
        print(line(label, own, other), flush=True)


if __name__ == "__main__":
    main()
