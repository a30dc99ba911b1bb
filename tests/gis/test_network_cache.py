"""The workspace's network is built once, memory-mapped afterwards, and rebuilt when it has to be."""

import dataclasses

import numpy as np
import pytest
from coverage_town import grid_roads, line, town

from gis.network import cache, workspace_network
from layers.model import Layer


@pytest.fixture
def workspace(tmp_path):
    cache._opened.cache_clear()
    return town(tmp_path, road=grid_roads(3, 100))


def folders(workspace):
    return sorted((workspace.root / "cache").iterdir())


def changed(workspace, version):
    layer = workspace.store.layers["road"]
    origin = dataclasses.replace(layer.provenance, version=version)
    workspace.store.layers["road"] = Layer(layer.spec, layer.frame, origin)


def test_without_roads_there_is_no_network(tmp_path):
    assert workspace_network(town(tmp_path)) is None


def test_without_a_road_to_walk_on_there_is_no_network(tmp_path):
    rows = [{"geometry": line((0, 0), (9, 0)), "walkable": False}]
    assert workspace_network(town(tmp_path, road=rows)) is None


def test_the_second_run_maps_what_the_first_one_built(workspace, monkeypatch):
    built = workspace_network(workspace)
    monkeypatch.setattr(workspace.store, "read", None)
    again = workspace_network(workspace)
    assert isinstance(again.edges.x, np.memmap)
    assert again.notes == built.notes
    np.testing.assert_array_equal(again.nearest([0]).cost, built.nearest([0]).cost)


def test_a_mapped_network_answers_like_the_one_built(workspace):
    built = workspace_network(workspace)
    again = workspace_network(workspace)
    x, y = built.edges.x[:5] + 3, built.edges.y[:5] + 4
    here, there = built.snap(x, y, 50), again.snap(x, y, 50)
    np.testing.assert_array_equal(built.cost_of(here, here).cost, again.cost_of(there, there).cost)
    np.testing.assert_array_equal(built.service_area(here, 120).stop, again.service_area(there, 120).stop)


def test_a_new_version_of_the_roads_replaces_the_old_network(workspace):
    workspace_network(workspace)
    old = folders(workspace)
    changed(workspace, "v2")
    workspace_network(workspace)
    assert len(folders(workspace)) == 1
    assert folders(workspace) != old


@pytest.mark.parametrize("name", ["x.npy", "indices.npy", "network.json"])
@pytest.mark.parametrize("damage", [b"", b"\x93NUMPY nonsense", b"{"])
def test_a_damaged_cache_is_built_anew(workspace, name, damage):
    built = workspace_network(workspace)
    cache._opened.cache_clear()
    (folders(workspace)[0] / name).write_bytes(damage)
    again = workspace_network(workspace)
    assert again.edge_count == built.edge_count
    assert (folders(workspace)[0] / name).read_bytes() != damage


def test_a_truncated_array_is_noticed(workspace):
    workspace_network(workspace)
    cache._opened.cache_clear()
    path = folders(workspace)[0] / "weights.npy"
    path.write_bytes(path.read_bytes()[:-8])
    assert workspace_network(workspace).edge_count == 20
    assert isinstance(workspace_network(workspace).edges.x, np.memmap)


def test_a_folder_that_cannot_be_written_is_done_without(workspace):
    (workspace.root / "cache").write_text("in the way", encoding="utf-8")
    assert workspace_network(workspace).edge_count == 20


def test_nothing_half_written_is_left_behind(workspace, monkeypatch):
    def fail(*_):
        raise OSError

    monkeypatch.setattr(cache, "_write", fail)
    workspace_network(workspace)
    assert folders(workspace) == []
