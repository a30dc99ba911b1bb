"""What the worked cases share: a fresh workspace, imports that say what they found, a coverage line, a map."""

import argparse
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gis.coverage import CoverageReport, CoverageRequest, cover
from layers.importing import ImportOptions, ImportReport, import_file
from layers.store.protocol import By
from layers.workspace import Settings, Workspace
from web.export import export_map

BY = By("docs/cases", "worked case")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the raw files are, and where the case may write."""

    raw: Path
    out: Path


def folders(case: str) -> Folders:
    """Read ``--data`` and ``--out`` from the command line and empty the case's own output folder."""
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=f"worked case: {case}")
    parser.add_argument(
        "--data", type=Path, default=root.parent / "shared" / "data", help="folder of raw data"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "out", help="folder to write to")
    given = parser.parse_args()
    out = given.out / case
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return Folders(given.data / case, out)


def workspace(place: Folders, *, code: str, name: str) -> Workspace:
    """Make a fresh workspace beside the prepared files."""
    return Workspace.create(place.out / "workspace", Settings(code=code, name=name))


def take_in(
    space: Workspace,
    layer_id: str,
    path: Path,
    *,
    crs: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> ImportReport:
    """Import one file and print what came in, what did not, and why."""
    report = import_file(space, layer_id, path, ImportOptions(crs=crs, columns=columns or {}), BY)
    print(
        f"{layer_id:20} {report.rows_imported:6d} of {report.rows_read:6d} rows, rejects {report.reject_count}"
    )
    for reject in report.rejects[:5]:
        print(f"    row {reject.row} {reject.column}={reject.value!r}: {reject.reason.en} ({reject.dropped})")
    for note in report.notes:
        print(f"    {note.en}")
    return report


def ask(space: Workspace, request: CoverageRequest) -> CoverageReport:
    """Compute a coverage and print its one-line answer with everything that belongs to it."""
    report = cover(space, request)
    share = "unknown" if report.share is None else f"{report.share:.1%}"
    print(f"{report.definition.id} {report.definition.label.en}: {share}")
    print(f"    = {report.numerator:,.1f} / {report.denominator:,.1f} {report.measure.en}   {report.command}")
    for assumption in report.assumptions:
        print(f"    assumes: {assumption.en}")
    return report


def draw(space: Workspace, place: Folders, coverage: CoverageReport | None = None) -> Path:
    """Write the case's map as one HTML file and print where it is."""
    target = place.out / "map.html"
    target.write_text(export_map(space, profile="internal", lang="zh", coverage=coverage), encoding="utf-8")
    print(f"map: {target.name} ({target.stat().st_size / 1e6:.1f} MB)")
    return target
