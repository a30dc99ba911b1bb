"""The fictional district as it is drawn: an exact partition, a sound network, people in plausible proportions."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from data.samples.barriers import barrier_table
from data.samples.buildings import building_table
from data.samples.care import centre_table
from data.samples.district import District, draw_district
from data.samples.ground import quarter_table
from data.samples.people import DEATHS_PER_YEAR
from data.samples.plane import drawn
from data.samples.sheets import study_table

SEED = 20260101
OVER_OTHERS = {"motorway", "rail", "ferry"}


@pytest.fixture(scope="module")
def district() -> District:
    return draw_district(SEED)


@pytest.fixture(scope="module")
def lines(district):
    return np.array([shapely.LineString(edge.line) for edge in district.network.edges])


def test_the_district_is_as_large_as_a_real_one(district):
    assert 900 < district.shape.area / 1e6 < 1000


def test_nine_towns_and_about_130_units(district):
    assert len(district.towns) == 9
    assert sum(town.subdistrict for town in district.towns) == 3
    assert 125 <= len(district.units) <= 140


def test_units_part_the_district_without_gap_or_overlap_in_degrees(district):
    units = drawn(np.array([unit.shape for unit in district.units], dtype=object))
    assert shapely.is_valid(units).all()
    whole = shapely.union_all(units)
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert shapely.area(units).sum() == pytest.approx(whole.area, rel=1e-12)


def test_towns_are_the_unions_of_their_units(district):
    for town in district.towns:
        units = shapely.union_all([district.units[number].shape for number in town.units])
        assert town.shape.geom_type == "Polygon"
        assert units.symmetric_difference(town.shape).area < 1.0


def test_codes_follow_the_statistical_grammar(district):
    codes = [unit.code for unit in district.units]
    assert len(set(codes)) == len(codes)
    for unit in district.units:
        assert unit.code[:9] == district.towns[unit.town].code
        assert (int(unit.code[9:]) < 200) == unit.community


def test_the_district_code_is_not_a_real_one():
    real = Path(__file__).resolve().parents[2] / "../shared/data/names/areas.csv"
    if not real.exists():
        pytest.skip("../shared/data is not here")
    with real.open(encoding="utf-8-sig") as file:
        assert not {"329901", "329902", "329921", "329981"} & {row["code"] for row in csv.DictReader(file)}


def test_names_of_units_are_unique(district):
    assert max(Counter(unit.name for unit in district.units).values()) == 1


def test_the_aged_are_about_a_fifth_and_more_in_the_country(district):
    def share(units):
        return sum(unit.pop_65_plus for unit in units) / sum(unit.population for unit in units)

    assert 0.18 < share(district.units) < 0.24
    assert (
        share([u for u in district.units if not u.urban])
        > share([u for u in district.units if u.urban]) + 0.04
    )


def test_age_groups_are_nested_and_deaths_add_up(district):
    for unit in district.units:
        assert unit.population > unit.pop_60_plus > unit.pop_65_plus > unit.pop_80_plus >= 0
    assert sum(unit.deaths for unit in district.units) == DEATHS_PER_YEAR


@pytest.mark.parametrize("group", ["population", "pop_60_plus", "pop_65_plus", "pop_80_plus"])
def test_cells_add_up_to_their_unit_exactly(district, group):
    totals = Counter()
    for cell in district.cells:
        totals[cell.unit] += getattr(cell, group)
    assert all(totals[number] == getattr(unit, group) for number, unit in enumerate(district.units))


def test_the_network_has_a_few_thousand_edges(district):
    assert 6000 <= len(district.network.edges) <= 12000


def test_edges_begin_and_end_exactly_at_their_nodes(district):
    nodes = np.array(district.network.nodes)
    starts = np.array([edge.line[0] for edge in district.network.edges])
    stops = np.array([edge.line[-1] for edge in district.network.edges])
    ends = np.array([(edge.start, edge.stop) for edge in district.network.edges])
    assert np.array_equal(nodes[ends[:, 0]], starts)
    assert np.array_equal(nodes[ends[:, 1]], stops)


def test_roads_meet_water_only_on_bridges(district, lines):
    wet = shapely.intersects(district.terrain.water, lines)
    kinds = [e for e, is_wet in zip(district.network.edges, wet, strict=True) if is_wet and not e.bridge]
    assert [edge.road_class for edge in kinds] == ["ferry"]


def test_ordinary_roads_never_cross_without_a_junction(district, lines):
    one, other = shapely.STRtree(lines).query(lines, predicate="crosses")
    edges = district.network.edges
    assert not [
        (a, b)
        for a, b in zip(one.tolist(), other.tolist(), strict=True)
        if not {edges[a].road_class, edges[b].road_class} & OVER_OTHERS
    ]


def test_only_the_island_is_cut_off(district):
    walked = [edge for edge in district.network.edges if edge.road_class not in OVER_OTHERS]
    ends = np.array([(edge.start, edge.stop) for edge in walked])
    size = len(district.network.nodes)
    links = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    part = connected_components(links, directed=False)[1][np.unique(ends)]
    sizes = Counter(part.tolist()).most_common()
    assert len(sizes) == 2
    places = np.array(district.network.nodes)[np.unique(ends)][part == sizes[1][0]]
    assert shapely.contains(district.terrain.island, shapely.points(places)).all()


def test_there_are_dead_ends_bridges_and_named_ways(district):
    degree = Counter(node for edge in district.network.edges for node in (edge.start, edge.stop))
    assert sum(count == 1 for count in degree.values()) > 1000
    assert 50 < sum(edge.bridge for edge in district.network.edges) < 150
    pieces = Counter(
        name for e in district.network.edges if (name := district.names.road_name.get(e.way or ""))
    )
    assert pieces["沧石公路"] > 20


def test_quarters_lie_in_their_unit_and_on_land(district):
    assert 850 <= len(district.quarters) <= 1000
    for block in district.quarters:
        assert block.shape.is_valid
        assert district.units[block.unit].shape.intersects(block.shape)
        assert block.shape.intersection(district.terrain.water).area == 0


def test_another_seed_draws_another_district(district):
    other = draw_district(7)
    assert other.shape.area != district.shape.area
    assert len(other.towns) == 9


def test_the_households_of_the_buildings_of_a_unit_add_up_to_its_quarters(district):
    quarters, buildings = Counter(), Counter()
    for row in quarter_table(district).rows:
        quarters[row["村居代码"]] += row["户数"]
    for row in building_table(district).rows:
        buildings[row["村居代码"]] += row["户数"] or 0
    assert +buildings == +quarters


def test_no_building_is_a_single_household(district):
    homes = [row["户数"] for row in building_table(district).rows if row["建筑类型"] == "住宅"]
    assert min(homes) > 5


def test_barriers_let_larger_roads_through_and_stop_some_lanes(district, lines):
    barriers = shapely.union_all(barrier_table(district).shapes)
    met = shapely.intersects(barriers, lines)
    stopped = Counter(
        edge.road_class
        for edge, hit in zip(district.network.edges, met, strict=True)
        if hit and not edge.bridge and edge.road_class not in OVER_OTHERS
    )
    assert set(stopped) == {"residential", "service", "path"}
    assert 30 < stopped.total() < 80


def test_planning_sheets_part_the_district_and_cut_through_villages(district):
    sheets = np.array(study_table(district).shapes, dtype=object)
    assert shapely.area(sheets).sum() == pytest.approx(district.shape.area)
    assert shapely.union_all(sheets).area == pytest.approx(district.shape.area)
    units = np.array([unit.shape for unit in district.units], dtype=object)
    assert (shapely.intersects(units[:, None], sheets[None, :]).sum(axis=1) > 1).any()


def test_some_care_facilities_are_planned_and_some_suspended(district):
    states = Counter(row["运营状态"] for row in centre_table(district).rows)
    assert (states["规划"], states["在建"], states["暂停"], states["关停"]) == (1, 1, 3, 2)
