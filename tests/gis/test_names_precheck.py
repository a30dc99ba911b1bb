from datetime import date

import pytest
import shapely
from drawing_district import SOUTH, STEP, WEST, district

from gis.names import Candidate, load_packs
from gis.names.namesakes import NameIndex
from gis.names.precheck import Place, Register, Surroundings, place_of, precheck
from gis.names.precheck.surroundings import Feature
from layers.errors import InputError, NotFoundError
from layers.store.protocol import By

ON = date(2026, 6, 30)
PACK = load_packs(("national-2022",))
COUNTY = "320499"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with district(tmp_path_factory.mktemp("naming")) as opened:
        yield opened


@pytest.fixture(scope="module")
def around(workspace):
    return Surroundings.of_workspace(workspace)


def at(column, row):
    return Place.at(WEST + column * STEP, SOUTH + row * STEP)


def ask(name, *, kind="residential", place=None, around=None, names=(), **facts):
    candidate = Candidate(name=name, entity_class=kind, jurisdiction=COUNTY, **facts)
    return precheck(candidate, index=NameIndex(PACK, names), pack=PACK, on=ON, place=place, around=around)


def known(name, number, *, kind="road", jurisdiction=COUNTY, lon=None, lat=None):
    return Candidate(
        name=name, id=str(number), entity_class=kind, jurisdiction=jurisdiction, lon=lon, lat=lat
    )


def test_a_fine_name_is_clear_and_needs_no_other(around):
    report = ask("云霞家园", around=around, place=at(1.5, 1.5))
    assert report.status == "clear"
    assert report.alternatives == ()
    assert report.sentence.zh == "“云霞家园”未发现不合规定之处，可以进入申报程序。"


def test_a_foreign_name_is_suspect_and_others_are_offered(around):
    report = ask("巴黎花园", around=around, place=at(1.5, 1.5))
    assert report.status == "suspect"
    assert 1 <= len(report.alternatives) <= 10
    assert not [one for one in report.alternatives if "巴黎" in one.name]


def test_every_alternative_passes_the_same_check(around):
    report = ask("巴黎花园", around=around, place=at(1.5, 1.5))
    again = [ask(one.name, around=around, place=at(1.5, 1.5)).status for one in report.alternatives]
    assert set(again) == {"clear"}


def test_alternatives_are_the_same_on_every_run_and_name_their_source(around):
    first, second = (ask("巴黎花园", around=around, place=at(1.5, 1.5)).alternatives for _ in range(2))
    assert first == second
    local = [one.source for one in first if one.source]
    assert local
    assert all({"layer", "id", "name", "distance_m"} <= set(one) for one in local)


def test_local_names_are_offered_nearest_first(around):
    report = ask("巴黎花园", around=around, place=at(2.6, 1.2))
    far = [one.source["distance_m"] for one in report.alternatives if one.source]
    assert far == sorted(far)


def test_a_name_citing_a_town_fits_inside_it(around):
    report = ask("东山镇家园", around=around, place=at(0.5, 0.5))
    assert report.location.outcome == "fits"
    assert report.status == "clear"


def test_a_name_citing_a_town_does_not_fit_outside_it(around):
    report = ask("东山镇家园", around=around, place=at(3.5, 3.5))
    [finding] = [one for one in report.findings if one.code == "names.cited-place"]
    assert finding.severity == "suspect"
    assert report.location.outcome == "elsewhere"
    assert finding.message.zh.startswith("名称引用行政区划“东山镇”，但位置在其外 ")


def test_without_a_place_the_fit_is_unknown_not_clear(around):
    report = ask("东山镇家园", around=around)
    assert (report.location.outcome, report.status) == ("unknown", "review")
    assert "是否在其内或沿线无法判断" in report.sentence.zh


def test_without_layers_the_fit_is_unknown_and_said():
    report = ask("云霞家园", place=at(1, 1))
    assert report.location.outcome == "unknown"
    assert report.sentence.zh.endswith(
        "缺少图层：行政区划与村居、道路、标准地名；是否引用其中的名称无法判断。"
    )


def test_a_name_citing_a_road_must_lie_along_it(around):
    near, far = (ask("横1路小区", around=around, place=at(1.1, row)) for row in (0.1, 1.5))
    assert near.location.outcome == "fits"
    assert far.location.outcome == "elsewhere"


