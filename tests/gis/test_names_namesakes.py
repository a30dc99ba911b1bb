"""How alike two names are, and the live index that finds them."""

import csv
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, Polygon

from gis.names import Candidate, check_candidates, load_packs
from gis.names.namesakes import Grade, NameIndex, grade
from gis.names.namesakes.dialects import dialect_ids, read_dialect
from gis.names.namesakes.keys import Keying
from gis.names.namesakes.look_alikes import look_alikes
from gis.names.readings import load_readings
from gis.names.registry import Case
from layers.errors import FileFormatError, NotFoundError
from layers.frames import layer_from_rows
from layers.specs import spec_of
from layers.store.protocol import By, ImportSource
from layers.workspace import Settings, Workspace

NATIONAL = load_packs(("national-2022",))

_RULE_OF = {
    Grade.EXACT: "names.exact-duplicate",
    Grade.SAME_SPECIFIC: "names.same-specific",
    Grade.MODIFIER: "names.modifier-duplicate",
    Grade.LOOK_ALIKE: "names.look-alike",
    Grade.TONAL: "names.homophone",
    Grade.TONELESS: "names.homophone",
    Grade.DIALECT: "names.homophone",
}
_ROADS = st.builds(
    str.__add__,
    st.text(alphabet="未末土士新大东洪虹宏", min_size=1, max_size=3),
    st.sampled_from(["路", "街", "大街", "新路"]),
)
_VILLAGES = st.builds(
    str.__add__,
    st.text(alphabet="河和新大曾增己已", min_size=1, max_size=3),
    st.sampled_from(["村村委会", "社区居委会", "村民委员会"]),
)


def _case(name, **facts):
    return Case.of(Candidate(name=name, **facts))


def _grade(one, other, *, pack=NATIONAL, **facts):
    return grade(_case(one, **facts), _case(other, **facts), pack)


def _numbered(names):
    return [Candidate(id=f"n{at}", name=name, jurisdiction="320413001") for at, name in enumerate(names)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("人民路", "人民路", Grade.EXACT),
        ("新河村村委会", "新河村民委员会", Grade.EXACT),
        ("青龙路", "青龙街", Grade.SAME_SPECIFIC),
        ("新河村村委会", "新河社区居委会", Grade.SAME_SPECIFIC),
        ("锦江苑", "新锦江苑", Grade.MODIFIER),
        ("锦江苑", "锦江新苑", Grade.MODIFIER),
        ("人民大街", "人民街", Grade.MODIFIER),
        ("第一村村委会", "一村村委会", Grade.MODIFIER),
        ("锦江花园小区", "锦江花园", Grade.SAME_SPECIFIC),
        ("常州市金坛区儒林村", "儒林村", Grade.EXACT),
        ("1号公馆", "一号公馆", Grade.TONAL),
        ("未名路", "末名路", Grade.LOOK_ALIKE),
        ("东洪路", "东虹路", Grade.TONAL),
        ("沙洲路", "沙州路", Grade.TONAL),
        ("兴福小区", "幸福小区", Grade.TONELESS),
        ("人民东路", "人民西路", None),
        ("云溪花园东区", "云溪花园西区", None),
        ("光大路", "光路", None),
        ("人民路", "解放路", None),
    ],
)
def test_two_names_get_the_strongest_grade_that_fits(one, other, expected):
    assert _grade(one, other) is expected
    assert _grade(other, one) is expected


def test_the_own_city_counts_where_the_name_says_in_which_city_it_lies():
    assert _grade("云州锦江苑", "锦江苑") is None
    assert _grade("云州锦江苑", "锦江苑", city="云州市") is Grade.MODIFIER
    assert _grade("云州市锦江苑", "锦江苑", city="云州") is Grade.MODIFIER


def test_the_own_county_and_town_before_a_name_only_say_where_it_is():
    assert _grade("金坛区儒林村", "儒林村") is None
    assert _grade("金坛区儒林村", "儒林村", county="金坛区") is Grade.EXACT
    assert _grade("儒林镇儒林村", "儒林村", town="儒林镇") is Grade.EXACT


