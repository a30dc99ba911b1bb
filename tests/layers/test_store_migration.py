"""An older workspace file is brought up to date when it is opened, whole, and nothing in it is lost."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import shapely

from layers.errors import WorkspaceError
from layers.frames import layer_from_rows
from layers.specs.names import PLACE_NAME
from layers.store import migration, schema
from layers.store.case_protocol import CaseChange
from layers.store.geopackage import GeoPackageStore
from layers.store.protocol import By, ImportSource
from layers.store.schema import watch_triggers

GAINED = (
    "marketing_names",
    "place_code",
    "place_type_code",
    "approval",
    "meaning",
    "history",
    "ethnic_writing",
)
CLERK = By("经办人")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file as version 1 left it: no cases, and a layer of names without the fields gained since."""
    path = tmp_path / "layers.gpkg"
    store = GeoPackageStore(path)
    rows = [{"id": f"n{n}", "name": f"桥{n}", "geometry": shapely.Point(119, 31)} for n in range(3)]
    with store.importing("place_name", ImportSource("a.csv"), CLERK) as sink:
        sink.append(layer_from_rows(PLACE_NAME, rows).frame)
    store.edit("place_name", "n0", {"name": "新桥"}, CLERK)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for name, statement in watch_triggers(PLACE_NAME).items():
            db.execute(f'DROP TRIGGER "{name}"')
            for field in GAINED:
                statement = (  # noqa: PLW2901 - the statement of the old program, field by field
                    statement.replace(f", '{field}', NEW.\"{field}\"", "").replace(
                        f", '{field}', OLD.\"{field}\"", ""
                    )
                )
            db.execute(statement)
        for field in GAINED:
            db.execute(f'ALTER TABLE place_name DROP COLUMN "{field}"')
        for table in ("fangyu_case_steps", "fangyu_cases"):
            db.execute(f"DROP TABLE {table}")
        db.execute("UPDATE fangyu_state SET schema_version = 1")
    return path


def test_cases_of_a_file_from_before_there_were_numbers_get_theirs_with_the_next_step(tmp_path):
    path = tmp_path / "layers.gpkg"
    GeoPackageStore(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP INDEX fangyu_case_number")
        db.execute("DROP TABLE fangyu_case_series")
        db.execute("ALTER TABLE fangyu_cases DROP COLUMN number")
        db.execute(
            "INSERT INTO fangyu_cases VALUES "
            "('c1', 'place_name', 'n1', '桥', NULL, 'verifying', NULL, NULL, 1, '2025-03-01', '{}', '[]', '[]', '[]')"
        )
    with closing(GeoPackageStore(path)) as store:
        (row,) = store.cases.rows()
        assert row.number is None
        change = CaseChange(
            row=replace(row, version=2), steps=(), expected_version=1, series="云溪地名〔2025〕"
        )
        assert store.cases.record([change]) == (True,)
        assert store.cases.row("c1").number == "云溪地名〔2025〕001"
    assert version(path) == schema.SCHEMA_VERSION


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT schema_version FROM fangyu_state").fetchone()[0])


def test_opening_brings_an_older_file_up_to_date_and_keeps_its_rows(old):
    store = GeoPackageStore(old)
    assert store.read("place_name").frame["name"].tolist() == ["新桥", "桥1", "桥2"]
    assert store.read("place_name").frame["meaning"].isna().all()
    assert store.cases.rows() == ()
    store.close()
    assert version(old) == schema.SCHEMA_VERSION == 2


def test_the_history_is_kept_and_an_import_can_still_be_taken_back(old):
    store = GeoPackageStore(old)
    assert store.history("place_name", "n0")[0].before["name"] == "桥0"
    assert store.history("place_name", "n0")[0].before["meaning"] is None
    with store.importing("place_name", ImportSource("b.csv"), CLERK, "update") as sink:
        rows = [{"id": "n1", "name": "桥1", "meaning": "一座桥", "geometry": shapely.Point(119, 31)}]
        sink.append(layer_from_rows(PLACE_NAME, rows).frame)
    assert store.feature("place_name", "n1").frame["meaning"][0] == "一座桥"
    assert store.undo(2, CLERK) == 1
    assert store.feature("place_name", "n1").frame["meaning"][0] is None
    store.close()


def test_a_new_field_is_watched_when_another_program_edits_it(old):
    store = GeoPackageStore(old)
    store.edit("place_name", "n1", {"meaning": "一座桥"}, CLERK)
    with store._connections.reading() as db:
        db.rollback()
        db.execute("UPDATE place_name SET meaning = '两座桥' WHERE id = 'n1'")
    latest = store.history("place_name", "n1")[0]
    assert (latest.by.who, latest.before["meaning"], latest.after["meaning"]) == (
        "QGIS/GDAL",
        "一座桥",
        "两座桥",
    )
    store.close()


def test_a_file_of_this_version_gains_a_field_its_layer_has_gained(old):
    GeoPackageStore(old).close()
    with closing(sqlite3.connect(old)) as db:
        for name in watch_triggers(PLACE_NAME):
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute("ALTER TABLE place_name DROP COLUMN approval")
    store = GeoPackageStore(old)
    store.edit("place_name", "n1", {"approval": "金政发1号"}, CLERK)
    assert store.feature("place_name", "n1").frame["approval"][0] == "金政发1号"
    store.close()


def test_an_upgrade_that_fails_leaves_the_older_file_as_it_was(old, monkeypatch):
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(migration, "_add_columns", fail)
    with pytest.raises(WorkspaceError, match="已损坏或被改动过"):
        GeoPackageStore(old)
    monkeypatch.undo()
    assert version(old) == 1
    store = GeoPackageStore(old)
    assert store.count("place_name") == 3
    store.close()


def test_a_file_of_a_newer_program_is_refused_and_left_alone(old):
    GeoPackageStore(old).close()
    with closing(sqlite3.connect(old)) as db:
        db.execute("UPDATE fangyu_state SET schema_version = 3")
        db.commit()
    with pytest.raises(WorkspaceError) as refused:
        GeoPackageStore(old)
    assert refused.value.message.zh == f"{old} 由较新的方舆建立（结构 3）。"
    assert refused.value.hint.zh == "请升级方舆。"
    assert version(old) == 3


def test_an_upgraded_file_is_still_a_good_geopackage(old):
    import pyogrio  # noqa: PLC0415 - slow to load

    GeoPackageStore(old).close()
    assert "meaning" in pyogrio.read_info(old, layer="place_name")["fields"]
    with closing(sqlite3.connect(old)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
