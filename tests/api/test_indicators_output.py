"""Indicators as people read them: every norm with where it stands, also where the value is unknown."""

import csv
import io

import pytest
from coverage_town import ON, facility, people, town, village

from api.cli.access_output import give_indicators
from api.cli.language import choose
from api.cli.options import ReportFormat
from gis.coverage.provision.judging import IndicatorRequest, indicators


@pytest.fixture
def report(tmp_path):
    """Thirty beds for 1,000 people; how much floor and land there is nobody wrote down."""
    place = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(500, 500, beds=30)],
        population=[people(500, 600, 1000)],
    )
    return indicators(place, IndicatorRequest(by="village", on=ON, norms="jiangsu")).as_json()


def test_an_indicator_of_unknown_total_says_its_norm_all_the_same(report, capsys):
    choose("zh")
    give_indicators(report, ReportFormat.TABLE, None)
    said = capsys.readouterr().out
    judged = [one for one in report["indicators"] if one["norm"] and one["total"]["value"] is None]
    assert judged
    for one in judged:
        norm = one["norm"]
        assert f"{one['label']['zh']}: 未知；规范 {norm['value']}（{norm['source']}" in said


def test_flat_rows_carry_where_the_norm_stands(report, capsys):
    choose("en")
    give_indicators(report, ReportFormat.CSV, None)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff"))))
    norms = {one["label"]["en"]: one["norm"] for one in report["indicators"]}
    for row in rows:
        norm = norms[row["Indicator"]]
        told = (row["Norm source"], row["Clause"], row["Verified"])
        state = "verified" if norm and norm["verified"] else "not verified"
        assert told == ((norm["source"], norm["clause"], state) if norm else ("", "", ""))
    assert any(row["Clause"] for row in rows)
