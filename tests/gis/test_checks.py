"""One place runs all checks, in one order, and says what it could not check."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import shapely

from gis.checks import CHECKS, check_of, run_checks, summary
from layers.errors import NotFoundError
from layers.findings import Finding, Severity
from layers.frames import layer_from_rows
from layers.specs import SPECS
from layers.text import Text
from layers.workspace import Settings, Workspace

ON = date(2026, 1, 1)


class Shelf:
    """A store of layers made for a test."""

    def __init__(self, **rows):
        self.layers = {layer_id: layer_from_rows(SPECS[layer_id], given) for layer_id, given in rows.items()}

    def layer_ids(self):
        return tuple(self.layers)

    def read(self, layer_id):
        return self.layers[layer_id]


def workspace(**rows):
    return Workspace(Path(), Settings("320413", "金坛区"), Shelf(**rows))


def full_cemetery(id_="c1"):
    return {"id": id_, "name": "青山公墓", "plots": 10, "plots_used": 12, "geometry": shapely.Point(119, 31)}


def finding(code, severity=Severity.ERROR, category=""):
    return Finding(
        code=code,
        severity=severity,
        layer_id="road",
        feature_id="1",
        feature_name="",
        message=Text("", ""),
        citation="",
        category=category,
    )


def test_nothing_imported_is_unknown_in_every_check():
    findings = run_checks(workspace(), on=ON)
    assert {check_of(found) for found in findings} == set(CHECKS)
    assert {found.severity for found in findings} == {Severity.UNKNOWN}


@pytest.mark.parametrize("which", list(CHECKS))
def test_one_check_gives_only_its_own_findings(which):
    assert {check_of(found) for found in run_checks(workspace(), which, on=ON)} == {which}


def test_an_unknown_check_lists_the_known_ones():
    with pytest.raises(NotFoundError) as raised:
        run_checks(workspace(), "roads")
    assert raised.value.message.zh == "没有名为“roads”的检查。"
    assert raised.value.hint.en == "Checks: all, quality, names, signs, boundaries, cemeteries."


def test_the_most_severe_come_first_and_the_order_is_stable():
    rows = [full_cemetery("c2"), full_cemetery("c1")]
    findings = run_checks(workspace(cemetery=rows), on=ON)
    ranks = [list(Severity).index(found.severity) for found in findings]
    assert ranks == sorted(ranks)
    again = run_checks(workspace(cemetery=rows[::-1]), on=ON)
    assert [found.key for found in findings] == [found.key for found in again]


def test_what_two_checks_say_of_one_feature_is_said_once():
    shelf = workspace(cemetery=[full_cemetery()])
    together = [found.code for found in run_checks(shelf, on=ON) if found.severity is Severity.ERROR]
    assert together == ["cemeteries.used-over-total"]
    assert "quality.part-over-whole" in [found.code for found in run_checks(shelf, "quality", on=ON)]


def test_a_quarter_whose_name_is_registered_is_judged_once():
    rows = [{"id": "1", "name": "罗马花园", "geometry": shapely.Point(119, 31)}]
    both = run_checks(workspace(place_name=rows, residential_quarter=rows), "names", on=ON)
    alone = run_checks(workspace(residential_quarter=rows), "names", on=ON)
    assert {found.layer_id for found in both} == {"place_name"}
    assert {found.layer_id for found in alone} == {"residential_quarter"}


def test_keys_tell_all_findings_apart():
    findings = run_checks(workspace(cemetery=[full_cemetery(), full_cemetery("c2")]), on=ON)
    assert len({found.key for found in findings}) == len(findings)


def test_progress_goes_from_nothing_to_all():
    heard = []
    run_checks(workspace(), "names", on=ON, progress=lambda *said: heard.append(said[1:]))
    assert heard == [(0, 1), (1, 1)]


def test_the_summary_counts_by_check_severity_and_category():
    counted = summary(
        [finding("names.x", category="大"), finding("names.y"), finding("quality.z", Severity.NOTE)]
    )
    assert counted == {
        "total": 3,
        "check": {"names": 2, "quality": 1},
        "severity": {"error": 2, "suspect": 0, "review": 0, "unknown": 0, "note": 1},
        "category": {"": 2, "大": 1},
    }


def test_listing_the_checks_loads_no_geometry_library():
    code = "import gis.checks, sys; print({'geopandas', 'shapely', 'pandas'} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert said.stdout.strip() == "set()"
