import numpy as np
import pytest
import shapely

from layers.crs import geodesic_m
from layers.errors import CrsError, FileFormatError, InputError, NotFoundError
from layers.importing import ImportOptions, import_file, import_osm
from layers.importing.osm import _notes
from layers.reading.osm import OsmExtract, read_osm
from layers.reading.osm_ground import barrier_kind
from layers.reading.osm_roads import is_walkable, road_class, road_edges
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("test")
TOWN = """<?xml version="1.0"?><osm version="0.6">
<node id="1" version="1" lat="31.70" lon="119.50"/><node id="2" version="1" lat="31.70" lon="119.51"/>
<node id="3" version="1" lat="31.70" lon="119.52"/><node id="4" version="1" lat="31.71" lon="119.51"/>
<node id="5" version="1" lat="31.70" lon="119.51"/>
<node id="6" version="1" lat="31.72" lon="119.50"/><node id="7" version="1" lat="31.72" lon="119.52"/>
<node id="8" version="1" lat="31.71" lon="119.52"><tag k="amenity" v="hospital"/><tag k="name" v="人民医院"/></node>
<node id="9" version="1" lat="31.71" lon="119.53"><tag k="amenity" v="social_facility"/>
  <tag k="social_facility" v="nursing_home"/><tag k="social_facility:for" v="senior"/><tag k="name" v="颐养院"/></node>
<node id="10" version="1" lat="31.71" lon="119.54"><tag k="place" v="village"/><tag k="name" v="城西村"/></node>
<way id="20" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/>
  <tag k="highway" v="residential"/><tag k="name" v="东路"/></way>
<way id="21" version="1"><nd ref="2"/><nd ref="4"/><tag k="highway" v="footway"/></way>
<way id="22" version="1"><nd ref="5"/><nd ref="6"/><tag k="highway" v="motorway"/><tag k="bridge" v="yes"/></way>
<way id="23" version="1"><nd ref="4"/><nd ref="999"/><nd ref="6"/><nd ref="7"/><tag k="highway" v="service"/>
  <tag k="oneway" v="-1"/></way>
<way id="24" version="1"><nd ref="1"/><nd ref="3"/><nd ref="7"/><nd ref="6"/><nd ref="1"/>
  <tag k="landuse" v="residential"/>
  <tag k="name" v="幸福小区"/></way>
<way id="25" version="1"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/><tag k="landuse" v="cemetery"/></way>
<way id="26" version="1"><nd ref="4"/><nd ref="7"/><tag k="highway" v="construction"/></way>
<relation id="30" version="1"><member type="way" ref="998" role="outer"/><tag k="type" v="boundary"/>
  <tag k="boundary" v="administrative"/><tag k="admin_level" v="6"/><tag k="name" v="邻县"/></relation>
<relation id="31" version="1"><member type="way" ref="24" role="outer"/><tag k="type" v="boundary"/>
  <tag k="boundary" v="administrative"/><tag k="admin_level" v="8"/><tag k="name" v="西城街道"/>
  <tag k="ref" v="320413001"/></relation>
</osm>"""


