"""Inclines of roads: from the tag, and from a raster of heights made here."""

import sys

import numpy as np
import pytest
import rasterio
from affine import Affine

from layers.errors import CrsError, FileFormatError, InputError, NotFoundError
from layers.importing import ImportOptions, import_file, import_osm
from layers.reading.heights import open_heights
from layers.reading.osm import read_osm
from layers.reading.osm_roads import incline_percent, road_edges
from layers.store.protocol import By
from layers.workspace import Settings, Workspace

BY = By("test")
WEST, NORTH, CELL = 119.50, 31.72, 0.001
NODES = """<?xml version="1.0"?><osm version="0.6">
<node id="1" version="1" lat="31.710" lon="119.502"/><node id="2" version="1" lat="31.710" lon="119.506"/>
<node id="3" version="1" lat="31.710" lon="119.510"/><node id="4" version="1" lat="31.710" lon="119.540"/>
<node id="5" version="1" lat="31.7100001" lon="119.5100001"/>
"""


@pytest.fixture
def workspace(tmp_path):
    with Workspace.create(tmp_path / "ws", Settings("320413", "金坛区")) as opened:
        yield opened


def raster(path, cells, *, crs="EPSG:4490", driver="GTiff", unit=None, nodata=-9999.0):
    cells = np.atleast_3d(np.asarray(cells, np.float32)).transpose(2, 0, 1)
    made = {"driver": driver, "height": cells.shape[1], "width": cells.shape[2], "count": len(cells)}
    place = Affine(CELL, 0.0, WEST, 0.0, -CELL, NORTH)
    with rasterio.open(path, "w", dtype="float32", crs=crs, transform=place, nodata=nodata, **made) as file:
        file.write(cells)
        if unit:
            file.units = [unit]
    return path


def rising_east(wide=20, high=20, per_cell_m=2.0):
    """Heights of the middles of cells: so many metres more with each cell to the east."""
    return np.tile((np.arange(wide) + 0.5) * per_cell_m, (high, 1))


def osm(tmp_path, *ways):
    path = tmp_path / "town.osm"
    drawn = "".join(
        f'<way id="{10 + n}" version="1">{"".join(f"<nd ref={chr(34)}{one}{chr(34)}/>" for one in nodes)}'
        + "".join(
            f'<tag k="{key}" v="{value}"/>' for key, value in {"highway": "residential", **tags}.items()
        )
        + "</way>"
        for n, (nodes, tags) in enumerate(ways)
    )
    path.write_text(f"{NODES}{drawn}</osm>", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("12%", 12.0), ("-7.5 %", -7.5), ("0%", 0.0), ("45°", 100.0), ("-8°", -14.054), ("up", None),
        ("down", None), ("12", None), ("", None), ("steep", None), ("250%", None), ("90°", None),
    ],
)  # fmt: skip
def test_only_numbers_with_a_unit_are_inclines(said, percent):
    found = incline_percent(said)
    assert found == (None if percent is None else pytest.approx(percent, abs=1e-3))


def test_a_road_turned_around_goes_the_other_way_up_and_down(tmp_path):
    path = osm(tmp_path, ([1, 2], {"incline": "6%"}), ([2, 3], {"incline": "6%", "oneway": "-1"}),
               ([3, 4], {"incline": "up"}))  # fmt: skip
    roads = road_edges(read_osm(path).ways).set_index("id")
    assert roads["incline_percent"].dropna().to_dict() == {"w10-0": 6.0, "w11-0": -6.0}
    assert roads.loc["w11-0", "node_from"] == "3"


def test_heights_between_the_middles_of_cells_are_weighed(tmp_path):
    with open_heights(raster(tmp_path / "dem.tif", rising_east())) as heights:
        lon = np.array([WEST + 0.0005, WEST + 0.00375, WEST + 0.0001, WEST - 0.001, WEST + 0.0205])
        found = heights.at(lon, np.full(5, 31.711))
    np.testing.assert_allclose(found, [1.0, 7.5, 1.0, np.nan, np.nan], rtol=1e-6)


def test_roads_get_their_incline_from_heights(workspace, tmp_path):
    path = osm(tmp_path, ([1, 2, 3], {}), ([3, 2], {"incline": "3%"}), ([3, 4], {}))
    dem = raster(tmp_path / "dem.tif", rising_east(per_cell_m=9.48))
    [report] = import_osm(workspace, path, ImportOptions(heights=dem), BY)
    roads = workspace.layer("road").frame.set_index("id")
    assert roads.loc["w10-0", "incline_percent"] == pytest.approx(10.0, abs=0.05)
    assert roads.loc["w11-0", "incline_percent"] == 3.0
    assert np.isnan(roads.loc["w12-0", "incline_percent"])
    assert '"incline_from": "dem.tif"' in roads.loc["w10-0", "attributes"]
    assert [note.zh for note in report.notes] == [
        "按 dem.tif 给 2 条道路算出坡度；1 条自己注明了坡度，不改。",
        "1 个道路顶点在高程栅格以外或没有值，其中有 1 条道路的端点：这些道路坡度仍不明。",
    ]


