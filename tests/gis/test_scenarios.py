"""Before and after: a scenario says what the workspace would say with the changes made in its data."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from coverage_town import ON, at, facility, grid_roads, line, people, point, town, village
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.coverage import CoverageRequest, cover
from gis.coverage.changes import Change
from gis.coverage.scenarios import Scenario, carried, compare, judged, what_if
from gis.coverage.situation import prepare
from layers.errors import InputError

ASK = CoverageRequest(on=ON, definition="C6", within_m=450)
PLACES = st.tuples(st.integers(0, 1000), st.integers(0, 1000))


def add(id_, east, north):
    lon, lat = at(east, north)
    return Change(action="add", id=id_, lon=lon, lat=lat)


def move(id_, east, north):
    lon, lat = at(east, north)
    return Change(action="move", id=id_, lon=lon, lat=lat)


def close(id_):
    return Change(action="close", id=id_)


def small_town(root, standing=((0, 0), (900, 900)), *, homes=25):
    random = np.random.default_rng(1)
    homes_at = random.integers(0, 1000, (homes, 2))
    return town(
        root,
        road=grid_roads(5, 200),
        admin_unit=[village(1, 0, 0, 500), village(2, 500, 0, 500), village(3, 0, 500, 1000)],
        population=[people(*one, int(n) + 1) for n, one in enumerate(homes_at)],
        care_facility=[facility(*one, id=f"f{n}") for n, one in enumerate(standing)],
    )


def figures(report):
    rows = [(row.code, row.numerator, row.denominator, row.share) for row in report.rows]
    return report.numerator, report.denominator, report.band, rows


@pytest.fixture
def base(tmp_path):
    return judged(prepare(small_town(tmp_path), ASK))


@pytest.mark.parametrize("definition", ["C1", "C2", "C5", "C6"])
def test_a_scenario_equals_the_data_with_the_changes_made(tmp_path, definition):
    ask = CoverageRequest(on=ON, definition=definition, within_m=450 if definition in {"C5", "C6"} else None)
    changes = (close("f0"), move("f1", 300, 800), add("n", 600, 100))
    scenario = cover_after(small_town(tmp_path), ask, changes)
    made = small_town(tmp_path, ((300, 800), (600, 100)))
    assert figures(scenario) == figures(cover(made, ask))


@given(
    st.lists(PLACES, min_size=2, max_size=4),
    st.lists(PLACES, max_size=3),
    PLACES,
    st.sampled_from(["C5", "C6"]),
)
@settings(max_examples=25, deadline=None)
def test_whatever_is_changed_the_answer_is_that_of_the_data_changed_alike(
    standing, new, elsewhere, definition
):
    ask = CoverageRequest(on=ON, definition=definition, within_m=450)
    changes = (close("f0"), move("f1", *elsewhere), *(add(f"n{k}", *one) for k, one in enumerate(new)))
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        scenario = cover_after(small_town(Path(one), standing), ask, changes)
        made = cover(small_town(Path(other), (elsewhere, *standing[2:], *new)), ask)
    assert figures(scenario) == figures(made)


def cover_after(workspace, ask, changes):
    return what_if(judged(prepare(workspace, ask)), changes).after


@given(st.lists(PLACES, min_size=1, max_size=3), st.lists(PLACES, max_size=3))
@settings(max_examples=25, deadline=None)
def test_added_facilities_never_lower_and_the_curve_ends_at_the_report(standing, new):
    with TemporaryDirectory() as folder:
        here = judged(prepare(small_town(Path(folder), standing), ASK))
        answer = what_if(here, tuple(add(f"n{k}", *one) for k, one in enumerate(new)))
        on_curve = [one.people for one in answer.curve]
        assert answer.after.numerator >= here.report.numerator
        assert answer.difference.lost == 0
        assert on_curve == sorted(on_curve)
        assert on_curve[-1] == pytest.approx(answer.after.numerator)
        assert [one.sites for one in answer.curve] == list(range(len(standing), len(standing) + len(new) + 1))


@given(st.lists(PLACES, min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_what_a_facility_carries_is_what_is_lost_when_it_closes(standing):
    with TemporaryDirectory() as folder:
        here = judged(prepare(small_town(Path(folder), standing), ASK))
        for one in carried(here):
            after = what_if(here, (close(one.id),))
            assert after.difference.gained == 0
            assert here.report.numerator - after.after.numerator == pytest.approx(one.carried)


def test_what_facilities_carry_under_capacity_or_by_unit_is_found_by_closing_each(tmp_path):
    here = judged(prepare(small_town(tmp_path), CoverageRequest(on=ON, definition="C1")))
    lost = {one.id: one.carried for one in carried(here)}
    assert lost == {"f0": 1, "f1": 1}


def test_under_capacity_people_within_the_limit_are_counted_whether_served_or_not(tmp_path):
    def reached(definition):
        beds = [facility(east, east, id=f"f{east}", beds=1) for east in (0, 500, 900)]
        here = town(
            tmp_path,
            road=grid_roads(5, 200),
            admin_unit=[village(1, 0, 0, 1000)],
            population=[people(east, 300, 40) for east in (100, 400, 800)],
            care_facility=beds,
        )
        asked = CoverageRequest(on=ON, definition=definition, within_m=450, need_per_1000=None)
        return {one.id: one.reached for one in carried(judged(prepare(here, asked)))}

    assert reached("C7") == reached("C6")
    assert max(reached("C7").values()) > 0


def test_people_gained_and_lost_do_not_cancel_out(base):
    answer = what_if(base, (move("f0", 600, 100),))
    rows = answer.as_json()["rows_changed"]
    assert answer.difference.gained > 0
    assert answer.difference.lost > 0
    net = answer.after.numerator - base.report.numerator
    assert answer.difference.gained - answer.difference.lost == pytest.approx(net)
    assert sum(row["gained"] - row["lost"] for row in rows) == pytest.approx(net)


def test_changes_start_from_the_data_every_time(base):
    once = base.situation.after((close("f0"),))
    assert len(once.after((close("f1"),)).supply) == 1
    assert len(once.after(()).supply) == 2


def test_contributions_in_order_add_up_to_the_whole(tmp_path):
    changes = (add("n1", 600, 100), add("n2", 600, 100), close("f0"))
    compared = compare(small_town(tmp_path), ASK, [Scenario(name="甲", changes=changes)]).compared[0]
    parts = {one.id: one for one in compared.contributions}
    assert sum(one.in_order for one in parts.values()) == pytest.approx(
        compared.difference.gained - compared.difference.lost
    )
    assert parts["n2"].alone > parts["n2"].in_order
    assert parts["f0"].alone < 0


def test_scenarios_stand_side_by_side_unit_by_unit(tmp_path):
    two = [
        Scenario(name="增", changes=(add("n1", 500, 100),)),
        Scenario(name="减", changes=(close("f0"),)),
    ]
    said = compare(small_town(tmp_path), ASK, two, definitions=["C5", "C1"]).as_json()
    assert [one["scenario"]["name"] for one in said["scenarios"]] == ["增", "减"]
    for place, one in enumerate(said["scenarios"]):
        net = sum(row["scenarios"][place]["numerator"] - row["numerator"] for row in said["rows"])
        assert net == pytest.approx(one["numerator_difference"])
    assert [one["base"]["definition"]["id"] for one in said["definitions"]] == ["C5", "C1"]
    assert said["command"].startswith(
        "fangyu scenarios compare '增' '减' --layer care_facility --definition C6"
    )
    assert len(said["outages"]) == 2
    assert len(said["scenarios"][0]["facilities"]) == 3


def test_everybody_of_known_place_is_nearest_to_one_facility(base):
    assert sum(one.nearest for one in carried(base)) == base.report.denominator


def test_the_report_of_a_scenario_names_it_and_the_command_repeats_it(base):
    after = base.after((close("f0"),), scenario="甲").report
    assert after.request.scenario == "甲"
    assert "--close f0" in after.command
    assert "按方案变动：关停 1 处。" in [one.zh for one in after.assumptions]


def test_a_scenario_of_another_layer_is_refused(tmp_path):
    with pytest.raises(InputError, match="属于图层 shelter"):
        compare(small_town(tmp_path), ASK, [Scenario(name="甲", layer_id="shelter")])


def test_comparing_nothing_or_one_thing_twice_is_refused(tmp_path):
    here = small_town(tmp_path)
    with pytest.raises(InputError, match="给出了 0 个方案"):
        compare(here, ASK, [])
    with pytest.raises(InputError, match="写了两次"):
        compare(here, ASK, [Scenario(name="甲"), Scenario(name="甲")])


def test_a_facility_across_the_river_takes_nobody_from_one_that_is_reached_straight(tmp_path):
    banks = [line((0, 0), (500, 0), (1000, 0)), line((0, -100), (500, -100), (1000, -100))]
    here = town(
        tmp_path,
        road=[{"geometry": one, "walkable": True} for one in banks],
        population=[people(500, 5, 10)],
        care_facility=[facility(500, 205, id="f0")],
    )
    base = judged(prepare(here, CoverageRequest(on=ON, definition="C6", within_m=205)))
    answer = what_if(base, (add("n", 500, -100),))
    assert (base.report.numerator, answer.after.numerator) == (10, 10)


def test_closing_everything_leaves_nobody_served(base):
    answer = what_if(base, (close("f0"), close("f1")))
    assert (answer.after.numerator, answer.curve[-1].sites) == (0, 0)
    assert answer.difference.lost == base.report.numerator


def test_a_facility_added_without_a_road_near_still_serves_nobody_by_road(tmp_path):
    here = judged(prepare(small_town(tmp_path), ASK))
    answer = what_if(here, (Change(action="add", id="n", lon=point(0, 0).x + 1, lat=point(0, 0).y),))
    assert answer.after.numerator == here.report.numerator
