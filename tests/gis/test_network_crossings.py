"""Level crossings: a road passes a railway where OpenStreetMap says that it may, and nowhere else."""

import numpy as np
import pytest
import shapely

from gis.network import Network, workspace_network
from layers.importing import ImportOptions, import_osm
from layers.reading.osm import read_osm
from layers.reading.osm_ground import barrier_rows
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

TOWN = """<?xml version="1.0"?><osm version="0.6">
<node id="1" version="1" lat="31.700" lon="119.500"/><node id="2" version="1" lat="31.700" lon="119.505">{here}</node>
<node id="3" version="1" lat="31.700" lon="119.510"/><node id="4" version="1" lat="31.700" lon="119.515"/>
<node id="5" version="1" lat="31.698" lon="119.505"/><node id="6" version="1" lat="31.702" lon="119.505"/>
<node id="7" version="1" lat="31.698" lon="119.510"/><node id="8" version="1" lat="31.702" lon="119.510"/>
<way id="20" version="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><tag k="railway" v="rail"/></way>
<way id="21" version="1"><nd ref="5"/><nd ref="2"/><nd ref="6"/><tag k="highway" v="residential"/></way>
<way id="22" version="1"><nd ref="7"/><nd ref="3"/><nd ref="8"/><tag k="highway" v="residential"/></way>
<way id="23" version="1"><nd ref="6"/><nd ref="8"/><tag k="highway" v="residential"/></way>
</osm>"""


def taken_in(tmp_path, kind):
    """Import a town whose western street crosses the railway at a node of this kind, the eastern one at none."""
    path = tmp_path / "town.osm"
    tag = f'<tag k="railway" v="{kind}"/>' if kind else ""
    path.write_text(TOWN.format(here=tag), encoding="utf-8")
    workspace = Workspace.create(tmp_path / "ws", Settings("320413", "金坛区"))
    return workspace, import_osm(workspace, path, ImportOptions(), By("test"))


@pytest.mark.parametrize(
    ("kind", "open_"), [("level_crossing", True), ("crossing", True), ("switch", False), ("", False)]
)
def test_the_road_at_a_crossing_stays_open_and_the_other_is_cut(tmp_path, kind, open_):
    workspace, _ = taken_in(tmp_path, kind)
    with workspace:
        network = workspace_network(workspace, barriers=("barrier",))
    south = network.snap(*network.to_plane([119.505, 119.510], [31.6985, 31.6985]), max_m=1)
    north = network.snap(*network.to_plane([119.505], [31.7015]), max_m=1)
    reached = np.isfinite(network.cost_of(south, north).cost)
    assert reached.tolist() == [open_, False]


def test_the_import_says_how_many_crossings_stay_open(tmp_path):
    workspace, reports = taken_in(tmp_path, "level_crossing")
    workspace.close()
    [barriers] = [one for one in reports if one.layer_id == "barrier"]
    assert barriers.notes[-1].zh == "铁路在 1 处平交道口断开，道路可在此通过。"


def test_the_crossings_of_liechtenstein_let_roads_through(real_data):
    path = real_data / "scale/liechtenstein.osm.pbf"
    extract = read_osm(path, houses=False)
    opened = [row["geometry"] for row in barrier_rows(extract) if row["kind"] == "rail"]
    extract.crossings.clear()
    closed = [row["geometry"] for row in barrier_rows(extract) if row["kind"] == "rail"]
    network = Network.from_osm(path)
    cut = [network.edge_count - network.cut(rails).edge_count for rails in (closed, opened)]
    assert shapely.length(closed).sum() > shapely.length(opened).sum()
    assert cut == [10, 1]
