"""Tables, indexes and triggers of ``layers.gpkg``: those of the standard (OGC GeoPackage 1.3) and our own.

Our own tables start with ``fangyu_``. ``fangyu_imports`` is registered as an attribute table, so that other programs
show where the data came from; the rest is left unregistered and stays out of their layer lists.

Rows that an import added are not copied into the history. They have consecutive ``fid`` and consecutive numbers of
change, and ``fangyu_additions`` keeps both ranges. The history proper keeps only what a change overwrote or removed.
"""

import secrets
import sqlite3

from layers.model import Kind, LayerSpec, Shape
from layers.store.blobs import SRS_ID

APPLICATION_ID = 0x47504B47
USER_VERSION = 10300
SCHEMA_VERSION = 2
"""Of our own tables; raised whenever they change."""

NOW = "strftime('%Y-%m-%dT%H:%M:%fZ','now')"
OUTSIDE = ("QGIS/GDAL", "在方舆之外编辑 / edited outside Fangyu")
"""Who and why, in the history, when another program edited the file."""

SQL_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.INT: "INTEGER",
    Kind.FLOAT: "DOUBLE",
    Kind.BOOL: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.CODE: "TEXT",
    Kind.LIST: "TEXT",
}

CASE_TABLES = """
CREATE TABLE fangyu_cases (
  case_id TEXT PRIMARY KEY, layer_id TEXT NOT NULL, feature_id TEXT NOT NULL, name TEXT NOT NULL, new_name TEXT,
  state TEXT NOT NULL, category TEXT, reason TEXT, version INTEGER NOT NULL, opened_on DATE NOT NULL,
  dates TEXT NOT NULL, dismissed TEXT NOT NULL, seen TEXT NOT NULL, findings TEXT NOT NULL, number TEXT,
  UNIQUE (layer_id, feature_id));
CREATE TABLE fangyu_case_steps (
  step_id INTEGER PRIMARY KEY AUTOINCREMENT, case_id TEXT NOT NULL REFERENCES fangyu_cases (case_id),
  seq INTEGER NOT NULL, action TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL, who TEXT NOT NULL,
  at DATETIME NOT NULL, on_day DATE NOT NULL, note TEXT NOT NULL, reason TEXT, said TEXT NOT NULL,
  UNIQUE (case_id, seq));
"""
"""Review cases and what was done to them; since version 2."""
CASE_NUMBERS = (
    "CREATE UNIQUE INDEX IF NOT EXISTS fangyu_case_number ON fangyu_cases (number)",
    "CREATE TABLE IF NOT EXISTS fangyu_case_series (series TEXT PRIMARY KEY, last INTEGER NOT NULL)",
)
"""What keeps the numbers of cases apart: no number twice, and the last one given in each series."""

_CORE = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE fangyu_state (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1), schema_version INTEGER NOT NULL,
  next_change INTEGER NOT NULL, writing INTEGER NOT NULL);
CREATE TABLE fangyu_layers (layer_id TEXT PRIMARY KEY, stamp TEXT NOT NULL, version INTEGER NOT NULL);
CREATE TABLE fangyu_imports (
  import_id INTEGER PRIMARY KEY AUTOINCREMENT, layer_id TEXT NOT NULL REFERENCES fangyu_layers (layer_id),
  file_name TEXT NOT NULL, sha256 TEXT NOT NULL, crs_declared TEXT NOT NULL, crs_used TEXT NOT NULL,
  transform_accuracy_m DOUBLE, encoding TEXT NOT NULL, synthetic BOOLEAN NOT NULL, who TEXT NOT NULL,
  why TEXT NOT NULL, at DATETIME NOT NULL, rows_added INTEGER NOT NULL, rows_updated INTEGER NOT NULL,
  undone_at DATETIME);
CREATE TABLE fangyu_additions (
  layer_id TEXT NOT NULL, first_fid INTEGER NOT NULL, last_fid INTEGER NOT NULL, first_change INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES fangyu_imports (import_id), PRIMARY KEY (layer_id, first_fid));
CREATE TABLE fangyu_history (
  change_id INTEGER PRIMARY KEY, layer_id TEXT NOT NULL, fid INTEGER NOT NULL, feature_id TEXT NOT NULL,
  action TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL, at DATETIME NOT NULL,
  import_id INTEGER REFERENCES fangyu_imports (import_id), before TEXT, before_geom BLOB);
CREATE INDEX fangyu_history_of_row ON fangyu_history (layer_id, fid, change_id);
CREATE INDEX fangyu_history_of_feature ON fangyu_history (layer_id, feature_id);
CREATE INDEX fangyu_history_of_import ON fangyu_history (import_id);
{cases}
INSERT INTO fangyu_state VALUES (1, {schema_version}, 1, 0);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
  VALUES ('fangyu_imports', 'attributes', '导入记录', 'Fangyu: every file that was imported');
"""


def create_file(connection: sqlite3.Connection) -> None:
    """Fill an empty database with the core tables; the caller owns the transaction of an exclusive file."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {USER_VERSION}")
    connection.executescript(_CORE.format(schema_version=SCHEMA_VERSION, cases=_all_of_cases()))
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)",
        [
            ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic"),
            _reference_system(4326, "WGS 84 geodetic"),
            _reference_system(SRS_ID, "CGCS2000"),
        ],
    )


