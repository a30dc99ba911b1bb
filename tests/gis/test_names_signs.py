"""Signs and plates: every rule on a small town that passes and fails it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from gis.names.signs import RULES, SignLimits, check_signs, work_orders
from gis.names.signs.numbers import PlateNumber, arabic, is_chinese, parse_number, value_of
from gis.names.signs.routing import MOST_BY_NEAREST, driving_order
from gis.names.signs.sides import _misplaced
from gis.names.signs.spelling import SignForm, capitals, fault_of, letters, sign_form
from gis.names.signs.streets import along_and_off, course_of
from layers.errors import InputError
from layers.findings import Severity
from layers.frames import layer_from_rows
from layers.norms import NormProfile, NormValue, load_profile
from layers.specs import SPECS
from layers.text import Text
from layers.workspace import Settings, Workspace

ON = date(2026, 1, 1)
WEST, SOUTH = 119.5, 31.7
M_LON, M_LAT = 1 / 94_700, 1 / 110_900
NAMES = [
    {"id": "n1", "name": "桃园路", "specific": "桃园", "generic": "路", "entity_class": "road",
     "former_names": "跃进路", "approved_on": date(2025, 1, 1), "pinyin": "Táoyuán Lù"},
    {"id": "n2", "name": "长乐街", "specific": "长乐", "generic": "街", "entity_class": "road"},
    {"id": "n3", "name": "御景里", "entity_class": "road", "status": "nonstandard", "registered_name": "景和里"},
    {"id": "n4", "name": "老渡口", "entity_class": "settlement", "status": "historic"},
]  # fmt: skip


def at(east_m, north_m):
    return shapely.Point(WEST + east_m * M_LON, SOUTH + north_m * M_LAT)


def road(name, start, stop, road_class="primary", id_=None):
    line = shapely.LineString([at(*start), at(*stop)])
    return {"id": id_ or f"r-{name}", "name": name, "road_class": road_class, "geometry": line}


ROADS = [road("桃园路", (0, 0), (1000, 0)), road("长乐街", (500, -400), (500, 400), "residential")]


class Shelf:
    def __init__(self, **rows):
        self.layers = {layer_id: layer_from_rows(SPECS[layer_id], given) for layer_id, given in rows.items()}

    def layer_ids(self):
        return tuple(self.layers)

    def read(self, layer_id):
        return self.layers[layer_id]


def town(profile="national", **rows):
    settings = Settings("320413", "金坛区", norm_profile=profile)
    return Workspace(Path(), settings, Shelf(**({"place_name": NAMES, "road": ROADS} | rows)))


def sign(text="桃园路", pinyin="TAOYUAN LU", east=20, north=8, **more):
    row = {"id": "s1", "name": text, "sign_pinyin": pinyin, "kind": "road", "state": "good"}
    return row | {"geometry": at(east, north)} | more


def signs_found(*rows, profile="national", on=ON):
    other_end = sign(id="end", east=980)
    found = check_signs(town(profile, road_sign=[*rows, other_end]), on=on)
    return {one.code.removeprefix("signs."): one for one in found if one.feature_id == "s1"}


def doors(count=12, *, street="桃园路", odd_left=True, **changes):
    """Plates along 桃园路, numbers rising to the east, twenty metres apart."""
    rows = []
    for number in range(1, count + 1):
        left = (number % 2 == 1) == odd_left
        row = {
            "id": f"p{number:02d}",
            "kind": "main",
            "number": f"{number}号",
            "street": street,
            "address": f"清溪镇{street}{number}号",
            "geometry": at(20 + 20 * number, 12 if left else -12),
        }
        rows.append(row | changes.get(f"p{number:02d}", {}))
    return [row for row in rows if row.get("number") != "gone"]


def plates_found(rows, **layers):
    found = check_signs(town(door_plate=rows, **layers), on=ON)
    return {
        (one.code.removeprefix("signs."), one.feature_id): one
        for one in found
        if one.layer_id != "road_sign" and one.feature_id
    }


def test_a_sign_as_it_should_be_gives_nothing():
    assert signs_found(sign()) == {}


@pytest.mark.parametrize(
    ("text", "rule", "severity"),
    [
        ("跃进路", "old-name", Severity.SUSPECT),
        ("桃园", "generic-missing", Severity.SUSPECT),
        ("御景里", "nonstandard-name", Severity.SUSPECT),
        ("老渡口", "old-name", Severity.REVIEW),
        ("望云路", "name-unregistered", Severity.REVIEW),
    ],
)
def test_the_text_of_a_sign_is_held_to_the_register(text, rule, severity):
    found = signs_found(sign(text, None))
    assert found[rule].severity is severity
    assert found[rule].category == "标志"


@pytest.mark.parametrize(
    ("text", "rule"),
    [("桃圆路", "name-differs"), ("桃園路", "nonstandard-characters"), ("望云路", "name-differs")],
)
def test_a_sign_that_says_what_it_is_for_is_held_to_that(text, rule):
    found = signs_found(sign(text, None, place_name="桃园路"))
    assert found[rule].evidence["right_text"] == "桃园路"
    assert found[rule].evidence["right_pinyin"] == "TAOYUAN LU"


def test_a_place_that_is_not_in_the_register_is_named():
    found = signs_found(sign("望云路", None, place_name="望云路"))
    assert found["target-unregistered"].message.zh.startswith("标志“望云路”所指的望云路不在标准地名名册中")


def test_a_heritage_sign_may_show_an_old_name():
    assert "old-name" not in signs_found(sign("跃进路", None, kind="culture", place_name="桃园路"))


def test_full_width_forms_and_spaces_on_a_sign_do_not_count():
    assert signs_found(sign(" 桃园　路 ")) == {}


@pytest.mark.parametrize(
    ("pinyin", "rule", "severity"),
    [
        ("TAOYAN LU", "pinyin-letters", Severity.SUSPECT),
        ("TAOYUAN ROAD", "pinyin-english", Severity.SUSPECT),
        ("Taoyuan Rd.", "pinyin-english", Severity.SUSPECT),
        ("Taoyuanlu", "pinyin-form", Severity.NOTE),
        ("TAO YUAN LU", "pinyin-form", Severity.NOTE),
    ],
)
def test_the_pinyin_of_a_sign_is_held_to_the_name(pinyin, rule, severity):
    found = signs_found(sign(pinyin=pinyin))
    assert found[rule].severity is severity
    assert found[rule].evidence["right_pinyin"] == "TAOYUAN LU"


def test_tone_marks_on_a_sign_are_not_held_against_it():
    assert signs_found(sign(pinyin="TÁOYUÁN LÙ")) == {}


def test_an_unsure_reading_is_a_review_at_most():
    unsure = SignForm("CHANGLE JIE", unsure=True, others=("ZHANGLE JIE",), source="reading")
    assert fault_of("ZHANGLE JIE", unsure) == ""
    assert fault_of("CHANGYUE JIE", unsure) == "unsure"
    assert fault_of("CHANGLE STREET", unsure) == "english"


def test_what_is_not_recorded_is_unknown():
    found = check_signs(town(road_sign=[sign(None, None), sign(pinyin=None, id="s2")]), on=ON)
    unknown = {
        one.code: one.evidence["count"]
        for one in found
        if one.severity is Severity.UNKNOWN and "count" in one.evidence
    }
    assert unknown == {"signs.text-unknown": 1, "signs.pinyin-unknown": 1}


def test_a_sign_far_from_its_road_is_reported_with_the_distance():
    found = signs_found(sign(north=300))
    assert found["far-from-road"].evidence["distance_m"] == pytest.approx(300, abs=3)
    assert found["far-from-road"].severity is Severity.REVIEW


def test_a_main_road_without_signs_is_reported_and_a_small_one_is_not():
    found = check_signs(town(road_sign=[sign("长乐街", "CHANGLE JIE", east=500, north=390)]), on=ON)
    roads = [(one.code, one.feature_name, one.severity) for one in found if one.layer_id == "road"]
    assert roads == [("signs.road-unsigned", "桃园路", Severity.REVIEW)]


def test_an_end_without_a_sign_is_a_note():
    found = check_signs(town(road_sign=[sign()]), on=ON)
    assert [one.severity for one in found if one.code == "signs.road-end-unsigned"] == [Severity.NOTE]


def test_the_repair_clock_runs_from_the_day_it_was_found():
    broken = sign(state="damaged", found_on=date(2025, 11, 20))
    assert signs_found(broken, profile="ningbo")["repair-overdue"].evidence["due"] == "2025-12-20"
    assert signs_found(broken, profile="ningbo", on=date(2025, 12, 20))["defect"].severity is Severity.REVIEW


def test_without_a_local_limit_the_clock_is_unknown():
    found = check_signs(town(road_sign=[sign(state="missing", found_on=date(2020, 1, 1))]), on=ON)
    [unknown] = [one for one in found if one.code == "signs.limit-unknown"]
    assert unknown.severity is Severity.UNKNOWN
    assert "没有“地名标志修复期限”" in unknown.message.zh


def test_a_sign_ordered_and_not_set_up_is_overdue_after_the_local_limit():
    ordered = sign(ordered_on=date(2025, 10, 1), state=None)
    assert signs_found(ordered, profile="ningbo")["setup-overdue"].evidence["due"] == "2025-11-30"
    assert (
        signs_found(ordered, profile="ningbo", on=date(2025, 11, 1))["setup-pending"].severity
        is Severity.NOTE
    )


def test_a_renamed_road_has_its_sign_due_after_the_approval():
    found = signs_found(sign("跃进路", None), profile="ningbo")["old-name"]
    assert (found.evidence["due"], found.evidence["overdue"]) == ("2025-03-02", True)


def test_plates_in_order_give_nothing():
    assert plates_found(doors()) == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"p07": {"number": "5号", "address": "桃园路5号"}}, ("plate-duplicate", "p07")),
        ({"p07": {"number": "七号", "address": "桃园路七号"}}, ("plate-number-form", "p07")),
        ({"p07": {"geometry": at(160, -12)}}, ("plate-side", "p07")),
        ({"p03": {"geometry": at(230, 12)}}, ("plate-order", "p03")),
        ({"p07": {"geometry": at(160, 700)}}, ("plate-far", "p07")),
        ({"p07": {"address": None}}, ("plate-address-missing", "p07")),
        ({"p07": {"address": "清溪镇桃园路17号"}}, ("plate-address-differs", "p07")),
        ({"p07": {"state": "damaged"}}, ("defect", "p07")),
    ],
)  # fmt: skip
def test_every_fault_of_a_plate_is_found_and_nothing_else(changes, expected):
    assert set(plates_found(doors(**changes))) == {expected}


def test_skipped_numbers_are_a_note():
    gone = {f"p{number:02d}": {"number": "gone"} for number in range(5, 17, 2)}
    found = plates_found(doors(22, **gone))
    assert {key: one.severity for key, one in found.items()} == {("plate-gap", "p17"): Severity.NOTE}
    assert found["plate-gap", "p17"].evidence["missing"] == [5, 15]


def test_a_street_numbered_the_other_way_round_is_one_note():
    found = plates_found(doors(odd_left=False, p07={"geometry": at(160, 12)}))
    assert set(found) == {("plate-sides-reversed", "p01"), ("plate-side", "p07")}


def test_a_street_that_forks_has_no_plain_course():
    fork = road("桃园路", (400, 0), (400, 500), id_="r-fork")
    found = check_signs(town(door_plate=doors(), road=[*ROADS, fork]), on=ON)
    assert "signs.plate-course-unknown" in {one.code for one in found}


def test_plates_of_a_street_nobody_registered_are_one_finding():
    found = plates_found(doors(street="望云弄"))
    assert set(found) == {("plate-street-unregistered", "p01")}
    assert found["plate-street-unregistered", "p01"].evidence["count"] == 12


def test_plates_with_a_former_street_name_are_one_finding_with_the_right_name():
    found = plates_found(doors(street="跃进路"))
    assert found["plate-old-street", "p01"].evidence["right_text"] == "桃园路"


def test_buildings_of_one_quarter_and_stairs_of_one_building_must_differ():
    place = {"quarter": "桃园新村", "unit_code": "320413001001", "geometry": at(100, 100)}
    rows = [
        {"id": "b1", "kind": "building", "number": "3幢"} | place,
        {"id": "b2", "kind": "building", "number": "3号楼"} | place | {"geometry": at(160, 100)},
        {"id": "u1", "kind": "unit", "number": "1单元", "building": "3幢"} | place,
        {"id": "u2", "kind": "unit", "number": "1单元", "building": "4幢"} | place,
    ]
    assert {key for key in plates_found(rows) if "address" not in key[0]} == {("building-duplicate", "b2")}


def test_an_address_whose_number_has_no_plate_is_a_note():
    homes = [{"id": "c1", "name": "敬老院", "address": "清溪镇桃园路88号", "geometry": at(0, 0)},
             {"id": "c2", "name": "养老院", "address": "清溪镇桃园路8号", "geometry": at(0, 0)}]  # fmt: skip
    found = plates_found(doors(), care_facility=homes)
    assert {key: one.severity for key, one in found.items()} == {
        ("address-without-plate", "c1"): Severity.NOTE
    }


def test_nothing_imported_is_unknown():
    found = check_signs(Workspace(Path(), Settings("320413", "金坛区"), Shelf()), on=ON)
    assert [one.code for one in found] == ["signs.signs-missing", "signs.plates-missing"]
    assert {one.severity for one in found} == {Severity.UNKNOWN}


def test_without_register_and_roads_what_needs_them_is_unknown():
    shelf = Shelf(road_sign=[sign()], door_plate=doors())
    found = check_signs(Workspace(Path(), Settings("320413", "金坛区"), shelf), on=ON)
    assert {one.code for one in found} == {"signs.register-missing", "signs.roads-missing"}


def test_the_order_of_rows_changes_nothing():
    rows = doors(p07={"number": "5号"}, p03={"address": None}, p09={"geometry": at(200, -12)})
    one = check_signs(town(door_plate=rows), on=ON)
    other = check_signs(town(door_plate=rows[::-1]), on=ON)
    assert sorted(found.key for found in one) == sorted(found.key for found in other)


def test_every_code_reported_is_in_the_list_of_rules():
    everything = [sign("跃进路", None), sign(pinyin="TAOYUAN ROAD", id="s2", state="missing")]
    found = check_signs(town(road_sign=everything, door_plate=doors(p07={"number": "5号"})), on=ON)
    assert {one.code.removeprefix("signs.") for one in found} <= set(RULES)


def test_orders_are_one_a_feature_and_carry_what_to_write():
    broken = sign("跃进路", None, state="damaged", due_on=date(2025, 6, 1))
    [order] = work_orders(town(road_sign=[broken, sign(id="end", east=980)]), on=ON)
    assert (order.number, order.feature_id, order.work, order.priority) == (1, "s1", "replace", 1)
    assert (order.old_text, order.right_text, order.right_pinyin) == ("跃进路", "桃园路", "TAOYUAN LU")
    assert (order.due, order.overdue, order.near) == (date(2025, 6, 1), True, "桃园路")
    assert len(order.why) == len(order.rules) == 2


def test_a_face_is_not_replaced_before_its_right_name_is_decided():
    names = [{"id": "n9", "name": "云上街", "entity_class": "road", "status": "nonstandard"}]
    [order] = work_orders(town(road_sign=[sign("云上街", None)], place_name=names, road=[]), on=ON)
    assert (order.work, order.priority, order.right_text) == ("check", 3, "")
    assert order.rules == ("signs.nonstandard-name",)
    assert order.why[-1].zh == "应写什么名称尚未确定，先不换牌：待该地名的案件认定、更名后再定。"


@pytest.mark.parametrize(
    ("text", "pinyin", "rule"),
    [
        ("乌鲁木齐路", "ÜRÜMQI LU", None),
        ("乌鲁木齐路", "WULUMUQI LU", None),
        ("乌鲁木齐路", "WULUMUQI", "suspect"),
        ("苏尼特路", "SONID LU", "review"),
    ],
)
def test_signs_of_names_of_minority_languages_are_held_to_what_is_known(text, pinyin, rule):
    names = [{"id": "n9", "name": text, "entity_class": "road", "unit_code": "152500"}]
    found = check_signs(town(road_sign=[sign(text, pinyin)], place_name=names, road=[]), on=ON)
    letters = [one.severity.value for one in found if one.code == "signs.pinyin-letters"]
    assert letters == ([rule] if rule else [])


def test_what_is_broken_is_repaired_although_its_name_is_open():
    names = [{"id": "n9", "name": "云上街", "entity_class": "road", "status": "nonstandard"}]
    broken = sign("云上街", None, state="damaged", due_on=date(2025, 6, 1))
    [order] = work_orders(town(road_sign=[broken], place_name=names, road=[]), on=ON)
    assert (order.work, order.priority, order.overdue) == ("repair", 1, True)


@pytest.mark.parametrize(
    ("layer_id", "header"), [("road_sign", "路牌编号"), ("road_sign", "标志编号"), ("door_plate", "门牌编号")]
)
def test_the_number_of_a_plate_in_the_offices_words_is_its_id(layer_id, header):
    assert header in next(one for one in SPECS[layer_id].fields if one.name == "id").headers


def test_nothing_to_do_gives_no_orders():
    assert work_orders(town(road_sign=[sign(), sign(id="end", east=980)]), on=ON) == []


def test_orders_are_driven_town_by_town():
    towns = [
        {"id": f"t{n}", "name": name, "code": f"32041310{n}000", "level": "town", "geometry": area}
        for n, name, area in (
            (1, "东镇", shapely.box(WEST + 500 * M_LON, SOUTH - 0.01, WEST + 0.1, SOUTH + 0.01)),
            (2, "西镇", shapely.box(WEST - 0.1, SOUTH - 0.01, WEST + 500 * M_LON, SOUTH + 0.01)),
        )
    ]
    rows = [sign("桃园", None, id=f"s{n}", east=east) for n, east in enumerate((900, 100, 700, 300))]
    orders = work_orders(town(road_sign=rows, admin_unit=towns), on=ON)
    assert [(one.town, one.feature_id) for one in orders] == [
        ("东镇", "s2"), ("东镇", "s0"), ("西镇", "s1"), ("西镇", "s3")]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "main", "part"),
    [
        ("12号", 12, ""), ("12", 12, ""), ("１２号", 12, ""), ("12-1号", 12, "-1"), ("12号之一", 12, "-1"),
        ("12号-1", 12, "-1"), ("甲12号", 12, "甲"), ("12号楼", 12, ""), ("3幢", 3, ""), ("2单元", 2, ""),
        ("12A号", 12, "A"),
    ],
)  # fmt: skip
def test_the_grammar_of_numbers(written, main, part):
    assert parse_number(written) == PlateNumber(main, part)


@pytest.mark.parametrize("written", ["十二号", "路口", "12号旁", "号", "-3号", "=1+1"])
def test_what_is_no_number_is_refused(written):
    assert parse_number(written) is None


@given(st.integers(1, 99))
def test_chinese_numerals_read_back(number):
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    text = f"{'' if tens == 1 else digits[tens] if tens else ''}{'十' if tens else ''}{digits[ones] if ones else ''}"
    assert value_of(text) == number
    assert is_chinese(f"{text}号")
    assert arabic(f"{text}号") == f"{number}号"


@given(st.lists(st.floats(0, 1000), max_size=40))
def test_what_is_left_after_the_misplaced_rises(along):
    values = np.array(along, dtype=float)
    left = np.delete(values, _misplaced(values, 0.0))
    assert bool(np.all(np.diff(left) >= 0))


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4)), max_size=60))
def test_a_route_visits_every_place_once(places):
    order = driving_order(np.array(places, dtype=float).reshape(-1, 2))
    assert sorted(order) == list(range(len(places)))


def test_a_route_of_very_many_places_visits_every_place_once():
    xy = np.random.default_rng(1).uniform(0, 2e4, (MOST_BY_NEAREST + 500, 2))
    assert sorted(driving_order(xy)) == list(range(len(xy)))


def test_left_is_positive():
    line = np.array([shapely.LineString([(0, 0), (100, 0)])] * 2, dtype=object)
    along, off = along_and_off(line, shapely.points([(30, 5), (60, -7)]))
    assert along.tolist() == [30, 60]
    assert off.tolist() == [5, -7]


def test_pieces_in_a_row_make_one_course_and_twin_lanes_make_none():
    row = shapely.MultiLineString([[(200, 0), (300, 0)], [(0, 0), (100, 0)]])
    twins = shapely.MultiLineString([[(0, 0), (300, 0)], [(0, 20), (300, 20)]])
    assert course_of(row).length == 300
    assert course_of(twins) is None


def test_capitals_keep_the_dots_and_letters_do_not():
    assert capitals("Lǜdì Lù") == "LÜDI LU"
    assert letters("LÜDI LU") == letters("ludilu") == "LUDILU"
    assert letters("JING 5 LU") == "JINGWULU"


def test_a_name_is_read_where_the_register_has_no_spelling():
    form = sign_form("中山路")
    assert (form.form, form.source) == ("ZHONGSHAN LU", "reading")


def test_a_profile_with_a_side_nobody_knows_is_refused():
    values = [one for one in load_profile("national").values if one.param != "plate_odd_side"]
    wrong = NormValue("plate_odd_side", "north", "", Text("", ""), "", "", verified=False)
    with pytest.raises(InputError) as refused:
        SignLimits.of(NormProfile("x", Text("", ""), (*values, wrong)), ON)
    assert refused.value.message.zh == "规范方案“x”的 plate_odd_side 是“north”，应为 left 或 right。"


def test_only_ningbo_has_clocks_of_its_own():
    assert SignLimits.of(load_profile("ningbo"), ON).repair_days == 30
    assert SignLimits.of(load_profile("national"), ON).setup_days is None