def test_names_sound_alike_by_the_readings_of_their_own_part_of_the_country():
    assert _grade("涌口村", "冲口村", jurisdiction="440113") is Grade.TONAL
    assert _grade("涌口村", "勇口村", jurisdiction="320413") is Grade.TONAL


def test_the_own_dictionary_of_a_workspace_decides_how_names_sound(tmp_path):
    (tmp_path / "readings.toml").write_text('[phrases]\n"云埔" = "yún bù"\n', encoding="utf-8")
    names = _numbered(["云步花园"])
    asked = Candidate(name="云埔花园", jurisdiction="320413001")
    own = NameIndex(NATIONAL, names, readings=load_readings(tmp_path))
    assert [one.grade for one in own.namesakes(asked)] == [Grade.TONAL]
    assert all(one.possible for one in NameIndex(NATIONAL, names).namesakes(asked))


def test_a_dialect_counts_only_where_a_pack_gives_its_table():
    assert _grade("牛山路", "刘山路") is None
    assert _grade("牛山路", "刘山路", pack=load_packs(("tongling",))) is Grade.DIALECT


def test_grades_are_ranked_and_said_in_both_languages():
    assert [one.rank for one in Grade] == list(range(len(Grade)))
    assert all(one.label.zh and one.label.en for one in Grade)


