"""What is said of distances: which facility they are to, and from where they are measured."""

import pytest
from coverage_town import ON, facility, grid_roads, line, people, town, village

from gis.coverage import CoverageRequest, cover
from gis.coverage.nearest import whole_metres


def ask(**given):
    return CoverageRequest(on=ON, **given)


@pytest.fixture
def two_villages(tmp_path):
    return town(
        tmp_path,
        admin_unit=[village(1, 0, 0), village(2, 1000, 0)],
        care_facility=[facility(200, 200)],
        population=[people(200, 300, 100), people(1800, 800, 30)],
        road=grid_roads(10, 200),
    )


def test_a_detour_tells_the_facility_named_from_a_nearer_one_across(tmp_path):
    ways = [
        {"geometry": line((0, 0), (0, 700), (300, 700)), "walkable": True},
        {"geometry": line((90, 0), (95, 0))},
    ]
    workspace = town(
        tmp_path,
        admin_unit=[village(1, -10, -10)],
        care_facility=[facility(300, 700, name="路通的"), facility(95, 0, name="路不通的")],
        population=[people(0, 0, 5)],
        road=ways,
    )
    report = cover(workspace, ask(within_m=800, travel="network"))
    text = report.rows[0].reason.text.zh
    assert text == (
        "直线 95 米处有设施，但沿路最近的是“路通的”（直线 762 米），要走 1,000 米（前者的 10.5 倍），超过 800 米。"
        "没有阻隔图层，是否被河流、围墙等隔断不清楚。"
    )


def test_a_report_with_gaps_says_once_from_where_distances_are_measured(two_villages):
    for given, along in (({}, "沿路网"), ({"travel": "straight"}, "按直线")):
        said = [one.zh for one in cover(two_villages, ask(within_m=500, **given)).assumptions]
        assert [along in one for one in said if "距离居中的一处" in one] == [True]
    assert "距离居中" not in str(cover(two_villages, ask(within_m=90_000)).assumptions)


@pytest.mark.parametrize(
    ("metres", "said"), [(1113.48, "1,114"), (1113.44, "1,113"), (1112.5, "1,113"), (0.2, "0")]
)
def test_metres_in_a_reason_are_those_of_the_nearest_column_rounded(metres, said):
    assert whole_metres(metres) == said
