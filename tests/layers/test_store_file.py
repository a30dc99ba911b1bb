"""The file itself: a GeoPackage other programs open, safe against kill -9, and clear about what is wrong with it."""

import os
import signal
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from shutil import which

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely

from layers.errors import WorkspaceError
from layers.frames import layer_from_rows
from layers.model import LayerSpec
from layers.specs import ADMIN_UNIT, PLACE_NAME, ROAD, SPECS
from layers.store import spatial_functions
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By, ImportSource

CLERK = By("经办人")
needs_gdal = pytest.mark.skipif(
    which("ogrinfo") is None, reason="ogrinfo is not installed (Debian: gdal-bin)"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "layers.gpkg"


@pytest.fixture
def store(path: Path) -> Iterator[GeoPackageStore]:
    opened = GeoPackageStore(path, busy_s=0.2)
    yield opened
    opened.close()


def take_in(store: GeoPackageStore, spec: LayerSpec, *rows: dict[str, object]) -> None:
    with store.importing(spec.id, ImportSource("名册.xlsx"), CLERK) as sink:
        sink.append(layer_from_rows(spec, rows).frame)


def fill(store: GeoPackageStore) -> None:
    square = shapely.box(119, 31, 119.1, 31.1)
    both = {"level": "village", "name": "新桥村"}
    take_in(
        store,
        ADMIN_UNIT,
        {"id": "1", "code": "320413001001", "geometry": square, **both},
        {"id": "2", "code": "320413001002", "geometry": shapely.MultiPolygon([square]), **both},
        {"id": "3", "code": "320413001003", "geometry": None, **both},
    )
    take_in(store, ROAD, {"id": "r", "geometry": shapely.LineString([(119, 31), (119.1, 31.2)])})
    take_in(store, PLACE_NAME, {"id": "n", "name": "桥", "geometry": shapely.Point(119.05, 31.05)})


def ogr(*arguments: str | Path) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    return done.stdout


@needs_gdal
def test_gdal_lists_every_layer_without_a_warning(store: GeoPackageStore, path: Path) -> None:
    fill(store)
    listed = [line.split(": ", 1)[1] for line in ogr("ogrinfo", "-q", path).splitlines()]
    assert sorted(listed) == [
        "admin_unit",
        "fangyu_imports (None)",
        "place_name (Point)",
        "road (Line String)",
    ]


@needs_gdal
def test_gdal_sees_the_count_the_types_and_the_reference_system(store: GeoPackageStore, path: Path) -> None:
    fill(store)
    said = ogr("ogrinfo", "-so", path, "admin_unit")
    assert "Feature Count: 3" in said
    assert 'ID["EPSG",4490]' in said
    assert "Extent: (119.000000, 31.000000) - (119.100000, 31.100000)" in said
    assert "valid_from: Date" in said
    assert "population: Integer64" in said
    assert "IDENTIFIER=行政区划与村居" in said


@needs_gdal
@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_gdal_opens_every_layer_while_it_is_empty(
    store: GeoPackageStore, path: Path, spec: LayerSpec
) -> None:
    with store.importing(spec.id, ImportSource("空.csv"), CLERK):
        pass
    assert "Feature Count: 0" in ogr("ogrinfo", "-so", path, spec.id)


def test_pyogrio_reads_the_same_rows(store: GeoPackageStore, path: Path) -> None:
    fill(store)
    ours, theirs = store.read("admin_unit").frame, pyogrio.read_dataframe(path, layer="admin_unit")
    assert theirs.crs == pyproj.CRS("EPSG:4490")
    assert theirs["code"].tolist() == ours["code"].tolist()
    assert theirs.geometry.to_wkb().tolist() == ours.geometry.to_wkb().tolist()


def test_the_reference_systems_of_the_standard_are_there(store: GeoPackageStore, path: Path) -> None:
    fill(store)
    with closing(sqlite3.connect(path)) as db:
        rows = dict(db.execute("SELECT srs_id, definition FROM gpkg_spatial_ref_sys"))
    assert set(rows) == {-1, 0, 4326, 4490}
    assert (rows[-1], rows[0]) == ("undefined", "undefined")
    assert pyproj.CRS.from_wkt(rows[4490]).to_epsg() == 4490


@needs_gdal
def test_edits_in_another_program_are_read_versioned_and_in_the_history(
    store: GeoPackageStore, path: Path
) -> None:
    fill(store)
    before = store.summary("place_name").version
    ogr("ogrinfo", "-q", path, "-sql", "UPDATE place_name SET name = '断桥' WHERE id = 'n'")
    assert store.summary("place_name").version != before
    assert store.feature("place_name", "n").frame["name"].tolist() == ["断桥"]
    edit, added = store.history("place_name")
    assert (edit.action, edit.by.who, edit.before) == ("update", "QGIS/GDAL", added.after)


@needs_gdal
def test_features_added_in_another_program_are_found_by_box(
    store: GeoPackageStore, path: Path, tmp_path: Path
) -> None:
    fill(store)
    extra = layer_from_rows(PLACE_NAME, [{"id": "x", "name": "亭", "geometry": shapely.Point(120, 32)}]).frame
    extra.to_file(tmp_path / "extra.geojson", driver="GeoJSON")
    ogr("ogr2ogr", "-append", "-nln", "place_name", path, tmp_path / "extra.geojson")
    assert store.read("place_name", bbox=(119.9, 31.9, 120.1, 32.1)).frame["name"].tolist() == ["亭"]
    store.edit("place_name", "x", {"geometry": shapely.Point(121, 33)}, CLERK)
    assert store.count("place_name", bbox=(119.9, 31.9, 120.1, 32.1)) == 0
    assert [one.action for one in store.history("place_name", "x")] == ["update", "add"]


def test_the_index_agrees_with_the_rows_after_every_kind_of_change(path: Path) -> None:
    store = GeoPackageStore(path)
    at = np.arange(3000)
    rows = [
        {"id": str(n), "name": "桥", "geometry": shapely.Point(119 + n / 9e3, 31 + n % 70 / 99)} for n in at
    ]
    take_in(store, PLACE_NAME, *rows[:10])
    take_in(store, PLACE_NAME, *rows[10:2500])
    take_in(store, PLACE_NAME, *rows[2500:])
    store.remove("place_name", [str(n) for n in at[:2200]], CLERK)
    store.remove("place_name", ["2500"], CLERK)
    store.edit("place_name", "2501", {"geometry": None}, CLERK)
    store.undo(1, CLERK)
    store.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        indexed = {row[0] for row in db.execute("SELECT id FROM rtree_place_name_geom")}
        stored = {row[0] for row in db.execute("SELECT fid FROM place_name WHERE geom IS NOT NULL")}
    assert indexed == stored


WRITER = """
import sys
from pathlib import Path
import shapely
from layers.frames import layer_from_rows
from layers.specs import PLACE_NAME
from layers.store import spatial_functions
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By, ImportSource

store = GeoPackageStore(Path(sys.argv[1]))
for turn in range(1000):
    with store.importing("place_name", ImportSource(f"{turn}.csv"), By("child")) as sink:
        for batch in range(4):
            rows = [{"id": f"{turn}-{batch}-{n}", "name": "桥", "geometry": shapely.Point(119, 31)} for n in range(50)]
            sink.append(layer_from_rows(PLACE_NAME, rows).frame)
            print("batch", turn, batch, flush=True)
    print("done", turn, flush=True)
"""


@pytest.mark.parametrize("batch", [0, 3])
def test_a_killed_import_leaves_every_acknowledged_one_and_nothing_of_itself(path: Path, batch: int) -> None:
    root = str(Path(__file__).resolve().parents[2])
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, path],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert child.stdout is not None
    with child, child.stdout:
        said = []
        while f"batch 3 {batch}" not in said:
            said.append(child.stdout.readline().strip())
        os.kill(child.pid, signal.SIGKILL)
    store = GeoPackageStore(path)
    done = [one.source.file_name for one in store.imports()]
    assert set(done) >= {"0.csv", "1.csv", "2.csv"}
    assert store.count("place_name") == 200 * len(done)
    store.close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_file_that_is_no_geopackage_is_refused(path: Path) -> None:
    path.write_text("名称,经度,纬度\n")
    with pytest.raises(WorkspaceError) as refused:
        GeoPackageStore(path)
    assert refused.value.message.zh == f"{path} 不是 GeoPackage 文件，或已损坏。"
    assert refused.value.hint.zh == "请从备份恢复该文件。"


