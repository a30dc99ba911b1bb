"""The queue and the annual counts: filters, facets, order, and sums that add up."""

import time
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from gis.names.review import CaseFilter, Decision, State, decide_many, gather, list_cases, summarise_cases
from gis.names.review.annual import Tally, summary_of
from gis.names.review.case import Case
from gis.names.review.found import FoundCases
from gis.names.review.listing import pick
from layers.errors import InputError
from layers.findings import Finding, Severity
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.text import Text
from layers.workspace import Settings, Workspace

CATEGORIES = ("大", "洋", "怪", "重")
TOWNS = {"320413100": "清溪镇", "320413101": "云溪街道"}
COUNT = 5_000


def finding(n: int) -> Finding:
    return Finding(
        code="names.exaggerating-word",
        severity=[Severity.SUSPECT, Severity.REVIEW][n % 2],
        category=CATEGORIES[n % 4],
        layer_id="place_name",
        feature_id=f"n{n}",
        feature_name=f"地名{n:04}",
        message=Text("疑似", "suspect"),
        citation="条例第九条",
        subject="大",
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Five thousand names: a third with a unit code, a third by their place, a third nowhere."""
    names = [
        {"id": f"n{n}", "name": f"地名{n:04}", "unit_code": "320413101201" if n % 3 == 0 else None,
         "geometry": Point(119.5, 31.7) if n % 3 == 1 else None}
        for n in range(COUNT)
    ]  # fmt: skip
    towns = [
        {
            "id": code,
            "name": name,
            "code": f"{code}000",
            "level": "town",
            "geometry": box(119.4 + n, 31.6, 119.6 + n, 31.8),
        }
        for n, (code, name) in enumerate(TOWNS.items())
    ]
    with Workspace.create(
        tmp_path_factory.mktemp("lists") / "ws", Settings(code="320413", name="金坛区")
    ) as made:
        for layer_id, rows in (("place_name", names), ("admin_unit", towns)):
            with made.store.importing(layer_id, ImportSource("a.csv"), By("经办人")) as sink:
                sink.append(layer_from_rows(spec_of(layer_id), rows).frame)
        yield made


@pytest.fixture(scope="module")
def found(workspace: Workspace) -> FoundCases:
    return gather(workspace, [finding(n) for n in range(COUNT)])


def test_towns_come_from_the_unit_code_else_from_the_place(workspace, found):
    towns = {
        one["code"]: (one["name"], one["count"])
        for one in list_cases(workspace, (), found=found).counts["town"]
    }
    assert towns == {
        "-": ("", COUNT // 3),
        "320413100": ("清溪镇", COUNT // 3 + 1),
        "320413101": ("云溪街道", COUNT // 3 + 1),
    }


def test_the_list_of_five_thousand_is_quick_once_the_findings_are_known(workspace, found):
    versions = [(one, 0) for one in list(found.findings)[:COUNT:5]]
    decision = Decision(action="exclude", reason="keep", who="经办人")
    began = time.process_time()
    assert len(decide_many(workspace, versions, decision, found=found).done) == COUNT // 5
    assert time.process_time() - began < 10
    spent = []
    for _ in range(3):
        began = time.process_time()
        listed = list_cases(workspace, (), CaseFilter(state="open", limit=100), found=found)
        spent.append(time.process_time() - began)
    assert (listed.total, len(listed.cases)) == (COUNT - COUNT // 5, 100)
    assert min(spent) < 0.3


def case(n: int = 0, **said: object) -> Case:
    values = {
        "id": f"{n:012x}", "version": 0, "layer_id": "place_name", "feature_id": f"n{n}", "name": f"地名{n}",
        "new_name": None, "state": State.SUSPECTED, "categories": ("大",), "category": None,
        "severity": Severity.SUSPECT, "town_code": "320413100", "town_name": "清溪镇", "lon": None, "lat": None,
        "opened_on": date(2026, 3, 1), "age_days": 10, "clocks": (), "dismissed": (), "new_findings": (),
        "reason": None, "present": True,
    } | said  # fmt: skip
    return Case(**values)


CASES = [
    case(1, severity=Severity.REVIEW, name="甲"),
    case(2, name="乙", categories=("洋", "怪")),
    case(3, name="丙", state=State.EXCLUDED, town_code=""),
    case(4, name="丁", state=State.CONFIRMED, categories=("大", "洋"), category="洋", age_days=90),
]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, "丁丙乙甲"),
        ({"state": "open"}, "丁乙甲"),
        ({"state": "excluded"}, "丙"),
        ({"category": "洋"}, "丁乙"),
        ({"category": "大"}, "丙甲"),
        ({"town": "-"}, "丙"),
        ({"severity": "review"}, "甲"),
        ({"older_than_days": 10}, "丁"),
        ({"older_than_days": 9}, "丁丙乙甲"),
        ({"overdue": True}, ""),
        ({"q": " N2 "}, "乙"),
        ({"limit": 2, "offset": 1}, "丙乙"),
        ({"category": "洋", "state": "suspected"}, "乙"),
    ],
)
def test_filters(wanted, names):
    listed = pick(CASES, CaseFilter(**wanted), TOWNS)
    assert "".join(one.name for one in listed.cases) == names


def test_each_facet_counts_what_its_values_would_give_with_the_other_filters_on():
    counts = pick(CASES, CaseFilter(category="洋"), TOWNS).counts
    assert counts["category"] == {"大": 2, "洋": 2, "怪": 1}
    assert {name: count for name, count in counts["state"].items() if count} == {
        "suspected": 1,
        "confirmed": 1,
    }
    assert counts["town"] == [{"code": "320413100", "name": "清溪镇", "count": 2}]


def test_an_empty_list_counts_nothing():
    listed = pick([], CaseFilter(), {})
    assert (listed.total, listed.cases) == (0, ())
    assert set(listed.counts["state"].values()) == {0}


drawn = st.builds(
    case,
    n=st.integers(0, 99),
    state=st.sampled_from(list(State)),
    categories=st.lists(st.sampled_from(CATEGORIES), max_size=3, unique=True).map(tuple),
    category=st.sampled_from([None, *CATEGORIES]),
    town_code=st.sampled_from(["", *TOWNS]),
)


@given(st.lists(drawn, max_size=30))
def test_found_is_rectified_and_pending_and_excluded_in_all_and_in_every_part(cases):
    found = FoundCases(findings={}, digests={}, places={}, towns=TOWNS)
    counted = summary_of(cases, found, first=None, last=None)
    parts = [counted.total, *(one for _, one in counted.category), *(one for _, _, one in counted.town)]
    assert all(one.found == one.rectified + one.pending + one.excluded for one in parts)
    for rows in ([one for _, one in counted.category], [one for _, _, one in counted.town]):
        assert sum(one.found for one in rows) == counted.total.found == len(cases)
        assert sum(one.rectified for one in rows) == counted.total.rectified


def test_the_summary_counts_the_cases_found_in_the_period(workspace, found):
    today = workspace.day
    assert summarise_cases(workspace, found, first=today, last=today).total.found == COUNT
    assert summarise_cases(workspace, found, last=date(2020, 1, 1)).total == Tally(0, 0, 0, 0)
    with pytest.raises(InputError, match="统计期间不对：从 2026-12-31 到 2026-01-01。"):
        summarise_cases(workspace, found, first=date(2026, 12, 31), last=date(2026, 1, 1))
