"""A table of any length in bounded memory."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import resource, sys
from pathlib import Path
from layers.importing import ImportOptions, import_file
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

peaks = []
def watch(stage, done, total):
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

with Workspace.create(Path(sys.argv[2]), Settings("320413", "金坛区")) as workspace:
    report = import_file(workspace, "care_facility", Path(sys.argv[1]), ImportOptions(crs="wgs84"), By("test"), watch)
print(report.rows_imported, report.encoding, peaks[0], peaks[-1])
"""
ROWS = 200_000
GROWTH_MB = 120


@pytest.mark.slow
def test_a_long_csv_is_taken_in_bounded_memory(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w", encoding="gb18030") as file:
        file.write("编号,名称,经度,纬度,地址,床位,类型\n")
        for row in range(ROWS):
            file.write(
                f"{row},第{row}养老院,119.{row:06d},31.{row:06d},金坛区东路{row}号,{row % 300},养老院\n"
            )
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, path, tmp_path / "ws"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    taken, encoding, after_first_mb, at_end_mb = done.stdout.split()
    assert (int(taken), encoding) == (ROWS, "gb18030")
    assert int(at_end_mb) - int(after_first_mb) < GROWTH_MB