def _all_of_cases() -> str:
    return CASE_TABLES + ";".join(CASE_NUMBERS) + ";"


def _reference_system(epsg: int, name: str) -> tuple[str, int, str, int, str, str]:
    from pyproj import CRS  # noqa: PLC0415 - needed once in the life of a workspace

    return (
        name,
        epsg,
        "EPSG",
        epsg,
        CRS.from_epsg(epsg).to_wkt("WKT1_GDAL"),
        "longitude, latitude in degrees",
    )


def create_layer(connection: sqlite3.Connection, spec: LayerSpec) -> None:
    """Add the table, index and triggers of a layer, inside the caller's transaction."""
    fields = ", ".join(column(spec, name) for name in spec.field_names)
    geometry = "geom GEOMETRY NOT NULL" if spec.geometry_required else "geom GEOMETRY"
    connection.execute(
        f'CREATE TABLE "{spec.id}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geometry}, {fields})'
    )
    connection.execute(f"CREATE VIRTUAL TABLE {rtree(spec.id)} USING rtree(id, minx, maxx, miny, maxy)")
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, ?, ?, ?, ?)",
        (spec.id, "features", spec.label.zh, spec.label.en, SRS_ID),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
        (spec.id, _first_type(spec), SRS_ID),
    )
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', "
        "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (spec.id,),
    )
    connection.execute("INSERT INTO fangyu_layers VALUES (?, ?, 0)", (spec.id, secrets.token_hex(4)))
    for statement in (*index_triggers(spec.id).values(), *watch_triggers(spec).values()):
        connection.execute(statement)


def column(spec: LayerSpec, name: str) -> str:
    """Write the definition of the column of a field."""
    constraint = " NOT NULL UNIQUE" if name == "id" else ""
    return f'"{name}" {SQL_TYPES[spec.field(name).kind]}{constraint}'


def _first_type(spec: LayerSpec) -> str:
    alone = {Shape.POINT: "POINT", Shape.LINE: "LINESTRING", Shape.POLYGON: "POLYGON"}
    return alone[next(iter(spec.shapes))] if len(spec.shapes) == 1 else "GEOMETRY"


def rtree(layer_id: str) -> str:
    """Name the R-tree of a layer."""
    return f'"rtree_{layer_id}_geom"'


def index_triggers(layer_id: str) -> dict[str, str]:
    """Give the R-tree triggers of the standard (OGC 12-128r17, annex F.3) by name."""
    index, table = rtree(layer_id), f'"{layer_id}"'
    put = (
        f"INSERT OR REPLACE INTO {index} VALUES "
        "(NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));"
    )
    there, gone = (
        "(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))",
        "(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))",
    )
    drop = f"DELETE FROM {index} WHERE id"
    bodies = {
        "insert": f"AFTER INSERT ON {table} WHEN {there} BEGIN {put} END",
        "update1": f"AFTER UPDATE OF geom ON {table} WHEN OLD.fid = NEW.fid AND {there} BEGIN {put} END",
        "update2": f"AFTER UPDATE OF geom ON {table} WHEN OLD.fid = NEW.fid AND {gone} "
        f"BEGIN {drop} = OLD.fid; END",
        "update3": f"AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND {there} "
        f"BEGIN {drop} = OLD.fid; {put} END",
        "update4": f"AFTER UPDATE ON {table} WHEN OLD.fid != NEW.fid AND {gone} "
        f"BEGIN {drop} IN (OLD.fid, NEW.fid); END",
        "delete": f"AFTER DELETE ON {table} WHEN OLD.geom NOT NULL BEGIN {drop} = OLD.fid; END",
    }
    return {
        f"rtree_{layer_id}_geom_{event}": f'CREATE TRIGGER "rtree_{layer_id}_geom_{event}" {body}'
        for event, body in bodies.items()
    }


def watch_triggers(spec: LayerSpec) -> dict[str, str]:
    """Give the triggers that write other programs' edits into the history and move the layer's version.

    Our own transactions set ``fangyu_state.writing`` and write their history themselves.
    """
    watched = {"INSERT": ("add", "NEW"), "UPDATE": ("update", "OLD"), "DELETE": ("remove", "OLD")}
    return {
        f"fangyu_{spec.id}_{event.lower()}": f'CREATE TRIGGER "fangyu_{spec.id}_{event.lower()}" '
        f'AFTER {event} ON "{spec.id}" WHEN (SELECT writing FROM fangyu_state) = 0 '
        f"BEGIN {_record(spec, action, row)} END"
        for event, (action, row) in watched.items()
    }


def _record(spec: LayerSpec, action: str, row: str) -> str:
    pairs = ", ".join(f"'{name}', {row}.\"{name}\"" for name in spec.field_names)
    kept = "NULL, NULL" if action == "add" else f"json_patch('{{}}', json_object({pairs})), {row}.geom"
    who, why = OUTSIDE
    return (
        "INSERT INTO fangyu_history SELECT next_change, "
        f"'{spec.id}', {row}.fid, {row}.id, '{action}', '{who}', '{why}', {NOW}, NULL, {kept} FROM fangyu_state; "
        "UPDATE fangyu_state SET next_change = next_change + 1; "
        f"UPDATE fangyu_layers SET version = version + 1 WHERE layer_id = '{spec.id}';"
    )
