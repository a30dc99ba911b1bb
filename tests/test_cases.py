"""The worked cases run as their pages say, and give the figures their pages print."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).resolve().parents[1] / "docs" / "cases"

pytestmark = pytest.mark.slow


def run(case: str, real_data: Path, out: Path) -> tuple[dict[str, Any], str]:
    done = subprocess.run(
        [sys.executable, CASES / f"{case}.py", "--data", real_data, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (out / case / "map.html").read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", ""), "the map would reach for the network"
    return json.loads((out / case / "report.json").read_text(encoding="utf-8")), done.stdout


def percent(report: dict[str, Any]) -> float:
    return round(100 * report["share"], 1)


def said_in(page: str) -> str:
    return (CASES / page).read_text(encoding="utf-8")


def test_toa_payoh_walks_a_quarter_of_what_the_straight_line_promises(real_data, tmp_path):
    report, _ = run("toapayoh", real_data, tmp_path)
    by_path, straight = percent(report["by_path"]), percent(report["straight"])
    assert 20 < by_path < 35
    assert 70 < straight < 85
    assert all(f"{share} %" in said_in("toapayoh.md") for share in (by_path, straight))


def test_chengdu_halves_between_straight_line_and_path(real_data, tmp_path):
    report, _ = run("chengdu", real_data, tmp_path)
    by_path, straight = percent(report["by_path"]), percent(report["straight"])
    assert by_path < straight
    assert all(f"{share} %" in said_in("chengdu.md") for share in (by_path, straight))
    assert f"{report['names']['suspect']} " in said_in("chengdu.md")
    assert "| 大 |" in (tmp_path / "chengdu" / "names.md").read_text(encoding="utf-8")


def test_taipei_counts_the_li_with_a_service_and_names_the_faults_of_the_file(real_data, tmp_path):
    report, said = run("taipei", real_data, tmp_path)
    assert report["presence"]["denominator"] == 456
    assert f"{percent(report['presence'])} %" in said_in("taipei.md")
    assert f"{percent(report['land'])} %" in said_in("taipei.md")
    assert "2 invalid geometries were repaired" in said
    assert "quality.lost-character" in said