@pytest.fixture
def extract(tmp_path):
    path = tmp_path / "town.osm"
    path.write_text(TOWN, encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def test_ways_are_cut_at_junctions_by_node_and_not_by_coordinate(extract):
    roads = road_edges(read_osm(extract).ways)
    ends = dict(zip(roads["id"], zip(roads["node_from"], roads["node_to"], strict=True), strict=True))
    assert ends == {
        "w20-0": ("1", "2"),
        "w20-1": ("2", "3"),
        "w21-0": ("2", "4"),
        "w22-0": ("5", "6"),
        "w23-0": ("7", "6"),
    }


def test_edges_keep_their_shape_and_ellipsoidal_length(extract):
    roads = road_edges(read_osm(extract).ways).set_index("id")
    for _, road in roads.iterrows():
        line = shapely.get_coordinates(road.geometry)
        assert road.length_m == pytest.approx(geodesic_m(*line[:-1].T, *line[1:].T).sum())
    assert roads.loc["w20-0"].geometry.coords[0] == (119.5, 31.7)


def test_a_one_way_against_the_drawing_is_turned_around(extract):
    road = road_edges(read_osm(extract).ways).set_index("id").loc["w23-0"]
    assert road.oneway
    assert road.geometry.coords[0] == (119.52, 31.72)


@pytest.mark.parametrize(
    ("tags", "walkable"),
    [
        ({"highway": "footway"}, True),
        ({"highway": "residential", "access": "private"}, False),
        ({"highway": "residential", "access": "private", "foot": "yes"}, True),
        ({"highway": "motorway"}, False),
        ({"highway": "trunk"}, False),
        ({"highway": "trunk", "sidewalk": "both"}, True),
        ({"highway": "path", "foot": "no"}, False),
        ({"route": "ferry"}, True),
    ],
)
def test_where_one_may_walk(tags, walkable):
    assert is_walkable(tags) is walkable


@pytest.mark.parametrize(
    ("kind", "expected"), [("primary_link", "primary"), ("steps", "path"), ("proposed", None), ("x", None)]
)
def test_roads_get_our_classes(kind, expected):
    assert road_class({"highway": kind}) == expected


def test_one_extract_fills_many_layers(workspace, extract):
    reports = {report.layer_id: report for report in import_osm(workspace, extract, ImportOptions(), BY)}
    counts = {layer_id: report.rows_imported for layer_id, report in reports.items()}
    assert counts == {
        "road": 5,
        "admin_unit": 1,
        "place_name": 2,
        "care_facility": 1,
        "cemetery": 0,
        "residential_quarter": 1,
        "point_of_interest": 1,
    }
    assert reports["cemetery"].notes[0].zh == "1 个没有名称，未导入。"
    assert reports["admin_unit"].notes[0].zh == "1 个行政边界在提取范围外被截断，未导入。"
    assert workspace.layer("admin_unit").frame.loc[0, ["code", "level"]].tolist() == ["320413001", "town"]
    assert workspace.layer("care_facility").frame["kind"].tolist() == ["care_home"]


def test_roads_that_are_not_for_walking_are_kept_and_marked(workspace, extract):
    import_osm(workspace, extract, ImportOptions(), BY)
    roads = workspace.layer("road").frame.set_index("id")
    assert roads["walkable"].to_dict() == {
        "w20-0": True,
        "w20-1": True,
        "w21-0": True,
        "w22-0": False,
        "w23-0": True,
    }
    assert roads.loc["w22-0", "bridge"]


def test_a_dry_run_writes_nothing(workspace, extract):
    reports = import_osm(workspace, extract, ImportOptions(dry_run=True), BY)
    assert sum(report.rows_imported for report in reports) == 11
    assert workspace.store.layer_ids() == ()


def test_the_same_extract_again_adds_nothing(workspace, extract):
    import_osm(workspace, extract, ImportOptions(), BY)
    again = import_osm(workspace, extract, ImportOptions(), BY)
    assert sum(report.rows_imported for report in again) == 0
    assert again[0].rejects[0].reason.zh == "编号 w20-0 在图层中已有；要更新请加 --update。"


def test_osm_data_cannot_be_declared_otherwise(workspace, extract):
    with pytest.raises(CrsError) as caught:
        import_osm(workspace, extract, ImportOptions(crs="gcj02"), BY)
    assert caught.value.message.zh == "OSM 数据总是 WGS84，不能声明为 gcj02。"


def test_an_extract_given_for_one_layer_is_sent_to_the_right_command(workspace, extract):
    with pytest.raises(FileFormatError) as caught:
        import_file(workspace, "road", extract, ImportOptions(), BY)
    assert caught.value.hint.zh == "请用 fangyu import osm 文件名。"


def test_what_is_no_osm_data_is_refused(workspace, tmp_path):
    (tmp_path / "a.osm.pbf").write_bytes(b"this is no such thing")
    with pytest.raises(FileFormatError, match="不是完好的 OSM 数据"):
        import_osm(workspace, tmp_path / "a.osm.pbf", ImportOptions(), BY)
    with pytest.raises(NotFoundError):
        import_osm(workspace, tmp_path / "b.osm.pbf", ImportOptions(), BY)


def test_chengdu_comes_in_whole(workspace, real_data):
    reports = import_osm(workspace, real_data / "chengdu/chengdu_CD.osm.pbf", ImportOptions(), BY)
    counts = {report.layer_id: report.rows_imported for report in reports}
    kinds = workspace.layer("point_of_interest").frame["kind"].value_counts()
    quarters = workspace.layer("residential_quarter").frame
    roads = workspace.layer("road").frame
    assert kinds["hospital"] == 80
    assert (counts["residential_quarter"], quarters["name"].notna().sum()) == (1348, 1012)
    assert counts["road"] > 60_000
    assert roads["walkable"].mean() > 0.85
    assert np.isfinite(roads["length_m"]).all()


def test_areas_that_could_not_be_read_are_counted_where_they_may_belong():
    extract = OsmExtract(broken_areas=2)
    (said,) = _notes("cemetery", extract, 0, [])
    assert said.zh == "文件中有 2 个面的边界不成形，未能读取，可能属于本图层。"
    assert list(_notes("road", extract, 0, [])) == []


LAND = """<?xml version="1.0"?><osm version="0.6">
<node id="1" version="1" lat="31.70" lon="119.50"/><node id="2" version="1" lat="31.70" lon="119.51">
  <tag k="railway" v="level_crossing"/></node>
<node id="3" version="1" lat="31.70" lon="119.52"/><node id="4" version="1" lat="31.71" lon="119.51"/>
<node id="5" version="1" lat="31.72" lon="119.50"><tag k="building" v="house"/></node>
<node id="6" version="1" lat="31.72" lon="119.51"><tag k="building" v="entrance"/></node>
<way id="20" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="railway" v="rail"/>
  <tag k="name" v="沧石铁路"/></way>
<way id="21" version="1"><nd ref="1"/><nd ref="4"/><tag k="waterway" v="river"/></way>
<way id="22" version="1"><nd ref="3"/><nd ref="4"/><tag k="waterway" v="ditch"/></way>
<way id="23" version="1"><nd ref="1"/><nd ref="3"/><nd ref="4"/><nd ref="1"/><tag k="building" v="apartments"/>
  <tag k="building:levels" v="6"/></way>
<way id="24" version="1"><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="2"/><tag k="building" v="yes"/>
  <tag k="building:levels" v="many"/><tag k="name" v="云溪大厦"/></way>
<way id="25" version="1"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/><tag k="natural" v="water"/>
  <tag k="water" v="river"/></way>
<way id="26" version="1"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/><tag k="natural" v="water"/></way>
</osm>"""


@pytest.fixture
def land(tmp_path):
    path = tmp_path / "land.osm"
    path.write_text(LAND, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"waterway": "river"}, "river"),
        ({"waterway": "canal", "tunnel": "culvert"}, None),
        ({"railway": "rail"}, "rail"),
        ({"railway": "rail", "bridge": "viaduct"}, None),
        ({"railway": "rail", "service": "yard"}, None),
        ({"railway": "subway", "layer": "-2"}, None),
        ({"highway": "motorway"}, "expressway"),
        ({"highway": "motorway_link", "tunnel": "yes"}, None),
        ({"highway": "motorway", "bridge": "no"}, "expressway"),
        ({"highway": "trunk"}, None),
        ({"highway": "trunk", "motorroad": "yes"}, "expressway"),
        ({"highway": "trunk", "foot": "no"}, "expressway"),
        ({"highway": "residential", "foot": "no"}, None),
    ],
)
def test_what_severs_the_ground(tags, kind):
    assert barrier_kind(tags) == kind