def test_relations_agree_with_the_cases_collected_by_hand(real_data):
    said = {
        "exact": Grade.EXACT,
        "same_specific_different_generic": Grade.SAME_SPECIFIC,
        "tonal_homophone": Grade.TONAL,
        "toneless_homophone_only": Grade.TONELESS,
    }
    with (real_data / "names/dev_homophones.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    right = [_grade(row["name_a"], row["name_b"], entity_class="committee") for row in rows]
    agreeing = [found is said[row["relation"]] for found, row in zip(right, rows, strict=True)]
    assert sum(agreeing) / len(agreeing) >= 0.98


@given(_ROADS, _ROADS)
def test_the_grade_of_two_names_does_not_depend_on_their_order(one, other):
    assert _grade(one, other) is _grade(other, one)


@given(st.lists(_ROADS | _VILLAGES, max_size=12))
def test_the_index_finds_exactly_the_pairs_that_comparing_all_with_all_finds(names):
    candidates = _numbered(names)
    index = NameIndex(NATIONAL, candidates)
    for one in candidates:
        scope = _case(one.name).segments.scope_class
        expected = {
            (other.id, like)
            for other in candidates
            if other.id != one.id and _case(other.name).segments.scope_class == scope
            if (like := _grade(one.name, other.name))
        }
        assert {(found.candidate.id, found.grade) for found in index.namesakes(one)} == expected


@given(st.lists(_ROADS | _VILLAGES, max_size=12))
def test_the_index_and_the_rules_over_a_whole_register_say_the_same(names):
    candidates = _numbered(names)
    index = NameIndex(NATIONAL, candidates)
    by_rules = {
        (one.feature_id, one.code)
        for one in check_candidates(candidates, NATIONAL)
        if one.code in set(_RULE_OF.values())
    }
    by_index = {(one.id, _RULE_OF[found.grade]) for one in candidates for found in index.namesakes(one)}
    assert by_index == by_rules


@given(st.lists(_ROADS, min_size=1, max_size=10), st.data())
def test_a_name_added_and_removed_leaves_no_trace(names, data):
    asked = Candidate(id="asked", name=data.draw(_ROADS), jurisdiction="320413001")
    index = NameIndex(NATIONAL, _numbered(names))
    before = index.namesakes(asked)
    index.add(Candidate(id="x", name=asked.name, jurisdiction="320413001", lon=119.5, lat=31.7))
    assert "x" in {one.candidate.id for one in index.namesakes(asked)}
    assert index.remove("x")
    assert index.namesakes(asked) == before
    assert len(index) == len(names)


@given(st.permutations(["未名路", "末名路", "人民路", "仁民路", "人民街", "新人民路", "人民路"]))
def test_the_order_in_which_names_are_added_does_not_matter(names):
    asked = Candidate(name="人民路", jurisdiction="320413001")
    found = NameIndex(NATIONAL, _numbered(names)).namesakes(asked)
    assert sorted((one.candidate.name, one.grade.value) for one in found) == [
        ("人民街", "same_specific"),
        ("人民路", "exact"),
        ("人民路", "exact"),
        ("仁民路", "tonal"),
        ("新人民路", "modifier"),
    ]


def test_namesakes_come_strongest_first_then_nearest_with_scope_and_metres():
    far, near = (
        Candidate(id=name, name="人民路", jurisdiction="320413", lon=lon, lat=31.7)
        for name, lon in (("a", 119.6), ("b", 119.51))
    )
    sound = Candidate(id="c", name="仁民路", jurisdiction="320413", lon=119.5, lat=31.7)
    asked = Candidate(name="人民路", jurisdiction="320413", lon=119.5, lat=31.7)
    found = NameIndex(NATIONAL, [far, sound, near]).namesakes(asked)
    assert [(one.candidate.id, one.distance_m) for one in found] == [("b", 946), ("a", 9461), ("c", 0)]
    assert (found[0].scope.zh, found[0].scope_is_exact) == ("同一建成区的道路街巷", False)


@pytest.mark.parametrize("there", ["320402", "32", ""])
def test_names_outside_the_scope_or_without_one_are_no_namesakes(there):
    index = NameIndex(NATIONAL, [Candidate(id="a", name="人民路", jurisdiction=there)])
    assert index.namesakes(Candidate(name="人民路", jurisdiction="320413")) == ()


def test_a_name_with_the_id_of_another_takes_its_place():
    index = NameIndex(NATIONAL, [Candidate(id="a", name="人民路", jurisdiction="320413")])
    index.add(Candidate(id="a", name="解放路", jurisdiction="320413"))
    assert [one.name for one in index] == ["解放路"]
    assert index.namesakes(Candidate(name="人民路", jurisdiction="320413")) == ()


def test_empty_and_historic_names_are_not_entered():
    index = NameIndex(
        NATIONAL, [Candidate(id="a", name=" "), Candidate(id="b", name="人民路", status="historic")]
    )
    assert len(index) == 0
    assert "b" not in index


def test_near_finds_names_of_every_class_inside_the_circle_and_follows_edits():
    index = NameIndex(
        NATIONAL,
        [
            Candidate(id="a", name="人民路", lon=119.5, lat=31.7),
            Candidate(id="b", name="云溪花园", lon=119.51, lat=31.7),
        ],
    )
    assert [(one.candidate.id, one.distance_m) for one in index.near(119.5, 31.7, 950)] == [
        ("a", 0),
        ("b", 946),
    ]
    index.remove("a")
    index.add(Candidate(id="c", name="云溪山", lon=119.5, lat=31.701))
    assert [one.candidate.id for one in index.near(119.5, 31.7, 900)] == ["c"]


def test_many_threads_may_add_ask_and_remove_at_once():
    index = NameIndex(NATIONAL, [Candidate(id="a", name="人民路", jurisdiction="320413")])
    seen = []

    def work(mine):
        for at in range(50):
            index.add(Candidate(id=f"{mine}-{at}", name="人民路", jurisdiction="320413", lon=119.5, lat=31.7))
            seen.append(len(index.namesakes(Candidate(name="人民路", jurisdiction="320413"))) >= 2)
            index.remove(f"{mine}-{at}")

    threads = [Thread(target=work, args=(at,)) for at in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all(seen)
    assert (len(seen), len(index)) == (200, 1)


def test_a_limit_keeps_the_strongest():
    index = NameIndex(NATIONAL, _numbered(["仁民路", "人民街", "人民路"]))
    found = index.namesakes(Candidate(name="人民路", jurisdiction="320413001"), limit=1)
    assert [one.grade for one in found] == [Grade.EXACT]


@given(st.lists(st.tuples(st.sampled_from(["人民路", "人民街"]), st.none() | st.integers(0, 9)), max_size=60))
def test_of_a_crowd_the_same_few_come_first_as_when_all_are_looked_at(crowd):
    candidates = [
        Candidate(
            id=f"{at:02}",
            name=name,
            jurisdiction="320413",
            lon=None if away is None else 119.5 + away / 1000,
            lat=None if away is None else 31.7,
        )
        for at, (name, away) in enumerate(crowd)
    ]
    asked = Candidate(name="人民路", jurisdiction="320413", lon=119.5, lat=31.7)
    index = NameIndex(NATIONAL, candidates)
    assert index.namesakes(asked, limit=3) == index.namesakes(asked, limit=100)[:3]


def test_every_look_alike_stands_in_one_group_and_groups_hold_at_least_two():
    groups = {}
    for one, head in look_alikes().items():
        groups.setdefault(head, set()).add(one)
    assert all(len(members) > 1 for members in groups.values())


@pytest.mark.parametrize("dialect", dialect_ids())
def test_every_shipped_dialect_merges_some_sounds(dialect):
    table = Keying.of_parameters({"dialects": [dialect]}).dialect
    assert table is not None
    assert table.merged(("zhang", "lin")) == table.merged(("zang", "ling"))


def test_an_unknown_dialect_names_the_ones_there_are():
    with pytest.raises(NotFoundError, match="没有名为“martian”的方言表。"):
        Keying.of_parameters({"dialects": ["martian"]})


def test_a_dialect_table_that_is_none_says_how_to_write_one(tmp_path):
    path = tmp_path / "dialect.toml"
    path.write_text("[initials]\nn = 3\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="读不懂"):
        read_dialect(path)


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings(code="320413", name="云溪区")) as opened:
        yield opened


def _put(workspace, layer_id, *rows):
    with workspace.store.importing(layer_id, ImportSource("a.csv"), By("经办人")) as sink:
        sink.append(layer_from_rows(spec_of(layer_id), list(rows)).frame)


def test_the_names_of_a_workspace_are_entered_once_each(workspace):
    _put(workspace, "place_name", {"id": "1", "name": "云溪花园", "geometry": Point(119.5, 31.7)})
    square = Polygon([(119.5, 31.7), (119.51, 31.7), (119.51, 31.71)])
    _put(
        workspace,
        "residential_quarter",
        {"id": "q1", "name": "云溪花园", "geometry": square},
        {"id": "q2", "name": "青山花园", "geometry": square},
    )
    index = NameIndex.of_workspace(workspace)
    assert sorted((one.layer_id, one.name) for one in index) == [
        ("place_name", "云溪花园"),
        ("residential_quarter", "青山花园"),
    ]


def test_a_workspace_may_bring_its_own_dialect(workspace):
    _put(workspace, "place_name", {"id": "1", "name": "牛山路", "geometry": Point(119.5, 31.7)})
    (workspace.root / "dialect.toml").write_text('[initials]\nn = "l"\n', encoding="utf-8")
    found = NameIndex.of_workspace(workspace).namesakes(Candidate(name="刘山路", jurisdiction="320413"))
    assert [one.grade for one in found] == [Grade.DIALECT]


def test_a_workspace_without_names_gives_an_empty_index(workspace):
    assert len(NameIndex.of_workspace(workspace)) == 0


def test_another_reading_that_a_name_may_have_is_found_as_a_possible_homophone():
    index = NameIndex(NATIONAL, [Candidate(id="a", name="藏山路", jurisdiction="320413")])
    found = index.namesakes(Candidate(name="仓山路", jurisdiction="320413"))
    assert [(one.grade, one.unsure, one.possible) for one in found] == [(Grade.TONELESS, True, True)]
    both = [Candidate(id=name, name=name, jurisdiction="320413") for name in ("藏山路", "仓山路")]
    noted = [one for one in check_candidates(both, NATIONAL) if one.code == "names.homophone"]
    assert {(one.severity.value, one.evidence["another_reading"]) for one in noted} == {("note", True)}
