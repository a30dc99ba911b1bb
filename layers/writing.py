"""A layer to a file of any kind an office asks for; whole or not at all."""

import os
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers.errors import FileFormatError
from layers.model import Field, Kind, Layer
from layers.reading.values import text_of
from layers.text import Lang, Text
from layers.vocabulary import label_of

LON_LABEL, LAT_LABEL, WKT_LABEL = Text("经度", "Longitude"), Text("纬度", "Latitude"), Text("几何WKT", "WKT")
FIELD_NAMES_FILE = "fields.txt"
"""In a zipped Shapefile: short field name, full name, label in both languages."""
_DBF_NAME_BYTES = 10
_DECIMALS = 8


def export_layer(layer: Layer, path: Path, *, lang: Lang = "zh") -> None:
    """Write a layer to ``path``, by its suffix.

    ``.csv`` (UTF-8 with BOM for Excel) and ``.xlsx`` are for people: headings and coded values in ``lang``, longitude,
    latitude and, for lines and polygons, WKT; ``.kml`` likewise, as extended data of its placemarks. The spatial
    formats (``.gpkg``, ``.geojson``, ``.parquet``, ``.zip`` with a Shapefile in UTF-8) keep field names and codes; a
    Shapefile cuts field names to ten bytes and says in ``fields.txt`` what they stand for.
    Coordinates are CGCS2000 degrees. An empty layer gives an empty file of the kind. The file appears whole, under its
    name, when everything is written.

    Raises
    ------
    FileFormatError
        When the suffix is none of these.
    """
    writer = _writer(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".fangyu-") as folder:
        made = Path(folder) / path.name
        writer(layer, made, lang)
        os.replace(made, path)  # noqa: PTH105 - Path.replace does the same; this one is known to be atomic


def _writer(path: Path) -> Callable[[Layer, Path, Lang], None]:
    name = path.name.casefold()
    for suffix, writer in WRITERS.items():
        if name.endswith(suffix):
            return writer
    raise FileFormatError(
        Text(
            f"不会写“{path.suffix or path.name}”类型的文件。",
            f"Files of kind {path.suffix or path.name!r} cannot be written.",
        ),
        Text(f"可用后缀：{'、'.join(WRITERS)}。", f"Suffixes: {', '.join(WRITERS)}."),
    )


def plain_table(layer: Layer, *, lang: Lang = "zh") -> pd.DataFrame:
    """Return a layer as a table for people: labels for headings and codes, 是/否, dates without time, coordinates.

    Polygons and lines get a point inside or on them as their coordinates, and their shape as WKT.
    """
    columns: dict[str, pd.Series[Any]] = {}
    for one in layer.spec.fields:
        columns[one.label.pick(lang)] = _spoken(layer.frame[one.name], one.kind, one.vocabulary, lang)
    shapes = np.asarray(layer.frame.geometry.array, dtype=object)
    points = shapely.point_on_surface(shapes)
    columns[LON_LABEL.pick(lang)] = pd.Series(np.round(shapely.get_x(points), _DECIMALS))
    columns[LAT_LABEL.pick(lang)] = pd.Series(np.round(shapely.get_y(points), _DECIMALS))
    areal = shapely.get_type_id(shapes) > 0
    if areal.any():
        texts = np.full(len(shapes), None, dtype=object)
        texts[areal] = shapely.to_wkt(shapes[areal], rounding_precision=_DECIMALS)
        columns[WKT_LABEL.pick(lang)] = pd.Series(texts, dtype="object")
    return pd.DataFrame(columns)


def _spoken(values: "pd.Series[Any]", kind: Kind, words: str, lang: Lang) -> "pd.Series[Any]":
    if kind is Kind.CODE:
        return values.map(lambda code: label_of(words, code).pick(lang) if isinstance(code, str) else None)
    if kind is Kind.BOOL:
        yes, no = Text("是", "yes").pick(lang), Text("否", "no").pick(lang)
        return values.map(lambda said: None if pd.isna(said) else (yes if said else no))
    if kind is Kind.DATE:
        return pd.Series(values.dt.strftime("%Y-%m-%d"), dtype="object")
    return values


def _csv(layer: Layer, path: Path, lang: Lang) -> None:
    table = plain_table(layer, lang=lang)
    for name in table.columns:
        if table[name].dtype == object:
            table[name] = table[name].map(_harmless)
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _harmless(cell: object) -> object:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "@", "\t"} else cell