def test_an_extract_brings_rivers_and_railways_as_barriers(workspace, land):
    import_osm(workspace, land, ImportOptions(), BY)
    barriers = workspace.layer("barrier").frame.set_index("id")
    assert barriers["kind"].to_dict() == {"w25": "river", "w20-0": "rail", "w21-0": "river"}
    assert barriers["name"].dropna().to_dict() == {"w20-0": "沧石铁路"}


def test_a_railway_is_open_at_its_level_crossing(workspace, land):
    import_osm(workspace, land, ImportOptions(), BY)
    rail = workspace.layer("barrier").frame.set_index("id").loc["w20-0"].geometry
    crossing = shapely.Point(119.51, 31.70)
    assert rail.geom_type == "MultiLineString"
    assert 0 < rail.distance(crossing) < 2e-4


def test_an_extract_brings_buildings_with_kind_and_storeys(workspace, land):
    import_osm(workspace, land, ImportOptions(), BY)
    houses = workspace.layer("building").frame.set_index("id")
    assert houses["kind"].to_dict() == {"n5": "residential", "w23": "residential", "w24": None}
    assert houses["floors"].dropna().to_dict() == {"w23": 6}
    assert houses.geometry.geom_type.to_dict() == {"n5": "Point", "w23": "Polygon", "w24": "Polygon"}
    assert houses.loc["w24", "name"] == "云溪大厦"


def test_only_the_layers_asked_for_are_filled(workspace, land):
    reports = import_osm(workspace, land, ImportOptions(source_layer="barrier, place_name"), BY)
    assert [report.layer_id for report in reports] == ["place_name", "barrier"]
    assert workspace.store.layer_ids() == ("place_name", "barrier")


def test_a_layer_osm_does_not_fill_is_refused_with_the_list(workspace, land):
    with pytest.raises(InputError) as caught:
        import_osm(workspace, land, ImportOptions(source_layer="building,meal_point"), BY)
    assert caught.value.message.zh == "OSM 不填图层 meal_point。"
    assert "building" in caught.value.hint.zh


def test_barriers_and_buildings_of_chengdu(workspace, real_data):
    options = ImportOptions(source_layer="barrier,building")
    import_osm(workspace, real_data / "chengdu/chengdu_CD.osm.pbf", options, BY)
    kinds = workspace.layer("barrier").frame["kind"].value_counts()
    assert (kinds["expressway"], kinds["rail"], kinds["river"]) == (1532, 565, 367)
    assert len(workspace.layer("building")) == 8888
