"""Indicators as people read them: every norm with where it stands, also where the value is unknown."""

import csv
import io
from datetime import date

import pytest
from coverage_town import ON, facility, people, town, village

from api.cli.indicators_output import give_indicators
from api.cli.language import choose
from api.cli.options import ReportFormat
from api.cli.siting_output import _loss
from api.cli.workbook import _shown
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


def test_where_beds_are_not_told_the_deficit_is_a_most_and_the_verdict_is_open(tmp_path, capsys):
    place = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(500, 500, beds=30), facility(520, 500)],
        population=[people(500, 600, 1000)],
    )
    said = indicators(place, IndicatorRequest(by="village", on=ON)).as_json()
    beds = said["indicators"][0]
    assert (beds["sum_of_deficits"], beds["sum_of_deficits_bound"]) == (10, "at_most")
    choose("zh")
    give_indicators(said, ReportFormat.TABLE, None)
    line = capsys.readouterr().out.split("\n")[0]
    assert line.startswith("每千名老人养老床位: 至少 30 张/千名老人；规范 40（")
    assert line.endswith(
        "；合计不能判断（不达标单元 0 个，不能判断 1 个）；各单元缺口合计 至多 10 张（有设施未填床位）"
    )


def test_shares_are_printed_in_percent(tmp_path, capsys):
    place = town(
        tmp_path,
        admin_unit=[village(1, 0, 0)],
        care_facility=[facility(500, 500, beds=40, nursing_beds=29)],
        population=[people(500, 600, 1000)],
    )
    choose("en")
    give_indicators(
        indicators(place, IndicatorRequest(by="village", on=date(2025, 6, 30))).as_json(),
        ReportFormat.TABLE,
        None,
    )
    assert "Share of nursing beds: 72.5%; norm 55% (" in capsys.readouterr().out


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


@pytest.mark.parametrize(("loss", "said"), [(0.0, "相同"), (0.00004, "相同"), (0.0123, "-1.23%")])
def test_another_plan_that_covers_as_much_is_called_the_same(loss, said):
    choose("zh")
    assert _loss(loss) == said


@pytest.mark.parametrize(("cell", "said"), [(343.0, "343"), (-0.0, "0"), (1809.5, "1,809.50"), (0.25, 0.25)])
def test_whole_numbers_are_shown_without_a_fraction(cell, said):
    assert _shown(cell) == said
