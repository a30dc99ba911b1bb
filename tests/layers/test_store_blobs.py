"""Geometry blobs as GeoPackage writes them, and the packed index beside them."""

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.store.blobs import decode, encode, envelope
from layers.store.packing import pack
from layers.store.spatial_functions import register

ZOO = np.array(
    [
        shapely.Point(119.123456789, 31.987654321),
        shapely.LineString([(119, 31), (120, 33)]),
        shapely.box(119, 31, 119.5, 31.25),
        shapely.MultiPolygon([shapely.box(-1, -2, 0, 0), shapely.box(5, 5, 6, 7)]),
        shapely.MultiPoint([(1, 2), (3, 4)]),
    ],
    dtype=object,
)


def test_geometries_come_back_exactly() -> None:
    assert decode(encode(ZOO)).tolist() == ZOO.tolist()


def test_the_envelope_stands_in_the_header_of_points_too() -> None:
    for shape, blob in zip(ZOO, encode(ZOO), strict=True):
        assert blob is not None
        assert blob[:4] == b"GP\x00\x03"
        assert struct.unpack_from("<i", blob, 4) == (4490,)
        west, south, east, north = shape.bounds
        assert struct.unpack_from("<4d", blob, 8) == (west, east, south, north) == envelope(blob)


def test_missing_stays_missing_and_empty_stays_empty() -> None:
    odd = np.array([None, shapely.Point(), shapely.Polygon()], dtype=object)
    blobs = encode(odd)
    assert blobs[0] is None
    assert [envelope(blob) for blob in blobs] == [None, None, None]
    assert [None if one is None else one.is_empty for one in decode(blobs)] == [None, True, True]


def test_heights_are_dropped() -> None:
    flat = decode(encode(np.array([shapely.Point(119, 31, 12.5)], dtype=object)))[0]
    assert flat == shapely.Point(119, 31)
    assert not flat.has_z


def test_a_bare_header_of_another_writer_is_understood() -> None:
    bare = struct.pack("<2sBBi", b"GP", 0, 0b0001, 4490) + shapely.to_wkb(ZOO[1])
    assert envelope(bare) == (119, 120, 31, 33)
    assert decode([bare])[0] == ZOO[1]


def test_a_blob_that_is_no_geometry_is_refused() -> None:
    for blob in (b"PNG\x00abcdefgh", b"GP\x00\x01\x00\x00\x00\x00nonsense"):
        with pytest.raises(ValueError, match=r".+"):
            decode([blob])


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        register(connection)
        yield connection


def test_the_functions_of_the_standard_answer_in_sql(db: sqlite3.Connection) -> None:
    (blob,) = encode(ZOO[2:3])
    asked = "SELECT ST_MinX(?1), ST_MaxX(?1), ST_MinY(?1), ST_MaxY(?1), ST_IsEmpty(?1)"
    assert db.execute(asked, (blob,)).fetchone() == (119, 119.5, 31, 31.25, 0)
    assert db.execute(asked, (None,)).fetchone() == (None, None, None, None, None)


degrees = st.floats(-180, 180)


@settings(max_examples=60, deadline=None)
@given(
    count=st.sampled_from([0, 1, 39, 40, 41, 1600, 1601, 5000]),
    seed=st.integers(0, 99),
    box=st.tuples(degrees, degrees, degrees, degrees),
)
def test_a_packed_index_finds_what_a_scan_finds(
    count: int, seed: int, box: tuple[float, float, float, float]
) -> None:
    corner = np.random.default_rng(seed).uniform(-180, 179, (count, 2)).astype(np.float32).astype(float)
    boxes = np.column_stack((corner[:, 0], corner[:, 0] + 0.5, corner[:, 1], corner[:, 1] + 0.5))
    west, east, south, north = *sorted(box[:2]), *sorted(box[2:])
    meets = (boxes[:, 0] <= east) & (boxes[:, 1] >= west) & (boxes[:, 2] <= north) & (boxes[:, 3] >= south)
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy)")
        pack(db, "tree", np.arange(count) + 7, boxes)
        found = db.execute(
            "SELECT id FROM tree WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?",
            (east, west, north, south),
        ).fetchall()
        assert db.execute("SELECT rtreecheck('tree')").fetchone() == ("ok",)
    assert set(np.flatnonzero(meets) + 7) <= {row[0] for row in found}
    assert len(found) <= meets.sum() + 2


def test_a_packed_index_takes_inserts_and_deletes(db: sqlite3.Connection) -> None:
    boxes = np.repeat(np.linspace(0, 100, 3000)[:, None], 4, axis=1)
    db.execute("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy)")
    pack(db, "tree", np.arange(3000), boxes)
    db.executemany("INSERT INTO tree VALUES (?, ?, ?, ?, ?)", ((n, 5, 5, 5, 5) for n in range(3000, 3500)))
    db.executemany("DELETE FROM tree WHERE id = ?", ((n,) for n in range(1, 3500, 2)))
    assert db.execute("SELECT count(*), min(id % 2) FROM tree").fetchone() == (1750, 0)
    assert db.execute("SELECT rtreecheck('tree')").fetchone() == ("ok",)


def test_boxes_are_rounded_outwards(db: sqlite3.Connection) -> None:
    exact = np.array([[119.1, 119.1, 31.7, 31.7]])
    db.execute("CREATE VIRTUAL TABLE tree USING rtree(id, minx, maxx, miny, maxy)")
    pack(db, "tree", np.array([1]), exact)
    west, east, south, north = db.execute("SELECT minx, maxx, miny, maxy FROM tree").fetchone()
    assert west <= 119.1 <= east
    assert south <= 31.7 <= north
    assert east - west < 1e-5
