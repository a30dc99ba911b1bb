"""Facilities after changes: added, moved, closed, opened, resized, and what is refused."""

from datetime import date

import pytest
from coverage_town import facility, point

from gis.coverage.changes import Change
from gis.coverage.supply import supply_of
from layers.errors import InputError, NotFoundError
from layers.frames import layer_from_rows
from layers.specs import spec_of

DAY = date(2025, 6, 1)


def layer(*rows):
    given = [{"id": f"f{n}", **facility(100 * n, 0), **row} for n, row in enumerate(rows)]
    return layer_from_rows(spec_of("care_facility"), given)


def after(some, *changes, **more):
    return supply_of(some, on=DAY, changes=changes, **more)


def ids(supply):
    return supply.frame["id"].tolist()


def add(id_="new", **more):
    return Change(action="add", id=id_, lon=119.5, lat=31.7, **more)


def of(action, id_="f0", **more):
    return Change(action=action, id=id_, **more)


def test_an_added_facility_comes_last_with_its_name_place_and_amounts():
    supply = after(layer({}, {}), add(name="新站", amounts=(("beds", 40.0),)))
    assert ids(supply) == ["f0", "f1", "new"]
    assert (supply.name(2), supply.lon[2], supply.lat[2]) == ("新站", 119.5, 31.7)
    assert supply.frame["beds"].iloc[2] == 40


def test_an_added_facility_serves_whatever_the_filters_say():
    town = layer({"kind": "day_care"}, {"kind": "nursing_home"})
    assert ids(after(town, add(), filters=(("kind", "day_care"),)))[-1] == "new"


def test_a_facility_can_be_added_where_none_serves():
    assert ids(after(layer({"state": "planned"}), add())) == ["new"]


def test_a_moved_facility_keeps_its_place_in_the_order_and_forgets_its_unit():
    supply = after(layer({"unit_code": "320413101001"}, {}), of("move", lon=119.6, lat=31.8))
    assert (ids(supply), supply.lon[0], supply.lat[0]) == (["f0", "f1"], 119.6, 31.8)
    assert supply.frame["unit_code"].iloc[0] is None


def test_a_closed_facility_serves_no_longer_and_is_not_among_those_out_of_service():
    supply = after(layer({}, {}), of("close"))
    assert ids(supply) == ["f1"]
    assert [text.zh for text in supply.assumptions] == ["按方案变动：关停 1 处。"]


@pytest.mark.parametrize(
    "row",
    [
        {"state": "planned"},
        {"state": "closed"},
        {"state": "suspended", "suspended_on": date(2025, 1, 1)},
        {"opened_on": date(2030, 1, 1)},
        {"closed_on": date(2024, 1, 1)},
    ],
)
def test_whatever_does_not_serve_can_be_opened(row):
    assert ids(after(layer(row), of("open"))) == ["f0"]


def test_a_resized_facility_holds_another_amount_and_the_layer_stays_as_it_was():
    town = layer({"beds": 10})
    supply = after(town, of("resize", amounts=(("beds", 60.0),)))
    assert (supply.frame["beds"].iloc[0], town.frame["beds"].iloc[0]) == (60, 10)


def test_moving_opening_and_resizing_one_facility_go_together():
    changes = (of("open"), of("move", lon=119.6, lat=31.8), of("resize", amounts=(("beds", 5.0),)))
    supply = after(layer({"state": "planned"}), *changes)
    assert (supply.lon[0], supply.frame["beds"].iloc[0]) == (119.6, 5)


def test_changes_that_make_no_difference_are_named():
    town = layer({}, {"state": "closed"}, {"kind": "nursing_home"})
    supply = after(town, of("open"), of("close", "f1"))
    assert supply.assumptions[1].zh.endswith("或本来就在营）：f0、f1。")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ((add("f0"),), "编号 f0 已被图层 care_facility 里的设施使用，不能新增。"),
        ((add(), add()), "new 写了两次新增。"),
        ((of("close"), of("move", lon=1, lat=1)), "对 f0 的变动互相矛盾：关停、迁移。"),
        ((of("open"), of("close")), "对 f0 的变动互相矛盾：启用、关停。"),
        ((of("resize", amounts=(("phone", 3.0),)),), "f0 的 phone 不是图层 care_facility 的数量字段。"),
        ((of("resize", amounts=(("beds", 2.5),)),), "f0 的 beds 不能是 2.5。"),
        ((of("resize"),), "resize f0 没有写数量。"),
    ],
)
def test_changes_that_contradict_are_refused(changes, message):
    with pytest.raises(InputError) as refused:
        after(layer({}), *changes)
    assert refused.value.message.zh == message


@pytest.mark.parametrize(("action", "said"), [("close", "关停"), ("open", "启用")])
def test_a_facility_that_is_not_there_is_named(action, said):
    with pytest.raises(NotFoundError) as refused:
        after(layer({}), of(action, "f9"))
    assert refused.value.message.zh == f"图层 care_facility 里没有编号为 f9 的设施，不能{said}。"


def test_areas_can_be_moved_like_points():
    town = layer({"geometry": point(0, 0).buffer(0.001)})
    assert after(town, of("move", lon=119.6, lat=31.8)).lon.tolist() == [119.6]


def test_swapped_coordinates_are_refused_with_the_right_order():
    with pytest.raises(InputError) as refused:
        Change(action="add", id="n", lon=31.7, lat=119.5)
    assert refused.value.hint.zh == "经纬度顺序像是反了，请写经度在前：119.5,31.7。"


def test_a_place_far_from_every_facility_is_refused():
    with pytest.raises(InputError, match=r"n 的位置 104,30 离图层里的设施约 1,505 公里，不像在本辖区"):
        after(layer({}), Change(action="add", id="n", lon=104, lat=30))


def test_a_place_with_one_number_is_said_to_lack_the_other():
    with pytest.raises(InputError) as refused:
        Change.read("add", "a@119.3")
    assert refused.value.message.zh.startswith("“a@119.3”里少写了一个数")