def test_a_name_citing_a_hill_must_lie_by_it(around):
    near, far = (ask("牛头山家园", around=around, place=one) for one in (at(3.4, 3.4), at(0.2, 0.2)))
    assert near.location.outcome == "fits"
    assert far.status == "review"


def test_a_namesake_in_the_county_is_suspect_with_its_distance():
    there = known("青龙路", 1, lon=119.5, lat=31.7)
    report = ask("青龙路", kind="road", names=[there], place=Place.at(119.5, 31.709))
    assert report.status == "suspect"
    [same] = report.namesakes
    assert same.grade == "exact"
    assert same.distance_m == pytest.approx(1000, abs=5)


def test_a_namesake_in_another_county_does_not_count():
    report = ask("青龙路", kind="road", names=[known("青龙路", 1, jurisdiction="320481")])
    assert report.namesakes == ()
    assert not [one for one in report.findings if one.category == "重"]


def test_a_homophone_asks_for_a_review():
    report = ask("新福路", kind="road", names=[known("新富路", 1)])
    assert "重" in {one.category for one in report.findings} or report.status == "clear"
    assert [one.grade.value for one in report.namesakes] == ["toneless"] or report.namesakes


def test_a_name_in_use_is_not_what_a_proposal_is_judged_as():
    report = ask("云霞家园", status="nonstandard")
    assert not {"擅自命名", "一地多名"} & {one.category for one in report.findings}


def test_a_single_character_is_noted_not_refused():
    report = ask("龙苑")
    assert [one.severity for one in report.findings if one.code == "names.length"] == ["note"]


def test_the_report_is_json_with_how_it_was_made(workspace):
    register = Register.of_workspace(workspace)
    asked = Candidate(name="云霞家园", entity_class="residential", jurisdiction=COUNTY)
    said = register.precheck(asked, on=ON, place=at(1.5, 1.5)).as_json()
    assert said["made"]["on"] == "2026-06-30"
    assert said["made"]["index_size"] == len(register.index)
    assert set(said["made"]["layers"]) == {"admin_unit", "place_name", "residential_quarter", "road"}
    assert said["unit"]["name"] == "东岭村"
    assert said["reading"]["pinyin"].startswith("Yúnxiá")


def test_a_name_added_to_the_workspace_counts_at_once(tmp_path):
    with district(tmp_path) as opened:
        register = Register.of_workspace(opened)
        asked = Candidate(name="测试庄九", entity_class="settlement", jurisdiction=COUNTY)
        index, before = register.index, len(register.index)
        opened.store.edit("place_name", "n0", {"name": "青枫路", "entity_class": "road"}, By("测试"))
        register.follow(opened)
        assert register.index is index
        assert len(register.index) == before
        road = Candidate(name="青枫路", entity_class="road", jurisdiction=COUNTY)
        assert [one.candidate.id for one in register.index.namesakes(road)] == ["n0"]
        assert register.index.namesakes(asked) == ()


def test_a_name_removed_from_the_workspace_is_forgotten(tmp_path):
    with district(tmp_path) as opened:
        register = Register.of_workspace(opened)
        before = len(register.index)
        opened.store.remove("place_name", ["n1"], By("测试"))
        register.follow(opened)
        assert len(register.index) == before - 1
        assert register.versions["place_name"] == opened.store.summary("place_name").version


def test_a_change_of_another_layer_makes_the_index_anew(tmp_path):
    with district(tmp_path) as opened:
        register = Register.of_workspace(opened)
        index = register.index
        opened.store.edit("residential_quarter", "q1", {"name": "云霞家园"}, By("测试"))
        register.follow(opened)
        assert register.index is not index


@pytest.mark.parametrize(
    ("name", "said"), [(" ", "名称是空的。"), ("长" * 300, "名称有 300 个字符，不像一个地名。")]
)
def test_what_is_no_name_is_refused(name, said):
    with pytest.raises(InputError) as caught:
        ask(name)
    assert caught.value.message.zh == said