def test_an_empty_file_is_not_taken_for_a_new_workspace(path: Path) -> None:
    path.touch()
    with pytest.raises(WorkspaceError, match="不是 GeoPackage 文件，或已损坏"):
        GeoPackageStore(path)
    assert path.stat().st_size == 0


def test_the_geopackage_of_another_program_is_refused(path: Path) -> None:
    frame = layer_from_rows(PLACE_NAME, [{"id": "n", "name": "桥", "geometry": shapely.Point(119, 31)}]).frame
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame.to_file(path, layer="names")
    with pytest.raises(WorkspaceError, match="是别的程序建立的 GeoPackage。"):
        GeoPackageStore(path)


@pytest.mark.parametrize(
    ("version", "message"), [(3, "较新的方舆建立（结构 3）"), (0, "较旧的方舆建立（结构 0）")]
)
def test_a_file_of_another_schema_version_is_refused(path: Path, version: int, message: str) -> None:
    GeoPackageStore(path).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("UPDATE fangyu_state SET schema_version = ?", (version,))
        db.commit()
    with pytest.raises(WorkspaceError, match=message):
        GeoPackageStore(path)


def test_a_file_locked_by_another_program_is_waited_for_then_refused(
    store: GeoPackageStore, path: Path
) -> None:
    fill(store)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorkspaceError, match="正在被另一个导入或程序写入"):
            store.remove("place_name", ["n"], CLERK)
        assert store.count("place_name") == 1
        other.execute("ROLLBACK")
    assert store.remove("place_name", ["n"], CLERK) == 1


