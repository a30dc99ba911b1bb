"""Both doors, one core: the command line and HTTP give the same JSON."""

import json

import pytest
from typer.testing import CliRunner

from api.cli import app

ON = "2026-06-30"


def printed(tiny, *args: str):
    result = CliRunner().invoke(app, [*args, "-w", str(tiny), "--format", "json"], env={"FANGYU_LANG": "zh"})
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


def served(staff, address: str):
    answer = staff.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_layers(tiny, staff):
    assert printed(tiny, "layers") == served(staff, "/api/layers")


@pytest.mark.parametrize(
    ("options", "query"),
    [
        (["--definition", "C1"], "definition=C1"),
        (["--within-m", "1000", "--travel", "straight"], "within_m=1000&travel=straight"),
        (["--within-min", "15", "--by", "town"], "within_min=15&by=town"),
        (["--definition", "C5", "--within-m", "500", "--where", "kind=care_home"],
         "definition=C5&within_m=500&where=kind=care_home"),
        (["--definition", "C7", "--within-min", "15", "--need-per-1000", "30", "--norms", "jiangsu"],
         "definition=C7&within_min=15&need_per_1000=30&norms=jiangsu"),
        (["--definition", "C8", "--within-m", "800", "--mode", "e-bike"],
         "definition=C8&within_m=800&mode=e-bike"),
        (["--within-m", "800", "--add", "new@119.9,31.7;新设;beds=40"],
         "within_m=800&change=add:new@119.9,31.7;新设;beds=40"),
    ],
)  # fmt: skip
def test_coverage(tiny, staff, options, query):
    assert printed(tiny, "cover", "care_facility", "--on", ON, *options) == served(
        staff, f"/api/coverage?on={ON}&{query}"
    )


@pytest.mark.parametrize("check", ["all", "quality", "names", "signs", "boundaries", "cemeteries"])
def test_findings(tiny, staff, check):
    assert printed(tiny, "check", check, "--on", ON) == served(
        staff, f"/api/findings?check={check}&on={ON}&limit=1000"
    )


def test_the_same_mistake_gets_the_same_message(tiny, staff):
    result = CliRunner().invoke(
        app, ["cover", "nonsense", "-w", str(tiny)], env={"FANGYU_LANG": "en", "COLUMNS": "200"}
    )
    answer = staff.get("/api/coverage?layer=nonsense")
    assert result.exit_code == 2
    assert 400 <= answer.status_code < 500
    assert result.stderr.startswith(f"Error: {answer.json()['message']['en']}")
