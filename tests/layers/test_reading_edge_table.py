"""Roads given as a table of edges and a table of nodes."""

from pathlib import Path

import pytest

from layers.errors import ColumnError, InputError
from layers.importing import ImportOptions, import_file
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("测试", "试")
EDGES = "u,v,length_m\n1,2,150\n2,3,90\n2,9,10\n3,4,80\n"
NODES = "node_id,lon,lat\n1,119.50,31.70\n2,119.501,31.70\n3,119.501,31.701\n4,119.501,31.701\n5,,\n"


@pytest.fixture
def place(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings(code="329901", name="云溪区")) as opened:
        yield opened


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def taken(place, folder, *, edges=EDGES, nodes=NODES, layer="road", **more):
    options = ImportOptions(crs="wgs84", nodes=written(folder, "nodes.csv", nodes), **more)
    return import_file(place, layer, written(folder, "edges.csv", edges), options, BY)


def test_edges_become_lines_between_their_nodes_and_keep_the_length_they_say(place, tmp_path):
    taken(place, tmp_path)
    frame = place.layer("road").frame.set_index("node_from")
    assert frame.loc["1", "length_m"] == 150
    (west, south), (east, north) = frame.loc["1"].geometry.coords
    assert (round(west, 6), round(east, 6), round(south, 6), round(north, 6)) == (119.5, 119.501, 31.7, 31.7)


def test_an_edge_to_a_node_that_is_not_there_is_refused_with_the_number(place, tmp_path):
    report = taken(place, tmp_path)
    assert (report.rows_imported, report.rows_rejected) == (3, 1)
    [cell] = [one for one in report.rejects if one.column == "v"]
    assert (cell.row, cell.value, cell.reason.zh) == (4, "9", "节点 9 不在 nodes.csv 里。")


def test_ends_at_one_place_are_drawn_a_centimetre_apart(place, tmp_path):
    taken(place, tmp_path)
    frame = place.layer("road").frame.set_index("node_from")
    shape = frame.loc["3"].geometry
    assert shape.is_valid
    assert 0 < shape.length < 1.1e-7
    assert frame.loc["3", "length_m"] == 80


def test_the_report_says_which_nodes_were_used_and_how_many_could_not_be(place, tmp_path):
    notes = [one.zh for one in taken(place, tmp_path).notes]
    assert "道路按 nodes.csv 的 4 个节点画成直线；路程以表中的长度为准。" in notes
    assert "nodes.csv 有 1 行没有编号或坐标，没有用。" in notes


def test_one_number_at_two_places_is_refused(place, tmp_path):
    with pytest.raises(InputError, match=r"nodes.csv 第 7 行：编号 1 已给了另一个位置"):
        taken(place, tmp_path, nodes=NODES + "1,119.6,31.8\n")


def test_columns_that_are_not_recognised_are_asked_for(place, tmp_path):
    with pytest.raises(ColumnError, match="认不出起止节点的列（node_to）"):
        taken(place, tmp_path, edges="u,到,length_m\n1,2,150\n")
    report = taken(place, tmp_path, edges="u,到,length_m\n1,2,150\n", columns={"node_to": "到"})
    assert report.rows_imported == 1
    with pytest.raises(ColumnError, match=r"节点表 nodes.csv 要有编号和坐标"):
        taken(place, tmp_path, nodes="lon,lat\n119.5,31.7\n")


def test_only_roads_without_a_geometry_take_nodes(place, tmp_path):
    with pytest.raises(InputError, match="没有起止节点"):
        taken(place, tmp_path, layer="barrier")
    with pytest.raises(ColumnError, match=r"edges.csv 自己有几何"):
        taken(place, tmp_path, edges='u,v,wkt\n1,2,"LINESTRING(119.5 31.7, 119.6 31.7)"\n')


def test_a_table_of_ends_without_nodes_says_what_to_add(place, tmp_path):
    path = written(tmp_path, "edges.csv", EDGES)
    with pytest.raises(ColumnError, match="只有起止节点的编号") as refused:
        import_file(place, "road", path, ImportOptions(crs="wgs84"), BY)
    assert "--nodes" in refused.value.hint.zh


def test_the_import_remembers_both_files(place, tmp_path):
    taken(place, tmp_path)
    assert place.store.summary("road").sources == ("edges.csv + nodes.csv",)