def _xlsx(layer: Layer, path: Path, lang: Lang) -> None:
    table = plain_table(layer, lang=lang)
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        title = layer.spec.label.pick(lang)[:31]
        table.astype("object").where(table.notna(), None).map(_fitting).to_excel(
            book, sheet_name=title, index=False
        )
        sheet = book.sheets[title]
        sheet.freeze_panes = "A2"
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"


def _fitting(cell: object) -> object:
    """Cut a text to what a cell of a workbook can hold."""
    return cell[:32767] if isinstance(cell, str) else cell


def _geojson(layer: Layer, path: Path, _lang: Lang) -> None:
    """Write RFC 7946 GeoJSON: CGCS2000 degrees stand for WGS 84, which differ by decimetres at most."""
    frame = _portable(layer).set_crs("EPSG:4326", allow_override=True)
    frame.to_file(path, driver="GeoJSON", engine="pyogrio", RFC7946="YES", COORDINATE_PRECISION=_DECIMALS)


def _gpkg(layer: Layer, path: Path, _lang: Lang) -> None:
    _portable(layer).to_file(path, driver="GPKG", engine="pyogrio", layer=layer.id)


def _parquet(layer: Layer, path: Path, _lang: Lang) -> None:
    _portable(layer).to_parquet(path, index=False)


def _kml(layer: Layer, path: Path, lang: Lang) -> None:
    """Write KML for people: the name on the pin, every other value under its label as extended data."""
    table = plain_table(layer, lang=lang).astype("object")
    columns = {_kml_heading(one, lang): table[one.label.pick(lang)] for one in layer.spec.fields}
    frame = gpd.GeoDataFrame(
        {
            heading: cells.map(lambda cell: None if pd.isna(cell) else text_of(cell)).astype("object")
            for heading, cells in columns.items()
        },
        geometry=np.asarray(layer.frame.geometry.array, dtype=object),
        crs="EPSG:4326",
    )
    frame.to_file(path, driver="KML", engine="pyogrio")


def _kml_heading(one: Field, lang: Lang) -> str:
    """Name a column of KML, where ``id`` and ``name`` mean something of their own."""
    return {"id": Text("编号", "编号"), "name": Text("Name", "Name")}.get(one.name, one.label).pick(lang)


def _shapefile(layer: Layer, path: Path, _lang: Lang) -> None:
    """Write one Shapefile per family of geometry into a zip: a Shapefile holds only one."""
    frame = _portable(layer).rename(columns=short_names(tuple(layer.spec.field_names)))
    families = frame.geometry.geom_type.str.removeprefix("Multi").fillna("None")
    folder = path.parent
    for family in sorted(set(families)) or ["None"]:
        part = frame[families == family]
        name = layer.id if len(set(families)) <= 1 else f"{layer.id}_{family.casefold()}"
        part.to_file(folder / f"{name}.shp", driver="ESRI Shapefile", engine="pyogrio", encoding="UTF-8")
    (folder / FIELD_NAMES_FILE).write_text(_field_names(layer), encoding="utf-8-sig")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for made in sorted(folder.iterdir()):
            if made != path:
                archive.write(made, made.name)


def _field_names(layer: Layer) -> str:
    """Say what the cut field names stand for."""
    short = short_names(tuple(layer.spec.field_names))
    lines = (f"{short[one.name]}\t{one.name}\t{one.label.zh}\t{one.label.en}" for one in layer.spec.fields)
    return "\n".join(lines) + "\n"


def short_names(names: tuple[str, ...]) -> Mapping[str, str]:
    """Give each field name a unique one of at most ten bytes, as a Shapefile needs."""
    short: dict[str, str] = {}
    for name in names:
        candidate, number = name[:_DBF_NAME_BYTES], 1
        while candidate in short.values():
            number += 1
            candidate = f"{name[: _DBF_NAME_BYTES - 1 - len(str(number))]}_{number}"
        short[name] = candidate
    return short


def _portable(layer: Layer) -> gpd.GeoDataFrame:
    """Copy a frame with dates as plain dates, which every format knows."""
    frame = layer.frame.copy()
    for one in layer.spec.fields:
        if one.kind is Kind.DATE:
            frame[one.name] = frame[one.name].dt.strftime("%Y-%m-%d").astype("object")
        elif one.kind is Kind.BOOL:
            frame[one.name] = frame[one.name].astype("Int8")
    return frame


WRITERS: Mapping[str, Callable[[Layer, Path, Lang], None]] = {
    ".csv": _csv,
    ".xlsx": _xlsx,
    ".geojson": _geojson,
    ".gpkg": _gpkg,
    ".parquet": _parquet,
    ".kml": _kml,
    ".shp.zip": _shapefile,
    ".zip": _shapefile,
}
"""Suffix to writer; longer suffixes first."""