def test_a_place_is_a_point_a_shape_or_a_feature(workspace, tmp_path):
    file = tmp_path / "site.geojson"
    file.write_text(
        '{"type":"Feature","geometry":{"type":"Point","coordinates":[119.5,31.7]}}', encoding="utf-8"
    )
    assert place_of(workspace, lon=119.5, lat=31.7).lon == 119.5
    assert place_of(workspace, place=str(file), may_read_files=True).lat == 31.7
    assert place_of(workspace, place="residential_quarter:q1").geometry.geom_type == "Polygon"
    assert place_of(workspace) is None


def test_a_file_is_never_read_for_the_network(workspace, tmp_path):
    with pytest.raises(NotFoundError):
        place_of(workspace, place=str(tmp_path / "site.geojson"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lon": 119.5}, "位置没有给全，或给了两次。"),
        ({"lon": 119.5, "lat": 131.0}, "坐标 119.5, 131.0 不是经纬度。"),
        ({"place": "{}"}, "GeoJSON 读不懂：'type'。"),
        ({"place": '{"type":"Point","coordinates":[]}'}, "位置是空的图形。"),
    ],
)
def test_a_place_that_cannot_be_understood_is_refused(workspace, options, said):
    with pytest.raises(InputError) as caught:
        place_of(workspace, **options)
    assert caught.value.message.zh == said


def test_surroundings_without_anything_are_empty():
    nothing = Surroundings.of_layers([])
    assert nothing.near(shapely.Point(0, 0), 1000) == ()
    assert nothing.division_at(shapely.Point(0, 0)) is None


def test_a_place_outside_the_district_is_said(around):
    report = ask("云霞家园", around=around, place=Place.at(100, 31))
    [finding] = [one for one in report.findings if one.code == "names.outside-district"]
    assert (report.status, report.location.outcome) == ("review", "elsewhere")
    assert finding.evidence["distance_m"] == pytest.approx(1_845_000, abs=10_000)
    assert finding.message.zh.startswith("位置在本区之外约 18")
    assert report.as_json()["location"]["outside_m"] == finding.evidence["distance_m"]
    near = ask("云霞家园", around=around, place=at(-0.5, 1))
    assert near.location.text.zh.startswith("位置在本区之外约 9")


def test_a_place_inside_the_district_is_not_outside(around):
    assert ask("云霞家园", around=around, place=at(1.5, 1.5)).location.outside_m == 0
    assert Surroundings.of_layers([]).outside_m(Place.at(1, 1)) is None


def test_without_a_place_only_the_name_itself_is_mended(around):
    report = ask("中央云霞苑", around=around)
    assert report.alternatives
    assert {one.source for one in report.alternatives} == {None}


def test_without_a_place_and_nothing_to_mend_that_is_said(around):
    report = ask("巴黎花园", around=around)
    assert report.alternatives == ()
    assert [one.zh for one in report.notes] == [
        "没有合适的备选名；给出位置（经纬度或图形）后，可取用附近的村镇、山水名。"
    ]


def test_without_a_place_names_come_from_around_what_is_cited(around):
    names = {one.source["name"] for one in ask("巴黎牛头山花园", around=around).alternatives if one.source}
    assert names
    assert names <= {one.name for one in around.features if one.kind != "former"}


def test_names_of_old_are_offered_only_close_by():
    shape = shapely.Point(0, 0)
    old = [
        Feature("place_name", str(far), f"旧名{far}", "former", "旧名", shape=shapely.Point(far, 0))
        for far in (1000, 3000)
    ]
    near = Surroundings(tuple(old), ()).near(shape, 5000)
    assert [one.name for one, _ in near] == ["旧名1000"]


def test_another_county_is_judged_by_its_packs_and_that_is_said(workspace):
    register = Register.of_workspace(workspace)
    there = Candidate(name="云霞家园", entity_class="residential", jurisdiction="320102")
    report = register.precheck(there, on=ON)
    assert report.made.pack == "nanjing"
    assert report.notes[0].zh == (
        "320102 不是本工作区（320499）的区划：比对的是本工作区的地名，那里的重名请另查；"
        "规则包用 national-2022、jiangsu、nanjing。"
    )
    here = Candidate(name="云霞家园", entity_class="residential", jurisdiction=COUNTY)
    assert register.precheck(here, on=ON).notes == ()