def test_bridges_and_tunnels_run_straight_from_end_to_end(workspace, tmp_path):
    cells = rising_east()
    cells[:, 4:8] = 100.0
    path = osm(tmp_path, ([1, 2, 3], {"bridge": "yes"}), ([3, 5, 1], {"tunnel": "yes"}))
    [report] = import_osm(workspace, path, ImportOptions(heights=raster(tmp_path / "dem.tif", cells)), BY)
    assert workspace.layer("road").frame["incline_percent"].to_list() == pytest.approx(
        [2.11, -2.11], abs=0.02
    )
    assert len(report.notes) == 1


def test_a_road_over_a_hill_says_that_its_incline_is_a_mean(workspace, tmp_path):
    cells = rising_east()
    cells[:, 4:8] += 50.0
    dem = raster(tmp_path / "dem.tif", cells)
    table = tmp_path / "roads.geojson"
    table.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"编号":"a"},"geometry":'
        '{"type":"LineString","coordinates":[[119.502,31.71],[119.506,31.71],[119.510,31.71]]}}]}',
        encoding="utf-8",
    )
    report = import_file(workspace, "road", table, ImportOptions(crs="cgcs2000", heights=dem), BY)
    assert workspace.layer("road").frame["incline_percent"][0] == pytest.approx(2.11, abs=0.02)
    assert report.notes[-1].zh == ("1 条道路中途的地面高出或低于两端连线 5 米以上，坡度只是两端之间的平均。")


def test_an_ascii_grid_needs_its_coordinate_system_said(workspace, tmp_path):
    grid = tmp_path / "dem.asc"
    rows = "\n".join(" ".join(f"{one:.2f}" for one in row) for row in rising_east())
    grid.write_text(
        f"ncols 20\nnrows 20\nxllcorner {WEST}\nyllcorner {NORTH - 0.02}\ncellsize {CELL}\n"
        f"NODATA_value -9999\n{rows}\n"
    )
    path = osm(tmp_path, ([1, 2], {}))
    with pytest.raises(CrsError) as caught:
        import_osm(workspace, path, ImportOptions(heights=grid), BY)
    assert caught.value.message.zh == "高程栅格 dem.asc 没有写明坐标系。"
    import_osm(workspace, path, ImportOptions(heights=grid, heights_crs="EPSG:4490"), BY)
    assert workspace.layer("road").frame["incline_percent"][0] == pytest.approx(2.11, abs=0.02)


@pytest.mark.parametrize(
    ("made", "error", "message"),
    [
        ({"crs": "EPSG:4610"}, CrsError, "西安80坐标（EPSG:4610）不能在这里转成 CGCS2000"),
        ({"unit": "ft"}, InputError, "dem.tif 的高程单位是“ft”，不是米。"),
        ({"cells": np.zeros((5, 5, 3))}, InputError, "dem.tif 有 3 个波段，高程栅格应只有 1 个。"),
    ],
)
def test_rasters_that_cannot_be_trusted_are_refused(tmp_path, made, error, message):
    path = raster(tmp_path / "dem.tif", **({"cells": rising_east()} | made))
    with pytest.raises(error) as caught, open_heights(path):
        pass
    assert caught.value.message.zh.startswith(message)


def test_what_is_no_raster_or_no_file_is_refused(tmp_path):
    (tmp_path / "dem.tif").write_text("no raster at all")
    with pytest.raises(FileFormatError, match="不是能读的高程栅格"), open_heights(tmp_path / "dem.tif"):
        pass
    with pytest.raises(NotFoundError), open_heights(tmp_path / "none.tif"):
        pass


def test_without_rasterio_the_error_says_how_to_get_it(tmp_path, monkeypatch):
    path = raster(tmp_path / "dem.tif", rising_east())
    monkeypatch.setitem(sys.modules, "rasterio", None)
    with pytest.raises(InputError) as caught, open_heights(path):
        pass
    assert caught.value.hint.zh == "请安装：pip install 'fangyu[heights]'。"


def test_heights_are_for_roads_only(workspace, tmp_path):
    dem = raster(tmp_path / "dem.tif", rising_east())
    path = osm(tmp_path, ([1, 2], {}))
    with pytest.raises(InputError) as caught:
        import_osm(workspace, path, ImportOptions(heights=dem, source_layer="barrier"), BY)
    assert caught.value.message.zh == "高程（--heights）只用于道路图层（road）。"