def test_a_damaged_file_is_named(store: GeoPackageStore, path: Path) -> None:
    fill(store)
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="已损坏"), closing(GeoPackageStore(path)) as damaged:
        damaged.read("place_name")


def test_a_read_only_file_is_named(store: GeoPackageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def read_only(*arguments: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA query_only = ON")
        return connection

    store.close()
    monkeypatch.setattr(sqlite3, "connect", read_only)
    with (
        closing(GeoPackageStore(store.path)) as locked,
        pytest.raises(WorkspaceError, match="是只读的或没有写权限。"),
    ):
        fill(locked)


def test_a_value_another_program_stored_in_the_wrong_kind_is_named(
    store: GeoPackageStore, path: Path
) -> None:
    fill(store)
    with closing(sqlite3.connect(path)) as db:
        spatial_functions.register(db)
        db.execute("UPDATE admin_unit SET population = '许多' WHERE id = '1'")
        db.commit()
    with pytest.raises(WorkspaceError, match="图层“行政区划与村居”的 population 列里有读不懂的值：'许多'。"):
        store.read("admin_unit")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="只读的或没有写权限"):
        GeoPackageStore(tmp_path / "none" / "layers.gpkg")


ELSEWHERE = """
import sys
from pathlib import Path
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By
store = GeoPackageStore(Path(sys.argv[1]))
store.edit("place_name", "n", {"name": sys.argv[2]}, By("别的程序"))
store.close()
"""


def elsewhere(path: Path, name: str) -> None:
    subprocess.run([sys.executable, "-c", ELSEWHERE, str(path), name], check=True)


def names_in(store: GeoPackageStore) -> list[str]:
    return store.read("place_name").frame["name"].tolist()


def test_a_store_in_use_sees_what_another_process_wrote_and_loses_nothing_of_its_own(
    store: GeoPackageStore, path: Path
) -> None:
    fill(store)
    with store._connections.reading(), store._connections.reading():  # two in use at once
        before = store.summary("place_name").version
    elsewhere(path, "新名")
    assert names_in(store) == ["新名"]
    assert store.summary("place_name").version != before
    store.edit("place_name", "n", {"name": "再改"}, CLERK)
    elsewhere(path, "三改")
    assert names_in(store) == ["三改"]
    assert [one.by.who for one in store.history("place_name", "n", 3)] == ["别的程序", "经办人", "别的程序"]


def test_two_stores_on_one_file_see_each_others_edits(store: GeoPackageStore, path: Path) -> None:
    fill(store)
    with closing(GeoPackageStore(path)) as other:
        for name in ("甲桥", "乙桥"):
            before = other.summary("place_name").version
            store.edit("place_name", "n", {"name": name}, CLERK)
            assert names_in(other) == [name]
            assert other.summary("place_name").version != before
